"""A second look into an .xlsb (MS-XLSB): records of a number, a length and so many bytes."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from anquanyue.reading.grid import Concealed, Grid, Position
from anquanyue.reading.package import DAMAGED, Package, UnreadableError
from anquanyue.reading.xlsx import drawn

_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def with_pictures(package: Package, grid: Grid) -> Grid:
    """The grid with the pictures on its sheet."""
    return replace(grid, pictures=tuple(drawn(package, sheet_part(package, grid.name))))


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position < len(data):
        number = data[position]
        position += 1
        if number & 0x80:
            number = number & 0x7F | (data[position] & 0x7F) << 7
            position += 1
        length = 0
        for shift in range(0, 28, 7):
            byte = data[position]
            position += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield number, data[position : position + length]
        position += length


def sheet_part(package: Package, sheet: str) -> str:
    """The name of the part that holds a sheet."""
    for number, data in _records(package.read("xl/workbook.bin")):
        if number == 156:  # BrtBundleSh: state, number, relation, name
            relation, position = _text(data, 8)
            if _text(data, position)[0] == sheet:
                return package.relations("xl/workbook.bin").get(relation, "")
    raise UnreadableError("file-unreadable", DAMAGED)


def _text(data: bytes, position: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, position)
    end = position + 4 + 2 * length
    return data[position + 4 : end].decode("utf-16-le"), end


def concealed(package: Package, sheet: str) -> Iterator[tuple[Position, Concealed]]:
    """The cells that look empty although they hold an error; a formula always has a result here."""
    row = 0
    for number, data in _records(package.read(sheet_part(package, sheet))):
        if number == 0:  # BrtRowHdr
            (row,) = struct.unpack_from("<I", data)
        elif number in (3, 11):  # BrtCellError, BrtFmlaError
            (column,) = struct.unpack_from("<I", data)
            yield (row, column), Concealed("error", _ERRORS.get(data[8], "#N/A"))
