"""The same link or picture that two units claim."""

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from anquanyue.campaign.model import Form
from anquanyue.checking.context import Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import Phrase, mark
from anquanyue.reading.submission import Submission

TYPES: Final = (
    FindingType(
        "evidence-shared",
        "warning",
        mark("the evidence of “{label}” is also claimed by {names}: {what}"),
        mark("ask the units whose it is: what one of them did must not count for both"),
        title=mark("Two units claim the same evidence"),
        explanation=mark(
            "The same link, or the very same picture, came from several units. Links are compared as they are written "
            "and never opened; the home page of a newspaper says nothing and is not compared. The figures count as "
            "they are."
        ),
        dimension="consistency",
        instruction=mark("check whether it is your unit's own; what another unit reports must not count twice"),
    ),
)

_BETWEEN_LINKS = re.compile(r"[\s，、；。（）《》“”‘’\"<>]+|[;,|]+(?=https?://|www\.)", re.I)
_LINK = re.compile(r"https?://.+|(?<![\w.-])(?:[a-z0-9-]+\.)+[a-z]{2,18}/.+", re.I)
# Host, path, query and fragment of a link to a page (RFC 3986, appendix B); nothing of one with a bare address.
_PARTS = re.compile(
    r"(?:https?://)?+([^/?#\[\]]*)(?![^/?#])([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL
)
_MOST_LINKS: Final = 3
_MOST_NAMES: Final = 8


@dataclass(frozen=True, slots=True)
class _Place:
    """Where evidence stands: at a field, or (the field is None) at an item or the form as a whole."""

    field: str | None
    label: str


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a unit shows as its own: `identity` is equal for the same one; of a picture, `link` is empty."""

    identity: object
    place: _Place
    link: str = ""


def check(context: Context) -> Iterator[Finding]:
    """For each accepted submission a finding for each place with evidence that another unit claims, too."""
    claims = [(submission, form, tuple(_claims(submission, form))) for submission, form in _sharing(context)]
    owners: dict[object, dict[str, None]] = {}
    for submission, _form, claimed in claims:
        for claim in claimed:
            owners.setdefault(claim.identity, {}).update(dict.fromkeys(_units(submission)))
    names = {unit.code: unit.name for unit in context.roster.units} if context.roster else {}
    for submission, form, claimed in claims:
        own = _units(submission)
        # One more than are named is enough: a link to the notice may stand in every form.
        others = {
            claim: [names.get(unit, unit) for unit in islice(_without(own, owners[claim.identity]), _MOST_NAMES + 1)]
            for claim in claimed
        }
        yield from _findings(submission, form, {claim: units for claim, units in others.items() if units})


def _without(own: Sequence[str], units: Iterable[str]) -> Iterator[str]:
    return (unit for unit in units if unit not in own)


def _sharing(context: Context) -> Iterator[tuple[Submission, Form]]:
    """The submissions that may share evidence with another unit's; nearly none do, and the others need no closer look.

    Of each piece of evidence only its hash is kept, since hundreds of thousands are compared.
    """
    claimed = [(each, array("q", map(hash, _identities(each[0])))) for each in context.accepted()]
    claimants: dict[int, tuple[str, ...]] = {}
    shared: set[int] = set()
    for (submission, _form), identities in claimed:
        units = _units(submission)
        shared |= {identity for identity in identities if claimants.setdefault(identity, units) != units}
    for each, identities in claimed:
        if not shared.isdisjoint(identities):
            yield each


def _identities(submission: Submission) -> Iterator[object]:
    """What is equal for the same evidence, of all that the submission claims."""
    for texts in (submission.evidence, submission.notes):
        for text in texts.values():
            yield from (identity for _link, identity in _links(text))
    for pictures in submission.pictures.values():
        yield from filter(_is_digest, pictures)


def _units(submission: Submission) -> tuple[str, ...]:
    return submission.covers or ((submission.unit,) if submission.unit else ())


def _claims(submission: Submission, form: Form) -> Iterator[_Claim]:
    for key, text in submission.evidence.items():
        place = _Place(key, form.field(key).label)
        yield from (_Claim(identity, place, link) for link, identity in _links(text))
    items = {item.key: item.name for item in form.items}
    for key, text in submission.notes.items():
        place = _Place(None, items.get(key, form.label))
        yield from (_Claim(identity, place, link) for link, identity in _links(text))
    for key, pictures in submission.pictures.items():
        place = _Place(None, items.get(key, form.label))
        yield from (_Claim(picture, place) for picture in pictures if _is_digest(picture))


def _is_digest(picture: str) -> bool:
    """Besides digests there are the paths of pictures that came as files, and the names of damaged ones."""
    return "." not in picture


def _links(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each link in the text, with what is equal for two ways to write it."""
    if "/" not in text:
        return
    for word in _BETWEEN_LINKS.split(text):
        if found := _LINK.search(word):
            link = found.group().rstrip(".,:;!?)]}'")
            if identity := _identity(link):
                yield link, identity


def _identity(link: str) -> tuple[str, ...] | None:
    """What is equal for two ways to write the same link; None for the home page of a site."""
    parts = _PARTS.match(link)
    if parts is None:
        return None
    host, path, query, fragment = parts.groups("")
    path = path.rstrip("/")
    # A fragment is a place within the page, unless a page of scripts keeps its own addresses there.
    fragment = fragment if fragment.startswith(("/", "!")) else ""
    if not (path or query or fragment):
        return None
    return host.lower().removeprefix("www."), path, query, fragment


def _findings(submission: Submission, form: Form, shared: Mapping[_Claim, Sequence[str]]) -> Iterator[Finding]:
    groups: dict[tuple[_Place, bool], list[_Claim]] = {}
    for claim in shared:
        groups.setdefault((claim.place, bool(claim.link)), []).append(claim)
    for (place, _is_link), claims in groups.items():
        entry = submission.entries.get(place.field or "")
        links = list(dict.fromkeys(claim.link for claim in claims if claim.link))
        listed = "　".join(links[:_MOST_LINKS]) + ("…" if len(links) > _MOST_LINKS else "")
        names = list(dict.fromkeys(name for claim in claims for name in shared[claim]))
        yield Finding(
            code="evidence-shared",
            path=submission.path,
            place=entry.place if entry else None,
            form=form.key,
            field=place.field,
            value=links[0] if links else None,
            parameters={
                "label": place.label,
                "names": "、".join(names[:_MOST_NAMES]) + ("…" if len(names) > _MOST_NAMES else ""),
                "what": listed or Phrase("the same picture"),
            },
        )
