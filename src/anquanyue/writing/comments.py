"""How a mark looks at its entry: the colour, and the comment, which is as large as its text."""

import math
from collections.abc import Iterable, Mapping
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle

from anquanyue.findings.kind import Severity
from anquanyue.writing.cells import plain
from anquanyue.writing.marks import AUTHOR, Mark
from anquanyue.writing.styles import DOUBTFUL, WRONG
from anquanyue.writing.text_size import text_width

STYLES: Final[Mapping[Severity, DifferentialStyle]] = {"error": WRONG, "warning": DOUBTFUL}
FILLS: Final[Mapping[Severity, str]] = {"error": "FFFFC7CE", "warning": "FFFFE0B2"}
"""The same colours as those of STYLES."""

_WIDTH: Final = 340
_LINE_HEIGHT: Final = 19
_LATIN_LETTER: Final = 7.0
"""In pixels, as all lengths here; of the font that comments have, with some room to spare."""
_MARGIN: Final = 14
_LONGEST: Final = 1000


def put_marks(cell: Cell, marks: Iterable[Mark]) -> None:
    """Colour an entry after the worst of its marks, which comes first, and say in a comment what they are."""
    marks = tuple(marks)
    if not marks:
        return
    if fill := FILLS.get(marks[0].severity):
        cell.fill = PatternFill("solid", fgColor=fill)
    text = plain("\n\n".join(mark.comment for mark in marks))
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    cell.comment = Comment(text, AUTHOR, height=_height(text), width=_WIDTH)


def _height(text: str) -> int:
    """So that the whole text shows."""
    usable = (_WIDTH - 2 * _MARGIN) / _LATIN_LETTER - 1
    lines = sum(max(1, math.ceil(text_width(line) / usable)) for line in text.split("\n"))
    return lines * _LINE_HEIGHT + _MARGIN
