"""概览: the report in a few sentences and key figures."""

from pathlib import Path
from typing import Final

from openpyxl.workbook.workbook import Workbook

from anquanyue.findings import SEVERITIES
from anquanyue.reporting.layout import FIRST, new_sheet, print_setup, put, put_across, put_row
from anquanyue.summary import Summary
from anquanyue.templating import render

_WIDTHS: Final = (58, 20, 16)


def add_overview_sheet(workbook: Workbook, summary: Summary, working_folder: Path) -> None:
    """Add the sentences of the template `report/overview.txt.j2`, the reporting by form and the totals."""
    sheet = new_sheet(workbook, "概览", _WIDTHS)
    columns = len(_WIDTHS)
    put_across(sheet, 1, columns, f"{summary.campaign.title}情况汇总", "title")
    row = 2
    for paragraph in overview(summary, working_folder).splitlines():
        if paragraph.strip():
            put_across(sheet, row, columns, f"　　{paragraph.strip()}", "subtitle")
            row += 1
    put_row(sheet, row + 1, ("表格", "应报单位", "已报单位"), "header")
    row += 2
    for form in summary.campaign.forms:
        owing, reported = summary.reporting[form.key]
        put_row(sheet, row, (f"{form.label} {form.title}", owing, reported), "count")
        put(sheet, row, FIRST, f"{form.label} {form.title}", "label")
        row += 1
    put_row(sheet, row + 1, ("指标", "合计", "缺报单位数"), "header")
    row += 2
    for field in summary.form.reported_fields:
        put_row(sheet, row, (field.label, summary.totals[field.key], summary.missing[field.key]), "count")
        put(sheet, row, FIRST, field.label, "label")
        unit = "个单位" if field.type == "yes_no" else field.unit
        put(sheet, row, FIRST + 1, summary.totals[field.key], "count").number_format = f'#,##0" {unit}"'
        row += 1
    print_setup(sheet, landscape=False, repeated_rows="1:1", columns=columns)
    sheet.page_setup.fitToHeight = 1


def overview(summary: Summary, working_folder: Path) -> str:
    """Who reported, who did not, what came and what is wrong with it, in words."""
    owing, reported = summary.reporting[summary.form.key]
    found = {severity: sum(each.severity == severity for each in summary.findings) for severity in SEVERITIES}
    return render(
        "report/overview.txt.j2",
        working_folder,
        campaign=summary.campaign,
        form=summary.form,
        has_roster=summary.roster is not None,
        owing=owing,
        reported=reported,
        not_reported=[summary.names[code] for code in summary.not_reported],
        others=len(summary.units) - reported,
        files=dict(summary.files),
        found=found,
        incomplete=sum(number > 0 for number in summary.missing.values()),
        approximate=sum(number > 0 for number in summary.approximate.values()),
        decided=sum(finding.code == "decision-applied" for finding in summary.findings),
    )
