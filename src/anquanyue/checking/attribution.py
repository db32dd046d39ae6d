"""Whose a submission is: the written name against the roster, and against the stamp."""

from dataclasses import replace

from anquanyue.campaign.model import Campaign, Form, Roster, Unit
from anquanyue.findings import Finding
from anquanyue.reading.folding import narrow
from anquanyue.reading.submission import Submission


def attribute(submission: Submission, campaign: Campaign, roster: Roster | None) -> Submission:
    """The submission with its unit; rejected, with a finding, where the unit is missing, unknown or contradicted."""
    if submission.form is None:
        return submission
    form = campaign.form(submission.form)
    entry = submission.entries.get(form.unit_field.key)
    written = entry.text if entry else ""
    stamped = submission.stamp.unit if submission.stamp else ""
    if roster is None:
        unit = " ".join(written.split()) or stamped
        return replace(submission, unit=unit) if unit else _rejected(submission, form, "unit-missing")
    named = _named(written, roster) if written else None
    made_for = roster.unit(stamped) if stamped else None
    if written and named is None:
        return _rejected(submission, form, "unit-unknown", unit=written)
    if named and stamped and (made_for is None or made_for.code != named.code):
        return _rejected(submission, form, "unit-disagrees", unit=named.code, stamped=_name(made_for, stamped))
    unit_found = named or made_for
    if unit_found is None:
        return _rejected(submission, form, "unit-missing")
    return replace(submission, unit=unit_found.code)


def _named(written: str, roster: Roster) -> Unit | None:
    wanted = _normal(written)
    for unit in roster.units:
        if wanted in map(_normal, (unit.name, unit.code, *unit.aliases)):
            return unit
    return None


def _normal(name: str) -> str:
    return "".join(narrow(name).casefold().split())


def _name(unit: Unit | None, code: str) -> str:
    return unit.name if unit else code


def _rejected(submission: Submission, form: Form, code: str, unit: str | None = None, **parameters: str) -> Submission:
    entry = submission.entries.get(form.unit_field.key)
    finding = Finding(
        code=code,
        path=submission.path,
        place=entry.place if entry else None,
        form=form.key,
        field=form.unit_field.key,
        value=(entry.text or None) if entry else None,
        parameters={"label": form.unit_field.label, **parameters},
    )
    # A submission that was rejected already, as a blank form, says so and not twice.
    findings = submission.findings if submission.status == "rejected" else (*submission.findings, finding)
    return replace(submission, status="rejected", unit=unit, findings=findings)
