"""The figures of many submissions side by side."""

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from anquanyue.campaign.model import Field
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TEXT: Final = attrgetter("text")
_VALUE: Final = attrgetter("value")


def figures(submissions: Sequence[Submission], fields: Sequence[Field]) -> "NDArray[np.float64]":
    """What counts for each of the fields, all of them reported: a row a submission, a column a field.

    A yes is 1 and a no 0; NaN is a blank, or what could not be read (`Submission.usable`). Every count is exact.
    """
    import numpy as np

    keys = [field.key for field in fields]
    kinds = [bool if field.type == "yes_no" else int for field in fields]
    found = np.empty((len(submissions), len(fields)))
    # A submission at a time: to come back to each for every field costs four times as much.
    for row, submission in enumerate(submissions):
        # Nearly all are there, written and plain; the others are asked one by one.
        there = list(map(submission.entries.get, keys))
        numbers: list[Any] = list(map(_VALUE, there)) if all(there) and all(map(_TEXT, there)) else []
        if list(map(type, numbers)) != kinds:
            numbers = [submission.usable(field) for field in fields]
        found[row] = numbers
    return np.asfortranarray(found)
