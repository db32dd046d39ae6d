"""The one representation that every format is turned into: rows of cells with their places."""

import datetime
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final, Generic, Literal, TypeVar

from anquanyue.reading.limits import MOST_COLUMNS, MOST_ROWS

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


@dataclass(frozen=True)
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
        return _address(self.name, row, column)

    @cached_property
    def lines(self) -> tuple["Line", ...]:
        """The rows without their figures: what is found out about such a row is found out once for all grids."""
        return tuple(map(_line, self.rows))

    def ask(self, row: int, question: Callable[[tuple[Cell, ...], "About"], "Answer"], about: "About") -> "Answer":
        """What the question says about a row, its figures included; from memory where it has none."""
        line = self.lines[row]
        return question(self.rows[row], about) if line.figures else line.ask(question, about)

    def asked(
        self, question: Callable[[tuple[Cell, ...], "About"], "Answer"], about: "About"
    ) -> list[tuple[int, "Answer"]]:
        """The rows about which the question has something to say, each with that (`Line.ask`)."""
        asked = same_asked(question, about)
        found = []
        for row, line in enumerate(self.lines):
            # Most were asked before.
            answer = line.answers.get(asked)
            if answer is None:
                answer = line.answer(asked)
            if answer:
                found.append((row, answer))
        return found

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


# Rows that many forms share ---------------------------------------------------------------------------------------


_FIGURE: Final = 7
"""Stands for any figure: a whole number that is not negative. No True is equal to it, as one is to 1."""
_NUMBERS: Final = (float, int)
_LARGEST_FIGURE: Final = 10**15
_MOST_KEPT: Final = 4_096
"""So many rows are kept,"""
_LONGEST_KEPT: Final = 2_000
"""of at most so many letters,"""
_MOST_ANSWERS: Final = 64
"""each with so many answers."""

About = TypeVar("About", bound=Hashable)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, eq=False)
class Asked(Generic[About, Answer]):
    """A question that is asked about many rows, and what it is about beside the row."""

    question: Callable[[tuple[Cell, ...], About], Answer]
    about: About


same_asked: Final = lru_cache(maxsize=8192)(Asked)
"""The same object for the same question about the same."""


class Line:
    """A row of which the figures do not matter; the same object wherever the same row stands.

    In ten thousand copies of a form most rows differ in their figures only. Whatever depends on the other cells, and
    on where figures stand, is asked of the line, which answers from memory but for the first time.

    Attributes:
        cells: The cells of the row, with 7 for each figure.
        figures: In which columns those stand.
        answers: What was asked, with the answer.
    """

    __slots__ = ("answers", "cells", "figures")

    def __init__(self, cells: tuple[Cell, ...], figures: tuple[int, ...]) -> None:
        """The line of such cells."""
        self.cells, self.figures = cells, figures
        self.answers: dict[object, Any] = {}

    def ask(self, question: Callable[[tuple[Cell, ...], About], Answer], about: About) -> Answer:
        """What the question says about the cells; it must depend on nothing else but `about`."""
        asked: Asked[About, Answer] = same_asked(question, about)
        return self.answer(asked)

    def answer(self, asked: "Asked[About, Answer]") -> Answer:
        """The same for what was put together before."""
        try:
            known: Answer = self.answers[asked]
            return known
        except KeyError:
            if len(self.answers) >= _MOST_ANSWERS:
                self.answers.clear()
            answer: Answer = asked.question(self.cells, asked.about)
            self.answers[asked] = answer
            return answer


_lines: dict[tuple[Cell, ...], Line] = {}


def _line(row: tuple[Cell, ...]) -> Line:
    """The line of a row. No two rows that differ in more than figures have the same."""
    figures = tuple(
        [
            column
            for column, cell in enumerate(row)
            if type(cell) in _NUMBERS and 0 <= cell < _LARGEST_FIGURE and cell == int(cell)  # type: ignore[operator, arg-type]
        ]
    )
    if figures:
        cells = list(row)
        for column in figures:
            cells[column] = _FIGURE
        row = tuple(cells)
    line = _lines.get(row)
    if line is None:
        line = Line(row, figures)
        if len(row) <= MOST_COLUMNS and sum(len(cell) for cell in row if isinstance(cell, str)) <= _LONGEST_KEPT:
            if len(_lines) >= _MOST_KEPT:
                _lines.clear()
            _lines[row] = line
    return line


# ------------------------------------------------------------------------------------------------------------------


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
        whole: All its sheets, where `grids` leaves out some that were made to repeat or explain a form; else None.
    """

    grids: tuple[Grid, ...]
    concealed: Concealments = _nothing_concealed
    remarks: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    whole: Callable[[], tuple[Grid, ...]] | None = None


def is_far(row: int, column: int) -> bool:
    """Whether a cell lies beyond what is read of a sheet."""
    return row >= MOST_ROWS or column >= MOST_COLUMNS


def doubtful(text: str) -> str:
    """A value that people do not see as it is kept, so that nothing reads it as what it says: `⟨300⟩`."""
    return f"⟨{text}⟩"


@lru_cache(maxsize=2048)
def _address(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{column_letters(column)}{row + 1}"


@lru_cache(maxsize=MOST_COLUMNS)
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
