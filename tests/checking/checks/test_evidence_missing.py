from typing import Any

import pytest

from anquanyue.campaign.model import Campaign
from anquanyue.checking.checks.evidence_missing import check
from anquanyue.findings import Finding
from sending import context, sent

NEWS = ("municipal_news", "provincial_news", "national_news")
ONLY_MUNICIPAL = {"provincial_news": 0, "national_news": None}


def found(campaign: Campaign, values: dict[str, Any], **more: Any) -> list[Finding]:
    return list(check(context(campaign, sent(campaign.form("progress"), values=values, **more))))


def test_one_warning_names_all_figures_without_evidence(campaign: Campaign) -> None:
    (finding,) = found(campaign, {}, evidence={"provincial_news": "https://news.example.com/1"})
    assert (finding.severity, finding.field) == ("warning", None)
    assert finding.parameters["fields"] == ("municipal_news", "national_news")


def test_a_warning_about_one_figure_is_at_that_figure(campaign: Campaign) -> None:
    (finding,) = found(campaign, ONLY_MUNICIPAL)
    assert (finding.field, finding.value) == ("municipal_news", 100)
    assert finding.place


@pytest.mark.parametrize(
    "evidence",
    [
        {"evidence": {"municipal_news": "https://news.example.com/1"}},
        {"evidence": {"municipal_news": "见附件截图"}},
        {"notes": {"inspection": "报道见《常州日报》6月8日2版"}},
        {"pictures": {"inspection": ("0f",)}},
        {"pictures": {"": ("武进区/截图.jpg",)}},
    ],
)
def test_a_link_a_note_or_a_picture_is_evidence(campaign: Campaign, evidence: dict[str, Any]) -> None:
    assert found(campaign, ONLY_MUNICIPAL, **evidence) == []


@pytest.mark.parametrize(
    "evidence",
    [
        {"evidence": {"municipal_news": "无"}},
        {"evidence": {"provincial_news": "https://news.example.com/1"}},
        {"notes": {"outreach": "演练进了食堂"}},
        {"pictures": {"outreach": ("0f",)}},
    ],
)
def test_what_says_nothing_or_stands_elsewhere_is_none(campaign: Campaign, evidence: dict[str, Any]) -> None:
    assert len(found(campaign, ONLY_MUNICIPAL, **evidence)) == 1


def test_no_news_need_no_evidence(campaign: Campaign) -> None:
    assert found(campaign, dict.fromkeys(NEWS, 0)) == []
    assert found(campaign, dict.fromkeys(NEWS)) == []
