"""Rows of a sheet that may be tens of thousands: written straight as XML (ECMA-376, 18.3.1.73), not cell by cell.

openpyxl takes 7 µs a cell, in its write-only mode as well; ten thousand units with 42 figures would take 3 s, and so
written they take a quarter of one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
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
from anquanyue.writing.text_size import row_height

Value = str | float | None
_Look = tuple[StyleName, str, bool, bool]
_ABOVE: Final = Side(style="medium", color="FF404040")
_DIMENSION: Final = re.compile(rb'<dimension ref="[^"]*"')
_END: Final = b"</sheetData>"


class LongRows:
    """The rows of a sheet from `first` on; above it the sheet is written as any other."""

    def __init__(self, sheet: Worksheet, first: int) -> None:
        self.sheet = sheet
        self.next = first
        self._rows: list[bytes] = []
        self._looks: dict[_Look, int] = {}
        self._letters: list[str] = [get_column_letter(FIRST)]
        self._widths: list[float] = []

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
        row = self.next
        while len(self._letters) < len(values):
            self._letters.append(get_column_letter(FIRST + len(self._letters)))
        cells = []
        for place, (letter, value, style) in enumerate(zip(self._letters, values, styles, strict=False)):
            number_format = formats.get(place, "") if formats else ""
            if isinstance(value, int | float):
                look = (style, number_format, False, above)
                number = self._looks.get(look) or self._look(look)
                shown = value if type(value) is int else _number(value)
                cells.append(f'<c r="{letter}{row}" s="{number}"><v>{shown}</v></c>')
                continue
            text = MISSING if value is None else plain(value)
            number = self._look(("missing" if value is None else style, number_format, is_formula_like(text), above))
            if text:
                inline = f't="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
                cells.append(f'<c r="{letter}{row}" s="{number}" {inline}')
            else:
                cells.append(f'<c r="{letter}{row}" s="{number}"/>')
        points = height or self._height(values, styles, range(len(values)) if fitted is None else fitted)
        # As bytes: a text with a Chinese character takes two for each of its characters, the tags' included.
        self._rows.append(f'<row r="{row}" ht="{points}" customHeight="1">{"".join(cells)}</row>'.encode())
        self.next += 1

    def _height(self, values: Sequence[Value], styles: Sequence[StyleName], places: Sequence[int]) -> float:
        while len(self._widths) < len(values):
            self._widths.append(width_of(self.sheet, FIRST + len(self._widths)))
        sized = [(text, self._widths[place]) for place in places if isinstance(text := values[place], str) and text]
        return row_height(sized, SIZES[styles[0]])

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
        last = f"{self._letters[-1]}{self.next - 1}"
        content = _DIMENSION.sub(f'<dimension ref="A1:{last}"'.encode(), content, count=1)
        above, end, below = content.partition(_END)
        rows, self._rows = self._rows, []
        return b"".join((above, *rows, end, below))


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, int) else repr(round(value, 6))


def long_workbook_bytes(workbook: Workbook, rows: Iterable[LongRows]) -> bytes:
    """The workbook as an xlsx file, with these rows in its sheets."""
    # openpyxl numbers the sheets in their order when it saves them.
    numbers = {sheet.title: number for number, sheet in enumerate(workbook.worksheets, start=1)}
    changes = {f"xl/worksheets/sheet{numbers[each.sheet.title]}.xml": each.written_into for each in rows}
    return workbook_bytes(workbook, changes)
