"""问题清单: what was found in what was sent, and what to do about it."""

from typing import Final

from openpyxl.workbook.workbook import Workbook

from anquanyue.findings import Finding, Severity
from anquanyue.reporting.layout import FIRST, StyleName, new_sheet, print_setup, put, put_across, put_row
from anquanyue.summary import Summary

SEVERITY_NAMES: Final[dict[Severity, str]] = {"error": "错误", "warning": "警告", "info": "提示"}

_HEADINGS: Final = ("级别", "单位", "文件", "位置", "指标", "问题", "处理建议")
_WIDTHS: Final = (8, 20, 30, 13, 22, 44, 40)
_STYLES: Final[dict[Severity, StyleName]] = {"error": "bad", "warning": "mild", "info": "info"}


def add_findings_sheet(workbook: Workbook, summary: Summary) -> None:
    """Add a row a finding, errors first."""
    sheet = new_sheet(workbook, "问题清单", _WIDTHS)
    put_across(sheet, 1, len(_WIDTHS), "问题清单", "title")
    put_row(sheet, 2, _HEADINGS, "header")
    last = 2
    for last, finding in enumerate(summary.findings, start=3):
        put_row(sheet, last, _line(finding, summary), "body")
        put(sheet, last, FIRST, SEVERITY_NAMES[finding.severity], _STYLES[finding.severity])
    if not summary.findings:
        put_across(sheet, 3, len(_WIDTHS), "没有发现问题。", "subtitle")
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"B2:H{last}"
    print_setup(sheet, landscape=True, repeated_rows="2:2", columns=len(_WIDTHS))


def _line(finding: Finding, summary: Summary) -> tuple[str, ...]:
    return (
        SEVERITY_NAMES[finding.severity],
        summary.names.get(finding.unit or "", finding.unit or ""),
        finding.path or "",
        finding.place or "",
        _field_label(finding, summary),
        finding.message("zh"),
        finding.hint("zh") or "",
    )


def _field_label(finding: Finding, summary: Summary) -> str:
    if finding.field is None:
        return ""
    forms = [form for form in summary.campaign.forms if finding.form in (None, form.key)]
    fields = (field for form in forms for field in form.fields)
    return next((field.label for field in fields if field.key == finding.field), finding.field)
