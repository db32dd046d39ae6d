import io
import math
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN, Campaign, Form, Unit
from anquanyue.reading.folder import read_file
from anquanyue.reading.form_words import words_of
from anquanyue.writing.file_names import file_name
from anquanyue.writing.labels import STAMP_ROOM_LABEL
from anquanyue.writing.stamp import DERIVED, Stamp
from anquanyue.writing.text_size import text_width
from anquanyue.writing.workbook import form_workbook

from filling import progress_values

UNIT = Unit(code="wujin", name="武进区工信局")


@pytest.fixture(scope="module")
def workbook(campaign: Campaign, progress: Form) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, progress, UNIT)))


def named_cell(workbook: Workbook, name: str):
    sheet, cell = next(iter(workbook.defined_names[name].destinations))
    return workbook[sheet][cell.replace("$", "")]


@pytest.mark.parametrize("key", ["progress", "liaison"])
def test_every_field_has_an_unlocked_cell_of_its_name_on_the_first_sheet(campaign: Campaign, key: str) -> None:
    form = campaign.form(key)
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, form)))
    for field in form.fields:
        cell = named_cell(workbook, field.key)
        assert cell.parent.title == workbook.sheetnames[0] == form.label
        assert not cell.protection.locked
    assert workbook[form.label].protection.sheet


def test_notes_evidence_and_the_zero_box_have_names_too(workbook: Workbook, progress: Form) -> None:
    names = {item.notes_key for item in progress.items} | {BLANKS_ARE_ZERO}
    names |= {field.evidence_key for field in progress.fields if field.evidence}
    assert names <= set(workbook.defined_names)


def test_sub_units_are_asked_about_only_where_there_are_some(
    workbook: Workbook, campaign: Campaign, progress: Form
) -> None:
    assert INCLUDES_CHILDREN not in workbook.defined_names
    data = form_workbook(campaign, progress, UNIT, {INCLUDES_CHILDREN: True}, asks_children=True)
    asking = openpyxl.load_workbook(io.BytesIO(data))
    sheet, cell = asking["附件3"], named_cell(asking, INCLUDES_CHILDREN)
    assert (cell.value, cell.protection.locked) == ("含", False)
    assert sheet.cell(cell.row, 1).value == INCLUDES_CHILDREN
    assert "本表数据是否包含下级单位" in [each.value for each in sheet[cell.row]]
    lists = [each.formula1 for each in sheet.data_validations.dataValidation if cell.coordinate in each.sqref]
    assert lists == ['"含,不含"']
    # Nothing stands behind it, and the box is still alone in its row.
    assert all(each.value is None for row in (cell.row, cell.row - 1) for each in sheet[row][cell.column :])
    assert named_cell(asking, BLANKS_ARE_ZERO).row == cell.row - 1


@pytest.mark.parametrize("asks_children", [False, True])
def test_no_item_is_cut_by_a_page_break(campaign: Campaign, progress: Form, asks_children: bool) -> None:
    data = form_workbook(campaign, progress, UNIT, asks_children=asks_children)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["附件3"]
    header_row = int(sheet.print_title_rows.split(":")[-1].strip("$"))
    names = [
        each for each in sheet.merged_cells.ranges if each.min_col == each.max_col == 2 and each.min_row > header_row
    ]
    assert len(names) == len(progress.items)
    breaks = [each.id for each in sheet.row_breaks.brk]
    assert breaks
    assert set(breaks) <= {each.max_row for each in names}
    # What stands between two breaks fits a landscape page, scaled to its width.
    firsts, lasts = [1, *(row + 1 for row in breaks)], [*breaks, sheet.max_row]
    for first, last in zip(firsts, lasts, strict=True):
        assert sum(sheet.row_dimensions[row].height for row in range(first, last + 1)) < 550


def test_all_but_the_entries_is_locked(workbook: Workbook) -> None:
    sheet = workbook["附件3"]
    cells = (cell for row in sheet for cell in row if not isinstance(cell, MergedCell))
    unlocked = {cell.coordinate for cell in cells if not cell.protection.locked}
    named = {named_cell(workbook, name).coordinate for name in workbook.defined_names}
    assert unlocked == named


def test_the_hidden_first_column_holds_stamp_and_keys(workbook: Workbook, campaign: Campaign, progress: Form) -> None:
    sheet = workbook["附件3"]
    stamp = Stamp.parse(sheet["A1"].value)
    assert stamp == Stamp(campaign=campaign.key, form="progress", version=1, unit="wujin", round="once")
    assert sheet.column_dimensions["A"].hidden
    keys = {key for row in range(2, sheet.max_row + 1) for key in (sheet[f"A{row}"].value or "").split()}
    assert keys >= {field.key for field in progress.fields}


def test_the_other_sheets_are_marked_as_derived(workbook: Workbook) -> None:
    assert [workbook[name]["A1"].value for name in workbook.sheetnames[1:]] == [DERIVED, DERIVED]


def test_nothing_exceeds_the_limits_of_excel(workbook: Workbook) -> None:
    for sheet in workbook:
        for validation in sheet.data_validations.dataValidation:
            assert len(validation.promptTitle or "") <= 32
            assert len(validation.prompt or "") <= 255
            assert len(validation.error or "") <= 224
        for cell in (cell for row in sheet for cell in row if cell.data_type == "f"):
            assert len(cell.value) <= 8192
            assert all(len(literal) <= 255 for literal in re.findall(r'"((?:[^"]|"")*)"', cell.value))
        assert all((dimension.height or 0) <= 409 for dimension in sheet.row_dimensions.values())


def test_the_printed_sentences_name_every_blank(workbook: Workbook, progress: Form) -> None:
    formulas = " ".join(str(cell.value) for row in workbook["打印（正式表）"] for cell in row)
    assert all(re.search(rf"\b{field.key}\b", formulas) for field in progress.fields)


def test_the_units_name_is_filled_in_and_stands_in_the_file_name(workbook: Workbook, progress: Form) -> None:
    assert named_cell(workbook, "unit").value == "武进区工信局"
    assert file_name(progress, UNIT) == "附件3“安全生产月”活动进展情况统计表（武进区工信局）.xlsx"


def test_what_a_unit_sent_can_be_filled_in_again(campaign: Campaign, progress: Form) -> None:
    values = progress_values(progress)
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, progress, values=values)))
    assert {key: named_cell(workbook, key).value for key in values} == values


def test_a_name_that_looks_like_a_formula_stays_text(campaign: Campaign, progress: Form) -> None:
    data = form_workbook(campaign, progress, Unit(code="x", name="=cmd|' /C calc'!A1"))
    cell = named_cell(openpyxl.load_workbook(io.BytesIO(data)), "unit")
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_the_same_form_gives_the_same_bytes(campaign: Campaign, progress: Form) -> None:
    assert form_workbook(campaign, progress, UNIT) == form_workbook(campaign, progress, UNIT)


LONG = "某某省某某市国家高新技术产业开发区管理委员会经济发展与应急安全生产监督管理局（样例）"


def rows_needed(sheet, cell: str, size: float) -> float:
    """The height of the lines that a cell's text needs in the columns it reaches over, as people see it."""
    merged = next((each for each in sheet.merged_cells.ranges if cell in each), None)
    first, last = (merged.min_col, merged.max_col) if merged else (sheet[cell].column, sheet[cell].column)
    width = sum(sheet.column_dimensions[get_column_letter(each)].width for each in range(first, last + 1))
    return math.ceil(text_width(str(sheet[cell].value)) / (width * 11 / size)) * size * 1.2


@pytest.mark.parametrize("key", ["progress", "liaison"])
def test_rows_are_as_high_as_what_is_filled_in_already(campaign: Campaign, key: str) -> None:
    values = {
        "law_notes": "员工边看边学。" * 40,
        "municipal_news_evidence": "https://news.example.com/" + "a" * 120,
        "other_sessions": "约30场（含线上20场，名单另附）",
        "email": "anquanshengchan.lianluoyuan.zhangyangli@mail.example.com",
        "address": "样例路1号" * 20,
    }
    form = campaign.form(key)
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, form, Unit(code="x", name=LONG), values)))
    for name in {form.unit_field.key, *values} & set(workbook.defined_names):
        cell = named_cell(workbook, name)
        sheet = cell.parent
        assert sheet.row_dimensions[cell.row].height >= rows_needed(sheet, cell.coordinate, cell.font.sz), name


def test_an_ordinary_mail_address_fits_the_blank_liaison_form(campaign: Campaign, liaison: Form) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, liaison)))["附件2"]
    row = next(row for row in range(1, 9) if "email" in str(sheet.cell(row, 1).value))
    height = sheet.row_dimensions[row].height
    address = "anquanshengchan.lianluoyuan.zhangyangli@mail.example.com"
    data = form_workbook(campaign, liaison, values={"email": address})
    assert openpyxl.load_workbook(io.BytesIO(data))["附件2"].row_dimensions[row].height == height
    assert sum(sheet.column_dimensions[get_column_letter(column)].width for column in range(2, 8)) < 97


def test_the_liaison_form_prints_as_the_official_table(campaign: Campaign, liaison: Form) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, liaison)))["附件2"]
    progress_row = next(cell.row for row in sheet for cell in row if "已填" in str(cell.value))
    assert f"${progress_row - 1}" in sheet.print_area
    assert progress_row == sheet.max_row
    assert sheet.page_setup.blackAndWhite


def test_labels_of_what_is_required_begin_with_a_red_star(campaign: Campaign, liaison: Form) -> None:
    data = io.BytesIO(form_workbook(campaign, liaison))
    cells = [cell.value for row in openpyxl.load_workbook(data, rich_text=True)["附件2"] for cell in row]
    starred = [value for value in cells if isinstance(value, CellRichText)]
    assert [str(value) for value in starred] == ["*姓名", "*手机", "*电子邮箱", "*单位名称"]
    assert {value[0].font.color.rgb for value in starred} == {"FFC00000"}


@pytest.mark.parametrize("keys", [True, False])
def test_the_starred_labels_are_read(tmp_path: Path, campaign: Campaign, liaison: Form, keys: bool) -> None:
    values = {"name": "甲样例", "mobile": "13800000001", "email": "a@example.com", "organization": "武进区工信局"}
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(campaign, liaison, values=values)), rich_text=True)
    if not keys:
        for row in range(1, 12):
            workbook["附件2"].cell(row, 1).value = None
    workbook.save(tmp_path / "form.xlsx")
    (submission,) = read_file(tmp_path / "form.xlsx", "form.xlsx", campaign)
    assert {key: submission.entries[key].value for key in values} == values
    assert all(entry.blank for key, entry in submission.entries.items() if key not in values)


def test_words_that_need_their_subject_stand_below_it_and_stay_what_they_are(
    workbook: Workbook, progress: Form
) -> None:
    sheet = workbook["附件3"]
    below = []
    for field in progress.fields[4:]:
        cell = sheet.cell(named_cell(workbook, field.key).row, 4)
        assert cell.value == field.blank.words
        below += [cell.value] if cell.number_format == '"└ "@' else []
    assert set(below) == {"参与", "累计宣讲", "覆盖企业", "覆盖", "受众", "宣传受众"}


def test_reading_takes_the_room_for_the_stamp_for_no_remark(progress: Form) -> None:
    assert STAMP_ROOM_LABEL in words_of(progress).printed


def test_a_count_shows_as_it_was_typed(workbook: Workbook) -> None:
    assert named_cell(workbook, "study_sessions").number_format == "General"
