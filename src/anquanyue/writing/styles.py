"""How the cells of a form look, and how they are written."""

from copy import copy
from dataclasses import dataclass
from typing import Final, Literal
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.writing.cells import write_text
from anquanyue.writing.text_size import row_height

TITLE_FONT: Final = "方正小标宋简体"
OFFICIAL_FONT: Final = "仿宋_GB2312"
HEADING_FONT: Final = "黑体"
SCREEN_FONT: Final = "微软雅黑"

FIRST: Final = 2
"""The first column that shows; the hidden one in front of it holds the stamp and the keys."""

INVITING: Final = "FFFFF6CC"
FILLED: Final = PatternFill(bgColor="FFEAF5E4")
SETTLED: Final = PatternFill(bgColor="FFFFFFFF")
WRONG: Final = DifferentialStyle(fill=PatternFill(bgColor="FFFFC7CE"), font=Font(color="FF9C0006"))
DOUBTFUL: Final = DifferentialStyle(fill=PatternFill(bgColor="FFFFE0B2"), font=Font(color="FF8A4B00"))

SIDE_MARGIN: Final = 0.6
END_MARGIN: Final = 0.7
"""Of every page, in inches."""

_GREY_LINE: Final = Side(style="thin", color="FFA6A6A6")
_BLACK_LINE: Final = Side(style="thin", color="FF000000")
_NO_LINE: Final = Side()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The look of a kind of cell.

    Attributes:
        line: The colour of the border: grey on screens, black on official tables.
        entry: Whether the cell is to be filled in; only those are unlocked.
    """

    font: str = SCREEN_FONT
    size: float = 10
    bold: bool = False
    underlined: bool = False
    color: str = "FF000000"
    fill: str | None = None
    horizontal: Literal["left", "center", "right"] = "left"
    vertical: Literal["top", "center"] = "center"
    indent: int = 0
    line: Literal["grey", "black", "none"] = "none"
    number_format: str = "General"
    entry: bool = False


_known_styles: WeakKeyDictionary[Workbook, dict[Look, StyleArray]] = WeakKeyDictionary()
"""The styles that a workbook has already; openpyxl takes long to find one by what it is made of."""


def apply(cell: Cell, look: Look) -> None:
    """Give a cell its look."""
    workbook = cell.parent.parent
    assert workbook is not None  # noqa: S101
    styles = _known_styles.setdefault(workbook, {})
    if look not in styles:
        _style(cell, look)
        styles[look] = cell._style  # type: ignore[attr-defined]
    cell._style = copy(styles[look])  # type: ignore[attr-defined]


def _style(cell: Cell, look: Look) -> None:
    side = {"grey": _GREY_LINE, "black": _BLACK_LINE, "none": _NO_LINE}[look.line]
    family = 3 if look.font in (SCREEN_FONT, HEADING_FONT) else 1
    cell.font = Font(
        name=look.font,
        size=look.size,
        bold=look.bold,
        underline="single" if look.underlined else None,
        color=look.color,
        charset=134,
        family=family,
        scheme=None,
    )
    cell.alignment = Alignment(
        horizontal=look.horizontal, vertical=look.vertical, wrap_text=True, indent=look.indent or 0
    )
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.fill = PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill()
    cell.number_format = look.number_format
    cell.protection = Protection(locked=not look.entry)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell there, which must not be the inside of a merged range."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101
    return cell


def put(sheet: Worksheet, row: int, column: int, text: str, look: Look, *, formula: bool = False) -> Cell:
    """Write a text, or with `formula` one of our own formulas."""
    cell = cell_at(sheet, row, column)
    apply(cell, look)
    if formula:
        cell.value = text
    elif text:
        write_text(cell, text)
    return cell


def put_over(
    sheet: Worksheet, rows: tuple[int, int], columns: tuple[int, int], text: str, look: Look, *, formula: bool = False
) -> Cell:
    """Write a text over the merged range from the first to the last of `rows` and of `columns`."""
    for row in range(rows[0], rows[1] + 1):
        for column in range(columns[0], columns[1] + 1):
            apply(cell_at(sheet, row, column), look)
    cell = put(sheet, rows[0], columns[0], text, look, formula=formula)
    if rows[0] < rows[1] or columns[0] < columns[1]:
        sheet.merge_cells(start_row=rows[0], end_row=rows[1], start_column=columns[0], end_column=columns[1])
    return cell


def set_widths(sheet: Worksheet, widths: tuple[float, ...]) -> None:
    """Set the widths of the columns that show, and hide the first."""
    sheet.column_dimensions["A"].hidden = True
    for column, width in enumerate(widths, start=FIRST):
        sheet.column_dimensions[get_column_letter(column)].width = width


def width_of(sheet: Worksheet, columns: tuple[int, int]) -> float:
    """The width of the columns from the first to the last of `columns`."""
    return sum(
        float(sheet.column_dimensions[get_column_letter(column)].width) for column in range(columns[0], columns[1] + 1)
    )


def fit_row(
    sheet: Worksheet, row: int, texts: tuple[tuple[str, tuple[int, int]], ...], size: float, least: float = 0
) -> None:
    """Make a row as high as its wrapped texts need, each in its columns."""
    sized = [(text, width_of(sheet, columns)) for text, columns in texts]
    sheet.row_dimensions[row].height = max(least, row_height(sized, size))


def protect(sheet: Worksheet) -> None:
    """Lock all but the entries, without a password; columns and rows may still be widened."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def set_page(sheet: Worksheet, *, landscape: bool, last_row: int, last_column: int, repeated: str | None) -> None:
    """A4, as wide as the page, centred, the heading rows repeated on every page."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if repeated:
        sheet.print_title_rows = repeated
    sheet.print_area = f"B1:{get_column_letter(last_column)}{last_row}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = SIDE_MARGIN
    sheet.page_margins.top = sheet.page_margins.bottom = END_MARGIN
    sheet.sheet_view.showGridLines = False
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页"))
