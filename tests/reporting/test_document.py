import dataclasses
import io
import itertools
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from anquanyue.errors import TemplateError
from anquanyue.reading.folder import read_file
from anquanyue.reading.submission import Submission
from anquanyue.reporting.consolidated_sheet import item_prose
from anquanyue.reporting.document import chinese, report_document
from anquanyue.resources import find_template
from anquanyue.summary import Summary, summarize
from anquanyue.writing.stamp import DERIVED


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


def test_what_strangers_typed_stays_text(summary: Summary, tmp_path: Path) -> None:
    note = (
        "{{ 7 * 7 }}{% for x in y %}{_{a}_} <script>alert(1)</script> & \x00\x07\x0c\ud800\t\r\n\u2028末尾 </w:t>&lt;"
    )
    name = "=cmd|'/C calc'!A1 <w:p/> {{ campaign }} & \x07局"
    sent = [dataclasses.replace(each, notes={"study": note}) for each in summary.submissions if each.unit == "bad"]
    data = report_document(
        dataclasses.replace(summary, submissions=tuple(sent), names={**summary.names, "bad": name}), tmp_path
    )
    (line,) = [line for line in texts(data) if "末尾" in line]
    assert line.startswith("=cmd|'/C calc'!A1 <w:p/> {{ campaign }} & ")
    assert "{{ 7 * 7 }}{% for x in y %}" in line
    assert "<script>alert(1)</script> & " in line
    assert "</w:t>&lt;" in line
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml")
    assert b"<script" not in xml
    assert b'w:type="page"' not in xml.split("末尾".encode())[0]


def test_no_person_is_in_it(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        whole = b"".join(map(package.read, package.namelist())).decode("utf-8", "ignore")
    assert "张无忌" not in whole
    assert "12345678" not in whole


@pytest.fixture
def document(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def test_22_lines_of_28_characters_fill_the_text_area_and_not_more(document: Document) -> None:
    section = document.sections[0]
    assert section.page_height and section.top_margin and section.bottom_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), int(grid.get(qn("w:linePitch")))) == ("lines", 579)
    body = next(each for each in document.paragraphs if "于2022年" in each.text)
    line = body.paragraph_format.line_spacing
    assert isinstance(line, Length)
    assert (height // line, line.twips) == (22, 579)
    assert section.footer_distance and section.bottom_margin
    for footer in (section.footer, section.even_page_footer):
        number = footer.paragraphs[0].paragraph_format
        assert isinstance(number.line_spacing, Length)
        assert number.line_spacing + section.footer_distance < section.bottom_margin
        assert number.space_after == 0
    closer = int(body.runs[0]._r.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert Mm(156).pt // (16 + closer) == 28


def test_the_signature_stays_with_the_text_above_it(document: Document) -> None:
    lines = document.paragraphs
    sign = next(number for number, each in enumerate(lines) if each.text == "常州市工业和信息化局")
    assert all(each.paragraph_format.keep_with_next for each in lines[sign - 3 : sign + 1])


def test_what_is_left_to_write_can_be_seen(document: Document) -> None:
    (write,) = [each for each in document.paragraphs if "由起草人补充" in each.text]
    assert write.runs[0].font.highlight_color == WD_COLOR_INDEX.YELLOW


def test_a_table_says_its_widths_for_every_program_and_repeats_its_heading(document: Document) -> None:
    (table,) = document.tables
    widths = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert abs(sum(widths) - Mm(156).twips) <= 2
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_properties_are_in_the_order_of_the_schema(document: Document) -> None:
    paragraph = ["keepNext", "snapToGrid", "spacing", "ind", "jc", "rPr"]
    run = ["rFonts", "noProof", "vanish", "spacing", "sz", "highlight"]
    for names, order in (("w:pPr", paragraph), ("w:rPr", run)):
        for properties in document.element.iter(qn(names)):
            places = [order.index(each.tag.partition("}")[2]) for each in properties]
            assert places == sorted(places)


def test_nearly_nothing_reported_leaves_no_empty_part(summary: Summary, tmp_path: Path) -> None:
    sent = Submission(path="a.xlsx", form="progress", unit="wujin")
    lines = texts(report_document(summarize(summary.campaign, summary.roster, [sent], []), tmp_path))
    headings = [number for number, line in enumerate(lines) if line[1:2] == "、" and line[0] in "一二三四五六"]
    assert all(second - first > 1 for first, second in itertools.pairwise(headings))
    assert "各单位报送的数据均为零或缺报。" in lines


def test_another_run_of_python_gives_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import hashlib, sys; from pathlib import Path; import anquanyue;"
        "from anquanyue.reporting.document import report_document;"
        "s = anquanyue.summarize('submissions');"
        "print(hashlib.sha256(report_document(s, Path())).hexdigest())"
    )
    shutil.copytree(Path(__file__).parents[2] / "samples", tmp_path / "samples")
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path / "samples",
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_the_same_summary_gives_the_same_bytes(data: bytes, summary: Summary, tmp_path: Path) -> None:
    assert report_document(summary, tmp_path) == data


def test_it_is_never_taken_for_a_submission(data: bytes, summary: Summary, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    (submission,) = read_file(path, path.name, summary.campaign)
    assert (submission.status, [each.code for each in submission.findings]) == ("ignored", ["file-own-output"])


def test_a_user_edits_a_copy_of_the_template(summary: Summary, tmp_path: Path) -> None:
    own_template(tmp_path, "{{ campaign.organizer }}演练{{ number(totals.drill_sessions) }}场")
    assert texts(report_document(summary, tmp_path))[1:] == ["常州市工业和信息化局演练0场"]


def test_what_a_users_own_template_gives_is_no_submission_either(summary: Summary, tmp_path: Path) -> None:
    own_template(tmp_path, "附件3 “安全生产月”活动进展情况统计表", "甲")
    data = report_document(summary, tmp_path)
    assert texts(data)[0] == DERIVED
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    (submission,) = read_file(path, path.name, summary.campaign)
    assert [each.code for each in submission.findings] == ["file-own-output"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("此处{{ nothing }}", "“nothing” is not known here; near “{{ nothing }}”"),
        ("{{ campaign.nothing }}", "“nothing” is not known here; near “{{ campaign.nothing }}”"),
        ("{{ campaign.title | loud }}", "there is no filter “loud”; near “{{ campaign.title . loud }}”"),
        ("{% nonsense %}", "near “{% nonsense %}”"),
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
