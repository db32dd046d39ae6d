import io

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from anquanyue.findings import Finding
from anquanyue.reporting.findings_workbook import findings_workbook
from anquanyue.summary import Summary
from anquanyue.writing.stamp import DERIVED

FILES = {"accepted": 3, "superseded": 0, "rejected": 1, "ignored": 2}


def made(summary: Summary, *findings: Finding) -> Workbook:
    return openpyxl.load_workbook(
        io.BytesIO(findings_workbook(summary.campaign, summary.names, (*summary.findings, *findings), FILES))
    )


@pytest.fixture
def workbook(summary: Summary) -> Workbook:
    return made(
        summary,
        Finding(code="form-blank", unit="wujin", path="=1+1.xlsx"),
        Finding(code="form-without-keys", unit="wujin", path="武进/附件3.xlsx"),
    )


def rows(workbook: Workbook, title: str, first: int) -> list[list[object]]:
    return [[cell.value for cell in row[1:]] for row in workbook[title].iter_rows(min_row=first)]


def test_findings_are_listed_by_unit_worst_first(workbook: Workbook) -> None:
    listed = rows(workbook, "问题清单", 3)
    assert [(row[0], row[1], row[7]) for row in listed] == [
        ("错误", "武进区工信局", "form-blank"),
        ("警告", "武进区工信局", "form-without-keys"),
        ("错误", "=cmd|'/c calc'!A1", "value-not-a-number"),
        ("提示", "（单位不明）", "file-ignored"),
    ]


def test_codes_and_units_are_counted(workbook: Workbook) -> None:
    codes = rows(workbook, "分类统计", 4)
    assert [(row[0], row[2], row[3]) for row in codes] == [
        ("form-blank", "错误", 1),
        ("value-not-a-number", "错误", 1),
        ("form-without-keys", "警告", 1),
        ("file-ignored", "提示", 1),
    ]
    units = rows(workbook, "分单位统计", 4)
    assert units[0] == ["武进区工信局", 1, 1, 0]
    assert units[-1] == ["合计", 2, 1, 1]
    assert workbook["分类统计"]["B2"].value == "收到6份：采用3份，被替代0份，未采用1份，忽略2份。"


def test_no_sheet_is_read_as_a_form_and_no_text_is_a_formula(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        assert sheet["A1"].value == DERIVED
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_same_findings_give_the_same_bytes(summary: Summary) -> None:
    args = (summary.campaign, summary.names, summary.findings, FILES)
    assert findings_workbook(*args) == findings_workbook(*args)
