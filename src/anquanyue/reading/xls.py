"""A second look into an .xls, and the few that calamine does not know."""

import datetime
import io
from collections.abc import Iterator
from typing import Any

from anquanyue.reading.grid import Cell, Concealed, Grid, Position
from anquanyue.reading.package import DAMAGED, UnreadableError


def read_grids(data: bytes) -> list[Grid]:
    """An old xls that calamine does not know: records without a container around them.

    Raises:
        UnreadableError: It is damaged.
    """
    import xlrd

    def cell(sheet: Any, row: int, column: int, mode: int) -> Cell:
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

    try:
        with xlrd.open_workbook(file_contents=data, logfile=io.StringIO()) as workbook:
            return [
                Grid(
                    sheet.name,
                    tuple(
                        tuple(cell(sheet, row, column, workbook.datemode) for column in range(sheet.ncols))
                        for row in range(sheet.nrows)
                    ),
                )
                for sheet in workbook.sheets()
            ]
    # A damaged file makes xlrd raise nearly anything.
    except Exception as error:
        raise UnreadableError("file-unreadable", DAMAGED) from error


def concealed(data: bytes, sheet: str) -> Iterator[tuple[Position, Concealed]]:
    """The cells that look empty although they hold an error; a formula always has a result here."""
    import xlrd

    with xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO()) as workbook:
        cells = workbook.sheet_by_name(sheet)
        for row in range(cells.nrows):
            for column in range(cells.ncols):
                if cells.cell_type(row, column) == xlrd.XL_CELL_ERROR:
                    code = cells.cell_value(row, column)
                    yield (row, column), Concealed("error", xlrd.error_text_from_code.get(code, "#N/A"))
