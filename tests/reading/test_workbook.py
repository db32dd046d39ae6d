import datetime
import io
import re
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart

from anquanyue.reading.grid import Concealed
from anquanyue.reading.package import UnreadableError
from anquanyue.reading.workbook import read_workbook

from making import (
    ods_bytes,
    ods_with_content,
    part,
    png_bytes,
    relations,
    repacked,
    xls_bytes,
    xls_records,
    xlsb_bytes,
    xlsx_bytes,
)

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
    (grid,) = read_workbook(xls_records(xls_bytes({"附件3": ROWS})), "xls").grids
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


def test_values_beside_formulas_are_read() -> None:
    data = xlsx_bytes({"a": [["x", "y", "z"]]})
    sheet = part(data, "xl/worksheets/sheet1.xml")
    cells = (
        b'<c r="A1"><f>SUM(B1:B9)</f><v>7</v></c><c r="B1" t="str"><f>"&lt;f&gt;"</f><v>&lt;f&gt;x&lt;/f&gt;</v></c>'
        b'<c r="C1"><f t="shared" ref="C1:C2" si="0">1+1</f><v>2</v></c><c r="D1" t="str"><v>%s</v></c>'
    )
    for written, read in ((b"4", "4"), (b"<![CDATA[<f>5</f>6]]>", "<f>5</f>6")):
        row = b'<row r="1">' + cells % written + b"</row>"
        changed = re.sub(rb"<row .*</row>", lambda _match, row=row: row, sheet, flags=re.DOTALL)  # type: ignore[misc]
        (grid,) = read_workbook(repacked(data, {"xl/worksheets/sheet1.xml": changed}), "xlsx").grids
        assert grid.rows == ((7, "<f>x</f>", 2, read),)


def test_texts_that_are_written_literally_are_texts() -> None:
    data = xlsx_bytes({"a": [["x"]]})
    parts = {
        "xl/worksheets/sheet1.xml": part(data, "xl/worksheets/sheet1.xml"),
        "xl/sharedStrings.xml": b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<si><t><![CDATA[5 & <6>]]></t></si></sst>",
    }
    first = b'<!-- <![CDATA[ --><c r="A1" t="s"><v>0</v></c><!-- ]]> -->'
    row = b'<row r="1">%b<c r="B1"><v><![CDATA[42]]></v></c></row>' % first
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"<row .*</row>", row, parts["xl/worksheets/sheet1.xml"])
    relations = part(data, "xl/_rels/workbook.xml.rels")
    if b"sharedStrings" not in relations:
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        added = b'<Relationship Id="rIdTexts" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
        parts["xl/_rels/workbook.xml.rels"] = relations.replace(b"</Relationships>", added)
    (grid,) = read_workbook(repacked(data, parts), "xlsx").grids
    assert grid.rows == (("5 & <6>", 42),)


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


def test_entities_are_neither_resolved_nor_loaded() -> None:
    data = xlsx_bytes({"a": [["x", "#REF!"]]})
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(b"#REF!", b"&secret;")
    sheet = b'<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>' + sheet
    with pytest.raises(UnreadableError) as caught:
        read_workbook(repacked(data, {"xl/worksheets/sheet1.xml": sheet}), "xlsx")
    assert (caught.value.code, "root:" in str(caught.value)) == ("file-unreadable", False)


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


# Sheets that repeat or explain ------------------------------------------------------------------------------------


def with_shared_marker(data: bytes, sheet: str) -> bytes:
    """The workbook with the mark of a derived sheet as the second of two shared texts, as Excel saves it."""
    own = b't="inlineStr"><is><t>anquanyue:derived</t></is></c>'
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    mark = b'<si><t xml:space="preserve">anquanyue:derived</t></si>'
    return repacked(
        data,
        {
            sheet: part(data, sheet).replace(own, b't="s"><v>1</v></c>', 1),
            "xl/sharedStrings.xml": b'<sst xmlns="%s"><si/>%s</sst>' % (space, mark),
        },
    )


def test_a_sheet_that_says_that_it_is_derived_is_read_only_if_all_are_asked_for() -> None:
    sheets = {"附件3": [["a"]], "打印": [["anquanyue:derived", "x"]], "草稿": [["", "anquanyue:derived"]]}
    plain = xlsx_bytes(sheets)
    for data in (plain, with_shared_marker(plain, "xl/worksheets/sheet2.xml")):
        book = read_workbook(data, "xlsx")
        # That of the third shows only when it is read.
        assert [grid.name for grid in book.grids] == ["附件3", "草稿"]
        assert book.whole is not None
        assert [(grid.name, grid.rows) for grid in book.whole()] == [
            (name, tuple(map(tuple, rows))) for name, rows in sheets.items()
        ]


def test_a_shared_text_of_another_number_says_nothing() -> None:
    data = with_shared_marker(xlsx_bytes({"附件3": [["anquanyue:derived", 5]]}), "xl/worksheets/sheet1.xml")
    other = part(data, "xl/worksheets/sheet1.xml").replace(b"<v>1</v>", b"<v>0</v>", 1)
    (grid,) = read_workbook(repacked(data, {"xl/worksheets/sheet1.xml": other}), "xlsx").grids
    assert grid.rows == (("", 5),)


# Cells that look empty ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_what_looks_empty_is_found_however_the_cells_are_written(prefix: str) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = (
        '<_c r="A1" t="e"><_v>#REF!</_v></_c><_c r="B1" s="0"><_f>B2&amp;"&lt;5"</_f><_v></_v></_c><_c r="C1"/>'
        '<_c r="D1" t="str"><_f>A2</_f><_v></_v></_c><_c r="E1"><_f>A3</_f><_v>5</_v></_c>'
        '<_c r="F1"><_f t="shared" si="0"/></_c>'
    )
    content = f'<_worksheet xmlns_="{space}"><_sheetData><_row r="1">{cells}</_row></_sheetData></_worksheet>'
    content = content.replace("xmlns_", f"xmlns:{prefix}".rstrip(":")).replace("<_", f"<{prefix}")
    content = content.replace("</_", f"</{prefix}")
    data = repacked(xlsx_bytes({"附件3": [["a"]]}), {"xl/worksheets/sheet1.xml": content.encode()})
    book = read_workbook(data, "xlsx")
    assert book.concealed("附件3") == {
        (0, 0): Concealed("error", "#REF!"),
        (0, 1): Concealed("formula", '=B2&"<5"'),
        (0, 5): Concealed("formula", "="),
    }
