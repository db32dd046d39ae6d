"""Figures beside those that the same unit reported in the round before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anquanyue.campaign.model import Campaign, Field
from anquanyue.checking.context import Columns, Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import Severity
from anquanyue.reading.submission import Entry, Submission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Step:
    """A unit's figure and the one that it reported last before.

    Attributes:
        submission, entry: Of the later round.
        previous, previous_entry: Of the earlier one.
    """

    field: Field
    submission: Submission
    entry: Entry
    value: int
    previous: Submission
    previous_entry: Entry
    previous_value: int


@dataclass(frozen=True, slots=True)
class History:
    """The figures of a form beside those that the same unit reported in the round before.

    Attributes:
        fields: One a column.
        value: A row a submission, NaN where there is no usable figure.
        before: Of the same shape: the unit's last figure of an earlier round, NaN where it reported none.
        origin: Of the same shape: the row of that figure, -1 where there is none.
    """

    columns: Columns
    fields: tuple[Field, ...]
    value: "NDArray[np.float64]"
    before: "NDArray[np.float64]"
    origin: "NDArray[np.intp]"

    def steps(self, where: "NDArray[np.bool_]") -> Iterator[Step]:
        """Those figures that `where` marks and that are comparable with the one before."""
        import numpy as np

        submissions = self.columns.submissions
        for row, column in np.argwhere(where):
            field, submission = self.fields[column], submissions[row]
            previous = submissions[self.origin[row, column]]
            entry, previous_entry = submission.entries[field.key], previous.entries[field.key]
            if {submission.includes_children, previous.includes_children} != {True, False}:
                value, before = int(self.value[row, column]), int(self.before[row, column])
                yield Step(field, submission, entry, value, previous, previous_entry, before)


def histories(context: Context) -> Iterator[History]:
    """One for each form that was reported in several rounds."""
    for columns in context.columns:
        rounds = [each.key for each in context.campaign.duty_of(columns.form).rounds]
        if len({each.round for each in columns.submissions if each.round in rounds}) > 1:
            yield _history(columns, rounds)


def _history(columns: Columns, rounds: Sequence[str]) -> History:
    import numpy as np

    fields = columns.counts
    value = columns.numbers
    ages = {key: age for age, key in enumerate(rounds)}
    units: dict[str, int] = {}
    unit = np.array(
        [units.setdefault("\n".join(each.covers) or each.unit or "", len(units)) for each in columns.submissions]
    )
    age = np.array([ages.get(each.round, -1) for each in columns.submissions])
    in_order = np.lexsort((age, unit))
    in_order = in_order[age[in_order] >= 0]
    unit = unit[in_order]
    # The place of each figure in that order, carried on to the next one: there is the last known one before.
    place = np.arange(len(in_order))
    known = np.where(np.isnan(value[in_order]), -1, place[:, np.newaxis])
    last = np.full(known.shape, -1)
    last[1:] = np.maximum.accumulate(known, axis=0)[:-1]
    first_of_unit = np.searchsorted(unit, unit)
    last[last < first_of_unit[:, np.newaxis]] = -1
    origin = np.full(value.shape, -1, dtype=np.intp)
    origin[in_order] = np.where(last < 0, -1, in_order[last])
    before = np.where(origin < 0, np.nan, np.take_along_axis(value, origin, axis=0))
    return History(columns, fields, value, before, origin)


def step_finding(code: str, step: Step, campaign: Campaign, severity: Severity | None = None) -> Finding:
    """A finding about the later figure that names the earlier submission."""
    submission, previous = step.submission, step.previous
    duty = campaign.duty_of(campaign.form(submission.form or ""))
    labels = {each.key: each.label for each in duty.rounds}
    return Finding(
        code=code,
        path=submission.path,
        place=step.entry.place,
        form=submission.form,
        field=step.field.key,
        value=step.value,
        parameters={
            "label": step.field.label,
            "previous": step.previous_value,
            "previous_round": labels.get(previous.round, previous.round),
            "other": previous.path,
        },
        severity_override=severity,
    )
