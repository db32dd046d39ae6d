"""A folder of material (photos, videos, articles) → its files, each with its kind; nothing in them is parsed."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from anquanyue.reading.archive import ArchiveRefusedError, Member, harmless, list_members, read_member
from anquanyue.reading.folder import files_below, left_aside
from anquanyue.reading.kinds import kind_of
from anquanyue.reading.package import UnreadableError

_HEAD: Final = 8192
_LARGEST_MEMBER: Final = 64 * 1024 * 1024
"""Bytes of a packed document that are unpacked to see what it is; a picture or a video is told by its head."""


@dataclass(frozen=True, slots=True)
class MaterialFile:
    """A file of material.

    Attributes:
        path: Relative to the folder, with `/`; in an archive `a.zip/member.jpg`.
        kind: As `reading.kinds` tells it by the content, or `inaccessible`.
        modified: When it was last changed, in seconds since 1970; 0 where nothing says it.
    """

    path: str
    kind: str
    modified: float


@dataclass(frozen=True, slots=True)
class MaterialFolder:
    """What was found in a folder of material.

    Attributes:
        files: In the order of their paths; of an archive its members.
        left_aside: How many files of systems and programs (Thumbs.db) there are besides.
    """

    files: tuple[MaterialFile, ...]
    left_aside: int = 0


def read_materials(folder: Path) -> MaterialFolder:
    """The files in `folder` and below, those in zip archives included.

    Raises:
        OSError: The folder cannot be listed.
    """
    found: list[MaterialFile] = []
    for path in sorted(files_below(folder)):
        found += _files(path, harmless(path.relative_to(folder).as_posix()))
    files = [each for each in found if not left_aside(each.path)]
    return MaterialFolder(tuple(sorted(files, key=lambda each: each.path)), len(found) - len(files))


def _files(path: Path, shown: str) -> Iterator[MaterialFile]:
    modified = 0.0
    try:
        modified = path.lstat().st_mtime
        if path.is_symlink():
            # Out of the folder is not ours to read.
            yield MaterialFile(shown, "link", modified)
        elif not path.is_file():
            yield MaterialFile(shown, "inaccessible", modified)
        else:
            with path.open("rb") as stream:
                kind = kind_of(stream)
                members = _members(stream, shown) if kind == "zip" and not left_aside(shown) else None
            yield from members or [MaterialFile(shown, kind, modified)]
    except OSError:
        yield MaterialFile(shown, "inaccessible", modified)


def _members(stream: BinaryIO, shown: str) -> list[MaterialFile] | None:
    """The files in an archive; None where it is left packed, because it is damaged or unpacks to too much."""
    # A damaged archive makes the standard library raise nearly anything.
    try:
        with zipfile.ZipFile(stream) as archive:
            return [
                MaterialFile(f"{shown}/{member.name}", _member_kind(archive, member), member.modified)
                for member in list_members(archive)
            ]
    except ArchiveRefusedError:
        return None
    except Exception:
        return None


def _member_kind(archive: zipfile.ZipFile, member: Member) -> str:
    try:
        with archive.open(archive.infolist()[member.index]) as stream:
            head = stream.read(_HEAD)
        if not head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            return kind_of(io.BytesIO(head))
        return kind_of(io.BytesIO(read_member(archive, member.index, _LARGEST_MEMBER)))
    except UnreadableError as error:
        return "unknown" if error.code == "file-too-large" else "damaged"
    except RuntimeError:  # So the standard library calls a missing password.
        return "password"
    except Exception:
        return "damaged"
