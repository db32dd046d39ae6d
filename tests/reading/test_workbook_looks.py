"""What people see in workbooks beside the values of the cells, and cells far away from any form."""

import datetime
import io
import struct
from collections.abc import Callable, Sequence

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font

from anquanyue.reading.workbook import read_workbook
from anquanyue.reading.xls import survey

import making
from making import ods_with_content, part, relations, repacked, xls_bytes, xls_records, xlsb_bytes, xlsx_bytes


def styled_xlsx(cells: Sequence[tuple[object, str, bool]]) -> bytes:
    """One row of cells, each with its number format and whether it is struck out."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for column, (value, number_format, struck) in enumerate(cells, start=1):
        cell = sheet.cell(1, column, value)
        cell.number_format, cell.font = number_format, Font(strike=struck)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def styled_xls(cells: Sequence[tuple[object, str, bool]]) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("Sheet")
    for column, (value, number_format, struck) in enumerate(cells):
        looks = f"font: struck_out {'on' if struck else 'off'}"
        sheet.write(0, column, value, xlwt.easyxf(looks, num_format_str=number_format))
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


STYLED = (
    (1, "0%", False),
    (3, '0"万"', False),
    (12000, '0!.0,"万"', False),
    (12345, '0!.0,"万"', False),
    (300, "General", True),
    ("300", "General", True),
    (datetime.date(2022, 6, 27), "yyyy-mm-dd", True),
    (5, '0"人次"', False),
    (5, "General", False),
    ("甲", '"└ "@', False),
)
SEEN = ("100%", "3万", "1.2万", "1.2万 ⟨12345⟩", "3̶0̶0̶", "3̶0̶0̶", "2̶0̶2̶2̶-̶0̶6̶-̶2̶7̶", 5, 5, "甲")


@pytest.mark.parametrize(("kind", "data"), [("xlsx", styled_xlsx(STYLED)), ("xls", styled_xls(STYLED))])
def test_formats_and_struck_out_cells_are_read_as_people_see_them(kind: str, data: bytes) -> None:
    (grid,) = read_workbook(data, kind).grids
    assert grid.rows == (SEEN,)


def test_an_xls_without_a_container_is_read_as_people_see_it_too() -> None:
    (grid,) = read_workbook(xls_records(styled_xls(STYLED)), "xls").grids
    assert grid.rows == (SEEN,)


@pytest.mark.parametrize(("style", "seen"), [((9, False), "100%"), ((0, True), "1̶"), ((0, False), 1)])
def test_formats_and_struck_out_cells_of_an_xlsb_are_read_as_people_see_them(
    style: tuple[int, bool], seen: object
) -> None:
    form, struck = style
    styles = making.record(43, struct.pack("<HHHH", 220, 8 * struck, 400, 0) + bytes(12))
    styles += making.record(617, struct.pack("<I", 1)) + making.record(
        47, struct.pack("<HHHHHHH", 0, form, 0, 0, 0, 0, 0)
    )
    styles += making.record(618)
    data = repacked(xlsb_bytes({"a": [[1, ""]]}), {"xl/styles.bin": styles})
    (grid,) = read_workbook(data, "xlsb").grids
    assert grid.rows == ((seen,),)


def test_parts_of_a_text_in_an_xlsb_are_read_as_people_see_them() -> None:
    font, raised = struct.pack("<HHHH", 220, 0, 400, 0), struct.pack("<HHHH", 220, 0, 400, 1)
    styles = making.record(43, font + bytes(12)) + making.record(43, raised + bytes(12))
    styles += making.record(617, struct.pack("<I", 1)) + making.record(47, bytes(14)) + making.record(618)
    text = struct.pack("<I", 3) + "102".encode("utf-16-le")
    shared = making.record(159, struct.pack("<II", 1, 1))
    shared += making.record(19, b"\1" + text + struct.pack("<IHH", 1, 2, 1)) + making.record(160)
    data = xlsb_bytes({"a": [[bytes([7]) + struct.pack("<I", 0), ""]]})
    target = b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    target += b'sharedStrings" Target="sharedStrings.bin"/></Relationships>'
    links = part(data, "xl/_rels/workbook.bin.rels").replace(b"</Relationships>", target)
    parts = {"xl/styles.bin": styles, "xl/sharedStrings.bin": shared, "xl/_rels/workbook.bin.rels": links}
    (grid,) = read_workbook(repacked(data, parts), "xlsb").grids
    assert grid.rows == (("10²",),)


def test_a_part_without_a_font_of_its_own_has_that_of_the_cell() -> None:
    data = styled_xlsx([("TEXT", "General", True)])
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(
        b"<t>TEXT</t>", b"<r><t>300</t></r><r><rPr><sz val='9'/></rPr><t>280</t></r>"
    )
    (grid,) = read_workbook(repacked(data, {"xl/worksheets/sheet1.xml": sheet}), "xlsx").grids
    assert grid.rows == (("3̶0̶0̶280",),)


def test_parts_of_a_text_in_an_xls_are_read_as_people_see_them() -> None:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("a")
    struck, raised = xlwt.Font(), xlwt.Font()
    struck.struck_out, raised.escapement = True, xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    sheet.write_rich_text(0, 0, [("30", struck), "25"])
    sheet.write_rich_text(0, 1, ["10", ("2", raised)])
    sheet.write(0, 2, "102")
    data = io.BytesIO()
    workbook.save(data)
    (grid,) = read_workbook(data.getvalue(), "xls").grids
    assert grid.rows == (("3̶0̶25", "10²", "102"),)


def ods_table(content: str, styles: str = "", before: str = "") -> bytes:
    """An .ods of one sheet with these rows and automatic styles."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    body = f'<office:automatic-styles xmlns:style="{space}style:1.0">{styles}</office:automatic-styles>'
    body += f'<office:body><office:spreadsheet><table:table table:name="a">{before}{content}</table:table>'
    return ods_with_content(f"{body}</office:spreadsheet></office:body>")


def ods_cell(text: str, value: object = None, kind: str = "float", **attributes: object) -> str:
    words = "".join(f' table:{name.replace("_", "-")}="{each}"' for name, each in attributes.items())
    if value is None:
        return f'<table:table-cell office:value-type="string"{words}>{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"{words}>{text}</table:table-cell>'


def test_numbers_in_an_ods_are_read_as_they_are_shown() -> None:
    cells = [
        ods_cell("<text:p>100%</text:p>", 1, "percentage"),
        ods_cell("<text:p>3万</text:p>", 3),
        ods_cell("<text:p>1.2万</text:p>", 12345),
        ods_cell("<text:p>12</text:p>", 12000),
        ods_cell("<text:p/>", 300),
        ods_cell("<text:p>1,200.00</text:p>", 1200),
        ods_cell("<text:p>5人次</text:p>", 5),
        ods_cell("<text:p>###</text:p>", 5),
        ods_cell("", 7),
        ods_cell("<text:p/>", 0),
    ]
    data = ods_table(f"<table:table-row>{''.join(cells)}</table:table-row>")
    (grid,) = read_workbook(data, "ods").grids
    assert grid.rows == (("100%", "3万", "1.2万 ⟨12345⟩", "12 ⟨12000⟩", "⟨300⟩", 1200, 5, 5, 7, 0),)


def test_texts_in_an_ods_are_read_as_people_see_them() -> None:
    styles = (
        '<style:style style:name="struck" style:family="text">'
        '<style:text-properties style:text-line-through-type="single"/></style:style>'
        '<style:style style:name="raised" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="usual" style:family="text">'
        '<style:text-properties style:text-line-through-style="none" style:text-position="0% 100%"/></style:style>'
        '<style:style style:name="gone" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="child" style:family="table-cell" style:parent-style-name="gone"/>'
        '<style:style style:name="kept" style:family="table-cell" style:parent-style-name="gone">'
        '<style:text-properties style:text-line-through-style="none"/></style:style>'
    )
    part = '<text:p>{}<text:span text:style-name="{}">{}</text:span>{}</text:p>'
    cells = [
        ods_cell(part.format("", "struck", "30", "25")),
        ods_cell(part.format("10", "raised", '<text:s text:c="1"/>2', "<text:line-break/>次")),
        ods_cell(part.format("10", "usual", "2", "")),
        ods_cell("<text:p>5</text:p>", 5, style_name="gone"),
        ods_cell("<text:p>5</text:p>", 5, style_name="child"),
        ods_cell("<text:p>5</text:p>", 5, style_name="kept"),
        ods_cell("<text:p>5</text:p>", 5, number_columns_repeated=2),
        ods_cell("<text:p>6</text:p>", 6),
    ]
    columns = '<table:table-column table:number-columns-repeated="6" table:default-cell-style-name="kept"/>'
    columns += '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="gone"/>'
    (grid,) = read_workbook(
        ods_table(f"<table:table-row>{''.join(cells)}</table:table-row>", styles, columns), "ods"
    ).grids
    assert grid.rows == (("3̶0̶25", "10 ²\n次", "102", "5̶", "5̶", 5, "5̶", "5̶", 6),)


def test_a_format_that_nothing_uses_costs_no_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    data = styled_xls([("a", "General", False)])
    monkeypatch.setattr("anquanyue.reading.xls.as_people_see_them", None)
    assert read_workbook(data, "xls").grids[0].rows == (("a",),)


# Cells far away --------------------------------------------------------------------------------------------------


def far_xls() -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("a")
    for row, column, value in ((0, 0, "字"), (1, 1, 5), (65535, 255, "x"), (60000, 0, 3), (60000, 1, 4)):
        sheet.write(row, column, value)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def far_xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "a"
    for address, value in (("A1", "字"), ("B2", 5), ("IV65536", "x"), ("A60001", 3), ("B60001", 4)):
        sheet[address] = value
    sheet["A70000"].number_format = "0"
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def far_ods() -> bytes:
    rows = f"<table:table-row>{ods_cell('<text:p>字</text:p>')}</table:table-row>"
    rows += f"<table:table-row><table:table-cell/>{ods_cell('<text:p>5</text:p>', 5)}</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="59998"><table:table-cell/></table:table-row>'
    rows += f"<table:table-row>{ods_cell('<text:p>3</text:p>', 3)}{ods_cell('<text:p>4</text:p>', 4)}</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="5534"><table:table-cell/></table:table-row>'
    rows += '<table:table-row><table:table-cell table:number-columns-repeated="255"/>'
    rows += f"{ods_cell('<text:p>x</text:p>')}</table:table-row>"
    return ods_table(rows)


def far_xlsb() -> bytes:
    data = xlsb_bytes({"a": [["字"], ["", 5]]})
    rows = b"".join(
        making.record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
        + b"".join(making.record(5, struct.pack("<IId", column, 0, 3)) for column in columns)
        for row, columns in ((60000, (0, 1)), (65535, (255,)))
    )
    sheet = part(data, "xl/worksheets/sheet1.bin").replace(making.record(146), rows + making.record(146))
    return repacked(data, {"xl/worksheets/sheet1.bin": sheet})


@pytest.mark.parametrize(("kind", "make"), [("xls", far_xls), ("xlsx", far_xlsx), ("ods", far_ods), ("xlsb", far_xlsb)])
def test_cells_far_away_are_named_and_left_out(kind: str, make: Callable[[], bytes]) -> None:
    book = read_workbook(make(), kind)
    (grid,) = book.grids
    assert [each[2] for each in grid.cells()] == ["字", 5]
    assert len(grid.rows) < 5001 and max(map(len, grid.rows)) < 257
    assert sorted(book.far) == ["a!A60001", "a!B60001", "a!IV65536"]
    assert book.concealed("a") == {}


def test_cells_far_to_the_right_are_left_out() -> None:
    data = xlsx_bytes({"a": [["字", *[""] * 254, "近", "远"]]})
    book = read_workbook(data, "xlsx")
    assert (book.grids[0].rows[0][-1], book.far) == ("近", ("a!IW1",))


def test_cells_without_an_address_in_a_row_far_away_are_left_out_with_it() -> None:
    data = xlsx_bytes({"a": [["字"]]})
    row = b'<row r="9000"><c/><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(b"</sheetData>", row)
    book = read_workbook(repacked(data, {"xl/worksheets/sheet1.xml": sheet}), "xlsx")
    assert (book.grids[0].rows, book.far) == ((("字",),), ("a!A9000",))


def test_a_column_that_is_filled_to_the_last_row_is_cut() -> None:
    row = f"<table:table-row table:number-rows-repeated='60000'>{ods_cell('<text:p>1</text:p>', 1)}</table:table-row>"
    book = read_workbook(ods_table(row), "ods")
    assert (len(book.grids[0].rows), book.far) == (5000, ("a!A5001",))


# Remarks ---------------------------------------------------------------------------------------------------------


def test_comments_and_text_boxes_of_an_xlsx_are_found() -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    drawing = 'xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    drawing += 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    comments = "".join(
        f'<comment ref="{address}" authorId="{author}"><text><t>{text}</t></text></comment>'
        for address, author, text in (
            ("B2", 0, "应为9"),
            ("B3", 1, "是负数"),
            ("B4", 2, "【须更正】是负数"),
            ("B5", 0, " "),
        )
    )
    boxes = "".join(
        f"<x:oneCellAnchor><x:from><x:col>{column}</x:col><x:row>4</x:row></x:from>"
        f"<x:sp><x:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></x:txBody></x:sp></x:oneCellAnchor>"
        for column, text in ((3, "更正"), (4, " "))
    )
    threaded = '<ThreadedComments><threadedComment ref="C1"><text>应为9</text></threadedComment></ThreadedComments>'
    links = relations(
        ("rId1", "comments", "../comments1.xml"),
        ("rId2", "drawing", "../drawings/drawing1.xml"),
        ("rId3", "threadedComment", "../threadedComments/threadedComment1.xml"),
    )
    authors = "<author>甲样例</author><author>anquanyue</author><author> </author>"
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": links,
        "xl/comments1.xml": f"<comments {space}><authors>{authors}</authors>"
        f"<commentList>{comments}</commentList></comments>".encode(),
        "xl/drawings/drawing1.xml": f"<x:wsDr {drawing}>{boxes}</x:wsDr>".encode(),
        "xl/threadedComments/threadedComment1.xml": threaded.encode(),
    }
    book = read_workbook(repacked(xlsx_bytes({"a": [["字"]]}), parts), "xlsx")
    assert sorted(book.remarks) == ["a!B2", "a!C1", "a!D5"]


def test_comments_of_an_xlsb_are_found() -> None:
    def author(name: str) -> bytes:
        return making.record(632, struct.pack("<I", len(name)) + name.encode("utf-16-le"))

    comments = author("甲") + author("anquanyue")
    comments += b"".join(
        making.record(635, struct.pack("<IIIII", number, row, row, 1, 1) + bytes(16))
        for number, row in ((0, 1), (1, 2))
    )
    parts = {
        "xl/worksheets/_rels/sheet1.bin.rels": relations(("rId1", "comments", "../comments1.bin")),
        "xl/comments1.bin": comments,
    }
    assert read_workbook(repacked(xlsb_bytes({"a": [["字"]]}), parts), "xlsb").remarks == ("a!B2",)


def test_comments_and_text_boxes_of_an_xls_are_found() -> None:
    def note(row: int, author: str) -> bytes:
        words = author.encode("utf-16-le")
        data = struct.pack("<HHHHHB", row, 1, 0, row, len(author), 1) + words
        return struct.pack("<HH", 0x1C, len(data)) + data

    def drawn_text(kind: int) -> bytes:
        shape, text = struct.pack("<HHH", 0x15, 18, kind) + bytes(16), struct.pack("<HHHHHH", 0, 0, 0, 0, 0, 2)
        return struct.pack("<HH", 0x5D, len(shape)) + shape + struct.pack("<HH", 0x1B6, len(text)) + text

    added = drawn_text(0x19) + note(1, "甲样例") + drawn_text(0x19) + note(2, "anquanyue") + drawn_text(6)
    end = b"\x0a\x00\x00\x00"
    data = xls_records(xls_bytes({"a": [["字"]]}))
    assert survey(data.removesuffix(end) + added + end).remarks == ["a!B2", "a"]


def test_comments_and_text_boxes_of_an_ods_are_found() -> None:
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    notes = "".join(
        f"<table:table-row>{ods_cell(f'<office:annotation {dc}>{author}<text:p>{text}</text:p></office:annotation>')}"
        "</table:table-row>"
        for author, text in (
            ("<dc:creator>甲样例</dc:creator>", "应为9"),
            ("<dc:creator>anquanyue</dc:creator>", "是负数"),
            ("", "【请核对】是负数"),
            ("", " "),
        )
    )
    box = "<draw:frame><draw:text-box><text:p>更正</text:p></draw:text-box></draw:frame>"
    notes += f"<table:table-row><table:table-cell/><table:table-cell>{box}</table:table-cell></table:table-row>"
    book = read_workbook(ods_table(notes, before=f"<table:shapes>{box}</table:shapes>"), "ods")
    assert book.remarks == ("a", "a!A1", "a!B5")
