"""A grid → the forms on it: by the key column, else by the words of its rows, else by its sentences."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from typing import Final

from anquanyue.campaign.model import Campaign, Form
from anquanyue.reading.by_labels import Labels, read_labels
from anquanyue.reading.by_rows import read_rows
from anquanyue.reading.by_sentences import read_sentences, with_pasted
from anquanyue.reading.folding import fold, narrow
from anquanyue.reading.form_words import FormWords, words_of
from anquanyue.reading.grid import Cell, Grid, cell_text
from anquanyue.reading.located import Layout, Located, LocatedForm
from anquanyue.reading.own_rows import OwnRows, contradictions, own_rows
from anquanyue.reading.parts import find_stamp, find_titles, other_year, split
from anquanyue.reading.table_rows import TableRows
from anquanyue.reading.values import Problem

_FEWEST = 3
"""So many blanks of a form are needed to recognise it as a changed one."""
_MANY = 5
"""Of so many rows the words must have moved away from the keys to believe the words."""


def locate(grid: Grid, campaign: Campaign) -> list[LocatedForm]:
    """The campaign's forms on the grid, in order; also those that are recognised and cannot be read."""
    stamp = find_stamp(grid)
    titles = find_titles(grid, campaign)
    if len({title.row for title in titles}) < 2 and stamp and stamp.campaign == campaign.key:
        form = next((form for form in campaign.forms if form.key == stamp.form), None)
        if form and (keyed := _whole_by_keys(grid, words_of(form))) and not _other_year(keyed, campaign):
            return [_finished(LocatedForm(grid, form, stamp), keyed)]
    parts = split(grid, campaign)
    found = [each for part in parts if (each := _locate_part(part, campaign))]
    if len(found) > 1:
        found = list(_joined(found, grid, campaign))
    return found


def _joined(found: Sequence[LocatedForm], grid: Grid, campaign: Campaign) -> Iterable[LocatedForm]:
    """The forms with those parts put together that hold different blanks of one form, as a table with two titles."""
    result = [found[0]]
    for each in found[1:]:
        last = result[-1]
        if last.form is each.form and each.form and not _blanks(last) & _blanks(each):
            first = next(row for row, cells in enumerate(last.grid.rows) if cells)
            end = max(row for row, cells in enumerate(each.grid.rows) if cells) + 1
            if whole := _locate_part(grid.part(first, end), campaign):
                result[-1] = whole
                continue
        result.append(each)
    return result


def _blanks(located: LocatedForm) -> set[str]:
    words = words_of(located.form) if located.form else None
    wanted = words.item_of if words and words.item_of else words.fields if words else {}
    return {key for key in located.cells if key in wanted}


def _locate_part(grid: Grid, campaign: Campaign) -> LocatedForm | None:
    stamp = find_stamp(grid)
    if stamp and stamp.campaign != campaign.key:
        return LocatedForm(grid, trouble=Problem("form-other-campaign", {"campaign": stamp.campaign}))
    titles = find_titles(grid, campaign)
    forms = [form for form in campaign.forms if stamp is None or form.key == stamp.form] or list(campaign.forms)
    if stamp is None and (year := other_year(titles, campaign.start)) is not None:
        return LocatedForm(grid, titles[0].form, trouble=Problem("form-other-year", {"year": year}))
    layouts = [(form, *_layout(grid, words_of(form))) for form in forms]
    form, layout, by_keys = max(layouts, key=lambda each: _share(each[1], each[0]), default=(None, Layout(), False))
    if form is None:
        return None
    located = LocatedForm(grid, form, stamp, by_keys=by_keys)
    number, total = _number(layout, form), len(_asked(form))
    if year := _other_year(layout, campaign):
        return dataclasses.replace(located, trouble=Problem("form-other-year", {"year": year}))
    if number * 2 >= total and not _is_elsewhere(grid, layout, form):
        return _finished(located, layout)
    titled = next((title.form for title in titles), form if stamp else None)
    if titled is None and number < _FEWEST:
        return None
    if titled is not None and titled is not form:
        form = titled
        number = _number(_layout(grid, words_of(form))[0], form)
    problem = Problem("form-different", {"found": number, "total": len(_asked(form)), "form_label": form.label})
    return dataclasses.replace(_finished(located, layout), form=form, trouble=problem)


def _other_year(layout: Layout, campaign: Campaign) -> int | None:
    """The year in the heading of the entries, where it is not the campaign's."""
    years = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", narrow(layout.heading))}
    return min(years) if years and campaign.start.year not in years else None


def _is_elsewhere(grid: Grid, layout: Layout, form: Form) -> bool:
    """Whether all labels of a form of pairs are there with nothing behind them, and cells that say something else.

    So a list looks that has the labels as its headings.
    """
    words = words_of(form)
    if words.item_fields or any(each.cells or each.code for each in layout.cells.values()):
        return False
    own = {fold(blank.words) for blank in words.labelled}
    other = [
        text
        for _row, _column, cell in grid.cells()
        if (text := fold(cell_text(cell))) and not words.is_keys(cell) and text not in own | words.folded_printed
        if words.folded_title not in text and not any(piece in text for piece in words.note_pieces)
    ]
    return len(other) >= _FEWEST


def _asked(form: Form) -> Sequence[str]:
    words = words_of(form)
    return [field.key for field in (words.item_fields or form.fields)]


def _number(layout: Layout, form: Form) -> int:
    return sum(key in layout.cells for key in _asked(form))


def _share(layout: Layout, form: Form) -> float:
    return _number(layout, form) / len(_asked(form))


# The ways of locating --------------------------------------------------------------------------------------------


def _layout(grid: Grid, words: FormWords) -> tuple[Layout, bool]:
    """What is found of the form, and whether by its keys."""
    keyed = _keyed(words, tuple(grid.asked(_keys_in, words)))
    # Half of the keys: a column of ordinary words may hold one that happens to be a key.
    if keyed.number * 2 >= len(words.form.fields) and (layout := _by_keys(grid, words, keyed)):
        return layout, True
    return _by_words(grid, words), False


def _whole_by_keys(grid: Grid, words: FormWords) -> Layout | None:
    """The way of ten thousand forms: all keys are there, once, and fit the words."""
    keyed = _keyed(words, tuple(grid.asked(_keys_in, words)))
    return _by_keys(grid, words, keyed) if keyed.is_whole else None


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _KeyCells:
    """The columns of a row that hold nothing but keys, with those; equal ones are the same object."""

    keys: tuple[tuple[int, tuple[str, ...]], ...]


_key_cells: Final = lru_cache(maxsize=4096)(_KeyCells)


def _keys_in(cells: Sequence[Cell], words: FormWords) -> _KeyCells | None:
    texts = [(column, cell) for column, cell in enumerate(cells) if isinstance(cell, str) and cell.isascii()]
    keys = tuple((column, tuple(cell.split())) for column, cell in texts if words.is_keys(cell) and cell.split())
    return _key_cells(keys) if keys else None


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _Keyed:
    """The rows that the key column names.

    Attributes:
        number: How many keys there are.
        is_whole: Whether those of all fields are among them, and each once.
        table: Those of the table's blanks and notes.
        labelled: Those of all other fields.
        missing: The table's blanks that have no row.
    """

    number: int
    is_whole: bool
    table: TableRows
    labelled: Mapping[str, int]
    missing: tuple[str, ...]


@lru_cache(maxsize=64)
def _keyed(words: FormWords, found: tuple[tuple[int, _KeyCells | None], ...]) -> _Keyed:
    """The rows with keys; the key column is the one that names most."""
    columns: dict[int, dict[int, Sequence[str]]] = {}
    for row, cells in found:
        for column, keys in cells.keys if cells else ():
            columns.setdefault(column, {})[row] = keys
    rows = max(columns.values(), key=lambda rows: sum(map(len, rows.values())), default={})
    table: dict[str, list[int]] = {}
    labelled: dict[str, int] = {}
    for row, names in rows.items():
        for key in names:
            if key in words.item_of or key in words.notes_of:
                table.setdefault(key, []).append(row)
            else:
                labelled[key] = row
    named = [key for keys in rows.values() for key in keys]
    is_whole = len(named) == len(set(named)) and words.fields.keys() <= set(named)
    missing = tuple(field.key for field in words.item_fields if field.key not in table)
    return _Keyed(len(named), is_whole, TableRows(words, table), labelled, missing)


def _by_keys(grid: Grid, words: FormWords, keyed: _Keyed) -> Layout | None:
    """What stands in the rows that the key column names; None where keys and words have come apart altogether."""
    rows, labelled, missing = keyed.table, keyed.labelled, keyed.missing
    doubtful: dict[str, int] = {}
    apart = contradictions(grid, words, rows.rows)
    if apart or missing:
        table = {key: list(own) for key, own in rows.rows.items()}
        own = own_rows(grid, words)
        if len(apart) >= _MANY and _moved(apart, own, table) * 4 >= len(apart) * 3:
            return None
        doubtful = _distrust(table, apart, words)
        taken = {row for each in table.values() for row in each}
        free = {key: [row for row in own.rows.get(key, ()) if row not in taken] for key in missing}
        table |= {key: each for key, each in free.items() if each}
        doubtful |= {key: row for key, row in own.doubtful.items() if key in missing and row not in taken}
        rows = TableRows(words, table)
    layout = with_pasted(grid, words, read_rows(grid, words, rows, doubtful)) if rows.rows else Layout()
    lost = any(blank.key not in labelled for blank in words.labelled)
    where = _beside(grid, words, rows) if lost else sorted(set(labelled.values()))
    labels = read_labels(grid, words, where, {key: row for key, row in labelled.items() if key in words.fields})
    return _with_labels(grid, words, layout, labels, rows.taken)


def _beside(grid: Grid, words: FormWords, table: TableRows, doubtful: AbstractSet[int] = frozenset()) -> list[int]:
    """The rows that are not the table's own; nor its headings, where 单位 stands above the units and is no label."""
    taken, rows = table.taken | doubtful, table.rows
    own = [(words.fields[key].blank.unit, row) for key, each in rows.items() if key in words.fields for row in each]
    found = Counter(column for unit, row in own if unit for column, cell in enumerate(grid.rows[row]) if cell == unit)
    column = found.most_common(1)[0][0] if found else None
    first = min((row for _unit, row in own), default=0)

    def is_of_headings(row: int) -> bool:
        if column is None or row >= first or column >= len(grid.rows[row]):
            return False
        return fold(cell_text(grid.rows[row][column])).endswith("单位")

    return [row for row in range(len(grid.rows)) if row not in taken and not is_of_headings(row)]


def _moved(apart: Iterable[str], own: OwnRows, table: Mapping[str, Sequence[int]]) -> int:
    """Of how many fields the words stand in another row than the key: the columns were moved against each other."""
    return sum(own.in_order and key in own.rows and list(own.rows[key]) != list(table[key]) for key in apart)


def _distrust(table: dict[str, list[int]], apart: set[str], words: FormWords) -> dict[str, int]:
    """Take out of the table what has another blank's words in its row, and rows beside it whose words tell nothing."""
    keys = [field.key for field in words.item_fields]
    doubtful = [key in apart for key in keys]
    ambiguous = {number for numbers in words.by_words.values() if len(numbers) > 1 for number in numbers}
    for order in (range(len(keys)), reversed(range(len(keys)))):
        for index in order:
            beside = doubtful[max(0, index - 1) : index + 2]
            doubtful[index] = doubtful[index] or (index in ambiguous and any(beside))
    return {key: table.pop(key)[0] for key, doubt in zip(keys, doubtful, strict=True) if doubt and key in table}


def _by_words(grid: Grid, words: FormWords) -> Layout:
    """What is found without keys: in rows of cells, else in sentences."""
    own = own_rows(grid, words) if words.item_fields else OwnRows({}, {})
    if words.item_fields and (len(own.rows) + len(own.doubtful)) * 2 >= len(words.item_fields):
        table, doubtful = TableRows(words, own.rows), set(own.doubtful.values())
        layout = with_pasted(grid, words, read_rows(grid, words, table, own.doubtful))
        labels = read_labels(grid, words, _beside(grid, words, table, doubtful))
        return _with_labels(grid, words, layout, labels, table.taken | doubtful)
    labels = read_labels(grid, words, range(len(grid.rows)))
    layout = read_sentences(grid, words, labels.spans) if words.prose else Layout()
    return dataclasses.replace(
        layout,
        cells={**layout.cells, **labels.cells},
        remarks=tuple(sorted((*layout.remarks, *labels.notes))),
    )


def _with_labels(grid: Grid, words: FormWords, layout: Layout, labels: Labels, taken: AbstractSet[int]) -> Layout:
    """A table with its labels, and with what stands in rows between its own."""
    remarks = [*layout.remarks, *labels.notes]
    rows = sorted(row for places in layout.anchors.values() for row, _column in places)
    known = taken | {row for row, _column, _start, _end in labels.spans}
    if rows and rows[-1] - rows[0] + 1 > len(set(rows)):
        remarks += _between(grid, words, [row for row in range(rows[0], rows[-1]) if row not in known])
    return dataclasses.replace(layout, cells={**layout.cells, **labels.cells}, remarks=tuple(sorted(remarks)))


def _between(grid: Grid, words: FormWords, rows: Iterable[int]) -> Iterable[tuple[int, int, str]]:
    for row in rows:
        texts = [
            (column, cell_text(cell))
            for column, cell in enumerate(grid.rows[row])
            if cell_text(cell) and cell not in words.printed
        ]
        if texts:
            yield row, texts[0][0], " ".join(text for _column, text in texts)


# Notes and pictures ----------------------------------------------------------------------------------------------


def _finished(located: LocatedForm, layout: Layout) -> LocatedForm:
    """The located form with its cells, notes and pictures."""
    assert located.form is not None  # noqa: S101
    words = words_of(located.form)
    order = sorted((place, item) for item, places in layout.anchors.items() for place in places)
    notes: dict[str, list[str]] = {}
    for key, item in words.notes_of.items():
        if (cell := layout.cells.get(key)) and cell.cells:
            notes.setdefault(item, []).append(_text(cell))
    for row, column, text in layout.remarks:
        if order:
            before = [item for place, item in order if place <= (row, column)]
            notes.setdefault(before[-1] if before else order[0][1], []).append(text)
    return dataclasses.replace(
        located,
        cells=layout.cells,
        notes={item.key: "\n".join(notes[item.key]) for item in located.form.items if item.key in notes},
        pictures=_pictures(located.grid, layout) if located.grid.pictures else {},
    )


def _text(located: Located) -> str:
    return " ".join(cell_text(value) for _row, _column, value in located.cells)


def _pictures(grid: Grid, layout: Layout) -> Mapping[str, tuple[str, ...]]:
    """The pictures by the item in whose rows they stand; a row that several items share tells nothing."""
    firsts = sorted((places[0][0], places[-1][0], item) for item, places in layout.anchors.items())
    spans = [(first, max(last, following - 1), item) for (first, last, item), (following, _, _) in pairwise(firsts)]
    spans += firsts[-1:]
    found: dict[str, list[str]] = {}
    for picture in grid.pictures:
        items = [item for first, last, item in spans if first <= picture.row <= last]
        found.setdefault(items[0] if len(items) == 1 else "", []).append(picture.digest)
    return {item: tuple(digests) for item, digests in found.items()}
