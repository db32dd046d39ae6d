"""What of a file is kept for the next time: nothing about a person, and nothing about where the file lies."""

import hashlib
import io
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, BinaryIO, Final, NamedTuple

from anquanyue.campaign.model import Campaign, Form
from anquanyue.findings import Finding
from anquanyue.reading.sending import Sent, with_attributes
from anquanyue.reading.submission import Submission

UNSAID: Final = "…"
"""What stands for a text about a person."""

_BLOCK: Final = 1024 * 1024
_OF_TODAY: Final = ("file-inaccessible", "file-too-slow", "file-unsafe", "file-old-document", "file-not-converted")
"""What another day, or another program on the machine, may change."""

_KNOWN_CLASSES: Final = {
    ("anquanyue.findings", "Finding"), ("anquanyue.language", "Phrase"), ("datetime", "date"),
}  # fmt: skip


class Fingerprint:
    """Tells a file apart from all others by its content and the last part of its path; takes in all that is read.

    Attributes:
        is_whole: Whether the whole content was taken in.
        size: How many bytes that were.
        modified: When the file was last changed then, in seconds since 1970; 0 where nobody said.
    """

    def __init__(self, shown: str) -> None:
        name = shown.rsplit("/", 1)[-1].encode("utf-8", "surrogatepass")
        self._hash = hashlib.sha256(name + b"\0")
        self.is_whole, self.size, self.modified = False, 0, 0.0

    def take(self, content: bytes) -> None:
        """Take in the whole content."""
        self._hash.update(content)
        self.is_whole, self.size = True, len(content)

    def take_from(self, file: io.RawIOBase | BinaryIO, size: int = _BLOCK) -> None:
        """Take in what follows in the file, which has about that many bytes."""
        while block := file.read(min(size + 1, _BLOCK)):
            self._hash.update(block)
            self.size += len(block)
        self.is_whole = True

    @property
    def key(self) -> bytes:
        """The same for the same content under the same name only."""
        return self._hash.digest()


class Seen(NamedTuple):
    """A file as it was when it was read.

    Attributes:
        key: Its fingerprint.
        kept: What may be kept of it; None where nothing may, and where it is only known when more was read.
        holds_more: Whether what is in it is read afterwards, as the members of an archive;
        size, modified: then another one of either later shows that it is another file by now.
    """

    key: bytes
    size: int = 0
    modified: float = 0.0
    kept: "Kept | None" = None
    holds_more: bool = False


Texts = tuple[str, ...]


class Kept(NamedTuple):
    """What is kept of a file.

    Attributes:
        data: Its submissions.
        texts: Which fields they have, and where those stand, by what the data calls them: the same for many files.
    """

    data: bytes
    texts: Mapping[bytes, Texts]


def keepable(found: Sequence[Submission], packed: Sequence[Sent], shown: str, campaign: Campaign) -> Kept | None:
    """What is kept of a file; None where nothing may be.

    Args:
        found: All submissions in the file.
        packed: The same, packed.
        shown: The path of the file.
        campaign: Whose forms they are.
    """
    # Of what nothing was said nothing is kept: it would be in no count for good.
    if not found or not all(_may_be_kept(each, shown, campaign) for each in found):
        return None
    kept = []
    texts: dict[bytes, Texts] = {}
    for each, sent in zip(found, packed, strict=True):
        form = campaign.form(each.form) if each.form else None
        attributes, stamp, keys, places, *rest = _without_person(_anywhere(each, sent, shown), form)
        names = [name_of(keys), name_of(places)]
        texts.update(zip(names, (keys, places), strict=True))
        kept.append((attributes, stamp, *names, *rest))
    return Kept(pickle.dumps(kept, protocol=5), texts)


def restored(data: bytes, texts: Mapping[bytes, Texts]) -> list[Sent] | None:
    """The submissions that were kept, packed; None where the data is damaged or says anything else."""
    # Damaged bytes make the unpickler raise nearly anything.
    try:
        return [
            (attributes, stamp, texts[keys], texts[places], *rest)
            for attributes, stamp, keys, places, *rest in _Unpickler(io.BytesIO(data)).load()
        ]
    except Exception:
        return None


@lru_cache(maxsize=1_000)
def name_of(texts: Texts) -> bytes:
    """What these texts are called in what is kept."""
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _may_be_kept(submission: Submission, shown: str, campaign: Campaign) -> bool:
    form = campaign.form(submission.form) if submission.form else None
    if form and not form.items:
        return False
    of_today = any(finding.code in _OF_TODAY for finding in submission.findings)
    # A path that stands in words would be another's next time.
    named = any(shown in str(value) for finding in submission.findings for value in finding.parameters.values())
    return not (of_today or named or (form and _names_its_people(submission, form)))


def _names_its_people(submission: Submission, form: Form) -> bool:
    """Whether a note tells what the form says about a person: then it would be kept, and could not be left out."""
    told = ["".join(text.split()) for text in (*submission.notes.values(), *submission.evidence.values())]
    people = ("".join(submission.entries[key].text.split()) for key in _personal(form) if key in submission.entries)
    return any(person in text for person in people if person for text in told)


def _personal(form: Form) -> Iterator[str]:
    return (field.key for field in form.fields if field.personal)


def _anywhere(submission: Submission, sent: Sent, shown: str) -> Sent:
    """The submission with its paths as they go on behind that of the file."""
    findings: tuple[Finding, ...] = tuple(
        replace(each, path=None if each.path is None else each.path.removeprefix(shown)) for each in submission.findings
    )
    return with_attributes(sent, path=submission.path.removeprefix(shown), findings=findings)


def _without_person(sent: Sent, form: Form | None) -> Sent:
    if form is None:
        return sent
    attributes, stamp, keys, places, values, texts, marks = sent
    values, texts = list(values), list(texts)
    places_of = {key: number for number, key in enumerate(keys)}
    for number in (places_of[key] for key in _personal(form) if key in places_of):
        values[number] = None if values[number] is None else UNSAID
        texts[number] = "" if texts[number] == "" else UNSAID
    return attributes, stamp, keys, places, tuple(values), tuple(texts), marks


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what submissions are made of, whoever wrote the file."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _KNOWN_CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
