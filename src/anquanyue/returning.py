"""A submission and what was found in it → the form to send back (退回表): what the unit sent, and what is marked."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN, Campaign, Field, Form, Item, Roster, Unit
from anquanyue.findings import SEVERITIES, Finding
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reading.values import parse
from anquanyue.writing.labels import EVIDENCE_LABEL, INCLUDES_CHILDREN_LABEL
from anquanyue.writing.marks import Mark, Returned

# What the unit can do nothing about: the coordinator's list of units, files and decisions, and what is over.
_NOT_FOR_THE_UNIT: Final = frozenset({
    "form-newer-version", "form-without-keys", "form-over-sheets", "name-says-void", "late", "earlier-round-partial",
    "unit-similar", "unit-folder-disagrees", "unit-joint-overlap", "children-undeclared", "children-of-other-round",
})  # fmt: skip
_NEVER_FOR_THE_UNIT: Final = ("decision-", "superseded-")
"""How the codes of all others begin that it can do nothing about."""

_OWNER_UNKNOWN: Final = frozenset(("unit-missing", "unit-unknown", "unit-disagrees"))
_OFFICIAL_NAME: Final = frozenset(("unit-guessed", "unit-from-path", "unit-from-stamp"))
"""Where the name of the unit was not written, or not for certain, the form goes back with the right one in it."""

_AS_TYPED: Final = "原填："
_ASKED: Final = "请填写"
_BRACKET: Final = re.compile("（")
_READ_OR_NOT: Final = ("count", "yes_no", "choice", "date")
"""Types of which not every text can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReturn:
    """A form to send back.

    Attributes:
        submission: What was sent.
        unit: Whose it is; without a roster a unit with the name as written and no code; None where nobody knows.
        values: What stands in the form, by the name of the entry.
        asks_children: Whether it asks if the figures include those of sub-units.
        marks: In the order of the form.
        revision: How often the form was returned, with this time.
    """

    submission: Submission
    form: Form
    unit: Unit | None
    values: Mapping[str, object]
    asks_children: bool
    marks: tuple[Mark, ...]
    revision: int

    def returned(
        self, by: datetime.date | None, pictures: Mapping[str, tuple[bytes, ...]] | None = None, kept: int = 0
    ) -> Returned:
        """What the form has beside the values; due `by` then, with these pictures and so many that stay here."""
        return Returned(
            revision=self.revision,
            round=self.submission.round,
            by=by,
            marks=self.marks,
            pictures=pictures or {},
            kept=kept,
        )


def to_return(
    campaign: Campaign, roster: Roster | None, submissions: Sequence[Submission], findings: Iterable[Finding]
) -> list[ToReturn]:
    """Every form with something that its unit can correct or check, in the order of the submissions.

    What was superseded is not returned, nor what was rejected where another form of the unit counts. Of a file that
    holds a form several times one is made, in which every value that differs is to be written anew.
    """
    by_path = _by_path(findings)
    telling = Telling(submissions, roster)
    counting = {(each.unit, each.form, each.round) for each in submissions if each.status == "accepted"}
    of_path = {each.path: each for each in submissions}
    twice: dict[tuple[object, ...], list[Submission]] = {}
    for each in submissions:
        if labels := _twice(by_path.get(each.path, ())):
            twice.setdefault((_file(each), each.form, labels), []).append(each)
    firsts = {twins[0].path: twins for twins in twice.values()}
    later = {each.path for twins in twice.values() for each in twins[1:]}
    result = []
    for each in submissions:
        found = by_path.get(each.path, ())
        if each.form is None or each.path in later or not any(map(asks_the_unit, found)):
            continue
        owned = not _OWNER_UNKNOWN & {finding.code for finding in found}
        out = each.status == "rejected" and owned and (each.unit, each.form, each.round) in counting
        if each.status not in ("accepted", "rejected") or out:
            continue
        form = campaign.form(each.form)
        twins = firsts.get(each.path, [each])
        differing = _differing(twins, form)
        for finding in found:
            if finding.code == "submission-undecided" and (other := of_path.get(finding.path or "")):
                differing |= _differing([each, other], form)
        result.append(_to_return(_merged(twins, form), form, found, differing, owned, campaign, roster, telling))
    return result


def asks_the_unit(finding: Finding) -> bool:
    """Whether it is something that the unit itself can correct or check."""
    return (
        finding.severity in ("error", "warning")
        and finding.code not in _NOT_FOR_THE_UNIT
        and not finding.code.startswith(_NEVER_FOR_THE_UNIT)
    )


def _by_path(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each submission; which of two is the newer one is asked in the one that counts till then."""
    result: dict[str, list[Finding]] = {}
    for finding in findings:
        path = finding.parameters.get("other") if finding.code == "submission-undecided" else finding.path
        if isinstance(path, str):
            result.setdefault(path, []).append(finding)
    return result


def _to_return(
    submission: Submission,
    form: Form,
    found: Sequence[Finding],
    differing: set[str],
    owned: bool,
    campaign: Campaign,
    roster: Roster | None,
    telling: "Telling",
) -> ToReturn:
    unit = _unit(submission, roster) if owned else None
    values = carried_over(submission, form, campaign.start.year)
    name = form.unit_field.key
    if unit and (name not in values or _OFFICIAL_NAME & {finding.code for finding in found}):
        values[name] = unit.name
    has_children = bool(roster and unit and roster.children(unit.code))
    return ToReturn(
        submission=submission,
        form=form,
        unit=unit,
        values=values,
        asks_children=has_children or submission.includes_children is not None,
        marks=_marks(found, form, differing, telling),
        revision=(submission.stamp.revision if submission.stamp else 0) + 1,
    )


def _unit(submission: Submission, roster: Roster | None) -> Unit | None:
    if roster is None:
        return Unit(code="", name=submission.unit) if submission.unit else None
    return roster.unit(submission.unit or "")


# What the unit sent ----------------------------------------------------------------------------------------------


def carried_over(submission: Submission, form: Form, year: int) -> dict[str, object]:
    """Everything that the unit sent, by the name of the entry: values where they were read for certain, else texts."""
    values: dict[str, object] = {}
    for field in form.fields:
        entry = submission.entries.get(field.key)
        value = _carried(field, entry, year) if entry else None
        if entry is None and submission.blanks_are_zero and field.reported:
            # A blank would be a declared zero once it is back, and nobody declared that of what was not found.
            value = _ASKED
        if value is not None:
            values[field.key] = value
    for item in form.items:
        if lines := [submission.notes.get(item.key, ""), *_homeless_evidence(submission, form, item)]:
            values[item.notes_key] = "\n".join(filter(None, lines))
    values |= {
        field.evidence_key: submission.evidence[field.key]
        for field in form.fields
        if field.evidence and field.key in submission.evidence
    }
    if submission.blanks_are_zero:
        values[BLANKS_ARE_ZERO] = True
    if submission.includes_children is not None:
        values[INCLUDES_CHILDREN] = submission.includes_children
    return {name: value for name, value in values.items() if value != ""}


def _carried(field: Field, entry: Entry, year: int) -> object:
    """A value that was read without a doubt; else the text, in which the next reading finds the same doubt again."""
    if entry.text == "":
        return None
    parsed = parse(field, entry.text, year)
    if entry.decided:
        # What arrived, so that the decision still fits it.
        return entry.text if parsed.value is None or parsed.problems else parsed.value
    doubted = parsed.value == entry.value and parsed.problems
    if entry.value is not None and not doubted:
        return entry.value
    if parsed.value != entry.value and field.type in _READ_OR_NOT:
        # It could not be read where it stood, and alone in its entry it could, perhaps wrongly.
        return f"{_AS_TYPED}{entry.text}"
    return entry.text


def _homeless_evidence(submission: Submission, form: Form, item: Item) -> Iterator[str]:
    """What was given as evidence for a field of the item that has no place for it, as a line of the notes."""
    for blank in item.blanks:
        field = form.field(blank.key)
        if not field.evidence and (text := submission.evidence.get(field.key)):
            yield f"{EVIDENCE_LABEL}（{field.label}）：{text}"


def _file(submission: Submission) -> str:
    return submission.path.split("#")[0]


def _twice(findings: Iterable[Finding]) -> str:
    """What differs where a file holds a form several times; "" where it does not."""
    return next((str(each.parameters.get("labels")) for each in findings if each.code == "form-twice"), "")


def _differing(submissions: Sequence[Submission], form: Form) -> set[str]:
    """The keys of the fields in which the submissions differ."""

    def content(submission: Submission, key: str) -> object:
        entry = submission.entries.get(key)
        return None if entry is None else entry.text if entry.value is None else entry.value

    first, *others = submissions
    return {
        field.key
        for field in form.fields
        if any(content(each, field.key) != content(first, field.key) for each in others)
    }


def _merged(twins: Sequence[Submission], form: Form) -> Submission:
    """One submission of several: of a value that differs all texts, which cannot be read as one."""
    if len(twins) == 1:
        return twins[0]
    first = twins[0]
    entries = dict(first.entries)
    for key in _differing(twins, form):
        found = [each.entries[key] for each in twins if key in each.entries]
        texts = dict.fromkeys(entry.text for entry in found)
        entries[key] = Entry(" | ".join(text or "（空白）" for text in texts), None, found[0].place)
    return replace(
        first,
        entries=entries,
        notes=_joined([each.notes for each in twins]),
        evidence=_joined([each.evidence for each in twins]),
        blanks_are_zero=all(each.blanks_are_zero for each in twins),
        pictures={key: each.pictures[key] for each in twins for key in each.pictures},
    )


def _joined(texts: Sequence[Mapping[str, str]]) -> dict[str, str]:
    keys = dict.fromkeys(key for each in texts for key in each)
    return {key: "\n".join(dict.fromkeys(each[key] for each in texts if key in each)) for key in keys}


# What is told ----------------------------------------------------------------------------------------------------


class Telling:
    """Puts findings into words to the unit that they are about: nothing of what it is told names another unit."""

    def __init__(self, submissions: Iterable[Submission], roster: Roster | None) -> None:
        """Units are told apart by the names in the roster, and by the files that they sent."""
        submissions = tuple(submissions)
        owners = {name: unit.code for unit in roster.units for name in (*unit.aliases, unit.name)} if roster else {}
        if roster is None:
            owners = {each.unit: each.unit for each in submissions if each.unit}
        self._units: Final = {each.path: _units(each) for each in submissions}
        self._names: Final = {name: (unit,) for name, unit in owners.items()}
        self._owners: Final = self._names | self._units

    def found(self, finding: Finding) -> str:
        """What was found; only of what kind it is, and in what, where the message names another unit or its file."""
        message = self._with_reason(finding).message("zh")
        if not self._names_another(finding, message):
            return message
        label = finding.parameters.get("label")
        # The value is what the unit itself wrote.
        value = f"（{finding.value}）" if finding.value is not None else ""
        return (f"“{label}”：" if label else "") + finding.title("zh") + value

    def request(self, finding: Finding) -> str:
        """What the unit is asked to do; "" where there is nothing to say, or nothing but what names another unit."""
        instruction = finding.instruction("zh") or ""
        return "" if self._names_another(finding, instruction) else instruction

    def _names_another(self, finding: Finding, text: str) -> bool:
        named = {word for each in finding.parameters.values() if isinstance(each, str) for word in _words(each)}
        own = self._own(finding)
        return any(own.isdisjoint(self._owners[word]) and word in text for word in named & self._owners.keys())

    def _own(self, finding: Finding) -> set[str | None]:
        return {finding.unit, *self._units.get(finding.path or "", ())}

    def _with_reason(self, finding: Finding) -> Finding:
        """The finding; without the coordinator's reason where that speaks of another unit, anywhere in it."""
        reason, own = str(finding.parameters.get("reason", "")), self._own(finding)
        if reason and any(name in reason and own.isdisjoint(units) for name, units in self._names.items()):
            return replace(finding, parameters={**finding.parameters, "reason": "…"})
        return finding


def _units(submission: Submission) -> tuple[str, ...]:
    return submission.covers or ((submission.unit,) if submission.unit else ())


def _words(text: str) -> Iterator[str]:
    """What may be a name or a path in a list as 甲局、乙局（a/b.xlsx）: a name may hold brackets of its own."""
    for word in (text, *text.split("、")):
        yield word
        yield from (word[: bracket.start()] for bracket in _BRACKET.finditer(word))
        yield from (word[bracket.end() :].removesuffix("）") for bracket in _BRACKET.finditer(word))


# What is marked --------------------------------------------------------------------------------------------------


def _marks(found: Iterable[Finding], form: Form, differing: set[str], telling: Telling) -> tuple[Mark, ...]:
    """What the unit is asked to look at, in the order of the form, what is about the whole of it first."""
    labels = _labels(form)
    order = {name: index for index, name in enumerate(labels)}
    marks = []
    for finding in found:
        names = tuple(sorted(_names(finding, form, differing) & order.keys(), key=order.__getitem__))
        # What the coordinator decided stands in the list of nobody, but beside what was sent.
        if not asks_the_unit(finding) and not (finding.code == "decision-applied" and names):
            continue
        marks.append(
            Mark(
                names=names,
                severity=finding.severity,
                label=labels[names[0]] if len(names) == 1 else f"{len(names)}项" if names else "",
                found=telling.found(finding),
                request=telling.request(finding) if asks_the_unit(finding) else "",
            )
        )

    def place(mark: Mark) -> tuple[int, int]:
        return order[mark.names[0]] if mark.names else -1, SEVERITIES.index(mark.severity)

    return tuple(sorted(marks, key=place))


def _labels(form: Form) -> dict[str, str]:
    """What people call each entry, by its name, in the order of the form."""
    in_items = {blank.key for item in form.items for blank in item.blanks}
    labels = {field.key: field.label for field in form.fields if field.key not in in_items}
    labels[INCLUDES_CHILDREN] = INCLUDES_CHILDREN_LABEL
    for item in form.items:
        for blank in item.blanks:
            field = form.field(blank.key)
            labels[field.key] = field.label
            if field.evidence:
                labels[field.evidence_key] = f"{field.label}·{EVIDENCE_LABEL}"
    return labels


def _names(finding: Finding, form: Form, differing: set[str]) -> set[str]:
    """The names of the entries that a finding is about."""
    if finding.code.startswith("children-"):
        return {INCLUDES_CHILDREN}
    if finding.code in ("form-twice", "submission-undecided"):
        return differing
    several = finding.parameters.get("fields")
    keys = set(several) if isinstance(several, tuple) else {finding.field} if finding.field else set()
    if finding.code.startswith(("evidence-", "link-")):
        asking = {field.key: field.evidence_key for field in form.fields if field.evidence}
        return {asking.get(key, key) for key in keys}
    return keys
