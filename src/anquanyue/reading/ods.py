"""A second look into an .ods: what calamine does not show."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from anquanyue.reading.grid import Concealed, Grid, Picture, Position
from anquanyue.reading.package import DAMAGED, Package, UnreadableError

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}"
# Excel's own limits (ECMA-376, part 1, 18.3.1.73): an ods that repeats a row beyond them says nothing new.
_MOST_COLUMNS: Final = 16_384
# How far a repeated cell is followed: no form is larger.
_MOST_REPEATS: Final = 500


def _elements(table: Any) -> Iterator[tuple[int, int, int, int, Any]]:
    """The cells of a table: row, column, how often the row and the cell are repeated, the element."""
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        rows, column = int(line.get(f"{_TABLE}number-rows-repeated", "1")), 0
        for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            columns = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            if column < _MOST_COLUMNS:
                yield row, column, rows, columns, cell
            column += columns
        row += rows


def _table(package: Package, sheet: str) -> Any:
    tables = package.xml("content.xml").iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    table = next((each for each in tables if each.get(f"{_TABLE}name") == sheet), None)
    if table is None:
        raise UnreadableError("file-unreadable", DAMAGED)
    return table


def concealed(package: Package, sheet: str) -> Iterator[tuple[Position, Concealed]]:
    """The cells that look empty although they hold an error or a formula without a result."""
    for row, column, rows, columns, cell in _elements(_table(package, sheet)):
        if concealed := _concealed_cell(cell):
            for r in range(min(rows, _MOST_REPEATS)):
                for c in range(min(columns, _MOST_REPEATS)):
                    yield (row + r, column + c), concealed


def _concealed_cell(cell: Any) -> Concealed | None:
    formula = cell.get(f"{_TABLE}formula")
    if formula is None:
        return None
    if cell.get(f"{_CALCEXT}value-type") == "error":
        return Concealed("error", "".join(cell.itertext()).strip() or "#N/A")
    if cell.get(f"{_OFFICE}value-type") is None:
        return Concealed("formula", formula.removeprefix("of:"))
    return None


def with_pictures(package: Package, grid: Grid) -> Grid:
    """The grid with the pictures on its sheet."""
    return replace(grid, pictures=tuple(_pictures(package, grid.name)))


def _pictures(package: Package, sheet: str) -> Iterator[Picture]:
    """The pictures of a sheet: those anchored to a cell there, those anchored to the page at the first cell."""
    if not (package.has_any("Pictures/") or package.has_any("media/")):
        return
    table = _table(package, sheet)
    for image in table.iterfind(f"{_TABLE}shapes//{{*}}image"):
        if (media := image.get(f"{_XLINK}href", "")) in package:
            yield Picture(0, 0, package.digest(media))
    for row, column, _rows_repeated, _columns_repeated, cell in _elements(table):
        for image in cell.iterfind(".//{*}image"):
            if (media := image.get(f"{_XLINK}href", "")) in package:
                yield Picture(row, column, package.digest(media))
