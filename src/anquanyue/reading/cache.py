"""What was read of files, kept by their content, so that next week only what is new is read.

It lies in the user's own folder for such things and may be deleted at any time. Nothing about a person is in it: forms
that ask for people (附件2) are never kept, nor those whose notes name who filled them in, and of all others the fields
about who filled them in only whether they are blank (`anquanyue.reading.keeping`). So a command that gives forms back
to their units must read them again.
"""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from anquanyue import __version__
from anquanyue.campaign.model import Campaign
from anquanyue.findings import Finding
from anquanyue.reading.file import Source
from anquanyue.reading.keeping import Fingerprint, Kept, Seen, Texts, keepable, name_of, restored
from anquanyue.reading.sending import pack, unpack
from anquanyue.reading.submission import Submission

LARGEST: Final = 256 * 1024 * 1024
"""Bytes; when the file is larger, what was not asked for longest goes."""

_SECONDS_A_DAY: Final = 86_400
_CHUNK: Final = 64
_THREADS: Final = 4
_TABLES: Final = """
    CREATE TABLE IF NOT EXISTS kept (
        about BLOB NOT NULL, key BLOB NOT NULL, used INTEGER NOT NULL, found BLOB NOT NULL, PRIMARY KEY (about, key)
    );
    CREATE TABLE IF NOT EXISTS texts (
        about BLOB NOT NULL, name BLOB NOT NULL, texts TEXT NOT NULL, PRIMARY KEY (about, name)
    );
"""
"""What was found, by campaign and program and by file; and the texts that many files share, by their name in there."""


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
        self._campaign = campaign
        self._about = hashlib.sha256(f"{_program()}\0{campaign!r}".encode()).digest()

    def known(self, sources: Sequence[Source]) -> Mapping[Source, list[Submission]]:
        """What was read before of those files whose content is known."""
        found: dict[Source, list[Submission]] = {}
        with suppress(sqlite3.Error, OSError), closing(self._opened()) as connection:
            if not connection.execute("SELECT 1 FROM kept WHERE about = ? LIMIT 1", (self._about,)).fetchone():
                return found
            today = int(time.time()) // _SECONDS_A_DAY
            hits = []
            looked_at = _all_looked_at(sources)
            texts = self._texts(connection)
            kept = self._kept(connection, [key for key, _modified in looked_at if key])
            for source, (key, modified) in zip(sources, looked_at, strict=True):
                data, used = kept.get(key, (b"", today))
                if data and (before := _restored(data, texts, source, modified)):
                    found[source] = before
                    if used != today:
                        hits.append((today, self._about, key))
            connection.executemany("UPDATE kept SET used = ? WHERE about = ? AND key = ?", hits)
            connection.commit()
        return found

    def _kept(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> Mapping[bytes | None, tuple[bytes, int]]:
        """By the key what is kept of a file, and the day on which it was last asked for."""
        (number,) = connection.execute("SELECT count(*) FROM kept WHERE about = ?", (self._about,)).fetchone()
        if number <= 2 * len(keys):
            # To read them all takes less than to look for each.
            rows = connection.execute("SELECT key, found, used FROM kept WHERE about = ?", (self._about,))
            return {key: (found, used) for key, found, used in rows}
        connection.execute("CREATE TEMP TABLE wanted (key BLOB PRIMARY KEY)")
        connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((key,) for key in keys))
        rows = connection.execute(
            "SELECT key, found, used FROM wanted JOIN kept USING (key) WHERE about = ?", (self._about,)
        )
        return {key: (found, used) for key, found, used in rows}

    def keep(self, sources: Sequence[Source], seen: Mapping[Source, Seen], read: Sequence[Submission]) -> None:
        """Keep what was read of files that `known` did not know.

        Args:
            sources: The files.
            seen: Those of which something may be kept.
            read: All that was found in the files.
        """
        today = int(time.time()) // _SECONDS_A_DAY
        kept = {each.key: each.kept for each in seen.values() if each.kept}
        kept |= self._with_more(sources, seen, read) if any(each.holds_more for each in seen.values()) else {}
        texts = {name: texts for each in kept.values() for name, texts in each.texts.items()}
        with suppress(sqlite3.Error, OSError), closing(self._opened()) as connection:
            named = ((self._about, name, json.dumps(each)) for name, each in texts.items())
            connection.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", named)
            rows = ((self._about, key, today, each.data) for key, each in kept.items())
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
            connection.commit()
            if self._path.stat().st_size > LARGEST:
                _shrink(connection)

    def _texts(self, connection: sqlite3.Connection) -> Mapping[bytes, Texts]:
        found: dict[bytes, Texts] = {}
        for name, written in connection.execute("SELECT name, texts FROM texts WHERE about = ?", (self._about,)):
            # What is damaged is not there.
            with suppress(ValueError, TypeError):
                texts = tuple(json.loads(written))
                if name_of(texts) == name:
                    found[name] = texts
        return found

    def _with_more(
        self, sources: Sequence[Source], seen: Mapping[Source, Seen], read: Sequence[Submission]
    ) -> dict[bytes, Kept]:
        """What is kept of archives and of documents that were converted."""
        kept: dict[bytes, Kept] = {}
        for source, found in _by_file(sources, read).items():
            each = seen.get(source)
            if each and each.holds_more and _is_unchanged(source, each):
                packed = keepable(found, list(map(pack, found)), source.shown, self._campaign)
                kept |= {each.key: packed} if packed else {}
        return kept

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
            connection.executescript(_TABLES)
        except BaseException:
            # Windows deletes no file that is open.
            connection.close()
            raise
        return connection


def _all_looked_at(sources: Sequence[Source]) -> list[tuple[bytes | None, float]]:
    """The fingerprint of each file and when it was last changed; threads wait for the disk beside each other."""
    chunks = [sources[start : start + _CHUNK] for start in range(0, len(sources), _CHUNK)]
    with ThreadPoolExecutor(_THREADS) as threads:
        return [each for chunk in threads.map(lambda chunk: list(map(_looked_at, chunk)), chunks) for each in chunk]


def _looked_at(source: Source) -> tuple[bytes | None, float]:
    """The fingerprint of a file, None where it cannot be read, and when it was last changed."""
    fingerprint = Fingerprint(source.shown)
    try:
        with source.path.open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            fingerprint.take_from(file, status.st_size)
    except OSError:
        return None, 0.0
    return fingerprint.key, status.st_mtime


def _is_unchanged(source: Source, seen: Seen) -> bool:
    try:
        now = source.path.stat()
    except OSError:
        return False
    return (now.st_size, now.st_mtime) == (seen.size, seen.modified)


def _by_file(sources: Sequence[Source], found: Sequence[Submission]) -> dict[Source, list[Submission]]:
    """What was found in each file of the folder; what lay in an archive is the archive's."""
    by_shown = {source.shown: source for source in sources}
    result: dict[Source, list[Submission]] = {source: [] for source in sources}
    for submission in found:
        path = submission.path
        # The names of files and folders may hold a #, too.
        ends = [len(path), *(place for place, each in enumerate(path) if each in "#/")]
        source = next(by_shown[path[:end]] for end in sorted(ends, reverse=True) if path[:end] in by_shown)
        result[source].append(submission)
    return result


def _program() -> str:
    """The version of the program, also between releases: when and how large each of its modules is."""
    package = Path(__file__).parents[1]
    modules = sorted(package.rglob("*.py"))
    changes = (f"{path.relative_to(package)} {(at := path.stat()).st_mtime_ns} {at.st_size}" for path in modules)
    return "\n".join((__version__, *changes))


def _restored(data: bytes, texts: Mapping[bytes, Texts], source: Source, modified: float) -> list[Submission] | None:
    """What was kept, as if it had been read from this file; None where it is damaged."""

    def as_it_lies(about: dict[str, Any]) -> dict[str, Any]:
        path = about["path"]
        return {
            "path": source.shown + path,
            "findings": tuple(_at(each, source.shown) for each in about["findings"]),
            # What lies in an archive has a time of its own.
            "modified": about["modified"] if path.startswith("/") else modified,
        }

    # Another program may have written what can be read and makes no sense.
    try:
        return [unpack(each, as_it_lies) for each in restored(data, texts) or ()] or None
    except Exception:
        return None


def _at(finding: Finding, shown: str) -> Finding:
    return finding if finding.path is None else replace(finding, path=shown + finding.path)


def _shrink(connection: sqlite3.Connection) -> None:
    """Let go what was not asked for longest, half of all."""
    connection.execute(
        "DELETE FROM kept WHERE rowid IN (SELECT rowid FROM kept ORDER BY used LIMIT (SELECT count(*) / 2 FROM kept))"
    )
    connection.execute("DELETE FROM texts WHERE about NOT IN (SELECT about FROM kept)")
    connection.commit()
    connection.execute("VACUUM")
