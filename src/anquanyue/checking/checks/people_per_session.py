"""More people a session than can be believed."""

from collections.abc import Iterator
from math import floor
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Pair
from anquanyue.checking.checks.outliers import out_of_line
from anquanyue.checking.context import Columns, Context
from anquanyue.checking.spread import comparable, spread
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TYPES: Final = (
    FindingType(
        "people-per-session",
        "warning",
        mark(
            "“{label}” is {value}, and “{sessions_label}” {sessions}: {people} each time, where at most {most} are to "
            "be expected"
        ),
        mark("ask the unit which of the two is wrong; if both are right, accept this finding"),
        dimension="consistency",
        title=mark("More people a session than can be believed"),
        explanation=mark(
            "Of two figures that belong together, such as lectures and their audience, the people a session are "
            "compared with those of the other units, in the same way as a figure alone; and where people meet face "
            "to face they must not be more than the campaign file says (most_per_session in outliers). Where one of "
            "the two figures is far out of line by itself, only that is reported. Both count as they are."
        ),
        instruction=mark("one of the two is wrong, it seems: correct it; if both are right, leave them as they are"),
    ),
)


_ALWAYS_BELIEVED: Final = 50
"""So many people a session are nothing unusual, however few the others had."""


def check(context: Context) -> Iterator[Finding]:
    """A finding for each pair with far more people a session than usual, or than can be believed."""
    for columns in context.columns:
        if columns.form.pairs:
            yield from _crowded(columns, context)


def _crowded(columns: Columns, context: Context) -> Iterator[Finding]:
    import numpy as np

    pairs, fields = columns.form.pairs, columns.counts
    index = {field.key: number for number, field in enumerate(fields)}
    first, second = (np.array([index[pair.fields[side]] for pair in pairs]) for side in (0, 1))
    numbers = columns.numbers
    sessions, people = numbers[:, first], numbers[:, second]
    usable = (sessions > 0) & (people > 0)
    each_time = np.divide(people, sessions, out=np.full(people.shape, np.nan), where=usable)
    most = _most(columns, context, each_time)
    said = out_of_line(columns, context)
    for row, column in np.argwhere((each_time > most) & ~said[:, first] & ~said[:, second]):
        yield from _finding(columns, row, pairs[column], each_time[row, column], most[row, column])


def _most(columns: Columns, context: Context, each_time: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """How many people a session are to be expected, of each submission and pair: as usual, or as can be believed."""
    import numpy as np

    settings = context.campaign.outliers
    face_to_face = np.array([pair.severity == "error" for pair in columns.form.pairs])
    most = np.tile(np.where(face_to_face, float(settings.most_per_session), np.inf), (len(each_time), 1))
    for rows in comparable(columns, context):
        usual = spread(np.log(each_time[rows]), settings)
        highest = np.where(usual.assessable, np.exp(usual.median + usual.width), np.inf)
        most[rows] = np.minimum(most[rows], np.maximum(highest, _ALWAYS_BELIEVED))
    return most


def _finding(columns: Columns, row: int, pair: Pair, each_time: float, most: float) -> Iterator[Finding]:
    submission = columns.submissions[row]
    sessions, people = (columns.form.field(key) for key in pair.fields)
    entry, sessions_entry = submission.entries[people.key], submission.entries[sessions.key]
    if entry.decided and sessions_entry.decided:
        return  # What the coordinator decided is settled.
    yield Finding(
        code="people-per-session",
        path=submission.path,
        place=entry.place,
        form=columns.form.key,
        field=people.key,
        value=entry.value,
        parameters={
            "label": people.label,
            "sessions_label": sessions.label,
            "sessions": sessions_entry.value,
            "people": floor(each_time),
            "most": floor(most),
        },
    )
