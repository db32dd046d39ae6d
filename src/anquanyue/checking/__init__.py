"""Submissions → findings, by the four dimensions of data quality, and what counts for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from anquanyue.campaign.model import Campaign, Roster
from anquanyue.checking import attribution, completeness, consistency, selection, timeliness
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission


@dataclass(frozen=True, slots=True)
class Checked:
    """Submissions with their unit and what became of them, in order, and everything that was found.

    The submissions' own `findings` are those of reading; `findings` holds all, each with its unit.
    """

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]


def check(submissions: Iterable[Submission], campaign: Campaign, roster: Roster | None) -> Checked:
    """Decide whose each submission is and which one counts, and check those that count.

    Every submission given is returned, with a final status; the order stays.
    """
    attributed = [attribution.attribute(submission, campaign, roster) for submission in submissions]
    selected = selection.select(attributed, campaign)
    accepted = [submission for submission in selected if submission.status == "accepted"]
    findings = [_of_unit(finding, submission) for submission in selected for finding in submission.findings]
    for submission in accepted:
        form = campaign.form(submission.form or "")
        for found in (
            completeness.missing_fields(submission, form),
            consistency.half_pairs(submission, form),
            timeliness.late(submission, form, campaign),
        ):
            findings += [_of_unit(finding, submission) for finding in found]
    findings += completeness.not_reported(accepted, campaign, roster)
    return Checked(tuple(selected), tuple(findings))


def _of_unit(finding: Finding, submission: Submission) -> Finding:
    return replace(finding, unit=submission.unit)
