"""Files of every format, as bytes, made of plain rows: what people could have sent."""

import datetime
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
import olefile
import openpyxl
import xlwt

from anquanyue.writing.package import document_bytes, workbook_bytes

Rows = Sequence[Sequence[Any]]
"""A sheet's rows: texts, numbers, booleans, dates; "" or None is an empty cell."""

_DAY_ZERO = datetime.datetime(1899, 12, 30)


def xlsx_bytes(sheets: Mapping[str, Rows]) -> bytes:
    """An .xlsx; a text that begins with `=` is a formula without a saved result."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    return workbook_bytes(workbook)


def xls_bytes(sheets: Mapping[str, Rows]) -> bytes:
    """An .xls, which is also what a WPS .et holds."""
    workbook = xlwt.Workbook(encoding="utf-8")
    date = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for name, rows in sheets.items():
        sheet = workbook.add_sheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, datetime.date):
                    sheet.write(r, c, cell, date)
                else:
                    sheet.write(r, c, cell)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def ods_bytes(sheets: Mapping[str, Rows]) -> bytes:
    """An .ods."""
    tables = "".join(
        f'<table:table table:name="{escape(name, {chr(34): "&quot;"})}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    return ods_with_content(f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>")


def ods_with_content(body: str, media: Mapping[str, bytes] | None = None) -> bytes:
    """An .ods with this body of its content, and these members beside it."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    namespaces = "".join(f' xmlns:{each}="{space}{each}:1.0"' for each in ("office", "table", "text"))
    namespaces += f' xmlns:draw="{space}drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{namespaces}>{body}'
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    members = {
        "mimetype": kind.encode(),
        "content.xml": f"{content}</office:document-content>".encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }
    return zip_bytes(members | dict(media or {}))


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        attributes = f'boolean" office:boolean-value="{str(cell).lower()}'
    elif isinstance(cell, int | float):
        attributes = f'float" office:value="{cell}'
    elif isinstance(cell, datetime.date):
        attributes = f'date" office:date-value="{cell.isoformat()}'
    else:
        attributes = "string"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="{attributes}">{lines}</table:table-cell>'


def xlsb_bytes(sheets: Mapping[str, Rows]) -> bytes:
    """An .xlsb (MS-XLSB), as small as one can be."""
    names = [f"sheet{index}" for index in range(1, len(sheets) + 1)]
    bundle = b"".join(
        record(156, struct.pack("<II", 0, index) + _wide(f"rId{index}") + _wide(name))
        for index, name in enumerate(sheets, start=1)
    )
    kind = "application/vnd.ms-excel."
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += f'<Override PartName="/xl/workbook.bin" ContentType="{kind}sheet.binary.macroEnabled.main"/>'
    types += f'<Override PartName="/xl/styles.bin" ContentType="{kind}styles"/>'
    types += "".join(
        f'<Override PartName="/xl/worksheets/{each}.bin" ContentType="{kind}worksheet"/>' for each in names
    )
    members = {
        "[Content_Types].xml": f"{types}</Types>".encode(),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": record(131) + record(143) + bundle + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": relations(
            *((f"rId{index}", "worksheet", f"worksheets/{each}.bin") for index, each in enumerate(names, start=1)),
            ("rId0", "styles", "styles.bin"),
        ),
        # Two formats: general, and Excel's own number 14, a date.
        "xl/styles.bin": record(278)
        + record(617, struct.pack("<I", 2))
        + b"".join(record(47, struct.pack("<HHHHHBBHH", 0, form, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
        + record(618)
        + record(279),
    }
    for each, rows in zip(names, sheets.values(), strict=True):
        members[f"xl/worksheets/{each}.bin"] = _xlsb_sheet(rows)
    return zip_bytes(members)


def relations(*targets: tuple[str, str, str]) -> bytes:
    """What a part refers to: the relations' names, kinds and targets."""
    space = "http://schemas.openxmlformats.org/"
    lines = "".join(
        f'<Relationship Id="{name}" Type="{space}officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{space}package/2006/relationships">{lines}</Relationships>'.encode()


def _xlsb_sheet(rows: Rows) -> bytes:
    width = max((len(row) for row in rows), default=1)
    data = record(129)
    data += record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(width - 1, 0)))
    data += record(145)
    for r, row in enumerate(rows):
        data += record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
        data += b"".join(_xlsb_cell(c, cell) for c, cell in enumerate(row))
    return data + record(146) + record(130)


def _xlsb_cell(column: int, cell: Any) -> bytes:
    if cell is None or cell == "":
        return b""
    position = struct.pack("<II", column, int(isinstance(cell, datetime.date)))
    if isinstance(cell, bytes):  # A record's number and its content, for what plain values cannot say.
        return record(cell[0], position + cell[1:])
    if isinstance(cell, bool):
        return record(4, position + bytes([cell]))
    if isinstance(cell, int | float):
        return record(5, position + struct.pack("<d", cell))
    if isinstance(cell, datetime.date):
        moment = cell if isinstance(cell, datetime.datetime) else datetime.datetime(*cell.timetuple()[:3])
        return record(5, position + struct.pack("<d", (moment - _DAY_ZERO) / datetime.timedelta(days=1)))
    return record(6, position + _wide(cell))


def record(number: int, data: bytes = b"") -> bytes:
    """A record of an .xlsb: its number, its length and its content."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = b"", len(data)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + data


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def docx_bytes(blocks: Sequence[str | Rows]) -> bytes:
    """A .docx: a text is a paragraph, rows are a table; a line break in a text is one in the document."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)))
        for r, row in enumerate(block):
            for c, cell in enumerate(row):
                table.cell(r, c).text = "" if cell is None else str(cell)
    return document_bytes(document)


class _NamedInOldWay(zipfile.ZipInfo):
    """A member whose name is in an encoding that the archive does not tell."""

    encoding = "gbk"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 — zipfile's own name
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def zip_bytes(members: Mapping[str, bytes], encoding: str = "utf-8") -> bytes:
    """A .zip; names in an encoding other than UTF-8 are written as Windows does, without saying so."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info: zipfile.ZipInfo
            if encoding == "utf-8":
                info = zipfile.ZipInfo(name, (2022, 6, 20, 8, 30, 0))
            else:
                info = _NamedInOldWay(name, (2022, 6, 20, 8, 30, 0))
                info.encoding = encoding
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return data.getvalue()


def repacked(data: bytes, members: Mapping[str, bytes | None]) -> bytes:
    """The zip with these members put in, instead of those of the same names; None takes one out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return zip_bytes({name: content for name, content in (old | dict(members)).items() if content is not None})


def part(data: bytes, name: str) -> bytes:
    """A member of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def xls_records(data: bytes) -> bytes:
    """The records of an .xls without the container around them."""
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        return bytes(container.openstream("Workbook").read()).rstrip(b"\0") + bytes(3)


def ole_bytes(stream: str, beginning: bytes = bytes(12)) -> bytes:
    """An OLE container whose one stream has this name and beginning, as old Office files and locked new ones have."""
    data = xls_bytes({"Sheet1": [["x"]]})
    content = data.index(b"\x09\x08\x10\x00")
    data = data[:content] + beginning + data[content + len(beginning) :]
    old, new = ("Workbook".encode("utf-16-le"), stream.encode("utf-16-le"))
    position = data.index(old)
    entry = new.ljust(64, b"\0") + struct.pack("<H", len(new) + 2)
    return data[:position] + entry + data[position + len(entry) :]


def locked_xls_bytes() -> bytes:
    """An .xls with a password: behind the first record stands the one that says so."""
    return xls_bytes({"Sheet1": [["x"]]}).replace(b"\xe1\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\xb0\x04", 1)


def png_bytes(shade: int = 0) -> bytes:
    """A picture of one grey point; another shade is another picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes([0, shade]))) + chunk(b"IEND", b"")


def jpeg_bytes() -> bytes:
    """What begins like a photo."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(64) + b"\xff\xd9"


def pdf_bytes() -> bytes:
    """What begins like a PDF file."""
    return b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
