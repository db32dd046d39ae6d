"""One file → its submissions, or the files in it; runs in a worker process."""

import functools
import io
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from anquanyue.campaign.model import Campaign
from anquanyue.errors import reason
from anquanyue.findings import Finding
from anquanyue.language import Phrase
from anquanyue.reading.archive import TOO_DEEP, ArchiveRefusedError, list_members, read_member
from anquanyue.reading.grid import Book
from anquanyue.reading.keeping import Fingerprint
from anquanyue.reading.kinds import (
    OLD_DOCUMENTS,
    PACKAGES,
    PACKED,
    WORKBOOKS,
    has_macros,
    kind_of,
    kind_words,
    misleading,
    opened_zip,
)
from anquanyue.reading.limits import DEEPEST, LARGEST_FILE
from anquanyue.reading.package import DAMAGED, UnreadableError, size_text
from anquanyue.reading.submission import Submission
from anquanyue.writing.stamp import DERIVED

_WITHOUT_FORM: Final = {
    "pdf": ("file-pdf", "pdf"),
    "OFD": ("file-pdf", "pdf"),
    "picture": ("file-picture", "picture"),
    "video": ("file-video", "video"),
    "html": ("file-disguised", ""),
    "xml": ("file-disguised", ""),
    "password": ("file-password", ""),
    "empty": ("file-empty", ""),
    "link": ("file-link", ""),
} | dict.fromkeys(PACKED, ("file-archive", "archive"))
"""For kinds that hold no form, the finding's code and the submission's kind."""

_AT_ONCE: Final = 1024 * 1024
"""A file of at most so many bytes is read at once: to look into it here and there takes longer."""

_CHANGING: Final = Phrase("another program is writing it")
_MOST_PLACES: Final = 10
_OWN: Final = {
    "text": re.compile(rb'\A\s*\{\s*"campaign"\s*:'),
    "html": re.compile(rb'<meta name="generator" content="%b">' % DERIVED.encode()),
}
"""What the beginning of our own data and pages holds."""

_campaign: Campaign | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file is.

    Attributes:
        path: The file on the disk: itself, the archive that it is in, or the docx that it was turned into.
        shown: What people call it.
        members: In an archive, the number of the member, after those of the archives that it is in there.
        modified: When it was last changed, in seconds since 1970; None where the file on the disk says it.
        findings: What was found out about it before it was turned into a docx.
    """

    path: Path
    shown: str
    members: tuple[int, ...] = ()
    modified: float | None = None
    findings: tuple[Finding, ...] | None = None


@dataclass(frozen=True, slots=True)
class OldDocument:
    """A document that LibreOffice must convert, with where a copy of it lies."""

    copy: Path
    kind: str
    modified: float
    findings: tuple[Finding, ...]


Outcome = OldDocument | Sequence[Submission | Source]
"""What became of a file: its submissions, or, of an archive, its members."""


def start_reading(campaign: Campaign) -> None:
    """From now on read forms of this campaign in this process."""
    global _campaign
    _campaign = campaign


def rejected(shown: str, code: str, **parameters: object) -> Submission:
    """The submission that a file without a form is."""
    finding = Finding(code=code, path=shown, parameters=parameters)
    return Submission(path=shown, status="rejected", findings=(finding,))


def read(
    source: Source, campaign: Campaign | None = None, copy: Path | None = None, fingerprint: Fingerprint | None = None
) -> Outcome:
    """Read a file; an old document is copied to `copy`, with its kind as ending.

    The fingerprint takes in the content, unless it is that of a large file that holds no form.
    """
    try:
        file, modified = _opened(source)
        with file:
            if fingerprint:
                fingerprint.modified = modified
                if isinstance(file, io.BytesIO):
                    fingerprint.take(file.getvalue())
            return _read(source, file, modified, campaign or _campaign, copy, fingerprint)
    except UnreadableError as error:
        return [rejected(source.shown, error.code, reason=error.reason)]
    except ArchiveRefusedError as error:
        return [rejected(source.shown, "archive-refused", reason=error.reason)]
    except OSError as error:
        return [rejected(source.shown, "file-inaccessible", reason=reason(error))]


def content_of(source: Source) -> bytes:
    """The bytes of a file, wherever it lies.

    Raises:
        UnreadableError: It is damaged, has a password or is too large.
        OSError: It cannot be read from the disk.
    """
    file, _modified = _opened(source)
    with file:
        return _content(file)


def _read(
    source: Source,
    file: BinaryIO,
    modified: float,
    campaign: Campaign | None,
    copy: Path | None,
    fingerprint: Fingerprint | None,
) -> Outcome:
    before = _status(file)
    kind = kind_of(file)
    if fingerprint and not fingerprint.is_whole and kind in ("zip", *WORKBOOKS, *OLD_DOCUMENTS, "docx"):
        file.seek(0)
        fingerprint.take_from(file)
    if kind == "zip":
        return _members(source)
    findings = _about(source.shown, file, kind) if source.findings is None else source.findings
    if kind not in (*WORKBOOKS, *OLD_DOCUMENTS, "docx"):
        return [_without_form(source.shown, file, kind, modified, findings)]
    data = _content(file)
    if _status(file) != before:
        raise UnreadableError("file-inaccessible", _CHANGING)
    if kind in OLD_DOCUMENTS:
        if copy is None:
            raise ValueError("an old document needs a place for its copy")
        copy = copy.with_suffix(f".{kind}")
        copy.write_bytes(data)
        return OldDocument(copy, kind, modified, findings)
    if campaign is None:
        raise RuntimeError("a worker reads the forms of the campaign that it was started with")
    archive = opened_zip(file) if kind in PACKAGES else None
    first, *others = _submissions(source.shown, data, kind, archive, campaign)
    return [
        replace(first, findings=(*findings, *first.findings), modified=modified),
        *(replace(submission, modified=modified) for submission in others),
    ]


def _submissions(
    shown: str, data: bytes, kind: str, archive: zipfile.ZipFile | None, campaign: Campaign
) -> list[Submission]:
    from anquanyue.reading.forms import read_forms
    from anquanyue.reading.word import read_document
    from anquanyue.reading.workbook import read_workbook

    try:
        book = read_document(data, archive) if kind == "docx" else read_workbook(data, kind, archive)
    # A damaged document makes those who look into it raise nearly anything.
    except (LookupError, ValueError, ArithmeticError, RecursionError) as error:
        raise UnreadableError("file-unreadable", DAMAGED) from error
    first, *others = read_forms(shown, book, campaign)
    if beside := tuple(_beside(shown, book, first)):
        first = replace(first, findings=(*beside, *first.findings))
    return [first, *others]


def _beside(shown: str, book: Book, first: Submission) -> Iterator[Finding]:
    """What stands outside the cells that are read; comments matter only where there is a form."""
    places = {"cells-far-away": book.far, "file-has-comments": book.remarks if first.form else ()}
    for code, where in places.items():
        if where:
            listed = "、".join(where[:_MOST_PLACES]) + ("…" if len(where) > _MOST_PLACES else "")
            parameters = {"number": len(where), "places": listed}
            yield Finding(code=code, path=shown, place=where[0], parameters=parameters)


def _about(shown: str, file: BinaryIO, kind: str) -> tuple[Finding, ...]:
    """What is worth knowing about the file, whatever it holds."""
    found = []
    if misleading(shown, kind):
        found.append(Finding(code="file-misnamed", path=shown, parameters={"kind": kind_words(kind)}))
    if has_macros(file, kind):
        found.append(Finding(code="file-macros", path=shown))
    return tuple(found)


def _without_form(shown: str, file: BinaryIO, kind: str, modified: float, findings: tuple[Finding, ...]) -> Submission:
    if kind in _OWN:
        file.seek(0)
        if _OWN[kind].search(file.read(500)):
            return Submission(path=shown, status="ignored", findings=(Finding(code="file-own-output", path=shown),))
    if kind == "damaged":
        submission = rejected(shown, "file-unreadable", reason=DAMAGED)
    elif kind in _WITHOUT_FORM:
        code, group = _WITHOUT_FORM[kind]
        submission = replace(rejected(shown, code, kind=kind_words(kind)), kind=group)
    else:
        words = Path(shown).suffix or Path(shown).name if kind == "unknown" else kind_words(kind)
        submission = rejected(shown, "file-not-a-workbook", kind=words)
    return replace(submission, modified=modified, findings=(*findings, *submission.findings))


def _status(file: io.RawIOBase | BinaryIO) -> tuple[int, float]:
    """Size and time of the last change of a file; another one later shows that somebody wrote into it meanwhile."""
    if isinstance(file, io.BytesIO):
        return 0, 0
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime


def _content(file: BinaryIO) -> bytes:
    size = file.seek(0, io.SEEK_END)
    if size > LARGEST_FILE:
        raise UnreadableError("file-too-large", size_text(size))
    if isinstance(file, io.BytesIO):
        return file.getvalue()
    file.seek(0)
    return file.read()


# Archives


def _members(source: Source) -> Outcome:
    if len(source.members) >= DEEPEST:
        raise ArchiveRefusedError(TOO_DEEP)
    members = list_members(_archive(source.path, source.members))
    if not members:
        return [rejected(source.shown, "archive-empty")]
    return [
        Source(source.path, f"{source.shown}/{member.name}", (*source.members, member.index), member.modified)
        for member in members
    ]


def _opened(source: Source) -> tuple[BinaryIO, float]:
    """The content of a file as a stream, and when it was last changed."""
    if source.members:
        *outer, index = source.members
        content = read_member(_archive(source.path, tuple(outer)), index, LARGEST_FILE)
        return io.BytesIO(content), source.modified or 0.0
    with source.path.open("rb", buffering=0) as file:
        size, changed = before = _status(file)
        modified = changed if source.modified is None else source.modified
        if size > _AT_ONCE:
            return source.path.open("rb"), modified
        content = file.read(size + 1)
        if len(content) != size or _status(file) != before:
            raise UnreadableError("file-inaccessible", _CHANGING)
    return io.BytesIO(content), modified


@functools.lru_cache(maxsize=DEEPEST)
def _archive(path: Path, members: tuple[int, ...]) -> zipfile.ZipFile:
    """An archive, kept open for its next member."""
    try:
        return zipfile.ZipFile(_opened(Source(path, "", members))[0])
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError("file-unreadable", DAMAGED) from error
