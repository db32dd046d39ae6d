"""What arrived for each unit and round, and when."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from anquanyue.campaign.model import Campaign, Roster
from anquanyue.checking.arrival import Source, arrived, dated
from anquanyue.checking.hierarchy import Means, reports
from anquanyue.reading.submission import Submission

Place = tuple[str, str, str]
"""The keys of a unit, a duty and a round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something that was received.

    Attributes:
        day: When, or None where nothing tells.
        source: What tells the day.
        path: The file.
        means: By whose form a unit reports.
    """

    day: datetime.date | None
    source: Source | None
    path: str
    means: Means = "own"


def received(
    submissions: Iterable[Submission], campaign: Campaign, roster: Roster | None
) -> dict[Place, list[Arrival]]:
    """What arrived for each unit, duty and round; superseded forms arrived, too."""
    found: dict[Place, list[Arrival]] = {}
    duties = {form.key: campaign.duty_of(form) for form in campaign.forms}
    for unit, means, form, submission in reports(submissions, campaign, roster):
        place = (unit, duties[form.key].key, submission.round)
        day = arrived(submission.path, campaign, written=dated(submission, form), modified=submission.modified)
        found.setdefault(place, []).append(Arrival(day=day.day, source=day.source, path=submission.path, means=means))
    return found


def first(arrivals: Iterable[Arrival]) -> Arrival | None:
    """What arrived first: a unit that sent in time and corrected later was in time."""
    return min(arrivals, key=_age, default=None)


def _age(each: Arrival) -> tuple[bool, datetime.date, str]:
    return each.day is None, each.day or datetime.date.max, each.path
