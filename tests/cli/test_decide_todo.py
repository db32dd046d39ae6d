"""From what arrived to the list, the answers, the decisions, and what is settled by them."""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from anquanyue.cli.app import build_app
from anquanyue.errors import UserError
from anquanyue.reading import office

ARRIVALS = Path(__file__).parents[1] / "arrivals"
WHO = {"说明": "电话核实", "认定人": "李样例"}


def run(*arguments: str) -> int:
    return build_app()(list(arguments), standalone_mode=False) or 0


def validated(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    capsys.readouterr()
    run("validate", "--format", "json", "--quiet", *options)
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    for name in ("写法", "单位", "版式"):
        shutil.copytree(ARRIVALS / "files" / name, tmp_path / "submissions" / name)
    shutil.copy(ARRIVALS / "units.csv", tmp_path)
    return tmp_path


def answer(path: Path, answers: dict[str, dict[str, object]]) -> int:
    """Fill in the rows of those codes; how many there were."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["待办"]
    columns = {cell.value: cell.column for cell in sheet[3] if isinstance(cell, Cell)}
    number = 0
    for row in range(4, sheet.max_row + 1):
        code = sheet.cell(row, columns["code"]).value
        if isinstance(code, str) and code in answers:
            number += 1
            for heading, text in (WHO | answers[code]).items():
                sheet.cell(row, columns[heading]).value = text  # type: ignore[assignment]
    workbook.save(path)
    return number


ANSWERS: dict[str, dict[str, object]] = {
    "unit-unknown": {"答复": "认单位", "填写值": "春晖样例化工有限公司"},
    "unit-missing": {"答复": "认单位", "填写值": "u02"},
    "unit-disagrees": {"答复": "认单位", "填写值": "柳岸样例印刷有限公司"},
    "unit-guessed": {"答复": "采用"},
    "unit-from-path": {"答复": "采用"},
    "children-undeclared": {"答复": "采用"},
    "form-other-campaign": {"答复": "剔除"},
    "form-other-year": {"答复": "剔除"},
    "value-not-a-number": {"答复": "改值", "填写值": 300},
    "value-negative": {"答复": "改值", "填写值": "3"},
    "value-date": {"答复": "改值", "填写值": 12},
    "value-formula-without-result": {"答复": "改值", "填写值": 3},
    "value-refused": {"答复": "改值", "填写值": 29},
    "value-not-in-list": {"答复": "改值", "填写值": "是"},
    "value-approximate": {"答复": "采用"},
    "value-maybe-date": {"答复": "改值", "填写值": "44898"},
}


def test_what_is_answered_is_settled(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = validated(capsys, "--todo", "待办.xlsx")
    number = answer(folder / "待办.xlsx", ANSWERS)
    assert number >= len(ANSWERS)
    assert run("decide", "待办.xlsx") == 0
    said = capsys.readouterr().err
    assert f"{number} decisions written into decisions.csv" in said
    assert "rows have no answer yet" in said
    after = validated(capsys)
    assert set(ANSWERS) <= {each["code"] for each in before["findings"]}
    assert not {each["code"] for each in after["findings"]} & {*ANSWERS, "decision-unused", "decision-outdated"}
    units = {each["path"]: (each["unit"], each["status"]) for each in after["files"]}
    assert units["单位/不在名单.xlsx"] == ("u01", "accepted")
    assert units["单位/没人认领.xlsx"] == ("u02", "accepted")
    assert units["单位/转发的表.xlsx"][1] == "accepted"
    assert units["单位/转发的表.xlsx"][0] != "u57"
    assert units["版式/琥珀 别的活动.xlsx"][1] == "ignored"
    rest = Counter(each["severity"] for each in before["findings"])["error"]
    assert after["counts"]["errors"] < rest


def test_running_it_twice_adds_nothing_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validated(capsys, "--todo", "待办.xlsx", "--select", "unit-,value-")
    number = answer(folder / "待办.xlsx", ANSWERS)
    run("decide", "待办.xlsx", "--quiet")
    written = (folder / "decisions.csv").read_bytes()
    assert run("decide", "待办.xlsx") == 0
    assert f"{number} were there already" in capsys.readouterr().err
    assert (folder / "decisions.csv").read_bytes() == written
    answer(folder / "待办.xlsx", {"value-date": {"答复": "改值", "填写值": 13}})
    assert run("decide", "待办.xlsx", "--quiet") == 0
    assert len((folder / "decisions.csv").read_bytes()) > len(written)


def test_answers_not_yet_decided_outlive_the_next_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validated(capsys, "--todo", "待办.xlsx")
    number = answer(folder / "待办.xlsx", ANSWERS)
    validated(capsys, "--todo", "待办.xlsx")
    run("decide", "待办.xlsx")
    assert f"{number} decisions written" in capsys.readouterr().err


def test_one_wrong_answer_and_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validated(capsys, "--todo", "待办.xlsx")
    answer(folder / "待办.xlsx", ANSWERS | {"value-date": {"答复": "改值", "填写值": "约12"}})
    with pytest.raises(UserError, match=r"待办\.xlsx:\d+: the new value “约12” cannot be read for certain"):
        run("decide", "待办.xlsx")
    assert not (folder / "decisions.csv").exists()


def test_options_say_for_all_rows_who_and_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validated(capsys, "--todo", "待办.xlsx")
    answer(folder / "待办.xlsx", {"value-date": {"答复": "改值", "填写值": 12, "说明": None, "认定人": None}})
    with pytest.raises(UserError, match="说明 is missing"):
        run("decide", "待办.xlsx")
    assert run("decide", "待办.xlsx", "--by", "王样例", "--reason", "传真", "--when", "2022-6-30") == 0
    assert (folder / "decisions.csv").read_text(encoding="utf-8-sig").rstrip().endswith("12,传真,王样例,2022-06-30")
    with pytest.raises(UserError, match=r"--drop does not go with 待办\.xlsx"):
        run("decide", "待办.xlsx", "--drop", "a.xlsx")


def test_a_missing_workbook_is_named(folder: Path) -> None:
    with pytest.raises(UserError, match=r"待办\.xlsx: cannot be read"):
        run("decide", "待办.xlsx")
