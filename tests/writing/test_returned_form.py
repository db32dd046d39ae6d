"""A returned form: its first sheet, its marks, its pictures; all else is the same writer's form."""

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.reading.forms import read_forms
from anquanyue.reading.package import digest
from anquanyue.reading.workbook import read_workbook
from anquanyue.writing.checks import is_still
from anquanyue.writing.marks import Mark, Returned
from anquanyue.writing.pictures import is_picture
from anquanyue.writing.stamp import DERIVED, Stamp
from anquanyue.writing.workbook import form_workbook

from making import jpeg_bytes, png_bytes

UNIT = Unit(code="wujin", name="武进区工信局")
WHOLE = Mark(severity="warning", label="", found="整张表的问题", request="请看一下")
WRONG = Mark(names=("study_attendance",), severity="error", label="学习参与", found="应为整数", request="请只写数字")
DOUBTFUL = Mark(names=("study_attendance",), severity="warning", label="学习参与", found="偏大", request="请核对")
BLANK = Mark(
    names=("pledge_signers", "nearby_hazards"), severity="error", label="2项", found="2项未填：甲、乙", request="请补填"
)
NOTED = Mark(names=("film_studied",), severity="info", label="专题片", found="已按电话改为“是”")
MARKS = (WHOLE, DOUBTFUL, WRONG, BLANK, NOTED)
VALUES = {"study_attendance": "约300人", "film_studied": "不详", "study_sessions": 3}


def made(campaign: Campaign, form: Form, values: Mapping[str, object] = VALUES, **options: Any) -> bytes:
    returned = Returned(**({"revision": 2, "by": datetime.date(2022, 6, 28), "marks": MARKS} | options))
    return form_workbook(campaign, form, UNIT, values, returned=returned)


@pytest.fixture(scope="module")
def workbook(campaign: Campaign, progress: Form) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(made(campaign, progress)))


def named(workbook: Workbook, name: str) -> Any:
    sheet, cell = next(iter(workbook.defined_names[name].destinations))
    return workbook[sheet][cell.replace("$", "")]


def first_sheet(workbook: Workbook) -> list[list[str]]:
    return [[str(cell.value) for cell in row if cell.value is not None] for row in workbook.worksheets[0]]


def test_the_first_sheet_lists_the_marks_with_a_link_to_each_entry(workbook: Workbook) -> None:
    sheet = workbook.worksheets[0]
    assert (sheet.title, workbook.active.title, sheet["A1"].value) == ("请核改", "请核改", DERIVED)
    lines = [row for row in first_sheet(workbook) if row and row[0].isdigit()]
    assert lines == [
        ["1", "请核对", "整张表", "整张表的问题", "请看一下"],
        ["2", "请核对", "H7", "学习参与", "偏大", "请核对"],
        ["3", "须更正", "H7", "学习参与", "应为整数", "请只写数字"],
        ["4", "须更正", "H18等2处", "2项", "2项未填：甲、乙", "请补填"],
    ]
    links = {cell.value: cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    assert links == {"H7": "'附件3'!H7", "H18等2处": "'附件3'!H18"}
    assert named(workbook, "study_attendance").coordinate == "H7"
    assert named(workbook, "pledge_signers").coordinate == "H18"


def test_the_first_sheet_says_by_when_to_send_it_back(campaign: Campaign, progress: Form, workbook: Workbook) -> None:
    text = "\n".join(" ".join(row) for row in first_sheet(workbook))
    assert "武进区工信局：" in text
    assert "有2处须更正，2处请核对" in text
    assert "于2022年6月28日前（含当日）发回" in text
    assert "第2次退回修改" in text
    hint = " ".join(str(cell.value) for cell in workbook["附件3"][2] if cell.value)
    assert "6月28日" in hint
    soon = openpyxl.load_workbook(io.BytesIO(made(campaign, progress, by=None)))
    assert any("尽快发回" in cell for row in first_sheet(soon) for cell in row)


def test_marked_entries_are_coloured_and_commented(workbook: Workbook) -> None:
    wrong, blank, noted = (named(workbook, key) for key in ("study_attendance", "nearby_hazards", "film_studied"))
    assert wrong.fill.fgColor.rgb == blank.fill.fgColor.rgb == "FFFFC7CE"
    assert wrong.comment.author == "anquanyue"
    assert wrong.comment.text == "【须更正】应为整数\n请只写数字\n\n【请核对】偏大\n请核对"
    assert blank.comment.text == "【须更正】请补填"
    assert noted.comment.text == "【说明】已按电话改为“是”"
    assert named(workbook, "study_sessions").comment is None
    assert noted.fill.fgColor.rgb == named(workbook, "study_sessions").fill.fgColor.rgb


def test_a_comment_is_as_high_as_its_text(campaign: Campaign, progress: Form) -> None:
    found = "这一条说明写得很长，" * 20
    marks = (Mark(names=("study_sessions",), severity="error", label="甲", found=found), WRONG)
    with zipfile.ZipFile(io.BytesIO(made(campaign, progress, marks=marks))) as archive:
        shapes = archive.read("xl/drawings/commentsDrawing1.vml").decode()
    heights = [int(height) for height in re.findall(r"height:(\d+)px", shapes)]
    assert max(heights) > 180
    assert min(heights) < 70


def test_a_mark_shows_until_the_entry_is_changed(campaign: Campaign, progress: Form, workbook: Workbook) -> None:
    sheet = workbook["附件3"]
    rules = [rule for each in sheet.conditional_formatting if "H7" in str(each.sqref) for rule in each.rules]
    first = min(rules, key=lambda rule: rule.priority)
    assert first.formula == [is_still("$H$7", "约300人")]
    assert sheet["K7"].value.startswith(f"=IF({is_still('$H$7', '约300人')},")


def test_what_is_still_there_is_told_of_each_kind() -> None:
    assert is_still("A1", 3) == "IF(ISERROR(A1),FALSE,A1=3)"
    assert is_still("A1", datetime.date(2022, 6, 8)) == "IF(ISERROR(A1),FALSE,A1=DATE(2022,6,8))"
    assert is_still("A1", 'a"b') == 'IF(ISERROR(A1),FALSE,A1="a""b")'
    assert is_still("A1", "𠮷" + "长" * 200 + "\n尾").startswith('IF(ISERROR(A1),FALSE,LEFT(A1,101)="𠮷长')


def test_it_is_read_as_the_form_it_is_with_its_revision(campaign: Campaign, progress: Form) -> None:
    (submission,) = read_forms("a.xlsx", read_workbook(made(campaign, progress), "xlsx"), campaign)
    assert submission.stamp == Stamp(
        campaign=campaign.key, form="progress", version=1, unit="wujin", round="once", revision=2
    )
    assert submission.entries["study_sessions"].value == 3
    assert submission.entries["study_attendance"].text == "约300人"
    assert submission.notes == {}


def test_the_round_of_a_form_with_several_is_kept(campaign: Campaign, progress: Form) -> None:
    stamp = Stamp.of(campaign, progress, UNIT, round="week2")
    assert stamp.round == "once"


def test_a_liaison_form_can_be_returned_too(campaign: Campaign, liaison: Form) -> None:
    mark = Mark(names=("mobile",), severity="warning", label="手机", found="不像手机号码", request="请核对")
    data = made(campaign, liaison, {"mobile": "1380000"}, marks=(mark,))
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert named(workbook, "mobile").comment
    assert workbook["附件2"].page_setup.blackAndWhite
    (submission,) = read_forms("a.xlsx", read_workbook(data, "xlsx"), campaign)
    assert submission.entries["mobile"].text == "1380000"


def test_pictures_stand_beside_their_items_and_are_found_there_again(campaign: Campaign, progress: Form) -> None:
    pictures = {"study": (png_bytes(1), png_bytes(2)), "": (png_bytes(3),), "outreach": (jpeg_bytes(),)}
    data = made(campaign, progress, pictures=pictures, kept=1)
    (submission,) = read_forms("a.xlsx", read_workbook(data, "xlsx"), campaign)
    assert submission.pictures == {"study": (digest(png_bytes(1)), digest(png_bytes(2))), "": (digest(png_bytes(3)),)}
    text = "\n".join(" ".join(row) for row in first_sheet(openpyxl.load_workbook(io.BytesIO(data))))
    assert "图片3张" in text
    assert "1件已收到并留存" in text
    assert not is_picture(jpeg_bytes())  # too damaged to be shown


def test_the_same_form_gives_the_same_bytes(campaign: Campaign, progress: Form) -> None:
    pictures = {"study": (png_bytes(1),)}
    assert made(campaign, progress, pictures=pictures) == made(campaign, progress, pictures=pictures)


def test_texts_that_look_like_formulas_stay_texts(campaign: Campaign, progress: Form) -> None:
    mark = Mark(names=("study_sessions",), severity="error", label="=1", found="=HYPERLINK(1)", request="+1")
    data = made(campaign, progress, {"study_sessions": "=1+1"}, marks=(mark,))
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert named(workbook, "study_sessions").data_type == "s"
    assert not [cell for row in workbook.worksheets[0] for cell in row if cell.data_type == "f"]
