"""What is blank in a submission and should not be."""

from collections.abc import Iterator
from typing import Final

from anquanyue.campaign.model import Field, Form
from anquanyue.checking.checks.half_pairs import blank_half
from anquanyue.checking.context import Columns, Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark
from anquanyue.reading.submission import Submission

TYPES: Final = (
    FindingType(
        "fields-missing",
        "error",
        mark("{number} fields are blank: {labels}"),
        mark("fill in the figures; for what did not take place write 0, or tick “空白项均未开展，按0计”"),
        dimension="completeness",
        title=mark("Blank fields"),
        explanation=mark(
            "Figures that the form asks for were left blank. A blank is missing and never counted as zero: the total "
            "says that it lacks this unit, and all other values count. Ask the unit to fill them in with 0 where "
            "nothing took place, or to tick “空白项均未开展，按0计”."
        ),
    ),
    FindingType(
        "blanks-counted-as-zero",
        "info",
        mark("{number} blank fields count as 0, as the unit declared: {labels}"),
        dimension="completeness",
        title=mark("Blanks declared to be 0"),
        explanation=mark(
            "The unit ticked “空白项均未开展，按0计”, so that what it left blank counts as 0. The message lists these "
            "fields. Nothing need be done; look once where so much zero is surprising."
        ),
    ),
)


_MOST_LABELS = 8


def check(context: Context) -> Iterator[Finding]:
    """For each accepted submission one finding for all that is missing, or a note on what counts as 0."""
    complete = {path for columns in context.columns for path in _complete(columns)}
    for submission, form in context.accepted():
        if submission.path not in complete:
            yield from missing_fields(submission, form)


def _complete(columns: Columns) -> Iterator[str]:
    """The paths of the submissions in which nothing is blank."""
    import numpy as np

    whole = np.logical_and.reduce([~np.isnan(column) for column in columns.values.values()])
    others = [field for field in columns.form.fields if not field.reported]
    for row in whole.nonzero()[0].tolist():
        submission = columns.submissions[row]
        # A blank that counts as 0 is a blank all the same.
        if not submission.blanks_are_zero and not any(_absent(submission, field) for field in others):
            yield submission.path


def missing_fields(submission: Submission, form: Form) -> list[Finding]:
    """One finding for all fields that are blank and should not be; those of a half-filled pair have their own.

    Of a blank name of the unit attribution speaks, which often knows it all the same.

    Where the unit declared that blanks did not take place, one note on which figures count as 0.
    """
    absent = [field for field in form.fields if _absent(submission, field)]
    findings = []
    if submission.blanks_are_zero:
        # A blank that was not found at all is no blank that was left empty.
        if zeros := [field for field in absent if field.reported and field.key in submission.entries]:
            findings.append(_grouped("blanks-counted-as-zero", submission, form, zeros))
        absent = [field for field in absent if field not in zeros]
    halves = {
        half.key for pair in form.pairs if pair.severity == "error" and (half := blank_half(submission, form, pair))
    }
    if missing := [field for field in absent if field.required and field.type != "unit" and field.key not in halves]:
        findings.append(_grouped("fields-missing", submission, form, missing))
    return findings


def _absent(submission: Submission, field: Field) -> bool:
    entry = submission.entries.get(field.key)
    return entry is None or entry.blank


def _grouped(code: str, submission: Submission, form: Form, fields: list[Field]) -> Finding:
    labels = "、".join(field.label for field in fields[:_MOST_LABELS]) + ("…" if len(fields) > _MOST_LABELS else "")
    only = fields[0] if len(fields) == 1 else None
    entry = submission.entries.get(fields[0].key)
    return Finding(
        code=code,
        path=submission.path,
        place=entry.place if entry else None,
        form=form.key,
        field=only.key if only else None,
        parameters={"number": len(fields), "labels": labels, "fields": tuple(field.key for field in fields)},
    )
