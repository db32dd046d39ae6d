import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.decisions import NO_DECISIONS, Decision, Decisions
from anquanyue.differences import differences, read_summary
from anquanyue.errors import UserError
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reporting.data import summary_data, summary_json
from anquanyue.summary import Summary, summarize

DROPPED = Decision(kind="file", line=3, file="b.xlsx", reason="空报（样例）")
CORRECTED = Decision(kind="value", line=2, unit="a", field="drill_sessions", new="30", reason="电话核实（样例）")


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(None, Path("nowhere"))


def sent(unit: str, number: int | None, path: str = "", decided: str = "") -> Submission:
    entry = Entry("" if number is None else str(number), number, decided or "附件3!D6", decided=bool(decided))
    return Submission(path=path or f"{unit}.xlsx", form="progress", unit=unit, entries={"drill_sessions": entry})


def summary(campaign: Campaign, *submissions: Submission, decisions: Decisions = NO_DECISIONS) -> Summary:
    return summarize(campaign, None, submissions, [], decisions)


def changes(before: Summary, after: Summary) -> list[tuple[Any, ...]]:
    found = differences(summary_data(before), summary_data(after), after)
    return [(each.unit, each.before, each.after, each.cause, each.source) for each in found.changes]


def test_nothing_changed(campaign: Campaign) -> None:
    now = summary(campaign, sent("a", 3))
    found = differences(summary_data(now), summary_data(now), now)
    assert (found.totals, found.changes) == ({}, ())


def test_every_total_that_changed_and_the_submission_that_did_it(campaign: Campaign) -> None:
    before = summary(campaign, sent("a", 3))
    after = summary(campaign, sent("a", 3), sent("b", 4))
    assert differences(summary_data(before), summary_data(after), after).totals == {"drill_sessions": (3, 7)}
    assert changes(before, after) == [("b", None, 4, "new-submission", "b.xlsx")]


def test_another_file_or_another_content(campaign: Campaign) -> None:
    before = summary(campaign, sent("a", 3), sent("b", 4))
    after = summary(campaign, sent("a", 5, "a（更正）.xlsx"), sent("b", 6))
    assert changes(before, after) == [
        ("a", 3, 5, "other-submission", "a（更正）.xlsx"),
        ("b", 4, 6, "file-changed", "b.xlsx"),
    ]


def test_a_decided_value_names_its_decision(campaign: Campaign) -> None:
    decisions = Decisions("decisions.csv", (CORRECTED,))
    before = summary(campaign, sent("a", 3))
    after = summary(campaign, sent("a", 30, decided=decisions.place(CORRECTED)), decisions=decisions)
    (change,) = differences(summary_data(before), summary_data(after), after).changes
    assert (change.cause, change.decision) == ("decision", CORRECTED)
    (back,) = differences(summary_data(after), summary_data(before), before).changes
    assert back.cause == "decision-gone"


def test_a_unit_that_is_out_by_decision_and_one_that_is_simply_gone(campaign: Campaign) -> None:
    before = summary(campaign, sent("a", 3), sent("b", 4), sent("c", 5))
    after = summary(campaign, sent("a", 3), decisions=Decisions("decisions.csv", (DROPPED,)))
    assert changes(before, after) == [("b", 4, None, "file-out", "b.xlsx"), ("c", 5, None, "gone", "c.xlsx")]


def test_what_is_kept_as_json_is_read_again(campaign: Campaign) -> None:
    now = summary(campaign, sent("a", 3))
    assert read_summary(summary_json(now), "old.json", now) == summary_data(now)


def with_one(totals: Any = (), values: Any = (), **more: Any) -> str:
    unit = {"name": "甲", "values": dict(values), "source": "a.xlsx"}
    return json.dumps({"campaign": "anquan-2022", "totals": dict(totals), "units": {"a": unit}} | more)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "null", '{"totals": {}, "units": {"a": 3}}', "[" * 100_000),
        *(with_one({"drill_sessions": each}.items()) for each in ("x", float("inf"), [1])),
        *(with_one(values={"drill_sessions": each}.items()) for each in ("x", 1.5, [1])),
        *(with_one(decided=each) for each in (5, {"a": 5}, {"a": {"drill_sessions": 5}})),
    ],
)
def test_what_is_no_summary_is_refused(campaign: Campaign, text: str) -> None:
    with pytest.raises(UserError, match=r"old\.json: is no summary"):
        read_summary(text, "old.json", summary(campaign))


def test_another_campaign_is_refused(campaign: Campaign) -> None:
    other: Mapping[str, Any] = summary_data(summary(campaign)) | {"campaign": "anquan-2023"}
    with pytest.raises(UserError, match="anquan-2023"):
        read_summary(json.dumps(other), "old.json", summary(campaign))
