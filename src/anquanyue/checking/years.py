"""Forms of another year: the date in them is long before the campaign."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from anquanyue.campaign.model import Campaign, Field
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission

_LONG_BEFORE: Final = datetime.timedelta(days=180)


def reject_other_years(submissions: Iterable[Submission], campaign: Campaign) -> list[Submission]:
    """The submissions in their order; what is dated in an earlier year, long before the start, is rejected."""
    dates = {form.key: [field for field in form.fields if field.type == "date"] for form in campaign.forms}
    return [_checked(submission, dates, campaign) for submission in submissions]


def _checked(submission: Submission, dates: Mapping[str, Sequence[Field]], campaign: Campaign) -> Submission:
    if submission.status != "accepted" or submission.form is None:
        return submission
    for field in dates[submission.form]:
        entry = submission.entries.get(field.key)
        date = entry.value if entry else None
        if (
            entry
            and isinstance(date, datetime.date)
            and date.year != campaign.start.year
            and date < campaign.start - _LONG_BEFORE
        ):
            finding = Finding(
                code="form-other-year",
                path=submission.path,
                place=entry.place,
                form=submission.form,
                field=field.key,
                value=date.isoformat(),
                parameters={"label": field.label, "year": date.year},
            )
            return replace(submission, status="rejected", findings=(*submission.findings, finding))
    return submission
