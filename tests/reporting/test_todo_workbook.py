import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Campaign, Form, Roster, Unit
from anquanyue.findings import Finding
from anquanyue.reporting.todo_workbook import todo_workbook
from anquanyue.todo import Task
from anquanyue.todo_answers import ANSWERED, KEYS, SHOWN, read_answers
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.validations import MAX_ERROR, MAX_PROMPT, MAX_TITLE

ROSTER = Roster((Unit(code="wujin", name="武进区工信局"), Unit(code="xinbei", name="新北区经发局")))
LABEL = {"label": "填报单位"}


@pytest.fixture
def tasks(progress: Form) -> list[Task]:
    name = Finding(code="unit-unknown", path="=b.xlsx", unit="北区", form="progress", field="unit", value="北区")
    other = {"other": "d.xlsx", "differences": "次 3→4"}
    twice = Finding(code="submission-undecided", path="c.xlsx", unit="xinbei", form="progress", parameters=other)
    value = Finding(code="value-negative", path="a.xlsx", place="附件3!H6", unit="wujin", form="progress",
                    field="study_sessions", value="-3", parameters=LABEL)  # fmt: skip
    form = {"form_label": "附件3"}
    asked = progress.field("study_sessions")
    return [
        Task(finding=name, stake="out", answers=("认单位", "剔除"), figures=42, old="北区", name_anywhere=True, **form),
        Task(finding=twice, stake="out", answers=("剔除",), figures=41, other="d.xlsx", **form),
        Task(finding=value, stake="value-out", answers=("改值",), figures=1, old="-3", asked=asked),
    ]


@pytest.fixture
def data(tasks: list[Task], campaign: Campaign) -> bytes:
    return todo_workbook(tasks, campaign, ROSTER, {})


@pytest.fixture
def workbook(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture
def sheet(workbook: Workbook) -> Worksheet:
    found = workbook["待办"]
    assert isinstance(found, Worksheet)
    return found


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[3] if cell.value == heading)


def test_each_task_has_a_row_that_tells_all(sheet: Worksheet) -> None:
    assert [cell.value for cell in sheet[3]][1:] == [*SHOWN, *ANSWERED, *KEYS]
    shown = [[cell.value for cell in row[1:8]] for row in sheet.iter_rows(min_row=4)]
    assert [row[:4] for row in shown] == [
        [1, "北区", "=b.xlsx", None],
        [2, "新北区经发局", "c.xlsx", None],
        [3, "武进区工信局", "a.xlsx", "附件3!H6"],
    ]
    assert "可答：认单位：填写值栏写单位名称；剔除：这份不算" in str(shown[0][4])
    assert "填写值栏选不算的那一份" in str(shown[1][4])
    assert [row[5:] for row in shown] == [
        ["北区", "附件3整份未计入（42个数）"],
        [None, "附件3整份未计入（41个数）"],
        ["-3", "这个数未计入合计"],
    ]


def test_only_the_answers_can_be_changed_and_the_keys_are_hidden(sheet: Worksheet) -> None:
    assert sheet.protection.sheet
    open_columns = {cell.column for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert open_columns == {column(sheet, heading) for heading in ANSWERED}
    for key in KEYS:
        assert sheet.column_dimensions[openpyxl.utils.get_column_letter(column(sheet, key))].hidden


def test_answers_and_values_are_chosen_from_lists(sheet: Worksheet) -> None:
    rules = {}
    for validation in sheet.data_validations.dataValidation:
        assert len(validation.promptTitle) <= MAX_TITLE
        assert len(validation.prompt) <= MAX_PROMPT
        assert len(validation.error) <= MAX_ERROR
        for cells in validation.sqref.ranges:
            rules[cells.coord] = (validation.type, validation.formula1)
    answer, value, file, other = (
        openpyxl.utils.get_column_letter(column(sheet, heading)) for heading in ("答复", "填写值", "file", "other")
    )
    assert rules[f"{answer}4"] == ("list", '"认单位,剔除"')
    assert rules[f"{value}4"] == ("list", "'单位名单'!$B$2:$B$3")
    assert rules[f"{value}5"] == ("list", f"${file}$5:${other}$5")
    assert rules[f"{value}6"] == ("whole", "0")


def test_no_sheet_is_read_as_a_form_and_no_text_is_a_formula(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["待办", "说明", "单位名单"]
    for sheet in workbook.worksheets:
        assert sheet["A1"].value == DERIVED
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_answers_are_read_back_and_kept(
    workbook: Workbook, sheet: Worksheet, tasks: list[Task], campaign: Campaign, tmp_path: Path
) -> None:
    for heading, text in zip(ANSWERED, ("改值", 3, "核实", "李样例", "2022-6-30"), strict=True):
        sheet.cell(6, column(sheet, heading)).value = text
    workbook.save(tmp_path / "待办.xlsx")
    rows = read_answers(tmp_path / "待办.xlsx")
    assert [row.blank for row in rows] == [True, True, False]
    assert rows[0].keys["file"] == "=b.xlsx"
    assert list(rows[2].texts.values()) == ["改值", "3", "核实", "李样例", "2022-6-30"]
    answered = {tuple(row.keys.values()): row for row in rows}
    (tmp_path / "again.xlsx").write_bytes(todo_workbook(tasks[2:], campaign, ROSTER, answered))
    (kept,) = read_answers(tmp_path / "again.xlsx")
    assert kept.texts == rows[2].texts


def test_nothing_to_settle_is_said(campaign: Campaign, tmp_path: Path) -> None:
    (tmp_path / "待办.xlsx").write_bytes(todo_workbook([], campaign, None, {}))
    assert read_answers(tmp_path / "待办.xlsx") == []
    note = openpyxl.load_workbook(tmp_path / "待办.xlsx")["待办"]["B2"].value
    assert note == "共0项。没有需要协调人认定的问题。"


def test_the_same_tasks_give_the_same_bytes(data: bytes, tasks: list[Task], campaign: Campaign) -> None:
    assert todo_workbook(tasks, campaign, ROSTER, {}) == data
