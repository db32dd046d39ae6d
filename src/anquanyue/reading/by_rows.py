"""A table with one row a blank, as the blank workbooks have it: words, entry, unit, evidence.

Which row is whose says the key column, or else the words of the rows (`anquanyue.reading.own_rows`). In the row the
entry stands between its words and its unit; what was typed beside that place is found, or refused, but never passed
over.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from anquanyue.campaign.model import Field
from anquanyue.reading.columns import Columns, described, find_columns, is_scaled, looks_like_value, scale_notes
from anquanyue.reading.folding import fold, narrow
from anquanyue.reading.form_words import FormWords
from anquanyue.reading.grid import Asked, Cell, Grid, cell_text
from anquanyue.reading.located import Layout, Located
from anquanyue.reading.quoting import quoted
from anquanyue.reading.table_rows import TableRows
from anquanyue.reading.wordings import corrects_a_figure, denial

_IN_BRACKETS = re.compile(r"[\s:：]*[（(\[【]\s*([^（()）]*?)\s*[)）\]】]\s*(.{0,12}?)[\s，,；;。.]*")
_EDGES: Final = " \t\r\n\u3000\xa0_＿:：,，;；。、"
_SURELY, _HARDLY = 75, 30
"""How similar words must be (of 100) to be taken for others, or at least not to contradict them."""


def read_rows(grid: Grid, words: FormWords, table: TableRows, doubtful: Mapping[str, int]) -> Layout:
    """Read the entries, evidence and notes of a table.

    Args:
        grid: Where to read.
        words: The form's words.
        table: The rows.
        doubtful: Fields of which it cannot be told whether the row is theirs.
    """
    columns = find_columns(grid, words, table)
    notes = {row: text for row, _column, text in scale_notes(grid)}
    scale = columns.scale or next((text for row, text in notes.items() if row not in table.taken), "")
    cells: dict[str, Located] = {}
    remarks: list[tuple[int, int, str]] = []
    with_figure = table.asked(_beside_figure, columns)
    for (field, row, asked), (_field, _row, asked_beside) in zip(
        table.asked(_read_row, columns), with_figure, strict=True
    ):
        located, evidence, strays = _own_row(grid, row, columns, asked, asked_beside)
        if located.cells and field.type == "count" and (told := notes.get(row) or scale):
            located = _refused(located, f"{_shown(located)}（{told}）")
        if evidence:
            cells[field.evidence_key] = evidence
        remarks += strays
        key = field.key
        cells[key] = _united(cells[key], located) if key in cells else located
    for key in words.notes_of:
        for row in table.rows.get(key, ()):
            located = grid.ask(row, _read_notes, (words, row, columns))
            cells[key] = _united(cells[key], located) if key in cells else located
    for key, row in doubtful.items():
        if key not in cells:
            cells[key] = Located(
                (), row, columns.entry or 0, "value-refused", _row_text(grid.rows[row], words, columns)
            )
    return Layout(cells, tuple(sorted(remarks)), table.anchors(columns.words or 0), columns.heading)


def _refused(located: Located, context: str) -> Located:
    return replace(located, cells=(), code="value-refused", context=context)


def _shown(located: Located) -> str:
    return " ".join(quoted(cell_text(cell)) for _row, _column, cell in located.cells)


_About = tuple[FormWords, str, int, Columns]
_Asked = Asked[_About, Any]
_Strays = list[tuple[int, int, str]]
_Beside = tuple[Located | None, _Strays]
_Row = tuple[Located, Located | None, _Strays]


def _own_row(grid: Grid, row: int, columns: Columns, asked: "_Asked", asked_beside: "_Asked") -> _Row:
    """The entry of a row, its evidence, and what else was written into it; from memory, if it was read before."""
    line, entry = grid.lines[row], columns.entry
    if not line.figures:
        return line.answer(asked)  # type: ignore[no-any-return]
    if entry is not None and line.figures == (entry,) and (beside := line.answer(asked_beside)):
        return _figure_at(row, entry, grid.rows[row][entry]), *beside
    return _read_row(grid.rows[row], asked.about)


@lru_cache(maxsize=8192)
def _figure_at(row: int, column: int, cell: Cell) -> Located:
    return Located(((row, column, cell),), row, column)


def _beside_figure(cells: Sequence[Cell], about: _About) -> _Beside | None:
    """The same of a row with a figure where the entries are, but for that; None where it is not just read as it is.

    What is found of one figure there is found of any other.
    """
    located, evidence, strays = _read_row(cells, about)
    columns = about[-1]
    is_found = located.code is None and [column for _row, column, _cell in located.cells] == [columns.entry]
    return (evidence, strays) if is_found and located.column == columns.entry else None


def _read_row(cells: Sequence[Cell], about: _About) -> _Row:
    words, key, row, columns = about
    field = words.fields[key]
    label_at = _label_column(cells, field, columns)
    unit_at = _unit_column(cells, field, columns, label_at)
    zone = _zone(cells, columns, label_at, unit_at)
    inside: list[tuple[int, int, Cell]] = []
    strays: _Strays = []
    evidence: Located | None = None
    for column, cell in enumerate(cells):
        if cell == "" or column in (label_at, unit_at, columns.numbers):
            continue
        if column in columns.aside:
            if not looks_like_value(cell_text(cell)) and cell not in words.printed:
                strays.append((row, column, cell_text(cell)))
            continue
        if column == columns.check and (cell == "✓" or not looks_like_value(cell_text(cell))):
            continue
        if column in zone:
            if cell_text(cell) != "":
                inside.append((row, column, cell))
        elif cell in words.printed or words.is_keys(cell):
            continue
        elif column == columns.evidence and (field.evidence or not looks_like_value(cell_text(cell))):
            evidence = Located(((row, column, cell),), row, column)
        elif cell_text(cell) != "":
            strays.append((row, column, cell_text(cell)))
    located = _entry(inside, row, zone, columns)
    if located.code is None:
        located = _with_unit(located, words, field, columns, unit_at)
        located = _beside(located, columns)
    located = _with_label(located, cells, words, field, row, label_at, columns)
    said = [text for _row, _column, text in strays]
    said += [cell_text(cell) for _row, _column, cell in evidence.cells] if evidence else []
    if not located.cells and located.code is None:
        values = [text for _row, _column, text in strays if looks_like_value(text)]
        if evidence and field.evidence and looks_like_value(cell_text(evidence.cells[0][2])):
            values.append(cell_text(evidence.cells[0][2]))
        if values:
            located = _refused(located, _row_text(cells, words, columns))
    if located.code != "value-refused" and (corrected := next(filter(corrects_a_figure, said), None)):
        located = _refused(located, f"{_shown(located)} {quoted(corrected)}".strip())
    if field.evidence and evidence is None and columns.evidence is not None:
        evidence = Located((), row, columns.evidence)
    kept = [each for each in strays if not _is_number(each[2]) and not _is_printed_nearly(each[2], words)]
    return located, evidence, kept


def _entry(inside: Sequence[tuple[int, int, Cell]], row: int, zone: range, columns: Columns) -> Located:
    """What stands where an entry may stand; refused where two columns could hold it."""
    place = columns.entry if columns.entry is not None else zone.start if zone else 0
    located = Located(tuple(inside), row, inside[0][1] if inside else place)
    if inside and columns.rivals:
        shown = described([(column, quoted(cell_text(cell))) for _row, column, cell in inside], columns.headings)
        return replace(_refused(located, shown), column=place)
    return located


def _beside(located: Located, columns: Columns) -> Located:
    """Refused where something stands beside an entry that is empty: it may be of another column."""
    if len(located.cells) != 1 or columns.entry in (None, located.column) or located.code == "value-refused":
        return located
    assert columns.entry is not None  # noqa: S101
    return replace(_refused(located, _shown(located)), column=columns.entry)


def _label_column(cells: Sequence[Cell], field: Field, columns: Columns) -> int | None:
    label = field.blank.words
    if columns.words is not None and columns.words < len(cells) and cells[columns.words] == label:
        return columns.words
    folded = fold(label)
    same = (column for column, cell in enumerate(cells) if isinstance(cell, str) and fold(cell) == folded)
    return next(same, columns.words)


def _unit_column(cells: Sequence[Cell], field: Field, columns: Columns, label_at: int | None) -> int | None:
    """The column of the unit, where it stands there as printed."""
    unit = field.blank.unit
    if not unit:
        return None
    if columns.unit is not None and columns.unit < len(cells) and cells[columns.unit] == unit:
        return columns.unit
    # From the right: an entry may repeat its unit, the unit's own cell is the last. Not folded: /人次 is a unit with a
    # nil in front of it.
    for column in range(len(cells) - 1, label_at if label_at is not None else -1, -1):
        cell = cells[column]
        is_unit = isinstance(cell, str) and narrow(cell).strip(" ()") == narrow(unit)
        if is_unit and column not in (columns.entry, columns.evidence):
            return column
    return None


def _zone(cells: Sequence[Cell], columns: Columns, label_at: int | None, unit_at: int | None) -> range:
    """The columns in which an entry may stand: behind the words, up to the unit or else the evidence."""
    if label_at is None:
        return range(columns.entry, columns.entry + 1) if columns.entry is not None else range(0)
    start = columns.unit if columns.behind and columns.unit is not None else label_at
    ends = [each for each in (unit_at, columns.evidence, columns.check, len(cells)) if each is not None]
    zone = range(start + 1, next((each for each in ends if each > start), len(cells)))
    if columns.entry is not None and columns.entry not in zone:
        # The columns were reordered.
        return range(columns.entry, columns.entry + 1)
    return zone


def _with_unit(located: Located, words: FormWords, field: Field, columns: Columns, unit_at: int | None) -> Located:
    """Where the cell of the unit says something else, that belongs to what was typed: 3 and 万人次 are not 3."""
    unit, place = field.blank.unit, columns.unit
    if not unit or unit_at is not None or place is None or len(located.cells) != 2:
        return located
    (row, column, value), (_same, last, other) = located.cells
    if last != place or not isinstance(other, str) or looks_like_value(other):
        return located
    text = f"{cell_text(value)}{other}"
    if fold(other) in words.folded_units:
        # The unit of another blank: words and entry have come apart.
        return replace(located, cells=(), code="value-refused", context=f"{field.blank.words} {text}")
    expected = f"{field.blank.words}（）{unit}"
    return replace(located, cells=((row, column, text),), code="value-aligned", context=text, expected=expected)


def _with_label(
    located: Located,
    cells: Sequence[Cell],
    words: FormWords,
    field: Field,
    row: int,
    label_at: int | None,
    columns: Columns,
) -> Located:
    """Where the words were changed: they may hold the value, be another's, or be only reworded."""
    typed = cell_text(cells[label_at]) if label_at is not None and label_at < len(cells) else ""
    label = field.blank.words
    if typed == label:
        return located
    rest = _behind_words(typed, label)
    if rest is not None and not rest.strip(_EDGES + "（）()"):
        return located
    context, expected = _row_text(cells, words, columns), f"{label}（）{field.blank.unit}"
    if located.cells and (denial(typed, label) or (rest and is_scaled(rest))):
        return _refused(located, context)
    bracketed = _IN_BRACKETS.fullmatch(rest) if rest is not None else None
    if rest is not None and looks_like_value(bracketed.group(1) if bracketed else rest.strip(_EDGES)):
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
        unread = rest is None and typed and looks_like_value(typed)
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


def _read_notes(cells: Sequence[Cell], about: tuple[FormWords, int, Columns]) -> Located:
    words, row, columns = about
    filled = [
        (row, column, cell)
        for column, cell in enumerate(cells)
        if cell != "" and cell not in words.printed and not words.is_keys(cell) and cell_text(cell) != ""
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


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,，%+-]*", narrow(text)))


def _bare_number(text: str) -> str:
    """What two spellings of the same figure share: 3次 and 3."""
    text = narrow(text).strip()
    digits = re.match(r"\d+(?=\D{0,4}$)", text)
    return digits.group() if digits else text


def _is_printed_nearly(text: str, words: FormWords) -> bool:
    """Whether a text is the name or requirement of an item, a little changed."""
    from rapidfuzz import fuzz

    folded = fold(text)
    printed = words.folded_requirements.split("\n")
    return len(folded) > 5 and any(fuzz.ratio(folded, other) > _SURELY for other in printed)


def _row_text(cells: Sequence[Cell], words: FormWords, columns: Columns) -> str:
    """The words, the unit and the figures of a row; not what else was written there, which may be about a person."""
    texts = [
        quoted(cell_text(cell))
        for column, cell in enumerate(cells)
        if cell not in words.printed and not words.is_keys(cell) and column != columns.numbers
        if column in (columns.words, columns.unit)
        or looks_like_value(cell_text(cell))
        or fold(cell_text(cell)) in words.by_words
    ]
    return " ".join(filter(None, texts))
