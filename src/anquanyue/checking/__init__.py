"""Submissions → findings, by the four dimensions of data quality, and what counts for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from anquanyue.campaign.model import Campaign, Roster
from anquanyue.checking import checks, companions, decided, hierarchy, selection, years
from anquanyue.checking.attribution import attribute
from anquanyue.checking.context import Context
from anquanyue.checking.names import normal_name
from anquanyue.checking.rounds import settle_rounds
from anquanyue.decisions import NO_DECISIONS, Decisions
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission


@dataclass(frozen=True, slots=True)
class Checked:
    """Submissions with their unit and what became of them, in order, and everything that was found.

    The submissions' own `findings` are those of reading; `findings` holds all, each with its unit.
    """

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]


def check(
    submissions: Iterable[Submission], campaign: Campaign, roster: Roster | None, decisions: Decisions = NO_DECISIONS
) -> Checked:
    """Decide whose each submission is and which one counts, and check those that count; the decisions come first.

    Every submission given is returned, with a final status; the order stays.
    """
    left = decided.leave_out(submissions, decisions)
    names = decided.names(decisions, normal_name)
    named_files = decided.named_files(left, campaign, decisions, normal_name)
    attributed = attribute(left, campaign, roster, names, named_files)
    if decisions.of_kind("finding"):
        # A decision may name a unit; and what it reopens is attributed with the same care as all others.
        reopened = decided.reopen(left, attributed, campaign, decisions)
        attributed = attribute(reopened, campaign, roster, names, named_files)
    this_year = [
        # To accept one after all takes a look through the roster.
        decided.accept(each, campaign, roster, decisions) if each.status == "rejected" else each
        for each in years.reject_other_years(attributed, campaign)
    ]
    counting = hierarchy.settle(selection.select(this_year, campaign), campaign, roster)
    selected, outdated = decided.change_values(companions.accompany(counting), campaign, decisions)
    findings = [_of_unit(finding, submission.unit) for submission in selected for finding in submission.findings]
    units = {submission.path: submission.unit for submission in selected}
    found = checks.run(Context(campaign, roster, tuple(selected)))
    findings += [_of_unit(finding, finding.unit or units.get(finding.path or "")) for finding in found]
    findings += settle_rounds(selected, campaign, roster).notes
    if decisions.lines:
        rounds = {submission.path: submission.round for submission in selected}
        findings = decided.accept_findings(findings, rounds, decisions) + outdated
        findings += decided.unused(decisions, selected, findings, campaign, normal_name)
    return Checked(tuple(selected), tuple(findings))


def _of_unit(finding: Finding, unit: str | None) -> Finding:
    return finding if finding.unit == unit else replace(finding, unit=unit)
