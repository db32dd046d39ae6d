import dataclasses
import html
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from anquanyue.reporting.consolidated_sheet import item_prose
from anquanyue.reporting.workbook import report_workbook
from anquanyue.summary import Summary, summarize
from anquanyue.writing.stamp import DERIVED


@pytest.fixture
def data(summary: Summary, tmp_path: Path) -> bytes:
    return report_workbook(summary, tmp_path)


@pytest.fixture
def workbook(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def texts(workbook: Workbook, sheet: str) -> list[str]:
    return [str(cell.value) for row in workbook[sheet].iter_rows() for cell in row if cell.value is not None]


def test_every_sheet_is_marked_as_derived(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["概览", "汇总表", "分单位", "报送情况", "问题清单", "来源"]
    for sheet in workbook.worksheets:
        assert sheet["A1"].value == DERIVED
        assert sheet.column_dimensions["A"].hidden


def test_the_prose_holds_the_totals_and_a_star_where_a_unit_is_missing(workbook: Workbook) -> None:
    prose = "\n".join(texts(workbook, "汇总表"))
    assert "理论学习中心组学习（约1234*）次，参与（0）人次；" in prose
    assert "约：合计中有1个单位填报的是约数：理论学习中心组学习" in prose
    assert "电视专题片 是（2个单位）；" in prose
    assert "* 有1个单位的该数据未报送或无法识别：理论学习中心组学习" in prose


def test_a_total_that_nobody_reported_is_a_dash_not_a_zero(summary: Summary) -> None:
    nobody = dataclasses.replace(
        summary, totals=dict.fromkeys(summary.totals, 0), missing=dict.fromkeys(summary.missing, len(summary.units))
    )
    assert "理论学习中心组学习（—*）次，参与（—*）人次" in item_prose(summary.form.items[0], nobody)


def test_a_missing_figure_is_a_dash_not_a_zero(workbook: Workbook) -> None:
    sheet = workbook["分单位"]
    column = {sheet.cell(4, each).value: each for each in range(1, sheet.max_column + 1)}["理论学习中心组学习（次）"]
    assert [sheet.cell(row, column).value for row in range(5, 11)] == [1200, 34, "—", 1234, 1, 1]
    assert sheet.cell(6, column).number_format == '"约"#,##0'
    assert sheet.cell(5, column).number_format == "#,##0"


def test_what_a_stranger_typed_is_never_a_formula(workbook: Workbook, data: bytes) -> None:
    cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
    hostile = [cell for cell in cells if cell.value is not None and str(cell.value).startswith("=")]
    assert hostile
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in hostile)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in package.read(name) for name in sheets)


def test_the_report_holds_nothing_about_a_person(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = html.unescape("".join(package.read(name).decode() for name in package.namelist()))
    assert "武进区" in content
    assert "张无忌" not in content
    assert "051912345678" not in content


def test_the_same_input_gives_the_same_bytes(summary: Summary, data: bytes, tmp_path: Path) -> None:
    assert report_workbook(summary, tmp_path) == data


def test_who_reported_and_what_was_found_is_listed(workbook: Workbook) -> None:
    status = texts(workbook, "报送情况")
    assert status.count("已报送") == 3
    assert status.count("未报送") == 5
    findings = [[cell.value for cell in row[1:]] for row in workbook["问题清单"].iter_rows(min_row=3)]
    assert [row[0] for row in findings] == ["错误", "提示"]
    assert findings[0][2:5] == ["bad/附件3.xlsx", "附件3!D6", "理论学习中心组学习"]


def test_the_overview_says_how_many_reported_and_who_did_not(workbook: Workbook) -> None:
    overview = "\n".join(texts(workbook, "概览"))
    assert "单位4个，已报送3个，未报送1个：金坛区工信局" in overview
    assert "错误1处" in overview


def test_ranks_are_by_figure_and_equal_ones_share_a_place(summary: Summary, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(report_workbook(summary, tmp_path, ranks=True)))["排名"]
    column = {sheet.cell(4, each).value: each for each in range(1, sheet.max_column + 1)}
    sessions, drills = column["理论学习中心组学习（次）"], column["应急演练（场）"]
    assert [sheet.cell(row, sessions).value for row in (5, 6, 7)] == [1, 2, "—"]
    assert [sheet.cell(row, drills).value for row in (5, 6, 7)] == [1, 1, 1]


def test_values_that_do_not_count_as_typed_are_listed_with_their_source(workbook: Workbook) -> None:
    lines = [[cell.value for cell in row[1:]] for row in workbook["来源"].iter_rows(min_row=4)]
    assert [line[3] for line in lines if line[6]] == ["wujin/附件3.xlsx", "liyang/附件3.xlsx", "bad/附件3.xlsx"]
    about = [(line[4], line[7], line[8], line[9], line[10]) for line in lines if line[7]]
    assert about == [
        ("附件3!D6", "理论学习中心组学习", "约34", 34, "约数"),
        ("附件3!D6", "理论学习中心组学习", "若干", "—", "无法识别，未计入；不是数字"),
    ]


def test_the_overview_has_a_chart_that_can_be_edited(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "xl/charts/chart1.xml" in package.namelist()


def test_a_file_keeps_its_name_whatever_is_in_it(summary: Summary, tmp_path: Path) -> None:
    first, second, *others = summary.submissions
    named = [
        dataclasses.replace(first, path="1#楼/附件3.xlsx"),
        dataclasses.replace(second, path="2#楼/a#b.xlsx#附件3"),
        *others,
    ]
    hashed = summarize(summary.campaign, summary.roster, named, [])
    sheet = openpyxl.load_workbook(io.BytesIO(report_workbook(hashed, tmp_path)))["来源"]
    lines = [row[4:6] for row in sheet.iter_rows(min_row=4, values_only=True) if row[7]]
    assert lines[:2] == [("1#楼/附件3.xlsx", "附件3"), ("2#楼/a#b.xlsx", "附件3")]


def test_without_a_list_of_units_no_share_of_them_is_said(summary: Summary, tmp_path: Path) -> None:
    alone = summarize(summary.campaign, None, summary.submissions, [])
    sheet = openpyxl.load_workbook(io.BytesIO(report_workbook(alone, tmp_path)))["概览"]
    (line,) = (row[2:5] for row in sheet.iter_rows(values_only=True) if str(row[1]).startswith("附件3 "))
    assert line == ("—", 3, "—")
