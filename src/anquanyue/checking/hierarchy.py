"""Figures that would count twice: joint reports beside a unit's own, and parents that include their sub-units."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final, Literal

from anquanyue.campaign.model import Campaign, Form, Period, Roster, Unit
from anquanyue.checking.selection import supersede
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission
from anquanyue.writing.labels import INCLUDES_CHILDREN_OPTIONS

Means = Literal["own", "joint", "parent"]
"""How a unit reports: by its own form, by a joint one, or by that of a unit above which includes its figures."""


def settle(submissions: Sequence[Submission], campaign: Campaign, roster: Roster | None) -> list[Submission]:
    """The submissions in their order; superseded where another accepted one holds their figures, or may hold them."""
    if roster is None:
        return list(submissions)
    tree = _Tree(roster)
    result = _without_overlaps(submissions, tree)
    for form in campaign.forms:
        if form.reported_fields:
            result = _without_children(result, form, tree)
    return result


def reported(submissions: Iterable[Submission], campaign: Campaign, roster: Roster | None) -> dict[str, dict[str, str]]:
    """By form: the file that reports for each unit, its own, a joint one, or a parent's that includes it."""
    own: dict[str, dict[str, str]] = {form.key: {} for form in campaign.forms}
    others: dict[str, dict[str, str]] = {form.key: {} for form in campaign.forms}
    # What was superseded was received, too; what counts takes its place.
    received = sorted(submissions, key=lambda each: each.status == "accepted")
    for code, means, form, submission in reports(received, campaign, roster):
        if means == "own":
            own[form.key][code] = submission.path
        elif means == "joint":
            others[form.key][code] = submission.path
        else:
            others[form.key].setdefault(code, submission.path)
    return {key: others[key] | own[key] for key in own}


def reports(
    submissions: Iterable[Submission], campaign: Campaign, roster: Roster | None
) -> Iterator[tuple[str, Means, Form, Submission]]:
    """Each unit with each submission that was received and reports for it, and by what means."""
    tree = _Tree(roster or Roster(()))
    forms = {form.key: (form, bool(form.reported_fields)) for form in campaign.forms}
    for submission in submissions:
        if submission.form is None or submission.unit is None or submission.status not in ("accepted", "superseded"):
            continue
        form, has_figures = forms[submission.form]
        yield submission.unit, "own", form, submission
        for code in submission.covers:
            yield code, "joint", form, submission
        if submission.status == "accepted" and has_figures:
            for parent in submission.covers or (submission.unit,):
                if tree.includes(submission, parent):
                    for code in tree.below(parent):
                        yield code, "parent", form, submission


class _Tree:
    """Who is above and below whom."""

    def __init__(self, roster: Roster) -> None:
        self.units: Final[Mapping[str, Unit]] = {unit.code: unit for unit in roster.units}
        self._children: Final[dict[str, list[str]]] = {}
        for unit in roster.units:
            self._children.setdefault(unit.parent, []).append(unit.code)

    def above(self, code: str) -> list[str]:
        """All units above, the highest first; none where the roster goes in a circle."""
        found: list[str] = []
        unit = self.units.get(code)
        while unit and unit.parent:
            if unit.parent in (code, *found):
                return []
            found.insert(0, unit.parent)
            unit = self.units.get(unit.parent)
        return found

    def below(self, code: str) -> list[str]:
        """All units below, at any depth."""
        found = dict.fromkeys([code])
        open_ends = [code]
        while open_ends:
            new = [child for child in self._children.get(open_ends.pop(), ()) if child not in found]
            found |= dict.fromkeys(new)
            open_ends += new
        return list(found)[1:]

    def includes(self, submission: Submission, parent: str) -> bool | None:
        """Whether the parent's submission includes its sub-units: as it says itself, else as the roster says."""
        if submission.includes_children is not None:
            return submission.includes_children
        unit = self.units.get(parent)
        return unit.includes_children if unit else None


def _units(submission: Submission) -> tuple[str, ...]:
    return submission.covers or ((submission.unit,) if submission.unit else ())


def _without_overlaps(submissions: Sequence[Submission], tree: _Tree) -> list[Submission]:
    """A joint report counts before the units' own, and before one of fewer units."""
    result = list(submissions)
    holders: dict[tuple[str | None, str, str], Submission] = {}
    accepted = [index for index, each in enumerate(submissions) if each.status == "accepted"]
    for index in sorted(accepted, key=lambda index: -len(submissions[index].covers)):
        submission = submissions[index]
        places = [(submission.form, submission.round, code) for code in _units(submission)]
        holder = next((holders[place] for place in places if place in holders), None)
        if holder:
            result[index] = _superseded(submission, "unit-joint-overlap", other=holder.path)
        elif submission.covers:
            holders |= dict.fromkeys(places, submission)
    return result


def _without_children(submissions: Sequence[Submission], form: Form, tree: _Tree) -> list[Submission]:
    result = list(submissions)
    periods = {field.period for field in form.fields if field.type == "count"}
    sent: dict[str, list[int]] = {}
    for index, submission in enumerate(submissions):
        if submission.status == "accepted" and submission.form == form.key:
            for code in _units(submission):
                sent.setdefault(code, []).append(index)
    for index in sorted({index for indices in sent.values() for index in indices}):
        submission = submissions[index]
        parents = [_parent(code, submission, submissions, sent, tree, periods) for code in _units(submission)]
        found = [each for each in parents if each]
        if found and len(found) < len(parents):
            # Of a joint report only a part is in the parent's figures, and nobody can take it out.
            result[index] = _superseded(submission, "unit-joint-overlap", other=found[0].path)
        elif found:
            sure = all(each.included for each in found)
            undecided = next((each for each in found if not each.included), found[0])
            code = "children-included" if sure else "children-undeclared"
            if sure and any(each.of_other_round for each in found) and "period" in periods:
                code = "children-of-other-round"
            result[index] = _superseded(
                submission,
                code,
                parent=tree.units[undecided.code].name,
                name="、".join(tree.units[code].name for code in _units(submission)),
            )
        result[index] = _compared_with_roster(result[index], tree)
    return result


@dataclass(frozen=True, slots=True)
class _Parent:
    """A unit above, its file, whether its figures are said to include what is below, and whether of another round."""

    code: str
    path: str
    included: bool
    of_other_round: bool


def _parent(
    code: str,
    child: Submission,
    submissions: Sequence[Submission],
    sent: Mapping[str, list[int]],
    tree: _Tree,
    periods: AbstractSet[Period | None],
) -> _Parent | None:
    """The highest unit above that reported, and does not say that its sub-units are not in its figures.

    Of several rounds the parent's same one tells; else its last, because a total holds the last round of each unit.
    Where every count is of its round alone, the parent's of other rounds hold nothing of this one.
    """
    each_round_alone = periods == {"period"}
    for above in tree.above(code):
        there = [submissions[index] for index in sent.get(above, ()) if submissions[index] is not child]
        if there:
            same = [each for each in there if each.round == child.round]
            if not same and each_round_alone:
                continue
            parent = (same or there)[-1]
            includes = tree.includes(parent, above)
            if includes is not False:
                return _Parent(above, parent.path, bool(includes), of_other_round=not same)
    return None


def _compared_with_roster(submission: Submission, tree: _Tree) -> Submission:
    """With a warning where the form says of its sub-units what the roster denies."""
    unit = tree.units.get(submission.unit or "")
    said = submission.includes_children
    if unit is None or None in (said, unit.includes_children) or said == unit.includes_children:
        return submission
    if not tree.below(unit.code):
        return submission
    yes, no = INCLUDES_CHILDREN_OPTIONS
    finding = Finding(
        code="children-disagree",
        path=submission.path,
        form=submission.form,
        parameters={"said": yes if said else no, "listed": no if said else yes},
    )
    return replace(submission, findings=(*submission.findings, finding))


def _superseded(submission: Submission, code: str, **parameters: str) -> Submission:
    finding = Finding(code=code, path=submission.path, form=submission.form, parameters=parameters)
    return supersede(submission, finding)
