"""A second look into an .xls (MS-XLS), and the few that calamine does not know."""

import datetime
import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from anquanyue.reading.grid import Cell, Concealed, Grid, Position, cell_text, column_letters, is_far
from anquanyue.reading.kinds import OLE_HEAD
from anquanyue.reading.number_formats import BUILT_IN, as_formatted, changes_look
from anquanyue.reading.package import DAMAGED, Font, UnreadableError, as_shown, marked
from anquanyue.writing.marks import AUTHOR

_BEGIN: Final = frozenset((0x0009, 0x0209, 0x0409, 0x0809))
_EXCEL_95: Final = b"\x00\x05"
_SHEET: Final = 0x85
_FONT: Final = 0x31
_FORMAT: Final = 0x41E
_STYLE: Final = 0xE0
_NOTE: Final = 0x1C
_OBJECT: Final = 0x5D
_OBJECT_TEXT: Final = 0x1B6
_NOTE_OBJECT: Final = 0x19
# FORMULA, NUMBER, LABEL, BOOLERR, RK, RSTRING, LABELSST, and several numbers in one record.
_CELLS: Final = frozenset((0x06, 0x206, 0x406, 0x203, 0x204, 0x205, 0x27E, 0xD6, 0xFD))
_NUMBERS: Final = 0xBD
_LOOKS: Final = frozenset((_FONT, _FORMAT, _STYLE))
_SURVEYED: Final = _BEGIN | _CELLS | _LOOKS | {_NUMBERS, _SHEET, _NOTE, _OBJECT, _OBJECT_TEXT}
_SHORTEST: Final = 12
"""Bytes that are looked at of a record, which a damaged one may lack."""


@dataclass(slots=True)
class Survey:
    """What a workbook's records say at a glance.

    Attributes:
        looks: Whether a font or a format makes a cell look other than its value.
        remarks: Where comments, except this program's, and text boxes are.
        far: The cells that lie beyond what is read.
    """

    looks: bool = False
    remarks: list[str] = field(default_factory=list)
    far: list[str] = field(default_factory=list)


def survey(data: bytes) -> Survey:
    """A glance at all records; what is damaged is left to those who read it.

    Raises:
        UnreadableError: It is damaged.
    """
    found = Survey()
    sheets: dict[int, str] = {}
    formats = set(BUILT_IN)
    sheet, kind = "", 0
    for position, number, content in _records(_stream(data)):
        if number in _BEGIN:
            sheet = sheets.get(position, sheet)
            # The formats of Excel 95 are kept in another way: a closer look tells.
            found.looks = found.looks or content.startswith(_EXCEL_95)
        elif number == _SHEET:
            sheets[struct.unpack_from("<I", content)[0]] = _name(content, 6)
        elif number == _OBJECT:
            (kind,) = struct.unpack_from("<4xH", content)
        elif number == _OBJECT_TEXT:
            if kind != _NOTE_OBJECT and struct.unpack_from("<10xH", content)[0]:
                found.remarks.append(sheet)
        elif number == _NOTE:
            if _name(content, 8, wide=True) != AUTHOR:
                found.remarks.append(f"{sheet}!{_address(*struct.unpack_from('<HH', content))}")
        elif number in _LOOKS:
            found.looks = _changes_look(number, content, formats) or found.looks
        else:
            found.far += [f"{sheet}!{_address(row, column)}" for row, column in _far(number, content)]
    return found


def _changes_look(number: int, content: bytes, formats: set[int]) -> bool:
    """Whether a font or the style of a cell may make it look other than its value; formats that do are noted."""
    if number == _FONT:
        flags, script = struct.unpack_from("<2xH4xH", content)
        return bool(flags & 8 or script)
    if number == _FORMAT:
        if changes_look(_name(content, 2, wide=True)):
            formats.add(struct.unpack_from("<H", content)[0])
        return False
    form, flags = struct.unpack_from("<2xHH", content)
    return form in formats and not flags & 4  # The others are named styles, which no cell has by itself.


def _far(number: int, content: bytes) -> Iterator[Position]:
    """The cells of a record that are far away: of one cell, or of several beside each other."""
    row, column = struct.unpack_from("<HH", content)
    (last,) = struct.unpack("<H", content[-2:]) if number == _NUMBERS else (column,)
    if is_far(row, last):
        yield from ((row, each) for each in range(column, last + 1) if is_far(row, each))


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def _stream(data: bytes) -> bytes:
    """The records, without what is around them."""
    if not data.startswith(OLE_HEAD):
        return data
    import olefile

    # A damaged container makes olefile raise nearly anything.
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            name = "Workbook" if container.exists("Workbook") else "Book"
            return bytes(container.openstream(name).read())
    except Exception as error:
        raise UnreadableError("file-unreadable", DAMAGED) from error


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The position, the number and the content of each record that the survey looks at."""
    position, end, head = 0, len(stream) - 4, struct.Struct("<HH").unpack_from
    while position <= end:
        number, length = head(stream, position)
        if number in _SURVEYED:
            yield position, number, stream[position + 4 : position + 4 + length].ljust(_SHORTEST, b"\0")
        position += 4 + length


def _name(content: bytes, position: int, wide: bool = False) -> str:
    """A short text: its length, of two bytes or one, a byte that tells its encoding, and its characters."""
    (length,) = struct.unpack_from("<H" if wide else "<B", content, position)
    position += 2 if wide else 1
    if position >= len(content):
        return ""
    characters = content[position + 1 :]
    if content[position] & 1:
        return characters[: 2 * length].decode("utf-16-le", errors="replace")
    return characters[:length].decode("latin-1")


# Grids -----------------------------------------------------------------------------------------------------------


def read_grids(data: bytes) -> list[Grid]:
    """The sheets of an xls that calamine does not know, or in which cells are far away; those are left out.

    Raises:
        UnreadableError: It is damaged.
    """
    with _opened(data) as workbook:
        return [
            Grid(
                sheet.name,
                tuple(
                    tuple(
                        _cell(sheet, row, column, workbook.datemode)
                        for column in range(sheet.row_len(row))
                        if not is_far(row, column)
                    )
                    for row in range(sheet.nrows)
                    if not is_far(row, 0)
                ),
            )
            for sheet in workbook.sheets()
        ]


def _cell(sheet: Any, row: int, column: int, mode: int) -> Cell:
    import xlrd

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_DATE:
        try:
            moment: datetime.datetime = xlrd.xldate_as_datetime(value, mode)
        except (ValueError, OverflowError, xlrd.XLDateError):
            return float(value)
        # As calamine does: a date without a time of day is a date.
        return moment.date() if moment.time() == datetime.time() else moment
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_NUMBER:
        return float(value)
    return str(value) if kind == xlrd.XL_CELL_TEXT else ""


@contextmanager
def _opened(data: bytes, looks: bool = False) -> Iterator[Any]:
    """The workbook, its rows no longer than what is in them, with fonts and formats where they are wanted."""
    import xlrd

    try:
        with xlrd.open_workbook(
            file_contents=data, formatting_info=looks, ragged_rows=True, logfile=io.StringIO()
        ) as workbook:
            yield workbook
    # A damaged file makes xlrd raise nearly anything.
    except Exception as error:
        raise UnreadableError("file-unreadable", DAMAGED) from error


def concealed(data: bytes, sheet: str) -> Iterator[tuple[Position, Concealed]]:
    """The cells that look empty although they hold an error; a formula always has a result here."""
    import xlrd

    with _opened(data) as workbook:
        cells = workbook.sheet_by_name(sheet)
        for row in range(cells.nrows):
            for column in range(cells.row_len(row)):
                if cells.cell_type(row, column) == xlrd.XL_CELL_ERROR:
                    code = cells.cell_value(row, column)
                    yield (row, column), Concealed("error", xlrd.error_text_from_code.get(code, "#N/A"))


# What people see -------------------------------------------------------------------------------------------------


def as_people_see_them(data: bytes, grids: Sequence[Grid]) -> list[Grid]:
    """The sheets with what people see where a cell's format or a text's font says more than the cell.

    Raises:
        UnreadableError: It is damaged.
    """
    with _opened(data, looks=True) as workbook:
        fonts = [(bool(font.struck_out), int(font.escapement)) for font in workbook.font_list]
        return [
            grid.with_cells(dict(_seen(workbook, workbook.sheet_by_name(grid.name), grid, fonts))) for grid in grids
        ]


def _seen(workbook: Any, sheet: Any, grid: Grid, fonts: Sequence[Font]) -> Iterator[tuple[Position, Cell]]:
    """The cells that look other than they are."""
    for row, column, kept in grid.cells():
        if row >= sheet.nrows or column >= sheet.row_len(row):
            continue
        style = workbook.xf_list[sheet.cell_xf_index(row, column)]
        shown = as_formatted(kept, workbook.format_map[style.format_key].format_str)
        runs = sheet.rich_text_runlist_map.get((row, column))
        if runs and isinstance(kept, str):
            shown = marked(kept, [(0, style.font_index), *runs], fonts)
        elif fonts[style.font_index][0]:
            shown = as_shown(cell_text(shown), struck=True)
        if shown != kept:
            yield (row, column), shown
