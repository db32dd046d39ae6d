import datetime
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from anquanyue import language
from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Roster, Unit
from anquanyue.cli.validate import as_data, as_table
from anquanyue.cli.working_folder import CheckedFolder
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission

ROSTER = Roster((Unit(code="wujin", name="武进区"), Unit(code="tianning", name="天宁区")))


def folder(*findings, submissions=()):
    return CheckedFolder(
        campaign=load_campaign(None, Path()), roster=ROSTER, submissions=submissions, findings=findings
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
