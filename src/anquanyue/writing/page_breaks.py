"""Where a printed sheet may be cut: between its blocks of rows, not inside one."""

from collections.abc import Sequence
from typing import Final

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.writing.styles import END_MARGIN, SIDE_MARGIN
from anquanyue.writing.text_size import POINTS_A_CHARACTER

_PAGE: Final = (595.3, 841.9)
"""A4, in points."""

_SAFETY: Final = 0.95
"""Programs and printers differ in how wide a column and how high a row comes out."""


def page_room(width: float, *, landscape: bool) -> float:
    """How high the rows of a page may be together, in points, where the page is fitted to its width.

    Args:
        width: Of all printed columns, in characters.
        landscape: Whether the page lies on its long side.
    """
    across, down = reversed(_PAGE) if landscape else _PAGE
    scale = min(1.0, (across - 2 * SIDE_MARGIN * 72) / (width * POINTS_A_CHARACTER))
    return (down - 2 * END_MARGIN * 72) / scale * _SAFETY


def page_starts(blocks: Sequence[float], first_page: float, other_pages: float) -> list[int]:
    """The blocks that begin a new page.

    Args:
        blocks: The height of each block.
        first_page: How much room the first page has.
        other_pages: How much room each of the others has.
    """
    starts, left = [], first_page
    for index, height in enumerate(blocks):
        if index and height > left:
            starts.append(index)
            left = other_pages
        left -= height
    return starts


def break_between(sheet: Worksheet, header_row: int, last_rows: Sequence[int], width: float) -> None:
    """Break landscape pages, which are fitted to the page's width, between blocks of rows.

    Args:
        sheet: Its rows have their heights already.
        header_row: The row above the first block, repeated on every page.
        last_rows: The last row of each block; the next row begins the next block.
        width: Of all printed columns, in characters.
    """
    room = page_room(width, landscape=True)
    first_rows = [header_row + 1, *(row + 1 for row in last_rows)]
    blocks = [_height(sheet, first, last) for first, last in zip(first_rows, last_rows, strict=False)]
    above, repeated = _height(sheet, 1, header_row), _height(sheet, header_row, header_row)
    for start in page_starts(blocks, room - above, room - repeated):
        sheet.row_breaks.append(Break(id=first_rows[start] - 1))


def _height(sheet: Worksheet, first: int, last: int) -> float:
    return sum(float(sheet.row_dimensions[row].height or 15) for row in range(first, last + 1))
