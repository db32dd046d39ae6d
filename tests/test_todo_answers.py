from pathlib import Path

import openpyxl
import pytest

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.decisions import Decision
from anquanyue.errors import DecisionsError
from anquanyue.todo_answers import ANSWERED, KEYS, Answered, decisions, read_answers

ROSTER = Roster((Unit(code="wujin", name="武进区工信局"), Unit(code="xinbei", name="新北区经发局")))
ABOUT = {"code": "value-refused", "file": "a.xlsx", "unit": "wujin", "form": "progress", "field": "study_sessions"}


def row(
    line: int = 4, *, answer: str = "", value: str = "", reason: str = "核实", by: str = "李样例", **keys: str
) -> Answered:
    texts = dict(zip(ANSWERED, (answer, value, reason, by, "2022-6-30"), strict=True))
    return Answered(line, dict.fromkeys(KEYS, "") | ABOUT | keys, texts)


def made(campaign: Campaign, *rows: Answered, **options: str) -> list[Decision]:
    return decisions(list(rows), "待办.xlsx", options, campaign, ROSTER)


def test_a_value_is_decided_where_it_arrived(campaign: Campaign) -> None:
    (decision,) = made(campaign, row(answer="改值", value="300", old="'-3", round=""))
    assert (decision.kind, decision.unit, decision.form, decision.field) == (
        "value",
        "wujin",
        "progress",
        "study_sessions",
    )
    assert (decision.old, decision.new, decision.file) == ("'-3", "300", "")
    assert (decision.reason, decision.by, decision.when) == ("核实", "李样例", "2022-06-30")


def test_a_name_means_the_unit_anywhere_or_in_its_file_only(campaign: Campaign) -> None:
    anywhere = row(
        4, answer="认单位", value="新北区经发局", code="unit-unknown", field="unit", old="北区", anywhere="1"
    )
    one_file = row(5, answer="认单位", value="xinbei", code="unit-disagrees", field="unit", old="武进区工信局")
    nameless = row(6, answer="认单位", value="xinbei", code="unit-missing", field="unit", file="b.xlsx")
    found = made(campaign, anywhere, one_file, nameless)
    assert [(each.kind, each.unit, each.old, each.file) for each in found] == [
        ("name", "xinbei", "北区", ""),
        ("name", "xinbei", "武进区工信局", "a.xlsx"),
        ("name", "xinbei", "", "b.xlsx"),
    ]


def test_a_file_is_out_its_own_or_the_other_one(campaign: Campaign) -> None:
    own = row(4, answer="剔除", code="form-not-found", form="", field="")
    other = row(5, answer="剔除", value="c.xlsx", code="submission-undecided", field="", file="b.xlsx", other="c.xlsx")
    assert [(each.kind, each.file) for each in made(campaign, own, other)] == [("file", "a.xlsx"), ("file", "c.xlsx")]


def test_a_finding_is_accepted_in_its_file(campaign: Campaign) -> None:
    (decision,) = made(campaign, row(answer="采用", code="value-approximate"))
    assert (decision.kind, decision.code, decision.file, decision.field, decision.unit) == (
        "finding", "value-approximate", "a.xlsx", "study_sessions", "",
    )  # fmt: skip


def test_rows_without_an_answer_are_passed_over_and_options_fill_in_what_is_blank(campaign: Campaign) -> None:
    rows = [row(4, reason=""), row(5, answer="改值", value="3", reason="", by="")]
    (decision,) = made(campaign, *rows, reason="电话核实", by="王样例")
    assert (decision.line, decision.reason, decision.by) == (5, "电话核实", "王样例")


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (row(answer="改值"), "答复 is 改值, but 填写值 is blank"),
        (row(value="300"), "填写值 is filled in, but 答复 is blank"),
        (row(answer="采用"), "“采用” does not answer this; expected one of 改值"),
        (row(answer="改值", value="约300"), "“约300” cannot be read for certain"),
        (row(answer="改值", value="300", reason=""), "说明 is missing"),
        (row(answer="改值", value="300", by=""), "认定人 is missing"),
        (row(answer="认单位", value="溧阳", code="unit-unknown", old="x"), "“溧阳” is not in the list of units"),
        (row(answer="采用", value="300", code="value-aligned"), "“300” cannot stand in 填写值"),
        (row(answer="剔除", code="submission-undecided", other="b.xlsx"), "答复 is 剔除, but 填写值 is blank"),
        (row(answer="剔除", value="c.xlsx", code="submission-undecided", other="b.xlsx"), "“c.xlsx” cannot stand"),
        (row(answer="采用", code="nonsense"), "does not answer this"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(campaign: Campaign, wrong: Answered, expected: str) -> None:
    with pytest.raises(DecisionsError, match=f"待办.xlsx:4: .*{expected}"):
        made(campaign, row(9, answer="改值", value="1", field="study_attendance"), wrong)


def test_all_mistakes_are_named_at_once(campaign: Campaign) -> None:
    with pytest.raises(DecisionsError, match=r"(?s)xlsx:4: .*xlsx:7: "):
        made(campaign, row(4, answer="改值"), row(7, answer="剔除"))


def test_the_same_answer_twice_is_one_and_a_contradiction_is_refused(campaign: Campaign) -> None:
    keys = {"code": "unit-unknown", "field": "unit", "old": "北区", "anywhere": "1"}
    rows = [row(4, answer="认单位", value="xinbei", **keys), row(5, answer="认单位", value="新北区经发局", **keys)]
    assert len(made(campaign, *rows)) == 1
    with pytest.raises(DecisionsError, match=r"待办.xlsx:6: contradicts line 4"):
        made(campaign, *rows, row(6, answer="认单位", value="wujin", **keys))


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["答复", "填写值"])
    workbook.save(tmp_path / "other.xlsx")
    with pytest.raises(DecisionsError, match="no list as validate --todo writes it"):
        read_answers(tmp_path / "other.xlsx")
