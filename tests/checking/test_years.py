import datetime

import pytest

from anquanyue.campaign.model import Campaign
from anquanyue.checking.years import reject_other_years
from anquanyue.reading.submission import Entry, Submission


def dated(date: datetime.date | None) -> Submission:
    return Submission(path="a.xlsx", form="progress", entries={"date": Entry(str(date), date, "附件3!I3")})


@pytest.mark.parametrize("date", [datetime.date(2021, 6, 28), datetime.date(2020, 12, 31)])
def test_a_form_dated_in_another_year_is_rejected(campaign: Campaign, date: datetime.date) -> None:
    (found,) = reject_other_years([dated(date)], campaign)
    assert found.status == "rejected"
    assert [each.code for each in found.findings] == ["form-other-year"]
    assert str(date.year) in found.findings[0].message("en")


@pytest.mark.parametrize(
    "date", [None, datetime.date(2022, 6, 28), datetime.date(2022, 1, 1), datetime.date(2021, 12, 31)]
)
def test_a_form_dated_around_the_campaign_or_not_at_all_is_kept(campaign: Campaign, date: datetime.date | None) -> None:
    assert reject_other_years([dated(date)], campaign) == [dated(date)]


def test_what_is_out_already_stays_as_it_is(campaign: Campaign) -> None:
    ignored = Submission(path="b", status="ignored")
    assert reject_other_years([ignored], campaign) == [ignored]
