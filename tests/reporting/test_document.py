import io
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anquanyue.errors import TemplateError
from anquanyue.reading.folder import read_file
from anquanyue.reporting.consolidated_sheet import item_prose
from anquanyue.reporting.document import chinese, report_document
from anquanyue.resources import find_template
from anquanyue.summary import Summary


@pytest.fixture
def data(summary: Summary, tmp_path: Path) -> bytes:
    return report_document(summary, tmp_path)


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def own_template(folder: Path, *lines: str) -> Path:
    """A user's own template that holds these paragraphs."""
    (folder / "templates").mkdir()
    path = folder / "templates" / "report.docx"
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_it_has_the_parts_of_a_report_and_nothing_of_the_template(data: bytes) -> None:
    lines = texts(data)
    headings = [line for line in lines if line[1:2] == "、" and line[0] in "一二三四五六"]
    assert [heading[2:] for heading in headings] == [
        "总体情况", "各项活动开展情况", "特色做法", "报送情况", "数据说明", "下一步工作",
    ]  # fmt: skip
    assert not any("{" in line or "%}" in line for line in lines)
    assert "（一）学习习近平总书记关于安全生产重要论述" in lines
    assert any("理论学习中心组学习约1234次" in line for line in lines)


def test_the_attachment_holds_the_totals_as_the_notice_printed_them(data: bytes, summary: Summary) -> None:
    (table,) = docx.Document(io.BytesIO(data)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == list(summary.form.columns)
    assert [row[2] for row in rows[1:]] == [item_prose(item, summary) for item in summary.form.items]


def test_page_and_type_are_those_of_the_standard(data: bytes) -> None:
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(156)) < Mm(0.1)
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(225)) < Mm(0.1)
    assert (abs(section.top_margin - Mm(37)) < Mm(0.1), abs(section.left_margin - Mm(28)) < Mm(0.1)) == (True, True)
    title = next(paragraph for paragraph in document.paragraphs if "情况总结报告" in paragraph.text)
    body = next(
        paragraph
        for paragraph in document.paragraphs
        if paragraph.text.startswith("应报送") or "于2022年" in paragraph.text
    )
    assert title.runs[0].font.size == Pt(22)
    assert body.runs[0].font.size == Pt(16)
    fonts = body.runs[0]._r.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert body._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert "".join(each.text for each in section.footer._element.iter(qn("w:t"))) == "— 1 —"
    assert document.settings.odd_and_even_pages_header_footer


def test_what_strangers_typed_stays_text(data: bytes) -> None:
    assert any("=cmd|'/c calc'!A1" in line for line in texts(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    assert "<script" not in xml


def test_the_same_summary_gives_the_same_bytes(data: bytes, summary: Summary, tmp_path: Path) -> None:
    assert report_document(summary, tmp_path) == data


def test_it_is_never_taken_for_a_submission(data: bytes, summary: Summary, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    (submission,) = read_file(path, path.name, summary.campaign)
    assert (submission.status, [each.code for each in submission.findings]) == ("ignored", ["file-own-output"])


def test_a_user_edits_a_copy_of_the_template(summary: Summary, tmp_path: Path) -> None:
    own_template(tmp_path, "{{ campaign.organizer }}演练{{ number(totals.drill_sessions) }}场")
    assert texts(report_document(summary, tmp_path)) == ["常州市工业和信息化局演练0场"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{{ nothing }}", "“nothing” is not known here"),
        ("{{ campaign.nothing }}", "“nothing” is not known here"),
        ("{% for x in overall %}", "closed|known"),
        ("{{ campaign.__class__.__mro__ }}", "may not be used"),
        ("{{ 1 / 0 }}", "divides by zero"),
    ],
)
def test_a_wrong_template_says_what_is_wrong(line: str, words: str, summary: Summary, tmp_path: Path) -> None:
    own_template(tmp_path, "甲", line, "乙")
    with pytest.raises(TemplateError, match=words) as raised:
        report_document(summary, tmp_path)
    assert "report.docx" in str(raised.value)


def test_a_damaged_template_is_named(summary: Summary, tmp_path: Path) -> None:
    own_template(tmp_path, "甲").write_bytes(b"PK nothing")
    with pytest.raises(TemplateError, match="no Word document"):
        report_document(summary, tmp_path)


def test_the_shipped_template_opens_in_word_as_any_document(tmp_path: Path) -> None:
    shipped = find_template("report.docx", tmp_path)
    copy = shutil.copy(shipped, tmp_path / "copy.docx")
    assert any("{{ campaign.title }}" in paragraph.text for paragraph in docx.Document(str(copy)).paragraphs)


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")])
def test_headings_are_numbered_in_chinese(number: int, words: str) -> None:
    assert chinese(number) == words
