"""Two counts of which neither makes sense without the other: sessions without people, people without sessions."""

from collections.abc import Iterator
from typing import Final

from anquanyue.campaign.model import Field, Form, Pair
from anquanyue.checking.context import Columns, Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark
from anquanyue.reading.submission import Submission

TYPES: Final = (
    FindingType(
        "pair-half-blank",
        "error",
        mark("“{other}” is {other_value}, but “{label}” is blank"),
        mark("the two belong together: fill in the blank one"),
        dimension="consistency",
        title=mark("Half of a pair is blank"),
        explanation=mark(
            "Two figures belong together, such as sessions and the people who came; one of them is positive and the "
            "other blank, as in 3 lectures without an audience. The one that is there counts, the blank one is missing "
            "in its total. Ask the unit to fill it in."
        ),
    ),
    FindingType(
        "pair-half-zero",
        "error",
        mark("“{other}” is {other_value}, but “{label}” is 0"),
        mark("the two belong together: correct the one that is wrong"),
        dimension="consistency",
        title=mark("Half of a pair is 0"),
        explanation=mark(
            "Two figures belong together, such as sessions and the people who came; one of them is positive and the "
            "other 0, as in 3 drills with nobody in them. Both count as they are written, because nobody knows which "
            "one is wrong. Ask the unit to correct the one that is."
        ),
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """A finding for each pair of which one count is positive and the other 0 or blank."""
    halved = {path for columns in context.columns for path in _halved(columns)}
    for submission, form in context.accepted():
        if submission.path in halved:
            yield from half_pairs(submission, form)


def _halved(columns: Columns) -> Iterator[str]:
    """The paths of the submissions in which there may be such a pair."""
    import numpy as np

    if not columns.form.pairs:
        return
    here, there = (
        np.column_stack([columns.values[pair.fields[side]] for pair in columns.form.pairs]) for side in (0, 1)
    )
    # Where one is missing the other must be looked at, unless it is 0.
    found = (~(here > 0) & (there != 0)) | (~(there > 0) & (here != 0))
    for row in found.any(axis=1).nonzero()[0].tolist():
        yield columns.submissions[row].path


def half_pairs(submission: Submission, form: Form) -> list[Finding]:
    """A finding for each pair of which one count is positive and the other 0 or blank."""
    findings = []
    for pair in form.pairs:
        for here, there in (pair.fields, pair.fields[::-1]):
            other = _positive(submission, there)
            entry = submission.entries.get(here)
            blank = entry is None or entry.blank
            if other is None or not (blank or (entry is not None and entry.value == 0)):
                continue
            half = form.field(here)
            zero = entry is not None and (not blank or submission.blanks_are_zero)
            findings.append(
                Finding(
                    code="pair-half-zero" if zero else "pair-half-blank",
                    path=submission.path,
                    place=entry.place if entry else None,
                    form=form.key,
                    field=here,
                    value=None if blank else 0,
                    parameters={"label": half.label, "other": form.field(there).label, "other_value": other},
                    severity_override=pair.severity,
                )
            )
    return findings


def blank_half(submission: Submission, form: Form, pair: Pair) -> Field | None:
    """The field of the pair that is blank while the other one is positive, or None."""
    for here, there in (pair.fields, pair.fields[::-1]):
        entry = submission.entries.get(here)
        if (entry is None or entry.blank) and _positive(submission, there) is not None:
            return form.field(here)
    return None


def _positive(submission: Submission, key: str) -> int | None:
    entry = submission.entries.get(key)
    return entry.value if entry and isinstance(entry.value, int) and entry.value > 0 else None
