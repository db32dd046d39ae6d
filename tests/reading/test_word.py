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
        # A fraction is no number of two digits, nor is what stands under a root.
        ("<m:oMath><m:f><m:fPr/><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
         "</m:oMath>", "3/4"),
        (run("1") + "<m:oMath><m:rad><m:deg/><m:e><m:r><m:t>9</m:t></m:r></m:e></m:rad></m:oMath>", "1⟨9⟩"),
        ("<m:oMath><m:r><w:rPr/><m:t>12</m:t></m:r></m:oMath>", "12"),
        # What is hidden or raised within a text is no digit of the number beside it; a whole line is read as it is.
        (run("3", "<w:vanish/>") + run("280"), "⟨3⟩280"),
        (run("3", '<w:vanish w:val="0"/>') + run("280"), "3280"),
        (run(" ", "<w:vanish/>") + run("280"), " 280"),
        (run("10") + run("2", '<w:position w:val="10"/>'), "10²"),
        (run("10") + run("2", '<w:position w:val="-10"/>'), "10₂"),
        (run("10") + run("2", '<w:position w:val="2"/>'), "102"),
        (run("10", '<w:position w:val="6"/>') + run("2", '<w:position w:val="6"/>'), "102"),
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


def with_header(text: str, *blocks: str, footer: str = "") -> bytes:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = text
    made.sections[0].footer.paragraphs[0].text = footer
    for block in blocks:
        made.add_paragraph(block)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_header_stands_in_front_of_the_body() -> None:
    found = grid(with_header("填报单位：甲", "标题", footer="第1页"))
    assert found.rows == (("填报单位：甲",), ("标题",))
    assert (found.place(0, 0), found.place(1, 0)) == ("页眉 段落1", "段落1")


def test_a_header_that_repeats_the_body_says_nothing_new() -> None:
    assert grid(with_header("标题", "标题", "正文")).rows == (("标题",), ("正文",))


def test_a_footer_is_read_only_where_there_is_nothing_else() -> None:
    found = grid(with_header("", footer="页脚"))
    assert (found.rows, found.place(0, 0)) == ((("页脚",),), "页脚 段落1")


def test_of_several_headers_those_that_are_printed_are_read_and_each_text_once() -> None:
    made = docx.Document()
    first, second = made.sections[0], made.add_section()
    first.header.paragraphs[0].text = "一"
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "一"
    second.even_page_header.is_linked_to_previous = False
    second.even_page_header.paragraphs[0].text = "双页"
    second.first_page_header.is_linked_to_previous = False
    second.first_page_header.paragraphs[0].text = "首页"
    for printed, rows in ((False, (("一",), ("正文",))), (True, (("一",), ("双页",), ("首页",), ("正文",)))):
        second.different_first_page_header_footer = printed
        made.settings.odd_and_even_pages_header_footer = printed
        data = io.BytesIO()
        if printed is False:
            made.add_paragraph("正文")
        made.save(data)
        assert set(grid(data.getvalue()).rows) == set(rows)


def test_pictures_stay_at_their_rows_behind_a_header() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.add_paragraph("字")
    made.add_picture(io.BytesIO(png_bytes()))
    data = io.BytesIO()
    made.save(data)
    assert [(each.row, each.column) for each in grid(data.getvalue()).pictures] == [(2, 0)]


def commented(author: str) -> bytes:
    made = docx.Document()
    made.add_paragraph("字")
    table = made.add_table(1, 2)
    made.add_comment(table.cell(0, 1).paragraphs[0].add_run("（5）次"), "应为6次", author)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def test_places_with_comments_are_named_except_those_of_this_program() -> None:
    assert read_document(commented("甲样例")).remarks == ("表1 行1列2",)
    assert read_document(commented("anquanyue")).remarks == ()


def test_places_with_footnotes_are_named() -> None:
    body = paragraph(run("1"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    book = read_document(document(body))
    assert (book.grids[0].rows, book.remarks) == ((("1",),), ("段落1",))


def test_entities_are_neither_resolved_nor_loaded() -> None:
    beginning = '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd"><!ENTITY lol "lol">]>'
    with pytest.raises(UnreadableError) as caught:
        grid(document(paragraph(run("a&secret;&lol;b")), beginning))
    assert (caught.value.code, "root:" in str(caught.value)) == ("file-unreadable", False)


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
