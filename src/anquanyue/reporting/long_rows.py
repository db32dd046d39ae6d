"""Rows of a sheet that may be tens of thousands: written straight as XML (ECMA-376, 18.3.1.73), not cell by cell.

openpyxl takes 7 µs a cell, in its write-only mode as well; ten thousand units with 42 figures would take 3 s, and so
written they take a quarter of one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.cell.cell import Cell
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.reporting.layout import FIRST, MISSING, SIZES, StyleName, width_of
from anquanyue.writing.cells import is_formula_like, plain
from anquanyue.writing.package import workbook_bytes
from anquanyue.writing.text_size import height_of, lines_of, usable_width

Value = str | float | None
_Look = tuple[StyleName, str, bool, bool]
_ABOVE: Final = Side(style="medium", color="FF404040")
_DIMENSION: Final = re.compile(rb'<dimension ref="[^"]*"')
_END: Final = b"</sheetData>"
_ROW: Final = "\0"
"""No text in XML holds it."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """How rows are written whose cells look alike.

    Attributes:
        xml: With a place for the height and for each value; `_ROW` stands for the row's number.
        fractions: The places of numbers other than whole ones.
        texts: The places of texts, each with the number of its style, and how it looks where it is like a formula.
    """

    xml: str
    fractions: tuple[int, ...]
    texts: tuple[tuple[int, int, _Look], ...]


class LongRows:
    """The rows of a sheet from `first` on; above it the sheet is written as any other."""

    def __init__(self, sheet: Worksheet, first: int) -> None:
        self.sheet = sheet
        self.next = first
        self._rows: list[bytes] = []
        self._looks: dict[_Look, int] = {}
        self._patterns: dict[object, _Pattern] = {}
        self._usable: dict[float, list[float]] = {}
        self._columns = 1

    def add(
        self,
        values: Sequence[Value],
        styles: Sequence[StyleName],
        *,
        formats: Mapping[int, str] | None = None,
        fitted: Sequence[int] | None = None,
        height: float | None = None,
        above: bool = False,
    ) -> None:
        """Write a row of texts and numbers; None is shown as missing.

        Args:
            values: From the first column that shows.
            styles: Of each.
            formats: The number format of a cell, by its place in the row, where it is not its style's.
            fitted: The places of the texts that make the row as high as they need; by default all.
            height: In points, where the texts do not tell it.
            above: Whether a thicker line is drawn above the row.
        """
        kinds = tuple(map(type, values))
        kind = (kinds, tuple(styles), tuple(formats.items()) if formats else (), above)
        pattern = self._patterns.get(kind)
        if pattern is None:
            pattern = self._patterns[kind] = self._pattern(kinds, styles, formats or {}, above)
            self._columns = max(self._columns, len(values))
        shown: list[object] = list(values)
        for place in pattern.fractions:
            shown[place] = _number(values[place])  # type: ignore[arg-type]
        for place, number, quoted in pattern.texts:
            inside, is_quoted = _inside(values[place])
            shown[place] = f'{self._look(quoted) if is_quoted else number}"{inside}'
        points = height or self._height(values, pattern, fitted, SIZES[styles[0]])
        row = pattern.xml % (points, *shown)
        # As bytes: a text with a Chinese character takes two for each of its characters, the tags' included.
        self._rows.append(row.replace(_ROW, str(self.next)).encode())
        self.next += 1

    def _pattern(
        self, kinds: Sequence[type], styles: Sequence[StyleName], formats: Mapping[int, str], above: bool
    ) -> _Pattern:
        cells, fractions, texts = [], [], []
        for place, (kind, style) in enumerate(zip(kinds, styles, strict=False)):
            look = ("missing" if kind is type(None) else style, formats.get(place, ""), False, above)
            begin = f'<c r="{get_column_letter(FIRST + place)}{_ROW}" s="'
            if kind is str:
                cells.append(f"{begin}%s")
                texts.append((place, self._look(look), (*look[:2], True, above)))
            elif kind is type(None):
                # Nothing of the value is shown.
                cells.append(f'{begin}{self._look(look)}"{_inside(MISSING)[0]}%.0s')
            else:
                cells.append(f'{begin}{self._look(look)}"><v>%s</v></c>')
                fractions += [] if kind is int else [place]
        xml = f'<row r="{_ROW}" ht="%s" customHeight="1">{"".join(cells)}</row>'
        return _Pattern(xml, tuple(fractions), tuple(texts))

    def _height(
        self, values: Sequence[Value], pattern: _Pattern, fitted: Sequence[int] | None, font_size: float
    ) -> float:
        usable = self._usable.setdefault(font_size, [])
        while len(usable) < len(values):
            usable.append(usable_width(width_of(self.sheet, FIRST + len(usable)), font_size))
        places = [place for place, *_look in pattern.texts if fitted is None or place in fitted]
        lines = [lines_of(values[place], usable[place]) for place in places]  # type: ignore[arg-type]
        return height_of(max(lines, default=1), font_size)

    def _look(self, look: _Look) -> int:
        """The number of the style in the workbook."""
        if look not in self._looks:
            style, number_format, quoted, above = look
            cell = Cell(self.sheet, row=1, column=1)
            cell.style = style
            if number_format:
                cell.number_format = number_format
            if quoted:
                cell.quotePrefix = True
            if above:
                side = cell.border.left
                cell.border = Border(left=side, right=side, top=_ABOVE, bottom=side)
            self._looks[look] = cell.style_id
        return self._looks[look]

    def written_into(self, content: bytes) -> bytes:
        """The sheet's XML with the rows behind those that it has; they are let go."""
        if content.count(_END) != 1:
            raise ValueError("openpyxl writes sheets in another way")
        last = f"{get_column_letter(FIRST + self._columns - 1)}{self.next - 1}"
        content = _DIMENSION.sub(f'<dimension ref="A1:{last}"'.encode(), content, count=1)
        above, end, below = content.partition(_END)
        rows, self._rows = self._rows, []
        return b"".join((above, *rows, end, below))


@lru_cache(maxsize=16_384)
def _inside(text: str) -> tuple[str, bool]:
    """The rest of a cell that holds a text, and whether the text looks like a formula."""
    text = plain(text)
    if not text:
        return "/>", False
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>', is_formula_like(text)


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, int) else repr(round(value, 6))


def long_workbook_bytes(workbook: Workbook, rows: Iterable[LongRows]) -> bytes:
    """The workbook as an xlsx file, with these rows in its sheets."""
    # openpyxl numbers the sheets in their order when it saves them.
    numbers = {sheet.title: number for number, sheet in enumerate(workbook.worksheets, start=1)}
    changes = {f"xl/worksheets/sheet{numbers[each.sheet.title]}.xml": each.written_into for each in rows}
    return workbook_bytes(workbook, changes)
