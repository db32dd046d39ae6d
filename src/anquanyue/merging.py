"""From accepted submissions to one frame: a row a unit, a column a field, and where each value came from."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from anquanyue.campaign.model import Field, Form
from anquanyue.checking.figures import figures
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_BETWEEN: Final = "；"
_NOTHING: Final[Mapping[str, Sequence[Submission]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures side by side: a row a unit, a column a field.

    Attributes:
        numbers: A count, 1 for a yes and 0 for a no; NaN is a value that is blank or could not be read, or a text.
        approximate: Whether the unit wrote the value as an approximation, or one of its addends.
        decided: Whether the coordinator decided the value, or one of its addends.
        incomplete: Whether there is a value, but one of the rounds that add up has none.
    """

    numbers: "NDArray[np.float64]"
    approximate: "NDArray[np.bool_]"
    decided: "NDArray[np.bool_]"
    incomplete: "NDArray[np.bool_]"


@dataclass(frozen=True)
class Merged:
    """The accepted submissions of one form, side by side, as arrays and as pandas frames.

    pandas takes a fifth of a second to import, and is imported when a frame is asked for.

    Attributes:
        figures: A row a unit, a column a field of the form.
        sources: The file of each unit; of several that are added up all of them, with `；` between.
        rounds: Each unit's submissions, the last one last; the order of the units is that of the rows.
    """

    form: Form
    figures: Figures
    sources: Mapping[str, str]
    rounds: Mapping[str, Sequence[Submission]]

    def of(self, fields: Sequence[Field]) -> Figures:
        """The figures of these fields of the form, in their order."""
        places = {field.key: place for place, field in enumerate(self.form.fields)}
        columns = [places[field.key] for field in fields]
        return Figures(*(getattr(self.figures, each)[:, columns] for each in Figures.__slots__))

    def by_unit(self, fields: Sequence[Field]) -> Mapping[str, list[int | None]]:
        """Each unit's figures in the order of the fields; None is missing, a yes is 1 and a no 0."""
        numbers = self.of(fields).numbers
        missing = np.isnan(numbers)
        rows: list[list[int | None]] = np.where(missing, 0, numbers).astype(np.int64).tolist()
        for row, column in zip(*missing.nonzero(), strict=True):
            rows[row][column] = None
        return dict(zip(self.rounds, rows, strict=True))

    def marked(self, marks: "NDArray[np.bool_]") -> Mapping[str, set[int]]:
        """By unit the columns in which it is marked; units without a mark are absent."""
        units = list(self.rounds)
        found: dict[str, set[int]] = {}
        for row, column in zip(*marks.nonzero(), strict=True):
            found.setdefault(units[row], set()).add(int(column))
        return found

    @cached_property
    def values(self) -> "pd.DataFrame":
        """Index `unit`, a column a field; counts are Int64, yes/no boolean, all others string (a date in ISO form).

        <NA> is a value that is blank or could not be read, never a zero.
        """
        import pandas as pd

        latest = [rounds[-1] for rounds in self.rounds.values()]
        columns = {
            field.key: _column(field, numbers) if field.reported else _texts(field, latest)
            for field, numbers in zip(self.form.fields, self.figures.numbers.T, strict=True)
        }
        return pd.DataFrame(columns, index=pd.Index(list(self.rounds), name="unit", dtype="object"))

    @cached_property
    def approximate(self) -> "pd.DataFrame":
        """Same shape as `values`, bool."""
        return self._frame(self.figures.approximate)

    @cached_property
    def decided(self) -> "pd.DataFrame":
        """Same shape as `values`, bool."""
        return self._frame(self.figures.decided)

    @cached_property
    def incomplete(self) -> "pd.DataFrame":
        """Same shape as `values`, bool."""
        return self._frame(self.figures.incomplete)

    def _frame(self, marks: "NDArray[np.bool_]") -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame(marks, index=self.values.index, columns=self.values.columns)

    @cached_property
    def places(self) -> "pd.DataFrame":
        """Same shape as `values`; `path#sheet!cell` of each, the line of decisions.csv where it was decided.

        <NA> where there is no value. Of a value that is the sum of several rounds all of them, with `；` between.
        """
        import pandas as pd

        rows = [[_place(rounds, field) for field in self.form.fields] for rounds in self.rounds.values()]
        return pd.DataFrame(rows, index=self.values.index, columns=self.values.columns, dtype="string")


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
    lacking = np.array([rounds[-1].path in incomplete for rounds in rows.values()], dtype=bool)
    adds = any(field.period == "period" for field in form.fields)
    return Merged(
        form=form,
        figures=_summed(list(rows.values()), form, lacking),
        sources={
            unit: _BETWEEN.join(each.path for each in (rounds if adds else rounds[-1:]))
            for unit, rounds in rows.items()
        },
        rounds=rows,
    )


def _summed(rows: Sequence[Sequence[Submission]], form: Form, lacking: "NDArray[np.bool_]") -> Figures:
    """Of a count by round the sum over the rounds, of a yes/no a yes where there is any, of all else the last round's.

    Args:
        rows: Each unit's submissions, the last one last.
        form: Whose fields they are.
        lacking: Of which units a whole round is missing.
    """
    fields = form.fields
    submissions = [each for rounds in rows for each in rounds]
    numbers = _numbers(submissions, fields)
    approximate, decided = _marks(submissions, fields)
    lengths = np.array([len(rounds) for rounds in rows], dtype=np.intp)
    ends = np.cumsum(lengths)
    if not rows:
        return Figures(numbers, approximate, decided, np.zeros_like(decided))

    def together(function: np.ufunc, parts: "NDArray[Any]") -> "NDArray[Any]":
        found: NDArray[Any] = function.reduceat(parts, ends - lengths, axis=0)
        return found

    by_round = np.array([field.period == "period" for field in fields])
    asked = np.array([field.type == "yes_no" for field in fields])
    yes = asked & (numbers == 1)
    any_yes = together(np.logical_or, yes)
    last = np.zeros((len(submissions), 1), dtype=bool)
    last[ends - 1] = True
    counting = np.where(np.repeat(any_yes, lengths, axis=0), yes, by_round | last)
    known = counting & ~np.isnan(numbers)
    number_known = together(np.add, known.astype(np.intp))
    total = together(np.add, np.where(known, numbers, 0))
    gaps = number_known < together(np.add, counting.astype(np.intp))
    without_round = lacking[:, np.newaxis] & by_round & ~any_yes
    return Figures(
        # Of several yes/no, which are all the same here, the one.
        numbers=np.where(number_known > 0, np.where(asked, any_yes, total), np.nan),
        approximate=together(np.logical_or, counting & approximate),
        decided=together(np.logical_or, counting & decided),
        incomplete=(number_known > 0) & (without_round | gaps),
    )


def _numbers(submissions: Sequence[Submission], fields: Sequence[Field]) -> "NDArray[np.float64]":
    """The figures among the fields; NaN in the columns of the others."""
    found = np.full((len(submissions), len(fields)), np.nan)
    found[:, [field.reported for field in fields]] = figures(submissions, [field for field in fields if field.reported])
    return found


def _marks(submissions: Sequence[Submission], fields: Sequence[Field]) -> "tuple[NDArray[np.bool_], NDArray[np.bool_]]":
    """Which entries are approximations, and which were decided: a row a submission, a column a field."""
    approximate = np.zeros((len(submissions), len(fields)), dtype=bool)
    decided = np.zeros_like(approximate)
    columns = {field.key: column for column, field in enumerate(fields)}
    for row, submission in enumerate(submissions):
        for key, entry in submission.entries.items():
            if (entry.approximate or entry.decided) and key in columns:
                approximate[row, columns[key]] = entry.approximate
                decided[row, columns[key]] = entry.decided
    return approximate, decided


def _column(field: Field, numbers: "NDArray[np.float64]") -> "pd.api.extensions.ExtensionArray":
    import pandas as pd

    missing = np.isnan(numbers)
    plain = np.where(missing, 0, numbers)
    if field.type == "yes_no":
        return pd.arrays.BooleanArray(plain.astype(bool), missing)
    return pd.arrays.IntegerArray(plain.astype(np.int64), missing)


def _texts(field: Field, submissions: Sequence[Submission]) -> "pd.api.extensions.ExtensionArray":
    import pandas as pd

    values = (submission.usable(field) for submission in submissions)
    texts = [
        None if each is None else each.isoformat() if isinstance(each, datetime.date) else str(each) for each in values
    ]
    return pd.array(texts, dtype="string")


def _place(rounds: Sequence[Submission], field: Field) -> str | None:
    """Where a unit's value of a field comes from."""
    counting = rounds if field.period == "period" else rounds[-1:]
    if field.type == "yes_no" and (yes := [each for each in rounds if each.usable(field) is True]):
        counting = yes
    entries = [(each.path, each.entries[field.key]) for each in counting if each.usable(field) is not None]
    return _BETWEEN.join(entry.place if entry.decided else f"{path}#{entry.place}" for path, entry in entries) or None
