import csv
import datetime
import io
import json
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from anquanyue import language
from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Roster, Unit
from anquanyue.cli.app import build_app
from anquanyue.cli.validate import as_csv, as_data, as_table
from anquanyue.decisions import Decisions
from anquanyue.errors import UserError
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission
from anquanyue.working_folder import CheckedFolder

from filling import filled_workbook, progress_values

ROSTER = Roster((Unit(code="wujin", name="武进区"), Unit(code="tianning", name="天宁区")))


def folder(*findings, submissions=()):
    return CheckedFolder(
        campaign=load_campaign(None, Path()),
        roster=ROSTER,
        submissions=submissions,
        findings=findings,
        decisions=Decisions(),
    )


def shown(checked, width=160):
    stream = io.StringIO()
    Console(file=stream, width=width, emoji=False).print(as_table(checked))
    return stream.getvalue()


def test_data_is_as_the_design_fixes_it():
    finding = Finding(code="value-negative", path="a.xlsx", place="附件3!D6", unit="wujin", field="x", value=-1)
    submission = Submission(path="a.xlsx", form="progress", unit="wujin")
    checked = folder(
        Finding(**{**_parts(finding), "parameters": {"label": "次"}}),
        Finding(code="file-ignored", path="~$b.xlsx"),
        submissions=(submission, Submission(path="~$b.xlsx", status="ignored")),
    )
    data = json.loads(json.dumps(as_data(checked), allow_nan=False))
    assert data["files"][0] == {"path": "a.xlsx", "form": "progress", "unit": "wujin", "status": "accepted"}
    assert data["findings"][0] == {
        "code": "value-negative",
        "severity": "error",
        "path": "a.xlsx",
        "place": "附件3!D6",
        "unit": "wujin",
        "field": "x",
        "value": -1,
        "message": "“次” must not be negative, found -1",
        "hint": "check the sign",
    }
    assert data["findings"][1]["hint"] is None
    assert data["counts"] == {
        "files": 2,
        "accepted": 1,
        "superseded": 0,
        "rejected": 0,
        "ignored": 1,
        "errors": 1,
        "warnings": 0,
    }


def _parts(finding):
    names = ("code", "path", "place", "unit", "form", "field", "value")
    return {name: getattr(finding, name) for name in names}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime.date(2022, 6, 28), "2022-06-28"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (1.5, 1.5),
        (None, None),
        ([1], "[1]"),
    ],
)
def test_values_are_safe_in_json(value, expected):
    data = as_data(folder(Finding(code="form-blank", value=value)))
    assert json.loads(json.dumps(data, allow_nan=False))["findings"][0]["value"] == expected


def test_table_is_by_unit_worst_first():
    text = shown(
        folder(
            Finding(code="file-own-output", unit="wujin"),
            Finding(code="form-without-keys", unit="wujin", path="w.xlsx"),
            Finding(code="form-blank", unit="tianning", path="t.xlsx"),
            Finding(code="file-ignored", path="x.tmp"),
        )
    )
    places = [text.index(word) for word in ("天宁区", "武进区", "(unit unknown)")]
    assert places == sorted(places)
    assert text.count("武进区") == 1
    assert "1 error, 1 warning" in text


def test_what_units_wrote_is_no_markup():
    finding = Finding(code="unit-unknown", unit="[red]区[/]", value="[/nonsense] :smile:", path="[bold]a.xlsx")
    text = shown(folder(finding))
    for word in ("[red]区[/]", "[/nonsense] :smile:", "[bold]a.xlsx"):
        assert word in text


def test_table_speaks_chinese():
    language.use("zh")
    try:
        text = shown(folder(Finding(code="form-blank", unit="wujin")))
    finally:
        language.use("en")
    assert "没有填写任何内容" in text
    assert "1 个错误" in text


def test_nothing_wrong_is_said():
    assert "Nothing was found wrong" in shown(folder())


def test_the_table_ends_with_the_number_of_each_code():
    text = shown(folder(Finding(code="form-blank"), Finding(code="form-blank"), Finding(code="form-without-keys")))
    assert [line.split() for line in text.splitlines()[-3:-1]] == [
        ["2", "form-blank", "error"],
        ["1", "form-without-keys", "warning"],
    ]


def test_csv_is_the_json_in_rows_with_the_name_of_the_unit():
    checked = folder(
        Finding(code="unit-unknown", unit="=1+1", value="=cmd()", path="@a.xlsx"),
        Finding(code="form-blank", unit="wujin", place="附件3!D6"),
    )
    data = as_csv(checked)
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == [
        "code", "severity", "path", "place", "unit", "unit_name", "field", "value", "message", "hint",
    ]  # fmt: skip
    assert (rows[0]["unit"], rows[0]["value"], rows[0]["path"]) == ("'=1+1", "'=cmd()", "'@a.xlsx")
    assert (rows[1]["unit"], rows[1]["unit_name"], rows[1]["place"]) == ("wujin", "武进区", "附件3!D6")
    assert rows[1]["message"] == as_data(checked)["findings"][1]["message"]


# The command --------------------------------------------------------------------------------------------------------


@pytest.fixture
def received(tmp_path, monkeypatch, campaign, progress):
    """A form with an error and a warning of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "units.csv").write_text("code,name\nwujin,武进区工信局\n", encoding="utf-8")
    (tmp_path / "submissions").mkdir()
    values = progress_values(progress) | {"study_attendance": "三百来人", "study_sessions": "约3"}
    filled_workbook(campaign, progress, values).save(tmp_path / "submissions" / "附件3.xlsx")
    return tmp_path


def run(*arguments):
    return build_app()(["validate", *arguments], standalone_mode=False) or 0


def codes(capsys):
    return {(each["code"], each["severity"]) for each in json.loads(capsys.readouterr().out)["findings"]}


def test_what_is_selected_is_shown_and_decides_the_exit_code(received, capsys):
    only = ("--format", "json", "--select", "value-")
    assert run(*only) == 1
    assert codes(capsys) == {("value-not-a-number", "error"), ("value-approximate", "warning")}
    assert run(*only, "--ignore", "value-not-a-number") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["counts"]["errors"], data["counts"]["warnings"], data["counts"]["files"]) == (0, 1, 1)


def test_strict_makes_warnings_errors(received, capsys):
    assert run("--format", "json", "--select", "value-approximate") == 0
    capsys.readouterr()
    assert run("--format", "json", "--select", "value-approximate", "--strict") == 1
    assert codes(capsys) == {("value-approximate", "error")}


def test_an_unknown_code_is_refused_before_anything_is_read(received):
    with pytest.raises(UserError, match="did you mean “value-"):
        run("--ignore", "valeu-", "nowhere")


def test_csv_goes_to_stdout_as_it_is(received, capsysbinary):
    assert run("--format", "csv", "--quiet") == 1
    written = capsysbinary.readouterr().out
    assert written.startswith("\ufeffcode,severity,".encode())
    assert written.count(b"\r\n") > 2


def test_documents_are_written_and_are_chinese(received, capsys):
    assert run("--report", "findings.xlsx", "--report", "findings.HTML", "--todo", "待办.xlsx", "--format", "json") == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)
    assert "written: findings.xlsx" in captured.err
    assert "written: 待办.xlsx (2 to settle)" in captured.err
    assert openpyxl.load_workbook("findings.xlsx").sheetnames == ["问题清单", "分类统计", "分单位统计"]
    assert "三百来人" in (received / "findings.HTML").read_text(encoding="utf-8")


def test_only_what_is_selected_is_in_the_documents(received):
    run("--report", "findings.html", "--todo", "待办.xlsx", "--select", "value-approximate", "--strict", "--quiet")
    page = (received / "findings.html").read_text(encoding="utf-8")
    assert "value-not-a-number" not in page
    assert "<b>1</b>错误" in page
    assert openpyxl.load_workbook("待办.xlsx")["待办"].max_row == 4


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--report", "findings.pdf"), r"must end in one of \.xlsx, \.html"),
        (("--report", "submissions/findings.xlsx"), "would be read as one"),
        (("--report", "units.xlsx"), "would be replaced"),
        (("--todo", "decisions.xlsx"), "would be replaced"),
        (("--todo", "待办.csv"), r"must end in one of \.xlsx"),
        (("--todo", "a.xlsx", "--report", "./a.xlsx"), "is there twice"),
        (("--report", "nowhere/findings.html"), "create it first"),
    ],
)
def test_a_document_that_cannot_be_is_refused(received, arguments, expected):
    with pytest.raises(UserError, match=expected):
        run(*arguments)
    assert {path.name for path in received.iterdir()} == {"units.csv", "submissions"}


def test_a_workbook_that_is_no_list_of_tasks_is_not_replaced(received):
    workbook = openpyxl.Workbook()
    workbook.save("own.xlsx")
    before = (received / "own.xlsx").read_bytes()
    with pytest.raises(UserError, match="no list as validate --todo"):
        run("--todo", "own.xlsx")
    assert (received / "own.xlsx").read_bytes() == before


def test_forms_to_send_back_are_written_and_not_overwritten_unasked(received, capsys):
    assert run("--return", "back", "--format", "json") == 1
    assert "1 form to send back is in back" in capsys.readouterr().err
    (written,) = (received / "back").rglob("*.xlsx")
    with pytest.raises(UserError, match="--force"):
        run("--return", "back")
    written.write_bytes(b"")
    assert run("--return", "back", "--force", "--quiet") == 1
    assert written.stat().st_size > 1000


def test_by_when_forms_are_due_back_can_be_said(received):
    run("--return", "back", "--by", "2022-07-05", "--quiet")
    (written,) = (received / "back").rglob("*.xlsx")
    first = openpyxl.load_workbook(written).worksheets[0]
    assert any("于2022年7月5日前" in str(cell.value) for row in first for cell in row)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--return", "back", "--by", "7月5日"), "“7月5日” is no day; write it as 2022-06-28"),
        (("--return", "back", "--by", "2022-06-31"), "“2022-06-31” is no day"),
        (("--by", "2022-07-05"), "needs --return"),
    ],
)
def test_a_day_that_is_none_is_refused_before_anything_is_written(received, arguments, expected):
    with pytest.raises(UserError, match=expected):
        run(*arguments)
    assert not (received / "back").exists()
