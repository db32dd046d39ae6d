import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.decisions import Decision, Decisions
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Status, Submission, Value
from anquanyue.summary import summarize
from rounds_campaign import weekly

ROSTER = Roster(
    (
        Unit(code="safety", name="安全处", group="office"),
        Unit(code="wujin", name="武进区", group="district"),
        Unit(code="liyang", name="溧阳市", group="district"),
        Unit(code="free", name="某公司"),
    )
)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(None, Path("nowhere"))


def submission(
    unit: str, values: Mapping[str, Value | None], *, form: str = "progress", status: Status = "accepted"
) -> Submission:
    entries = {key: Entry("?" if value is None else str(value), value, "附件3!D6") for key, value in values.items()}
    return Submission(path=f"{unit}-{form}.xlsx", form=form, unit=unit, entries=entries, status=status)


def test_totals_are_the_sum_of_what_could_be_read(campaign: Campaign) -> None:
    sent = [
        submission("wujin", {"study_sessions": 3, "film_studied": True}),
        submission("liyang", {"study_sessions": 4, "film_studied": False}),
        submission("free", {"study_sessions": None, "film_studied": True}),
    ]
    summary = summarize(campaign, ROSTER, sent, [])
    assert summary.totals["study_sessions"] == 7
    assert summary.missing["study_sessions"] == 1
    assert summary.totals["film_studied"] == 2
    assert summary.missing["film_studied"] == 0
    assert summary.totals["drill_sessions"] == 0
    assert summary.missing["drill_sessions"] == 3
    assert len(summary.totals) == len(summary.missing) == 42


def test_totals_hold_figures_only(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [submission("wujin", {"contact": "某人", "phone": "1"})], [])
    assert not {"contact", "phone", "date", "unit"} & set(summary.totals)


def test_nothing_sent_is_a_summary_too(campaign: Campaign) -> None:
    summary = summarize(campaign, ROSTER, [], [])
    assert set(summary.totals.values()) == set(summary.missing.values()) == {0}
    assert all(type(total) is int for total in summary.totals.values())
    assert summary.reporting == {"liaison": (3, 0), "progress": (4, 0)}


def test_who_has_not_reported_is_listed_by_group(campaign: Campaign) -> None:
    summary = summarize(campaign, ROSTER, [submission("liyang", {}), submission("wujin", {}, status="rejected")], [])
    assert summary.not_reported == ("wujin", "safety", "free")
    assert summary.reporting["progress"] == (4, 1)


def test_a_form_that_a_unit_does_not_owe_is_received_but_not_reckoned(campaign: Campaign) -> None:
    summary = summarize(campaign, ROSTER, [submission("safety", {}, form="liaison")], [])
    assert summary.reporting["liaison"] == (3, 0)
    assert summary.received["liaison"] == {"safety": "safety-liaison.xlsx"}


def test_without_a_roster_those_who_reported_are_named_as_written(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [submission("武进区工信局", {})], [])
    assert summary.names == {"武进区工信局": "武进区工信局"}
    assert summary.not_reported == ()
    assert summary.reporting["progress"] == (1, 1)


def test_the_files_add_up(campaign: Campaign) -> None:
    sent = [submission(status, {}, status=status) for status in ("accepted", "rejected", "ignored", "superseded")]
    summary = summarize(campaign, None, sent, [])
    assert summary.files == {"accepted": 1, "superseded": 1, "rejected": 1, "ignored": 1}


def test_errors_come_first_and_units_in_the_order_of_the_roster(campaign: Campaign) -> None:
    findings = [Finding(code="file-ignored"), Finding(code="late"), Finding(code="file-empty")]
    summary = summarize(campaign, ROSTER, [submission("free", {}), submission("wujin", {})], findings)
    assert [each.code for each in summary.findings] == ["file-empty", "late", "file-ignored"]
    assert summary.units == ("wujin", "free")


def test_rounds_add_up_or_the_last_one_counts_as_the_campaign_says() -> None:
    def week(number: int, unit: str, sessions: int, drills: int) -> Submission:
        sent = submission(unit, {"study_sessions": sessions, "drill_sessions": drills})
        return dataclasses.replace(sent, path=f"{unit}{number}.xlsx", round=f"week{number}")

    sent = [week(1, "wujin", 1, 10), week(1, "liyang", 4, 40), week(2, "wujin", 2, 20), week(3, "wujin", 3, 30)]
    summary = summarize(weekly(by_round=("study_sessions",)), ROSTER, sent, [])
    assert summary.totals["study_sessions"] == 1 + 2 + 3 + 4
    assert summary.totals["drill_sessions"] == 30 + 40
    # 溧阳市 sent nothing for the second and third week.
    assert (summary.missing["study_sessions"], summary.missing["drill_sessions"]) == (1, 0)
    assert summary.units == ("wujin", "liyang")


def test_who_did_what_is_counted_by_field_and_by_item(campaign: Campaign) -> None:
    sent = [
        submission("wujin", {"study_sessions": 3, "study_attendance": 90, "film_studied": True}),
        submission("liyang", {"study_sessions": 0, "study_attendance": 5}),
        submission("free", {"study_sessions": None, "film_studied": False}),
    ]
    summary = summarize(campaign, ROSTER, sent, [])
    item = next(item for item in summary.form.items if "study_sessions" in {blank.key for blank in item.blanks})
    assert summary.active["study_sessions"] == 1
    assert summary.active["film_studied"] == 1
    assert summary.active_items[item.key] == 2
    assert summary.active_items[summary.form.items[-1].key] == 0


def test_a_unit_that_is_excused_owes_nothing(campaign: Campaign) -> None:
    duty = campaign.duty_of(campaign.form("progress")).key
    excused = Decisions("decisions.csv", (Decision(kind="exempt", line=2, unit="wujin", duty=duty),))
    summary = summarize(campaign, ROSTER, [submission("liyang", {})], [], excused)
    assert summary.not_reported == ("safety", "free")
    assert summary.reporting["progress"] == (3, 1)
    assert summary.exempt == {"liaison": set(), "progress": {"wujin"}}


def test_who_leads_is_no_unit_with_a_doubtful_or_approximate_figure(campaign: Campaign) -> None:
    sent = [
        submission("wujin", {"drill_sessions": 90}),
        submission("liyang", {"drill_sessions": 7}),
        submission("free", {"drill_sessions": 9}),
        submission("safety", {"drill_sessions": 0}),
    ]
    doubt = Finding(code="value-outlier", unit="wujin", field="drill_sessions", path="x")
    summary = summarize(campaign, ROSTER, sent, [doubt])
    field = summary.form.field("drill_sessions")
    assert summary.leading(field, 2) == [("free", 9), ("liyang", 7)]
    assert summary.leading(field, 1) == [("free", 9)]


def test_how_things_stood_a_round_before() -> None:
    campaign = weekly()
    rounds = [each.key for each in campaign.duty_of(campaign.form("progress")).rounds]
    key = campaign.form("progress").reported_fields[0].key
    sent = [
        dataclasses.replace(submission("wujin", {key: 3}), path="a.xlsx", round=rounds[0]),
        dataclasses.replace(submission("wujin", {key: 5}), path="b.xlsx", round=rounds[1]),
        dataclasses.replace(submission("liyang", {key: 2}), path="c.xlsx", round=rounds[1]),
    ]
    summary = summarize(campaign, None, sent, [])
    assert summary.round is not None and summary.round.key == rounds[1]
    assert summary.earlier is not None
    assert (summary.earlier.round.key, summary.earlier.totals[key], summary.earlier.units) == (rounds[0], 3, 1)
    assert summarize(campaign, None, sent[:1], []).earlier is None


def test_who_decided_is_in_the_decisions_and_in_no_document(campaign: Campaign) -> None:
    about = {"by": "王样例", "when": "2022-06-30", "reason": "电话核实", "label": "应急演练", "old": "3", "new": "4"}
    decided = Finding(code="decision-applied", unit="wujin", parameters=about)
    (found,) = summarize(campaign, ROSTER, [submission("wujin", {})], [decided]).findings
    assert "王样例" not in found.message("zh")
    assert "协调人于2022-06-30认定" in found.message("zh")
