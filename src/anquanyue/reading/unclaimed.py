"""Figures in cells of their own that belong to no blank: beside the entries, in a row more, below the table."""

from collections.abc import Iterator
from typing import Final

from anquanyue.findings import Finding
from anquanyue.reading.grid import Cell, cell_text
from anquanyue.reading.located import LocatedForm

_MOST_PLACES: Final = 10
_FEWEST_NUMBERED: Final = 3


def unclaimed_figures(located: LocatedForm) -> list[Finding]:
    """One finding that names the cells; it does not quote them, because a number may be somebody's telephone."""
    if located.form is None or not located.form.reported_fields:
        return []
    entries = [located.cells[key.key] for key in located.form.reported_fields if key.key in located.cells]
    if not entries:
        return []
    first = min(entry.row for entry in entries)
    # A refused entry's finding quotes its whole row.
    quoted = {entry.row for entry in entries if entry.code == "value-refused"}
    claimed = {(row, column) for each in located.cells.values() for row, column, _value in each.cells}
    columns: dict[int, list[tuple[int, Cell]]] = {}
    for row, column, cell in located.grid.cells():
        if row >= first and row not in quoted and (row, column) not in claimed and _is_figure(cell):
            columns.setdefault(column, []).append((row, cell))
    found = sorted((row, column) for column, cells in columns.items() if not _numbered(cells) for row, _cell in cells)
    if not found:
        return []
    return [
        Finding(
            code="figures-unclaimed", parameters={"number": len(found), "places": "、".join(_places(located, found))}
        )
    ]


def _places(located: LocatedForm, found: list[tuple[int, int]]) -> Iterator[str]:
    for row, column in found[:_MOST_PLACES]:
        yield located.grid.place(row, column)
    if len(found) > _MOST_PLACES:
        yield "…"


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return cell.strip().isdecimal()
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _numbered(cells: list[tuple[int, Cell]]) -> bool:
    """Whether a column only numbers its rows from 1 on."""
    numbers = [cell_text(cell) for _row, cell in cells]
    return len(numbers) >= _FEWEST_NUMBERED and numbers == [str(number + 1) for number in range(len(numbers))]
