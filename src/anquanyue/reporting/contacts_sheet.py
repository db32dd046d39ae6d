"""联络员名册: the liaisons of the units, whole or masked."""

from collections.abc import Iterator
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook

from anquanyue.campaign.model import Form
from anquanyue.contacts import Masking, contact_fields, contact_forms, contacts
from anquanyue.reporting.layout import FIRST, StyleName, new_sheet, print_setup, put_across, put_row
from anquanyue.reporting.long_rows import LongRows
from anquanyue.summary import Summary

_BODY: Final[StyleName] = "body"
_UNIT_WIDTH: Final = 28
_WIDTH: Final = 17
_NOTES: Final[dict[Masking, str]] = {
    "masked": "含个人信息，已作脱敏处理。",
    "full": "含个人信息，仅供工作联系使用，不得外传。",
}


def add_contacts_sheets(workbook: Workbook, summary: Summary, masking: Masking) -> Iterator[LongRows]:
    """Add a sheet for each form that asks for people."""
    forms = contact_forms(summary)
    for form in forms:
        title = "联络员名册" if len(forms) == 1 else f"名册{form.label}"[:31]
        yield _add_sheet(workbook, summary, form, masking, title)


def _add_sheet(workbook: Workbook, summary: Summary, form: Form, masking: Masking, title: str) -> LongRows:
    fields = contact_fields(form)
    columns = len(fields) + 1
    sheet = new_sheet(workbook, title, (_UNIT_WIDTH, *[_WIDTH] * len(fields)))
    put_across(sheet, 1, columns, f"{summary.campaign.title}{title}", "title")
    put_across(sheet, 2, columns, _NOTES[masking], "note")
    put_row(sheet, 3, ("单位", *(field.label for field in fields)), "header")
    rows = LongRows(sheet, 4)
    styles = ("label", *[_BODY] * len(fields))
    for contact in contacts(summary, form, masking):
        rows.add((contact.unit, *contact.texts.values()), styles)
    sheet.freeze_panes = "C4"
    sheet.auto_filter.ref = f"B3:{get_column_letter(FIRST + columns - 1)}{rows.next - 1}"
    print_setup(sheet, landscape=True, repeated_rows="3:3", columns=columns, last=rows.next - 1)
    return rows
