import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

import olefile
import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.styles import Font

from anquanyue.reading.grid import Concealed
from anquanyue.reading.package import UnreadableError
from anquanyue.reading.workbook import read_workbook
from anquanyue.reading.xls import survey

import making
from making import ods_bytes, ods_with_content, png_bytes, repacked, xls_bytes, xlsb_bytes, xlsx_bytes

FORMATS: Mapping[str, Callable[..., bytes]] = {
    "xlsx": xlsx_bytes,
    "xlsb": xlsb_bytes,
    "xls": xls_bytes,
    "ods": ods_bytes,
}
ROWS = [
    ["填报单位（盖章）：", "甲", 1, 2.5, True, datetime.date(2022, 6, 27)],
    ["a\nb", "", 0, False],
    [],
    ["", "½ <&>"],
]


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def relations(*targets: tuple[str, str, str]) -> bytes:
    lines = "".join(f'<Relationship Id="{name}" Type="x/{kind}" Target="{target}"/>' for name, kind, target in targets)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'.encode()


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_cells(kind: str) -> None:
    book = read_workbook(FORMATS[kind]({"附件3": ROWS, "草稿": [["x"]]}), kind)
    first, second = book.grids
    assert (first.name, second.name) == ("附件3", "草稿")
    expected = tuple((*row, *[""] * (6 - len(row))) for row in ROWS)
    assert first.rows == expected
    assert first.place(0, 3) == "附件3!D1"
    assert book.concealed("附件3") == {}


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(sorted(FORMATS)),
    st.lists(
        st.lists(st.text("甲1，（½ ", max_size=4) | st.integers(0, 10**9), min_size=2, max_size=2),
        min_size=1,
        max_size=4,
    ),
)
def test_rows_are_read_as_they_were_written(kind: str, rows: list[list[object]]) -> None:
    rows = [["字", "字"], *rows, ["字", "字"]]
    (grid,) = read_workbook(FORMATS[kind]({"a": rows}), kind).grids
    assert grid.rows == tuple(map(tuple, rows))


def test_records_without_a_container_are_read() -> None:
    (grid,) = read_workbook(records(xls_bytes({"附件3": ROWS})), "xls").grids
    assert grid.rows[0] == tuple(ROWS[0])


def test_hidden_sheets_are_read_and_sheets_of_charts_are_not() -> None:
    workbook = openpyxl.Workbook()
    workbook.create_chartsheet("图").add_chart(BarChart())
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden")):
        sheet = workbook.create_sheet(name)
        sheet["A1"], sheet.sheet_state = name, state
    data = io.BytesIO()
    workbook.save(data)
    assert [grid.name for grid in read_workbook(data.getvalue(), "xlsx").grids] == ["Sheet", "藏", "深藏"]


def test_errors_and_formulas_without_a_result_are_seen_in_xlsx() -> None:
    data = xlsx_bytes({"a": [["#REF!", "=1+1", "字"]]})
    assert read_workbook(data, "xlsx").concealed("a") == {
        (0, 0): Concealed("error", "#REF!"),
        (0, 1): Concealed("formula", "=1+1"),
    }


def test_cells_that_do_not_say_where_they_are_follow_one_another() -> None:
    data = xlsx_bytes({"a": [["x"]]})
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(b' r="A1"', b"").replace(b'<row r="1"', b"<row")
    sheet = sheet.replace(b"</row>", b'<c t="e"><v>#N/A</v></c></row><row><c t="e"><v>#REF!</v></c></row>')
    found = read_workbook(repacked(data, {"xl/worksheets/sheet1.xml": sheet}), "xlsx").concealed("a")
    assert found == {(0, 1): Concealed("error", "#N/A"), (1, 0): Concealed("error", "#REF!")}


def test_errors_are_seen_in_xlsb() -> None:
    data = xlsb_bytes({"b": [["x"]], "a": [["字", bytes([3, 0x17])], ["", bytes([11, 0x07]) + bytes(10)]]})
    assert read_workbook(data, "xlsb").concealed("a") == {
        (0, 1): Concealed("error", "#REF!"),
        (1, 1): Concealed("error", "#DIV/0!"),
    }


def test_errors_and_formulas_without_a_result_are_seen_in_ods() -> None:
    calc = 'xmlns:c="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    cells = (
        f'<table:table-cell {calc} table:formula="of:=A9" office:value-type="string" c:value-type="error" '
        'table:number-columns-repeated="2"><text:p>#REF!</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1+1"/>'
    )
    rows = f'<table:table-row table:number-rows-repeated="3"/><table:table-row>{cells}</table:table-row>'
    data = ods_with_content(
        f'<office:body><office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
        "</office:body>"
    )
    assert read_workbook(data, "ods").concealed("a") == {
        (3, 0): Concealed("error", "#REF!"),
        (3, 1): Concealed("error", "#REF!"),
        (3, 2): Concealed("formula", "=1+1"),
    }


def test_texts_that_are_raised_or_struck_out_are_no_digits_of_the_number_before_them() -> None:
    data = xlsx_bytes({"a": [["first", "second", "third"]]})
    raised = "<r><t>10</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r>"
    struck = "<r><rPr><strike/></rPr><t>30</t></r><r><t>25</t></r>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{space}"><si><t>7</t></si><si>{struck}</si></sst>'
    sheet = part(data, "xl/worksheets/sheet1.xml").decode()
    sheet = sheet.replace("<t>first</t>", raised)
    for number, name in enumerate(("second", "third")):
        sheet = sheet.replace(f't="inlineStr"><is><t>{name}</t></is>', f't="s"><v>{number}</v>')
    changed = {"xl/worksheets/sheet1.xml": sheet.encode(), "xl/sharedStrings.xml": shared.encode()}
    changed["xl/_rels/workbook.xml.rels"] = part(data, "xl/_rels/workbook.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>',
    )
    (grid,) = read_workbook(repacked(data, changed), "xlsx").grids
    assert grid.rows == (("10²", "7", "3̶0̶25"),)


def drawn(data: bytes, sheet: str, media: Mapping[str, bytes]) -> bytes:
    """The workbook with pictures at D6 (two corners) and B2 (one corner)."""
    space = 'xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    space += 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    space += 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    anchors = "".join(
        f"<x:{kind}><x:from><x:col>{column}</x:col><x:row>{row}</x:row></x:from>"
        f'<x:pic><x:blipFill><a:blip r:embed="rId{index}"/></x:blipFill></x:pic></x:{kind}>'
        for index, (kind, row, column) in enumerate((("twoCellAnchor", 5, 3), ("oneCellAnchor", 1, 1)), start=1)
    )
    targets = [(f"rId{index}", "image", f"../media/{name}") for index, name in enumerate(media, start=1)]
    return repacked(
        data,
        {
            f"xl/worksheets/_rels/{sheet}.rels": relations(("rId1", "drawing", "../drawings/drawing1.xml")),
            "xl/drawings/drawing1.xml": f"<x:wsDr {space}>{anchors}</x:wsDr>".encode(),
            "xl/drawings/_rels/drawing1.xml.rels": relations(*targets),
            **{f"xl/media/{name}": content for name, content in media.items()},
        },
    )


@pytest.mark.parametrize(("kind", "sheet"), [("xlsx", "sheet2.xml"), ("xlsb", "sheet2.bin")])
def test_pictures_stand_at_the_cell_of_their_corner(kind: str, sheet: str) -> None:
    data = FORMATS[kind]({"a": [["x"]], "b": [["y"]]})
    other, grid = read_workbook(drawn(data, sheet, {"1.png": png_bytes(1), "2.png": png_bytes(2)}), kind).grids
    assert other.pictures == ()
    assert [(each.row, each.column) for each in grid.pictures] == [(5, 3), (1, 1)]
    assert len({each.digest for each in grid.pictures}) == 2


def test_a_picture_in_a_cell_as_wps_writes_it_is_neither_a_value_nor_a_formula_without_a_result() -> None:
    data = xlsx_bytes({"a": [["字", '=DISPIMG("ID_1",1)', '=DISPIMG("ID_1",1)', "尾"]]})
    sheet = part(data, "xl/worksheets/sheet1.xml")
    # The one with its result, which is a text, the other without.
    sheet = sheet.replace(
        b'<c r="B1"><f>DISPIMG("ID_1",1)</f><v', b'<c r="B1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v'
    )
    sheet = sheet.replace(b"</f><v />", b'</f><v>=DISPIMG("ID_1",1)</v>', 1).replace(
        b"</f><v/>", b'</f><v>=DISPIMG("ID_1",1)</v>', 1
    )
    images = (
        '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
        'xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><etc:cellImage><x:pic>'
        '<x:nvPicPr><x:cNvPr id="2" name="ID_1"/></x:nvPicPr><x:blipFill><a:blip r:embed="rId1"/></x:blipFill>'
        "</x:pic></etc:cellImage></etc:cellImages>"
    )
    book = read_workbook(
        repacked(
            data,
            {
                "xl/worksheets/sheet1.xml": sheet,
                "xl/cellimages.xml": images.encode(),
                "xl/_rels/cellimages.xml.rels": relations(("rId1", "image", "media/image1.png")),
                "xl/media/image1.png": png_bytes(),
            },
        ),
        "xlsx",
    )
    (grid,) = book.grids
    assert grid.rows == (("字", "", "", "尾"),)
    assert [(each.row, each.column) for each in grid.pictures] == [(0, 1), (0, 2)]
    assert book.concealed("a") == {}


def test_pictures_of_an_ods_stand_at_their_cell_or_at_the_first() -> None:
    image = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
    table = f"<table:shapes>{image}</table:shapes><table:table-row><table:table-cell office:value-type='string'>"
    table += f"<text:p>字</text:p></table:table-cell><table:table-cell>{image}</table:table-cell></table:table-row>"
    body = f'<office:body><office:spreadsheet><table:table table:name="a">{table}</table:table></office:spreadsheet>'
    (grid,) = read_workbook(ods_with_content(f"{body}</office:body>", {"Pictures/1.png": png_bytes()}), "ods").grids
    assert [(each.row, each.column) for each in grid.pictures] == [(0, 0), (0, 1)]


# What people see -------------------------------------------------------------------------------------------------


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
    (grid,) = read_workbook(records(styled_xls(STYLED)), "xls").grids
    assert grid.rows == (SEEN,)


def records(xls: bytes) -> bytes:
    with olefile.OleFileIO(io.BytesIO(xls)) as container:
        return bytes(container.openstream("Workbook").read())


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
    data = records(xls_bytes({"a": [["字"]]})).rstrip(b"\0") + bytes(3)
    assert data.endswith(end)
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


def test_entities_are_neither_resolved_nor_loaded() -> None:
    data = xlsx_bytes({"a": [["x", "#REF!"]]})
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(b"#REF!", b"&secret;")
    sheet = b'<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>' + sheet
    book = read_workbook(repacked(data, {"xl/worksheets/sheet1.xml": sheet}), "xlsx")
    assert "root:" not in f"{book.grids} {book.concealed('a')}"


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_cut_off_is_unreadable_or_read(kind: str) -> None:
    data = FORMATS[kind]({"附件3": ROWS})
    for tenths in range(1, 10):
        cut = data[: len(data) * tenths // 10]
        try:
            book = read_workbook(cut, kind)
            for grid in book.grids:
                book.concealed(grid.name)
        except UnreadableError as error:
            assert error.code == "file-unreadable"
        else:
            # Nothing of the figures is lost in silence.
            assert book.grids[0].rows[0] == tuple(ROWS[0])


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods"])
def test_a_package_that_claims_to_unpack_to_far_more_than_a_form_is_not_unpacked(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anquanyue.reading.package.LARGEST_PACKAGE", 100)
    with pytest.raises(UnreadableError) as caught:
        read_workbook(FORMATS[kind]({"a": ROWS}), kind)
    assert caught.value.code == "file-too-large"
