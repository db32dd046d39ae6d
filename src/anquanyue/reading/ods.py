"""A second look into an .ods: what calamine does not show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from anquanyue.reading.grid import Cell, Concealed, Grid, Picture, Position, cell_text, column_letters, is_far
from anquanyue.reading.limits import MOST_COLUMNS, MOST_ROWS
from anquanyue.reading.number_formats import settled
from anquanyue.reading.ods_styles import USUAL, Styles, marked_styles
from anquanyue.reading.package import Package, as_shown
from anquanyue.reading.remarks import is_own

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_CALCEXT: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}"
_ROW: Final = f"{_TABLE}table-row"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ROWS: Final = f"{_TABLE}number-rows-repeated"
_COLUMNS: Final = f"{_TABLE}number-columns-repeated"
_CONTENT: Final = "content.xml"
_NUMBERS: Final = ("float", "percentage", "currency")


class Workbook:
    """The content of an ods, without the cells that are far away."""

    def __init__(self, package: Package) -> None:
        """Read it.

        Raises:
            UnreadableError: It is damaged.
        """
        self._package = package
        content = package.read(_CONTENT)
        self._root = package.parsed(content)
        self._styles = marked_styles(package, content, self._root)
        self._tables = {
            each.get(f"{_TABLE}name", ""): each
            for each in self._root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        }
        self._cells = {name: list(_elements(table)) for name, table in self._tables.items()}
        self.far = tuple(f"{name}!{address}" for name, cells in self._cells.items() for address in _far(cells))
        if self.far:
            for name, table in self._tables.items():
                _cut(table)
                self._cells[name] = list(_elements(table))

    def content(self) -> dict[str, bytes]:
        """The part in which cells were left out, by its name."""
        from lxml import etree

        return {_CONTENT: etree.tostring(self._root, encoding="utf-8", xml_declaration=True)} if self.far else {}

    def concealed(self, sheet: str) -> Iterator[tuple[Position, Concealed]]:
        """The cells that look empty although they hold an error or a formula without a result."""
        for row, column, rows, columns, cell in self._cells[sheet]:
            if concealed := _concealed_cell(cell):
                for r in range(rows):
                    for c in range(columns):
                        yield (row + r, column + c), concealed

    def as_people_see_them(self, grids: Sequence[Grid]) -> list[Grid]:
        """The sheets with their pictures, and with what people see where that says more than the cells."""
        return [self._as_people_see_it(grid) for grid in grids]

    def _as_people_see_it(self, grid: Grid) -> Grid:
        table = self._tables.get(grid.name)
        if table is None:
            return grid
        cells: dict[Position, Cell] = {}
        for row, column, rows, columns, cell in self._cells[grid.name]:
            kept = grid.value(row, column)
            if kept == "":
                continue
            shown = _shown(cell, kept, column, self._styles, table)
            if shown != kept:
                cells |= {(row + r, column + c): shown for r in range(rows) for c in range(columns)}
        return replace(grid.with_cells(cells), pictures=tuple(self._pictures(grid.name, table)))

    def _pictures(self, name: str, table: Any) -> Iterator[Picture]:
        """The pictures of a sheet: those anchored to a cell there, those anchored to the page at the first cell."""
        if not (self._package.has_any("Pictures/") or self._package.has_any("media/")):
            return
        for image in table.iterfind(f"{_TABLE}shapes//{{*}}image"):
            if (media := image.get(f"{_XLINK}href", "")) in self._package:
                yield Picture(0, 0, self._package.digest(media))
        for row, column, _rows_repeated, _columns_repeated, cell in self._cells[name]:
            for image in cell.iterfind(".//{*}image"):
                if (media := image.get(f"{_XLINK}href", "")) in self._package:
                    yield Picture(row, column, self._package.digest(media))

    def remarks(self) -> Iterator[str]:
        """Where comments, except this program's, and text boxes are."""
        for name, table in self._tables.items():
            if any(map(_has_text, table.iterfind(f"{_TABLE}shapes/*"))):
                yield name
            for row, column, _rows, _columns, cell in self._cells[name]:
                if any(map(_is_remark, cell)):
                    yield f"{name}!{column_letters(column)}{row + 1}"


def _has_text(element: Any) -> bool:
    return any("".join(each.itertext()).strip() for each in element.iter(f"{_TEXT}p"))


def _is_remark(element: Any) -> bool:
    if element.tag == f"{_OFFICE}annotation":
        text = "\n".join("".join(each.itertext()) for each in element.iter(f"{_TEXT}p")).strip()
        return bool(text) and not is_own(element.findtext("{*}creator") or "", text)
    return str(element.tag).startswith(_DRAW) and _has_text(element)


# Cells -----------------------------------------------------------------------------------------------------------


_Element = tuple[int, int, int, int, Any]


def _elements(table: Any) -> Iterator[_Element]:
    """The cells of a table that are not empty: row, column, how often row and cell are repeated, the element."""
    row = 0
    for line in table.iter(_ROW):
        rows, column = int(line.get(_ROWS, "1")), 0
        for cell in line.iterchildren(*_CELLS):
            columns = int(cell.get(_COLUMNS, "1"))
            if len(cell) or _holds_something(cell):
                yield row, column, rows, columns, cell
            column += columns
        row += rows


def _far(cells: Iterable[_Element]) -> Iterator[str]:
    """The cells that hold something beyond what is read; of those that repeat one, the first."""
    for row, column, rows, columns, cell in cells:
        if is_far(row + rows - 1, column + columns - 1) and _holds_something(cell):
            if row + rows > MOST_ROWS:
                row = max(row, MOST_ROWS)
            else:
                column = max(column, MOST_COLUMNS)
            yield f"{column_letters(column)}{row + 1}"


def _cut(table: Any) -> None:
    """Take out the rows and cells that are far away."""
    row = 0
    for line in list(table.iter(_ROW)):
        rows, column = int(line.get(_ROWS, "1")), 0
        _shorten(line, _ROWS, rows, MOST_ROWS - row)
        for cell in list(line.iterchildren(*_CELLS)):
            columns = int(cell.get(_COLUMNS, "1"))
            _shorten(cell, _COLUMNS, columns, MOST_COLUMNS - column)
            column += columns
        row += rows


def _shorten(element: Any, attribute: str, number: int, most: int) -> None:
    if most <= 0:
        element.getparent().remove(element)
    elif number > most:
        element.set(attribute, str(most))


def _holds_something(cell: Any) -> bool:
    return cell.get(f"{_OFFICE}value-type") is not None or cell.get(f"{_TABLE}formula") is not None


def _concealed_cell(cell: Any) -> Concealed | None:
    formula = cell.get(f"{_TABLE}formula")
    if formula is None:
        return None
    if cell.get(f"{_CALCEXT}value-type") == "error":
        return Concealed("error", "".join(cell.itertext()).strip() or "#N/A")
    if cell.get(f"{_OFFICE}value-type") is None:
        return Concealed("formula", formula.removeprefix("of:"))
    return None


# What people see -------------------------------------------------------------------------------------------------


def _shown(cell: Any, kept: Cell, column: int, styles: Styles | None, table: Any) -> Cell:
    """What people see of a cell's value."""
    shown: Cell = kept
    if cell.get(f"{_OFFICE}value-type") in _NUMBERS and isinstance(kept, int | float):
        shown = _number_shown(cell, kept)
    if styles is None:
        return shown
    if isinstance(kept, str) and any(styles.of_text(span) != USUAL for span in cell.iterdescendants(f"{_TEXT}span")):
        shown = "\n".join(_text_shown(line, styles) for line in cell.iterchildren(f"{_TEXT}p"))
    if styles.of_cell(cell, column, table)[0]:
        shown = as_shown(cell_text(shown), struck=True)
    return shown


def _number_shown(cell: Any, kept: float) -> Cell:
    """The text beside a number is what the program that saved it showed; where there is none, the number is."""
    lines = cell.findall(f"{_TEXT}p")
    text = "\n".join("".join(line.itertext()) for line in lines).strip()
    if not lines or set(text) == {"#"} or (not text and kept == 0):
        return kept
    return settled(text, True, kept)


def _text_shown(element: Any, styles: Styles) -> str:
    """A paragraph or a part of one, its parts as they look."""
    text = element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            text += " " * int(child.get(f"{_TEXT}c", "1"))
        elif child.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            text += "\n" if child.tag.endswith("break") else "\t"
        else:
            text += _text_shown(child, styles)
        text += child.tail or ""
    struck, script = styles.of_text(element)
    return as_shown(text, struck, script > 0, script < 0)
