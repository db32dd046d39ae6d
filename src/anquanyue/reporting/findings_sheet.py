"""问题清单: what was found in what was sent, and what to do about it."""

from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook

from anquanyue.campaign.model import Campaign
from anquanyue.findings import Finding, Severity
from anquanyue.findings.grouping import UnitFindings
from anquanyue.reporting.finding_words import SEVERITY_NAMES, UNIT_UNKNOWN
from anquanyue.reporting.layout import FIRST, StyleName, new_sheet, print_setup, put_across, put_row
from anquanyue.reporting.long_rows import LongRows

SEVERITY_STYLES: Final[dict[Severity, StyleName]] = {"error": "bad", "warning": "mild", "info": "info"}

_HEADINGS: Final = ("级别", "单位", "文件", "位置", "指标", "问题", "处理建议", "代码")
_WIDTHS: Final = (7, 20, 29, 13, 21, 44, 38, 21)
_BODY: Final[StyleName] = "body"
_STYLES: Final = [_BODY] * (len(_WIDTHS) - 1)
"""Of all columns but the first."""


def add_findings_sheet(workbook: Workbook, groups: Sequence[UnitFindings], campaign: Campaign) -> LongRows:
    """Add a row a finding, unit by unit."""
    sheet = new_sheet(workbook, "问题清单", _WIDTHS)
    put_across(sheet, 1, len(_WIDTHS), "问题清单", "title")
    put_row(sheet, 2, _HEADINGS, "header")
    rows = LongRows(sheet, 3)
    labels = _labels(campaign)
    for group in groups:
        for index, finding in enumerate(group.findings):
            label = labels.get((finding.form, finding.field), finding.field or "")
            line = tuple(_line(finding, group, label))
            rows.add(line, (SEVERITY_STYLES[finding.severity], *_STYLES), above=index == 0)
    if not groups:
        put_across(sheet, 3, len(_WIDTHS), "没有发现问题。", "subtitle")
    last = get_column_letter(FIRST + len(_WIDTHS) - 1)
    sheet.freeze_panes = "D3"
    sheet.auto_filter.ref = f"B2:{last}{rows.next - 1}"
    print_setup(sheet, landscape=True, repeated_rows="2:2", columns=len(_WIDTHS), last=max(rows.next - 1, 3))
    return rows


def _line(finding: Finding, group: UnitFindings, label: str) -> Iterator[str]:
    yield SEVERITY_NAMES[finding.severity]
    yield group.name or UNIT_UNKNOWN
    yield finding.path or ""
    yield finding.place or ""
    yield label
    yield finding.message("zh")
    yield finding.hint("zh") or ""
    yield finding.code


def _labels(campaign: Campaign) -> dict[tuple[str | None, str | None], str]:
    """The names of the fields by form and key; of a finding without a form the first that has the key."""
    pairs = [(form.key, field) for form in campaign.forms for field in form.fields]
    of_any: dict[tuple[str | None, str | None], str] = {(None, field.key): field.label for _form, field in pairs[::-1]}
    return of_any | {(form, field.key): field.label for form, field in pairs}
