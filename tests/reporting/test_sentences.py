import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reporting import sentences
from anquanyue.summary import Summary, summarize
from rounds_campaign import weekly


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(None, Path("nowhere"))


def sent(unit: str, figures: Mapping[str, int | bool | None], **about: object) -> Submission:
    entries = {
        key: Entry("" if value is None else str(value), value, "附件3!H6", approximate=key in about.get("about", ()))  # type: ignore[operator]
        for key, value in figures.items()
    }
    notes = about.get("notes", {})
    return Submission(path=f"{unit}.xlsx", form="progress", unit=unit, entries=entries, notes=notes)  # type: ignore[arg-type]


def written(summary: Summary) -> str:
    return "\n".join("".join(each.sentences) + each.leading for each in sentences.activities(summary))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"), (9_999, "9999"), (10_000, "1万"), (10_001, "1万余"), (12_000, "1.2万"), (12_345, "1.2万余"),
        (19_999, "1.9万余"), (100_000, "10万"), (99_999_999, "9999.9万余"),
        (100_000_000, "1亿"), (123_456_789, "1.2亿余"),
    ],
)  # fmt: skip
def test_large_numbers_are_said_as_people_say_them_and_never_too_large(number: int, words: str) -> None:
    assert sentences.number_words(number) == words


def test_a_statement_holds_its_totals_without_brackets(campaign: Campaign) -> None:
    forms = [sent("甲", {"drill_sessions": 3, "drill_attendance": 12_000}), sent("乙", {"drill_sessions": 4})]
    assert written(summarize(campaign, None, forms, [])) == "开展应急演练活动7场，参与1.2万人次。"


def test_what_is_0_is_left_out_and_named_once_as_not_done(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [sent("甲", {"drill_sessions": 0, "home_visits": 5})], [])
    assert written(summary) == "开展“进门入户送安全”5次。"
    assert sentences.nothing_reported(summary) == ["应急演练"]
    assert "各单位均未报告开展的有：应急演练。" in list(sentences.about_data(summary))


def test_people_without_a_session_say_what_they_took_part_in(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [sent("甲", {"drill_sessions": 0, "drill_attendance": 30})], [])
    assert written(summary) == "应急演练参与30人次。"


def test_a_yes_counts_units(campaign: Campaign) -> None:
    film = "专题学习《生命重于泰山——学习习近平总书记关于安全生产重要论述》电视专题片"
    some = [sent("甲", {"film_studied": True}), sent("乙", {"film_studied": False})]
    assert written(summarize(campaign, None, some, [])) == f"1个单位{film}。"
    every = [sent("甲", {"film_studied": True}), sent("乙", {"film_studied": True})]
    assert written(summarize(campaign, None, every, [])) == f"已报送的2个单位均{film}。"


def test_an_approximation_makes_the_total_one(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [sent("甲", {"drill_sessions": 30}, about=("drill_sessions",))], [])
    assert written(summary) == "开展应急演练活动约30场。"


def test_units_stand_out_only_with_figures_that_nobody_doubts(campaign: Campaign) -> None:
    forms = [
        sent(unit, {"drill_sessions": number}) for unit, number in zip("甲乙丙丁戊", (9, 8, 70, 6, 5), strict=True)
    ]
    doubt = Finding(code="value-outlier", unit="丙", field="drill_sessions", path="丙.xlsx")
    assert written(summarize(campaign, None, forms, [doubt])).endswith(
        "其中，应急演练较多的有甲（9场）、乙（8场）、丁（6场）。"
    )
    assert "其中" not in written(summarize(campaign, None, forms[:3], []))


def test_where_many_have_as_much_none_stands_out(campaign: Campaign) -> None:
    forms = [sent(unit, {"drill_sessions": 5}) for unit in "甲乙丙丁戊"]
    assert "其中" not in written(summarize(campaign, None, forms, []))


def test_practices_are_the_units_own_words_without_what_is_about_a_person(campaign: Campaign) -> None:
    text = "食堂演练，联系13800000000、0519-88880000或a.b@example.com，证件320400199001010000。" + "长" * 300
    found, more = sentences.practices(summarize(campaign, None, [sent("甲", {}, notes={"study": text})], []))
    assert (found[0].unit, more) == ("甲", 0)
    assert found[0].text.startswith("食堂演练，联系（手机号略）、（电话略）或（邮箱略），证件（证件号略）。")
    assert len(found[0].text) == 200


def test_what_is_new_since_the_round_before_is_said() -> None:
    campaign = weekly()
    forms = [
        dataclasses.replace(sent("甲", {"study_sessions": number}), path=f"{round}.xlsx", round=round)
        for round, number in (("week1", 3), ("week2", 8))
    ]
    assert "与第1周相比，理论学习中心组学习增加5次。" in list(sentences.overall(summarize(campaign, None, forms, [])))


def test_nearly_nothing_reported_is_said_without_empty_words(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [sent("甲", {})], [])
    assert sentences.activities(summary) == []
    lines = [*sentences.overall(summary), *sentences.reporting(summary), *sentences.about_data(summary)]
    assert all(line and "：。" not in line and "、。" not in line for line in lines)
