"""待办: what was found that only the coordinator can settle, and the answers that make sense."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from anquanyue.campaign.model import Campaign, Field, Roster
from anquanyue.checking.spellings import written_name
from anquanyue.findings import Finding
from anquanyue.reading.quoting import quotable
from anquanyue.reading.submission import Submission

Answer = Literal["采用", "改值", "认单位", "剔除"]
"""As the kinds of decisions are called in decisions.csv."""

Stake = Literal["out", "doubted", "value-out", "value-doubted"]
STAKES: Final[tuple[Stake, ...]] = ("out", "doubted", "value-out", "value-doubted")
"""What a task is about, the worst first: a submission that is out, or counts on a guess; one value, the same."""

SETTLING: Final[Mapping[str, tuple[Stake, tuple[Answer, ...]]]] = {
    "unit-unknown": ("out", ("认单位", "剔除")),
    "unit-missing": ("out", ("认单位", "剔除")),
    "unit-disagrees": ("out", ("认单位", "采用", "剔除")),
    "form-twice": ("out", ("采用", "剔除")),
    "form-other-year": ("out", ("采用", "剔除")),
    "form-different": ("out", ("采用", "剔除")),
    "form-other-campaign": ("out", ("剔除",)),
    "form-not-found": ("out", ("剔除",)),
    "form-print-only": ("out", ("剔除",)),
    "form-shifted": ("out", ("剔除",)),
    "form-figures-elsewhere": ("out", ("剔除",)),
    "submission-undecided": ("out", ("剔除",)),
    "unit-joint-overlap": ("out", ("剔除",)),
    "superseded-by-partial": ("out", ("采用", "剔除")),
    "superseded-by-folder": ("out", ("采用", "认单位")),
    "round-unknown": ("out", ("剔除",)),
    "children-undeclared": ("out", ("采用", "剔除")),
    "unit-guessed": ("doubted", ("采用", "认单位", "剔除")),
    "unit-from-path": ("doubted", ("采用", "认单位", "剔除")),
    "unit-folder-disagrees": ("doubted", ("采用", "认单位", "剔除")),
    "unit-similar": ("doubted", ("采用", "认单位")),
    "name-says-void": ("doubted", ("采用", "剔除")),
    "form-without-keys": ("doubted", ("采用", "剔除")),
    "form-over-sheets": ("doubted", ("采用", "剔除")),
    "correction-remark": ("doubted", ("采用",)),
    "figures-unclaimed": ("doubted", ("采用",)),
    "figures-identical": ("doubted", ("采用", "剔除")),
    "value-not-a-number": ("value-out", ("改值",)),
    "value-other-unit": ("value-out", ("改值",)),
    "value-date": ("value-out", ("改值",)),
    "value-negative": ("value-out", ("改值",)),
    "value-not-whole": ("value-out", ("改值",)),
    "value-too-large": ("value-out", ("改值",)),
    "value-not-in-list": ("value-out", ("改值",)),
    "value-error": ("value-out", ("改值",)),
    "value-formula-without-result": ("value-out", ("改值",)),
    "value-not-a-date": ("value-out", ("改值",)),
    "value-several-cells": ("value-out", ("改值",)),
    "value-refused": ("value-out", ("改值",)),
    "decision-outdated": ("value-doubted", ("改值",)),
    "value-maybe-date": ("value-doubted", ("采用", "改值")),
    "value-aligned": ("value-doubted", ("采用", "改值")),
    "value-approximate": ("value-doubted", ("采用", "改值")),
    "value-with-remark": ("value-doubted", ("采用", "改值")),
    "value-outlier": ("value-doubted", ("采用", "改值")),
    "people-per-session": ("value-doubted", ("采用", "改值")),
    "cumulative-falls": ("value-doubted", ("采用", "改值")),
    "tenfold": ("value-doubted", ("采用", "改值")),
}
"""The codes that the coordinator can settle: what is at stake, and which answers make sense.

What only a unit can settle, as fields that it left blank, is not among them; it gets its form back. A remark, or a
figure outside the form's cells, names no field that an answer could change: `decide --new` does.
"""

_FILES: Final = ("file-", "archive-")
"""Codes of what cannot be read. Where somebody knows the unit, it is asked for the file again."""

EITHER_OF_TWO: Final = ("submission-undecided", "unit-joint-overlap", "superseded-by-partial")
"""Of the two files that these name one is out, and only the coordinator knows which."""

_NAME_ANYWHERE: Final = ("unit-unknown", "unit-guessed", "unit-similar")
"""The name means the same unit wherever it is written; with the others it was written into the wrong form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to settle (待办事项).

    Attributes:
        finding: What was found, with its file, unit and field.
        stake: What it is about.
        answers: Those that make sense.
        figures: How many figures it is about.
        round: The submission's round.
        old: What arrived: the value as it was typed, or the name as it was written; "" for a blank.
        name_anywhere: Whether an answer on the name holds wherever it is written, not in this file only.
        other: The other of two files of which one is out.
        asked: The field, where the task is about a value.
        form_label: Of the form; "" where none was recognised.
    """

    finding: Finding
    stake: Stake
    answers: tuple[Answer, ...]
    figures: int
    round: str = ""
    old: str = ""
    name_anywhere: bool = False
    other: str = ""
    asked: Field | None = None
    form_label: str = ""

    @property
    def effect(self) -> str:
        """What it does to the totals, in words."""
        figures = f"（{self.figures}个数）" if self.figures else ""
        match self.stake:
            case "out":
                return f"{self.form_label}整份未计入{figures}" if self.form_label else "读不出数据，未计入"
            case "doubted":
                return f"{self.form_label}整份已计入，尚待核实{figures}"
            case "value-out":
                return "这个数未计入合计"
            case "value-doubted":
                return "这个数已计入，尚待核实"


def settling(code: str) -> tuple[Stake, tuple[Answer, ...]] | None:
    """What is at stake and which answers make sense; None where there is nothing that the coordinator could settle."""
    return ("out", ("剔除",)) if code.startswith(_FILES) else SETTLING.get(code)


def tasks(
    submissions: Sequence[Submission], findings: Iterable[Finding], campaign: Campaign, roster: Roster | None
) -> list[Task]:
    """What the coordinator can settle, the worst effect on the totals first.

    Args:
        submissions: With what became of them.
        findings: All that were found; notes are passed over.
        campaign: Whose forms the submissions hold.
        roster: Who must report.
    """
    units = {unit.code for unit in roster.units} if roster else None
    by_path = {submission.path: submission for submission in submissions}
    found = [task for finding in findings if (task := _task(finding, by_path.get(finding.path or ""), campaign, units))]
    return sorted(found, key=lambda task: (STAKES.index(task.stake), -task.figures))


def _task(
    finding: Finding, submission: Submission | None, campaign: Campaign, units: Collection[str] | None
) -> Task | None:
    settled_by = settling(finding.code)
    if settled_by is None or submission is None or finding.severity == "info":
        return None
    if finding.code.startswith(_FILES) and finding.unit:
        return None
    stake, answers = settled_by
    if stake == "out" and (submission.form is None or (units is not None and finding.unit not in units)):
        # It would not count all the same: nothing was read, or nobody knows whose it is.
        answers = tuple(answer for answer in answers if answer != "采用")
    form = campaign.form(submission.form) if submission.form else None
    task = Task(
        finding=finding,
        stake=stake,
        answers=answers,
        figures=_figures(submission, campaign),
        round=submission.round,
        other=str(finding.parameters["other"]) if finding.code in EITHER_OF_TWO else "",
        form_label=form.label if form else "",
    )
    if "改值" in answers:
        return _about_value(task, submission, campaign)
    if "认单位" in answers and form:
        name = written_name(submission, form)
        return replace(task, old=name, name_anywhere=bool(name) and finding.code in _NAME_ANYWHERE)
    return task


def _about_value(task: Task, submission: Submission, campaign: Campaign) -> Task | None:
    """The task with the value that arrived; None where the submission does not count, or it says nothing of a value."""
    finding = task.finding
    if submission.status != "accepted" or not finding.field or not submission.form:
        return None
    field = next((each for each in campaign.form(submission.form).fields if each.key == finding.field), None)
    if field is None or field.type == "unit" or not quotable(field):
        return None
    entry = submission.entries.get(field.key)
    return replace(task, old=entry.text if entry else "", figures=1, asked=field)


def _figures(submission: Submission, campaign: Campaign) -> int:
    """How many figures the submission holds that could be read."""
    if submission.form is None:
        return 0
    return sum(submission.usable(field) is not None for field in campaign.form(submission.form).reported_fields)
