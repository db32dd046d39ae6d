import dataclasses
from typing import Any

import pytest

from anquanyue.checking.checks.tenfold import check
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission
from rounds_campaign import weekly
from sending import context, sent

CAMPAIGN = weekly(by_round=("study_sessions",))
FORM = CAMPAIGN.form("progress")


def week(number: int, figure: int | None, key: str = "drill_sessions", **more: Any) -> Submission:
    submission = sent(FORM, values={key: figure}, round=f"week{number}")
    return dataclasses.replace(submission, path=f"{number}.xlsx", **more)


def found(*submissions: Submission) -> list[Finding]:
    return list(check(context(CAMPAIGN, *submissions)))


@pytest.mark.parametrize("key", ["drill_sessions", "study_sessions"])
def test_ten_times_the_figure_before_is_a_warning(key: str) -> None:
    (finding,) = found(week(1, 120, key), week(2, 1300, key), week(3, 1300, key))
    assert (finding.code, finding.severity, finding.path, finding.value) == ("tenfold", "warning", "2.xlsx", 1300)
    assert "120 (第1周, 1.xlsx)" in finding.message("en")


@pytest.mark.parametrize(("before", "after"), [(120, 1199), (1, 19), (0, 500), (None, 500), (1300, 120)])
def test_less_or_small_or_from_nothing_is_fine(before: int | None, after: int) -> None:
    assert found(week(1, before), week(2, after)) == []


def test_what_was_decided_is_settled() -> None:
    decided = {"drill_sessions": Entry("130", 1300, "decisions.csv:2", decided=True)}
    assert found(week(1, 120), week(2, None, entries=decided)) == []
