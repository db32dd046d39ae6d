"""The one representation that every format is turned into: rows of cells with their places."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta
"""The value of a cell; "" where it is empty."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: `rows[r][c]`, both counted from 0 at the sheet's first cell."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def place(self, row: int, column: int) -> str:
        """Sheet and cell as people call it: `附件3!D6`."""
        return f"{self.name}!{column_letters(column)}{row + 1}"

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and value of every cell that is not empty, row by row."""
        for row, cells in enumerate(self.rows):
            for column, cell in enumerate(cells):
                if cell != "":
                    yield row, column, cell


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def cell_text(cell: Cell) -> str:
    """A cell as people see it: no `.0` behind whole numbers, dates as 2022-06-28."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell).strip()
