"""Which one counts, where a unit sent the same form several times."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from anquanyue.campaign.model import Campaign, Form
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission, Value


def select(submissions: Sequence[Submission], campaign: Campaign) -> list[Submission]:
    """The submissions in their order, of each unit and form only one still accepted.

    The newest counts, by the date written in the form, else by the time of the file; where neither tells, the first
    one counts and an error says so.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for index, submission in enumerate(submissions):
        if submission.status == "accepted" and submission.form and submission.unit:
            groups.setdefault((submission.unit, submission.form), []).append(index)
    result = list(submissions)
    for (_unit, form_key), indices in groups.items():
        form = campaign.form(form_key)
        # max keeps the first of equals.
        newest = max(indices, key=lambda index: _age(submissions[index], form))
        for index in indices:
            if index != newest:
                result[index] = _superseded(submissions[index], submissions[newest], form)
    return result


def _age(submission: Submission, form: Form) -> tuple[datetime.date, float]:
    return _date(submission, form) or datetime.date.min, submission.modified


def _date(submission: Submission, form: Form) -> datetime.date | None:
    for field in form.fields:
        entry = submission.entries.get(field.key)
        if field.type == "date" and entry and isinstance(entry.value, datetime.date):
            return entry.value
    return None


def _superseded(old: Submission, new: Submission, form: Form) -> Submission:
    if _content(old, form) == _content(new, form):
        code = "same-content"
    elif _date(old, form) != _date(new, form):
        code = "superseded-by-date"
    elif old.modified != new.modified:
        code = "superseded-by-file-time"
    else:
        code = "submission-undecided"
    finding = Finding(code=code, path=old.path, form=form.key, parameters={"other": new.path})
    return replace(old, status="superseded", findings=(*old.findings, finding))


def _content(submission: Submission, form: Form) -> dict[str, Value | str | None]:
    """What counts of a submission: the values, or the text where none could be read, without the date."""
    entries = {field.key: submission.entries.get(field.key) for field in form.fields if field.type != "date"}
    return {
        key: (entry.text if entry.value is None else entry.value) if entry else None for key, entry in entries.items()
    }
