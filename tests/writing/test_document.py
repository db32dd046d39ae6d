import datetime
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN, Campaign, Form, Unit
from anquanyue.checking import check
from anquanyue.merging import merge
from anquanyue.reading.folder import read_file
from anquanyue.writing.document import form_document
from anquanyue.writing.stamp import Stamp

from filling import progress_values

UNIT = Unit(code="wujin", name="武进区工信局")
FONTS = ("仿宋_GB2312", "黑体", "方正小标宋简体")


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def blank(campaign: Campaign, progress: Form) -> Document:
    return opened(form_document(campaign, progress, UNIT))


@pytest.fixture(scope="module")
def blank_liaison(campaign: Campaign, liaison: Form) -> Document:
    return opened(form_document(campaign, liaison))


def whole_text(document: Document) -> str:
    return "\n".join(text.text or "" for text in document.element.iter(qn("w:t")))


def cells(document: Document) -> list[list[str]]:
    """The table's rows, each merged cell once."""
    return [
        ["\n".join(p.text for p in docx.table._Cell(cell, document.tables[0]).paragraphs) for cell in row.tc_lst]
        for row in document.tables[0]._tbl.tr_lst
    ]


def test_every_statement_is_a_paragraph_of_its_own_with_empty_brackets(blank: Document, progress: Form) -> None:
    prose = [line for row in cells(blank) if len(row) == 3 for line in row[2].split("\n")]
    assert prose[1:] == [statement.fill({}) for item in progress.items for statement in item.statements]
    assert sum(line.count("（　　）") for line in prose) == 41
    assert sum(line.count("□是□否") for line in prose) == 1


def test_under_each_item_is_a_place_for_notes_over_all_columns(blank: Document, progress: Form) -> None:
    rows = cells(blank)
    assert rows[0] == list(progress.columns)
    assert [row[:2] for row in rows[1::2]] == [[item.name, item.requirement] for item in progress.items]
    assert rows[2::2] == [["备注/典型做法："]] * len(progress.items)


def test_the_head_line_has_each_label_once_and_the_units_name(blank: Document) -> None:
    head = next(p.text for p in blank.paragraphs if p.text.startswith("填报单位"))
    assert "\n" not in head
    assert [head.count(label) for label in ("填报单位（盖章）：", "联系人：", "电话：", "填报日期：")] == [1] * 4
    underlined = next(p for p in blank.paragraphs if p.text == head).runs[1]
    assert (underlined.text.strip(), underlined.underline) == ("武进区工信局", True)


def test_a_long_head_line_breaks_between_its_parts(campaign: Campaign, progress: Form) -> None:
    name = "某市某国家高新技术产业开发区管理委员会经济发展局（安全生产监督管理局）"
    values = {"contact": "甲样例", "phone": "0519-00000001", "date": datetime.date(2022, 6, 27)}
    document = opened(form_document(campaign, progress, Unit(code="x", name=name), values))
    head = next(p.text for p in document.paragraphs if p.text.startswith("填报单位"))
    assert head.split("\n")[0] == f"填报单位（盖章）：{name}"
    assert head.split("\n")[1].split() == ["联系人：甲样例", "电话：0519-00000001", "填报日期：2022年6月27日"]


def test_the_pairs_have_three_a_row_and_long_values_reach_to_the_edge(blank_liaison: Document, liaison: Form) -> None:
    rows = cells(blank_liaison)
    assert [len(row) for row in rows] == [6, 6, 6, 2, 2]
    assert [label for row in rows for label in row[::2]] == [field.blank.words for field in liaison.fields]
    assert {entry for row in rows for entry in row[1::2]} == {""}
    assert blank_liaison.paragraphs[-1].text == "注：请于5月30日前将此表发送至邮箱〔邮箱〕。"


def test_figures_notes_evidence_and_boxes_can_be_filled_in(campaign: Campaign, progress: Form) -> None:
    values = progress_values(progress) | {
        "film_studied": False,
        "law_notes": "第一段\n第二段",
        "municipal_news_evidence": "https://news.example.com/1",
        BLANKS_ARE_ZERO: True,
        INCLUDES_CHILDREN: False,
    }
    document = opened(form_document(campaign, progress, values=values, asks_children=True))
    text, rows = whole_text(document), cells(document)
    statements = [line for row in rows if len(row) == 3 for line in row[2].split("\n")][1:]
    assert statements == [each.fill(values) for item in progress.items for each in item.statements]
    assert "□是☑否" in text
    assert "☑空白项均未开展，按0计" in text
    assert "本表数据是否包含下级单位：□含☑不含" in text
    assert ["备注/典型做法：第一段\n第二段"] in rows
    assert ["备注/典型做法：\n佐证材料（市级主流媒体新闻报道）：https://news.example.com/1"] in rows


def test_the_blank_boxes_are_empty_and_sub_units_are_asked_about_only_where_there_are_some(
    blank: Document, campaign: Campaign, progress: Form
) -> None:
    assert whole_text(blank).count("□空白项均未开展，按0计") == 1
    assert "包含下级单位" not in whole_text(blank)
    asked = whole_text(opened(form_document(campaign, progress, UNIT, asks_children=True)))
    assert asked.count("本表数据是否包含下级单位：□含□不含") == 1


@pytest.mark.parametrize("key", ["progress", "liaison"])
def test_the_first_paragraph_is_the_stamp_and_all_of_it_is_hidden(campaign: Campaign, key: str) -> None:
    document = opened(form_document(campaign, campaign.form(key), UNIT))
    first = document.element.body[0]
    stamp = Stamp.parse(document.paragraphs[0].text)
    assert stamp == Stamp(campaign=campaign.key, form=key, version=1, unit="wujin", round="once")
    assert first.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:vanish')}") is not None
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None for run in first.iter(qn("w:r")))
    assert not any(run.font.hidden for paragraph in document.paragraphs[1:] for run in paragraph.runs)


@pytest.mark.parametrize("fixture", ["blank", "blank_liaison"])
def test_every_text_has_an_official_font_for_chinese_and_latin(fixture: str, request: pytest.FixtureRequest) -> None:
    for run in request.getfixturevalue(fixture).element.iter(qn("w:r")):
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is None:
            assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii"))
            assert fonts.get(qn("w:eastAsia")) in FONTS


@pytest.mark.parametrize("fixture", ["blank", "blank_liaison"])
def test_widths_are_said_at_every_place(fixture: str, request: pytest.FixtureRequest) -> None:
    table = request.getfixturevalue(fixture).tables[0]._tbl
    columns = [int(column.get(qn("w:w"))) for column in table.tblGrid.gridCol_lst]
    total = int(table.tblPr.find(qn("w:tblW")).get(qn("w:w")))
    for widths in (columns, *([cell.width.twips for cell in row.tc_lst] for row in table.tr_lst)):
        assert sum(widths) == pytest.approx(total, abs=10)
    assert table.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_the_heading_repeats_and_items_are_not_torn(blank: Document) -> None:
    rows = blank.tables[0]._tbl.tr_lst
    flags = [[each.tag for each in row.trPr] for row in rows]
    assert [index for index, tags in enumerate(flags) if qn("w:tblHeader") in tags] == [0]
    assert [qn("w:cantSplit") in tags for tags in flags[1:]] == [True, False] * 5


def test_the_same_form_gives_the_same_bytes_without_a_time(campaign: Campaign, progress: Form) -> None:
    data = form_document(campaign, progress, UNIT)
    assert data == form_document(campaign, progress, UNIT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_whatever_a_text_holds_the_document_can_be_read_again(campaign: Campaign, progress: Form, text: str) -> None:
    values = {"contact": text, "law_notes": text}
    document = opened(form_document(campaign, progress, Unit(code="x", name=text), values))
    assert len(cells(document)) == 11


def test_control_characters_are_left_out_and_markup_is_text(campaign: Campaign, liaison: Form) -> None:
    name = "甲\x00\x0b乙<w:p/>&\ufffe\ud800"
    document = opened(form_document(campaign, liaison, Unit(code="x", name=name)))
    assert cells(document)[3] == ["单位名称", "甲乙<w:p/>&"]


def test_with_the_box_a_blank_yes_no_of_a_document_means_no(tmp_path: Path, campaign: Campaign, progress: Form) -> None:
    values = {"unit": "武进区工信局", "study_sessions": 4, BLANKS_ARE_ZERO: True}
    (tmp_path / "form.docx").write_bytes(form_document(campaign, progress, values=values))
    checked = check(read_file(tmp_path / "form.docx", "form.docx", campaign), campaign, None)
    frame = merge(checked.submissions, progress).values
    figures = frame.loc["武进区工信局", ["study_sessions", "film_studied", "drill_sessions"]]
    assert figures.tolist() == [4, False, 0]


# With LibreOffice ------------------------------------------------------------------------------------------------


def converted(source: Path, kind: str) -> Path:
    profile = (source.parent / "profile").as_uri()
    folder = source.parent / kind
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind, "--outdir", folder]
    subprocess.run([*command, source], check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{kind}"


def pdf_text(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, encoding="utf-8").stdout


@pytest.mark.slow
def test_the_stamp_survives_other_programs_and_never_shows(tmp_path: Path, campaign: Campaign, progress: Form) -> None:
    assert shutil.which("soffice"), "LibreOffice is needed"
    original = tmp_path / "form.docx"
    original.write_bytes(form_document(campaign, progress, UNIT, progress_values(progress), asks_children=True))
    old = converted(original, "doc")
    again = converted(old, "docx")
    resaved = converted(again, "docx")
    for path in (again, resaved):
        assert Stamp.parse(opened(path.read_bytes()).paragraphs[0].text) is not None
    for path in (original, old, resaved):
        pdf = converted(path, "pdf")
        shown = pdf_text(pdf)
        assert "anquanyue" not in shown
        assert shown.count("\f") <= 2  # a form feed behind each page
