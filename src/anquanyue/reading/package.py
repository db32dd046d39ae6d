"""A zip of parts that refer to each other, which is what xlsx, docx and ods files are."""

import hashlib
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar

from anquanyue.language import Phrase
from anquanyue.reading.limits import LARGEST_PACKAGE, LARGEST_PART, MOST_PARTS

try:
    from isal import isal_zlib as inflate
except ImportError:  # The machine is of a kind for which nobody builds it.
    import zlib as inflate  # type: ignore[no-redef]

DAMAGED: Final = Phrase("it is damaged or incomplete")
_TOO_MANY: Final = Phrase("it holds too many files")
_DECLARES: Final = Phrase("it declares texts of its own or from elsewhere, which no form needs")

_USUAL_FLAGS: Final = 0x80E
"""How well a member is packed, where its sizes stand, and in what its name is written."""
_XML: Final = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
_SHARED: Final = 64 * 1024
_SHARED_PACKED: Final = 8 * 1024
"""Parts of so many bytes, unpacked and packed, may be the same in thousands of files: their looks, a sheet of ours."""
_DOCTYPE: Final = re.compile(rb"(?:[^<]++|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_STRUCK: Final = "\N{COMBINING LONG STROKE OVERLAY}"
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class UnreadableError(Exception):
    """The file cannot be read; `code` is the finding's, the message its reason."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


class Package:
    """The parts of a file, by name."""

    def __init__(self, data: bytes, archive: zipfile.ZipFile | None = None) -> None:
        """Open it.

        Args:
            data: The file.
            archive: The same, where it was opened already.

        Raises:
            UnreadableError: It is no zip, or claims to unpack to far more than a form.
        """
        self._data = data
        try:
            self._archive = archive or zipfile.ZipFile(io.BytesIO(data))
        # A damaged directory makes the standard library raise nearly anything.
        except Exception as error:
            raise UnreadableError("file-unreadable", DAMAGED) from error
        members = self._archive.infolist()
        if len(members) > MOST_PARTS:
            raise UnreadableError("file-too-large", _TOO_MANY)
        unpacked = sum(member.file_size for member in members)
        if unpacked > LARGEST_PACKAGE:
            raise UnreadableError("file-too-large", size_text(unpacked))
        # Names of parts do not differ by case alone, and some programs write the wrong slash.
        self._members = {_usual(member.filename): member for member in members}

    def __contains__(self, name: str) -> bool:
        return _usual(name) in self._members

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return [member.filename.replace("\\", "/") for member in self._members.values()]

    def has_any(self, beginning: str) -> bool:
        """Whether there is a part whose name begins so."""
        return any(name.startswith(_usual(beginning)) for name in self._members)

    def read(self, name: str) -> bytes:
        """The content of a part.

        Raises:
            UnreadableError: It is missing, damaged or too large.
        """
        content = self._unpacked(name)
        # Entities: texts that grow without end, or are fetched from elsewhere. The formats do not allow them.
        if _XML.search(name) and _DOCTYPE.match(content):
            raise UnreadableError("file-unreadable", _DECLARES)
        return content

    def _unpacked(self, name: str) -> bytes:
        member = self._members.get(_usual(name))
        if member is None:
            raise UnreadableError("file-unreadable", DAMAGED)
        if member.file_size > LARGEST_PART:
            raise UnreadableError("file-too-large", size_text(member.file_size))
        if member.flag_bits & 1:
            raise UnreadableError("file-password")
        try:
            return _inflated(self._data, member) or self._archive.read(member)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, zlib.error, RuntimeError) as error:
            raise UnreadableError("file-unreadable", DAMAGED) from error

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """A package with other content in these parts, and without its pictures."""
        changed = {_usual(name): content for name, content in parts.items()}
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for usual, member in self._members.items():
                if not member.is_dir() and "media/" not in usual and not usual.startswith("pictures/"):
                    archive.writestr(member.filename, changed.get(usual) or self._unpacked(usual))
        return data.getvalue()

    def xml(self, name: str) -> Any:
        """The root element of a part."""
        return self.parsed(self.read(name))

    @staticmethod
    def parsed(content: bytes) -> Any:
        """The root element; entities are not resolved and nothing is loaded from elsewhere."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableError("file-unreadable", DAMAGED) from error
        # In another encoding it does not show before.
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableError("file-unreadable", _DECLARES)
        return root

    def relations(self, name: str) -> dict[str, str]:
        """What a part refers to inside the package: names of parts by the relation's id."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self:
            return {}
        return dict(_relations_in(self.read(relations), folder))

    def main_part(self, usual: str) -> str:
        """The name of the part that the package is about."""
        if usual in self or "_rels/.rels" not in self:
            return usual
        for each in self.xml("_rels/.rels").iterfind("{*}Relationship"):
            if (each.get("Type") or "").endswith("/officeDocument"):
                return str(each.get("Target")).lstrip("/")
        return usual

    def digest(self, name: str) -> str:
        """What tells a picture from another; of one that is damaged or missing, its name."""
        try:
            return digest(self.read(name))
        except UnreadableError:
            return name


Answer = TypeVar("Answer")


def asked_once(question: Callable[[bytes], Answer]) -> Callable[[bytes], Answer]:
    """What asks the question once about contents that may be the same in thousands of files."""
    once = lru_cache(maxsize=32)(question)

    def ask(content: bytes) -> Answer:
        return (once if len(content) <= _SHARED else question)(content)

    return ask


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook.

    Attributes:
        name, part: Its own name, and that of its part.
        content: What is in the part, without the cells that are far away.
        far: Where those are.
        values: The same content without the formulas, where what reads it does not need them.
    """

    name: str
    part: str
    content: bytes
    far: tuple[str, ...] = ()
    values: bytes = b""


def _inflated(data: bytes, member: zipfile.ZipInfo) -> bytes | None:
    """The content of a member that is usual and whole, in a third of the standard library's time; else None."""
    start = member.header_offset
    unusual = member.compress_type != zipfile.ZIP_DEFLATED or member.flag_bits & ~_USUAL_FLAGS
    if unusual or data[start : start + 4] != b"PK\x03\x04":
        return None
    lengths = struct.unpack_from("<HH", data, start + 26) if start + 30 <= len(data) else (0, 0)
    start += 30
    if data[start : start + lengths[0]] != member.orig_filename.encode("utf-8", "replace"):
        return None
    start += sum(lengths)
    packed = data[start : start + member.compress_size]
    is_small = member.compress_size <= _SHARED_PACKED and member.file_size <= _SHARED
    return (_shared if is_small else _whole)(packed, member.file_size, member.CRC)


def _whole(packed: bytes, size: int, checksum: int) -> bytes | None:
    """What was packed, where it has that size and that checksum."""
    unpacking = inflate.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than it says shows that it lies.
        content = unpacking.decompress(packed, size + 1)
    except (zlib.error, inflate.error):  # type: ignore[misc]
        return None
    return content if unpacking.eof and len(content) == size and inflate.crc32(content) == checksum else None


_shared: Final = lru_cache(maxsize=32)(_whole)
"""The same, once for parts that are the same to the byte."""


@lru_cache(maxsize=32)
def _relations_in(content: bytes, folder: str) -> Mapping[str, str]:
    """What a part with relations says; `folder` is that of the part whose they are."""
    return {
        each.get("Id"): posixpath.normpath(posixpath.join("/", folder, each.get("Target"))).lstrip("/")
        for each in Package.parsed(content).iterfind("{*}Relationship")
        if each.get("TargetMode") != "External" and each.get("Id") and each.get("Target")
    }


@lru_cache(maxsize=1024)
def _usual(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def digest(data: bytes) -> str:
    """The same for the same bytes only."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def relation_id(element: Any, name: str = "id") -> str | None:
    """The relation that an element names in its attribute `r:id` (or another), whichever flavour of the standard."""
    for key, value in element.attrib.items():
        if key.endswith(f"/relationships}}{name}"):
            return str(value)
    return None


def size_text(size: float) -> str:
    """A number of bytes as people say it."""
    return f"{size / 1024 / 1024:.0f} MB"


def as_shown(text: str, struck: bool = False, raised: bool = False, lowered: bool = False) -> str:
    """A text whose look changes its meaning as characters that say so.

    A raised 2 is not a digit of the number before it, and what was struck out was not meant.
    """
    if raised or lowered:
        text = text.translate(_RAISED if raised else _LOWERED)
    if struck:
        text = "".join(each if each.isspace() else each + _STRUCK for each in text.replace(_STRUCK, ""))
    return text


Font = tuple[bool, int]
"""Whether a font strikes its text out, and whether it raises (1) or lowers (2) it."""


def marked(text: str, starts: Sequence[tuple[int, int]], fonts: Sequence[Font]) -> str:
    """A text as shown whose parts begin at these places with the fonts of these numbers."""
    if not starts:
        return text
    ends = [start for start, _font in starts[1:]] + [len(text)]
    shown = text[: starts[0][0]]
    for (start, number), end in zip(starts, ends, strict=True):
        struck, script = fonts[number] if number < len(fonts) else (False, 0)
        shown += as_shown(text[start:end], struck, script == 1, script == 2)
    return shown
