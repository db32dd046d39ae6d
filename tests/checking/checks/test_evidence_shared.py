from typing import Any

import pytest

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.checking.checks.evidence_shared import check
from anquanyue.findings import Finding
from sending import context, sent

ROSTER = Roster(
    (
        Unit(code="wujin", name="武进区工信局"),
        Unit(code="xinbei", name="新北区经发局"),
        Unit(code="jintan", name="金坛区工信局"),
    )
)


def found(campaign: Campaign, *units: dict[str, Any]) -> list[Finding]:
    form = campaign.form("progress")
    submissions = [sent(form, **{"unit": unit.code, **each}) for unit, each in zip(ROSTER.units, units, strict=False)]
    return list(check(context(campaign, *submissions, roster=ROSTER)))


def link(text: str, field: str = "municipal_news") -> dict[str, Any]:
    return {"evidence": {field: text}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example.com/a/1", "https://news.example.com/a/1"),
        ("https://news.example.com/a/1", "http://www.News.example.com/a/1/"),
        ("https://news.example.com/a/1#top", "news.example.com/a/1"),
        ("新华网https://news.example.com/a/1（6月8日）", "1、https://news.example.com/a/1；2、https://x.example.com/2"),
        ("https://x.example.com/2;https://news.example.com/a/1", "https://news.example.com/a/1."),
        ("https://news.example.com/s?id=7", "https://news.example.com/s?id=7"),
    ],
)
def test_the_same_link_from_two_units_is_told_to_both(campaign: Campaign, one: str, other: str) -> None:
    findings = found(campaign, link(one), link(other, "national_news"))
    assert [(each.path, each.field, each.severity) for each in findings] == [
        ("wujin.xlsx", "municipal_news", "warning"),
        ("xinbei.xlsx", "national_news", "warning"),
    ]
    assert [each.parameters["names"] for each in findings] == ["新北区经发局", "武进区工信局"]
    assert "news.example.com/a/1" in str(findings[0].value).lower() or "id=7" in str(findings[0].value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example.com/a/1", "https://news.example.com/a/2"),
        ("http://[bad/a/1", "http://[bad/a/1"),
        ("https://news.example.com/s?id=7", "https://news.example.com/s?id=8"),
        (
            "https://news.example.com/go?to=https://a.example.com",
            "https://news.example.com/go?to=https://b.example.com",
        ),
        ("https://news.example.com/#/article/1", "https://news.example.com/#/article/2"),
        ("https://news.example.com", "https://news.example.com/"),
        ("见附件", "见附件"),
        ("https://[x", "https://[x"),
    ],
)
def test_other_links_home_pages_and_words_are_not_compared(campaign: Campaign, one: str, other: str) -> None:
    assert found(campaign, link(one), link(other)) == []


def test_several_links_at_one_place_are_one_finding_that_names_all_units(campaign: Campaign) -> None:
    both = link("https://n.example.com/1 https://n.example.com/2")
    finding, *_others = found(campaign, both, link("https://n.example.com/1"), link("https://n.example.com/2"))
    assert finding.message("en") == (
        "the evidence of “市级主流媒体新闻报道” is also claimed by 新北区经发局、金坛区工信局: "
        "https://n.example.com/1　https://n.example.com/2"
    )


def test_a_link_in_the_notes_counts_too(campaign: Campaign) -> None:
    notes = {"notes": {"inspection": "见 https://n.example.com/1"}}
    assert [each.field for each in found(campaign, notes, link("https://n.example.com/1"))] == [None, "municipal_news"]


def test_the_same_picture_from_two_units_is_told_to_both(campaign: Campaign) -> None:
    findings = found(campaign, {"pictures": {"inspection": ("0f", "1e")}}, {"pictures": {"": ("0f",)}})
    assert [each.message("en") for each in findings] == [
        "the evidence of “开展‘安全生产专题行’活动” is also claimed by 新北区经发局: the same picture",
        "the evidence of “附件3” is also claimed by 武进区工信局: the same picture",
    ]


def test_files_beside_a_form_and_damaged_pictures_are_not_compared(campaign: Campaign) -> None:
    pictures = {"pictures": {"": ("截图.jpg",), "inspection": ("xl/media/image1.png",)}}
    assert found(campaign, pictures, pictures) == []


def test_a_unit_may_use_its_own_evidence_twice(campaign: Campaign) -> None:
    evidence = dict.fromkeys(("municipal_news", "provincial_news"), "https://n.example.com/1")
    assert found(campaign, {"evidence": evidence}, {"unit": "wujin", "round": "again", "evidence": evidence}) == []


def test_what_was_superseded_claims_nothing(campaign: Campaign) -> None:
    one = link("https://n.example.com/1")
    assert found(campaign, one, one | {"status": "superseded"}) == []


def test_of_very_many_units_some_are_named(campaign: Campaign) -> None:
    roster = Roster(tuple(Unit(code=f"u{number}", name=f"第{number}单位") for number in range(12)))
    form = campaign.form("progress")
    submissions = [sent(form, unit.code, **link("https://n.example.com/1")) for unit in roster.units]
    first = next(iter(check(context(campaign, *submissions, roster=roster))))
    assert first.parameters["names"] == "、".join(f"第{number}单位" for number in range(1, 9)) + "…"
