"""What came after its deadline, by the date written in it."""

import datetime
from collections.abc import Iterator
from typing import Final

from anquanyue.campaign.model import Campaign, Form
from anquanyue.checking.context import Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark
from anquanyue.reading.submission import Submission

TYPES: Final = (
    FindingType(
        "late",
        "warning",
        mark("late by {days} days: dated {date}, due {deadline}"),
        dimension="timeliness",
        title=mark("Late by its date"),
        explanation=mark(
            "The 填报日期 in the form is later than the last day on which it was due. The figures count all the same; "
            "the unit is only late. Nothing need be done unless lateness matters; accept the finding (采用) where the "
            "unit explained it."
        ),
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """A finding where a date in an accepted form is later than the last deadline of its duty."""
    for submission, form in context.accepted():
        yield from late(submission, form, context.campaign)


def late(submission: Submission, form: Form, campaign: Campaign) -> list[Finding]:
    """A finding where a date in the form is later than the last deadline of its duty."""
    deadline = campaign.duty_of(form).rounds[-1].deadline
    return [
        Finding(
            code="late",
            path=submission.path,
            place=entry.place,
            form=form.key,
            field=field.key,
            value=entry.value.isoformat(),
            parameters={
                "days": (entry.value - deadline).days,
                "date": entry.value.isoformat(),
                "deadline": deadline.isoformat(),
            },
        )
        for field in form.fields
        if field.type == "date"
        and (entry := submission.entries.get(field.key))
        and isinstance(entry.value, datetime.date)
        and entry.value > deadline
    ]
