"""A second look into an .xlsb (MS-XLSB): records of a number, a length and so many bytes."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from anquanyue.reading import drawings
from anquanyue.reading.grid import Cell, Concealed, Grid, Position, column_letters, is_far
from anquanyue.reading.number_formats import BUILT_IN, changes_look
from anquanyue.reading.package import Font, Package, SheetPart, marked
from anquanyue.reading.xlsx import Look
from anquanyue.writing.marks import AUTHOR

_BOOK: Final = "xl/workbook.bin"
_ROW: Final = 0
_BLANK: Final = 1
_ERROR_CELLS: Final = (3, 11)
_SHARED_TEXT: Final = 7
_CELLS: Final = frozenset((*range(1, 12), 62))
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def _records(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The number, the content and the whole of each record."""
    position = 0
    while position < len(data):
        start = position
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
        yield number, data[position : position + length], data[start : position + length]
        position += length


def sheets(package: Package) -> list[SheetPart]:
    """The sheets of a workbook, in order."""
    relations, found = package.relations(_BOOK), []
    for number, data, _whole in _records(package.read(_BOOK)):
        if number == 156:  # BrtBundleSh: state, number, relation, name
            relation, position = _text(data, 8)
            part = relations.get(relation, "")
            if part in package:
                found.append(_without_far_cells(SheetPart(_text(data, position)[0], part, package.read(part))))
    return found


def _text(data: bytes, position: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, position)
    end = position + 4 + 2 * length
    return data[position + 4 : end].decode("utf-16-le"), end


def _without_far_cells(sheet: SheetPart) -> SheetPart:
    kept, far, row = [], [], 0
    for number, data, whole in _records(sheet.content):
        column = 0
        if number == _ROW:
            (row,) = struct.unpack_from("<I", data)
        elif number in _CELLS:
            (column,) = struct.unpack_from("<I", data)
        else:
            kept.append(whole)
            continue
        if not is_far(row, column):
            kept.append(whole)
        elif number not in (_ROW, _BLANK):
            far.append(f"{column_letters(column)}{row + 1}")
    return replace(sheet, content=b"".join(kept), far=tuple(far)) if far else sheet


def _cells(sheet: SheetPart) -> Iterator[tuple[int, int, int, bytes]]:
    """Row, column, kind of record and content of each cell."""
    row = 0
    for number, data, _whole in _records(sheet.content):
        if number == _ROW:
            (row,) = struct.unpack_from("<I", data)
        elif number in _CELLS:
            (column,) = struct.unpack_from("<I", data)
            yield row, column, number, data


def concealed(found: Sequence[SheetPart], name: str) -> Iterator[tuple[Position, Concealed]]:
    """The cells that look empty although they hold an error; a formula always has a result here."""
    for sheet in found:
        if sheet.name == name:
            for row, column, number, data in _cells(sheet):
                if number in _ERROR_CELLS:
                    yield (row, column), Concealed("error", _ERRORS.get(data[8], "#N/A"))


# What people see -------------------------------------------------------------------------------------------------


def as_people_see_them(package: Package, found: Sequence[SheetPart], grids: Sequence[Grid]) -> list[Grid]:
    """The sheets with their pictures, and with what people see where a cell's format or a text's font says more."""
    by_name = {sheet.name: sheet for sheet in found}
    fonts, looks = _styles(package)
    texts = _marked_texts(package, fonts) if any(map(any, fonts)) else {}
    seen = []
    for grid in grids:
        sheet = by_name.get(grid.name, SheetPart(grid.name, "", b""))
        cells: dict[Position, Cell] = {}
        for row, column, number, data in _cells(sheet) if texts or looks else ():
            if number == _SHARED_TEXT and (text := texts.get(struct.unpack_from("<I", data, 8)[0])):
                cells[row, column] = text
            if look := looks.get(int.from_bytes(data[4:7], "little")):
                cells[row, column] = look.shown(cells.get((row, column), grid.value(row, column)))
        seen.append(replace(grid.with_cells(cells), pictures=tuple(drawings.drawn(package, sheet.part))))
    return seen


def _styles(package: Package) -> tuple[list[Font], dict[int, Look]]:
    """The fonts so far as they change a text, and the numbers of the cell formats that change a value."""
    part = "xl/styles.bin"
    codes, fonts, looks = dict(BUILT_IN), list[Font](), dict[int, Look]()
    number_of_format = -1
    for number, data, _whole in _records(package.read(part) if part in package else b""):
        if number == 44:  # BrtFmt
            codes[struct.unpack_from("<H", data)[0]] = _text(data, 2)[0]
        elif number == 43:  # BrtFont: height, flags, weight, raised or lowered
            flags, script = struct.unpack_from("<2xH2xH", data)
            fonts.append((bool(flags & 8), script))
        elif number == 617:  # BrtBeginCellXFs
            number_of_format = 0
        elif number == 618:
            break
        elif number == 47 and number_of_format >= 0:  # BrtXF: parent, format, font
            form, font_number = struct.unpack_from("<2xHH", data)
            struck = font_number < len(fonts) and fonts[font_number][0]
            look = Look(codes.get(form, "General"), struck)
            if look.struck or changes_look(look.code):
                looks[number_of_format] = look
            number_of_format += 1
    return fonts, looks


def _marked_texts(package: Package, fonts: Sequence[Font]) -> Mapping[int, str]:
    """The shared texts of which parts are struck out, raised or lowered, by their number."""
    part, texts, index = "xl/sharedStrings.bin", dict[int, str](), 0
    for number, data, _whole in _records(package.read(part) if part in package else b""):
        if number != 19:  # BrtSSTItem
            continue
        if data[0] & 1:
            text, position = _text(data, 1)
            (runs,) = struct.unpack_from("<I", data, position)
            starts = [struct.unpack_from("<HH", data, position + 4 + 4 * run) for run in range(runs)]
            texts[index] = marked(text, starts, fonts)
        index += 1
    return texts


# Remarks ---------------------------------------------------------------------------------------------------------


def remarks(package: Package, part: str) -> Iterator[str]:
    """The addresses of the cells with a comment that is not this program's, and of those under a text box."""
    for comments in package.relations(part).values():
        if "comments" in comments.lower() and comments.endswith(".bin") and comments in package:
            authors: list[str] = []
            for number, data, _whole in _records(package.read(comments)):
                if number == 632:  # BrtCommentAuthor
                    authors.append(_text(data, 0)[0])
                elif number == 635:  # BrtBeginComment: author, first and last row, first and last column
                    author, row, column = struct.unpack_from("<II4xI", data)
                    if author >= len(authors) or authors[author] != AUTHOR:
                        yield f"{column_letters(column)}{row + 1}"
    yield from drawings.remarks(package, part)
