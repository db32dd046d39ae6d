import datetime

import pytest

from anquanyue.campaign.loader import parse_campaign
from anquanyue.campaign.model import Campaign, Form
from anquanyue.checking.arrival import arrival, days_in_file_name, days_in_folder_name, round_of
from anquanyue.reading.submission import Entry, Submission
from anquanyue.resources import find_template
from anquanyue.writing.stamp import Stamp


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2022-06-28/武进区.xlsx", (6, 28)),
        ("20220628/武进区.xlsx", (6, 28)),
        ("收到2022年6月8日/武进区.xlsx", (6, 8)),
        ("6月28日收到/武进区/附件3.xlsx", (6, 28)),
        ("6.28/附件3.xlsx", (6, 28)),
        ("武进区0628.zip/附件3.xlsx", (6, 28)),
        ("0601/0628/附件3.xlsx", (6, 28)),
        ("０６２８/附件3.xlsx", (6, 28)),
    ],
)
def test_a_dated_folder_or_archive_tells_when_a_file_arrived(
    campaign: Campaign, path: str, day: tuple[int, int]
) -> None:
    assert arrival(path, campaign) == datetime.date(2022, *day)


@pytest.mark.parametrize(
    "path",
    [
        "武进区/附件3-0628.xlsx",
        "1301室/附件3.xlsx",
        "2021-06-28/附件3.xlsx",
        "13800000628/附件3.xlsx",
        "v1.2.3/附件3.xlsx",
        "附件3.xlsx",
    ],
)
def test_other_numbers_are_no_days(campaign: Campaign, path: str) -> None:
    assert arrival(path, campaign) is None


@pytest.fixture(scope="module")
def weekly(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """The shipped campaign with 附件3 due in three rounds."""
    text = find_template("campaigns/2022.yaml", tmp_path_factory.mktemp("empty")).read_text(encoding="utf-8")
    once = "      - { key: once, label: 活动总结, opens: 2022-06-01, deadline: 2022-06-28, counted_until: 2022-06-28 }"
    assert once in text
    rounds = "\n".join(
        f"      - {{ key: week{number}, label: 第{number}周, opens: 2022-06-{opens:02}, deadline: 2022-06-{due:02} }}"
        for number, opens, due in ((1, 2, 8), (2, 9, 15), (3, 16, 22))
    )
    return parse_campaign(text.replace(once, rounds), "campaign.yaml")


@pytest.mark.parametrize(
    ("path", "stamped", "date", "expected"),
    [
        ("a.xlsx", "week2", None, "week2"),
        ("2022-06-15/a.xlsx", "", None, "week2"),
        ("6月20日/a.xlsx", "", datetime.date(2022, 6, 8), "week3"),
        ("a.xlsx", "", datetime.date(2022, 6, 8), "week1"),
        ("a.xlsx", "", datetime.date(2022, 7, 3), "week3"),
        ("a.xlsx", "", datetime.date(2022, 5, 31), "week1"),
        ("a.xlsx", "unknown", None, ""),
    ],
)
def test_the_round_is_told_by_stamp_then_folder_then_written_date(
    weekly: Campaign, path: str, stamped: str, date: datetime.date | None, expected: str
) -> None:
    form: Form = weekly.form("progress")
    stamp = Stamp(campaign=weekly.key, form=form.key, version=1, round=stamped)
    entries = {"date": Entry(str(date), date, "附件3!I3")} if date else {}
    submission = Submission(path=path, form=form.key, stamp=stamp, entries=entries)
    assert round_of(submission, form, weekly) == expected


def test_a_form_that_is_due_once_needs_no_telling(campaign: Campaign, progress: Form) -> None:
    assert round_of(Submission(path="a.xlsx", form="progress"), progress, campaign) == "once"


def test_a_stretch_of_days_names_both_ends(campaign: Campaign) -> None:
    ends = {datetime.date(2022, 6, 1), datetime.date(2022, 6, 8)}
    for name in ("6月1日-8日", "6月1日—6月8日", "６月１日至８日活动"):
        assert days_in_folder_name(name, campaign) == days_in_file_name(name, campaign) == ends


def test_the_number_of_a_photo_is_no_day(campaign: Campaign) -> None:
    assert days_in_folder_name("0612", campaign) == {datetime.date(2022, 6, 12)}
    assert days_in_file_name("IMG_0612", campaign) == set()
    assert days_in_file_name("IMG_20220612_1015", campaign) == {datetime.date(2022, 6, 12)}
