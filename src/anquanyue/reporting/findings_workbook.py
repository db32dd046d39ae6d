"""What was found, as a workbook: by unit, then how many of each."""

from collections.abc import Iterable, Mapping
from typing import Final

from openpyxl.workbook.workbook import Workbook

from anquanyue.campaign.model import Campaign
from anquanyue.findings import SEVERITIES, Finding
from anquanyue.findings.grouping import UnitFindings, by_code, by_unit
from anquanyue.reporting.finding_words import SEVERITY_NAMES, STATUS_NAMES, UNIT_UNKNOWN, code_title
from anquanyue.reporting.findings_sheet import SEVERITY_STYLES, add_findings_sheet
from anquanyue.reporting.layout import FIRST, new_sheet, new_workbook, print_setup, put, put_across, put_row
from anquanyue.reporting.long_rows import long_workbook_bytes

_CODE_WIDTHS: Final = (34, 48, 10, 10)
_UNIT_WIDTHS: Final = (48, 12, 12, 12)
_HEAD: Final = 3


def findings_workbook(
    campaign: Campaign, names: Mapping[str, str], findings: Iterable[Finding], files: Mapping[str, int]
) -> bytes:
    """Every finding, then how many there are of each code and about each unit.

    Args:
        campaign: Whose forms were sent.
        names: The units' names by their codes, in the order of the roster.
        findings: All that are to be shown.
        files: How many submissions there are of each status.
    """
    findings = list(findings)
    groups = by_unit(findings, names)
    workbook = new_workbook()
    rows = add_findings_sheet(workbook, groups, campaign)
    _add_codes_sheet(workbook, findings, files)
    _add_units_sheet(workbook, groups)
    return long_workbook_bytes(workbook, [rows])


def _add_codes_sheet(workbook: Workbook, findings: Iterable[Finding], files: Mapping[str, int]) -> None:
    sheet = new_sheet(workbook, "分类统计", _CODE_WIDTHS)
    columns = len(_CODE_WIDTHS)
    put_across(sheet, 1, columns, "分类统计", "title")
    parts = "，".join(f"{STATUS_NAMES[status]}{number}份" for status, number in files.items())
    put_across(sheet, 2, columns, f"收到{sum(files.values())}份：{parts}。", "subtitle")
    put_row(sheet, _HEAD, ("代码", "说明", "级别", "数量"), "header")
    row = _HEAD
    for each in by_code(findings):
        row += 1
        name = SEVERITY_NAMES[each.severity]
        put_row(sheet, row, (each.code, code_title(each.code), name, each.number), "body")
        put(sheet, row, FIRST + 2, name, SEVERITY_STYLES[each.severity])
        put(sheet, row, FIRST + 3, each.number, "count")
    print_setup(sheet, landscape=False, repeated_rows=f"{_HEAD}:{_HEAD}", columns=columns)


def _add_units_sheet(workbook: Workbook, groups: Iterable[UnitFindings]) -> None:
    sheet = new_sheet(workbook, "分单位统计", _UNIT_WIDTHS)
    columns = len(_UNIT_WIDTHS)
    put_across(sheet, 1, columns, "分单位统计", "title")
    put_row(sheet, _HEAD, ("单位", *(SEVERITY_NAMES[severity] for severity in SEVERITIES)), "header")
    row, totals = _HEAD, dict.fromkeys(SEVERITIES, 0)
    for group in groups:
        row += 1
        put_row(sheet, row, (group.name or UNIT_UNKNOWN, *(group.counts[each] for each in SEVERITIES)), "count")
        put(sheet, row, FIRST, group.name or UNIT_UNKNOWN, "label")
        totals = {severity: total + group.counts[severity] for severity, total in totals.items()}
    put_row(sheet, row + 1, ("合计", *totals.values()), "total")
    put(sheet, row + 1, FIRST, "合计", "header")
    print_setup(sheet, landscape=False, repeated_rows=f"{_HEAD}:{_HEAD}", columns=columns)
