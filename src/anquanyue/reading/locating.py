"""A grid → the cells of a form: by its key column, else by the words of its statements.

The layout is the one that `anquanyue.writing` makes: a hidden column holds the stamp and, in each row with cells to
fill in, the keys of that row; in the row, each entry stands between its words and its unit.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from anquanyue.campaign.model import BLANKS_ARE_ZERO, Campaign, Field, Form
from anquanyue.reading.folding import fold
from anquanyue.reading.grid import Cell, Grid, cell_text
from anquanyue.writing.labels import BLANKS_ARE_ZERO_LABEL, EVIDENCE_LABEL, NOTES_LABEL
from anquanyue.writing.stamp import DERIVED, Stamp

_STAMP_COLUMNS = 3
"""How far to the right people push the hidden column by inserting columns in front of it."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a blank is: its cell, or several that claim it, or the text that was cut out of a cell.

    Attributes:
        cells: Row, column and value of what is not empty; none where the blank is empty.
        row, column: Where the entry belongs.
        code: A finding about how it was found, or None.
        context: What that finding quotes.
    """

    cells: tuple[tuple[int, int, Cell], ...]
    row: int
    column: int
    code: str | None = None
    context: str = ""


@dataclass(frozen=True, slots=True)
class LocatedForm:
    """A form that was recognised on a grid, with the cells of its fields, notes and evidence by name."""

    form: Form
    stamp: Stamp | None
    cells: Mapping[str, Located] = field(default_factory=dict)
    by_keys: bool = True


def is_derived(grid: Grid) -> bool:
    """Whether the sheet only repeats or explains: such a sheet is never read as a form."""
    return any(cell == DERIVED for _row, column, cell in grid.cells() if column < _STAMP_COLUMNS)


def find_stamp(grid: Grid) -> Stamp | None:
    """The identity of the form on the grid, or None where it was lost."""
    texts = (cell for _row, column, cell in grid.cells() if column < _STAMP_COLUMNS and isinstance(cell, str))
    return next((stamp for text in texts if (stamp := Stamp.parse(text))), None)


def locate(grid: Grid, campaign: Campaign) -> LocatedForm | None:
    """The campaign's form on the grid, or None where there is none.

    A stamp names the form; without one, it is the form of which the key column names most, or most words are there.
    """
    stamp = find_stamp(grid)
    if stamp and stamp.campaign != campaign.key:
        return None
    forms = [form for form in campaign.forms if stamp is None or form.key == stamp.form]
    found = [(form, _key_rows(grid, form)) for form in forms]
    form, rows = max(found, key=lambda each: sum(map(len, each[1].values())), default=(None, {}))
    if form is None:
        return None
    # Half of the keys: a column of ordinary words may hold one that happens to be a key.
    if sum(map(len, rows.values())) * 2 >= len(form.fields):
        return LocatedForm(form, stamp, _by_keys(grid, form, rows))
    read = [LocatedForm(each, stamp, _by_words(grid, each), by_keys=False) for each in forms]
    best = max(read, key=lambda each: len(each.cells), default=None)
    return best if best and len(best.cells) * 2 >= len(best.form.fields) else None


def _names(form: Form) -> set[str]:
    return {each.key for each in form.fields} | {item.notes_key for item in form.items} | {BLANKS_ARE_ZERO}


def _key_rows(grid: Grid, form: Form) -> dict[int, list[str]]:
    """The rows whose key column names fields of the form, with those keys; the column is the one that names most."""
    names = _names(form)
    columns: dict[int, dict[int, list[str]]] = {}
    for row, column, cell in grid.cells():
        if isinstance(cell, str) and (keys := cell.split()) and all(key in names for key in keys):
            columns.setdefault(column, {})[row] = keys
    return max(columns.values(), key=lambda rows: sum(map(len, rows.values())), default={})


def _by_keys(grid: Grid, form: Form, rows: Mapping[int, Sequence[str]]) -> dict[str, Located]:
    fields = {each.key: each for each in form.fields}
    labels = {each.key: each.blank.words for each in form.fields} | {BLANKS_ARE_ZERO: BLANKS_ARE_ZERO_LABEL}
    labels |= {item.notes_key: NOTES_LABEL for item in form.items}
    segments: dict[str, _Segment] = {}
    for row, keys in rows.items():
        for key, segment in zip(keys, _segments(grid, row, [labels[key] for key in keys]), strict=True):
            if key in segments:
                # The row was doubled: both rows claim the blank.
                segments[key] = segments[key].also(segment)
            else:
                segments[key] = segment if key not in fields else _up_to_unit(grid, segment, fields[key])
    entry_column = _usual_column(segments)
    located = {key: _locate(grid, segment, fields.get(key), entry_column) for key, segment in segments.items()}
    for each in form.fields:
        if each.evidence and each.key in segments and (evidence := _evidence(grid, segments[each.key])):
            located[each.evidence_key] = evidence
    return located


@dataclass(frozen=True, slots=True)
class _Segment:
    """The cells of a row in which an entry may be: from behind its words up to (not including) `end`."""

    row: int
    label: int | None
    end: int
    ends_at_unit: bool = False
    twin: "_Segment | None" = None

    def also(self, other: "_Segment") -> "_Segment":
        return _Segment(self.row, self.label, self.end, self.ends_at_unit, _Segment(other.row, other.label, self.end))


def _segments(grid: Grid, row: int, labels: Sequence[str]) -> list[_Segment]:
    """For each label its stretch of the row, up to the next label."""
    cells = grid.rows[row]
    starts: list[int | None] = []
    column = 0
    for label in labels:
        folded = fold(label)
        at = next((c for c in range(column, len(cells)) if fold(cell_text(cells[c])) == folded), None)
        starts.append(at)
        column = column if at is None else at + 1
    following = [next((s for s in starts[index + 1 :] if s is not None), len(cells)) for index in range(len(starts))]
    return [_Segment(row, start, end) for start, end in zip(starts, following, strict=True)]


def _up_to_unit(grid: Grid, segment: _Segment, field_: Field) -> _Segment:
    if segment.label is None or not field_.blank.unit:
        return segment
    cells, folded = grid.rows[segment.row], fold(field_.blank.unit)
    # From the right: an entry may repeat its unit, the unit's own cell is the last.
    for column in range(segment.end - 1, segment.label + 1, -1):
        if fold(cell_text(cells[column])) == folded:
            return _Segment(segment.row, segment.label, column, ends_at_unit=True)
    return segment


def _usual_column(segments: Mapping[str, _Segment]) -> int | None:
    """The column in which the entries of the table stand: in front of the units."""
    columns = Counter(segment.end - 1 for segment in segments.values() if segment.ends_at_unit)
    return columns.most_common(1)[0][0] if columns else None


def _locate(grid: Grid, segment: _Segment, field_: Field | None, entry_column: int | None) -> Located:
    cells = grid.rows[segment.row]
    if segment.label is None:
        # The words were overwritten: believe the table's column, and say so.
        row_text = " ".join(filter(None, map(cell_text, cells)))
        column = entry_column if entry_column is not None else 0
        value = cells[column] if entry_column is not None and column < len(cells) else ""
        if value == "":
            return Located((), segment.row, column, "value-refused", row_text)
        return Located(((segment.row, column, value),), segment.row, column, "value-aligned", row_text)
    start, end = segment.label + 1, segment.end
    if field_ is not None and field_.type == "yes_no" and entry_column is not None:
        end = min(end, entry_column + 1)
    filled = [(segment.row, c, cells[c]) for c in range(start, end) if cells[c] != "" and cell_text(cells[c]) != ""]
    if not segment.ends_at_unit:
        filled = filled[:1]
    if segment.twin:
        other = _locate(grid, segment.twin, field_, entry_column)
        filled += [each for each in other.cells if each[2] not in [value for _row, _column, value in filled]]
    column = filled[0][1] if filled else entry_column if segment.ends_at_unit and entry_column is not None else start
    return Located(tuple(filled), segment.row, column)


def _evidence(grid: Grid, segment: _Segment) -> Located | None:
    """What stands in the evidence column of the row."""
    columns = [column for _row, column, cell in grid.cells() if cell == EVIDENCE_LABEL]
    if not columns or columns[0] >= len(grid.rows[segment.row]):
        return None
    value = grid.rows[segment.row][columns[0]]
    filled = ((segment.row, columns[0], value),) if value != "" else ()
    return Located(filled, segment.row, columns[0])


def _by_words(grid: Grid, form: Form) -> dict[str, Located]:
    """The blanks of the form's statements, read out of the joined text of the grid's rows."""
    from anquanyue.reading.statement import How, read_statements

    aside = _labelled_rows(grid, (BLANKS_ARE_ZERO_LABEL, NOTES_LABEL, form.columns[0]))
    text, places = _joined(grid, {row for rows in aside.values() for row, _column in rows})
    set_aside = [words for item in form.items for words in (item.requirement, item.name)]
    located = {}
    for key, found in read_statements(text, form.statements, set_aside).items():
        row, column = places[min(found.start, len(places) - 1)]
        if found.how is How.REFUSED:
            located[key] = Located((), row, column, "value-refused", found.context)
            continue
        filled = ((row, column, _original(grid, row, column, found.text)),) if found.text else ()
        code = "value-aligned" if found.how is How.ALIGNED else None
        located[key] = Located(filled, row, column, code, found.context)
    # The rows that belong to no statement still say what they say; notes follow the items in order.
    labelled = dict(zip([item.notes_key for item in form.items], aside[NOTES_LABEL], strict=False))
    if aside[BLANKS_ARE_ZERO_LABEL]:
        labelled[BLANKS_ARE_ZERO] = aside[BLANKS_ARE_ZERO_LABEL][0]
    for key, (row, column) in labelled.items():
        located[key] = _locate(grid, _Segment(row, column, len(grid.rows[row])), None, None)
    return located


def _labelled_rows(grid: Grid, labels: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each of the labels stands: row and column, in order."""
    found: dict[str, list[tuple[int, int]]] = {label: [] for label in labels}
    folded = {fold(label): label for label in labels}
    for row, column, cell in grid.cells():
        if isinstance(cell, str) and (label := folded.get(fold(cell))):
            found[label].append((row, column))
    return found


def _original(grid: Grid, row: int, column: int, text: str) -> Cell:
    """The cell's own value where the slice is the whole cell, so that a date stays a date."""
    cell = grid.rows[row][column]
    return cell if cell_text(cell) == text else text


def _joined(grid: Grid, left_out: Container[int]) -> tuple[str, list[tuple[int, int]]]:
    """The text of all cells up to the evidence column, row by row, and for each character its cell."""
    evidence = next(((row, column) for row, column, cell in grid.cells() if cell == EVIDENCE_LABEL), None)
    text: list[str] = []
    places: list[tuple[int, int]] = []
    for row, column, piece in _pieces(grid, evidence):
        if row in left_out:
            continue
        text.append(piece)
        places.extend([(row, column)] * len(piece))
    return "".join(text), places or [(0, 0)]


def _pieces(grid: Grid, evidence: tuple[int, int] | None) -> Iterable[tuple[int, int, str]]:
    last_row = 0
    for row, column, cell in grid.cells():
        if evidence is None or row < evidence[0] or column < evidence[1]:
            yield row, column, ("\n" if row != last_row else " ") + cell_text(cell)
            last_row = row
