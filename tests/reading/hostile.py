"""Files that strangers could send to stop a program, as bytes; small ones, whatever they unpack to."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import olefile
import xlwt

from making import docx_bytes, ods_with_content, part, record, repacked, xls_bytes, xlsb_bytes, xlsx_bytes, zip_bytes

SHEET = "xl/worksheets/sheet1.xml"
OF_THIS_MACHINE = "a text of this machine"
"""What a file on the disk holds that entities point to."""

_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TABLE = '<table:table table:name="Sheet1">{}</table:table>'
_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
_BOMB = f'<!ENTITY e0 "ha">{_LAUGHS}<!ENTITY bomb "&e11;">'
"""An entity of 200 GB."""


def sheet_xml(data: str, dimension: str = "A1:B2") -> bytes:
    """A sheet of an xlsx with this inside its data."""
    head = f'<?xml version="1.0"?><worksheet xmlns="{_SPACE}"><dimension ref="{dimension}"/><sheetData>'
    return f"{head}{data}</sheetData></worksheet>".encode()


def with_sheet(content: bytes, name: str = SHEET) -> bytes:
    """A workbook whose one sheet has this content."""
    return repacked(xlsx_bytes({"Sheet1": [["x"]]}), {name: content})


def far_corners() -> dict[str, bytes]:
    """Two cells at the corners of a sheet: a reader that makes a rectangle of them takes 100 GB."""
    first, last = '<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="{r}"><c r="{c}"><v>1</v></c></row>'
    corners = first + last.format(r=1048576, c="XFD1048576")
    encoded = first + last.format(r="&#49;048576", c="&#88;FD1048576")
    spaced = first + '<row r = "1048576"><c s="0" r = "XFD1048576"><v>1</v></c></row>'
    prefixed = sheet_xml(corners).replace(b"<row", b"<x:row").replace(b"</row", b"</x:row").replace(b"<c ", b"<x:c ")
    prefixed = prefixed.replace(b"</c>", b"</x:c>").replace(b"xmlns=", b"xmlns:x=")
    beyond = first + last.format(r=4294967295, c="ZZZZZZZ4294967295")
    repeats = 'table:number-rows-repeated="1048575"', 'table:number-columns-repeated="16383"'
    value = '<table:table-cell office:value-type="float" office:value="1"/>'
    ods_corner = (
        f"<table:table-row>{value}</table:table-row><table:table-row {repeats[0]}><table:table-cell/></table:table-row>"
        f"<table:table-row><table:table-cell {repeats[1]}/>{value}</table:table-row>"
    )
    full = value.replace("/>", f" {repeats[1]}/>")
    ods_full = f"<table:table-row {repeats[0]}>{full}</table:table-row>"
    corner_xlsb = part(xlsb_bytes({"Sheet1": [["x"]]}), "xl/worksheets/sheet1.bin")
    row = record(0, struct.pack("<IIHBBBI", 1048575, 0, 300, 0, 0, 0, 0))
    corner_xlsb = corner_xlsb.replace(record(146), row + record(5, struct.pack("<IId", 16383, 0, 1.0)) + record(146))
    return {
        "corners-honest.xlsx": with_sheet(sheet_xml(corners, "A1:XFD1048576")),
        "corners-lying.xlsx": with_sheet(sheet_xml(corners)),
        "corners-claimed.xlsx": with_sheet(sheet_xml(first, "A1:XFD1048576")),
        "corners-encoded.xlsx": with_sheet(sheet_xml(encoded)),
        "corners-spaced.xlsx": with_sheet(sheet_xml(spaced)),
        "corners-prefixed.xlsx": with_sheet(prefixed),
        "corners-beyond.xlsx": with_sheet(sheet_xml(beyond)),
        "corners.ods": _ods(ods_corner),
        "full.ods": _ods(ods_full),
        "corners.xls": _corner_xls(),
        "corners-lying.xls": _corner_xls().replace(_dimensions(65536, 256), _dimensions(1, 1)),
        "corners-claimed.xls": xls_bytes({"Sheet1": [["x"]]}).replace(_dimensions(1, 1), _dimensions(2**32 - 1, 65535)),
        "corners.xlsb": repacked(xlsb_bytes({"Sheet1": [["x"]]}), {"xl/worksheets/sheet1.bin": corner_xlsb}),
    }


def _ods(rows: str) -> bytes:
    body = f"<office:body><office:spreadsheet>{_TABLE.format(rows)}</office:spreadsheet></office:body>"
    return ods_with_content(body)


def _corner_xls() -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Sheet1")
    sheet.write(0, 0, 1)
    sheet.write(65535, 255, 1)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def _dimensions(rows: int, columns: int) -> bytes:
    return struct.pack("<HHIIHHH", 0x200, 14, 0, rows, 0, columns, 0)


def large_claims(good: bytes) -> dict[str, bytes]:
    """Counts and sizes that are not true, or true and enormous."""
    texts = f'<sst xmlns="{_SPACE}" count="4294967295" uniqueCount="4294967295"><si><t>x</t></si></sst>'.encode()
    book = repacked(
        with_sheet(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')), {"xl/sharedStrings.xml": texts}
    )
    index = with_sheet(sheet_xml('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>'))
    sst = struct.pack("<HH", 0xFC, 8)
    xls = xls_bytes({"Sheet1": [["x"]]})
    at = xls.index(sst, xls.index(b"\x09\x08\x10\x00")) if sst in xls else _sst(xls)
    blank = b'<?xml version="1.0"?>' + b" " * 1000
    return {
        "texts-claimed.xlsx": book,
        "text-beyond.xlsx": index,
        "texts-claimed.xls": xls[: at + 4] + b"\xff" * 8 + xls[at + 12 :],
        "gigabyte.xlsx": _with_large_sheet(good, honest=True),
        "gigabyte-lying.xlsx": _with_large_sheet(good, honest=False),
        "gigabyte.zip": large_zip({"a.xlsx": 1024}),
        "blanks.xlsx": repacked(good, {SHEET: blank}),
        "long-text.xlsx": with_sheet(
            sheet_xml(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"长" * 1_000_000}</t></is></c></row>')
        ),
    }


def _sst(xls: bytes) -> int:
    """Where the record with the shared texts begins."""
    with olefile.OleFileIO(io.BytesIO(xls)) as container:
        records = bytes(container.openstream("Workbook").read())
    place = 0
    while struct.unpack_from("<H", records, place)[0] != 0xFC:
        place += 4 + struct.unpack_from("<H", records, place + 2)[0]
    return xls.index(records[place : place + 12])


def _with_large_sheet(form: bytes, *, honest: bool) -> bytes:
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    return large_zip({SHEET: 1024}, kept, honest=honest)


def large_zip(mebibytes: Mapping[str, int], kept: Mapping[str, bytes] | None = None, *, honest: bool = True) -> bytes:
    """A zip with members of so many MiB of blanks, in a thousandth of that; `honest` tells their size.

    One block that refers to nothing before it is written once and repeated.
    """
    block = b" " * 1024 * 1024
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    data = io.BytesIO(zip_bytes(dict(kept or {})))
    with zipfile.ZipFile(data, "a") as archive:
        for name, number in mebibytes.items():
            content = once * number + b"\x03\x00"
            info = zipfile.ZipInfo(name, (2022, 6, 20, 8, 30, 0))
            info.header_offset, info.compress_type = archive.start_dir, zipfile.ZIP_DEFLATED
            info.compress_size, info.CRC = len(content), 0
            info.file_size = number << 20 if honest else 1000
            data.seek(archive.start_dir)
            data.write(info.FileHeader() + content)
            archive.start_dir, archive._didModify = data.tell(), True  # type: ignore[attr-defined]
            archive.filelist.append(info)
    return data.getvalue()


def many_rows() -> dict[str, bytes]:
    """A million rows, each with something in it."""
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    rows = "".join(row.format(number) for number in range(1, 1_000_001))
    unnumbered = "<row><c><v>1</v></c></row>" * 200_000
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    return {
        "million.xlsx": with_sheet(sheet_xml(rows, "A1:A1000000")),
        "unnumbered.xlsx": with_sheet(sheet_xml(unnumbered)),
        "million.ods": _ods(f"<table:table-row>{cell}</table:table-row>" * 1_000_000),
        "million.docx": repacked(
            docx_bytes(["x"]),
            {"word/document.xml": _document("<w:p><w:r><w:t>1</w:t></w:r></w:p>" * 1_000_000)},
        ),
    }


def _document(body: str, before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{space}"><w:body>'
    return f"{head}{body}</w:body></w:document>".encode()


def entities(good: bytes, secret: str) -> dict[str, bytes]:
    """Texts that grow without end, and texts that are fetched from elsewhere."""
    kinds = {
        "bomb": (_BOMB, "&bomb;"),
        "quadratic": (f'<!ENTITY long "{"ha" * 50_000}">', "&long;" * 20_000),
        "secret": (f'<!ENTITY secret SYSTEM "{secret}">', "&secret;"),
        "secret-parameter": (f'<!ENTITY % more SYSTEM "{secret}"> %more;', "x"),
        "network": ('<!ENTITY net SYSTEM "http://127.0.0.1:9/x">', "&net;"),
    }
    found = {}
    for name, (declared, used) in kinds.items():
        doctype = f"<!DOCTYPE d [{declared}]>".encode()
        texts = f'<sst xmlns="{_SPACE}"><si><t>{used}</t></si></sst>'.encode()
        document = _document(f"<w:p><w:r><w:t>{used}</w:t></w:r></w:p>", doctype.decode())
        cell = f'<table:table-cell office:value-type="string"><text:p>{used}</text:p></table:table-cell>'
        ods = _ods(f"<table:table-row>{cell}</table:table-row>")
        content = part(ods, "content.xml").replace(b"?>", b"?>" + doctype, 1)
        inline = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{used}</t></is></c></row>'
        found |= {
            f"entity-{name}.xlsx": with_sheet(_declaring(sheet_xml(inline), doctype)),
            f"entity-{name}-texts.xlsx": repacked(good, {"xl/sharedStrings.xml": doctype + texts}),
            f"entity-{name}-book.xlsx": repacked(
                good, {"xl/workbook.xml": _declaring(part(good, "xl/workbook.xml"), doctype)}
            ),
            f"entity-{name}.docx": repacked(docx_bytes(["x"]), {"word/document.xml": document}),
            f"entity-{name}.ods": repacked(ods, {"content.xml": content}),
        }
    return found


def _declaring(content: bytes, doctype: bytes) -> bytes:
    """An XML part with these declarations in front of its root."""
    return content.replace(b"?>", b"?>" + doctype, 1) if content.startswith(b"<?xml") else doctype + content


def packed(good: bytes) -> dict[str, bytes]:
    """Archives in archives, many files, names that lead elsewhere."""
    nested = zip_bytes({"好.xlsx": good})
    for depth in range(5):
        nested = zip_bytes({f"{depth}.zip": nested})
    names = [
        "../../up.xlsx", "/etc/root.xlsx", "C:\\Windows\\drive.xlsx", "\\\\server\\share\\x.xlsx",
        "长" * 300 + ".xlsx", "n" * 60_000 + ".xlsx", "😀👩‍👩‍👧.xlsx", "two\nlines\r.xlsx", "\x1b[31mred.xlsx",
        "con.xlsx", "a:b.xlsx", " .xlsx", "", "a/../../../b.xlsx", "{unit}[bold]%s.xlsx",
    ]  # fmt: skip
    return {
        "nested.zip": nested,
        "names.zip": zip_bytes(dict.fromkeys(names, b"x")),
        "many.zip": zip_bytes({f"{number}": b"" for number in range(10_001)}),
        "overlapping.zip": _overlapping(),
    }


def _overlapping() -> bytes:
    """Many members that are all the same bytes of the file."""
    data = bytearray(large_zip({"a": 9}))
    directory = data.index(b"PK\x01\x02")
    entry = bytes(data[directory : data.index(b"PK\x05\x06")])
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 5000, 5000, len(entry) * 5000, directory, 0)
    return bytes(data[:directory]) + entry * 5000 + end


def deep_nesting() -> dict[str, bytes]:
    """Elements in one another, deeper than any program can follow."""
    table = "<w:tbl><w:tr><w:tc>"
    closing = "</w:tc></w:tr></w:tbl>"
    found = {}
    for name, depth in (("deep", 60), ("deeper", 100_000)):
        nested = table * depth + "<w:p><w:r><w:t>1</w:t></w:r></w:p>" + closing * depth
        runs = "<w:ins>" * depth + "<w:r><w:t>1</w:t></w:r>" + "</w:ins>" * depth
        spans = "<text:span>" * depth + "1" + "</text:span>" * depth
        cell = f'<table:table-cell office:value-type="string"><text:p>{spans}</text:p></table:table-cell>'
        found |= {
            f"{name}-tables.docx": repacked(docx_bytes(["x"]), {"word/document.xml": _document(nested)}),
            f"{name}-runs.docx": repacked(docx_bytes(["x"]), {"word/document.xml": _document(f"<w:p>{runs}</w:p>")}),
            f"{name}-spans.ods": _ods(f"<table:table-row>{cell}</table:table-row>"),
            f"{name}.xlsx": with_sheet(sheet_xml("<x>" * depth + "</x>" * depth)),
        }
    return found
