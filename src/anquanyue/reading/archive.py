"""A zip archive → its members, with names that people can read and that do no harm.

Nothing is ever written under a name that an archive gives.
"""

import datetime
import posixpath
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from anquanyue.language import Phrase
from anquanyue.reading.limits import ALWAYS_UNPACKED, LONGEST_NAME, MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED
from anquanyue.reading.package import DAMAGED, UnreadableError, size_text

TOO_DEEP: Final = Phrase("too many packed files stand in one another")

_UTF_8: Final = 0x800
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its number there, its name to show, and when it was changed, in seconds since 1970."""

    index: int
    name: str
    modified: float


class ArchiveRefusedError(Exception):
    """The archive is not unpacked; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def list_members(archive: zipfile.ZipFile) -> list[Member]:
    """The files in an archive, without its folders; no two have the same name.

    Raises:
        ArchiveRefusedError: It holds or unpacks to more than anyone sends.
    """
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise ArchiveRefusedError(Phrase("it holds too many files"))
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked > MOST_UNPACKED or unpacked > max(ALWAYS_UNPACKED, packed * MOST_RATIO):
        raise ArchiveRefusedError(Phrase("it unpacks to far more than its own size"))
    members: list[Member] = []
    taken: dict[str, int] = {}
    for index, (info, name) in enumerate(zip(infos, _names(infos), strict=True)):
        if name.endswith(("/", "\\")):
            continue
        shown = _untaken(_shortened(harmless(name)), taken)
        members.append(Member(index, shown, _seconds(info)))
    return members


def read_member(archive: zipfile.ZipFile, index: int, most: int) -> bytes:
    """The content of a member.

    Raises:
        UnreadableError: It has a password, is damaged, or has more than `most` bytes.
    """
    info = archive.infolist()[index]
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError("file-password")
    if info.file_size > most:
        raise UnreadableError("file-too-large", size_text(info.file_size))
    try:
        # The library reads no more than the declared size.
        return archive.read(info)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise UnreadableError("file-unreadable", DAMAGED) from error


def harmless(name: str) -> str:
    """A name to show: with `/`, without a drive, `..` and characters that no one sees."""
    # What the file system or the archive could not decode was probably written by a Chinese Windows.
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        name = _decoded(name.encode("utf-8", "surrogateescape"))
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    text = "/".join(parts)
    # Nearly all are; to ask for each character's category takes longer.
    if text.isprintable() and text:
        return text
    return "".join("�" if unicodedata.category(each) in ("Cc", "Cf", "Cs") else each for each in text) or "�"


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The members' names; of those that do not say their encoding, all are in UTF-8 or none is."""
    raw = [_raw(info) for info in infos]
    known = [each for each in raw if each is not None]
    try:
        b"\n".join(known).decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "gb18030"
    return [info.filename if each is None else _decoded(each, encoding) for info, each in zip(infos, raw, strict=True)]


def _raw(info: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a name that the standard library decoded without knowing how; None where it knew."""
    if info.flag_bits & _UTF_8:
        return None
    try:
        # Not `filename`: on Windows the library takes a byte of a Chinese character for a backslash there.
        return info.orig_filename.split("\0")[0].encode("cp437")
    except UnicodeEncodeError:
        return None


def _decoded(name: bytes, encoding: str = "gb18030") -> str:
    try:
        return name.decode(encoding)
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def _shortened(name: str) -> str:
    """A name that does not fill the memory with itself."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME // 2]}…{name[-LONGEST_NAME // 4 :]}"


def _untaken(name: str, taken: dict[str, int]) -> str:
    """The name, with a number where it is taken; `taken` says the last number of each name."""
    stem, suffix = posixpath.splitext(name)
    candidate = name
    while candidate in taken:
        taken[name] += 1
        candidate = f"{stem} ({taken[name]}){suffix}"
    taken[candidate] = 1
    return candidate


def _seconds(info: zipfile.ZipInfo) -> float:
    """When the member was changed; an archive says it in local time, the sender's and ours being the same."""
    try:
        return datetime.datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
