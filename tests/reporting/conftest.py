"""Three units that reported, one that did not, and what strangers type."""

from pathlib import Path

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Roster, Unit
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission
from anquanyue.summary import Summary, summarize

HOSTILE = "=cmd|'/c calc'!A1"


@pytest.fixture
def summary() -> Summary:
    campaign = load_campaign(None, Path("nowhere"))
    roster = Roster(
        (
            Unit(code="wujin", name="武进区工信局", group="district"),
            Unit(code="liyang", name="溧阳市工信局", group="district"),
            Unit(code="bad", name=HOSTILE),
            Unit(code="jintan", name="金坛区工信局", group="district"),
        )
    )
    person = {
        "contact": Entry("张无忌", "张无忌", "附件3!D3"),
        "phone": Entry("051912345678", "051912345678", "附件3!D4"),
    }

    def sent(unit: str, sessions: Entry, film: bool) -> Submission:
        blank = {field.key: Entry("", None, "附件3!D6") for field in campaign.form("progress").reported_fields}
        entries = {**blank, **person, "study_sessions": sessions, "film_studied": Entry("√", film, "附件3!D12")}
        return Submission(path=f"{unit}/附件3.xlsx", form="progress", unit=unit, entries=entries, blanks_are_zero=True)

    sessions = [
        Entry("1200", 1200, "附件3!D6"),
        Entry("约34", 34, "附件3!D6", approximate=True),
        Entry("若干", None, "附件3!D6"),
    ]
    submissions = [
        sent(unit, each, film)
        for unit, each, film in zip(["wujin", "liyang", "bad"], sessions, [True, False, True], strict=True)
    ]
    finding = Finding(
        code="value-not-a-number",
        path="bad/附件3.xlsx",
        place="附件3!D6",
        unit="bad",
        form="progress",
        field="study_sessions",
        value="若干",
        parameters={"label": "理论学习中心组学习"},
    )
    return summarize(campaign, roster, submissions, [Finding(code="file-ignored", parameters={"reason": "?"}), finding])
