import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import Campaign, Duty, Roster, Round, Unit
from anquanyue.materials import attribute_materials, round_on
from anquanyue.reading.materials import MaterialFile

ROSTER = Roster(
    (
        Unit(code="wujin", name="武进区工信局", aliases=("武进区",)),
        Unit(code="xinbei", name="新北区经发局", aliases=("新北区",)),
    )
)


def told(campaign: Campaign, path: str, kind: str = "picture") -> tuple[str, str, str]:
    (material,) = attribute_materials([MaterialFile(path, kind, 0.0)], campaign, ROSTER)
    assert bool(material.problem) == (not material.round)
    return material.unit, material.duty, material.round


@pytest.mark.parametrize(
    ("path", "each"),
    [
        ("武进区/2022-06-08/1.jpg", "week1"),
        ("2022-06-08/武进区/1.jpg", "week1"),
        ("武进区/6月8日/1.jpg", "week1"),
        ("武进区/2022年6月9日/1.jpg", "week2"),
        ("武进区/6.1/1.jpg", "opening"),
        ("武进区/第2周/1.jpg", "week2"),
        ("武进区/第二周/1.jpg", "week2"),
        ("武进区/第 2 周/1.jpg", "week2"),
        ("武进区/第02周/1.jpg", "week2"),
        ("武进区/Week_3/1.jpg", "week3"),
        ("wujin-武进区工信局/week4/1.jpg", "week4"),
        ("武进区/启动日/1.jpg", "opening"),
        ("武进区第3周.jpg", "week3"),
        ("武进区/第3周/6月30日拍/1.jpg", "week3"),
        ("武进区/2022-06-08/6月1日启动仪式.jpg", "week1"),
        ("武进区/IMG_20220607_1030.jpg", "week1"),
        ("武进区 6月15日.jpg", "week2"),
        ("武进区/2022-07-03/1.jpg", "week4"),
        ("武进区/2022-05-20/1.jpg", "opening"),
        ("武进区/6月10日-15日/1.jpg", "week2"),
    ],
)
def test_names_of_folders_and_files_say_the_round(campaign: Campaign, path: str, each: str) -> None:
    assert told(campaign, path) == ("wujin", "material", each)


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("1.jpg", ""),
        ("2022-06-08/1.jpg", ""),
        ("武进区教育局/2022-06-08/1.jpg", ""),
        ("武进区/2022-06-08/新北区.jpg", ""),
        ("武进区/1.jpg", "wujin"),
        ("武进区/IMG_0612.jpg", "wujin"),
        ("武进区/第12周/1.jpg", "wujin"),
        ("武进区/第1周、第2周/1.jpg", "wujin"),
        ("武进区/6月1日-8日/1.jpg", "wujin"),
    ],
)
def test_what_nobody_can_tell_is_not_guessed(campaign: Campaign, path: str, unit: str) -> None:
    assert told(campaign, path)[::2] == (unit, "")


def test_a_folder_inside_that_of_a_unit_is_its_own(campaign: Campaign) -> None:
    assert told(campaign, "武进区/2022-06-08/武进区教育局参观/1.jpg")[0] == "wujin"
    assert told(campaign, "武进区/2022-06-08/与新北区联合演练.mp4", "video")[0] == "wujin"


@pytest.mark.parametrize(
    ("path", "kind", "duty"),
    [
        ("武进区/安全生产月总结.docx", "docx", "report"),
        ("武进区/2022-06-28/活动情况报告.pdf", "pdf", "report"),
        ("总结报告/武进区.doc", "doc", "report"),
        ("武进区/2022-06-28/总结大会.jpg", "picture", "material"),
        ("武进区/2022-06-28/专题报告会.docx", "docx", "material"),
        ("武进区/第1周/活动总结.docx", "docx", "material"),
        ("武进区/2022-06-15/第二周总结.docx", "docx", "material"),
        ("武进区/2022-06-15/周报告.docx", "docx", "material"),
        ("武进区/2022-06-15/总结.txt", "text", "material"),
    ],
)
def test_a_document_called_a_report_is_the_report_unless_it_is_a_week_s(
    campaign: Campaign, path: str, kind: str, duty: str
) -> None:
    assert told(campaign, path, kind)[1] == duty


@pytest.mark.parametrize("kind", ["empty", "link", "inaccessible", "damaged", "program"])
def test_what_holds_nothing_counts_for_nobody(campaign: Campaign, kind: str) -> None:
    assert told(campaign, "武进区/2022-06-08/1.jpg", kind) == ("", "", "")


def test_of_two_kinds_of_material_the_name_says_which(campaign: Campaign) -> None:
    rounds = (Round(key="once", label="一次", deadline=datetime.date(2022, 6, 20)),)
    more = (Duty(key="photos", label="照片", rounds=rounds), Duty(key="videos", label="短视频", rounds=rounds))
    duties = (*(each for each in campaign.duties if each.key != "material"), *more)
    groups = tuple(dataclasses.replace(group, owes=("progress",)) for group in campaign.groups)
    campaign = dataclasses.replace(campaign, groups=groups, duties=duties)
    assert told(campaign, "武进区/照片/1.jpg") == ("wujin", "photos", "once")
    assert told(campaign, "武进区/1.jpg") == ("wujin", "", "")


def test_a_day_between_two_windows_is_late_for_the_round_before() -> None:
    duty = Duty(
        key="material",
        label="资料",
        rounds=(
            Round(key="a", label="甲", opens=datetime.date(2022, 6, 1), deadline=datetime.date(2022, 6, 8)),
            Round(key="b", label="乙", opens=datetime.date(2022, 6, 13), deadline=datetime.date(2022, 6, 15)),
        ),
    )
    found = [round_on(duty, datetime.date(2022, 6, day)).key for day in (1, 8, 9, 12, 13, 15, 30)]
    assert found == ["a", "a", "a", "a", "b", "b", "b"]


@given(path=st.text(alphabet="武进新北区工信局第一12周week6月8日/-._#（） ", min_size=1, max_size=40))
def test_any_name_is_told_or_not_and_never_stops(campaign: Campaign, path: str) -> None:
    (material,) = attribute_materials([MaterialFile(path, "picture", 0.0)], campaign, ROSTER)
    assert bool(material.problem) == (not material.round)
