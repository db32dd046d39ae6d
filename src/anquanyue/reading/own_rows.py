"""Whose row is whose, in a table with one row a blank: by the words of the rows, and whether keys agree with them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from anquanyue.reading.folding import fold
from anquanyue.reading.form_words import FormWords
from anquanyue.reading.grid import Grid, cell_text
from anquanyue.writing.labels import NOTES_LABEL

_LONGEST_WORDS: Final = 80
_SURELY, _MARGIN = 75, 10
"""How similar words must be (of 100) to be taken for a label, and how much more than any other's."""


@dataclass(frozen=True, slots=True)
class OwnRows:
    """Whose row is whose by the rows' words.

    Attributes:
        rows: The rows of each field.
        doubtful: Fields that a row may belong to, with that row.
        in_order: Whether the rows stand in the order of the form, so far as their words tell.
    """

    rows: Mapping[str, Sequence[int]]
    doubtful: Mapping[str, int]
    in_order: bool = True


def own_rows(grid: Grid, words: FormWords) -> OwnRows:
    """Whose row is whose by the words in it, where each blank has a row of its own.

    Words that several blanks have (参与) belong to the blank behind the row before; where rows are missing, out of
    order or have lost their words so that they could as well be another's, they are doubtful.
    """
    labels, unit_column = _row_labels(grid, words)
    sequence = sorted(labels.items())
    telling = [(row, numbers[0]) for row, numbers in sequence if len(numbers) == 1]
    certain = _in_every_order(telling)
    in_order = len(certain) == len(telling)
    sorted_otherwise = len(certain) * 4 < len(telling) * 3
    keys = [field.key for field in words.item_fields]
    rows: dict[str, list[int]] = {}
    doubtful: dict[str, int] = {}
    previous, is_known = -1, True
    for place, (row, numbers) in enumerate(sequence):
        if not numbers:
            # Words that are nobody's: probably of the next blank, but that is not certain.
            previous, is_known = previous + 1, False
            if previous < len(keys):
                doubtful.setdefault(keys[previous], row)
        elif len(numbers) == 1:
            previous, is_known = numbers[0], row in certain
            if is_known:
                rows.setdefault(keys[previous], []).append(row)
            else:
                doubtful.setdefault(keys[previous], row)
        else:
            following = sequence[place + 1 :]
            own, possible = _own_number(numbers, previous, following, len(keys), is_known and in_order)
            if sorted_otherwise:
                own, possible = None, numbers
            if own is None:
                for number in possible:
                    doubtful.setdefault(keys[number], row)
            else:
                rows.setdefault(keys[own], []).append(row)
                previous, is_known = own, True
    strange = [row for row, numbers in sequence if not numbers]
    for key in [each for each in rows if strange and words.fields[each].blank.unit]:
        if not any(_has_cell(grid, row, unit_column) for row in rows[key]):
            # Its words stand in a row without a unit, and there is a row with a unit and nobody's words.
            doubtful[key] = min(strange, key=lambda row: abs(row - rows[key][0]))
            del rows[key]
    return OwnRows(rows, {key: row for key, row in doubtful.items() if key not in rows}, in_order)


def _has_cell(grid: Grid, row: int, column: int | None) -> bool:
    return column is not None and column < len(grid.rows[row]) and grid.rows[row][column] != ""


def _in_every_order(rows: Sequence[tuple[int, int]]) -> set[int]:
    """The rows that stand in the order of the form whichever others are thought to be out of it."""
    numbers = [number for _row, number in rows]
    count = len(numbers)
    # The longest run in order that ends, and that begins, at each row; 42 rows, so squares do not matter.
    ending, beginning = [1] * count, [1] * count
    for index in range(count):
        ending[index] += max((ending[i] for i in range(index) if numbers[i] <= numbers[index]), default=0)
    for index in reversed(range(count)):
        later = range(index + 1, count)
        beginning[index] += max((beginning[i] for i in later if numbers[i] >= numbers[index]), default=0)
    longest = max(ending, default=0)
    on_one = [index for index in range(count) if ending[index] + beginning[index] - 1 == longest]
    rivals = Counter(ending[index] for index in on_one)
    return {rows[index][0] for index in on_one if rivals[ending[index]] == 1}


def _row_labels(grid: Grid, words: FormWords) -> tuple[dict[int, tuple[int, ...]], int | None]:
    """The rows with the words of a blank in a cell of their own, and the column of the units.

    Each row has the numbers of the fields with those words; a row between those, which has an entry or a unit but
    nobody's words, has no numbers.
    """
    columns: dict[int, dict[int, tuple[int, ...]]] = {}
    crowded: Counter[int] = Counter()
    units: Counter[int] = Counter()
    for row, column, cell in grid.cells():
        if not isinstance(cell, str):
            continue
        folded = fold(cell) if len(cell) < _LONGEST_WORDS else ""
        if numbers := words.by_words.get(folded):
            columns.setdefault(column, {})[row] = numbers
            crowded[row] += 1
        elif folded in words.folded_units:
            units[column] += 1
    if not columns:
        return {}, None
    column, labels = max(columns.items(), key=lambda each: len(each[1]))
    labels = {row: numbers for row, numbers in labels.items() if crowded[row] == 1}
    unit_column = units.most_common(1)[0][0] if units else None
    if len(labels) < 3 or unit_column is None:
        return labels, unit_column
    # The last row may have lost its words as well.
    for row in range(min(labels), min(max(labels) + 4, len(grid.rows))):
        if row in labels or not _has_cell(grid, row, unit_column) or crowded[row]:
            continue
        typed = cell_text(grid.value(row, column))
        if similar := _similar(typed, words):
            labels[row] = similar
        elif typed == NOTES_LABEL or fold(typed) not in words.folded_printed:
            labels[row] = ()
    return labels, unit_column


def _similar(text: str, words: FormWords) -> tuple[int, ...] | None:
    """The number of the one field with words similar to the text, or that begin it."""
    from rapidfuzz import fuzz

    folded = fold(text)
    if not 4 <= len(folded) < _LONGEST_WORDS or folded in words.folded_printed:
        return None
    telling = {other: numbers for other, numbers in words.by_words.items() if len(other) > 3 and len(numbers) == 1}
    begun = [numbers for other, numbers in telling.items() if folded.startswith(other)]
    if len(begun) == 1:
        return begun[0]
    ranked = sorted(((fuzz.ratio(folded, other), numbers) for other, numbers in telling.items()), reverse=True)
    if not ranked or ranked[0][0] < _SURELY or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
        return None
    return ranked[0][1]


def _own_number(
    numbers: Sequence[int],
    previous: int,
    following: Sequence[tuple[int, Sequence[int]]],
    count: int,
    is_certain: bool,
) -> tuple[int | None, Sequence[int]]:
    """Which field a row with ambiguous words belongs to: the one behind `previous`, if no other one can be meant.

    Where that is not certain, None and all that can be meant.
    """
    own = previous + 1
    if own in numbers and following and own + 1 in following[0][1]:
        return own, ()
    if is_certain and own not in numbers and previous in numbers:
        return previous, ()  # The row was doubled.
    limit = next((each[0] for _row, each in following if len(each) == 1), count)
    possible = [number for number in numbers if previous < number < limit]
    return (own, ()) if is_certain and possible == [own] else (None, possible)


def contradictions(grid: Grid, words: FormWords, rows: Mapping[str, Sequence[int]]) -> set[str]:
    """The fields in whose row the words of another field stand: the keys and the words have come apart.

    Where there is one, a row that holds nothing but its key may have lost what it held, and is one as well.
    """
    labels = {field.key: field.blank.words for field in words.item_fields}
    known = {*labels.values(), NOTES_LABEL}
    apart: set[str] = set()
    empty: set[str] = set()
    for key, own in rows.items():
        if key not in labels:
            continue
        for row in own:
            cells = grid.rows[row]
            if labels[key] in cells:
                continue
            folded = {fold(cell) for cell in cells if isinstance(cell, str) and len(cell) < _LONGEST_WORDS}
            if fold(labels[key]) not in folded and (known.intersection(cells) or folded & words.by_words.keys()):
                apart.add(key)
            elif not any(cell != "" and not words.is_keys(cell) for cell in cells):
                empty.add(key)
    return apart | empty if apart else apart
