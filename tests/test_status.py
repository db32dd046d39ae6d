import dataclasses
import datetime

import pytest

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.decisions import Decision, Decisions
from anquanyue.reading.materials import MaterialFile, MaterialFolder
from anquanyue.reading.submission import Entry, Submission
from anquanyue.status import Matrix, Standing, status

ROSTER = Roster(
    (
        Unit(code="wujin", name="武进区工信局", aliases=("武进区",), group="district"),
        Unit(code="hutang", name="湖塘镇", group="district", parent="wujin"),
        Unit(code="office", name="规划处", group="office"),
    )
)
AFTER = datetime.date(2022, 7, 5)


def sent(path: str = "a.xlsx", day: str = "", **changes: object) -> Submission:
    entries = {"date": Entry(day, datetime.date.fromisoformat(day), "附件3!F2")} if day else {}
    submission = Submission(path=path, form="progress", unit="wujin", round="once", entries=entries)
    return dataclasses.replace(submission, **changes)  # type: ignore[arg-type]


def standing_of(
    campaign: Campaign,
    *submissions: Submission,
    unit: str = "wujin",
    duty: str = "progress",
    each: str = "once",
    as_of: datetime.date = AFTER,
    decisions: Decisions = Decisions(),  # noqa: B008 - frozen
    materials: MaterialFolder | None = None,
) -> Standing:
    matrix = status(campaign, ROSTER, submissions, decisions, materials, as_of)
    return next(
        found for found in matrix.standings if (found.unit.code, found.duty.key, found.round.key) == (unit, duty, each)
    )


def folder(*paths: str) -> MaterialFolder:
    return MaterialFolder(tuple(MaterialFile(path, "picture", 0.0) for path in paths))


def test_in_time_on_the_last_day_and_late_the_day_after(campaign: Campaign) -> None:
    found = standing_of(campaign, sent(day="2022-06-28"))
    assert (found.state, found.days_late, found.first and found.first.source) == ("in-time", 0, "written")
    found = standing_of(campaign, sent(day="2022-07-01"))
    assert (found.state, found.days_late) == ("late", 3)


def test_a_dated_folder_goes_before_the_date_in_the_form_and_that_before_the_time_of_the_file(
    campaign: Campaign,
) -> None:
    noon = datetime.datetime(2022, 6, 30, 12).timestamp()
    found = standing_of(campaign, sent("2022-06-29/a.xlsx", "2022-06-20", modified=noon))
    assert found.first and (found.first.source, found.days_late) == ("received", 1)
    found = standing_of(campaign, sent(day="2022-06-20", modified=noon))
    assert found.first and (found.first.source, found.state) == ("written", "in-time")
    found = standing_of(campaign, sent(modified=noon))
    assert found.first and (found.first.source, found.days_late) == ("file-time", 2)


def test_a_day_far_from_the_campaign_tells_nothing(campaign: Campaign) -> None:
    years_later = datetime.datetime(2026, 1, 1).timestamp()
    found = standing_of(campaign, sent(modified=years_later))
    assert (found.state, found.arrived, found.days_late) == ("undated", None, 0)
    assert standing_of(campaign, sent(day="2012-06-20")).state == "undated"


def test_the_first_of_several_tells_whether_it_was_in_time(campaign: Campaign) -> None:
    first = sent("2022-06-27/a.xlsx", status="superseded")
    corrected = sent("2022-07-02/a.xlsx")
    for submissions in ((first, corrected), (corrected, first)):
        found = standing_of(campaign, *submissions)
        assert (found.state, found.first and found.first.path) == ("in-time", "2022-06-27/a.xlsx")


def test_what_was_rejected_did_not_arrive_and_is_named(campaign: Campaign) -> None:
    found = standing_of(campaign, sent("b.xlsx", "2022-06-20", status="rejected"))
    assert (found.state, found.rejected) == ("missing", ("b.xlsx",))


@pytest.mark.parametrize(
    ("day", "state"), [("2022-06-27", "not-due"), ("2022-06-28", "not-due"), ("2022-06-29", "missing")]
)
def test_nothing_is_missing_before_its_deadline_is_over(campaign: Campaign, day: str, state: str) -> None:
    assert standing_of(campaign, as_of=datetime.date.fromisoformat(day)).state == state


def test_optional_rounds_are_never_missing(campaign: Campaign) -> None:
    found = standing_of(campaign, duty="material", each="opening", materials=folder())
    assert (found.state, found.owed) == ("optional", False)
    found = standing_of(campaign, duty="material", each="opening", materials=folder("武进区/2022-06-01/1.jpg"))
    assert found.state == "in-time"


def test_without_a_folder_material_was_not_looked_for(campaign: Campaign) -> None:
    assert standing_of(campaign, duty="material", each="week1").state == "not-looked-for"
    assert standing_of(campaign, duty="material", each="week1", materials=folder()).state == "missing"


def test_what_a_group_does_not_owe_is_not_missing_but_shown_where_it_came(campaign: Campaign) -> None:
    found = standing_of(campaign, unit="office", duty="liaison")
    assert (found.state, found.owed) == ("not-owed", False)
    came = sent("2022-05-30/a.xlsx", form="liaison", unit="office")
    found = standing_of(campaign, came, unit="office", duty="liaison")
    assert (found.state, found.owed) == ("in-time", False)


def test_a_decision_exempts_from_a_duty_or_from_one_round_of_it(campaign: Campaign) -> None:
    def exempt(each: str = "") -> Decisions:
        decision = Decision(kind="exempt", line=2, unit="wujin", duty="material", round=each)
        return Decisions("decisions.csv", (decision,))

    for decisions, states in ((exempt(), ("exempt", "exempt")), (exempt("week1"), ("exempt", "missing"))):
        found = [
            standing_of(campaign, duty="material", each=each, materials=folder(), decisions=decisions)
            for each in ("week1", "week2")
        ]
        assert tuple(each.state for each in found) == states
        assert not found[0].owed


def test_joint_and_including_reports_count_for_all_they_report_for(campaign: Campaign) -> None:
    joint = sent("2022-06-20/a.xlsx", covers=("wujin", "hutang"))
    found = standing_of(campaign, joint, unit="hutang")
    assert found.first and (found.state, found.first.means) == ("in-time", "joint")
    including = sent("2022-06-20/a.xlsx", includes_children=True)
    found = standing_of(campaign, including, unit="hutang")
    assert found.first and (found.state, found.first.means) == ("in-time", "parent")
    assert standing_of(campaign, sent("2022-06-20/a.xlsx"), unit="hutang").state == "missing"


def test_material_is_counted_by_kind_and_late_for_the_round_that_is_named(campaign: Campaign) -> None:
    files = [("武进区/2022-06-10/第1周/1.jpg", "picture"), ("武进区/2022-06-10/第1周/2.mp4", "video")]
    materials = MaterialFolder(tuple(MaterialFile(path, kind, 0.0) for path, kind in files))
    found = standing_of(campaign, duty="material", each="week1", materials=materials)
    assert (found.state, found.days_late) == ("late", 2)
    assert found.files == {"video": 1, "picture": 1, "document": 0, "other": 0}


def matrix_of(campaign: Campaign, *submissions: Submission, materials: MaterialFolder | None = None) -> Matrix:
    return status(campaign, ROSTER, submissions, Decisions(), materials, AFTER)


def test_completeness_and_timeliness_are_shares_of_those_that_owe(campaign: Campaign) -> None:
    late = sent("2022-07-01/a.xlsx", unit="office")
    matrix = matrix_of(campaign, sent("2022-06-20/a.xlsx"), late)
    tally = next(each for each in matrix.tallies if each.duty.key == "progress")
    assert (tally.owing, tally.reported, tally.in_time) == (3, 2, 1)
    assert tally.completeness == pytest.approx(2 / 3)
    assert tally.timeliness == pytest.approx(1 / 3)
    liaison = next(each for each in matrix.tallies if each.duty.key == "liaison")
    assert (liaison.owing, liaison.reported) == (2, 0)  # An office owes none.
    not_looked_for = next(each for each in matrix.tallies if each.duty.key == "report")
    assert not_looked_for.completeness is None


def test_nothing_is_lost(campaign: Campaign) -> None:
    paths = ("武进区/2022-06-08/1.jpg", "武进区/1.jpg", "1.jpg")
    matrix = matrix_of(campaign, sent(round=""), materials=folder(*paths))
    counted = sum(sum(each.files.values()) for each in matrix.standings)
    assert counted + len(matrix.unattributed) == len(paths)
    assert [each.path for each in matrix.unplaced] == ["a.xlsx"]
    assert sum(matrix.counts.values()) == len(matrix.standings) == 3 * 8
