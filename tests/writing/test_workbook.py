import io
import re

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN, Campaign, Form, Unit
from anquanyue.writing.stamp import DERIVED, Stamp
from anquanyue.writing.workbook import file_name, form_workbook

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
