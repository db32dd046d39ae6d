import csv
import datetime
import io
import json

import pytest
from openpyxl import load_workbook

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.decisions import Decisions
from anquanyue.reading.materials import MaterialFile, MaterialFolder
from anquanyue.reading.submission import Submission
from anquanyue.reporting.status_text import HEADINGS, status_csv, status_json
from anquanyue.reporting.status_workbook import status_workbook
from anquanyue.status import Matrix, status

ROSTER = Roster((Unit(code="wujin", name="武进区"), Unit(code="tianning", name="=天宁区")))


@pytest.fixture
def matrix(campaign: Campaign) -> Matrix:
    late = Submission(path="2022-07-01/=1+1.xlsx", form="progress", unit="wujin", round="once")
    files = ("武进区/2022-06-08/1.jpg", "=cmd|' /C calc'!A0.jpg")
    materials = MaterialFolder(tuple(MaterialFile(path, "picture", 0.0) for path in files), left_aside=1)
    return status(campaign, ROSTER, [late], Decisions(), materials, datetime.date(2022, 7, 5))


def test_json_is_as_the_docs_say(matrix: Matrix) -> None:
    data = json.loads(status_json(matrix))
    assert list(data) == ["campaign", "as_of", "columns", "units", "unplaced", "materials", "counts"]
    column = data["columns"][-1]
    assert column == {
        "duty": "progress",
        "round": "once",
        "label": "附件3",
        "form": "progress",
        "deadline": "2022-06-28",
        "optional": False,
        "owing": 2,
        "reported": 1,
        "in_time": 0,
        "completeness": 0.5,
        "timeliness": 0.0,
    }
    wujin = data["units"][0]
    assert (wujin["unit"], wujin["name"], wujin["group"]) == ("wujin", "武进区", None)
    assert wujin["cells"][-1] == {
        "duty": "progress",
        "round": "once",
        "state": "late",
        "owed": True,
        "days_late": 3,
        "arrived": "2022-07-01",
        "relies_on": "received",
        "path": "2022-07-01/=1+1.xlsx",
        "means": "own",
        "files": None,
        "rejected": [],
    }
    assert wujin["cells"][2]["files"] == {"video": 0, "picture": 1, "document": 0, "other": 0}
    found = data["materials"]
    assert found["found"] == found["attributed"] + len(found["unattributed"]) + found["left_aside"] == 3
    assert found["unattributed"][0]["reason"] == "no name of a folder or file says whose it is"
    assert sum(data["counts"].values()) == 2 * len(data["columns"])


def test_csv_has_a_line_a_unit_and_round_and_what_is_left_and_runs_nothing(matrix: Matrix) -> None:
    data = status_csv(matrix)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == HEADINGS
    assert len(rows) == len(matrix.standings) + 1
    assert {len(row) for row in rows} == {len(HEADINGS)}
    assert rows[7][HEADINGS.index("状态")] == "逾期"
    assert rows[-1][HEADINGS.index("文件")] == "'=cmd|' /C calc'!A0.jpg"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_workbook_shows_the_matrix_and_holds_no_formula(matrix: Matrix) -> None:
    data = status_workbook(matrix)
    assert data == status_workbook(matrix)
    workbook = load_workbook(io.BytesIO(data))
    assert workbook.sheetnames == ["报送一览", "明细", "未归属文件"]
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    sheet = workbook["报送一览"]
    assert [sheet.cell(4, column).value for column in (2, 11)] == ["武进区", "逾期3天\n7月1日（收到）"]
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "B3:K5"
    assert [sheet.cell(row, 11).value for row in range(6, 11)] == [2, 1, 0, 0.5, 0]


def test_without_material_the_workbook_says_so(campaign: Campaign) -> None:
    matrix = status(campaign, ROSTER, [], Decisions(), None, datetime.date(2022, 7, 5))
    workbook = load_workbook(io.BytesIO(status_workbook(matrix)))
    assert workbook["报送一览"]["D4"].value == "缺报"
    assert workbook["报送一览"]["F4"].value == "未查"
    assert "没有活动资料文件夹" in workbook["未归属文件"]["B2"].value
