"""分单位: the figures of every unit, and their totals."""

from itertools import groupby
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Field, Form
from anquanyue.reporting.layout import FIRST, fit_row, new_sheet, print_setup, put, put_across
from anquanyue.summary import Summary

_NAME_WIDTH: Final = 24
_FIGURE_WIDTH: Final = 11
_SOURCE_WIDTH: Final = 36
_SCALE: Final = 55
_PAGE_COLUMNS: Final = 15
"""How many columns of figures fit on a landscape page at that scale (in percent)."""

_NOTE: Final = "“—”为未填报或无法识别，不计入合计，也不按0计；“约”为约数；“※”为人工认定。"
_APPROXIMATE: Final = '"约"#,##0'
_DECIDED: Final = '#,##0"※"'

_TITLES: Final = 4
"""Title, explanation, items, fields."""


def add_units_sheet(workbook: Workbook, summary: Summary) -> None:
    """Add a row a unit, a column a figure under the heading of its item, and the totals."""
    fields = summary.form.reported_fields
    sheet = new_sheet(workbook, "分单位", (_NAME_WIDTH, *[_FIGURE_WIDTH] * len(fields), _SOURCE_WIDTH))
    put_across(sheet, 1, 9, f"{summary.form.title}（分单位）", "title", first=FIRST + 1)
    put_across(sheet, 2, 9, _NOTE, "note", first=FIRST + 1)
    _put_headings(sheet, summary.form, fields)
    last = _put_units(sheet, summary, fields)
    _put_totals(sheet, last + 1, summary, fields)
    columns = len(fields) + 2
    sheet.freeze_panes = f"C{_TITLES + 1}"
    sheet.auto_filter.ref = f"B{_TITLES}:{get_column_letter(FIRST + columns - 1)}{max(last, _TITLES)}"
    print_setup(sheet, landscape=True, repeated_rows=f"{_TITLES - 1}:{_TITLES}", columns=columns)
    _break_pages(sheet, summary.form)


def _put_headings(sheet: Worksheet, form: Form, fields: tuple[Field, ...]) -> None:
    items = {blank.key: item.name for item in form.items for blank in item.blanks}
    column = FIRST + 1
    for name, group in groupby(fields, key=lambda field: items.get(field.key, "")):
        width = len(list(group))
        for each in range(column, column + width):
            put(sheet, 3, each, name if each == column else "", "header")
        if width > 1:
            sheet.merge_cells(start_row=3, end_row=3, start_column=column, end_column=column + width - 1)
        column += width
    for edge, heading in ((FIRST, "填报单位"), (column, "来源文件")):
        put(sheet, 3, edge, "", "header")
        put(sheet, 4, edge, heading, "header")
    labels = {}
    for column, field in enumerate(fields, start=FIRST + 1):
        labels[column] = field.label + (f"（{field.unit}）" if field.unit else "")
        put(sheet, 4, column, labels[column], "header")
    sheet.row_dimensions[3].height = 24
    fit_row(sheet, 4, labels)


def _put_units(sheet: Worksheet, summary: Summary, fields: tuple[Field, ...]) -> int:
    """Write the units and return their last row."""
    figures = summary.merged.values[[field.key for field in fields]].astype(object)
    figures = figures.where(figures.notna(), None)
    rows = dict(zip(figures.index, figures.itertuples(index=False), strict=True))
    row = _TITLES
    for row, code in enumerate(summary.units, start=_TITLES + 1):
        put(sheet, row, FIRST, summary.names[code], "label")
        for column, (field, value) in enumerate(zip(fields, rows[code], strict=True), start=FIRST + 1):
            decided = bool(summary.merged.decided.at[code, field.key])
            if isinstance(value, bool):
                put(sheet, row, column, field.blank.options[0 if value else 1] + "※" * decided, "count")
                continue
            cell = put(sheet, row, column, None if value is None else int(value), "count")
            if decided:
                cell.number_format = _DECIDED
            elif summary.merged.approximate.at[code, field.key]:
                cell.number_format = _APPROXIMATE
        source = FIRST + len(fields) + 1
        put(sheet, row, source, summary.merged.sources[code], "label")
        fit_row(sheet, row, {FIRST: summary.names[code], source: summary.merged.sources[code]})
    return row


def _put_totals(sheet: Worksheet, row: int, summary: Summary, fields: tuple[Field, ...]) -> None:
    """The totals, and under each how many units it lacks and how many approximations it holds."""
    lines = (("合计", summary.totals), ("缺报单位数", summary.missing), ("约数单位数", summary.approximate))
    for offset, (name, figures) in enumerate(lines):
        put(sheet, row + offset, FIRST, name, "header")
        for column, field in enumerate(fields, start=FIRST + 1):
            cell = put(sheet, row + offset, column, figures[field.key], "total")
            if field.type == "yes_no" and figures is summary.totals:
                cell.number_format = f'"{field.blank.options[0]}："#,##0'
        put(sheet, row + offset, FIRST + len(fields) + 1, "", "header")
        sheet.row_dimensions[row + offset].height = 22


def _break_pages(sheet: Worksheet, form: Form) -> None:
    """All columns on one page could not be read: whole items a page, the units' names on each."""
    sheet.print_title_cols = "B:B"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.scale = _SCALE
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_setup.pageOrder = "overThenDown"
    last, used = FIRST, 0
    widths = [sum(form.field(blank.key).reported for blank in item.blanks) for item in form.items]
    for width in widths:
        if used and used + width > _PAGE_COLUMNS:
            sheet.col_breaks.append(Break(id=last))
            used = 0
        last, used = last + width, used + width
