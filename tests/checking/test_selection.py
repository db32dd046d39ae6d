import datetime
from typing import Any

import pytest

from anquanyue.campaign.model import Campaign
from anquanyue.checking.selection import select
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission
from anquanyue.writing.stamp import Stamp


def sent(path: str, sessions: int = 5, *, date: int = 0, revision: int = 0, **more: Any) -> Submission:
    entries = {"study_sessions": Entry(str(sessions), sessions, "附件3!H6")}
    if date:
        day = datetime.date(2022, 6, date)
        entries["date"] = Entry(day.isoformat(), day, "附件3!I3")
    stamp = Stamp(campaign="anquan-2022", form="progress", version=1, round="once", revision=revision)
    return Submission(
        **({"path": path, "form": "progress", "unit": "wujin", "entries": entries, "stamp": stamp} | more)
    )


def outcome(campaign: Campaign, *submissions: Submission) -> tuple[list[str], list[Finding]]:
    selected = select(submissions, campaign)
    assert [each.path for each in selected] == [each.path for each in submissions]
    counting = [each.path for each in selected if each.status == "accepted"]
    return counting, [finding for each in selected for finding in each.findings]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (sent("b.xlsx", 9, date=28, modified=9), sent("a.xlsx", revision=1, date=1), "superseded-by-revision"),
        (sent("6月20日/b.xlsx", 9, date=9), sent("6月27日/a.xlsx", date=1), "superseded-by-arrival"),
        (sent("b最终.xlsx", 9, date=20, modified=9), sent("a.xlsx", date=27), "superseded-by-date"),
        (sent("附件3.xlsx", 9, modified=9), sent("附件3（更正）.xlsx", modified=1), "superseded-by-name"),
        (sent("附件3v2.xlsx", 9, modified=9), sent("附件3 V3.xlsx", modified=1), "superseded-by-name"),
        (sent("附件3修改.xlsx", 9), sent("附件3最终版.xlsx"), "superseded-by-name"),
        (sent("b.xlsx", 9, modified=1), sent("a.xlsx", modified=9), "superseded-by-file-time"),
    ],
)
def test_the_newest_counts_by_the_most_reliable_sign(
    campaign: Campaign, old: Submission, new: Submission, code: str
) -> None:
    for both in ((old, new), (new, old)):
        counting, findings = outcome(campaign, *both)
        assert counting == [new.path]
        assert [(finding.code, finding.path) for finding in findings] == [(code, old.path)]
        assert "理论学习中心组学习 9→5" in findings[0].message("zh")


def test_a_sign_that_one_of_them_lacks_tells_nothing(campaign: Campaign) -> None:
    dated, later = sent("6月27日/a.xlsx", modified=1), sent("b.xlsx", 9, modified=9)
    assert outcome(campaign, dated, later)[0] == ["b.xlsx"]


def test_the_same_content_under_two_names_is_noted_once(campaign: Campaign) -> None:
    counting, findings = outcome(campaign, sent("a.xlsx"), sent("副本a.xlsx"))
    assert counting == ["a.xlsx"]
    assert [(finding.code, finding.severity) for finding in findings] == [("same-content", "info")]


def test_what_cannot_be_ordered_and_differs_is_an_error_that_says_what_differs(campaign: Campaign) -> None:
    counting, findings = outcome(campaign, sent("a.xlsx", 5), sent("b.xlsx", 6))
    assert counting == ["a.xlsx"]
    assert [(finding.code, finding.severity) for finding in findings] == [("submission-undecided", "error")]
    assert "6→5" in findings[0].message("en")


def test_three_are_put_in_order(campaign: Campaign) -> None:
    counting, findings = outcome(
        campaign, sent("a.xlsx", 1, date=20), sent("b.xlsx", 2, date=27), sent("b更正.xlsx", 3, date=27)
    )
    assert counting == ["b更正.xlsx"]
    assert [finding.code for finding in findings] == ["superseded-by-date", "superseded-by-name"]


def test_other_units_forms_and_rounds_do_not_compete(campaign: Campaign) -> None:
    counting, findings = outcome(
        campaign, sent("a.xlsx"), sent("b.xlsx", unit="xinbei"), sent("c.xlsx", form="liaison"), sent("d", unit=None)
    )
    assert (len(counting), findings) == (4, [])


def test_a_rejected_one_supersedes_nothing(campaign: Campaign) -> None:
    assert outcome(campaign, sent("a.xlsx"), sent("b.xlsx", 6, revision=3, status="rejected"))[0] == ["a.xlsx"]


def test_a_joint_report_does_not_compete_with_a_units_own(campaign: Campaign) -> None:
    joint = sent("a.xlsx", covers=("wujin", "xinbei"), modified=1)
    assert outcome(campaign, joint, sent("b.xlsx", 6, modified=9))[0] == ["a.xlsx", "b.xlsx"]


def test_what_was_wrong_with_a_superseded_one_is_only_a_note(campaign: Campaign) -> None:
    wrong = Finding(code="value-negative", path="a.xlsx", field="study_sessions", value=-3)
    old = sent("a.xlsx", -3, date=20, findings=(wrong,))
    _counting, findings = outcome(campaign, old, sent("b.xlsx", date=27))
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("value-negative", "info"),
        ("superseded-by-date", "info"),
    ]


def test_of_two_that_hold_the_same_the_file_time_decides_nothing(campaign: Campaign) -> None:
    counting, findings = outcome(campaign, sent("副本a.xlsx", modified=9), sent("a.xlsx", modified=1))
    assert counting == ["a.xlsx"]
    assert [finding.code for finding in findings] == ["same-content"]


@pytest.mark.parametrize("name", ["附件3（作废）.xlsx", "附件3草稿.xlsx", "附件3（旧）.xlsx", "填写示例.xlsx"])
def test_a_file_that_says_it_does_not_count_never_wins(campaign: Campaign, name: str) -> None:
    counting, findings = outcome(campaign, sent("附件3.xlsx", 5, date=1), sent(name, 9, date=28, modified=9))
    assert counting == ["附件3.xlsx"]
    assert [finding.code for finding in findings] == ["superseded-by-void"]


def test_a_form_in_another_units_folder_replaces_nothing(campaign: Campaign) -> None:
    strayed = Finding(code="unit-folder-disagrees", path="新北区/b.xlsx", parameters={"name": "a", "folder": "b"})
    counting, findings = outcome(
        campaign, sent("武进区/a.xlsx", date=1), sent("新北区/b.xlsx", 9, date=28, findings=(strayed,))
    )
    assert counting == ["武进区/a.xlsx"]
    assert ("superseded-by-folder", "warning") in [(finding.code, finding.severity) for finding in findings]


def test_a_newer_form_with_far_fewer_figures_is_an_error(campaign: Campaign) -> None:
    full = {key: Entry("3", 3, "附件3!H6") for key in ("study_sessions", "lecture_firms", "home_visits")}
    counting, findings = outcome(campaign, sent("a.xlsx", entries=full), sent("a更正.xlsx", 9))
    assert counting == ["a更正.xlsx"]
    assert [(finding.code, finding.severity) for finding in findings] == [("superseded-by-partial", "error")]
    assert "3" in findings[0].message("en")


def test_who_filled_in_the_figures_makes_no_difference(campaign: Campaign) -> None:
    first, second = (
        sent(path, modified=age, entries={**sent(path).entries, "contact": Entry(name, name, "附件3!E3")})
        for path, age, name in (("a.xlsx", 1, "甲样例"), ("b.xlsx", 2, "…"))
    )
    assert [finding.code for finding in outcome(campaign, first, second)[1]] == ["same-content"]


def test_who_is_the_liaison_does(campaign: Campaign) -> None:
    first, second = (
        sent(path, form="liaison", entries={"name": Entry(name, name, "附件2!C3")}, modified=age)
        for path, age, name in (("a.xlsx", 1, "甲样例"), ("b.xlsx", 2, "乙样例"))
    )
    assert [finding.code for finding in outcome(campaign, first, second)[1]] == ["superseded-by-file-time"]
