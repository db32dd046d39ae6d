import dataclasses

import pytest

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.checking.attribution import attribute
from anquanyue.checking.names import normal_name
from anquanyue.decisions import Decision
from anquanyue.reading.submission import Entry, Submission
from anquanyue.writing.stamp import Stamp

ROSTER = Roster(
    (
        Unit(code="wujin", name="武进区工信局", aliases=("武进区",)),
        Unit(code="xinbei", name="新北区经发局", aliases=("新北区",)),
        Unit(code="hutang", name="湖塘镇安监所", parent="wujin"),
    )
)


def sent(name: str, *, stamp: str = "", path: str = "附件3.xlsx", **changes: object) -> Submission:
    submission = Submission(
        path=path,
        form="progress",
        stamp=Stamp(campaign="anquan-2022", form="progress", version=1, unit=stamp),
        entries={"unit": Entry(name, name or None, "附件3!C3")},
    )
    return dataclasses.replace(submission, **changes)  # type: ignore[arg-type]


def attributed(
    campaign: Campaign, *submissions: Submission, roster: Roster | None = ROSTER, **decisions: str
) -> list[tuple[str, str | None, list[str]]]:
    decided = {
        normal_name(name): Decision(kind="name", line=2, old=name, unit=unit, reason="电话核实", by="甲样例")
        for name, unit in decisions.items()
    }
    found = attribute(submissions, campaign, roster, decided)
    for submission in found:
        for finding in submission.findings:
            assert finding.message("en")
            finding.hint("en")
    return [(each.status, each.unit, [finding.code for finding in each.findings]) for each in found]


@pytest.mark.parametrize(
    ("submission", "status", "unit", "codes"),
    [
        (sent("武进区工信局（盖章）"), "accepted", "wujin", []),
        (sent("武进区工信据"), "accepted", "wujin", ["unit-guessed"]),
        (sent("武进区", stamp="wujin"), "accepted", "wujin", []),
        (sent("武进区", stamp="xinbei"), "rejected", "wujin", ["unit-disagrees"]),
        (sent("武进区", stamp="gone"), "rejected", "wujin", ["unit-disagrees"]),
        (sent("武进区工信据", stamp="xinbei"), "rejected", "wujin", ["unit-guessed", "unit-disagrees"]),
        (sent("工信局", stamp="wujin"), "accepted", "wujin", ["unit-guessed"]),
        (sent("样例机械公司", stamp="wujin"), "rejected", "样例机械公司", ["unit-disagrees"]),
        (sent("样例机械公司"), "rejected", "样例机械公司", ["unit-unknown"]),
        (sent("", stamp="wujin"), "accepted", "wujin", ["unit-from-stamp"]),
        (sent("（盖章）", stamp="wujin"), "accepted", "wujin", ["unit-from-stamp"]),
        (sent("", stamp="gone"), "rejected", "gone", ["unit-unknown"]),
        (sent("", path="武进区/附件3.xlsx"), "accepted", "wujin", ["unit-from-path"]),
        (sent("", stamp="wujin", path="新北区/a"), "accepted", "wujin", ["unit-from-stamp", "unit-folder-disagrees"]),
        (sent("", path="附件3.xlsx"), "rejected", None, ["unit-missing"]),
        (sent("武进区", path="新北区/附件3.xlsx"), "accepted", "wujin", ["unit-folder-disagrees"]),
        (sent("湖塘镇安监所", path="武进区/附件3.xlsx"), "accepted", "hutang", []),
        (sent("武进区、新北区合报"), "accepted", "wujin", ["unit-joint"]),
        (sent("武进区、新北区合报", stamp="xinbei", path="新北区/a.xlsx"), "accepted", "wujin", ["unit-joint"]),
        (sent("武进区、新北区合报", stamp="hutang"), "rejected", "wujin", ["unit-joint", "unit-disagrees"]),
        (sent("武进区（代新北区报）", stamp="wujin"), "accepted", "xinbei", ["unit-on-behalf"]),
        (sent("武进区、金坛区合报"), "rejected", "武进区、金坛区合报", ["unit-unknown"]),
    ],
)  # fmt: skip
def test_whose_it_is(
    campaign: Campaign, submission: Submission, status: str, unit: str | None, codes: list[str]
) -> None:
    assert attributed(campaign, submission) == [(status, unit, codes)]


def test_a_joint_report_covers_its_units_in_whatever_order_they_are_named(campaign: Campaign) -> None:
    found = attribute([sent("武进区、新北区合报"), sent("新北区、武进区合报"), sent("武进区")], campaign, ROSTER)
    assert [(each.unit, each.covers) for each in found] == [("wujin", ("wujin", "xinbei"))] * 2 + [("wujin", ())]


def test_a_decision_wins_over_name_and_stamp(campaign: Campaign) -> None:
    submission = sent("武进区（盖章）", stamp="xinbei", path="武进区/a.xlsx")
    expected = ("accepted", "xinbei", ["unit-decided", "unit-folder-disagrees"])
    assert attributed(campaign, submission, 武进区="xinbei") == [expected]
    assert attributed(campaign, sent("样例公司", stamp="wujin"), 样例公司="xinbei")[0][:2] == ("accepted", "xinbei")


def test_a_decided_name_is_known_in_a_joint_report_too(campaign: Campaign) -> None:
    codes = ["unit-decided", "unit-joint"]
    assert attributed(campaign, sent("武进区、样例公司合报"), 样例公司="xinbei") == [("accepted", "wujin", codes)]


def test_what_is_out_already_gets_its_unit_and_nothing_else(campaign: Campaign) -> None:
    rejected = sent("样例公司", status="rejected")
    ignored = sent("武进区", status="ignored")
    assert attributed(campaign, rejected, ignored) == [("rejected", "样例公司", []), ("ignored", "wujin", [])]


def test_a_file_without_a_form_belongs_to_the_unit_that_its_path_names(campaign: Campaign) -> None:
    scan = Submission(path="wujin-武进区工信局/扫描件.pdf", kind="pdf", status="rejected")
    lock = Submission(path="wujin-武进区工信局/~$a.xlsx", status="ignored")
    assert attributed(campaign, scan, lock) == [("rejected", "wujin", []), ("ignored", None, [])]
    assert attributed(campaign, scan, roster=None) == [("rejected", None, [])]


def test_without_a_roster_each_name_is_a_unit_under_its_first_spelling(campaign: Campaign) -> None:
    found = attributed(campaign, sent("武进区 工信局（盖章）"), sent("武进区工信局"), sent("某某公司"), roster=None)
    assert found == [("accepted", "武进区 工信局", [])] * 2 + [("accepted", "某某公司", [])]


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("武进区工信局", "武进区工信据", True),
        ("武进区工信局", "武进区工业和信息化局", True),
        ("样例机械有限公司", "样例机械公司", True),
        ("样例一分厂", "样例二分厂", False),
        ("武进区工信局", "新北区工信局", False),
        ("武进区教育局", "武进区体育局", False),
        ("武进区工信局", "武进区财政局", False),
    ],
)
def test_without_a_roster_near_identical_names_are_a_warning(
    campaign: Campaign, one: str, other: str, similar: bool
) -> None:
    found = attributed(campaign, sent(one), sent(other), sent(other), roster=None)
    assert found == [
        ("accepted", one, []),
        ("accepted", other, ["unit-similar"] if similar else []),
        ("accepted", other, []),
    ]


def test_without_a_roster_stamp_and_decision_count_as_well(campaign: Campaign) -> None:
    submissions = (sent("", stamp="wujin"), sent(""), sent("武进局"), sent("武进区工信局"))
    found = attributed(campaign, *submissions, roster=None, 武进局="武进区 工信局")
    assert found == [
        ("accepted", "wujin", ["unit-from-stamp"]),
        ("rejected", None, ["unit-missing"]),
        ("accepted", "武进区 工信局", ["unit-decided"]),
        ("accepted", "武进区 工信局", []),
    ]


def test_messages_quote_what_was_written(campaign: Campaign) -> None:
    (found,) = attribute([sent("样例公司", stamp="wujin")], campaign, ROSTER)
    message = found.findings[0].message("en")
    assert "样例公司" in message
    assert "武进区工信局" in message
