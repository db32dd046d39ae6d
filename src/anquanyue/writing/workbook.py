"""Form → workbook: the sheet to fill in, the sheet to print, the sheet that explains."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.campaign.note import form_note
from anquanyue.templating import render
from anquanyue.writing import guide_sheet, items_sheet, official_sheet, rows_sheet
from anquanyue.writing.entries import EntryWriter
from anquanyue.writing.package import workbook_bytes
from anquanyue.writing.stamp import Stamp
from anquanyue.writing.styles import Look, put

_BAD_IN_A_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME: Final = 31


def form_workbook(
    campaign: Campaign,
    form: Form,
    unit: Unit | None = None,
    values: Mapping[str, object] | None = None,
    working_folder: Path = Path(),
    *,
    asks_children: bool = False,
) -> bytes:
    """The form as an xlsx file.

    Args:
        campaign: The campaign of the form.
        form: What is asked.
        unit: Who fills it in; its name is written into the unit's field, its code into the stamp.
        values: What is filled in already, by key: counts, texts, dates, True and False for a yes/no.
        working_folder: Where the user's own templates are looked for first.
        asks_children: Whether a form of items asks if the figures include those of the unit's sub-units.

    Raises:
        TemplateError: A template of the guide or the form's note is wrong.
    """
    deadline = campaign.duty_of(form).rounds[-1].deadline
    filled = ({form.unit_field.key: unit.name} if unit else {}) | dict(values or {})
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = _BAD_IN_A_SHEET_NAME.sub("_", form.label)[:_LONGEST_SHEET_NAME]
    put(sheet, 1, 1, str(Stamp.of(campaign, form, unit)), Look())
    note = form_note(campaign, form)
    owed = campaign.owed_duties(unit.group if unit else "")
    guide = render(
        guide_sheet.TEMPLATE,
        working_folder,
        campaign=campaign, form=form, unit=unit, duties=owed, deadline=deadline,
    )  # fmt: skip
    if form.items:
        hint = f"请在{deadline.month}月{deadline.day}日前报送。浅黄色为待填，填好变绿，有误变红；点选可看口径。"
        writer = EntryWriter(campaign, form, sheet, filled, items_sheet.ENTRY_LOOK)
        items_sheet.write_items_sheet(writer, hint, asks_children=asks_children)
        official_sheet.write_official_sheet(workbook.create_sheet(official_sheet.SHEET_NAME), form, note, filled)
    else:
        writer = EntryWriter(campaign, form, sheet, filled, rows_sheet.ENTRY_LOOK, filled=rows_sheet.FILLED)
        rows_sheet.write_rows_sheet(writer, note)
    guide_sheet.write_guide_sheet(workbook.create_sheet(guide_sheet.SHEET_NAME), guide)
    workbook.active = 0
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    return workbook_bytes(workbook)
