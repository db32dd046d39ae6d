"""Where every figure came from: unit, round, file, sheet and cell, and what was done to it on the way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from anquanyue.campaign.model import Field
from anquanyue.checking.rounds import settle_rounds
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission, Value
from anquanyue.summary import Summary


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one figure of one submission came from.

    Attributes:
        submission: The accepted submission that holds it.
        stands: Whether its place is in the totals; what a later round of the unit replaced is not.
        value: As it counts; None where it is blank or could not be read. Of a form that holds the totals of many
            units, for a yes how many of them said so.
        text: As the unit typed it.
        place: Sheet and cell; of a decided value the line of the decisions.
        findings: What was found about it.
    """

    submission: Submission
    field: Field
    stands: bool
    value: int | bool | None
    text: str
    place: str
    approximate: bool
    decided: bool
    findings: tuple[Finding, ...]

    @property
    def file(self) -> str:
        """The file that holds it."""
        return self.submission.path

    @property
    def counts(self) -> bool:
        """Whether it is in a total."""
        return self.stands and self.value is not None

    @property
    def rewritten(self) -> bool:
        """Whether the unit typed a count in other characters than its digits: 1.02万, 三."""
        return self.field.type == "count" and self.value is not None and self.text != str(self.value)


def origins(
    summary: Summary, *, field: str | None = None, unit: str | None = None, remarkable: bool = False
) -> Iterator[Origin]:
    """The origins of all figures of the summary's form, in the order of the files; of one field or unit if asked.

    Figures that a unit left blank are among them, also those of rounds that are not in the totals. With `remarkable`
    only those of which there is more to say than that they were typed into their own cell, or left blank.
    """
    asked = [each for each in summary.form.reported_fields if field in (None, each.key)]
    rounds = settle_rounds(summary.submissions, summary.campaign)
    latest = {each.path: each for each in rounds.latest}
    later = {
        each.path: (*group[place:], latest[path])
        for path, group in rounds.earlier.items()
        for place, each in enumerate(group, start=1)
    }
    about = _findings_by_value(summary.findings)
    told = {path for path, _field in about}
    typed: set[int] = set()
    for submission in summary.submissions:
        if submission.form != summary.form.key or submission.status != "accepted":
            continue
        if unit not in (None, submission.unit, *submission.covers):
            continue
        if remarkable and submission.path not in told:
            # Equal entries are mostly the same object.
            new = [entry for entry in submission.entries.values() if id(entry) not in typed]
            if all(map(_as_typed, new)):
                typed.update(map(id, new))
                continue
        for each in asked:
            if remarkable and (submission.path, each.key) not in about and _as_typed(submission.entries.get(each.key)):
                continue
            value = submission.usable(each)
            following = later.get(submission.path, ())
            stands = submission.path in latest or (bool(following) and _adds(value, each, following))
            yield _origin(submission, each, value, stands, about.get((submission.path, each.key), ()))


def _adds(value: Value | None, field: Field, following: Iterable[Submission]) -> bool:
    """Whether a value of an earlier round counts: what adds up, and a yes that none of the later rounds repeats."""
    if value is True:
        return all(each.usable(field) is not True for each in following)
    return field.period == "period"


def _as_typed(entry: Entry | None) -> bool:
    """Whether there is nothing to say but what was typed: a number as a number, a tick, or nothing."""
    if entry is None or entry.approximate or entry.decided:
        return entry is None
    return (
        entry.text == ""
        if entry.value is None
        else entry.value is True or entry.value is False or entry.text == str(entry.value)
    )


def _findings_by_value(findings: Iterable[Finding]) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
    found: dict[tuple[str, str], tuple[Finding, ...]] = {}
    for each in findings:
        if each.path and each.field:
            found[each.path, each.field] = (*found.get((each.path, each.field), ()), each)
    return found


def _origin(
    submission: Submission, field: Field, value: Value | None, stands: bool, findings: tuple[Finding, ...]
) -> Origin:
    entry = submission.entries.get(field.key, _NOT_FOUND)
    assert value is None or isinstance(value, int)  # noqa: S101 - a figure
    if value is True and (units := submission.units_behind(field)) > 1:
        value = units
    return Origin(
        submission=submission,
        field=field,
        stands=stands,
        value=value,
        text=entry.text,
        place=entry.place,
        approximate=entry.approximate,
        decided=entry.decided,
        findings=findings,
    )


_NOT_FOUND: Final = Entry("", None, "")
