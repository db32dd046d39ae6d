import dataclasses
import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Field, Form, Item, Roster, Unit
from anquanyue.campaign.statement import Statement
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
    ("part", "whole", "words"),
    [
        (0, 7, "0%"), (1, 1, "100%"), (1, 2, "50%"), (6, 7, "85.7%"), (2_999, 3_000, "99.9%"),
        (1, 10_000, "0.1%"), (1, 16, "6.3%"),
    ],
)  # fmt: skip
def test_a_share_is_all_or_nothing_only_where_it_is(part: int, whole: int, words: str) -> None:
    assert sentences.share(part, whole) == words


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
    everybody = "已报送的2个单位均开展了该项活动。"
    assert written(summarize(campaign, None, forms, [])) == f"{everybody}开展应急演练活动7场，参与1.2万人次。"


def test_a_bare_verb_is_told_what_took_place(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [sent("甲", {"other_sessions": 3, "other_audience": 20})], [])
    assert written(summary) == "组织其他特色活动3场，宣传受众20人次。"


def test_a_campaign_of_other_forms_is_written_from_its_own_words(campaign: Campaign) -> None:
    statement = Statement.parse(
        "举办培训班（{classes}）期（其中线上（{online}）期），负责人{leader}；已建台账 {ledger: □有□无}。"
    )
    item = Item(key="training", name="培训", requirement="", statements=(statement,))
    fields = (Field(key="unit", type="unit"), Field(key="leader", type="text"))
    form = Form(
        key="progress",
        label="附表",
        title="培训情况",
        version=1,
        head=Statement.parse("单位：{unit}"),
        items=(item,),
        fields=fields,
    )
    other = dataclasses.replace(campaign, forms=(campaign.form("liaison"), form))
    values = {"classes": 2, "online": 0, "leader": "某人", "ledger": True}
    summary = summarize(other, None, [sent("甲", values)], [])  # type: ignore[arg-type]
    assert written(summary) == "举办培训班2期；1个单位已建台账。"
    values |= {"online": 1, "ledger": False}
    assert written(summarize(other, None, [sent("甲", values)], [])) == "举办培训班2期，其中线上1期。"  # type: ignore[arg-type]


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
    half = "1个单位开展了该项活动，占已报送单位的50%。"
    assert written(summarize(campaign, None, some, [])) == f"{half}1个单位{film}。"
    every = [sent("甲", {"film_studied": True}), sent("乙", {"film_studied": True})]
    assert written(summarize(campaign, None, every, [])).endswith(f"已报送的2个单位均{film}。")


def test_an_approximation_makes_the_total_one(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [sent("甲", {"drill_sessions": 30}, about=("drill_sessions",))], [])
    assert written(summary) == "开展应急演练活动约30场。"
    many = summarize(campaign, None, [sent("甲", {"drill_sessions": 12_345}, about=("drill_sessions",))], [])
    assert written(many) == "开展应急演练活动约1.2万场。"


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


def test_what_is_new_since_the_round_before_is_said() -> None:
    campaign = weekly()
    forms = [
        dataclasses.replace(sent("甲", {"study_sessions": number}), path=f"{round}.xlsx", round=round)
        for round, number in (("week1", 3), ("week2", 8))
    ]
    assert "与第1周相比，理论学习中心组学习增加5次。" in list(sentences.overall(summarize(campaign, None, forms, [])))


def test_counts_that_were_typed_in_words_are_said_to_be_converted(campaign: Campaign) -> None:
    texts = {
        "drill_attendance": ("1.02万", 10_200),
        "drill_sessions": ("十二", 12),
        "home_visits": ("１，２００次", 1200),
    }
    texts |= {"quiz_sessions": ("无", 0), "other_sessions": ("约300", 300)}
    entries = {key: Entry(text, value, "附件3!H6") for key, (text, value) in texts.items()}
    summary = summarize(campaign, None, [dataclasses.replace(sent("甲", {}), entries=entries)], [])
    (line,) = [line for line in sentences.about_data(summary) if "换算" in line]
    assert line == "单位填报的数据中有2个不是直接填写的数字（如“十二”、“1.02万”），已换算后计入。"


def test_names_stand_in_the_order_of_the_roster_and_unknown_ones_in_their_own(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [sent("乙", {}), sent("甲", {})], [])
    assert sentences.names(summary, ["丁", "丙", "甲", "乙"]) == "乙、甲、丁、丙"


def test_who_reported_is_said_without_long_lists_where_all_or_none_did(campaign: Campaign) -> None:
    few = [sent("甲", {}), sent("乙", {})]
    assert _ends(campaign, few) == ["应报2个单位，均未报送：甲、乙。", "应报2个单位，均已报送。"]
    assert _ends(campaign, [sent(f"甲{number}", {}) for number in range(30)])[0] == "应报30个单位，均未报送。"


def _ends(campaign: Campaign, forms: list[Submission]) -> list[str]:
    roster = Roster(tuple(Unit(code=each.unit or "", name=each.unit or "") for each in forms))
    return [line.partition("》：")[2] for line in sentences.reporting(summarize(campaign, roster, forms, []))]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (datetime.date(2022, 6, 1), "2022年6月1日"),
        (datetime.date(2022, 6, 30), "2022年6月1日至30日"),
        (datetime.date(2022, 7, 31), "2022年6月1日至7月31日"),
        (datetime.date(2023, 1, 31), "2022年6月1日至2023年1月31日"),
    ],
)
def test_what_two_dates_share_is_said_once(last: datetime.date, words: str, campaign: Campaign) -> None:
    longer = dataclasses.replace(campaign, end=last)
    assert f"于{words}开展" in next(sentences.overall(summarize(longer, None, [sent("甲", {})], [])))


def test_nearly_nothing_reported_is_said_without_empty_words(campaign: Campaign) -> None:
    summary = summarize(campaign, None, [sent("甲", {})], [])
    assert sentences.activities(summary) == []
    lines = [*sentences.overall(summary), *sentences.reporting(summary), *sentences.about_data(summary)]
    assert all(line and "：。" not in line and "、。" not in line for line in lines)


def test_why_more_reported_than_are_counted_is_said(campaign: Campaign) -> None:
    roster = Roster(tuple(Unit(code=code, name=f"{code}局") for code in "甲乙丙"))
    joint = dataclasses.replace(sent("甲", {"drill_sessions": 1}), covers=("甲", "乙"))
    alone = next(sentences.overall(summarize(campaign, roster, [joint], [])))
    assert alone.endswith("已报送2个，报送率66.7%。其中1个单位的数据合并在其他单位的报表中，以下按1个单位统计。")
    both = next(sentences.overall(summarize(campaign, roster, [joint, sent("丁局", {"drill_sessions": 1})], [])))
    assert both.endswith("报表中，另有1个名单以外或不在应报范围的单位，以下按2个单位统计。")


def test_a_form_that_nobody_owes_is_not_said_to_be_complete(campaign: Campaign) -> None:
    roster = Roster((Unit(code="甲", name="甲局", group="office"),))
    liaison = next(sentences.reporting(summarize(campaign, roster, [], [])))
    assert liaison == "附件2《“安全生产月”活动联络员反馈表》：没有应报送的单位。"
