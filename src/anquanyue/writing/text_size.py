"""How wide a text is and how tall its row must be, where spreadsheet programs do not compute it for us."""

import math
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

POINTS_A_CHARACTER: Final = 5.25
"""The width of a column one character wide: seven pixels of the 11-point font."""


_SAFETY: Final = 0.95
"""Programs differ in how wide a column comes out."""


class _Widths(dict[str, int]):
    """The width of each character that was met."""

    def __missing__(self, character: str) -> int:
        width = self[character] = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        return width


_WIDTHS: Final = _Widths()


def text_width(text: str) -> int:
    """The width of a text in columns of Latin letters; a Chinese character is two wide."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def row_height(cells: Iterable[tuple[str, float]], font_size: float) -> float:
    """The height in points that the tallest of a row's wrapped cells needs.

    Args:
        cells: The text of each cell and the width of its column, in Excel's units.
        font_size: In points.
    """
    lines = max((lines_of(text, usable_width(width, font_size)) for text, width in cells), default=1)
    return height_of(lines, font_size)


def height_of(lines: int, font_size: float) -> float:
    """The height in points of a row of so many lines."""
    # 409 is Excel's limit.
    return min(409.0, round(lines * font_size * 1.4 + 6, 1))


def usable_width(width: float, font_size: float) -> float:
    """How many columns of Latin letters of that size a line of a wrapped cell holds; the width is in Excel's units."""
    # A wide character that no longer fits moves to the next line, so each line holds one column less.
    return max(2.0, _SAFETY * width * POINTS_A_CHARACTER / (font_size / 2) - 1)


@lru_cache(maxsize=4096)
def lines_of(text: str, usable: float) -> int:
    """How many lines of that width a text takes."""
    if 2 * len(text) <= usable and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(text_width(line) / usable)) for line in text.split("\n"))
