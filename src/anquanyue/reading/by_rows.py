"""A table with one row a blank, as the blank workbooks have it: words, entry, unit, evidence.

Which row is whose says the key column, or else the words of the rows (`own_rows`). In the row the entry stands
between its words and its unit; what was typed beside that place is found, or refused, but never passed over.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from anquanyue.campaign.model import Field
from anquanyue.reading.folding import fold, narrow
from anquanyue.reading.form_words import CHECK_HEADING, ENTRY_HEADING, FormWords
from anquanyue.reading.grid import Cell, Grid, cell_text
from anquanyue.reading.located import Layout, Located
from anquanyue.writing.labels import EVIDENCE_LABEL, NOTES_LABEL

_NUMBER_HEADINGS: Final = ("序号", "编号")
_VALUE = re.compile(
    r"[\s（(]*([□☐☑☒√✓✔■]|[约近超共]*\s*[\d零〇一二两三四五六七八九十百千万亿]|[无/／—\-–有是否×]\s*[）)]?$).{0,19}"
)
_IN_BRACKETS = re.compile(r"[\s:：]*[（(\[【]\s*([^（()）]*?)\s*[)）\]】]\s*(.{0,12}?)[\s，,；;。.]*")
_EDGES: Final = " \t\r\n\u3000\xa0_＿:：,，;；。、"
_LONGEST_WORDS: Final = 80
_SURELY, _HARDLY, _MARGIN = 75, 30, 10
"""How similar words must be (of 100) to be taken for a label, or at least not to contradict it; and how much more than
any other's."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of the table are; None where nothing tells. `drafts` are others with something in many rows."""

    words: int | None
    unit: int | None
    entry: int | None
    evidence: int | None
    check: int | None
    numbers: int | None
    drafts: frozenset[int]


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


def read_rows(grid: Grid, words: FormWords, rows: Mapping[str, Sequence[int]], doubtful: Mapping[str, int]) -> Layout:
    """Read the entries, evidence and notes of a table.

    Args:
        grid: Where to read.
        words: The form's words.
        rows: For the key of a field or of an item's notes the rows that are its own; several where it was doubled.
        doubtful: Fields of which it cannot be told whether the row is theirs.
    """
    columns = _columns(grid, words, rows)
    cells: dict[str, Located] = {}
    remarks: list[tuple[int, int, str]] = []
    anchors: dict[str, list[tuple[int, int]]] = {}
    for key, own in rows.items():
        item = words.item_of.get(key) or words.notes_of[key]
        for row in own:
            anchors.setdefault(item, []).append((row, columns.words or 0))
            if key in words.fields:
                located, evidence, strays = _read_row(grid, words, words.fields[key], row, columns)
                if evidence:
                    cells[words.fields[key].evidence_key] = evidence
                remarks += strays
            else:
                located = _read_notes(grid, words, row, columns)
            cells[key] = _united(cells[key], located) if key in cells else located
    for key, row in doubtful.items():
        if key not in cells:
            cells[key] = Located((), row, columns.entry or 0, "value-refused", _row_text(grid, words, row))
    return Layout(cells, tuple(sorted(remarks)), {item: tuple(sorted(places)) for item, places in anchors.items()})


def _columns(grid: Grid, words: FormWords, rows: Mapping[str, Sequence[int]]) -> _Columns:
    labels: Counter[int] = Counter()
    units: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for key, own in rows.items():
        field = words.fields.get(key)
        if field is None:
            continue
        label, unit = field.blank.words, field.blank.unit
        for row in own:
            for column, cell in enumerate(grid.rows[row]):
                if cell == "":
                    continue
                if cell == label:
                    labels[column] += 1
                elif cell == unit:
                    units[column] += 1
                elif cell not in words.printed:
                    filled[column] += 1
    label_column = labels.most_common(1)[0][0] if labels else None
    unit_column = units.most_common(1)[0][0] if units else None
    headings = _headings(grid)
    entry = headings.get(ENTRY_HEADING)
    if label_column is not None and unit_column is not None and (entry is None or not filled[entry]):
        between = range(label_column + 1, unit_column)
        entry = max(reversed(between), key=lambda column: filled[column], default=entry)
    return _Columns(
        words=label_column,
        unit=unit_column,
        entry=entry,
        evidence=headings.get(EVIDENCE_LABEL, None if unit_column is None else unit_column + 1),
        check=headings.get(CHECK_HEADING, None if unit_column is None else unit_column + 2),
        numbers=next((headings[each] for each in _NUMBER_HEADINGS if each in headings), None),
        drafts=frozenset(column for column, count in filled.items() if count > 1 and column != entry),
    )


def _headings(grid: Grid) -> dict[str, int]:
    """The columns of the headings that tell what stands below them."""
    known = (ENTRY_HEADING, EVIDENCE_LABEL, CHECK_HEADING, *_NUMBER_HEADINGS)
    return {cell: column for _row, column, cell in grid.cells() if isinstance(cell, str) and cell in known}


_Strays = list[tuple[int, int, str]]


def _read_row(
    grid: Grid, words: FormWords, field: Field, row: int, columns: _Columns
) -> tuple[Located, Located | None, _Strays]:
    """The entry of a row, its evidence, and what else was written into it."""
    cells = grid.rows[row]
    label_at = _label_column(cells, field, columns)
    unit_at = _unit_column(cells, field, columns, label_at)
    zone = _zone(cells, columns, label_at, unit_at)
    inside: list[tuple[int, int, Cell]] = []
    strays: _Strays = []
    evidence: Located | None = None
    for column, cell in enumerate(cells):
        if cell == "" or column in (label_at, unit_at, columns.numbers):
            continue
        if column == columns.check and (cell == "✓" or not _looks_like_value(cell_text(cell))):
            continue
        if column in zone:
            if cell_text(cell) != "":
                inside.append((row, column, cell))
        elif cell in words.printed or _is_keys(cell, words):
            continue
        elif column == columns.evidence and (field.evidence or not _looks_like_value(cell_text(cell))):
            evidence = Located(((row, column, cell),), row, column)
        elif cell_text(cell) != "":
            strays.append((row, column, cell_text(cell)))
    entry = columns.entry if columns.entry is not None else zone.start if zone else 0
    located = Located(tuple(inside), row, inside[0][1] if inside else entry)
    located = _with_unit(located, words, field, columns, unit_at)
    if len(located.cells) == 1 and located.column != entry and located.column in columns.drafts:
        # Beside an empty entry stands the number of a column that has numbers beside other entries, too.
        located = Located((), row, entry, "value-refused", _row_text(grid, words, row))
    located = _with_label(located, grid, words, field, row, label_at)
    if not located.cells and located.code is None:
        values = [text for _row, _column, text in strays if _looks_like_value(text)]
        if evidence and field.evidence and _looks_like_value(cell_text(evidence.cells[0][2])):
            values.append(cell_text(evidence.cells[0][2]))
        if values:
            located = replace(located, code="value-refused", context=_row_text(grid, words, row))
    if field.evidence and evidence is None and columns.evidence is not None:
        evidence = Located((), row, columns.evidence)
    kept = [each for each in strays if not _is_number(each[2]) and not _is_printed_nearly(each[2], words)]
    return located, evidence, kept


def _label_column(cells: Sequence[Cell], field: Field, columns: _Columns) -> int | None:
    label = field.blank.words
    if columns.words is not None and columns.words < len(cells) and cells[columns.words] == label:
        return columns.words
    folded = fold(label)
    same = (column for column, cell in enumerate(cells) if isinstance(cell, str) and fold(cell) == folded)
    return next(same, columns.words)


def _unit_column(cells: Sequence[Cell], field: Field, columns: _Columns, label_at: int | None) -> int | None:
    """The column of the unit, where it stands there as printed."""
    unit = field.blank.unit
    if not unit:
        return None
    if columns.unit is not None and columns.unit < len(cells) and cells[columns.unit] == unit:
        return columns.unit
    # From the right: an entry may repeat its unit, the unit's own cell is the last.
    for column in range(len(cells) - 1, label_at if label_at is not None else -1, -1):
        cell = cells[column]
        if isinstance(cell, str) and column not in (columns.entry, columns.evidence):
            # Not folded: /人次 is a unit with a nil in front of it.
            if narrow(cell).strip(" ()") == narrow(unit):
                return column
    return None


def _zone(cells: Sequence[Cell], columns: _Columns, label_at: int | None, unit_at: int | None) -> range:
    """The columns in which an entry may stand: behind the words, up to the unit or else the evidence."""
    if label_at is None:
        return range(columns.entry, columns.entry + 1) if columns.entry is not None else range(0)
    ends = [each for each in (unit_at, columns.evidence, columns.check, len(cells)) if each is not None]
    zone = range(label_at + 1, next((each for each in ends if each > label_at), len(cells)))
    if columns.entry is not None and columns.entry not in zone:
        # The columns were reordered.
        return range(columns.entry, columns.entry + 1)
    return zone


def _with_unit(located: Located, words: FormWords, field: Field, columns: _Columns, unit_at: int | None) -> Located:
    """Where the cell of the unit says something else, that belongs to what was typed: 3 and 万人次 are not 3."""
    unit, place = field.blank.unit, columns.unit
    if not unit or unit_at is not None or place is None or len(located.cells) != 2:
        return located
    (row, column, value), (_same, last, other) = located.cells
    if last != place or not isinstance(other, str) or _looks_like_value(other):
        return located
    text = f"{cell_text(value)}{other}"
    if fold(other) in words.folded_units:
        # The unit of another blank: words and entry have come apart.
        return replace(located, cells=(), code="value-refused", context=f"{field.blank.words} {text}")
    expected = f"{field.blank.words}（）{unit}"
    return replace(located, cells=((row, column, text),), code="value-aligned", context=text, expected=expected)


def _with_label(
    located: Located, grid: Grid, words: FormWords, field: Field, row: int, label_at: int | None
) -> Located:
    """Where the words were changed: they may hold the value, be another's, or be only reworded."""
    cells = grid.rows[row]
    typed = cell_text(cells[label_at]) if label_at is not None and label_at < len(cells) else ""
    label = field.blank.words
    if typed == label:
        return located
    rest = _behind_words(typed, label)
    if rest is not None and not rest.strip(_EDGES + "（）()"):
        return located
    context, expected = _row_text(grid, words, row), f"{label}（）{field.blank.unit}"
    bracketed = _IN_BRACKETS.fullmatch(rest) if rest is not None else None
    if rest is not None and _looks_like_value(bracketed.group(1) if bracketed else rest):
        text = "".join(bracketed.groups()) if bracketed else rest.strip(_EDGES)
        added = (row, label_at or 0, text) if text else None
        same = added and any(
            _bare_number(cell_text(cell)) == _bare_number(text) for _row, _column, cell in located.cells
        )
        found = located.cells if same or not added else (*located.cells, added)
        return replace(located, cells=found, code="value-aligned", context=context, expected=expected)
    if rest is None and typed and _is_anothers(fold(typed), fold(label), words):
        return replace(located, cells=(), code="value-refused", context=context)
    if not located.cells:
        # Nothing was read, so nothing was read wrongly; but what is no label may be an entry.
        unread = rest is None and typed and _looks_like_value(typed)
        return replace(located, code="value-refused", context=context) if unread else located
    return replace(located, code="value-aligned", context=context, expected=expected)


def _behind_words(typed: str, label: str) -> str | None:
    """What stands in a cell behind the words of the label; None where they are not there."""
    wanted = fold(label)
    index = 0
    for place, char in enumerate(typed):
        if index == len(wanted):
            return typed[place:].lstrip("”’\"'》」』")
        letter = fold(char)
        if letter and letter != wanted[index]:
            return None
        index += len(letter)
    return "" if index == len(wanted) else None


def _is_anothers(typed: str, label: str, words: FormWords) -> bool:
    """Whether words that were typed over a label speak for another blank, or for none."""
    from rapidfuzz import fuzz

    if typed in words.by_words:
        return True
    own = fuzz.ratio(typed, label)
    best = max((fuzz.ratio(typed, other) for other in words.by_words if other != label), default=0)
    return own < _HARDLY or best >= max(_SURELY, own)


def _read_notes(grid: Grid, words: FormWords, row: int, columns: _Columns) -> Located:
    filled = [
        (row, column, cell)
        for column, cell in enumerate(grid.rows[row])
        if cell != "" and cell not in words.printed and not _is_keys(cell, words) and cell_text(cell) != ""
        if column not in (columns.numbers,) and not _is_printed_nearly(cell_text(cell), words)
    ]
    return Located(tuple(filled), row, filled[0][1] if filled else columns.entry or 0)


def _united(first: Located, second: Located) -> Located:
    """One place of two rows that claim the same blank: what is filled in in either; several where they differ."""
    known = {_bare_number(cell_text(cell)) for _row, _column, cell in first.cells}
    more = tuple(each for each in second.cells if _bare_number(cell_text(each[2])) not in known)
    base = first if first.cells or not second.cells else second
    code = first.code or second.code
    if "value-refused" in (first.code, second.code):
        code = "value-refused"
    context = " | ".join(filter(None, (first.context, second.context)))
    return replace(base, cells=first.cells + more, code=code, context=context)


def _looks_like_value(text: str) -> bool:
    return len(text) <= 20 and _VALUE.fullmatch(text) is not None


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,，%+-]*", narrow(text)))


def _bare_number(text: str) -> str:
    """What two spellings of the same figure share: 3次 and 3."""
    text = narrow(text).strip()
    digits = re.match(r"\d+(?=\D{0,4}$)", text)
    return digits.group() if digits else text


def _is_keys(cell: Cell, words: FormWords) -> bool:
    return isinstance(cell, str) and bool(cell) and all(each in words.names for each in cell.split())


def _is_printed_nearly(text: str, words: FormWords) -> bool:
    """Whether a text is the form's own name or requirement of an item, perhaps a little changed."""
    from rapidfuzz import fuzz

    folded = fold(text)
    return any(fuzz.ratio(folded, other) > 60 for other in words.folded_printed)


def _row_text(grid: Grid, words: FormWords, row: int) -> str:
    texts = [cell_text(cell) for cell in grid.rows[row] if cell not in words.printed and not _is_keys(cell, words)]
    return " ".join(filter(None, texts))


# Rows without keys -----------------------------------------------------------------------------------------------


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
    """For each row with the words of one blank in a cell of their own, the numbers of the fields with those words;
    and the column of the units.

    A row between those, which has an entry or a unit but nobody's words, has no numbers.
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
        cells = grid.rows[row]
        if row in labels or not _has_cell(grid, row, unit_column) or crowded[row]:
            continue
        typed = cell_text(cells[column])
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
            elif not any(cell != "" and not _is_keys(cell, words) for cell in cells):
                empty.add(key)
    return apart | empty if apart else apart
