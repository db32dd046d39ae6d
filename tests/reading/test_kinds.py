import io

import olefile
import pytest

from anquanyue.reading.kinds import has_macros, kind_of, kind_words, misleading

from making import (
    docx_bytes,
    jpeg_bytes,
    locked_xls_bytes,
    ods_bytes,
    ods_with_content,
    ole_bytes,
    pdf_bytes,
    png_bytes,
    repacked,
    xls_bytes,
    xlsb_bytes,
    xlsx_bytes,
    zip_bytes,
)

SHEETS = {"附件3": [["填报单位", 1]]}


def of(data: bytes) -> str:
    return kind_of(io.BytesIO(data))


def bare_records() -> bytes:
    with olefile.OleFileIO(io.BytesIO(xls_bytes(SHEETS))) as container:
        return container.openstream("Workbook").read()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (xlsx_bytes(SHEETS), "xlsx"),
        (xlsb_bytes(SHEETS), "xlsb"),
        (xls_bytes(SHEETS), "xls"),
        (bare_records(), "xls"),
        (ods_bytes(SHEETS), "ods"),
        (docx_bytes(["字"]), "docx"),
        (ole_bytes("WordDocument"), "doc"),
        (ole_bytes("WordDocument", bytes(11) + b"\x01"), "password"),
        (b"{\\rtf1 text}", "rtf"),
        (zip_bytes({"a.txt": b"a"}), "zip"),
        (zip_bytes({}), "zip"),
        (zip_bytes({"OFD.xml": b"<OFD/>"}), "OFD"),
        (zip_bytes({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "presentation"),
        (zip_bytes({"Index/Document.iwa": b""}), "iwork"),
        (ole_bytes("EncryptedPackage"), "password"),
        (locked_xls_bytes(), "password"),
        (ole_bytes("PowerPoint Document"), "presentation"),
        (ole_bytes("__properties_version1.0"), "mail"),
        (pdf_bytes(), "pdf"),
        (png_bytes(), "picture"),
        (jpeg_bytes(), "picture"),
        (b"GIF89a....", "picture"),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00", "picture"),
        (b"II*\x00....", "picture"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "picture"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00", "video"),
        (b"RIFF\x24\x00\x00\x00AVI LIST", "video"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(257) + b"ustar\x0000", "tar"),
        (b"L\x00\x00\x00\x01\x14\x02\x00\x00", "link"),
        (b"MZ\x90\x00", "program"),
        ("\ufeff<html><table><tr><td>填报单位".encode(), "html"),
        ("<TABLE><tr><td>填报单位".encode("gb18030"), "html"),
        ("<html>字".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml"),
        ("填报单位,武进区\n".encode("gb18030"), "text"),
        ("填报单位,武进区\n".encode() * 1000, "text"),
        (b"From: a\r\nMIME-Version: 1.0\r\n", "mail"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (bytes(range(256)), "unknown"),
    ],
)
def test_a_kind_is_told_by_content(data: bytes, kind: str) -> None:
    assert of(data) == kind


def test_an_open_document_with_a_password_is_told() -> None:
    manifest = (
        b'<m:manifest xmlns:m="x"><m:encryption-data/>application/vnd.oasis.opendocument.spreadsheet</m:manifest>'
    )
    assert of(repacked(ods_bytes(SHEETS), {"META-INF/manifest.xml": manifest})) == "password"


def test_an_open_text_is_no_workbook() -> None:
    manifest = b'<m:file-entry xmlns:m="x" m:media-type="application/vnd.oasis.opendocument.text"/>'
    assert of(repacked(ods_bytes(SHEETS), {"META-INF/manifest.xml": manifest})) == "odt"


@pytest.mark.parametrize(
    ("name", "kind", "misled"),
    [
        ("a.xls", "xlsx", True),
        ("a.XLSX", "xls", True),
        ("a.et", "xls", False),
        ("a.wps", "doc", False),
        ("a.wps", "docx", False),
        ("a.doc", "rtf", True),
        ("a.xlsm", "xlsx", False),
        ("a.xlsx", "picture", True),
        ("a.jpg", "picture", False),
        ("附件3.2022", "xlsx", False),
        ("附件3", "xlsx", False),
        ("a.xlsx", "damaged", False),
    ],
)
def test_a_name_misleads_only_where_its_ending_is_another_kind_s(name: str, kind: str, misled: bool) -> None:
    assert misleading(name, kind) is misled


def test_kinds_have_words() -> None:
    assert (kind_words("xlsx"), kind_words("rar"), kind_words("picture")) == (".xlsx", ".rar", "a picture")


def test_macros_are_noted() -> None:
    plain = xlsx_bytes(SHEETS)
    assert not has_macros(io.BytesIO(plain), "xlsx")
    assert has_macros(io.BytesIO(repacked(plain, {"xl/vbaProject.bin": b"code"})), "xlsx")
    assert has_macros(io.BytesIO(repacked(docx_bytes([]), {"word/vbaProject.bin": b"code"})), "docx")
    assert has_macros(io.BytesIO(ods_with_content("", {"Basic/Standard/Module1.xml": b"<x/>"})), "ods")
    assert not has_macros(io.BytesIO(xls_bytes(SHEETS)), "xls")
    assert has_macros(io.BytesIO(ole_bytes("_VBA_PROJECT_CUR")), "xls")
