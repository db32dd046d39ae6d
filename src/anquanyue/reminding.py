"""What each unit is told (催报): what is missing, what comes due, what to correct; as text and as a draft of a mail.

Nothing is sent. A reminder goes to the unit itself and holds nothing of any other unit.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, Literal

from anquanyue.campaign.model import Campaign, Duty, Form, Roster, Unit
from anquanyue.checking.arrival import Source, arrived, dated
from anquanyue.checking.hierarchy import Means
from anquanyue.findings import SEVERITIES, Finding
from anquanyue.reading.submission import Submission
from anquanyue.returning import Telling, ToReturn, asks_the_unit, to_return
from anquanyue.status import ARRIVED, Standing

TEMPLATE: Final = "reminder.txt.j2"
GROUP_TEMPLATE: Final = "reminder_group.txt.j2"

Stage = Literal["nudge", "first", "second"]
"""Before a deadline, after it, and long after it."""

# Of a file without a form: what the coordinator can open or convert is no trouble of the unit's.
_NOT_FOR_THE_UNIT: Final = frozenset(
    ("file-inaccessible", "file-link", "file-archive", "file-old-document", "file-not-converted", "archive-refused")
)
_SEPARATORS: Final = re.compile(r"[\s、,，;；|]+")
_BOUNDARY: Final = "=_anquanyue"
"""Between a mail's parts, which are all in base64, where no `_` can be; a random one would differ at every run."""
_XLSX: Final = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A round of a duty that was not received.

    Attributes:
        label: The duty, with its round if it has several.
        days: How many days it is overdue; 0 or less while the deadline is to come.
        rejected: Whether something was received that could not be accepted.
    """

    label: str
    deadline: datetime.date
    days: int
    rejected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A round of a duty that was received.

    Attributes:
        day: When it arrived first, as far as anything tells.
        source: What tells the day.
        means: By whose form the unit reported.
        days_late: How many days after the deadline.
    """

    label: str
    deadline: datetime.date
    day: datetime.date | None
    source: Source | None
    means: Means
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Something that the unit is asked to correct (`error`) or to check (`warning`).

    Attributes:
        place: Sheet and cell of the file that the unit sent; "" where it is about several, or the whole of it.
        found: What was found.
        request: What to do about it; "" where that says itself.
    """

    severity: str
    place: str
    found: str
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCorrect:
    """A file with what is to be corrected in it.

    Attributes:
        label: The form; the name of the file where it holds none.
        days: How many days it has been open: since its deadline, or since it arrived, if that was later.
        form: The form to send back; None where the file holds none.
    """

    label: str
    corrections: tuple[Correction, ...]
    days: int
    form: ToReturn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What one unit is told.

    Attributes:
        missing: What is overdue.
        upcoming: What comes due soon.
        recipients: The mail addresses of its liaison, else those of the roster.
    """

    unit: Unit
    stage: Stage
    missing: tuple[Owed, ...]
    upcoming: tuple[Owed, ...]
    received: tuple[Received, ...]
    to_correct: tuple[ToCorrect, ...]
    recipients: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the message is called."""
        if self.stage == "nudge":
            return "温馨提醒"
        if self.missing:
            return "催报通知" if self.stage == "first" else "再次催报"
        return "更正通知" if self.stage == "first" else "再次提请更正"


def reminders(
    campaign: Campaign,
    roster: Roster,
    standings: Iterable[Standing],
    submissions: Sequence[Submission],
    findings: Iterable[Finding],
    *,
    as_of: datetime.date,
    ahead: int,
    second_after: int,
) -> list[Reminder]:
    """What there is to tell the units, in the order of the roster; none for a unit of which all is well.

    Args:
        campaign: What is owed.
        roster: By whom.
        standings: Where each unit stands with each round on that day (`anquanyue.status`).
        submissions: With unit, round and final status.
        findings: All that was found in them.
        as_of: The day of the reminders.
        ahead: How many days before a deadline it is told.
        second_after: How many days something is overdue before the notice is a second one.
    """
    to_correct: dict[str, list[ToCorrect]] = {}
    for code, each in _to_correct(campaign, roster, submissions, tuple(findings), as_of):
        to_correct.setdefault(code, []).append(each)
    addresses = _addresses_of_liaisons(campaign, submissions)
    standings_of: dict[str, list[Standing]] = {}
    for standing in standings:
        standings_of.setdefault(standing.unit.code, []).append(standing)
    made = []
    for unit in roster.units:
        there = standings_of.get(unit.code, ())
        missing = tuple(_owed(each, campaign, as_of) for each in there if each.state == "missing")
        corrections = tuple(to_correct.get(unit.code, ()))
        reminder = Reminder(
            unit=unit,
            stage=_stage([each.days for each in missing] + [each.days for each in corrections], second_after),
            missing=missing,
            upcoming=tuple(_owed(each, campaign, as_of) for each in there if _comes_due(each, as_of, ahead)),
            received=tuple(_received(each, campaign) for each in there if each.state in ARRIVED),
            to_correct=corrections,
            recipients=addresses.get(unit.code) or _addresses(unit.email),
        )
        if missing or reminder.upcoming or corrections or any(map(_came_late, reminder.received)):
            made.append(reminder)
    return made


def _stage(days: Iterable[int], second_after: int) -> Stage:
    most = max(days, default=0)
    return "nudge" if most <= 0 else "first" if most <= second_after else "second"


def _comes_due(standing: Standing, as_of: datetime.date, ahead: int) -> bool:
    opens = standing.round.opens
    soon = standing.round.deadline <= as_of + datetime.timedelta(days=ahead)
    return standing.state == "not-due" and soon and (opens is None or opens <= as_of)


def _came_late(received: Received) -> bool:
    # A joint form, or that of a unit above, is late by another's fault.
    return received.days_late > 0 and received.means == "own"


def _owed(standing: Standing, campaign: Campaign, as_of: datetime.date) -> Owed:
    deadline = standing.round.deadline
    return Owed(
        label=_label(standing, campaign),
        deadline=deadline,
        days=(as_of - deadline).days,
        rejected=bool(standing.rejected),
    )


def _received(standing: Standing, campaign: Campaign) -> Received:
    return Received(
        label=_label(standing, campaign),
        deadline=standing.round.deadline,
        day=standing.arrived,
        source=standing.first.source if standing.first else None,
        means=standing.first.means if standing.first else "own",
        days_late=standing.days_late,
    )


def _label(standing: Standing, campaign: Campaign) -> str:
    duty = standing.duty
    name = _form_label(campaign.form(duty.form)) if duty.form else duty.label
    return _with_round(name, duty, standing.round.key)


def _with_round(name: str, duty: Duty, key: str) -> str:
    """The name with the round that it is about, where there are several and it is known."""
    label = next((each.label for each in duty.rounds if each.key == key and len(duty.rounds) > 1), "")
    return f"{name} {label}" if label else name


def _form_label(form: Form) -> str:
    return f"{form.label}《{form.title}》"


# What is to be corrected ------------------------------------------------------------------------------------------


def _to_correct(
    campaign: Campaign,
    roster: Roster,
    submissions: Sequence[Submission],
    findings: Sequence[Finding],
    as_of: datetime.date,
) -> Iterator[tuple[str, ToCorrect]]:
    """The code of each unit with each of its files in which something is to be corrected."""
    for form in to_return(campaign, roster, submissions, findings):
        # Of a form that nobody knows whose it is, nobody is told.
        if form.unit and (corrections := tuple(_corrections(form))):
            days = _days_open(form, campaign, as_of)
            label = _with_round(_form_label(form.form), campaign.duty_of(form.form), form.submission.round)
            yield form.unit.code, ToCorrect(label=label, corrections=corrections, days=days, form=form)
    telling = Telling(submissions, roster)
    without_form = {each.path: each for each in submissions if each.form is None and each.status == "rejected"}
    for finding in findings:
        submission = without_form.get(finding.path or "")
        if submission is None or finding.code in _NOT_FOR_THE_UNIT or not asks_the_unit(finding):
            continue
        if submission.unit and roster.unit(submission.unit):
            correction = Correction(
                severity=finding.severity, place="", found=telling.found(finding), request=telling.request(finding)
            )
            name = submission.path.split("/")[-1]
            yield submission.unit, ToCorrect(label=f"文件 {name}", corrections=(correction,), days=0, form=None)


def _corrections(form: ToReturn) -> Iterator[Correction]:
    """What the returned form marks, with the place in the file that was sent; errors first."""
    for mark in sorted(form.marks, key=lambda each: SEVERITIES.index(each.severity)):
        if mark.severity == "info":
            continue
        entry = form.submission.entries.get(mark.names[0]) if len(mark.names) == 1 else None
        place = entry.place if entry else ""
        yield Correction(severity=mark.severity, place=place, found=mark.found, request=mark.request)


def _days_open(form: ToReturn, campaign: Campaign, as_of: datetime.date) -> int:
    rounds = campaign.duty_of(form.form).rounds
    since = next((each.deadline for each in rounds if each.key == form.submission.round), rounds[-1].deadline)
    day = arrived(form.submission.path, campaign, written=dated(form.submission, form.form)).day
    if day:
        since = max(since, day)
    return (as_of - since).days


# Whom it goes to --------------------------------------------------------------------------------------------------


def _addresses_of_liaisons(campaign: Campaign, submissions: Iterable[Submission]) -> Mapping[str, tuple[str, ...]]:
    """By unit: the mail addresses in its accepted form that asks for one; of several the last that holds any."""
    found: dict[str, tuple[str, ...]] = {}
    for submission in submissions:
        if submission.status != "accepted" or submission.form is None:
            continue
        for field in campaign.form(submission.form).fields:
            entry = submission.entries.get(field.key)
            if field.type == "email" and entry and (addresses := _addresses(str(entry.value or ""))):
                for code in submission.covers or ((submission.unit,) if submission.unit else ()):
                    found[code] = addresses
    return found


def _addresses(text: str) -> tuple[str, ...]:
    """Those among the words that are mail addresses."""
    import email_validator  # slow to import

    found: list[str] = []
    for word in filter(None, _SEPARATORS.split(text)):
        try:
            checked = email_validator.validate_email(word, check_deliverability=False, allow_smtputf8=False)
        except email_validator.EmailNotValidError:
            continue
        found.append(checked.ascii_email or checked.normalized)
    return tuple(dict.fromkeys(found))


def mail_draft(reminder: Reminder, campaign: Campaign, text: str, attached: Mapping[str, bytes]) -> bytes:
    """A draft that a mail program opens ready to be sent: without sender and date, which it adds itself.

    Args:
        reminder: Whom it goes to, and what it is called.
        campaign: What it is about.
        text: The message.
        attached: Workbooks by the names of their files.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(f"【{reminder.title}】{campaign.title}（{reminder.unit.name}）")
    if reminder.recipients:
        message["To"] = ", ".join(reminder.recipients)
    message["X-Unsent"] = "1"
    message.set_content(text, cte="base64")
    for name, data in attached.items():
        message.add_attachment(data, maintype=_XLSX[0], subtype=_XLSX[1], filename=one_line(name))
    if attached:
        message.set_boundary(_BOUNDARY)
    return message.as_bytes()


def one_line(text: str) -> str:
    """The text as a header takes it: without line breaks and other signs that steer."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
