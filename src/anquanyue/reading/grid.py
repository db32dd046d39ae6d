"""The one representation that every format is turned into: rows of cells with their places."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 256
"""How far down and to the right a sheet is read. No form is that large, and a cell that was typed into by accident at
the far end would make every cell before it count."""

Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta
"""The value of a cell; "" where it is empty."""

Position = tuple[int, int]
"""Row and column of a cell, counted from 0."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands at a cell; `digest` tells whether two pictures are the same."""

    row: int
    column: int
    digest: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet, or a document whose paragraphs are rows of one cell and whose tables' rows are rows.

    Attributes:
        name: The sheet's name; of a document, what its places begin with.
        rows: `rows[r][c]`, both counted from 0 at the sheet's first cell. Of a merged range the first cell holds the
            text and the others are empty.
        row_places: Of a document, for each row what people call its cells, with `{column}` for the cell's number from
            1: `段落3`, `表1 行3列{column}`. Empty for a sheet, whose cells have addresses. Of several sheets below each
            other the rows' addresses, with `{letters}` for the column's: `第1页!{letters}3`.
        pictures: Where pictures stand.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    row_places: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def place(self, row: int, column: int) -> str:
        """A cell as people call it: `附件3!D6`, `表1 行3列3`."""
        if self.row_places:
            place = self.row_places[row].replace("{column}", str(column + 1))
            return place.replace("{letters}", column_letters(column))
        return f"{self.name}!{column_letters(column)}{row + 1}"

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and value of every cell that is not empty, row by row."""
        for row, cells in enumerate(self.rows):
            for column, cell in enumerate(cells):
                if cell != "":
                    yield row, column, cell

    def value(self, row: int, column: int) -> Cell:
        """What is in a cell; nothing is in one beyond the last."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    def with_cells(self, cells: Mapping[Position, Cell]) -> "Grid":
        """The grid with other values in some of its cells."""
        if not cells:
            return self
        changed = {row for row, _column in cells}
        rows = (
            tuple(cells.get((r, c), cell) for c, cell in enumerate(row)) if r in changed else row
            for r, row in enumerate(self.rows)
        )
        return replace(self, rows=tuple(rows))

    def part(self, first: int, last: int) -> "Grid":
        """Only the rows from `first` up to (not including) `last`; the others are empty, so that places stay."""
        rows = tuple(cells if first <= row < last else () for row, cells in enumerate(self.rows))
        pictures = tuple(picture for picture in self.pictures if first <= picture.row < last)
        return replace(self, rows=rows, pictures=pictures)


@dataclass(frozen=True, slots=True)
class Concealed:
    """What a cell holds that looks empty: an error value, or a formula whose result was not saved."""

    kind: Literal["error", "formula"]
    text: str


Concealments = Callable[[str], Mapping[tuple[int, int], Concealed]]
"""For a grid's name, its concealed cells by row and column; asked only where a blank is found, because it is slow."""


def _nothing_concealed(_name: str) -> Mapping[tuple[int, int], Concealed]:
    return {}


@dataclass(frozen=True, slots=True)
class Book:
    """A file turned into grids.

    Attributes:
        grids: Its sheets, or its text.
        concealed: A second look at cells that look empty.
        remarks: Where somebody remarked on something beside the cells: comments, text boxes, footnotes.
        far: The cells beyond MOST_ROWS and MOST_COLUMNS that hold something; they are in no grid.
    """

    grids: tuple[Grid, ...]
    concealed: Concealments = _nothing_concealed
    remarks: tuple[str, ...] = ()
    far: tuple[str, ...] = ()


def is_far(row: int, column: int) -> bool:
    """Whether a cell lies beyond what is read of a sheet."""
    return row >= MOST_ROWS or column >= MOST_COLUMNS


def doubtful(text: str) -> str:
    """A value that people do not see as it is kept, so that nothing reads it as what it says: `⟨300⟩`."""
    return f"⟨{text}⟩"


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
