"""Whose submissions are without a roster: each distinct name is a unit, whatever its spelling."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from anquanyue.campaign.model import Campaign, Form
from anquanyue.checking.names import Reduced, comparable, contradict, normal_name, reduced, shown_name
from anquanyue.decisions import Decision
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission

_NUMBER_OF_A_PERSON = re.compile(r"\d{7,}")


def written_name(submission: Submission, form: Form) -> str:
    """The unit's name as it was typed; "" where there is nothing but （盖章）, a line or the like.

    Of several cells only the first is the name, and beside a telephone number only the first word: the rest is about
    a person, and a name of a unit appears in findings.
    """
    entry = submission.entries.get(form.unit_field.key)
    text = entry.text.split(" | ")[0] if entry else ""
    if _NUMBER_OF_A_PERSON.search(text):
        text = _NUMBER_OF_A_PERSON.sub("…", text.split()[0])
    return " ".join(text.split()) if normal_name(text) else ""


def attribute_by_spelling(
    submissions: Sequence[Submission],
    campaign: Campaign,
    decided_names: Mapping[str, Decision],
    decided_files: Mapping[str, Decision],
) -> list[Submission]:
    """The submissions in their order; a unit is called as it was first spelled."""
    spelled: dict[str, str] = {}
    similar = _SimilarNames()
    return [
        _attributed(each, campaign, decided_names, decided_files.get(each.path), spelled, similar)
        for each in submissions
    ]


def _attributed(
    submission: Submission,
    campaign: Campaign,
    decided_names: Mapping[str, Decision],
    decision: Decision | None,
    spelled: dict[str, str],
    similar: "_SimilarNames",
) -> Submission:
    if submission.form is None:
        return submission
    form = campaign.form(submission.form)
    written = written_name(submission, form)
    stamped = submission.stamp.unit if submission.stamp else ""
    if decision is None and written:
        decision = decided_names.get(normal_name(written))
    name = decision.unit if decision else shown_name(written) or stamped
    entry = submission.entries.get(form.unit_field.key)
    common = Finding(
        code="unit-missing",
        path=submission.path,
        place=entry.place if entry else None,
        form=form.key,
        field=form.unit_field.key,
        value=written or None,
    )
    accepted = submission.status == "accepted"
    if not name:
        findings = (*submission.findings, common) if accepted else submission.findings
        return replace(submission, status="rejected" if accepted else submission.status, findings=findings)
    unit = spelled.setdefault(normal_name(name) or name, name)
    found: list[Finding] = []
    if decision:
        parameters = {"name": unit, "by": decision.by, "reason": decision.reason}
        found.append(replace(common, code="unit-decided", value=written or decision.file, parameters=parameters))
    elif not written:
        found.append(replace(common, code="unit-from-stamp", parameters={"name": unit}))
    if accepted and (other := similar.to(unit)):
        found.append(replace(common, code="unit-similar", value=unit, parameters={"other": other}))
    return replace(submission, unit=unit, findings=(*submission.findings, *found) if accepted else submission.findings)


class _SimilarNames:
    """Finds among the names so far one that a new name may be another spelling of.

    Two names are similar where one character differs, or only what people leave out. A name is kept under each way
    to leave out one of its characters, so that ten thousand names need not all be compared with each other.
    """

    def __init__(self) -> None:
        self._seen: Final[set[str]] = set()
        self._near: Final[dict[str, tuple[str, ...]]] = {}
        self._reduced: Final[dict[str, list[tuple[Reduced, str]]]] = {}

    def to(self, name: str) -> str | None:
        """An earlier name that is similar; each name is answered for once."""
        if name in self._seen:
            return None
        self._seen.add(name)
        text, short = comparable(name), reduced(name)
        keys = [text, *(text[:index] + text[index + 1 :] for index in range(len(text)))]
        candidates = [each for key in keys for each in self._near.get(key, ()) if len(text) > 2]
        found = [each for each in candidates if not contradict(text, comparable(each))]
        found += [each for other, each in self._reduced.get(short.core, ()) if short.fits(other)]
        alone = (name,)
        for key in set(keys):
            # Nearly every key has one name only, and all keys of the name share the tuple.
            self._near[key] = (*others, name) if (others := self._near.get(key)) else alone
        self._reduced.setdefault(short.core, []).append((short, name))
        return found[0] if found else None
