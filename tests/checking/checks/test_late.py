import datetime
from dataclasses import replace

import pytest

from anquanyue.campaign.model import Campaign, Form, Roster, Unit
from anquanyue.checking.checks.late import check
from anquanyue.decisions import Decisions
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission
from anquanyue.status import status
from sending import context, sent

ROSTER = Roster((Unit(code="wujin", name="武进区工信局"),))
LATE, IN_TIME = (datetime.datetime.fromisoformat(day).timestamp() for day in ("2022-07-02T12:00", "2022-06-20T12:00"))


def came(form: Form, path: str = "a.xlsx", written: str | None = None, modified: float = 0, **more: str) -> Submission:
    values = {"date": datetime.date.fromisoformat(written)} if written else {}
    return replace(sent(form, values=values), path=path, modified=modified, **more)  # type: ignore[arg-type]


def found(campaign: Campaign, *submissions: Submission) -> list[Finding]:
    return list(check(context(campaign, *submissions, roster=ROSTER)))


@pytest.mark.parametrize(
    ("path", "written", "modified", "said", "severity"),
    [
        ("2022-07-01/a.xlsx", "2022-06-27", LATE, "late by 3 days: 2022-07-01 (received", "warning"),
        ("a.xlsx", "2022-06-30", IN_TIME, "late by 2 days: 2022-06-30 (written in the form)", "warning"),
        ("a.xlsx", None, LATE, "late by 4 days: 2022-07-02 (time of the file)", "info"),
    ],
)
def test_the_best_day_there_is_tells_and_is_named(
    campaign: Campaign, progress: Form, path: str, written: str | None, modified: float, said: str, severity: str
) -> None:
    (finding,) = found(campaign, came(progress, path, written, modified))
    assert finding.message("en").startswith(said)
    assert (finding.severity, finding.field == "date") == (severity, written == "2022-06-30")


@pytest.mark.parametrize(
    ("path", "written", "modified"),
    [
        ("2022-06-28/a.xlsx", "2022-07-09", LATE),
        ("a.xlsx", "2022-06-28", LATE),
        ("a.xlsx", None, IN_TIME),
        ("a.xlsx", None, 0),
        ("a.xlsx", None, LATE + 10**8),
    ],
)
def test_what_came_in_time_or_nobody_knows_when_is_not_late(
    campaign: Campaign, progress: Form, path: str, written: str | None, modified: float
) -> None:
    assert found(campaign, came(progress, path, written, modified)) == []


def test_a_correction_after_the_deadline_of_what_came_in_time_is_not_late(campaign: Campaign, progress: Form) -> None:
    before = came(progress, "2022-06-20/a.xlsx", status="superseded")
    assert found(campaign, before, came(progress, "2022-07-05/a.xlsx")) == []


def test_it_says_what_status_says(campaign: Campaign, progress: Form) -> None:
    arrived = (
        came(progress, "2022-07-01/a.xlsx", status="superseded"),
        came(progress, "2022-07-05/a.xlsx", "2022-06-20"),
    )
    matrix = status(campaign, ROSTER, arrived, Decisions(), None, datetime.date(2022, 7, 10))
    (standing,) = (each for each in matrix.standings if each.duty.form == "progress")
    (finding,) = found(campaign, *arrived)
    assert standing.days_late == finding.parameters["days"] == 3
    assert standing.arrived and standing.arrived.isoformat() == finding.value
