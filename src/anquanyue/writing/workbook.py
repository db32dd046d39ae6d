"""A form → its workbook: blank, with a unit's name, or with everything that the unit sent."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.writing.guide_sheet import fill_guide_sheet
from anquanyue.writing.items_sheet import fill_items_sheet
from anquanyue.writing.official_sheet import fill_official_sheet
from anquanyue.writing.package import workbook_bytes
from anquanyue.writing.rows_sheet import fill_rows_sheet
from anquanyue.writing.stamp import Stamp

_NOT_IN_FILE_NAMES: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_NAME_LENGTH: Final = 120


def file_name(form: Form, unit: Unit | None) -> str:
    """What the form's workbook is called; with the unit's name, so that many can lie in one folder."""
    name = form.label + form.title + (f"（{unit.name}）" if unit else "")
    return safe_name(name) + ".xlsx"


def safe_name(text: str) -> str:
    """`text` as the name of a file or folder on any system."""
    return _NOT_IN_FILE_NAMES.sub("_", text)[:_NAME_LENGTH].strip(" .")


def form_workbook(
    campaign: Campaign,
    form: Form,
    unit: Unit | None = None,
    values: Mapping[str, object] | None = None,
    working_folder: Path = Path(),
) -> bytes:
    """The form as an xlsx file.

    Args:
        campaign: What the form belongs to.
        form: Which form.
        unit: The unit that it is made for; its name is filled in and its code stands in the stamp.
        values: What to fill in, by the names of the cells: counts as numbers, everything else as text or date.
        working_folder: Where the user's own templates are.

    Raises:
        TemplateError: The template of the guide, or the form's note, is wrong.
    """
    filled = ({form.unit_field.key: unit.name} if unit else {}) | dict(values or {})
    stamp = Stamp(
        campaign=campaign.key,
        form=form.key,
        version=form.version,
        unit=unit.code if unit else "",
        round=campaign.duty_of(form).rounds[-1].key,
    )
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    sheet = workbook.create_sheet(form.label)
    if form.items:
        fill_items_sheet(sheet, campaign, form, str(stamp), filled)
        fill_official_sheet(workbook.create_sheet("打印（正式表）"), form)
    else:
        fill_rows_sheet(sheet, campaign, form, str(stamp), filled)
    fill_guide_sheet(workbook.create_sheet("填报说明"), campaign, form, working_folder)
    workbook.calculation.fullCalcOnLoad = True
    return workbook_bytes(workbook)
