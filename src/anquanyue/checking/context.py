"""What a check looks at: the submissions after it was decided which of them count, also as columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from anquanyue.campaign.model import Campaign, Field, Form, Roster
from anquanyue.checking.figures import figures
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Columns:
    """The accepted submissions of one form, side by side.

    Attributes:
        submissions: In order.
        values: By the key of each figure its column, a value for each of them in the same order: a count, 1 for a yes
            and 0 for a no; NaN where it is blank or could not be read.
    """

    form: Form
    submissions: tuple[Submission, ...]
    values: "Mapping[str, NDArray[np.float64]]"

    @cached_property
    def counts(self) -> tuple[Field, ...]:
        """The fields that are counts, in order."""
        return tuple(field for field in self.form.fields if field.type == "count")

    @cached_property
    def numbers(self) -> "NDArray[np.float64]":
        """The values of the counts: a row a submission, a column a count."""
        import numpy as np

        columns = [self.values[field.key] for field in self.counts]
        return np.column_stack(columns) if columns else np.empty((len(self.submissions), 0))


@dataclass(frozen=True)
class Context:
    """Everything that was sent, with its final status.

    Attributes:
        submissions: In order; those that count are accepted.
    """

    campaign: Campaign
    roster: Roster | None
    submissions: tuple[Submission, ...]

    def accepted(self) -> Iterator[tuple[Submission, Form]]:
        """Each submission that counts, with its form."""
        for submission in self.submissions:
            if submission.status == "accepted" and submission.form is not None:
                yield submission, self.campaign.form(submission.form)

    @cached_property
    def columns(self) -> tuple[Columns, ...]:
        """The figures of each form that asks for any."""
        return tuple(self._columns(form) for form in self.campaign.forms if form.reported_fields)

    def _columns(self, form: Form) -> Columns:
        submissions = tuple(submission for submission, each in self.accepted() if each is form)
        fields = form.reported_fields
        columns = figures(submissions, fields).T
        return Columns(form, submissions, {field.key: column for field, column in zip(fields, columns, strict=True)})

    def group_of(self, submission: Submission) -> str:
        """The key of the group of the submission's unit; "" where it has none or the roster does not know it."""
        return self._groups.get(submission.unit or "", "")

    @cached_property
    def _groups(self) -> dict[str, str]:
        return {unit.code: unit.group for unit in self.roster.units} if self.roster else {}
