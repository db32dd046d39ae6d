"""From accepted submissions to one frame: a row a unit, a column a field, and where each value came from."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

import pandas as pd

from anquanyue.campaign.model import Field, Form
from anquanyue.reading.submission import Submission, Value

Dtype = Literal["Int64", "boolean", "string"]

_DTYPES: Final[Mapping[str, Dtype]] = {"count": "Int64", "yes_no": "boolean"}


_BETWEEN: Final = "；"
_NOTHING: Final[Mapping[str, Sequence[Submission]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Merged:
    """The accepted submissions of one form, side by side.

    Attributes:
        values: Index `unit`, a column a field; counts are Int64, yes/no boolean, all others string (a date in ISO
            form). <NA> is a value that is blank or could not be read, never a zero.
        places: Same shape; `path#sheet!cell` of each value, the line of decisions.csv where it was decided, <NA> where
            there is no value. Of a value that is the sum of several rounds all of them, with `；` between.
        approximate: Same shape, bool: the unit wrote the value as an approximation, or one of its addends.
        decided: Same shape, bool: the coordinator decided the value, or one of its addends.
        incomplete: Same shape, bool: there is a value, but one of the rounds that add up has none.
        sources: The file of each unit; of several that are added up all of them, with `；` between.
    """

    values: pd.DataFrame
    places: pd.DataFrame
    approximate: pd.DataFrame
    decided: pd.DataFrame
    incomplete: pd.DataFrame
    sources: Mapping[str, str]


def merge(
    submissions: Iterable[Submission],
    form: Form,
    earlier: Mapping[str, Sequence[Submission]] = _NOTHING,
    incomplete: AbstractSet[str] = frozenset(),
) -> Merged:
    """Merge the accepted submissions of `form`, in the order given.

    Args:
        submissions: Each unit's, the last of its rounds.
        form: Whose fields become columns.
        earlier: By the path of one of them: those of earlier rounds, to which it is added in what counts by round.
        incomplete: The paths of those of which a whole round is missing.

    Raises:
        ValueError: An accepted submission has no unit, or two are of the same unit: it would count twice.
    """
    rows: dict[str, tuple[Submission, ...]] = {}
    for submission in submissions:
        if submission.status != "accepted" or submission.form != form.key:
            continue
        if submission.unit is None or submission.unit in rows:
            raise ValueError(f"accepted without a unit of its own: {submission.path}")
        rows[submission.unit] = (*earlier.get(submission.path, ()), submission)
    index = pd.Index(list(rows), name="unit", dtype="object")
    columns: dict[str, dict[str, pd.Series]] = {name: {} for name in _Cell._fields}
    for field in form.fields:
        dtypes = (_DTYPES.get(field.type or "", "string"), "string", "bool", "bool", "bool")
        parts: tuple[list[object], ...] = ([], [], [], [], [])
        for rounds in rows.values():
            # The cell is not kept: half a million of them would be slow.
            for part, found in zip(parts, _cell(rounds, field, rounds[-1].path in incomplete), strict=True):
                part.append(found)
        for name, part, dtype in zip(_Cell._fields, parts, dtypes, strict=True):
            columns[name][field.key] = pd.Series(part, index=index, dtype=dtype)
    frames = {name: pd.DataFrame(series, index=index) for name, series in columns.items()}
    adds = any(field.period == "period" for field in form.fields)
    return Merged(
        **frames,
        sources={
            unit: _BETWEEN.join(each.path for each in (rounds if adds else rounds[-1:]))
            for unit, rounds in rows.items()
        },
    )


class _Cell(NamedTuple):
    """One value of a unit, with the same words as in `Merged`."""

    values: Value | None
    places: str | None
    approximate: bool
    decided: bool
    incomplete: bool


def _cell(rounds: Sequence[Submission], field: Field, lacks_round: bool) -> _Cell:
    """A unit's value of a field.

    Of a count by round the sum over the rounds, of a yes/no a yes where there is any, of all else the last round's.
    """
    counting = rounds if field.period == "period" else rounds[-1:]
    if field.type == "yes_no" and (yes := [each for each in rounds if each.usable(field) is True]):
        counting, lacks_round = yes, False
    cells = [_one(each, field) for each in counting]
    lacks_round = lacks_round and field.period == "period"
    if len(cells) == 1:
        return cells[0]._replace(incomplete=cells[0].values is not None) if lacks_round else cells[0]
    found = [cell for cell in cells if cell.values is not None]
    counts = [cell.values for cell in found if isinstance(cell.values, int)]
    return _Cell(
        # Of several yes/no, which are all the same here, the one.
        values=sum(counts) if counts and field.type == "count" else counts[0] if counts else None,
        places=_BETWEEN.join(cell.places for cell in found if cell.places) or None,
        approximate=any(cell.approximate for cell in cells),
        decided=any(cell.decided for cell in cells),
        incomplete=bool(found) and (lacks_round or len(found) < len(cells)),
    )


def _one(submission: Submission, field: Field) -> _Cell:
    """A submission's value of a field."""
    value = submission.usable(field)
    entry = submission.entries.get(field.key)
    if entry is None:
        return _NO_CELL
    place = None
    if value is not None:
        place = entry.place if entry.decided else f"{submission.path}#{entry.place}"
        if not field.reported:
            value = value.isoformat() if isinstance(value, datetime.date) else str(value)
    return _Cell(value, place, entry.approximate, entry.decided, False)


_NO_CELL: Final = _Cell(None, None, False, False, False)
