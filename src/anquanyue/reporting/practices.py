"""特色做法: what units wrote beside the items, bounded, and without what is about a person."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from anquanyue.campaign.model import Field, Form
from anquanyue.contacts import contact_fields, masked
from anquanyue.reading.folding import narrow
from anquanyue.reading.submission import Submission
from anquanyue.reading.values.texts import is_nil, tidy
from anquanyue.reporting.finding_words import UNIT_UNKNOWN
from anquanyue.summary import Summary

_MOST: Final = 12
_LONGEST: Final = 200
_ALIKE: Final = re.compile(r"[\W_]*(同上|见附件|见附表|略)?[\W_]*")
"""What points elsewhere and says nothing itself."""

_OF_TOTALS: Final = re.compile(r"汇总\d+个单位")
"""How the notes of a form that holds the totals of many units begin (`as_submission`)."""

_NUMBERS: Final = (
    (re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])"), "（证件号略）"),
    (re.compile(r"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])"), "（手机号略）"),
    (re.compile(r"(?<![0-9])1[3-9][0-9]{3}[ -][0-9]{3}[ -]?[0-9]{3}(?![0-9])"), "（手机号略）"),
    (re.compile(r"(?<![0-9])(?:\(0[0-9]{2,3}\)|0[0-9]{2,3})[-— ]?[0-9]{7,8}(?![0-9])"), "（电话略）"),
    # Bounded, since of a long word without @ every beginning would be tried.
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII), "（邮箱略）"),
)
"""What is about a person in whatever form, and what stands for it."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What a unit wrote beside an item (备注/典型做法)."""

    unit: str
    item: str
    text: str


def practices(summary: Summary) -> tuple[list[Practice], int]:
    """The notes that are shown, and how many more there are.

    Of many notes every unit's first comes before any unit's second, then as in the roster; so are they shown, too.
    """
    places = {code: place for place, code in enumerate(summary.names)}
    sent = [each for each in summary.submissions if each.status == "accepted" and each.form == summary.form.key]
    notes = [(each, *note) for each in sent for note in _notes(each, summary.form)]
    people = _people(summary, {submission.unit for submission, *_note in notes})
    found: list[tuple[int, int, int, Practice]] = []
    turns: Counter[str | None] = Counter()
    for submission, item, text in notes:
        turns[submission.unit] += 1
        name = "、".join(map(summary.name, submission.covers)) or summary.name(submission.unit) or UNIT_UNKNOWN
        shown = _bounded(_without_name(without_people(text, people.get(submission.unit, ())), name))
        place = places.get(submission.unit or "", len(places))
        found.append((turns[submission.unit], place, len(found), Practice(name, item, shown)))
    chosen = sorted(found, key=lambda each: each[:3])[:_MOST]
    return [each[-1] for each in sorted(chosen, key=lambda each: each[1:3])], len(found) - len(chosen)


def _notes(submission: Submission, form: Form) -> Iterator[tuple[str, str]]:
    """The names of items and what the unit wrote beside them, if it says anything."""
    for item in form.items:
        text = " ".join(submission.notes.get(item.key, "").split())
        if not (_ALIKE.fullmatch(text) or is_nil(tidy(text)) or _OF_TOTALS.match(text)):
            yield item.name, text


def _people(summary: Summary, units: AbstractSet[str | None]) -> Mapping[str | None, tuple[str, ...]]:
    """By unit what its forms say about people, the longest first."""
    asked = {form.key: _about_people(form) for form in summary.campaign.forms}
    found: dict[str | None, set[str]] = {}
    for submission in summary.submissions:
        if submission.unit in units:
            for field in asked.get(submission.form or "", ()):
                text = submission.entries[field.key].text.strip() if field.key in submission.entries else ""
                # Of what is one letter long every second sentence has some.
                if len(text) > 1 and masked(field, text) != text:
                    found.setdefault(submission.unit, set()).add(text)
    return {unit: tuple(sorted(texts, key=lambda text: (-len(text), text))) for unit, texts in found.items()}


def _about_people(form: Form) -> list[Field]:
    return [field for field in contact_fields(form) if not (field.reported or field.type == "date")]


def without_people(text: str, people: tuple[str, ...]) -> str:
    """The text without those words, and without what is a telephone number, an address or the like."""
    for each in people:
        text = text.replace(each, "（略）")
    for pattern, instead in _NUMBERS:
        # Found in the narrow text, which is as long, so that the rest stays as it was written.
        for match in reversed(list(pattern.finditer(narrow(text)))):
            text = text[: match.start()] + instead + text[match.end() :]
    return text


def _without_name(text: str, name: str) -> str:
    """The text without its writer's name at its head, since the name is shown in front of it."""
    rest = text.removeprefix(name).lstrip("：:，, ") if name else text
    return rest or text


def _bounded(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
