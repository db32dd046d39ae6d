"""问题清单: what was found in what was sent, and what to do about it."""

from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Campaign
from anquanyue.findings import Finding, Severity
from anquanyue.findings.grouping import UnitFindings
from anquanyue.reporting.finding_words import SEVERITY_NAMES, UNIT_UNKNOWN
from anquanyue.reporting.layout import FIRST, StyleName, new_sheet, print_setup, put, put_across, put_row

SEVERITY_STYLES: Final[dict[Severity, StyleName]] = {"error": "bad", "warning": "mild", "info": "info"}

_HEADINGS: Final = ("级别", "单位", "文件", "位置", "指标", "问题", "处理建议", "代码")
_WIDTHS: Final = (7, 20, 29, 13, 21, 44, 38, 21)
_ABOVE_UNIT: Final = Side(style="medium", color="FF404040")


def add_findings_sheet(workbook: Workbook, groups: Sequence[UnitFindings], campaign: Campaign) -> None:
    """Add a row a finding, unit by unit."""
    sheet = new_sheet(workbook, "问题清单", _WIDTHS)
    put_across(sheet, 1, len(_WIDTHS), "问题清单", "title")
    put_row(sheet, 2, _HEADINGS, "header")
    row = 2
    for group in groups:
        first = row + 1
        for row, finding in enumerate(group.findings, start=first):
            put_row(sheet, row, tuple(_line(finding, group, campaign)), "body")
            put(sheet, row, FIRST, SEVERITY_NAMES[finding.severity], SEVERITY_STYLES[finding.severity])
        _draw_line_above(sheet, first)
    if not groups:
        put_across(sheet, 3, len(_WIDTHS), "没有发现问题。", "subtitle")
    last = get_column_letter(FIRST + len(_WIDTHS) - 1)
    sheet.freeze_panes = "D3"
    sheet.auto_filter.ref = f"B2:{last}{row}"
    print_setup(sheet, landscape=True, repeated_rows="2:2", columns=len(_WIDTHS))


def _draw_line_above(sheet: Worksheet, row: int) -> None:
    for cells in sheet.iter_cols(FIRST, FIRST + len(_WIDTHS) - 1, row, row):
        side = cells[0].border.left
        cells[0].border = Border(left=side, right=side, top=_ABOVE_UNIT, bottom=side)


def _line(finding: Finding, group: UnitFindings, campaign: Campaign) -> Iterator[str]:
    yield SEVERITY_NAMES[finding.severity]
    yield group.name or UNIT_UNKNOWN
    yield finding.path or ""
    yield finding.place or ""
    yield field_label(finding, campaign)
    yield finding.message("zh")
    yield finding.hint("zh") or ""
    yield finding.code


def field_label(finding: Finding, campaign: Campaign) -> str:
    """The name of the finding's field; "" where it has none."""
    if finding.field is None:
        return ""
    forms = [form for form in campaign.forms if finding.form in (None, form.key)]
    fields = (field for form in forms for field in form.fields)
    return next((field.label for field in fields if field.key == finding.field), finding.field)
