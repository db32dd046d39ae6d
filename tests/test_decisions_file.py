import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.decisions import Decision, Decisions
from anquanyue.decisions_file import HEADINGS, load_decisions, parse_decision, with_guard, with_line, without_guard
from anquanyue.errors import UserError
from anquanyue.tables import csv_rows, parse_table

ROSTER = Roster(
    (Unit(code="wujin", name="武进区工信局", aliases=("武进区",)), Unit(code="xinbei", name="新北区经发局"))
)
HEAD = "类型,文件,单位,表,期,指标,问题代码,原值,新值,理由,认定人,日期\n"
VALUE = Decision(
    kind="value", line=2, unit="wujin", form="progress", field="study_attendance",
    old="约120", new="120", reason="电话核实", by="李样例", when="2022-06-29",
)  # fmt: skip


def load(tmp_path: Path, campaign: Campaign, text: str, encoding: str = "utf-8") -> Decisions:
    (tmp_path / "decisions.csv").write_text(text, encoding=encoding)
    return load_decisions(tmp_path, campaign, ROSTER)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_names_and_labels_become_codes_and_keys(tmp_path: Path, campaign: Campaign, encoding: str) -> None:
    line = "改值,,武进区,附件３,活动总结,理论学习中心组学习参与,,约120,120,电话核实,李样例,2022/6/29\n"
    decisions = load(tmp_path, campaign, HEAD + line, encoding)
    assert decisions.lines == (replace(VALUE, round="once"),)


def test_english_headings_in_any_order_serve_as_well(tmp_path: Path, campaign: Campaign) -> None:
    text = "by,Reason,kind,file\n李样例,草稿,FILE,.\\新建文件夹\\副本.xlsx\n"
    [decision] = load(tmp_path, campaign, text).lines
    assert (decision.kind, decision.file, decision.when) == ("file", "新建文件夹/副本.xlsx", "")


def test_a_workbook_serves_as_well(tmp_path: Path, campaign: Campaign) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["类型", "问题代码", "理由", "认定人", "单位"])
    workbook.active.append(["采用", "late", "已说明", "李样例", "wujin"])
    workbook.save(tmp_path / "decisions.xlsx")
    decisions = load_decisions(tmp_path, campaign, ROSTER)
    assert (decisions.name, decisions.lines[0].code) == ("decisions.xlsx", "late")


def test_without_a_file_nothing_is_decided(tmp_path: Path, campaign: Campaign) -> None:
    assert load_decisions(tmp_path, campaign, ROSTER) == Decisions()
    assert load(tmp_path, campaign, "") == Decisions()


def test_two_files_are_refused(tmp_path: Path, campaign: Campaign) -> None:
    (tmp_path / "decisions.xlsx").write_bytes(b"")
    with pytest.raises(UserError, match=r"both decisions\.csv and decisions\.xlsx"):
        load(tmp_path, campaign, HEAD)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("改,,,,,,,,,理由,李样例,", "kind of decision “改” is not known; expected one of 改值"),
        ("改值,,常武,,,study_attendance,,,1,理由,李样例,", "the unit “常武” is not in the list"),
        ("改值,,wujin,,,不知,,,1,理由,李样例,", "the field “不知” is not known"),
        ("改值,,wujin,附件2,,study_attendance,,,1,理由,李样例,", "the field “study_attendance” is not known"),
        ("改值,,wujin,附件9,,study_attendance,,,1,理由,李样例,", "the form “附件9” is not known"),
        ("改值,,wujin,,三期,study_attendance,,,1,理由,李样例,", "the round “三期” is not known"),
        ("改值,,wujin,,,study_attendance,,5,,理由,李样例,", r"新值 \(new\) is missing"),
        ("改值,,wujin,,,study_attendance,,5,约6,理由,李样例,", "“约6” cannot be read for certain"),
        ("改值,,wujin,附件3,,unit,,甲,乙,理由,李样例,", "认单位"),
        ("改值,,,,,study_attendance,,5,6,理由,李样例,", r"单位 \(unit\) is missing"),
        ("认单位,,wujin,,,,,,,理由,李样例,", r"原值 \(old\) is missing"),
        ("剔除,,,,,,,,,理由,李样例,", r"文件 \(file\) is missing"),
        ("采用,,,,,,lat,,,理由,李样例,", "“lat” is no code"),
        ("采用,,,,,,decision-outdated,,,理由,李样例,", "is no code"),
        ("采用,,,,,,late,,,,李样例,", r"理由 \(reason\) is missing"),
        ("采用,,,,,,late,,,理由,,", r"认定人 \(by\) is missing"),
        ("采用,,,,,,late,,,理由,李样例,2022-6-31", "“2022-6-31” is no day"),
        ("采用,,,,,,late,,,核实,已确认,李样例,2022-6-30", "more than the headings"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, campaign: Campaign, line: str, expected: str) -> None:
    with pytest.raises(UserError, match=rf"decisions\.csv:3: .*{expected}"):
        load(tmp_path, campaign, f"{HEAD}\n{line}\n")


def test_a_label_of_several_fields_needs_the_key(tmp_path: Path, campaign: Campaign) -> None:
    first, second, *others = campaign.form("progress").fields
    form = replace(campaign.form("progress"), fields=(first, replace(second, label=first.label), *others))
    doubled = replace(campaign, forms=(campaign.form("liaison"), form))
    with pytest.raises(UserError, match=f"means several fields .*{second.key}"):
        load(tmp_path, doubled, f"{HEAD}采用,,,,,{first.label},late,,,理由,李样例,\n")


def test_a_misspelt_heading_is_refused(tmp_path: Path, campaign: Campaign) -> None:
    with pytest.raises(UserError, match="the heading “原來值” is not known"):
        load(tmp_path, campaign, "类型,原來值,理由,认定人\n")
    with pytest.raises(UserError, match="the heading “by” is missing"):
        load(tmp_path, campaign, "类型,理由\n")


def test_a_new_file_is_for_excel(campaign: Campaign) -> None:
    data = with_line(b"", VALUE)
    assert data.startswith(b"\xef\xbb\xbf" + HEAD.strip().encode() + b"\r\n")
    assert data.endswith("改值,,wujin,progress,,study_attendance,,约120,120,电话核实,李样例,2022-06-29\r\n".encode())


@pytest.mark.parametrize(
    "old",
    [
        HEAD.encode("gbk"),
        HEAD.encode(),
        b"\xef\xbb\xbf" + HEAD.strip().encode(),
        b"by,reason,when,new,old,field,form,unit,kind\r\nA,B,,,,,,,\r\n",
    ],
)
def test_what_is_there_stays_byte_for_byte(tmp_path: Path, campaign: Campaign, old: bytes) -> None:
    data = with_line(old, VALUE)
    assert old in data
    row = parse(data)[-1]
    assert parse_decision(row, 2, campaign, ROSTER) == VALUE


def parse(data: bytes):
    table = parse_table(csv_rows(data, "decisions.csv"), "decisions.csv", HEADINGS)
    assert table is not None
    return [row for _line, row in table.rows]


def test_a_line_that_does_not_fit_is_not_added() -> None:
    with pytest.raises(UserError, match="the heading “指标” is missing"):
        with_line("类型,理由,认定人,单位,新值,原值,表\n".encode(), VALUE)
    with pytest.raises(UserError, match="quote that does not end"):
        with_line((HEAD + '采用,,,,,,late,,,理由,李样例,"2022').encode(), VALUE)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_every_text_comes_back_and_none_is_a_formula(campaign: Campaign, text: str) -> None:
    text = text.strip()
    data = with_line(with_line(b"", VALUE), replace(VALUE, old=text))
    raw = list(csv_rows(data, "decisions.csv"))[-1][1][7]
    assert not raw.startswith(tuple("=+-@＝＋－＠"))
    assert parse_decision(parse(data)[-1], 2, campaign, ROSTER).old == text


@pytest.mark.parametrize("text", ["-5", "=1+1", "'", "''=", "@x", "＝1", "'tis", "5"])
def test_a_guard_comes_off_again(text: str) -> None:
    assert without_guard(with_guard(text)) == text


@pytest.mark.parametrize("text", ["-5", "=1+1", "'", "'tis"])
def test_what_a_person_typed_without_a_guard_is_read_as_it_is(text: str) -> None:
    assert without_guard(text) == text


@pytest.mark.parametrize(
    ("form", "duty", "asked"),
    [
        ("附件3", "progress", "progress"),
        ("liaison", "liaison", "liaison"),
        ("总结报告", "report", ""),
        ("material", "material", ""),
    ],
)
def test_an_exemption_is_from_a_form_or_from_a_duty_without_one(
    tmp_path: Path, campaign: Campaign, form: str, duty: str, asked: str
) -> None:
    [decision] = load(tmp_path, campaign, HEAD + f"豁免,,武进区,{form},,,,,,停产,李样例,\n").lines
    assert (decision.kind, decision.unit, decision.duty, decision.form) == ("exempt", "wujin", duty, asked)


def test_an_exemption_may_be_from_one_round(tmp_path: Path, campaign: Campaign) -> None:
    lines = "exempt,,wujin,material,第1周（6月8日）,,,,,停产,李样例,\nexempt,,wujin,附件3,once,,,,,停产,李样例,\n"
    # Of a duty with a single round nothing else is left to send.
    assert [each.round for each in load(tmp_path, campaign, HEAD + lines).lines] == ["week1", ""]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("豁免,,武进区,,,,,,,停产,李样例,", r"csv:2: 表 \(form\) is missing"),
        (
            "豁免,,武进区,附件4,,,,,,停产,李样例,",
            "csv:2: nobody owes “附件4”; expected one of 附件2、每周活动资料、总结报告、附件3",
        ),
        ("豁免,,武进区,material,第9周,,,,,停产,李样例,", "csv:2: the round “第9周” is not known"),
        ("豁免,,规划处,附件2,,,,,,停产,李样例,", "csv:2: 规划处 does not owe “联络员反馈表”"),
    ],
)
def test_an_exemption_that_is_wrong_names_file_and_line(
    tmp_path: Path, campaign: Campaign, line: str, expected: str
) -> None:
    roster = Roster((*ROSTER.units, Unit(code="planning", name="规划处", group="office")))
    (tmp_path / "decisions.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(UserError, match=expected):
        load_decisions(tmp_path, campaign, roster)


def test_an_exemption_is_written_with_its_duty(tmp_path: Path, campaign: Campaign) -> None:
    decision = Decision(
        kind="exempt", line=2, unit="wujin", duty="material", round="week1", reason="停产", by="李样例"
    )  # fmt: skip
    (tmp_path / "decisions.csv").write_bytes(with_line(b"", decision))
    assert load_decisions(tmp_path, campaign, ROSTER).lines == (decision,)


def test_a_message_does_not_say_what_is_about_a_person(tmp_path: Path, campaign: Campaign) -> None:
    line = "改值,,武进区,附件3,,phone,,0519-85550001,没有号码1380,电话核实,李样例,\n"
    with pytest.raises(UserError, match="the new value “…” cannot be read for certain"):
        load(tmp_path, campaign, HEAD + line)


def test_what_only_a_check_finds_can_be_accepted_by_every_command(tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_text("类型,问题代码,理由,认定人\n采用,late,已说明,李样例\n", encoding="utf-8")
    # In a process of its own, in which nobody imported the checks before.
    script = (
        "from pathlib import Path; from anquanyue.campaign.loader import load_campaign as campaign; "
        "from anquanyue.decisions_file import load_decisions; "
        "print(load_decisions(Path(), campaign(None, Path()), None).lines[0].code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("late", "")
