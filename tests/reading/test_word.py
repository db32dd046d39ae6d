import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.reading.grid import Grid
from anquanyue.reading.package import UnreadableError
from anquanyue.reading.word import read_document

from making import docx_bytes, png_bytes, repacked

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def document(body: str, beginning: str = "", **members: bytes) -> bytes:
    """A docx with this body; members' names have `__` for `/` and the last `_` for the point."""
    text = f"{beginning}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    extra = {name.replace("__", "/").replace("_", "."): content for name, content in members.items()}
    return repacked(docx_bytes([]), {"word/document.xml": text.encode(), **extra})


def grid(data: bytes) -> Grid:
    (found,) = read_document(data).grids
    return found


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str) -> str:
    return f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{''.join(content)}</w:p>"


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks) or '<w:p/>'}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def said(*content: str) -> object:
    """What a paragraph of this content says; "" where it says nothing."""
    rows = grid(document(paragraph(*content))).rows
    return rows[0][0] if rows else ""


def test_paragraphs_and_table_rows_stand_in_the_order_of_the_document_with_their_places() -> None:
    found = grid(docx_bytes(["标题", "", "填报单位：甲", [["项目", "进展"], ["学习", "（1）次\n参与（2）人次"]], "注"]))
    assert found.rows == (("标题",), ("填报单位：甲",), ("项目", "进展"), ("学习", "（1）次\n参与（2）人次"), ("注",))
    assert [found.place(index, 1) for index in range(5)] == ["段落1", "段落2", "表1 行1列2", "表1 行2列2", "段落3"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.text("甲1，（） \n", max_size=5), min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_table_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    expected = tuple(tuple(each if each.strip() else "" for each in cells) for cells in rows)
    assert grid(docx_bytes([rows])).rows == expected


def test_merged_cells_hold_their_text_once() -> None:
    body = table(
        row(cell(paragraph(run("宽")), properties='<w:gridSpan w:val="2"/>'), cell(paragraph(run("右")))),
        row(
            cell(paragraph(run("高")), properties='<w:vMerge w:val="restart"/>'),
            cell(paragraph(run("a"))),
            cell(paragraph(run("b"))),
        ),
        row(cell(properties="<w:vMerge/>"), cell(paragraph(run("c"))), cell(paragraph(run("d")))),
        row(cell(paragraph(run("e"))), properties='<w:gridBefore w:val="1"/>'),
    )
    assert grid(document(body)).rows == (("宽", "", "右"), ("高", "a", "b"), ("", "c", "d"), ("", "e"))


def test_a_cell_keeps_its_lines() -> None:
    body = table(row(cell(paragraph(run("一"), "<w:r><w:br/></w:r>", run("二")), paragraph(run("三")))))
    assert grid(document(body)).rows == (("一\n二\n三",),)


def test_a_table_in_a_cell_follows_its_row() -> None:
    inner = table(row(cell(paragraph(run("内"))), cell(paragraph(run("1")))))
    found = grid(document(table(row(cell(paragraph(run("外")), inner, "<w:p/>"), cell()), row(cell(), cell()))))
    assert found.rows == (("外\n", ""), ("内", "1"), ("", ""))
    assert found.place(1, 1) == "表1 行1列1内表1 行1列2"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<w:ins w:id="1">' + run("12") + '</w:ins><w:del w:id="2"><w:r><w:delText>99</w:delText></w:r></w:del>', "12"),
        ("<w:moveFrom>" + run("9") + "</w:moveFrom><w:moveTo>" + run("1") + "</w:moveTo>", "1"),
        (run("a") + "<w:r><w:tab/></w:r>" + run("b"), "a\tb"),
        (run("隐", "<w:vanish/>"), "隐"),
        ("<w:hyperlink>" + run("链接") + "</w:hyperlink>", "链接"),
        ('<w:fldSimple w:instr="DATE">' + run("6月") + "</w:fldSimple>", "6月"),
        ("<w:r><w:instrText>DATE</w:instrText></w:r>", ""),
        # A raised 2 is no digit of the number before it, and what was struck out was not meant.
        (run("10") + run("2", '<w:vertAlign w:val="superscript"/>'), "10²"),
        (run("30", "<w:strike/>") + run("25"), "3̶0̶25"),
        (run("30", '<w:strike w:val="0"/>'), "30"),
        ("<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>",
         "10^2"),
        ("<w:r><w:ruby><w:rt>" + run("yi") + "</w:rt><w:rubyBase>" + run("一") + "</w:rubyBase></w:ruby></w:r>", "一"),
        ("<mc:AlternateContent><mc:Choice>" + run("1") + "</mc:Choice><mc:Fallback>" + run("1")
         + "</mc:Fallback></mc:AlternateContent>", "1"),
    ],
)  # fmt: skip
def test_a_paragraph_says_what_people_see(content: str, text: str) -> None:
    assert said(content) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>' + run("是"), "□是"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>' + run("是"), "☑是"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是"), "☑是"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run("是"), "√是"),
        ('<w:r><w:sym w:font="Symbol" w:char="2605"/></w:r>', "★"),
        (run("\uf0fe是\uf0a8否"), "☑是□否"),
        (run("þ", '<w:rFonts w:ascii="Wingdings"/>') + run("是"), "☑是"),
        (
            "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent>"
            + run("☒")
            + "</w:sdtContent></w:sdt>"
            + run("是"),
            "☑是",
        ),
        (
            "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='0'/></w14:checkbox></w:sdtPr><w:sdtContent>"
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:sdtContent></w:sdt>',
            "□",
        ),
        (
            "<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"
            "</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>",
            "☑",
        ),
        (
            "<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData></w:fldChar></w:r>",
            "□",
        ),
        (
            "<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='男'/>"
            "<w:listEntry w:val='女'/>"
            "</w:ddList></w:ffData></w:fldChar></w:r>",
            "女",
        ),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("12") + "</w:sdtContent></w:sdt>", "12"),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("单击输入") + "</w:sdtContent></w:sdt>",
            "",
        ),
    ],
)
def test_boxes_and_controls_say_what_was_chosen(content: str, text: str) -> None:
    assert said(content) == text


def test_a_control_around_a_cell_or_a_row_changes_nothing() -> None:
    held = "<w:sdt><w:sdtPr/><w:sdtContent>" + cell(paragraph(run("1"))) + "</w:sdtContent></w:sdt>"
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + cell(paragraph(run("请填")))
    prompt += "</w:sdtContent></w:sdt>"
    rows = "<w:sdt><w:sdtContent>" + row(held, prompt, cell(paragraph(run("2")))) + "</w:sdtContent></w:sdt>"
    assert grid(document(table(rows))).rows == (("1", "", "2"),)


def test_a_row_that_was_deleted_with_tracking_is_gone() -> None:
    rows = row(cell(paragraph(run("旧"))), properties="<w:del/>") + row(cell(paragraph(run("新"))))
    assert grid(document(table(rows))).rows == (("新",),)


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + paragraph(run("填报单位：甲")) + "</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><a:box>{box}</a:box></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    found = grid(
        document(paragraph(f"<w:r>{both}</w:r>", run("标题")) + table(row(cell(paragraph(f"<w:r>{both}</w:r>")))))
    )
    assert found.rows == (("标题",), ("填报单位：甲",), ("\n填报单位：甲",))


def test_pictures_stand_at_their_cell() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="media/a.png"/><Relationship Id="rId2" Target="/word/media/b.png"/>'
        '<Relationship Id="rId3" TargetMode="External" Target="https://example.com/c.png"/></Relationships>'
    )
    one, two = '<w:drawing><a:blip r:embed="rId1"/></w:drawing>', '<w:pict><v:imagedata r:id="rId2"/></w:pict>'
    body = paragraph(f"<w:r>{one}</w:r>")
    body += table(row(cell(), cell(paragraph(f"<w:r>{two}<w:drawing><a:blip r:link='rId3'/></w:drawing></w:r>"))))
    data = repacked(
        document(body),
        {
            "word/_rels/document.xml.rels": relations.encode(),
            "word/media/a.png": png_bytes(),
            "word/media/b.png": png_bytes(),
        },
    )
    found = grid(data)
    assert [(each.row, each.column) for each in found.pictures] == [(0, 0), (1, 1)]
    assert len({each.digest for each in found.pictures}) == 1


def test_the_header_counts_only_where_the_body_is_empty() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "页眉"
    data = io.BytesIO()
    made.save(data)
    assert grid(data.getvalue()).rows == (("页眉",),)
    made.add_paragraph("正文")
    data = io.BytesIO()
    made.save(data)
    assert grid(data.getvalue()).rows == (("正文",),)


def test_entities_are_neither_resolved_nor_loaded() -> None:
    beginning = '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd"><!ENTITY lol "lol">]>'
    found = grid(document(paragraph(run("a&secret;&lol;b")), beginning))
    assert "root:" not in str(found.rows) and "lollol" not in str(found.rows)


@pytest.mark.parametrize("content", [b"", b"<w:document", b"PK"])
def test_a_damaged_document_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(repacked(docx_bytes(["字"]), {"word/document.xml": content}))
    assert caught.value.code == "file-unreadable"


def test_a_document_that_unpacks_to_far_more_than_a_form_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anquanyue.reading.package.LARGEST_PART", 100)
    with pytest.raises(UnreadableError) as caught:
        read_document(docx_bytes(["字"]))
    assert caught.value.code == "file-too-large"


def test_a_damaged_picture_costs_nothing_else() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_bytes(["字"]))) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    relations = relations.replace(
        b"</Relationships>", b'<Relationship Id="rId99" Target="media/no.png"/></Relationships>'
    )
    body = paragraph(run("1"), '<w:r><w:drawing><a:blip r:embed="rId99"/></w:drawing></w:r>')
    found = grid(repacked(document(body), {"word/_rels/document.xml.rels": relations}))
    assert (found.rows, len(found.pictures)) == ((("1",),), 1)
