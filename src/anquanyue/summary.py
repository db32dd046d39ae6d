"""From submissions to what documents say: totals, who took part, what is missing, who has not reported, what was found.

Where every figure came from is in `anquanyue.provenance`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from anquanyue.campaign.model import Campaign, Field, Form, Item, Roster, Round
from anquanyue.checking.hierarchy import reported
from anquanyue.checking.rounds import Rounds, settle_rounds
from anquanyue.decisions import NO_DECISIONS, Decisions
from anquanyue.findings import CATALOGUE, SEVERITIES, Finding, Severity
from anquanyue.findings.kind import DIMENSIONS
from anquanyue.merging import Merged, merge
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIGNED: Final = ("decision-applied", "decision-file-out", "decision-accepted", "unit-decided")
_COORDINATOR: Final = "协调人"

STATUSES: Final = ("accepted", "superseded", "rejected", "ignored")


@dataclass(frozen=True, slots=True)
class Earlier:
    """How things stood a round before the last one that anybody reported.

    Attributes:
        round: The last of those that are in these totals.
        totals: By field, as in `Summary`.
        units: How many units' figures are in the totals.
    """

    round: Round
    totals: Mapping[str, int]
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is known at the time of the report. Of the merged frame, documents show `form.reported_fields` only.

    Attributes:
        form: The form whose figures are added up.
        totals: By field: the sum of a count, the number of units that said yes.
        missing: By field: how many reporting units lack a usable value, be it in one of several rounds that add up.
        approximate: By field: how many units wrote their value as an approximation.
        decided: By field: of how many units the coordinator decided the value (人工认定).
        active: By field: how many units report that they did it: a count above 0, a yes.
        active_items: By item: how many units report anything of it.
        names: The name of every unit, by its code: the roster's in its order, then others that reported.
        not_reported: The codes of the units that owe the form and have no accepted one.
        exempt: By form: the codes of the units that need not send it, by decision.
        reporting: By form: how many units owe it, and how many of them reported.
        received: By form: the file that reports for each unit, its own or another's that covers it.
        findings: Errors first; none names who decided.
        files: How many files there are of each status; they add up to what was found.
        round: The last round that anybody reported the form for; None where it is due only once.
        earlier: How things stood a round before; None where there was none.
        submissions: Everything that was found, with its final status.
        decisions: What the coordinator decided.
    """

    campaign: Campaign
    form: Form
    roster: Roster | None
    merged: Merged
    totals: Mapping[str, int]
    missing: Mapping[str, int]
    approximate: Mapping[str, int]
    decided: Mapping[str, int]
    active: Mapping[str, int]
    active_items: Mapping[str, int]
    names: Mapping[str, str]
    not_reported: tuple[str, ...]
    exempt: Mapping[str, AbstractSet[str]]
    reporting: Mapping[str, tuple[int, int]]
    received: Mapping[str, Mapping[str, str]]
    findings: tuple[Finding, ...]
    files: Mapping[str, int]
    round: Round | None
    earlier: Earlier | None
    submissions: tuple[Submission, ...]
    decisions: Decisions

    @property
    def units(self) -> tuple[str, ...]:
        """The codes of the units whose figures are in the totals, in the order of the roster."""
        reported = self.merged.sources
        return tuple(code for code in self.names if code in reported)

    def name(self, code: str | None) -> str:
        """What people call a unit; "" where nobody knows it."""
        return self.names.get(code or "", code or "")

    def unsaid(self, key: str) -> bool:
        """Whether nobody reported a usable value of a field: documents show no 0 then."""
        return not self.totals[key] and self.missing[key] >= len(self.units)

    def quality(self) -> Mapping[str, Mapping[Severity, int]]:
        """How many findings there are of each dimension of data quality and each severity."""
        counted = Counter((CATALOGUE[each.code].dimension, each.severity) for each in self.findings)
        return {key: {severity: counted[key, severity] for severity in SEVERITIES} for key in DIMENSIONS}

    def leading(self, field: Field, number: int) -> list[tuple[str, int]]:
        """The units with the highest counts above 0 of a field, and these; the highest first, then as in the roster.

        A unit with an open error or warning about that figure does not stand out, nor one with an approximation.
        """
        doubted = {each.unit for each in self.findings if each.field == field.key and each.severity != "info"}
        figures = self.merged.of((field,))
        standing = (figures.numbers > 0) & ~figures.approximate
        counted = zip(self.merged.rounds, figures.numbers[:, 0].tolist(), standing[:, 0].tolist(), strict=True)
        named = {code: int(value) for code, value, stands in counted if stands and code not in doubted}
        in_order = [(code, named[code]) for code in self.names if code in named]
        return sorted(in_order, key=lambda each: -each[1])[:number]


def summarize(
    campaign: Campaign,
    roster: Roster | None,
    submissions: Sequence[Submission],
    findings: Iterable[Finding],
    decisions: Decisions = NO_DECISIONS,
) -> Summary:
    """Add up the campaign's first form that has items."""
    form = next(form for form in campaign.forms if form.items)
    standing = settle_rounds(submissions, campaign)
    merged = _merged(standing, form)
    received = reported(submissions, campaign, roster)
    counted = Counter(submission.status for submission in submissions)
    fields = form.reported_fields
    figures = merged.of(fields)
    keys = [field.key for field in fields]
    positive = figures.numbers > 0
    of_items = {item.key: [keys.index(key) for key in _figures_of(item, form)] for item in form.items}
    exempt = {each.key: _exempt(decisions, campaign, each) for each in campaign.forms}
    rounds = _reported_rounds(submissions, campaign, form)
    return Summary(
        campaign=campaign,
        form=form,
        roster=roster,
        merged=merged,
        totals=_totals(merged, form),
        missing=_sums(fields, np.isnan(figures.numbers) | figures.incomplete),
        approximate=_sums(fields, figures.approximate),
        decided=_sums(fields, figures.decided),
        active=_sums(fields, positive),
        active_items={key: int(positive[:, columns].any(axis=1).sum()) for key, columns in of_items.items()},
        names=_names(roster, received),
        not_reported=_not_reported(campaign, roster, form, received[form.key], exempt[form.key]),
        exempt=exempt,
        reporting={
            each.key: _reporting(campaign, roster, each, received[each.key], exempt[each.key])
            for each in campaign.forms
        },
        received=received,
        findings=tuple(sorted(map(_unsigned, findings), key=lambda finding: SEVERITIES.index(finding.severity))),
        files={status: counted[status] for status in STATUSES},
        round=rounds[-1] if rounds else None,
        earlier=_earlier(submissions, campaign, form, rounds),
        submissions=tuple(submissions),
        decisions=decisions,
    )


def _merged(standing: Rounds, form: Form) -> Merged:
    return merge(standing.latest, form, standing.earlier, standing.incomplete)


def _unsigned(finding: Finding) -> Finding:
    """The finding without the name of who decided: it stands in the decisions, and documents to issue name nobody."""
    if finding.code not in _SIGNED:
        return finding
    return replace(finding, parameters={**finding.parameters, "by": _COORDINATOR})


def _totals(merged: Merged, form: Form) -> dict[str, int]:
    """Sums; a yes in a form that holds the totals of many units stands for as many as say yes there.

    Of several rounds that say yes the last one tells how many.
    """
    fields = form.reported_fields
    totals = _sums(fields, np.nan_to_num(merged.of(fields).numbers))
    asked = [field for field in fields if field.type == "yes_no"]
    for rounds in merged.rounds.values():
        if any(each.stamp and each.stamp.yes for each in rounds):
            for field in asked:
                behind = [number for each in rounds if (number := each.units_behind(field))]
                totals[field.key] += behind[-1] - 1 if behind else 0
    return totals


def _sums(fields: Sequence[Field], columns: "NDArray[Any]") -> dict[str, int]:
    """By field the sum of its column, or how often it is true."""
    return {field.key: int(total) for field, total in zip(fields, columns.sum(axis=0).tolist(), strict=True)}


def _figures_of(item: Item, form: Form) -> list[str]:
    return [blank.key for blank in item.blanks if form.field(blank.key).reported]


def _reported_rounds(submissions: Iterable[Submission], campaign: Campaign, form: Form) -> list[Round]:
    """The rounds of which any form was accepted, in order; none of a form that is due only once."""
    due = campaign.duty_of(form).rounds
    accepted = {each.round for each in submissions if each.form == form.key and each.status == "accepted"}
    return [each for each in due if each.key in accepted] if len(due) > 1 else []


def _earlier(
    submissions: Sequence[Submission], campaign: Campaign, form: Form, rounds: Sequence[Round]
) -> Earlier | None:
    if len(rounds) < 2:
        return None
    standing = settle_rounds([each for each in submissions if each.round != rounds[-1].key], campaign)
    merged = _merged(standing, form)
    return Earlier(rounds[-2], _totals(merged, form), len(merged.sources))


def _exempt(decisions: Decisions, campaign: Campaign, form: Form) -> frozenset[str]:
    """The units that are excused from the form in each of its rounds."""
    duty = campaign.duty_of(form)
    owed = {each.key for each in duty.rounds if not each.optional}
    excused: dict[str, set[str]] = {}
    for each in decisions.of_kind("exempt"):
        if each.duty == duty.key:
            excused.setdefault(each.unit, set()).update([each.round] if each.round else owed)
    return frozenset(unit for unit, rounds in excused.items() if owed <= rounds)


def _names(roster: Roster | None, received: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    names = {unit.code: unit.name for unit in roster.units} if roster else {}
    for units in received.values():
        for code in units:
            names.setdefault(code, code)
    return names


def _not_reported(
    campaign: Campaign, roster: Roster | None, form: Form, received: Mapping[str, str], exempt: AbstractSet[str]
) -> tuple[str, ...]:
    """By group, in the order of the campaign's groups; units without a group come last."""
    if roster is None:
        return ()
    groups = [group.key for group in campaign.groups]
    owing = campaign.groups_owing(form)
    late = [
        unit for unit in roster.units if unit.group in owing and unit.code not in received and unit.code not in exempt
    ]
    late.sort(key=lambda unit: groups.index(unit.group) if unit.group else len(groups))
    return tuple(unit.code for unit in late)


def _reporting(
    campaign: Campaign, roster: Roster | None, form: Form, received: Mapping[str, str], exempt: AbstractSet[str]
) -> tuple[int, int]:
    if roster is None:
        return len(received), len(received)
    groups = campaign.groups_owing(form)
    owing = [unit.code for unit in roster.units if unit.group in groups and unit.code not in exempt]
    return len(owing), sum(code in received for code in owing)
