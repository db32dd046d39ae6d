"""What was read of files, kept by their content, so that next week only what is new is read.

It lies in the user's own folder for such things and may be deleted at any time. Nothing about a person is in it: forms
that ask for people (附件2) are never kept, nor those whose notes name who filled them in, and of all others the fields
about who filled them in only whether they are blank. So a command that gives forms back to their units must read them
again.
"""

import hashlib
import io
import os
import pickle
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from anquanyue import __version__
from anquanyue.campaign.model import Campaign, Form
from anquanyue.findings import Finding
from anquanyue.reading.file import Source
from anquanyue.reading.sending import pack, unpack
from anquanyue.reading.submission import Entry, Submission

LARGEST: Final = 256 * 1024 * 1024
"""Bytes; when the file is larger, what was not asked for longest goes."""

UNSAID: Final = "…"
"""What stands for a text about a person."""

_OF_TODAY: Final = ("file-inaccessible", "file-too-slow", "file-unsafe", "file-old-document", "file-not-converted")
"""What another day, or another program on the machine, may change."""

_NOT_ABOUT_A_PERSON: Final = ("count", "yes_no", "unit", "date")
_KNOWN_CLASSES: Final = {
    ("anquanyue.findings", "Finding"), ("anquanyue.language", "Phrase"), ("anquanyue.writing.stamp", "Stamp"),
    ("datetime", "date"),
}  # fmt: skip
_SECONDS_A_DAY: Final = 86_400
_SMALL: Final = 1024 * 1024
"""Bytes of a file that is read at once."""
_TABLE: Final = "CREATE TABLE IF NOT EXISTS files (key BLOB PRIMARY KEY, used INTEGER NOT NULL, found BLOB NOT NULL)"


def cache_folder() -> Path | None:
    """Where it lies: ANQUANYUE_CACHE, else where the system has such things; None where that is set to nothing."""
    if (folder := os.environ.get("ANQUANYUE_CACHE")) is not None:
        return Path(folder) if folder else None
    import platformdirs

    return Path(platformdirs.user_cache_dir("anquanyue", appauthor=False))


class Cache:
    """What was read of files under one campaign, by this version of the program."""

    def __init__(self, folder: Path, campaign: Campaign) -> None:
        """Nothing is opened before it is needed; where it cannot be, everything is read anew."""
        self._path = folder / "read.sqlite"
        self._forms = {form.key: form for form in campaign.forms}
        self._about = hashlib.sha256(f"{_program()}\0{campaign!r}".encode()).digest()
        self._keys: dict[Path, tuple[bytes, os.stat_result]] = {}

    def known(self, sources: Sequence[Source]) -> Iterator[tuple[Source, list[Submission] | None]]:
        """What was read of each file before; None where nothing is known about its content."""
        found: dict[Source, list[Submission]] = {}
        with suppress(sqlite3.Error, OSError), closing(self._opened()) as connection:
            today = int(time.time()) // _SECONDS_A_DAY
            hits = []
            for source in sources:
                key = self._key(source)
                row = connection.execute("SELECT found, used FROM files WHERE key = ?", (key,)).fetchone()
                before = _restored(row[0], source, self._keys[source.path][1]) if row and key else None
                if before is None:
                    continue
                found[source] = before
                if row[1] != today:
                    hits.append((today, key))
            connection.executemany("UPDATE files SET used = ? WHERE key = ?", hits)
            connection.commit()
        # Only now: what the database refuses in the middle must not make a file come twice.
        for source in sources:
            yield source, found.get(source)

    def keep(self, read: Mapping[Source, Sequence[Submission]]) -> None:
        """Keep what was read of files that `known` did not know."""
        rows = [row for source, found in read.items() if (row := self._row(source, found))]
        with suppress(sqlite3.Error, OSError), closing(self._opened()) as connection:
            connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", rows)
            connection.commit()
            if self._path.stat().st_size > LARGEST:
                _shrink(connection)

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connected()
        except sqlite3.OperationalError:
            # Another run holds it, or the disk refuses: it may be whole, and stays.
            raise
        except sqlite3.DatabaseError:
            # Not ours, or damaged: there is nothing in it that cannot be read again.
            self._path.unlink(missing_ok=True)
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=1)
        try:
            connection.execute(_TABLE)
        except BaseException:
            # Windows deletes no file that is open.
            connection.close()
            raise
        return connection

    def _key(self, source: Source) -> bytes | None:
        """What tells the file's content, its name, the campaign and the program apart from all others."""
        try:
            status = source.path.stat()
            with source.path.open("rb") as file:
                small = status.st_size <= _SMALL
                digest = (hashlib.sha256(file.read()) if small else hashlib.file_digest(file, "sha256")).digest()
        except OSError:
            return None
        name = source.shown.rsplit("/", 1)[-1].encode("utf-8", "surrogatepass")
        key = hashlib.sha256(b"\0".join((digest, name, self._about))).digest()
        self._keys[source.path] = key, status
        return key

    def _row(self, source: Source, found: Sequence[Submission]) -> tuple[bytes, int, bytes] | None:
        """What is kept of a file; None where it may not be, or the file is another by now."""
        key, status = self._keys.get(source.path, (None, None))
        try:
            now = source.path.stat()
        except OSError:
            return None
        if key is None or status is None or (now.st_mtime_ns, now.st_size) != (status.st_mtime_ns, status.st_size):
            return None
        # Of what nothing was said nothing is kept: it would be in no count for good.
        if not found or any(not self._may_be_kept(each, source.shown) for each in found):
            return None
        packed = [pack(_anywhere(self._without_person(each), source.shown)) for each in found]
        return key, int(time.time()) // _SECONDS_A_DAY, pickle.dumps(packed, protocol=5)

    def _may_be_kept(self, submission: Submission, shown: str) -> bool:
        form = self._forms.get(submission.form or "")
        if submission.form and (form is None or not form.items):
            return False
        of_today = any(finding.code in _OF_TODAY for finding in submission.findings)
        # A path that stands in words would be another's next time.
        named = any(shown in str(value) for finding in submission.findings for value in finding.parameters.values())
        return not (of_today or named or (form and self._names_its_people(submission, form)))

    @staticmethod
    def _names_its_people(submission: Submission, form: Form) -> bool:
        """Whether a note tells what the form says about a person: then it would be kept, and could not be left out."""
        told = ["".join(text.split()) for text in (*submission.notes.values(), *submission.evidence.values())]
        people = ("".join(submission.entries[key].text.split()) for key in _personal(form) if key in submission.entries)
        return any(person in text for person in people if person for text in told)

    def _without_person(self, submission: Submission) -> Submission:
        if submission.form is None:
            return submission
        about = _personal(self._forms[submission.form])
        entries = {
            key: Entry(UNSAID if entry.text else "", None if entry.value is None else UNSAID, entry.place)
            if key in about
            else entry
            for key, entry in submission.entries.items()
        }
        return replace(submission, entries=entries)


def _personal(form: Form) -> frozenset[str]:
    return frozenset(field.key for field in form.fields if field.type not in _NOT_ABOUT_A_PERSON)


def _program() -> str:
    """The version of the program, also between releases: when and how large each of its modules is."""
    package = Path(__file__).parents[1]
    modules = sorted(package.rglob("*.py"))
    changes = (f"{path.relative_to(package)} {(at := path.stat()).st_mtime_ns} {at.st_size}" for path in modules)
    return "\n".join((__version__, *changes))


def _anywhere(submission: Submission, shown: str) -> Submission:
    """The submission with its paths as they go on behind that of the file."""
    findings = (
        replace(each, path=None if each.path is None else each.path.removeprefix(shown)) for each in submission.findings
    )
    return replace(submission, path=submission.path.removeprefix(shown), findings=tuple(findings))


def _restored(data: bytes, source: Source, status: os.stat_result) -> list[Submission] | None:
    """What was kept, as if it had been read from this file; None where it is damaged."""

    def as_it_lies(about: dict[str, Any]) -> dict[str, Any]:
        path = about["path"]
        return {
            "path": source.shown + path,
            "findings": tuple(_at(each, source.shown) for each in about["findings"]),
            # What lies in an archive has a time of its own.
            "modified": about["modified"] if path.startswith("/") else status.st_mtime,
        }

    try:
        return [unpack(each, as_it_lies) for each in _Unpickler(io.BytesIO(data)).load()]
    # Damaged bytes make the unpickler raise nearly anything.
    except Exception:
        return None


def _at(finding: Finding, shown: str) -> Finding:
    return finding if finding.path is None else replace(finding, path=shown + finding.path)


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what submissions are made of, whoever wrote the file."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _KNOWN_CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def _shrink(connection: sqlite3.Connection) -> None:
    """Let go what was not asked for longest, half of all."""
    connection.execute(
        "DELETE FROM files WHERE key IN (SELECT key FROM files ORDER BY used LIMIT (SELECT count(*) / 2 FROM files))"
    )
    connection.commit()
    connection.execute("VACUUM")
