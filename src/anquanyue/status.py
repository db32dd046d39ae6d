"""Who has sent what: each unit against each round of what its group owes, as of a day."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Final, Literal

from anquanyue.campaign.model import Campaign, Duty, Roster, Round, Unit
from anquanyue.checking.arrival import arrived
from anquanyue.checking.received import Arrival, Place, first, received
from anquanyue.decisions import Decisions
from anquanyue.materials import CATEGORIES, Category, Material, attribute_materials
from anquanyue.reading.materials import MaterialFolder
from anquanyue.reading.submission import Submission

State = Literal["in-time", "late", "undated", "missing", "not-due", "exempt", "optional", "not-owed", "not-looked-for"]
"""How a unit stands with a round: what arrived, in time, late, or nobody knows when; what did not, overdue, or not due
yet; what need not, by decision, because the round is optional or because the group does not owe it; and what nobody
looked for, since there is no folder of material."""

STATES: Final[tuple[State, ...]] = (
    "in-time", "late", "undated", "missing", "not-due", "exempt", "optional", "not-owed", "not-looked-for",
)  # fmt: skip
ARRIVED: Final[tuple[State, ...]] = ("in-time", "late", "undated")

_NO_FILES: Final[Mapping[Category, int]] = dict.fromkeys(CATEGORIES, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a unit stands with a round of a duty.

    Attributes:
        owed: Whether its group owes the duty, the round is not optional, and no decision exempts it.
        first: What arrived first: a unit that sent in time and corrected later was in time.
        files: How many files of each kind of material there are.
        rejected: The forms that it sent and that could not be accepted.
    """

    unit: Unit
    duty: Duty
    round: Round
    state: State
    owed: bool
    first: Arrival | None = None
    files: Mapping[Category, int] = field(default_factory=lambda: _NO_FILES)
    rejected: tuple[str, ...] = ()

    @property
    def arrived(self) -> datetime.date | None:
        """The day on which the first arrived, as far as anything tells."""
        return self.first.day if self.first else None

    @property
    def days_late(self) -> int:
        """How many days after the deadline it arrived; 0 where it was in time or has not arrived."""
        return max(0, (self.arrived - self.round.deadline).days) if self.arrived else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A round of a duty over all units, as DHIS2 counts; of units that do not owe it nothing is counted.

    Attributes:
        owing: How many units owe it.
        reported: How many of them sent it.
        in_time: How many of them sent it in time.
    """

    duty: Duty
    round: Round
    owing: int
    reported: int
    in_time: int

    @property
    def completeness(self) -> float | None:
        """Those that reported out of those that owe it; None where nobody does."""
        return self.reported / self.owing if self.owing else None

    @property
    def timeliness(self) -> float | None:
        """Those in time out of those that owe it; None where nobody does."""
        return self.in_time / self.owing if self.owing else None


@dataclass(frozen=True)
class Matrix:
    """Units × rounds, and what belongs nowhere in it.

    Attributes:
        as_of: The day on which what is missing is overdue or not; what arrived counts, whenever that was.
        standings: Unit by unit in the order of the roster, each with the same rounds in the campaign's order.
        unplaced: Forms of known units that belong to no round.
        materials: All files of material; None where there is no folder of them.
        left_aside: How many files of systems and programs lie among them.
    """

    campaign: Campaign
    as_of: datetime.date
    standings: tuple[Standing, ...]
    unplaced: tuple[Submission, ...]
    materials: tuple[Material, ...] | None
    left_aside: int

    def rows(self) -> Iterator[tuple[Unit, tuple[Standing, ...]]]:
        """Each unit with its standings."""
        for unit, standings in groupby(self.standings, key=lambda each: each.unit):
            yield unit, tuple(standings)

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """One for each round of each duty."""
        standings: dict[tuple[str, str], list[Standing]] = {}
        for each in self.standings:
            standings.setdefault((each.duty.key, each.round.key), []).append(each)
        return tuple(
            _tally(duty, each, standings.get((duty.key, each.key), ())) for duty, each in _rounds(self.campaign)
        )

    @property
    def counts(self) -> Mapping[State, int]:
        """How many standings there are of each state."""
        counted = Counter(each.state for each in self.standings)
        return {state: counted[state] for state in STATES}

    @property
    def unattributed(self) -> tuple[Material, ...]:
        """The files of material that count for no unit."""
        return tuple(each for each in self.materials or () if each.problem)


def status(
    campaign: Campaign,
    roster: Roster,
    submissions: Sequence[Submission],
    decisions: Decisions,
    materials: MaterialFolder | None,
    as_of: datetime.date,
) -> Matrix:
    """Where every unit stands.

    Args:
        campaign: What is owed.
        roster: By whom.
        submissions: With unit, round and final status.
        decisions: Those that exempt units.
        materials: What lies in the folder of material; None where there is no such folder.
        as_of: The day that tells what is overdue.
    """
    files = attribute_materials(materials.files, campaign, roster) if materials else None
    arrivals = received(submissions, campaign, roster)
    for material in files or ():
        if not material.problem:
            place = (material.unit, material.duty, material.round)
            day = arrived(material.file.path, campaign, modified=material.file.modified)
            arrivals.setdefault(place, []).append(Arrival(day=day.day, source=day.source, path=material.file.path))
    context = _Context(
        arrivals={place: there for place, each in arrivals.items() if (there := first(each))},
        exempt={(each.unit, each.duty, each.round) for each in decisions.of_kind("exempt")},
        files=Counter((each.unit, each.duty, each.round, each.category) for each in files or () if not each.problem),
        rejected=_rejected(campaign, submissions),
        looked=files is not None,
        as_of=as_of,
    )
    owed = {key: campaign.owed_duties(key) for key in {unit.group for unit in roster.units}}
    return Matrix(
        campaign=campaign,
        as_of=as_of,
        standings=tuple(
            context.standing(unit, duty, each, owes=duty in owed[unit.group])
            for unit in roster.units
            for duty, each in _rounds(campaign)
        ),
        unplaced=tuple(_unplaced(campaign, submissions)),
        materials=None if files is None else tuple(files),
        left_aside=materials.left_aside if materials else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    arrivals: Mapping[Place, Arrival]
    exempt: set[Place]
    files: Mapping[tuple[str, str, str, Category], int]
    rejected: Mapping[Place, Sequence[str]]
    looked: bool
    as_of: datetime.date

    def standing(self, unit: Unit, duty: Duty, each: Round, *, owes: bool) -> Standing:
        place = (unit.code, duty.key, each.key)
        exempt = place in self.exempt or (unit.code, duty.key, "") in self.exempt
        there = self.arrivals.get(place)
        return Standing(
            unit=unit,
            duty=duty,
            round=each,
            state=self._state(duty, each, there, owes=owes, exempt=exempt),
            owed=owes and not each.optional and not exempt,
            first=there,
            files={category: self.files.get((*place, category), 0) for category in CATEGORIES}
            if duty.form is None
            else _NO_FILES,
            rejected=tuple(self.rejected.get(place, ())),
        )

    def _state(self, duty: Duty, each: Round, there: Arrival | None, *, owes: bool, exempt: bool) -> State:
        if exempt:
            return "exempt"
        if there:
            return "undated" if there.day is None else "in-time" if there.day <= each.deadline else "late"
        if not owes:
            return "not-owed"
        if duty.form is None and not self.looked:
            return "not-looked-for"
        if each.optional:
            return "optional"
        return "missing" if self.as_of > each.deadline else "not-due"


def _rounds(campaign: Campaign) -> Iterator[tuple[Duty, Round]]:
    for duty in campaign.duties:
        for each in duty.rounds:
            yield duty, each


def _tally(duty: Duty, each: Round, standings: Iterable[Standing]) -> Tally:
    states = [standing.state for standing in standings if standing.owed and standing.state != "not-looked-for"]
    return Tally(
        duty=duty,
        round=each,
        owing=len(states),
        reported=sum(state in ARRIVED for state in states),
        in_time=states.count("in-time"),
    )


def _rejected(campaign: Campaign, submissions: Iterable[Submission]) -> dict[Place, list[str]]:
    found: dict[Place, list[str]] = {}
    for each in submissions:
        if each.status == "rejected" and each.form and each.unit:
            duty = campaign.duty_of(campaign.form(each.form))
            for unit in each.covers or (each.unit,):
                found.setdefault((unit, duty.key, each.round), []).append(each.path)
    return found


def _unplaced(campaign: Campaign, submissions: Iterable[Submission]) -> Iterator[Submission]:
    for each in submissions:
        if each.status in ("accepted", "superseded") and each.form and each.unit and not each.round:
            yield each
