"""Who has sent what, as a workbook: the matrix, a line a unit and round, and the files that belong to none."""

from collections.abc import Mapping
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook

from anquanyue.reporting.layout import FIRST, StyleName, new_sheet, new_workbook, print_setup, put_across, put_row
from anquanyue.reporting.long_rows import LongRows, long_workbook_bytes
from anquanyue.reporting.status_text import (
    HEADINGS,
    SOURCE_NAMES,
    day_words,
    files_words,
    form_labels,
    leftovers,
    lines,
    short_label,
    state_words,
)
from anquanyue.status import Matrix, Standing, State

_STYLES: Final[Mapping[State, StyleName]] = {
    "in-time": "good",
    "late": "mild",
    "undated": "mild",
    "missing": "bad",
    "not-due": "missing",
    "exempt": "info",
    "optional": "missing",
    "not-owed": "missing",
    "not-looked-for": "missing",
}
_UNIT_WIDTH: Final = 26
_GROUP_WIDTH: Final = 10
_ROUND_WIDTH: Final = 19
_LINE_WIDTHS: Final = (12, 26, 10, 14, 18, 12, 16, 9, 12, 11, 12, 44, 7, 7, 7, 7, 30)
_LEFTOVER_WIDTHS: Final = (70, 26, 46)
_STATE_PLACE: Final = HEADINGS.index("状态")
_BODY: Final[StyleName] = "body"
_TOTAL: Final[StyleName] = "total"
_SHARE: Final = "0.0%"

_LEGEND: Final = (
    "截至{day}。到达日期依次取：收到（文件夹或压缩包名中的日期）、填报（表中填报日期）、文件时间；多次报送的，以最早一次为准。"
    "完整率＝已报÷应报，及时率＝按时÷应报；选报的期和豁免的单位不计。"
)
_NOT_LOOKED: Final = "没有活动资料文件夹，资料和总结报告未查。"


def status_workbook(matrix: Matrix) -> bytes:
    """Three sheets; values, not formulas, and no file name can become one."""
    workbook = new_workbook()
    add = (_add_matrix, _add_lines, _add_leftovers)
    return long_workbook_bytes(workbook, [each(workbook, matrix) for each in add])


def _add_matrix(workbook: Workbook, matrix: Matrix) -> LongRows:
    labels = form_labels(matrix.campaign)
    groups = {group.key: group.label for group in matrix.campaign.groups}
    columns = len(matrix.tallies) + 2
    sheet = new_sheet(workbook, "报送一览", (_UNIT_WIDTH, _GROUP_WIDTH, *[_ROUND_WIDTH] * len(matrix.tallies)))
    put_across(sheet, 1, columns, f"{matrix.campaign.title}报送一览", "title")
    legend = _LEGEND.format(day=matrix.as_of.isoformat()) + ("" if matrix.materials is not None else _NOT_LOOKED)
    put_across(sheet, 2, columns, legend, "note")
    headings = [
        f"{short_label(each.duty, each.round, labels)}\n{day_words(each.round.deadline)}"
        + ("（选报）" if each.round.optional else "前")
        for each in matrix.tallies
    ]
    put_row(sheet, 3, ("单位", "类别", *headings), "header")
    rows = LongRows(sheet, 4)
    for unit, standings in matrix.rows():
        words = [_cell_words(each) for each in standings]
        styles = ("label", "label", *(_STYLES[each.state] for each in standings))
        fitted = [0, *range(2, columns)]
        rows.add((unit.name, groups.get(unit.group, ""), *words), styles, fitted=fitted)
    last = rows.next - 1
    _add_tallies(rows, matrix)
    sheet.freeze_panes = "C4"
    sheet.auto_filter.ref = f"B3:{get_column_letter(FIRST + columns - 1)}{last}"
    print_setup(sheet, landscape=True, repeated_rows="3:3", columns=columns, last=rows.next - 1)
    return rows


def _add_tallies(rows: LongRows, matrix: Matrix) -> None:
    tallies = matrix.tallies
    styles = ("header", "header", *[_TOTAL] * len(tallies))
    numbers = (
        ("应报单位", [each.owing if each.owing else None for each in tallies]),
        ("已报单位", [each.reported if each.owing else None for each in tallies]),
        ("按时单位", [each.in_time if each.owing else None for each in tallies]),
        ("完整率", [each.completeness for each in tallies]),
        ("及时率", [each.timeliness for each in tallies]),
    )
    for name, values in numbers:
        shares = dict.fromkeys(range(2, 2 + len(tallies)), _SHARE) if name.endswith("率") else None
        rows.add((name, "", *values), styles, formats=shares, height=20)


def _cell_words(each: Standing) -> str:
    """The state, on what day of arrival it relies, and how many files of each kind there are."""
    words = [state_words(each)]
    if each.first and each.first.day and each.first.source:
        words.append(f"{day_words(each.first.day)}（{SOURCE_NAMES[each.first.source]}）")
    if any(each.files.values()):
        words.append(files_words(each.files))
    if each.rejected:
        words.append(f"未受理{len(each.rejected)}份")
    return "\n".join(words)


def _add_lines(workbook: Workbook, matrix: Matrix) -> LongRows:
    headings = HEADINGS[:-1]
    sheet = new_sheet(workbook, "明细", _LINE_WIDTHS)
    put_across(sheet, 1, len(headings), "报送明细", "title")
    put_row(sheet, 2, headings, "header")
    rows = LongRows(sheet, 3)
    for each, line in zip(matrix.standings, lines(matrix), strict=False):
        styles = [_BODY] * len(headings)
        styles[_STATE_PLACE] = _STYLES[each.state]
        rows.add(["" if cell is None else cell for cell in line[:-1]], styles)
    sheet.freeze_panes = "D3"
    sheet.auto_filter.ref = f"B2:{get_column_letter(FIRST + len(headings) - 1)}{rows.next - 1}"
    print_setup(sheet, landscape=True, repeated_rows="2:2", columns=len(headings), last=rows.next - 1)
    return rows


def _add_leftovers(workbook: Workbook, matrix: Matrix) -> LongRows:
    headings = ("文件", "单位", "原因")
    sheet = new_sheet(workbook, "未归属文件", _LEFTOVER_WIDTHS)
    put_across(sheet, 1, len(headings), "未归属文件", "title")
    put_across(sheet, 2, len(headings), _files_found(matrix), "note")
    put_row(sheet, 3, headings, "header")
    rows = LongRows(sheet, 4)
    for line in leftovers(matrix):
        rows.add(line, [_BODY] * len(headings))
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"B3:{get_column_letter(FIRST + len(headings) - 1)}{rows.next - 1}"
    print_setup(sheet, landscape=True, repeated_rows="3:3", columns=len(headings), last=rows.next - 1)
    return rows


def _files_found(matrix: Matrix) -> str:
    if matrix.materials is None:
        return _NOT_LOOKED
    lost = len(matrix.unattributed)
    return (
        f"活动资料共{len(matrix.materials) + matrix.left_aside}个文件：已归属{len(matrix.materials) - lost}个，"
        f"未归属{lost}个，系统文件{matrix.left_aside}个。"
    )
