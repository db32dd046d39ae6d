"""From accepted submissions to one frame: a row a unit, a column a field, and where each value came from."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from anquanyue.campaign.model import Field, Form
from anquanyue.reading.submission import Submission, Value

Dtype = Literal["Int64", "boolean", "string"]

_DTYPES: Final[Mapping[str, Dtype]] = {"count": "Int64", "yes_no": "boolean"}


@dataclass(frozen=True, slots=True)
class Merged:
    """The accepted submissions of one form, side by side.

    Attributes:
        values: Index `unit`, a column a field; counts are Int64, yes/no boolean, all others string (a date in ISO
            form). <NA> is a value that is blank or could not be read, never a zero.
        places: Same shape; `path#sheet!cell` of each value, the line of decisions.csv where it was decided, <NA> where
            there is no value.
        approximate: Same shape, bool: the unit wrote the value as an approximation.
        decided: Same shape, bool: the coordinator decided the value.
        sources: The file of each unit.
    """

    values: pd.DataFrame
    places: pd.DataFrame
    approximate: pd.DataFrame
    decided: pd.DataFrame
    sources: Mapping[str, str]


def merge(submissions: Iterable[Submission], form: Form) -> Merged:
    """Merge the accepted submissions of `form`, in the order given.

    Raises:
        ValueError: An accepted submission has no unit, or two are of the same unit: it would count twice.
    """
    accepted: dict[str, Submission] = {}
    for submission in submissions:
        if submission.status != "accepted" or submission.form != form.key:
            continue
        if submission.unit is None or submission.unit in accepted:
            raise ValueError(f"accepted without a unit of its own: {submission.path}")
        accepted[submission.unit] = submission
    index = pd.Index(list(accepted), name="unit", dtype="object")
    values: dict[str, pd.Series] = {}
    places: dict[str, pd.Series] = {}
    approximate: dict[str, list[bool]] = {}
    decided: dict[str, list[bool]] = {}
    for field in form.fields:
        found = [_value(submission, field) for submission in accepted.values()]
        values[field.key] = pd.Series(found, index=index, dtype=_DTYPES.get(field.type or "", "string"))
        origins = [
            None if value is None else _place(submission, field)
            for submission, value in zip(accepted.values(), found, strict=True)
        ]
        places[field.key] = pd.Series(origins, index=index, dtype="string")
        entries = [submission.entries.get(field.key) for submission in accepted.values()]
        approximate[field.key] = [entry is not None and entry.approximate for entry in entries]
        decided[field.key] = [entry is not None and entry.decided for entry in entries]
    return Merged(
        values=pd.DataFrame(values, index=index),
        places=pd.DataFrame(places, index=index),
        approximate=pd.DataFrame(approximate, index=index, dtype="bool"),
        decided=pd.DataFrame(decided, index=index, dtype="bool"),
        sources={unit: submission.path for unit, submission in accepted.items()},
    )


def _value(submission: Submission, field: Field) -> Value | None:
    """The usable value as the field's column takes it."""
    value = submission.usable(field)
    if value is None or field.reported:
        return value
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _place(submission: Submission, field: Field) -> str:
    entry = submission.entries.get(field.key)
    if entry and entry.decided:
        return entry.place
    return f"{submission.path}#{entry.place}" if entry else submission.path
