import dataclasses
from typing import Any

import pytest

from anquanyue.checking.checks.falling_cumulative import check
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


def test_a_cumulative_figure_that_falls_is_an_error_that_names_both() -> None:
    (finding,) = found(week(2, 240), week(1, 260))
    assert (finding.code, finding.severity, finding.path, finding.value) == ("cumulative-falls", "error", "2.xlsx", 240)
    assert finding.place
    assert "falls from 260 (第1周, 1.xlsx) to 240" in finding.message("en")


@pytest.mark.parametrize(
    "submissions",
    [
        (week(1, 240), week(2, 240), week(3, 300)),
        (week(1, 9, "study_sessions"), week(2, 3, "study_sessions")),
        (week(1, None), week(2, 5)),
        (week(1, 260), week(2, 240, status="superseded")),
        (week(1, 260), week(2, 240, unit="xinbei")),
        (week(1, 260, covers=("wujin", "xinbei")), week(2, 240)),
        (week(1, 260, includes_children=True), week(2, 240, includes_children=False)),
        (week(1, 260), week(2, 240, round="")),
        (week(1, 260),),
    ],
)
def test_all_else_is_no_fall(submissions: tuple[Submission, ...]) -> None:
    assert found(*submissions) == []


def test_a_round_that_was_left_out_or_left_blank_is_passed_over() -> None:
    (finding,) = found(week(1, 260), week(2, None), week(3, 240))
    assert finding.parameters["other"] == "1.xlsx"
    assert len(found(week(1, 260), week(3, 240))) == 1


def test_each_fall_is_told_once() -> None:
    falls = found(week(1, 260), week(2, 240), week(3, 250))
    assert [each.path for each in falls] == ["2.xlsx"]


def test_a_declared_zero_falls_too() -> None:
    blank = {"drill_sessions": Entry("", None, "附件3!D46")}
    (finding,) = found(week(1, 3), week(2, None, entries=blank, blanks_are_zero=True))
    assert finding.value == 0


def test_an_approximation_that_falls_is_a_warning() -> None:
    about = {"drill_sessions": Entry("约300", 300, "附件3!D46", approximate=True)}
    (finding,) = found(week(1, None, entries=about), week(2, 298))
    assert finding.severity == "warning"
