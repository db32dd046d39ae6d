"""The sheet that tells how to fill in, what is due when, and whom to ask; its texts come from a template."""

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.styles import (
    FIRST,
    HEADING_FONT,
    Look,
    fit_row,
    protect,
    put,
    put_over,
    set_page,
    set_widths,
)

SHEET_NAME: Final = "填报说明"
TEMPLATE: Final = "guide.txt.j2"

_WIDTHS: Final = (42, 10, 62)
_LAST: Final = FIRST + len(_WIDTHS) - 1
_HEADING: Final = Look(font=HEADING_FONT, size=13, color="FF1F5C99")
_LINE: Final = Look(size=11)
_TABLE: Final = Look(size=10.5, line="grey")
_TABLE_HEAD: Final = Look(font=HEADING_FONT, size=11, line="grey", horizontal="center", fill="FFDCE6F1")


def write_guide_sheet(sheet: Worksheet, text: str) -> None:
    """Write each line of `text` in a row.

    A line that begins with "# " is a heading; one that begins with "| " is a row of a table, its cells divided by
    " | ", and the first of several is the table's head.
    """
    put(sheet, 1, 1, DERIVED, Look())
    set_widths(sheet, _WIDTHS)
    in_table = False
    row = 0
    for row, line in enumerate((line.rstrip() for line in text.strip().splitlines()), start=1):
        if line.startswith("| "):
            _write_table_row(sheet, row, line.removeprefix("| "), _TABLE if in_table else _TABLE_HEAD)
        elif line.startswith("# "):
            put_over(sheet, (row, row), (FIRST, _LAST), line.removeprefix("# "), _HEADING)
            sheet.row_dimensions[row].height = 30
        else:
            put_over(sheet, (row, row), (FIRST, _LAST), line, _LINE)
            fit_row(sheet, row, ((line, (FIRST, _LAST)),), _LINE.size)
        in_table = line.startswith("| ")
    set_page(sheet, landscape=False, last_row=max(row, 1), last_column=_LAST, repeated=None)
    protect(sheet)


def _write_table_row(sheet: Worksheet, row: int, line: str, look: Look) -> None:
    cells = [cell.strip() for cell in line.split(" | ", len(_WIDTHS) - 1)]
    cells += [""] * (len(_WIDTHS) - len(cells))
    for column, cell in enumerate(cells, start=FIRST):
        put(sheet, row, column, cell, look)
    texts = tuple((cell, (column, column)) for column, cell in enumerate(cells, start=FIRST))
    fit_row(sheet, row, texts, look.size)
