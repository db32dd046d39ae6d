import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import anquanyue
from anquanyue.campaign.model import Campaign, Form
from anquanyue.cli.app import build_app
from anquanyue.errors import UserError
from anquanyue.findings import CATALOGUE

from filling import filled_workbook, progress_values

WHY = ("--reason", "电话核实", "--by", "李样例")


def run(*arguments: str) -> int:
    return build_app()(list(arguments), standalone_mode=False) or 0


def validated(capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    run("validate", "--format", "json", "--quiet")
    data: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return data


def codes(data: dict[str, list[dict[str, object]]], *, severity: str) -> set[object]:
    return {each["code"] for each in data["findings"] if each["severity"] == severity}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, campaign: Campaign, progress: Form) -> Path:
    """A working folder with one form, late, with a figure that cannot be read and one that is blank."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "units.csv").write_text(
        "code,name,aliases\nwujin,武进区工信局,武进区\nxinbei,新北区,\n", encoding="utf-8"
    )
    values = progress_values(progress) | {"study_attendance": "三百来人", "study_sessions": None, "date": "2022-07-01"}
    (tmp_path / "submissions" / "新建文件夹").mkdir(parents=True)
    filled_workbook(campaign, progress, values).save(tmp_path / "submissions" / "新建文件夹" / "副本.xlsx")
    return tmp_path


def lines(folder: Path) -> list[str]:
    return (folder / "decisions.csv").read_text(encoding="utf-8-sig").splitlines()


def test_values_are_looked_up_written_and_applied(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("decide", "--unit", "武进区", "--field", "study_attendance", "--new", "300", *WHY) == 0
    assert "300 instead of 三百来人" in capsys.readouterr().err
    assert run("decide", "--unit", "wujin", "--field", "理论学习中心组学习", "--form", "附件3", "--new", "3", *WHY) == 0
    assert "3 instead of blank" in capsys.readouterr().err
    today = datetime.date.today().isoformat()
    assert lines(folder)[1] == f"改值,,wujin,progress,,study_attendance,,三百来人,300,电话核实,李样例,{today}"
    data = validated(capsys)
    assert codes(data, severity="error") == set()
    assert "decision-applied" in codes(data, severity="info")
    run("summarize", "--out", "report.json", "--quiet")
    totals = json.loads((folder / "report.json").read_text(encoding="utf-8"))["totals"]
    assert (totals["study_attendance"], totals["study_sessions"]) == (300, 3)


def test_a_later_decision_still_knows_what_arrived(folder: Path) -> None:
    for new in ("300", "310"):
        run("decide", "--unit", "武进区", "--field", "study_attendance", "--new", new, *WHY, "--quiet")
    assert [line.split(",")[7:9] for line in lines(folder)[1:]] == [["三百来人", "300"], ["三百来人", "310"]]


def test_an_old_value_may_be_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--unit", "xinbei", "--field", "study_attendance", "--new", "7", "--old", "-5")
    assert run("decide", *options, *WHY, "--when", "2022年6月30日") == 0
    assert lines(folder)[1] == "改值,,xinbei,progress,,study_attendance,,'-5,7,电话核实,李样例,2022-06-30"
    assert "decision-unused" in codes(validated(capsys), severity="warning")


@pytest.mark.parametrize("file", ["新建文件夹/副本.xlsx", "submissions/新建文件夹/副本.xlsx", r"新建文件夹\副本.xlsx"])
def test_a_file_is_left_out(folder: Path, capsys: pytest.CaptureFixture[str], file: str) -> None:
    assert run("decide", "--drop", file, *WHY) == 0
    assert lines(folder)[1].startswith("剔除,新建文件夹/副本.xlsx,")
    data = validated(capsys)
    assert [each["status"] for each in data["files"]] == ["ignored"]
    assert codes(data, severity="info") == {"decision-file-out"}


def test_a_finding_is_accepted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "late" in codes(validated(capsys), severity="warning")
    assert run("decide", "--accept", "late", "--unit", "wujin", "--file", "新建文件夹/副本.xlsx", *WHY) == 0
    data = validated(capsys)
    assert "late" not in codes(data, severity="warning")
    [accepted] = [each for each in data["findings"] if each["code"] == "decision-accepted"]
    assert "late by 3 days" in str(accepted["message"])


def test_a_written_name_is_decided(
    folder: Path, campaign: Campaign, progress: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    values = progress_values(progress, unit="常武工信")
    filled_workbook(campaign, progress, values).save(folder / "submissions" / "1.xlsx")
    assert "unit-unknown" in codes(validated(capsys), severity="error")
    assert run("decide", "--name", " 常武 工信", "--unit", "新北区", *WHY) == 0
    assert lines(folder)[1].startswith("认单位,,xinbei,,,,,常武 工信,,电话核实,")
    data = validated(capsys)
    assert {each["path"]: each["unit"] for each in data["files"]}["1.xlsx"] == "xinbei"
    assert "unit-decided" in codes(data, severity="info")
    assert not {"decision-unused", "unit-unknown"} & (codes(data, severity="warning") | codes(data, severity="error"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--unit", "wujin"], "--new, --name, --drop, --accept"),
        (["--new", "5", "--drop", "x"], "--new, --name, --drop, --accept"),
        (["--drop", "x", "--unit", "wujin"], "--unit does not go with --drop"),
        (["--name", "常武", "--unit", "溧阳"], "the unit “溧阳” is not in the list"),
        (["--name", "常武"], "unit"),
        (["--new", "5", "--unit", "wujin"], "field"),
        (["--new", "约5", "--unit", "wujin", "--field", "study_sessions"], "cannot be read for certain"),
        (["--new", "5", "--unit", "wujin", "--field", "study"], "the field “study” is not known"),
        (["--new", "5", "--unit", "xinbei", "--field", "study_sessions"], "no accepted 附件3"),
        (["--drop", "副本.xlsx"], "none of the files"),
        (["--accept", "late", "--file", "副本.xlsx"], "none of the files"),
        (["--accept", "too-late"], "no code of a finding"),
        (["--accept", "late", "--form", "附件9"], "the form “附件9” is not known"),
        (["--accept", "late", "--when", "昨天"], "“昨天” is no day"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(folder: Path, arguments: list[str], expected: str) -> None:
    with pytest.raises(UserError, match=expected):
        run("decide", *arguments, *WHY)
    assert not (folder / "decisions.csv").exists()


@pytest.mark.parametrize("given", [("--reason", "理由"), ("--by", "李样例"), ("--by", "李样例", "--reason", " ")])
def test_reason_and_name_are_always_needed(folder: Path, given: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="is missing"):
        run("decide", "--accept", "late", *given)


def test_a_mistake_that_is_there_comes_first(folder: Path) -> None:
    before = "类型,问题代码,理由,认定人\n采用,nonsense,理由,李样例\n"
    (folder / "decisions.csv").write_text(before, encoding="utf-8")
    for command in (("decide", "--accept", "late", *WHY), ("validate",), ("summarize", "--out", "r.json")):
        with pytest.raises(UserError, match=r"decisions\.csv:2: .*nonsense"):
            run(*command)
    assert (folder / "decisions.csv").read_text(encoding="utf-8") == before


def test_a_workbook_of_decisions_is_not_touched(folder: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["kind", "reason", "by"])
    workbook.save(folder / "decisions.xlsx")
    with pytest.raises(UserError, match=r"kept in decisions\.xlsx"):
        run("decide", "--accept", "late", *WHY)
    assert not (folder / "decisions.csv").exists()


def test_every_option_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    command = next(each for each in build_app().registered_commands if each.name == "decide")
    assert command.help
    run("decide", "--help")
    shown = capsys.readouterr().out
    for option in ("new", "name", "drop", "accept", "unit", "field", "old", "form", "round", "file", "when", "by"):
        assert f"--{option}" in shown


def test_the_guide_names_every_finding_of_decisions_that_needs_doing() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "decisions.md").read_text(encoding="utf-8")
    for code in ("decision-outdated", "decision-unused"):
        assert code in CATALOGUE
        assert code in guide


def test_what_checks_found_can_be_accepted_by_a_program_that_has_just_begun(folder: Path) -> None:
    """The codes of the checks are known before the decisions are read, which may name them already."""
    arguments = ("-m", "anquanyue", "decide", "--accept", "figures-identical", "--unit", "wujin", *WHY)
    source = str(Path(anquanyue.__file__).parents[1])
    for _time in range(2):
        subprocess.run([sys.executable, *arguments], check=True, env={**os.environ, "PYTHONPATH": source})
    assert len(lines(folder)) == 3
