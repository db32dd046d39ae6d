"""分单位: the figures of every unit, and their totals; 排名: how the units rank by each count."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Field, Form
from anquanyue.reporting.layout import FIRST, MISSING, StyleName, fit_row, new_sheet, print_setup, put, put_across
from anquanyue.reporting.long_rows import LongRows
from anquanyue.summary import Summary

_COUNT: Final[StyleName] = "count"
_TOTAL: Final[StyleName] = "total"
_NAME_WIDTH: Final = 24
_FIGURE_WIDTH: Final = 11
_SOURCE_WIDTH: Final = 36
_SCALE: Final = 55
_PAGE_COLUMNS: Final = 15
"""How many columns of figures fit on a landscape page at that scale (in percent)."""

_NOTE: Final = "“—”为未填报或无法识别，不计入合计，也不按0计；“约”为约数；“※”为人工认定。"
_RANKS_NOTE: Final = "按各单位填报数从高到低排列，相同的并列；“—”为未填报或无法识别。"
_APPROXIMATE: Final = '"约"#,##0'
_DECIDED: Final = '#,##0"※"'

_TITLES: Final = 4
"""Title, explanation, items, fields."""


def add_units_sheet(workbook: Workbook, summary: Summary) -> LongRows:
    """Add a row a unit, a column a figure under the heading of its item, and the totals."""
    fields = summary.form.reported_fields
    sheet = new_sheet(workbook, "分单位", (_NAME_WIDTH, *[_FIGURE_WIDTH] * len(fields), _SOURCE_WIDTH))
    _put_titles(sheet, f"{summary.form.title}（分单位）", _NOTE)
    _put_headings(sheet, summary.form, fields, "来源文件")
    rows = LongRows(sheet, _TITLES + 1)
    _add_units(rows, summary, fields)
    last = rows.next - 1
    _add_totals(rows, summary, fields)
    _finish(rows, summary.form, fields, last, columns=len(fields) + 2)
    return rows


def add_ranks_sheet(workbook: Workbook, summary: Summary) -> LongRows:
    """Add a row a unit with its place by each count: the highest is 1, equal ones share a place."""
    fields = tuple(field for field in summary.form.reported_fields if field.type == "count")
    sheet = new_sheet(workbook, "排名", (_NAME_WIDTH, *[_FIGURE_WIDTH] * len(fields)))
    _put_titles(sheet, f"{summary.form.title}（排名）", _RANKS_NOTE)
    _put_headings(sheet, summary.form, fields)
    rows = LongRows(sheet, _TITLES + 1)
    frame = summary.merged.values[[field.key for field in fields]].rank(ascending=False, method="min")
    ranks = frame.astype("Int64").astype("object")
    places = dict(zip(ranks.index, ranks.where(ranks.notna(), None).to_numpy().tolist(), strict=True))
    styles = ("label", *[_COUNT] * len(fields))
    for code in summary.units:
        rows.add((summary.names[code], *places[code]), styles, fitted=(0,))
    _finish(rows, summary.form, fields, rows.next - 1, columns=len(fields) + 1)
    return rows


def _put_titles(sheet: Worksheet, title: str, note: str) -> None:
    put_across(sheet, 1, 9, title, "title", first=FIRST + 1)
    put_across(sheet, 2, 9, note, "note", first=FIRST + 1)


def _put_headings(sheet: Worksheet, form: Form, fields: Sequence[Field], behind: str = "") -> None:
    items = {blank.key: item.name for item in form.items for blank in item.blanks}
    column = FIRST + 1
    for name, group in groupby(fields, key=lambda field: items.get(field.key, "")):
        width = len(list(group))
        for each in range(column, column + width):
            put(sheet, 3, each, name if each == column else "", "header")
        if width > 1:
            sheet.merge_cells(start_row=3, end_row=3, start_column=column, end_column=column + width - 1)
        column += width
    for edge, heading in ((FIRST, "填报单位"), (column, behind)):
        if heading:
            put(sheet, 3, edge, "", "header")
            put(sheet, 4, edge, heading, "header")
    labels = {}
    for column, field in enumerate(fields, start=FIRST + 1):
        labels[column] = field.label + (f"（{field.unit}）" if field.unit else "")
        put(sheet, 4, column, labels[column], "header")
    sheet.row_dimensions[3].height = 24
    fit_row(sheet, 4, labels)


def _add_units(rows: LongRows, summary: Summary, fields: Sequence[Field]) -> None:
    merged = summary.merged
    figures, marks = merged.by_unit(fields), merged.of(fields)
    decided, approximate = merged.marked(marks.decided), merged.marked(marks.approximate)
    styles = ("label", *[_COUNT] * len(fields), "label")
    options = {place: field.blank.options for place, field in enumerate(fields) if field.type == "yes_no"}
    for code in summary.units:
        figures_of_unit = figures[code]
        formats = dict.fromkeys((place + 1 for place in approximate.get(code, ())), _APPROXIMATE)
        settled = decided.get(code, ())
        formats |= dict.fromkeys((place + 1 for place in settled), _DECIDED)
        values = [
            value if place not in options or value is None
            else options[place][0 if value else 1] + "※" * (place in settled)
            for place, value in enumerate(figures_of_unit)
        ]  # fmt: skip
        edges = len(fields) + 1
        rows.add((summary.names[code], *values, merged.sources[code]), styles, formats=formats, fitted=(0, edges))


def _add_totals(rows: LongRows, summary: Summary, fields: Sequence[Field]) -> None:
    """The totals, and under each how many units it lacks and how many approximations it holds."""
    styles = ("header", *[_TOTAL] * len(fields), "header")
    yes = {
        place: f'"{field.blank.options[0]}："#,##0' for place, field in enumerate(fields, 1) if field.type == "yes_no"
    }
    for name, figures in (
        ("合计", summary.totals),
        ("缺报单位数", summary.missing),
        ("约数单位数", summary.approximate),
    ):
        formats = yes if figures is summary.totals else None
        shown = [
            MISSING if figures is summary.totals and summary.unsaid(field.key) else figures[field.key]
            for field in fields
        ]
        rows.add((name, *shown, ""), styles, formats=formats, height=22)


def _finish(rows: LongRows, form: Form, fields: Sequence[Field], last: int, *, columns: int) -> None:
    sheet = rows.sheet
    sheet.freeze_panes = f"C{_TITLES + 1}"
    sheet.auto_filter.ref = f"B{_TITLES}:{get_column_letter(FIRST + columns - 1)}{max(last, _TITLES)}"
    print_setup(sheet, landscape=True, repeated_rows=f"{_TITLES - 1}:{_TITLES}", columns=columns, last=rows.next - 1)
    _break_pages(sheet, form, {field.key for field in fields})


def _break_pages(sheet: Worksheet, form: Form, shown: set[str]) -> None:
    """All columns on one page could not be read: whole items a page, the units' names on each."""
    sheet.print_title_cols = "B:B"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.scale = _SCALE
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_setup.pageOrder = "overThenDown"
    last, used = FIRST, 0
    widths = [sum(blank.key in shown for blank in item.blanks) for item in form.items]
    for width in widths:
        if used and used + width > _PAGE_COLUMNS:
            sheet.col_breaks.append(Break(id=last))
            used = 0
        last, used = last + width, used + width
