"""概览: the report in a few sentences, key figures and charts."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Field, Form
from anquanyue.findings import SEVERITIES
from anquanyue.findings.kind import DIMENSIONS, Dimension
from anquanyue.reporting.finding_words import SEVERITY_NAMES
from anquanyue.reporting.layout import FIRST, StyleName, new_sheet, print_setup, put, put_across, put_row
from anquanyue.summary import Summary
from anquanyue.templating import render

_WIDTHS: Final = (46, 16, 16, 16)
_SHARE: Final = "0.0%"
_ROW: Final = 18.0
_ROWS_A_BAR: Final = 0.95
_ROWS_OF_TITLE: Final = 4
"""Of a chart, with its axis."""

DIMENSION_NAMES: Final[dict[Dimension, str]] = {
    "completeness": "完整性",
    "correctness": "准确性",
    "consistency": "一致性",
    "timeliness": "及时性",
}


def add_overview_sheet(workbook: Workbook, summary: Summary, working_folder: Path) -> None:
    """Add the sentences of the template `report/overview.txt.j2`, the key figures and charts of them."""
    sheet = new_sheet(workbook, "概览", _WIDTHS)
    columns = len(_WIDTHS)
    put_across(sheet, 1, columns, f"{summary.campaign.title}情况汇总", "title")
    row = 2
    for paragraph in overview(summary, working_folder).splitlines():
        if paragraph.strip():
            put_across(sheet, row, columns, f"　　{paragraph.strip()}", "subtitle")
            row += 1
    row = _put_reporting(sheet, summary, row + 1)
    row = _put_quality(sheet, summary, row + 1)
    # The chart fills the first page; what it shows is the first thing on the second.
    last = row + math.ceil(len(activities(summary.form)) * _ROWS_A_BAR) + _ROWS_OF_TITLE
    lines = _put_activities(sheet, summary, last + 2)
    _add_chart(sheet, "开展各项活动的单位比例", lines, (row + 1, last))
    sheet.row_breaks.append(Break(id=last + 1))
    _put_totals(sheet, summary, lines[1] + 2)
    print_setup(sheet, landscape=False, repeated_rows="1:1", columns=columns)


def _put_reporting(sheet: Worksheet, summary: Summary, row: int) -> int:
    """The reporting by form, and what is left to report."""
    put_row(sheet, row, ("表格", "应报单位", "已报单位", "报送率"), "header")
    for form in summary.campaign.forms:
        row += 1
        owing, reported = summary.reporting[form.key]
        # Without a list of units nobody knows who should have reported.
        rate = reported / owing if owing and summary.roster else None
        _put_line(sheet, row, f"{form.label} {form.title}", (owing if summary.roster else None, reported), rate)
    return row + 1


def _put_activities(sheet: Worksheet, summary: Summary, row: int) -> tuple[int, int]:
    """How many units did each activity; the first and the last row of the table."""
    put_row(sheet, row, ("活动", "开展单位", "已报单位", "开展比例"), "header")
    first, reported = row + 1, len(summary.units)
    for field in activities(summary.form):
        row += 1
        active = summary.active[field.key]
        _put_line(sheet, row, field.label, (active, reported), active / reported if reported else None)
    return first, row


def activities(form: Form) -> tuple[Field, ...]:
    """What took place, without the people who took part: the figures that are not the second of a pair."""
    people = {pair.fields[1] for pair in form.pairs}
    return tuple(field for field in form.reported_fields if field.key not in people)


def _put_totals(sheet: Worksheet, summary: Summary, row: int) -> None:
    """Each total, what it lacks, and how it changed since the round before."""
    earlier = summary.earlier
    put_row(sheet, row, ("指标", "合计", "缺报单位", f"较{earlier.round.label}" if earlier else "开展单位"), "header")
    for field in summary.form.reported_fields:
        row += 1
        total = summary.totals[field.key]
        behind = total - earlier.totals[field.key] if earlier else summary.active[field.key]
        put(sheet, row, FIRST, field.label, "label")
        shown = None if summary.unsaid(field.key) else total
        put(sheet, row, FIRST + 1, shown, "count").number_format = f'#,##0" {_unit(field)}"'
        put(sheet, row, FIRST + 2, summary.missing[field.key], "count")
        put(sheet, row, FIRST + 3, behind, "count").number_format = "+#,##0;-#,##0;0" if earlier else "#,##0"
        sheet.row_dimensions[row].height = _ROW


def _put_quality(sheet: Worksheet, summary: Summary, row: int) -> int:
    """How many findings there are of each dimension of data quality."""
    put_row(sheet, row, ("数据质量", *(SEVERITY_NAMES[severity] for severity in SEVERITIES)), "header")
    quality = summary.quality()
    for dimension in DIMENSIONS:
        row += 1
        counted = quality[dimension]
        put(sheet, row, FIRST, DIMENSION_NAMES[dimension], "label")
        for column, severity in enumerate(SEVERITIES, start=FIRST + 1):
            put(sheet, row, column, counted[severity], "count")
        sheet.row_dimensions[row].height = _ROW
    return row + 1


def _put_line(sheet: Worksheet, row: int, label: str, numbers: Sequence[int | None], share: float | None) -> None:
    style: StyleName = "count"
    put(sheet, row, FIRST, label, "label")
    for column, number in enumerate(numbers, start=FIRST + 1):
        put(sheet, row, column, number, style)
    cell = put(sheet, row, FIRST + 1 + len(numbers), None if share is None else 0, style)
    if share is not None:
        cell.value, cell.number_format = round(share, 4), _SHARE
    sheet.row_dimensions[row].height = _ROW


def _add_chart(sheet: Worksheet, title: str, lines: tuple[int, int], place: tuple[int, int]) -> None:
    """A native chart of shares, which a person can edit.

    Args:
        sheet: Where names and shares stand.
        title: Of the chart.
        lines: The first and the last row of the names and shares.
        place: The first and the last row that the chart covers.
    """
    chart = BarChart()
    chart.type = "bar"
    chart.style = 10
    chart.title = title
    chart.legend = None
    chart.gapWidth = 40
    share = FIRST + len(_WIDTHS) - 1
    chart.add_data(Reference(sheet, min_col=share, min_row=lines[0], max_row=lines[1]))
    chart.set_categories(Reference(sheet, min_col=FIRST, min_row=lines[0], max_row=lines[1]))
    # As in the table, the first at the top; the shares stay below, which the other axis then would not leave there.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.x_axis.tickLblSkip = 1
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.number_format = "0%"
    chart.y_axis.majorUnit = 0.25
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    for row in range(place[0], place[1] + 1):
        sheet.row_dimensions[row].height = _ROW
    # From cell to cell, because programs differ in how wide a column comes out.
    corners = (AnchorMarker(col=FIRST - 1, row=place[0] - 1), AnchorMarker(col=share, row=place[1] - 1))
    chart.anchor = TwoCellAnchor(editAs="twoCell", _from=corners[0], to=corners[1])  # type: ignore[assignment]
    sheet.add_chart(chart)


def _unit(field: Field) -> str:
    return "个单位" if field.type == "yes_no" else field.unit


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
        round=summary.round,
        earlier=summary.earlier,
    )
