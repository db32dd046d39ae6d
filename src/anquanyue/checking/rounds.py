"""What counts of a unit that sent a form in several rounds: its last one, and of earlier ones what counts by round."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from anquanyue.campaign.model import Campaign, Form, Roster
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission

_BETWEEN_NAMES: Final = "、"


@dataclass(frozen=True, slots=True)
class Rounds:
    """The accepted submissions by what counts of them.

    Attributes:
        latest: Each unit's last one, in the order given.
        earlier: By the path of a latest one: those of earlier rounds that it follows, in the order of the rounds.
        incomplete: The paths of the latest ones of which a unit has sent nothing for a round that was due before the
            last one that anybody reported.
        notes: What became of each that is not a latest one.
    """

    latest: tuple[Submission, ...] = ()
    earlier: Mapping[str, Sequence[Submission]] = field(default_factory=dict)
    incomplete: AbstractSet[str] = frozenset()
    notes: tuple[Finding, ...] = ()


def settle_rounds(submissions: Iterable[Submission], campaign: Campaign, roster: Roster | None = None) -> Rounds:
    """Which of a unit's rounds is its last, and which are added to it; nothing that has no round is added.

    The notes name units as the roster does.
    """
    submissions = list(submissions)
    names = {unit.code: unit.name for unit in roster.units} if roster else {}
    latest: dict[str, Submission] = {}
    earlier: dict[str, list[Submission]] = {}
    incomplete: set[str] = set()
    notes: list[Finding] = []
    for form in campaign.forms:
        duty = campaign.duty_of(form)
        ages = {each.key: age for age, each in enumerate(duty.rounds)}
        sent = [each for each in submissions if each.form == form.key]
        following: dict[str, Submission] = {}
        accepted = [each for each in sent if each.status == "accepted"]
        # What belongs to no round is older than all that do.
        for submission in sorted(accepted, key=lambda each: ages.get(each.round, -1), reverse=True):
            units = _units(submission)
            later = next((following[unit] for unit in units if unit in following), None)
            if later is None:
                latest[submission.path] = submission
                following |= dict.fromkeys(units, submission)
            else:
                alone = [names.get(unit, unit) for unit in units if unit not in following]
                notes += _notes(submission, later, alone, form)
                if submission.round:
                    earlier.setdefault(later.path, []).insert(0, submission)
        if len(duty.rounds) == 1:
            continue
        last = [each for each in accepted if each.path in latest]
        newest = max((ages.get(each.round, -1) for each in last), default=-1)
        incomplete |= _incomplete(sent, last, {each.key for each in duty.rounds[: newest + 1] if not each.optional})
    in_order = tuple(each for each in submissions if latest.get(each.path) is each)
    return Rounds(in_order, earlier, incomplete, tuple(notes))


def _units(submission: Submission) -> tuple[str, ...]:
    return submission.covers or ((submission.unit,) if submission.unit else ())


def _notes(submission: Submission, later: Submission, alone: Sequence[str], form: Form) -> list[Finding]:
    """What became of a submission that a later one follows; `alone` names its units that sent nothing later."""
    counts = {field.period for field in form.fields if field.type == "count"}
    if not submission.round:
        codes = ["round-unknown"]
    else:
        codes = ["earlier-round-added" if "period" in counts else "earlier-round"]
        if alone and counts != {"period"}:
            codes.append("earlier-round-partial")
    return [
        Finding(
            code=code,
            path=submission.path,
            unit=submission.unit,
            form=form.key,
            parameters={"other": later.path, "names": _BETWEEN_NAMES.join(alone)},
        )
        for code in codes
    ]


def _incomplete(sent: Sequence[Submission], latest: Sequence[Submission], due: AbstractSet[str]) -> set[str]:
    """The paths of those of which a unit has sent nothing for one of the rounds that were due."""
    arrived: dict[str, set[str]] = {}
    for each in sent:
        # What was superseded is in the figures of another.
        if each.status in ("accepted", "superseded"):
            for unit in _units(each):
                arrived.setdefault(unit, set()).add(each.round)
    return {each.path for each in latest if not all(arrived[unit].issuperset(due) for unit in _units(each))}
