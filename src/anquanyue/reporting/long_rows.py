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
_ROW: Final = b"\0"
"""No text in XML holds it."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """How rows are written whose cells look alike.

    Attributes:
        xml: With a place for the height and for each value; `_ROW` stands for the row's number.
        fractions: The places of numbers other than whole ones.
        texts: The places of texts, each with the number of its style, how it looks where it is like a formula, and how
            much a line holds; 0 where its length does not matter.
    """

    xml: bytes
    fractions: tuple[int, ...]
    texts: tuple[tuple[int, bytes, _Look, float], ...]


class LongRows:
    """The rows of a sheet from `first` on; above it the sheet is written as any other."""

    def __init__(self, sheet: Worksheet, first: int) -> None:
        self.sheet = sheet
        self.next = first
        self._rows: list[bytes] = []
        self._looks: dict[_Look, int] = {}
        self._patterns: dict[object, _Pattern] = {}
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
        told = (tuple(formats.items()) if formats else (), None if fitted is None else tuple(fitted))
        kind = (kinds, tuple(styles), told, above)
        pattern = self._patterns.get(kind)
        if pattern is None:
            pattern = self._patterns[kind] = self._pattern(kinds, styles, formats or {}, fitted, above)
            self._columns = max(self._columns, len(values))
        shown: list[object] = list(values)
        lines = 1
        for place in pattern.fractions:
            shown[place] = _number(values[place])  # type: ignore[arg-type]
        for place, number, quoted, usable in pattern.texts:
            text = values[place]
            inside, is_quoted = _inside(text)
            shown[place] = b"%d%b" % (self._look(quoted), inside) if is_quoted else number + inside
            # Most texts are short.
            if usable and (2 * len(text) > usable or "\n" in text):  # type: ignore[arg-type, operator]
                lines = max(lines, lines_of(text, usable))
        points = b"%a" % (height or height_of(lines, SIZES[styles[0]]))
        # As bytes: a text with a Chinese character takes two for each of its characters, the tags' included.
        self._rows.append((pattern.xml % (points, *shown)).replace(_ROW, b"%d" % self.next))
        self.next += 1

    def _pattern(
        self,
        kinds: Sequence[type],
        styles: Sequence[StyleName],
        formats: Mapping[int, str],
        fitted: Sequence[int] | None,
        above: bool,
    ) -> _Pattern:
        cells: list[bytes] = []
        fractions: list[int] = []
        texts: list[tuple[int, bytes, _Look, float]] = []
        for place, (kind, style) in enumerate(zip(kinds, styles, strict=False)):
            look = ("missing" if kind is type(None) else style, formats.get(place, ""), False, above)
            begin = b'<c r="%b%b" s="' % (get_column_letter(FIRST + place).encode(), _ROW)
            if kind is str:
                cells.append(begin + b"%b")
                is_fitted = fitted is None or place in fitted
                usable = usable_width(width_of(self.sheet, FIRST + place), SIZES[styles[0]]) if is_fitted else 0.0
                texts.append((place, b"%d" % self._look(look), (*look[:2], True, above), usable))
            elif kind is type(None):
                # Nothing of the value is shown.
                cells.append(b"%b%d%b%%.0a" % (begin, self._look(look), _inside(MISSING)[0]))
            else:
                shown = b"%d" if kind is int else b"%b"
                cells.append(b'%b%d"><v>%b</v></c>' % (begin, self._look(look), shown))
                fractions += [] if kind is int else [place]
        xml = b'<row r="%b" ht="%%b" customHeight="1">%b</row>' % (_ROW, b"".join(cells))
        return _Pattern(xml, tuple(fractions), tuple(texts))

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
def _inside(text: str) -> tuple[bytes, bool]:
    """The rest of a cell that holds a text, behind the number of its style; and whether it looks like a formula."""
    text = plain(text)
    if not text:
        return b'"/>', False
    written = escape(text) if "&" in text or "<" in text or ">" in text else text
    cell = f'" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
    return cell.encode(), is_formula_like(text)


def _number(value: float) -> bytes:
    return b"%d" % value if isinstance(value, int) else b"%a" % round(value, 6)


def long_workbook_bytes(workbook: Workbook, rows: Iterable[LongRows]) -> bytes:
    """The workbook as an xlsx file, with these rows in its sheets."""
    # openpyxl numbers the sheets in their order when it saves them.
    numbers = {sheet.title: number for number, sheet in enumerate(workbook.worksheets, start=1)}
    changes = {f"xl/worksheets/sheet{numbers[each.sheet.title]}.xml": each.written_into for each in rows}
    return workbook_bytes(workbook, changes)
