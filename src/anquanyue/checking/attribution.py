"""Whose a submission is: the written name, else the stamp, else the folder; and what contradicts that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from anquanyue.campaign.model import Campaign, Form, Roster, Unit
from anquanyue.checking.joint_names import is_joint, joint
from anquanyue.checking.names import home_city, normal_name
from anquanyue.checking.roster_names import RosterNames
from anquanyue.checking.spellings import attribute_by_spelling, written_name
from anquanyue.checking.unit_paths import UnitPaths
from anquanyue.decisions import Decision
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission

NO_DECISIONS: Final[Mapping[str, Decision]] = {}


def attribute(
    submissions: Sequence[Submission],
    campaign: Campaign,
    roster: Roster | None,
    decided_names: Mapping[str, Decision] = NO_DECISIONS,
    decided_files: Mapping[str, Decision] = NO_DECISIONS,
) -> list[Submission]:
    """The submissions in their order, each with its unit; rejected where that is missing, unknown or contradicted.

    Args:
        submissions: In the order of their paths.
        campaign: Whose forms they hold.
        roster: Who must report; without one each distinct name is a unit.
        decided_names: The coordinator's decisions on written names, by `normal_name` of the name.
        decided_files: Those on whose a submission is, by its path; they come before all else.
    """
    if roster is None:
        return attribute_by_spelling(submissions, campaign, decided_names, decided_files)
    owners = _Owners(roster, campaign, decided_names, decided_files)
    result: list[Submission] = []
    joint_reports: dict[frozenset[str], Submission] = {}
    for submission in submissions:
        owned = _owned(submission, campaign, owners)
        if owned.covers:
            # A correction may name the same units in another order.
            first = joint_reports.setdefault(frozenset(owned.covers), owned)
            owned = replace(owned, unit=first.unit, covers=first.covers)
        result.append(owned)
    return result


def _owned(submission: Submission, campaign: Campaign, owners: "_Owners") -> Submission:
    if submission.form is None:
        named = owners.paths.unit(submission.path) if submission.status != "ignored" else None
        return replace(submission, unit=named.code) if named else submission
    owner = owners.of(submission, campaign.form(submission.form))
    if submission.status != "accepted":
        # It is out for another reason, of which its findings tell.
        return replace(submission, unit=owner.unit, covers=owner.covers)
    refused = any(finding.severity == "error" for finding in owner.findings)
    return replace(
        submission,
        unit=owner.unit,
        covers=owner.covers,
        status="rejected" if refused else "accepted",
        findings=(*submission.findings, *owner.findings),
    )


@dataclass(frozen=True, slots=True)
class _Owner:
    """The code of the unit, or its name as written, or None; the codes of all units of a joint report."""

    unit: str | None
    covers: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a written name claims: the units it reports for, all units it has to do with, and how that was found."""

    units: tuple[Unit, ...]
    party: tuple[Unit, ...]
    findings: tuple[Finding, ...] = ()
    decided: bool = False


class _Owners:
    """Answers whose a submission is."""

    def __init__(
        self,
        roster: Roster,
        campaign: Campaign,
        decided: Mapping[str, Decision],
        decided_files: Mapping[str, Decision],
    ) -> None:
        self.paths: Final = UnitPaths(roster)
        self._names: Final = RosterNames(roster, home_city(campaign.organizer))
        self._decided: Final = decided
        self._decided_files: Final = decided_files

    def of(self, submission: Submission, form: Form) -> _Owner:
        """The owner of a submission of that form."""
        written = written_name(submission, form)
        if decision := self._decided_files.get(submission.path):
            noted = self._decided_finding(decision, submission, form, written or decision.file)
            return _Owner(decision.unit, findings=(noted,))
        stamped = submission.stamp.unit if submission.stamp else ""
        made_for = self._names.units.get(stamped)
        if not written:
            return self._without_name(submission, form, stamped, made_for)
        claim = self._claim(written, made_for, submission, form)
        stamp = {"stamped": made_for.name if made_for else stamped}
        if claim is None:
            code = "unit-disagrees" if made_for else "unit-unknown"
            return _Owner(written, findings=(_finding(code, submission, form, written, **stamp),))
        codes = tuple(unit.code for unit in claim.units)
        covers = codes if len(codes) > 1 else ()
        if stamped and not claim.decided and made_for not in claim.party:
            disagrees = _finding("unit-disagrees", submission, form, written, **stamp)
            return _Owner(codes[0], covers, (*claim.findings, disagrees))
        return _Owner(codes[0], covers, (*claim.findings, *self._folder(submission, form, claim)))

    def _claim(self, written: str, made_for: Unit | None, submission: Submission, form: Form) -> _Claim | None:
        if unit := self._by_decision(written):
            return _Claim((unit,), (unit,), (self._decision(written, submission, form),), decided=True)
        if unit := self._names.certain(written):
            return _Claim((unit,), (unit,))
        if claim := self._jointly(written, submission, form):
            return claim
        if is_joint(written):
            return None
        guess = self._names.likely(written)
        if guess is None and made_for and self._names.resembles(written, made_for):
            guess = made_for
        if guess is None:
            return None
        return _Claim((guess,), (guess,), (_finding("unit-guessed", submission, form, written, name=guess.name),))

    def _jointly(self, written: str, submission: Submission, form: Form) -> _Claim | None:
        found = joint(written, lambda name: self._by_decision(name) or self._names.certain(name))
        if found is None:
            return None
        decided = (
            self._decision(name, submission, form)
            for name, _unit in (*found.named, *((found.by,) if found.by else ()))
            if self._by_decision(name)
        )
        units = tuple(unit for _name, unit in found.named)
        findings = list(decided)
        names = "、".join(unit.name for unit in units)
        if found.by:
            findings.append(_finding("unit-on-behalf", submission, form, written, by=found.by[1].name, names=names))
        if len(units) > 1:
            findings.append(_finding("unit-joint", submission, form, written, names=names))
        return _Claim(units, (*units, found.by[1]) if found.by else units, tuple(findings))

    def _by_decision(self, written: str) -> Unit | None:
        decision = self._decided.get(normal_name(written)) if self._decided else None
        return self._names.units.get(decision.unit) if decision else None

    def _decision(self, written: str, submission: Submission, form: Form) -> Finding:
        return self._decided_finding(self._decided[normal_name(written)], submission, form, written)

    def _decided_finding(self, decision: Decision, submission: Submission, form: Form, value: str) -> Finding:
        name = self._names.units[decision.unit].name
        return _finding("unit-decided", submission, form, value, name=name, by=decision.by, reason=decision.reason)

    def _without_name(self, submission: Submission, form: Form, stamped: str, made_for: Unit | None) -> _Owner:
        if made_for:
            noted = _finding("unit-from-stamp", submission, form, name=made_for.name)
            claim = _Claim((made_for,), (made_for,))
            return _Owner(made_for.code, findings=(noted, *self._folder(submission, form, claim)))
        if stamped:
            return _Owner(stamped, findings=(_finding("unit-unknown", submission, form, stamped),))
        if unit := self.paths.unit(submission.path):
            return _Owner(unit.code, findings=(_finding("unit-from-path", submission, form, name=unit.name),))
        return _Owner(None, findings=(_finding("unit-missing", submission, form),))

    def _folder(self, submission: Submission, form: Form, claim: _Claim) -> tuple[Finding, ...]:
        """A warning where folder or file are named after a unit that has nothing to do with the form."""
        named = self.paths.unit(submission.path)
        if named is None or named in claim.party or any(named.code in self._above(unit) for unit in claim.units):
            return ()
        names = "、".join(unit.name for unit in claim.units)
        return (_finding("unit-folder-disagrees", submission, form, name=names, folder=named.name),)

    def _above(self, unit: Unit) -> set[str]:
        above: set[str] = set()
        while unit.parent and unit.parent not in above:
            above.add(unit.parent)
            unit = self._names.units[unit.parent]
        return above


def _finding(code: str, submission: Submission, form: Form, value: str | None = None, **parameters: str) -> Finding:
    entry = submission.entries.get(form.unit_field.key)
    return Finding(
        code=code,
        path=submission.path,
        place=entry.place if entry else None,
        form=form.key,
        field=form.unit_field.key,
        value=value,
        parameters={"label": form.unit_field.label, **parameters},
    )
