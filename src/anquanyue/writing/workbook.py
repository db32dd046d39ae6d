"""Form → workbook: the sheet to fill in, the one to print, the one that explains; returned, also what to correct."""

import datetime
import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.campaign.note import form_note
from anquanyue.templating import day, render, renderer
from anquanyue.writing import findings_sheet, guide_sheet, items_sheet, official_sheet, rows_sheet
from anquanyue.writing.entries import EntryWriter
from anquanyue.writing.marks import Returned
from anquanyue.writing.package import workbook_bytes
from anquanyue.writing.pictures import is_picture, put_pictures
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
    returned: Returned | None = None,
    stamp: Stamp | None = None,
) -> bytes:
    """The form as an xlsx file.

    Args:
        campaign: The campaign of the form.
        form: What is asked.
        unit: Who fills it in; its name is written into the unit's field, its code into the stamp.
        values: What is filled in already, by key: counts, texts, dates, True and False for a yes/no.
        working_folder: Where the user's own templates are looked for first.
        asks_children: Whether a form of items asks if the figures include those of the unit's sub-units.
        returned: What it is returned for, where it goes back to the unit that filled it in.
        stamp: Its identity, where it is another than that of a form made or returned for the unit.

    Raises:
        TemplateError: A template of the guide or the form's note is wrong.
    """
    deadline = campaign.duty_of(form).rounds[-1].deadline
    filled = ({form.unit_field.key: unit.name} if unit else {}) | dict(values or {})
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = _BAD_IN_A_SHEET_NAME.sub("_", form.label)[:_LONGEST_SHEET_NAME]
    round, revision = (returned.round, returned.revision) if returned else ("", 0)
    put(sheet, 1, 1, str(stamp or Stamp.of(campaign, form, unit, round=round, revision=revision)), Look())
    note = form_note(campaign, form)
    guide = guide_sheet.guide_text(renderer(guide_sheet.TEMPLATE, working_folder), campaign, form, unit)
    if form.items:
        hint = _returned_hint(returned) if returned else _hint(deadline)
        writer = EntryWriter(campaign, form, sheet, filled, items_sheet.ENTRY_LOOK, returned=returned)
        items_sheet.write_items_sheet(writer, hint, asks_children=asks_children)
        official_sheet.write_official_sheet(workbook.create_sheet(official_sheet.SHEET_NAME), form, note, filled)
    else:
        look = rows_sheet.ENTRY_LOOK
        writer = EntryWriter(campaign, form, sheet, filled, look, filled=rows_sheet.FILLED, returned=returned)
        rows_sheet.write_rows_sheet(writer, note)
    guide_sheet.write_guide_sheet(workbook.create_sheet(guide_sheet.SHEET_NAME), guide)
    if returned:
        _put_pictures(writer, returned)
        name = str(filled.get(form.unit_field.key) or "")
        opening = _opening(campaign, form, name, returned, sheet.title, working_folder)
        first = workbook.create_sheet(findings_sheet.SHEET_NAME, 0)
        findings_sheet.write_findings_sheet(first, returned, opening, sheet.title, writer.places)
    workbook.active = 0
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    return workbook_bytes(workbook)


def _hint(deadline: datetime.date) -> str:
    return f"请在{day(deadline)}前报送。浅黄色为待填，填好变绿，有误变红；点选可看口径。"


def _returned_hint(returned: Returned) -> str:
    by = f"于{day(returned.by)}前" if returned.by else "尽快"
    return f"第{returned.revision}次退回修改：请{by}改好发回。红色须更正，橙色请核对，见批注；改好变绿。"


def _opening(campaign: Campaign, form: Form, unit: str, returned: Returned, sheet: str, working_folder: Path) -> str:
    severities = Counter(mark.severity for mark in returned.marks)
    return render(
        findings_sheet.TEMPLATE,
        working_folder,
        campaign=campaign, form=form, unit=unit or "填报单位", sheet=sheet,
        revision=returned.revision, by=returned.by, errors=severities["error"], warnings=severities["warning"],
        pictures=sum(map(is_picture, chain.from_iterable(returned.pictures.values()))), kept=returned.kept,
    )  # fmt: skip


def _put_pictures(writer: EntryWriter, returned: Returned) -> None:
    """Each picture beside the rows of its item; those of none beside the head."""
    column = writer.sheet.max_column + 2
    for item in writer.form.items:
        names = (item.blanks[0].key, item.notes_key)
        first, last = (int(writer.places[name].rpartition("$")[2]) for name in names)
        put_pictures(writer.sheet, (first, last), column, returned.pictures.get(item.key, ()))
    put_pictures(writer.sheet, (1, 4), column, returned.pictures.get("", ()))
