"""From submissions to what a report says: totals, what is missing, who has not reported, what was found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from anquanyue.campaign.model import Campaign, Form, Roster, Unit
from anquanyue.checking.hierarchy import reported
from anquanyue.checking.rounds import settle_rounds
from anquanyue.findings import SEVERITIES, Finding
from anquanyue.merging import Merged, merge
from anquanyue.reading.submission import Submission

STATUSES: Final = ("accepted", "superseded", "rejected", "ignored")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is known at the time of the report. Of the merged frame, documents show `form.reported_fields` only.

    Attributes:
        form: The form whose figures are added up.
        totals: By field: the sum of a count, the number of units that said yes.
        missing: By field: how many reporting units lack a usable value, be it in one of several rounds that add up.
        approximate: By field: how many units wrote their value as an approximation.
        names: The name of every unit, by its code: the roster's in its order, then others that reported.
        not_reported: The codes of the units that owe the form and have no accepted one.
        reporting: By form: how many units owe it, and how many of them reported.
        received: By form: the file that reports for each unit, its own or another's that covers it.
        findings: Errors first.
        files: How many files there are of each status; they add up to what was found.
    """

    campaign: Campaign
    form: Form
    roster: Roster | None
    merged: Merged
    totals: Mapping[str, int]
    missing: Mapping[str, int]
    approximate: Mapping[str, int]
    names: Mapping[str, str]
    not_reported: tuple[str, ...]
    reporting: Mapping[str, tuple[int, int]]
    received: Mapping[str, Mapping[str, str]]
    findings: tuple[Finding, ...]
    files: Mapping[str, int]

    @property
    def units(self) -> tuple[str, ...]:
        """The codes of the units whose figures are in the totals, in the order of the roster."""
        reported = self.merged.sources
        return tuple(code for code in self.names if code in reported)


def summarize(
    campaign: Campaign, roster: Roster | None, submissions: Sequence[Submission], findings: Iterable[Finding]
) -> Summary:
    """Add up the campaign's first form that has items."""
    form = next(form for form in campaign.forms if form.items)
    rounds = settle_rounds(submissions, campaign)
    merged = merge(rounds.latest, form, rounds.earlier, rounds.incomplete)
    received = reported(submissions, campaign, roster)
    counted = Counter(submission.status for submission in submissions)
    figures = merged.values[[field.key for field in form.reported_fields]]
    lacking = figures.isna() | merged.incomplete[figures.columns]
    return Summary(
        campaign=campaign,
        form=form,
        roster=roster,
        merged=merged,
        totals={str(key): int(total) for key, total in figures.sum().items()},
        missing={str(key): int(number) for key, number in lacking.sum().items()},
        approximate={str(key): int(merged.approximate[key].sum()) for key in figures.columns},
        names=_names(roster, received),
        not_reported=_not_reported(campaign, roster, form, received[form.key]),
        reporting={each.key: _reporting(campaign, roster, each, received[each.key]) for each in campaign.forms},
        received=received,
        findings=tuple(sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))),
        files={status: counted[status] for status in STATUSES},
    )


def owes(campaign: Campaign, unit: Unit, form: Form) -> bool:
    """Whether the unit's group owes the form."""
    return form in campaign.owed_forms(unit.group)


def _names(roster: Roster | None, received: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    names = {unit.code: unit.name for unit in roster.units} if roster else {}
    for units in received.values():
        for code in units:
            names.setdefault(code, code)
    return names


def _not_reported(
    campaign: Campaign, roster: Roster | None, form: Form, received: Mapping[str, str]
) -> tuple[str, ...]:
    """By group, in the order of the campaign's groups; units without a group come last."""
    if roster is None:
        return ()
    groups = [group.key for group in campaign.groups]
    late = [unit for unit in roster.units if owes(campaign, unit, form) and unit.code not in received]
    late.sort(key=lambda unit: groups.index(unit.group) if unit.group else len(groups))
    return tuple(unit.code for unit in late)


def _reporting(campaign: Campaign, roster: Roster | None, form: Form, received: Mapping[str, str]) -> tuple[int, int]:
    if roster is None:
        return len(received), len(received)
    owing = [unit.code for unit in roster.units if owes(campaign, unit, form)]
    return len(owing), sum(code in received for code in owing)
