"""报送情况: who sent which form, who did not."""

import datetime
from collections.abc import Iterator
from typing import Final

from openpyxl.workbook.workbook import Workbook

from anquanyue.campaign.model import Form
from anquanyue.reporting.layout import StyleName, new_sheet, print_setup, put_across, put_row
from anquanyue.reporting.long_rows import LongRows
from anquanyue.summary import Summary

HEADINGS: Final = ("单位", "类别", "应报表格", "报送情况", "时限", "文件")
_WIDTHS: Final = (28, 12, 40, 16, 14, 48)
_STYLES: Final[dict[str, StyleName]] = {
    "已报送": "good", "已报送（逾期）": "mild", "未报送": "bad", "免报（人工认定）": "info",
}  # fmt: skip


def add_status_sheet(workbook: Workbook, summary: Summary) -> LongRows:
    """Add a row for every form that a unit owes or sent."""
    sheet = new_sheet(workbook, "报送情况", _WIDTHS)
    put_across(sheet, 1, len(_WIDTHS), f"{summary.campaign.title}报送情况", "title")
    put_row(sheet, 2, HEADINGS, "header")
    rows = LongRows(sheet, 3)
    for line in status_lines(summary):
        rows.add(line, ("body", "body", "body", _STYLES[line[3]], "body", "body"))
    sheet.freeze_panes = "C3"
    sheet.auto_filter.ref = f"B2:G{rows.next - 1}"
    print_setup(sheet, landscape=True, repeated_rows="2:2", columns=len(_WIDTHS), last=rows.next - 1)
    return rows


def status_lines(summary: Summary) -> Iterator[tuple[str, ...]]:
    """The cells of a line for every form that a unit owes or sent, under HEADINGS."""
    units = {unit.code: unit for unit in summary.roster.units} if summary.roster else {}
    groups = {group.key: group.label for group in summary.campaign.groups}
    late = {(finding.unit, finding.form) for finding in summary.findings if finding.code == "late"}
    asked = [
        (form, summary.campaign.groups_owing(form), summary.received[form.key], _day(_deadline(summary, form)))
        for form in summary.campaign.forms
    ]
    for code, name in summary.names.items():
        unit = units.get(code)
        for form, owing, received, deadline in asked:
            path = received.get(code)
            if path is None and not (unit and unit.group in owing):
                continue
            if path is None:
                status = "免报（人工认定）" if code in summary.exempt[form.key] else "未报送"
            else:
                status = "已报送（逾期）" if (code, form.key) in late else "已报送"
            group = groups.get(unit.group, "") if unit else "不在名单" if summary.roster else ""
            yield name, group, f"{form.label} {form.title}", status, deadline, path or ""


def _deadline(summary: Summary, form: Form) -> datetime.date:
    return max(each.deadline for each in summary.campaign.duty_of(form).rounds)


def _day(date: datetime.date) -> str:
    return date.isoformat()
