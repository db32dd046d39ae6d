"""Face-to-face pairs with fewer people than sessions."""

from collections.abc import Iterator
from typing import Final

from anquanyue.campaign.model import Form
from anquanyue.checking.context import Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark
from anquanyue.reading.submission import Submission

TYPES: Final = (
    FindingType(
        "pair-fewer-people",
        "warning",
        mark("“{label}” is {value}, less than “{other}”, which is {other_value}"),
        mark("ask the unit; the two may be exchanged, or one of them mistyped"),
        title=mark("Fewer people than sessions"),
        explanation=mark(
            "Where people meet face to face, at least one of them comes to every session, so that the second figure of "
            "the pair is no less than the first. Both count as they are."
        ),
        dimension="consistency",
        instruction=mark("check both figures: they may be exchanged, or one of them mistyped"),
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """A finding for each pair of severity error with fewer people than sessions; of half pairs `half_pairs` speaks."""
    for columns in context.columns:
        for pair in columns.form.pairs:
            if pair.severity == "error":
                sessions, people = (columns.values[key] for key in pair.fields)
                for row in ((people > 0) & (people < sessions)).nonzero()[0].tolist():
                    yield _finding(columns.submissions[row], columns.form, *pair.fields)


def _finding(submission: Submission, form: Form, sessions: str, people: str) -> Finding:
    entry = submission.entries[people]
    return Finding(
        code="pair-fewer-people",
        path=submission.path,
        place=entry.place,
        form=form.key,
        field=people,
        value=entry.value,
        parameters={
            "label": form.field(people).label,
            "other": form.field(sessions).label,
            "other_value": submission.entries[sessions].value,
            "fields": (people, sessions),
        },
    )
