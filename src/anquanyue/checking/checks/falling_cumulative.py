"""A figure that counts all since the start and is smaller than in the round before."""

from collections.abc import Iterator
from typing import Final

from anquanyue.checking.context import Context
from anquanyue.checking.history import History, histories, step_finding
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "cumulative-falls",
        "error",
        mark(
            "“{label}” counts all since the start (累计), but falls from {previous} ({previous_round}, {other}) to "
            "{value}"
        ),
        mark("one of the two is wrong, or this one counts its round alone; correct it"),
        dimension="consistency",
        title=mark("A cumulative figure falls"),
        explanation=mark(
            "The figure counts everything since the campaign began, so that it cannot be smaller in a later round: "
            "260 people in the first week and 240 in the second. Usually the unit wrote the figure of the second week "
            "alone. The later figure is counted until it is corrected. Where one of the two is only an approximation "
            "this is a warning."
        ),
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """A finding for each cumulative figure that is smaller than the unit's last one before."""
    for history in histories(context):
        yield from falls(history, context)


def falls(history: History, context: Context) -> Iterator[Finding]:
    """A finding for each cumulative figure that is smaller than the one before."""
    cumulative = [field.period == "cumulative" for field in history.fields]
    for step in history.steps((history.value < history.before) & cumulative):
        about = step.entry.approximate or step.previous_entry.approximate
        yield step_finding("cumulative-falls", step, context.campaign, "warning" if about else None)
