"""A table that a person keeps in Excel, as .csv (UTF-8 or GBK) or .xlsx → numbered rows of text under headings."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from anquanyue.errors import TableError, reason
from anquanyue.language import gettext as _

Row = tuple[int, list[str]]
"""The cells of a row and its line in the file, from 1."""

_OTHER_SEPARATOR: Final = re.compile(r"[;\t，；|]")

SURPLUS: Final = ""
"""In a row: what stands in cells without a heading."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings.

    Attributes:
        columns: What each heading means; one that is unknown is kept in lower case.
        rows: Line and cells by column, without surrounding blanks; rows without any text are left out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_rows(path: Path) -> list[Row]:
    """All rows of a .csv, or of the first sheet of an .xlsx.

    Raises:
        TableError: The file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError(_("{path}: cannot be read: {reason}").format(path=path, reason=_(reason(error)))) from error
    return list(_xlsx_rows(data, path.name) if path.suffix.lower() == ".xlsx" else csv_rows(data, path.name))


def parse_table(
    rows: Iterable[Row], name: str, headings: Mapping[str, str], required: Iterable[str] = ()
) -> Table | None:
    """The rows under the first one that holds any text, or None where none does.

    Args:
        rows: As they stand in the file.
        name: What messages call the file.
        headings: The column that each Chinese heading means; the column's own name serves as well.
        required: Columns that must be there.

    Raises:
        TableError: A heading is missing or doubled; names file and line.
    """
    filled = [(line, [cell.strip() for cell in cells]) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        return None
    (head_line, head), *body = filled
    columns = tuple(headings.get(cell, cell.lower()) for cell in head)
    if sum(map(bool, head)) == 1 and _OTHER_SEPARATOR.search(head[0]):
        message = _("{file}:{line}: the columns are not divided by commas: “{found}”; save it again as CSV with commas")
        raise TableError(message.format(file=name, line=head_line, found=head[0][:40]))
    for column in required:
        if column not in columns:
            raise TableError(
                _("{file}:{line}: the heading “{heading}” is missing; found {found}").format(
                    file=name, line=head_line, heading=column, found=", ".join(cell for cell in head if cell)
                )
            )
    if doubled := next((each for each in columns if each in headings.values() and columns.count(each) > 1), None):
        message = _("{file}:{line}: the heading “{heading}” is there twice")
        raise TableError(message.format(file=name, line=head_line, heading=doubled))
    return Table(columns, tuple((line, _by_column(columns, cells)) for line, cells in body))


def _by_column(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    row = dict(zip(columns, cells, strict=False))
    without_heading = [cell for cell, column in zip(cells, columns, strict=False) if not column]
    row[SURPLUS] = " ".join(cell for cell in (*without_heading, *cells[len(columns) :]) if cell)
    return row


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a CSV, and the encoding it is in.

    Raises:
        TableError: It is in neither encoding.
    """
    # Excel in China saves a CSV in GBK, of which GB 18030 is the superset.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise TableError(_("{file}: is neither in UTF-8 nor in GBK; save it again as CSV").format(file=name))


def csv_rows(data: bytes, name: str) -> Iterator[Row]:
    """The rows of a CSV; a row of several lines is numbered by its first.

    Raises:
        TableError: It cannot be read.
    """
    text, _encoding = decode(data, name)
    # Not splitlines: to it a vertical tab or U+2028 inside a cell ends a line.
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(
            _("{file}:{line}: is no CSV that can be read ({reason})").format(file=name, line=line, reason=error)
        ) from error


def _xlsx_rows(data: bytes, name: str) -> Iterator[Row]:
    import python_calamine

    try:
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    except python_calamine.CalamineError as error:
        raise TableError(_("{file}: is no workbook that can be read").format(file=name)) from error
    for line, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield line, [_text(cell) for cell in row]


def _text(cell: object) -> str:
    # A code typed as a number comes as a float, a day as a date.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)
