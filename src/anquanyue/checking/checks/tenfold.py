"""A figure that is ten times the unit's previous one: a digit too many, perhaps."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from anquanyue.checking.context import Context
from anquanyue.checking.history import History, histories, step_finding
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TYPES: Final = (
    FindingType(
        "tenfold",
        "warning",
        mark(
            "“{label}” is {value}, at least ten times what the unit reported before: {previous} ({previous_round}, "
            "{other})"
        ),
        mark("check the number of digits; if the figure is right, accept this finding"),
        dimension="consistency",
        title=mark("Ten times the figure before"),
        explanation=mark(
            "The unit's figure of an earlier round was a tenth of this one or less, as in 120 and then 1,300. Often a "
            "digit was typed twice, or the unit of the figure was changed. Small figures (below 20) are not compared. "
            "The figure counts as it is."
        ),
        instruction=mark("check the number of digits, and correct the figure if it is wrong"),
    ),
)

_LEAST: Final = 20
"""From 1 to 10 is no wonder."""


def check(context: Context) -> Iterator[Finding]:
    """A finding for each figure that is ten times the unit's last one before, or more."""
    for history in histories(context):
        for step in history.steps(tenfold(history)):
            # What the coordinator decided is settled.
            if not step.entry.decided:
                yield step_finding("tenfold", step, context.campaign)


def tenfold(history: History) -> "NDArray[np.bool_]":
    """Which figures are ten times the one before, or more."""
    marked: NDArray[np.bool_] = (
        (history.before > 0) & (history.value >= 10 * history.before) & (history.value >= _LEAST)
    )
    return marked
