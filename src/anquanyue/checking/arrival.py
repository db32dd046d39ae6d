"""When a file arrived and in which round it belongs, as far as folders and forms tell."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from anquanyue.campaign.model import Campaign, Duty, Form
from anquanyue.language import mark
from anquanyue.reading.folding import narrow
from anquanyue.reading.submission import Submission

Source = Literal["received", "written", "file-time"]
"""What tells a day of arrival: the folder or archive named after it (收到), the date written in the form (填报), the
time of the file (文件时间). The first that is there tells."""
SOURCES: Final[Mapping[Source, str]] = {
    "received": mark("received: the folder or archive is named after it"),
    "written": mark("written in the form"),
    "file-time": mark("time of the file"),
}
"""What they are called."""

# A date with a year, a month with a day in words or with a separator, or four digits: 2022-06-28, 6月28日, 6.28, 0628.
_DATES: Final = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-._年/ ]?(?P<month>\d{1,2})[-._月/ ]?(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?(?!\d)"),
    re.compile(r"(?<![\d.-])(?P<month>\d{1,2})[-.](?P<day>\d{1,2})(?![\d.-])"),
    re.compile(r"(?<!\d)(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
)
_CERTAIN: Final = _DATES[:2]
"""Those that are no number of a photo or a document. Beside them the last day of a stretch, as 6月1日-8日."""
_STRETCH_END: Final = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})月\d{1,2}[日号]?\s*[-—–~至到]+\s*(?P<day>\d{1,2})(?:[日号]|(?![\d月]))"
)
_BEFORE: Final = datetime.timedelta(days=60)
_AFTER: Final = datetime.timedelta(days=180)
"""Folders are named after days around the campaign; any other number in a name is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of arrival, and what tells it; None where nothing does."""

    day: datetime.date | None
    source: Source | None


def arrived(
    path: str, campaign: Campaign, *, written: datetime.date | None = None, modified: float | None = None
) -> Day:
    """When a file arrived; a day far from the campaign tells nothing, as the time of a file copied since.

    Args:
        path: Where it lies.
        campaign: Around which it may have arrived.
        written: The date in the form (`dated`).
        modified: The time of the file.
    """
    ways: tuple[tuple[Source, Callable[[], datetime.date | None]], ...] = (
        ("received", lambda: arrival(path, campaign)),
        ("written", lambda: written),
        ("file-time", lambda: _day_of(modified)),
    )
    for source, day_of in ways:
        day = day_of()
        if day and near(day, campaign):
            return Day(day=day, source=source)
    return Day(day=None, source=None)


def _day_of(modified: float | None) -> datetime.date | None:
    try:
        return datetime.datetime.fromtimestamp(modified).date() if modified else None
    except (ValueError, OverflowError, OSError):
        return None


def arrival(path: str, campaign: Campaign) -> datetime.date | None:
    """The day (收到) after which the nearest folder or archive above the file is named, or None."""
    for name in reversed(path.split("/")[:-1]):
        if date := next(_dates_in(narrow(name), campaign, _DATES), None):
            return date
    return None


def days_in_folder_name(name: str, campaign: Campaign) -> set[datetime.date]:
    """All days that the name of a folder says."""
    return set(_dates_in(narrow(name), campaign, (*_DATES, _STRETCH_END)))


def days_in_file_name(name: str, campaign: Campaign) -> set[datetime.date]:
    """All days that the name of a file says; only with a year or in words, since `0612` may be a photo's number."""
    return set(_dates_in(narrow(name), campaign, (*_CERTAIN, _STRETCH_END)))


def near(date: datetime.date, campaign: Campaign) -> bool:
    """Whether the day lies around the campaign, so that something may have arrived on it."""
    return campaign.start - _BEFORE <= date <= campaign.end + _AFTER


def _dates_in(name: str, campaign: Campaign, patterns: Iterable[re.Pattern[str]]) -> Iterator[datetime.date]:
    for pattern in patterns:
        for match in pattern.finditer(name):
            parts = {key: int(value) for key, value in match.groupdict().items()}
            try:
                date = datetime.date(parts.get("year", campaign.start.year), parts["month"], parts["day"])
            except ValueError:
                continue
            if near(date, campaign):
                yield date


def dated(submission: Submission, form: Form) -> datetime.date | None:
    """The date written in the form (填报日期), or None."""
    for field in form.fields:
        entry = submission.entries.get(field.key) if field.type == "date" else None
        if entry and isinstance(entry.value, datetime.date):
            return entry.value
    return None


def round_of(submission: Submission, form: Form, campaign: Campaign) -> str:
    """The key of the round that a submission belongs to: by its stamp, its dated folder, the date written in it."""
    duty = campaign.duty_of(form)
    if submission.stamp and submission.stamp.round in {each.key for each in duty.rounds}:
        return submission.stamp.round
    if len(duty.rounds) == 1:
        return duty.rounds[0].key
    date = arrival(submission.path, campaign) or dated(submission, form)
    return _round_at(duty, date) if date else ""


def _round_at(duty: Duty, date: datetime.date) -> str:
    """The round in whose window the date lies, else the first whose deadline is not over, else the last."""
    for each in duty.rounds:
        if each.opens and each.opens <= date <= each.deadline:
            return each.key
    return next((each.key for each in duty.rounds if date <= each.deadline), duty.rounds[-1].key)
