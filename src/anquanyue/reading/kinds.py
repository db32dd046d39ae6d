"""What a file is: told by its content, never by the ending of its name."""

import re
import struct
import zipfile
from functools import lru_cache
from pathlib import PurePath
from typing import BinaryIO, Final

from anquanyue.language import Phrase

WORKBOOKS: Final = ("xlsx", "xlsb", "xls", "ods")
"""Kinds that are read as workbooks; xlsm is an xlsx with macros, a WPS .et is an xls."""

PACKAGES: Final = ("xlsx", "xlsb", "ods", "docx")
"""Those of the kinds that are read that are zips of parts."""

OLD_DOCUMENTS: Final = ("doc", "odt", "rtf")
"""Kinds that LibreOffice turns into docx first; a .wps is a doc."""

PACKED: Final = ("rar", "7z", "gzip", "bzip2", "xz", "tar", "cab", "zip in several parts")
"""Archives that are not opened here."""

_MOST: Final = 8192
"""Bytes from a file's beginning that tell its kind."""

_HEADS: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\xd7\xcd\xc6\x9a", "picture"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"MSCF\x00\x00\x00\x00", "cab"),
    (b"PK\x07\x08", "zip in several parts"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "link"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV\x01", "video"),
    (b"0&\xb2u\x8ef\xcf\x11", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x00\x00\x01\xb3", "video"),
    (b"ID3", "video"),
    (b"\xff\xfb", "video"),
    (b"#!AMR", "video"),
    (b"OggS", "video"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    # Excel's records without a container around them, versions 2, 3, 4, 5 and 8.
    (b"\x09\x00\x04\x00", "xls"),
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"\x09\x08\x08\x00", "xls"),
    (b"\x09\x08\x10\x00", "xls"),
)
OLE_HEAD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A part with code; what only lists such parts is in every document of some programs.
_MACRO: Final = re.compile(r"vbaproject\.bin$|^basic/(?!.*script-l[bc]\.xml$).*\.xml$", re.IGNORECASE | re.MULTILINE)
_PICTURE_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif")

_ENDINGS: Final = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ".ett"),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".xlt", ".et", ".ett"),
    "ods": (".ods", ".ots"),
    "docx": (".docx", ".docm", ".dotx", ".dotm", ".wps", ".wpt"),
    "doc": (".doc", ".dot", ".wps", ".wpt"),
    "odt": (".odt", ".ott"),
    "rtf": (".rtf",),
    "zip": (".zip",),
    "rar": (".rar",),
    "7z": (".7z",),
    "pdf": (".pdf",),
    "OFD": (".ofd",),
    "picture": (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif"),
    "video": (".mp4", ".mov", ".avi", ".mkv", ".wmv", ".flv", ".mp3", ".wav", ".m4a", ".amr", ".wma", ".aac", ".mpg"),
    "text": (".txt", ".csv", ".md"),
}
"""The endings that names of files of a kind have; a name with another kind's ending misleads."""

_WORDS: Final = {
    "picture": Phrase("a picture"),
    "video": Phrase("a video or sound recording"),
    "presentation": Phrase("a presentation"),
    "mail": Phrase("a mail with its attachments"),
    "program": Phrase("a program"),
    "text": Phrase("plain text"),
    "html": Phrase("a web page"),
    "xml": Phrase("an XML file"),
    "iwork": Phrase("a file of Apple's Numbers or Pages"),
}


def kind_of(file: BinaryIO) -> str:
    """The kind of what is in `file`: one of this module's names, or `empty`, `damaged`, `password`, `link`, `unknown`.

    Beside those that are read (`WORKBOOKS`, `docx`, `OLD_DOCUMENTS`, `zip`) it is `pdf`, `OFD`, `picture`, `video`,
    one of `PACKED`, `html`, `xml`, `presentation`, `mail`, `iwork`, `program` or `text`.
    """
    file.seek(0)
    head = file.read(_MOST)
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(file)
    if head.startswith(OLE_HEAD):
        return _ole_kind(file)
    for beginning, kind in _HEADS:
        if head.startswith(beginning):
            return kind
    return _deeper(head)


def misleading(name: str, kind: str) -> bool:
    """Whether the ending of a file's name is that of another kind."""
    suffix = PurePath(name).suffix.lower()
    known = any(suffix in endings for endings in _ENDINGS.values())
    return known and kind in _ENDINGS and suffix not in _ENDINGS[kind]


def kind_words(kind: str) -> str:
    """The kind as people call it."""
    return _WORDS.get(kind) or (f".{kind}" if kind in _ENDINGS else kind)


def has_macros(file: BinaryIO, kind: str) -> bool:
    """Whether the workbook or document carries macros."""
    try:
        if kind in ("xls", "doc"):
            import olefile

            if not olefile.isOleFile(file):
                return False
            with olefile.OleFileIO(file) as container:
                return any("_VBA_PROJECT" in part.upper() for path in container.listdir() for part in path)
        if kind in (*PACKAGES, "odt"):
            return _MACRO.search("\n".join(opened_zip(file).namelist())) is not None
    # It is read all the same, and what is wrong with it is found then.
    except Exception:
        return False
    return False


@lru_cache(maxsize=1)
def opened_zip(file: BinaryIO) -> zipfile.ZipFile:
    """A file as an archive, whose directory is read once: it is asked for the kind, for macros and for the parts."""
    return zipfile.ZipFile(file)


def _zip_kind(file: BinaryIO) -> str:
    # A damaged directory makes the standard library raise nearly anything.
    try:
        archive = opened_zip(file)
        members = archive.infolist()
        kind = _package_kind(archive, {member.filename.replace("\\", "/") for member in members})
        # Of a plain archive each member is judged by itself.
        locked = kind != "zip" and any(member.flag_bits & 1 for member in members)
        return "password" if locked else kind
    except Exception:
        return "damaged"


def _package_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    folders = {name.split("/")[0].lower() for name in names if "/" in name}
    if "[Content_Types].xml" in names:
        if "xl" in folders:
            return "xlsb" if "xl/workbook.bin" in names else "xlsx"
        if "word" in folders:
            return "docx"
        if "ppt" in folders:
            return "presentation"
    if "OFD.xml" in names:
        return "OFD"
    if any(name.endswith(".iwa") for name in names):
        return "iwork"
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as member:
            manifest = member.read(1024 * 1024)
        if b"encryption-data" in manifest:
            return "password"
        for mark, kind in ((b"spreadsheet", "ods"), (b"text", "odt"), (b"presentation", "presentation")):
            if b"application/vnd.oasis.opendocument." + mark in manifest:
                return kind
    # Packages of other programs, or one of the above whose directory was damaged.
    return "unknown" if names & {"[Content_Types].xml", "mimetype"} else "zip"


def _ole_kind(file: BinaryIO) -> str:
    import olefile

    # A damaged container makes olefile raise nearly anything.
    try:
        with olefile.OleFileIO(file) as container:
            if container.exists("EncryptedPackage"):
                return "password"
            for name in ("Workbook", "Book"):
                if container.exists(name):
                    return "password" if _has_file_pass(container.openstream(name).read()) else "xls"
            if container.exists("WordDocument"):
                # MS-DOC 2.5.2: the bit fEncrypted.
                flags = container.openstream("WordDocument").read(12)[10:12]
                return "password" if len(flags) == 2 and flags[1] & 1 else "doc"
            if container.exists("PowerPoint Document"):
                return "presentation"
            return "mail" if container.exists("__properties_version1.0") else "unknown"
    except Exception:
        return "damaged"


def _has_file_pass(records: bytes) -> bool:
    """Whether a workbook's records say that those behind are encrypted (MS-XLS 2.4.117)."""
    position = 0
    while position + 4 <= len(records):
        number, length = struct.unpack_from("<HH", records, position)
        if number == 0x2F:
            return True
        if number in (0x85, 0x0A):  # The first sheet's name, or the end.
            return False
        position += 4 + length
    return False


def _deeper(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in _PICTURE_BRANDS else "video"
    if head.startswith(b"RIFF"):
        return "picture" if head[8:12] == b"WEBP" else "video"
    if head.startswith(b"BM") and len(head) >= 14 and head[6:10] == bytes(4):
        return "picture"
    if head[257:262] == b"ustar":
        return "tar"
    text = _as_text(head)
    return "unknown" if text is None else _text_kind(text.lstrip("\ufeff \t\r\n").lower())


def _as_text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    # The last character may have been cut through.
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return text if all(each.isprintable() or each.isspace() or each == "\ufeff" for each in text) else None
    return None


def _text_kind(text: str) -> str:
    if text.startswith(("<!doctype html", "<html", "<head", "<meta", "<table", "<style")):
        return "html"
    if text.startswith("<?xml") or (text.startswith("<") and "xmlns" in text):
        return "html" if "<html" in text else "xml"
    if "mime-version:" in text[:2000]:
        return "mail"
    return "text"
