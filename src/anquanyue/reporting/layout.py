"""What the sheets of the report have in common: fonts and styles, the mark in A1, the printed page."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.writing.cells import write_text
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.text_size import row_height

MISSING: Final = "—"
"""What stands for a value that is missing; never a zero."""

StyleName = Literal[
    "title",
    "subtitle",
    "header",
    "label",
    "body",
    "prose",
    "note",
    "count",
    "missing",
    "total",
    "good",
    "bad",
    "mild",
    "info",
]

FIRST: Final = 2
"""The first column that shows; the first of all is hidden and says that the sheet is derived."""

_THIN: Final = Side(style="thin", color="FF808080")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NO_BOX: Final = Border()
_COUNT: Final = "#,##0"


def new_workbook() -> Workbook:
    """A workbook without sheets that knows every style of the report."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for style in _styles():
        workbook.add_named_style(style)
    return workbook


def new_sheet(workbook: Workbook, title: str, widths: Sequence[float]) -> Worksheet:
    """A sheet whose hidden first column marks it as derived, so that reading leaves it aside."""
    sheet: Worksheet = workbook.create_sheet(title)
    sheet.sheet_view.showGridLines = False
    sheet["A1"] = DERIVED
    sheet.column_dimensions["A"].hidden = True
    for column, width in enumerate(widths, start=FIRST):
        sheet.column_dimensions[get_column_letter(column)].width = width
    return sheet


def put(sheet: Worksheet, row: int, column: int, value: str | int | None, style: StyleName) -> Cell:
    """Write a text or a count in a style; None is shown as missing."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - not the inside of a merged range
    cell.style = "missing" if value is None else style
    if isinstance(value, int):
        cell.value = value
    else:
        write_text(cell, MISSING if value is None else value)
    return cell


def put_row(sheet: Worksheet, row: int, values: Sequence[str | int | None], style: StyleName) -> None:
    """Write a row of cells, as high as its texts need."""
    for column, value in enumerate(values, start=FIRST):
        put(sheet, row, column, value, style)
    fit_row(sheet, row, {column: value for column, value in enumerate(values, start=FIRST) if isinstance(value, str)})


def put_across(sheet: Worksheet, row: int, columns: int, text: str, style: StyleName, first: int = FIRST) -> None:
    """Write a text over `columns` columns from the `first` on, merged."""
    put(sheet, row, first, text, style)
    last = first + columns - 1
    if columns > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    width = sum(width_of(sheet, column) for column in range(first, last + 1))
    sheet.row_dimensions[row].height = row_height([(text, width)], SIZES[style])


def fit_row(sheet: Worksheet, row: int, texts: Mapping[int, str], style: StyleName = "body") -> None:
    """Make a row as high as the texts in its columns need."""
    sized = [(text, width_of(sheet, column)) for column, text in texts.items()]
    sheet.row_dimensions[row].height = row_height(sized, SIZES[style])


def width_of(sheet: Worksheet, column: int) -> float:
    """The width of a column, in characters."""
    return float(sheet.column_dimensions[get_column_letter(column)].width)


def print_setup(
    sheet: Worksheet, *, landscape: bool, repeated_rows: str, columns: int, last: int | None = None
) -> None:
    """A4, as wide as the page, the headings on every page; only what shows is printed.

    `last` is the last row, where it is not in the sheet yet.
    """
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = repeated_rows
    sheet.print_area = f"B1:{get_column_letter(FIRST + columns - 1)}{last or sheet.max_row}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页"))


SIZES: Final[Mapping[StyleName, int]] = {
    "title": 18, "subtitle": 12, "header": 11, "label": 11, "body": 11, "prose": 12, "note": 10,
    "count": 11, "missing": 11, "total": 11, "good": 11, "bad": 11, "mild": 11, "info": 11,
}  # fmt: skip
"""The size of each style's letters, in points."""


def _styles() -> list[NamedStyle]:
    song, hei, fang = "方正小标宋简体", "黑体", "仿宋_GB2312"
    grey = PatternFill("solid", fgColor="FFE7EBF0")
    red, amber, green = "FFC00000", "FF9C5700", "FF2E7D32"
    return [
        _style("title", song, border=_NO_BOX),
        _style("subtitle", fang, "left", border=_NO_BOX),
        _style("header", hei, fill=grey),
        _style("label", fang, "left"),
        _style("body", fang, "left"),
        _style("prose", fang, "left", vertical="top"),
        _style("note", fang, "left", border=_NO_BOX),
        _style("count", fang, "right", number_format=_COUNT),
        _style("missing", fang, "center", color="FFA6A6A6"),
        _style("total", hei, "right", fill=grey, number_format=_COUNT),
        _style("good", fang, color=green),
        _style("bad", fang, color=red),
        _style("mild", fang, color=amber),
        _style("info", fang),
    ]


def _style(
    name: StyleName,
    font: str,
    horizontal: Literal["left", "center", "right"] = "center",
    *,
    vertical: Literal["top", "center"] = "center",
    border: Border = _BOX,
    fill: PatternFill | None = None,
    color: str = "FF000000",
    number_format: str = "General",
) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=Font(name=font, size=SIZES[name], charset=134, color=color),
        alignment=Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True),
        border=border,
        fill=fill or PatternFill(),
        number_format=number_format,
    )
