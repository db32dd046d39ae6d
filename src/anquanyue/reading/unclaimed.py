"""Figures in cells of their own that belong to no blank: beside the entries, in a row more, below the table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from anquanyue.findings import Finding
from anquanyue.reading.columns import looks_like_value
from anquanyue.reading.folding import narrow
from anquanyue.reading.form_words import ENTRY_HEADING, words_of
from anquanyue.reading.grid import Cell, Grid, cell_text
from anquanyue.reading.located import LocatedForm
from anquanyue.reading.quoting import quoted

_MOST_PLACES: Final = 10
_FEWEST_NUMBERED: Final = 3
_FEWEST_IN_A_COLUMN: Final = 3
_LONGEST_HEADING: Final = 20
_FIGURES = re.compile(r"(?!20[0-9]{2}/)[0-9]+(?:[、,;/\s]+[0-9]+)*")


def unclaimed_figures(located: LocatedForm) -> list[Finding]:
    """One finding that names the cells; it does not quote them, because a number may be somebody's telephone."""
    reported = words_of(located.form).reported if located.form else ()
    entries = [located.cells[field.key] for field in reported if field.key in located.cells]
    if not entries:
        return []
    first = min(entry.row for entry in entries)
    # A refused entry's finding quotes its whole row.
    quoted = {entry.row for entry in entries if entry.code == "value-refused"}
    claimed = {(row, column) for each in located.cells.values() for row, column, _value in each.cells}
    columns: dict[int, list[tuple[int, Cell]]] = {}
    for row, figures in located.grid.asked(_figures, None):
        if row >= first and row not in quoted:
            for column in figures:
                if (row, column) not in claimed:
                    columns.setdefault(column, []).append((row, located.grid.rows[row][column]))
    columns = {column: cells for column, cells in columns.items() if not _numbered(cells)}
    if not columns:
        return []
    number = sum(map(len, columns.values()))
    return [
        Finding(code="figures-unclaimed", parameters={"number": number, "places": "、".join(_places(located, columns))})
    ]


def _places(located: LocatedForm, columns: Mapping[int, Sequence[tuple[int, Cell]]]) -> Iterator[str]:
    """The cells; a column of them from its first to its last, with its heading."""
    single: list[tuple[int, int]] = []
    for column, cells in sorted(columns.items()):
        rows = [row for row, _cell in cells]
        heading = _heading(located.grid, rows[0], column) if len(rows) >= _FEWEST_IN_A_COLUMN else ""
        if heading:
            yield f"{located.grid.place(rows[0], column)}—{located.grid.place(rows[-1], column)}（{heading}）"
        else:
            single += [(row, column) for row in rows]
    for row, column in sorted(single)[:_MOST_PLACES]:
        yield located.grid.place(row, column)
    if len(single) > _MOST_PLACES:
        yield "…"


def _heading(grid: Grid, first: int, column: int) -> str:
    """What stands above a column of figures that are none of the form's."""
    above = (grid.rows[row][column] for row in range(first - 1, -1, -1) if column < len(grid.rows[row]))
    heading = next((cell_text(cell) for cell in above if cell != ""), "")
    known = heading == ENTRY_HEADING or len(heading) > _LONGEST_HEADING or looks_like_value(heading)
    return "" if known else quoted(heading)


def _figures(cells: Sequence[Cell], _about: None) -> list[int]:
    """The columns in which figures stand."""
    return [column for column, cell in enumerate(cells) if cell != "" and _is_figure(cell)]


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        text = narrow(cell).strip()
        return text[:1].isdecimal() and _FIGURES.fullmatch(text) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _numbered(cells: list[tuple[int, Cell]]) -> bool:
    """Whether a column only numbers its rows from 1 on."""
    numbers = [cell_text(cell) for _row, cell in cells]
    return len(numbers) >= _FEWEST_NUMBERED and numbers == [str(number + 1) for number in range(len(numbers))]
