"""Workbooks and Word documents as bytes: the same content gives the same bytes."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook

if TYPE_CHECKING:
    from docx.document import Document

_CREATOR: Final = "anquanyue"
_MOMENT: Final = datetime.datetime(2000, 1, 1)
_LARGE: Final = 1024 * 1024
_QUICKLY: Final = 2
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


Change = Callable[[bytes], bytes]


def workbook_bytes(workbook: Workbook, changes: Mapping[str, Change] = MappingProxyType({})) -> bytes:
    """The workbook as an xlsx file without the time at which it was made.

    Args:
        workbook: What openpyxl writes.
        changes: What becomes of the content of a member, by the member's name.
    """
    workbook.properties.creator = _CREATOR
    workbook.properties.created = _MOMENT
    written = io.BytesIO()
    workbook.save(written)
    return _without_time(written, changes)


def document_bytes(document: "Document") -> bytes:
    """The document as a docx file without the time at which it was made."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = _CREATOR
    properties.comments = ""
    properties.created = _MOMENT
    written = io.BytesIO()
    document.save(written)
    return _without_time(written, {})


def _without_time(written: io.BytesIO, changes: Mapping[str, Change]) -> bytes:
    """The zip file with a fixed moment in its properties and at each of its members, and with the changes."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + _MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            elif name in changes:
                content = changes[name](content)
            _add_member(target, name, content)
    return fixed.getvalue()


def take_member(package: bytes, name: str) -> tuple[bytes, bytes]:
    """The package without the member of that name, and the member's content."""
    others = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(others, "w") as target:
        for each in source.namelist():
            if each != name:
                _add_member(target, each, source.read(each))
        content = source.read(name)
    return others.getvalue(), content


def put_member(others: bytes, name: str, content: bytes) -> bytes:
    """The package with a member more; the others stay compressed as they are."""
    package = io.BytesIO(others)
    with zipfile.ZipFile(package, "a") as target:
        _add_member(target, name, content)
    return package.getvalue()


def _add_member(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    # Packed as well as usual, the sheets of ten thousand units would take a quarter of a second more.
    archive.writestr(member, content, compresslevel=_QUICKLY if len(content) > _LARGE else None)
