import re
from pathlib import Path

import openpyxl
import pytest

from anquanyue.campaign.model import Campaign
from anquanyue.campaign.roster import load_roster, parse_roster
from anquanyue.errors import RosterError, UserError


def load(tmp_path: Path, campaign: Campaign, text: str, encoding: str = "utf-8"):
    path = tmp_path / "units.csv"
    path.write_text(text, encoding=encoding)
    roster = load_roster(None, tmp_path, campaign)
    assert roster is not None
    return roster.units


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_chinese_headings_are_read_in_every_encoding_that_excel_saves(
    tmp_path: Path, campaign: Campaign, encoding: str
) -> None:
    units = load(tmp_path, campaign, "编码,名称,别名,类别\nwujin,武进区工信局,武进区;武进,辖市区\n", encoding)
    assert (units[0].code, units[0].name, units[0].group) == ("wujin", "武进区工信局", "district")
    assert units[0].aliases == ("武进区", "武进")


@pytest.mark.parametrize(
    ("cell", "expected"), [("是", True), ("否", False), ("YES", True), ("no", False), ("", None), (" ", None)]
)
@pytest.mark.parametrize("heading", ["含下级", "includes_children"])
def test_a_unit_may_say_whether_its_figures_include_its_children(
    tmp_path: Path, campaign: Campaign, heading: str, cell: str, expected: bool | None
) -> None:
    units = load(tmp_path, campaign, f"编码,名称,{heading},上级\na,甲,{cell},\nb,乙,,a\n")
    assert [unit.includes_children for unit in units] == [expected, None]


def test_a_workbook_serves_as_well(tmp_path: Path, campaign: Campaign) -> None:
    workbook = openpyxl.Workbook()
    for row in (["code", "name"], [101, "武进区工信局"]):
        workbook.active.append(row)
    workbook.save(tmp_path / "units.xlsx")
    roster = load_roster(None, tmp_path, campaign)
    assert roster is not None
    assert roster.units[0].code == "101"


def test_without_a_file_there_is_no_roster(tmp_path: Path, campaign: Campaign) -> None:
    assert load_roster(None, tmp_path, campaign) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code,nam\na,b\n", "units.csv:1: the heading “name” is missing"),
        ("code,name\na,甲\nA,乙\n", "units.csv:3: the code “A” is there already"),
        ("code,name\na,甲\nb,甲\n", "units.csv:3: the name “甲” already means a"),
        ("code,name,group\na,甲,街道\n", "the group “街道” is not in the campaign"),
        ("code,name,parent\na,甲,b\n", "the parent “b” is no other unit's code"),
        ("code,name\na/b,甲\n", "cannot name a folder"),
        ("code,name\n,甲\n", "the code is missing"),
        ("code,name,含下级\na,甲,也许\n", "units.csv:2: 含下级 .* found “也许”"),
        ("", "is empty"),
    ],
)
def test_an_error_names_the_line(tmp_path: Path, campaign: Campaign, text: str, expected: str) -> None:
    with pytest.raises(UserError, match=expected):
        load(tmp_path, campaign, text)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["code,name,parent", "a,甲,b", "b,乙,c", "c,丙,a"], "units.csv:2: a is its own parent, by way of b → c → a"),
        (["code,name,grup", "a,甲,辖市区"], "the heading “grup” is not known; is “group” meant?"),
        (["code,name", "a,样例 厂", "b,样例厂"], "the name “样例厂” already means a"),
    ],
)
def test_what_would_be_lost_in_silence_is_refused(campaign: Campaign, rows: list[str], message: str) -> None:
    numbered = [(line, row.split(",")) for line, row in enumerate(rows, start=1)]
    with pytest.raises(RosterError, match=re.escape(message)):
        parse_roster(numbered, "units.csv", campaign)


def test_other_columns_are_the_users_own(campaign: Campaign) -> None:
    assert parse_roster([(1, ["code", "name", "备注"]), (2, ["a", "甲", "x"])], "units.csv", campaign).units
