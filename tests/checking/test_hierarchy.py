import dataclasses

import pytest

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.checking import check
from anquanyue.checking.checks import not_reported
from anquanyue.checking.context import Context
from anquanyue.checking.hierarchy import reported, settle
from anquanyue.reading.submission import Entry, Submission
from anquanyue.summary import summarize
from rounds_campaign import weekly

ROSTER = Roster(
    (
        Unit(code="city", name="样例市局"),
        Unit(code="wujin", name="武进区", parent="city"),
        Unit(code="hutang", name="湖塘镇", parent="wujin"),
        Unit(code="henglin", name="横林镇", parent="wujin"),
        Unit(code="xinbei", name="新北区"),
    )
)


def sent(unit: str, *covers: str, form: str = "progress", **changes: object) -> Submission:
    submission = Submission(path=f"{unit}{len(covers)}.xlsx", form=form, unit=unit, covers=covers, round="once")
    return dataclasses.replace(submission, **changes)  # type: ignore[arg-type]


def settled(campaign: Campaign, *submissions: Submission, roster: Roster = ROSTER) -> list[tuple[str, list[str]]]:
    found = settle(submissions, campaign, roster)
    assert [each.path for each in found] == [each.path for each in submissions]
    for finding in (finding for each in found for finding in each.findings):
        assert finding.message("en")
        finding.hint("en")
    return [(each.status, [finding.code for finding in each.findings]) for each in found]


def saying(includes: bool | None) -> Roster:
    units = (dataclasses.replace(each, includes_children=includes if each.parent else None) for each in ROSTER.units)
    return Roster(tuple(units))


COUNTS = ("accepted", [])
INCLUDED = ("superseded", ["children-included"])
UNDECLARED = ("superseded", ["children-undeclared"])
OVERLAP = ("superseded", ["unit-joint-overlap"])


@pytest.mark.parametrize(
    ("form_says", "roster_says", "child"),
    [
        (True, None, INCLUDED),
        (None, True, INCLUDED),
        (False, None, COUNTS),
        (None, False, COUNTS),
        (None, None, UNDECLARED),
    ],
)
def test_a_child_counts_unless_its_parent_includes_it_or_says_nothing(
    campaign: Campaign, form_says: bool | None, roster_says: bool | None, child: tuple[str, list[str]]
) -> None:
    parent = sent("wujin", includes_children=form_says)
    assert settled(campaign, sent("hutang"), parent, roster=saying(roster_says)) == [child, COUNTS]


@pytest.mark.parametrize(("form_says", "child"), [(True, INCLUDED), (False, COUNTS)])
def test_the_form_wins_over_the_roster_with_a_warning(
    campaign: Campaign, form_says: bool, child: tuple[str, list[str]]
) -> None:
    parent = sent("wujin", includes_children=form_says)
    assert settled(campaign, sent("hutang"), parent, roster=saying(not form_says)) == [
        child,
        ("accepted", ["children-disagree"]),
    ]


def test_an_alone_child_counts_whatever_its_parent_would_say(campaign: Campaign) -> None:
    assert settled(campaign, sent("hutang"), roster=saying(True)) == [COUNTS]
    rejected = sent("wujin", status="rejected", includes_children=True)
    assert settled(campaign, sent("hutang"), rejected) == [COUNTS, ("rejected", [])]


@pytest.mark.parametrize(
    ("city", "wujin", "expected"),
    [
        (True, None, [COUNTS, INCLUDED, INCLUDED]),
        (False, True, [COUNTS, COUNTS, INCLUDED]),
        (False, False, [COUNTS, COUNTS, COUNTS]),
        (None, False, [COUNTS, UNDECLARED, UNDECLARED]),
    ],
)
def test_several_levels(
    campaign: Campaign, city: bool | None, wujin: bool | None, expected: list[tuple[str, list[str]]]
) -> None:
    submissions = (sent("city", includes_children=city), sent("wujin", includes_children=wujin), sent("hutang"))
    assert settled(campaign, *submissions) == expected


def test_a_grandparent_includes_a_grandchild_though_nothing_came_from_between(campaign: Campaign) -> None:
    assert settled(campaign, sent("city", includes_children=True), sent("hutang")) == [COUNTS, INCLUDED]


def test_a_liaison_is_nobody_elses(campaign: Campaign) -> None:
    assert settled(campaign, sent("wujin", form="liaison"), sent("hutang", form="liaison")) == [COUNTS, COUNTS]


def test_another_form_includes_nothing(campaign: Campaign) -> None:
    parent = sent("wujin", form="liaison", includes_children=True)
    assert settled(campaign, parent, sent("hutang")) == [COUNTS, COUNTS]


def test_a_joint_report_counts_before_the_own_reports_of_its_units(campaign: Campaign) -> None:
    submissions = (sent("wujin"), sent("wujin", "wujin", "xinbei"), sent("xinbei"), sent("hutang"))
    assert settled(campaign, *submissions, roster=saying(False)) == [OVERLAP, COUNTS, OVERLAP, COUNTS]


def test_of_two_joint_reports_that_overlap_the_larger_counts(campaign: Campaign) -> None:
    submissions = (sent("hutang", "hutang", "xinbei"), sent("xinbei", "xinbei", "wujin", "henglin"))
    assert settled(campaign, *submissions, roster=saying(False)) == [OVERLAP, COUNTS]


def test_in_another_round_or_form_nothing_overlaps(campaign: Campaign) -> None:
    joint = sent("wujin", "wujin", "xinbei")
    assert settled(campaign, joint, sent("xinbei", round="week1"), sent("xinbei", form="liaison")) == [COUNTS] * 3


def test_children_that_report_together_are_included_together(campaign: Campaign) -> None:
    parent = sent("wujin", includes_children=True)
    assert settled(campaign, parent, sent("hutang", "hutang", "henglin")) == [COUNTS, INCLUDED]
    assert settled(campaign, parent, sent("hutang", "hutang", "xinbei")) == [COUNTS, OVERLAP]


def test_a_roster_that_goes_in_a_circle_supersedes_nothing(campaign: Campaign) -> None:
    circle = Roster((Unit(code="a", name="甲", parent="b"), Unit(code="b", name="乙", parent="a")))
    assert settled(campaign, sent("a", includes_children=True), sent("b"), roster=circle) == [COUNTS, COUNTS]


def absent(campaign: Campaign, submissions: list[Submission], roster: Roster = ROSTER) -> list[str | None]:
    return [
        each.unit
        for each in not_reported.check(Context(campaign, roster, tuple(submissions)))
        if each.form == "progress"
    ]


def test_who_is_covered_is_not_missing(campaign: Campaign) -> None:
    assert absent(campaign, [sent("wujin", "wujin", "xinbei")]) == ["city", "hutang", "henglin"]
    assert absent(campaign, [sent("wujin", includes_children=True)]) == ["city", "xinbei"]
    assert absent(campaign, [sent("wujin")], saying(True)) == ["city", "xinbei"]
    assert absent(campaign, [sent("wujin", includes_children=False)], saying(True)) == [
        "city", "hutang", "henglin", "xinbei",
    ]  # fmt: skip
    assert absent(campaign, [sent("wujin", status="rejected", includes_children=True)]) == [
        unit.code for unit in ROSTER.units
    ]


def test_a_child_that_does_not_count_was_received_all_the_same(campaign: Campaign) -> None:
    found = settle([sent("hutang"), sent("wujin")], campaign, ROSTER)
    assert absent(campaign, found) == ["city", "henglin", "xinbei"]
    assert reported(found, campaign, ROSTER)["progress"]["hutang"] == "hutang0.xlsx"


def test_the_summary_takes_covered_units_for_reported(campaign: Campaign) -> None:
    submissions = [sent("wujin", "wujin", "xinbei", includes_children=True), sent("city")]
    summary = summarize(campaign, ROSTER, submissions, [])
    assert summary.not_reported == ()
    assert summary.reporting["progress"] == (5, 5)
    assert summary.received["progress"]["henglin"] == "wujin2.xlsx"
    assert set(summary.merged.sources) == {"wujin", "city"}


def filled(unit: str, path: str, includes_children: bool | None = None) -> Submission:
    return Submission(
        path=path,
        form="progress",
        entries={"unit": Entry(unit, unit, "附件3!C3"), "study_sessions": Entry("3", 3, "附件3!D6")},
        includes_children=includes_children,
    )


def test_the_whole_check_loses_no_submission_and_counts_no_figure_twice(campaign: Campaign) -> None:
    submissions = [
        filled("武进区", "a.xlsx", includes_children=True),
        filled("湖塘镇", "b.xlsx"),
        filled("样例市局、新北区合报", "c.xlsx", includes_children=False),
        filled("新北区", "d.xlsx"),
        filled("样例市局", "e.xlsx"),
        filled("样例一厂", "f.xlsx"),
    ]
    checked = check(submissions, campaign, ROSTER)
    assert [(each.path, each.status) for each in checked.submissions] == [
        ("a.xlsx", "accepted"),
        ("b.xlsx", "superseded"),
        ("c.xlsx", "accepted"),
        ("d.xlsx", "superseded"),
        ("e.xlsx", "superseded"),
        ("f.xlsx", "rejected"),
    ]
    summary = summarize(campaign, ROSTER, checked.submissions, checked.findings)
    assert summary.totals["study_sessions"] == 6
    assert summary.not_reported == ()
    codes = {finding.code for finding in checked.findings}
    assert {"children-included", "unit-joint", "unit-joint-overlap", "unit-unknown"} <= codes


@pytest.mark.parametrize(
    ("asked", "child"),
    [
        (weekly(), INCLUDED),
        (weekly("period"), COUNTS),
        (weekly(by_round=("study_sessions",)), ("superseded", ["children-of-other-round"])),
    ],
)
def test_a_round_that_the_parent_did_not_report_is_in_its_figures_only_where_they_are_cumulative(
    asked: Campaign, child: tuple[str, list[str]]
) -> None:
    parent = sent("wujin", includes_children=True, round="week2")
    assert settled(asked, sent("hutang", round="week1"), parent) == [child, COUNTS]
    assert settled(asked, sent("hutang", round="week2"), parent) == [INCLUDED, COUNTS]
