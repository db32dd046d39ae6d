"""Completeness: what is missing from a submission, and who sent nothing."""

from collections.abc import Iterable

from anquanyue.campaign.model import Campaign, Field, Form, Roster
from anquanyue.checking.consistency import blank_half
from anquanyue.checking.hierarchy import reported
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission

_MOST_LABELS = 8


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
        parameters={"number": len(fields), "labels": labels},
    )


def not_reported(submissions: Iterable[Submission], campaign: Campaign, roster: Roster | None) -> list[Finding]:
    """One finding for each form that a unit of the roster owes and that neither it nor another reports for it."""
    if roster is None:
        return []
    arrived = reported(submissions, campaign, roster)
    return [
        Finding(
            code="not-reported",
            unit=unit.code,
            form=form.key,
            parameters={
                "form_label": form.label,
                "deadline": campaign.duty_of(form).rounds[-1].deadline.isoformat(),
            },
        )
        for unit in roster.units
        for form in campaign.owed_forms(unit.group)
        if unit.code not in arrived[form.key]
    ]
