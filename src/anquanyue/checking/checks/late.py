"""What came after its deadline, by the day on which it arrived, as `status` has it."""

from collections.abc import Iterator
from typing import Final

from anquanyue.campaign.model import Campaign, Form
from anquanyue.checking.arrival import SOURCES
from anquanyue.checking.context import Context
from anquanyue.checking.received import Arrival, first, received
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import Phrase, mark
from anquanyue.reading.submission import Submission

TYPES: Final = (
    FindingType(
        "late",
        "warning",
        mark("late by {days} days: {date} ({source}), due {deadline}"),
        dimension="timeliness",
        title=mark("Arrived after its deadline"),
        explanation=mark(
            "The form arrived later than the last day on which it was due. The day is that of the folder or archive "
            "it lies in, else the 填报日期 in it, else the time of the file; the message says which, and it is only a "
            "note where the time of the file tells, which copying may change. Of several that a unit sent the first "
            "tells. The figures count all the same; the unit is only late. Nothing need be done unless lateness "
            "matters; accept the finding (采用) where the unit explained it."
        ),
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """A finding for each form that counts and of which the unit sent the first one after the deadline of its round."""
    campaign = context.campaign
    arrivals = received(context.submissions, campaign, context.roster)
    for submission, form in context.accepted():
        place = (submission.unit or "", campaign.duty_of(form).key, submission.round)
        # A form of a unit above that includes this one's figures says nothing of when this one came.
        there = first(each for each in arrivals.get(place, ()) if each.means != "parent")
        if there and (found := _late(submission, form, there, campaign)):
            yield found


def _late(submission: Submission, form: Form, there: Arrival, campaign: Campaign) -> Finding | None:
    rounds = campaign.duty_of(form).rounds
    deadline = next((each.deadline for each in rounds if each.key == submission.round), rounds[-1].deadline)
    if there.day is None or there.source is None or there.day <= deadline:
        return None
    dates = (field for field in form.fields if field.type == "date" and there.source == "written")
    field = next((each for each in dates if each.key in submission.entries), None)
    return Finding(
        code="late",
        path=submission.path,
        place=submission.entries[field.key].place if field else None,
        form=form.key,
        field=field.key if field else None,
        value=there.day.isoformat(),
        parameters={
            "days": (there.day - deadline).days,
            "date": there.day.isoformat(),
            "source": Phrase(SOURCES[there.source]),
            "deadline": deadline.isoformat(),
        },
        severity_override="info" if there.source == "file-time" else None,
    )
