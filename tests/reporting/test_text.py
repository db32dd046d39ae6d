from pathlib import Path

from anquanyue.campaign.model import Roster, Unit
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reporting.text import report_text
from anquanyue.summary import Summary, summarize


def test_it_says_the_totals_who_is_missing_and_what_was_found(summary: Summary, tmp_path: Path) -> None:
    text = report_text(summary, tmp_path)
    assert "| 理论学习中心组学习 | 1,234 | 次 | 1 |" in text
    assert "未报1个：金坛区工信局" in text
    assert "错误：不是数字（1处）" in text


def test_a_name_is_no_markup(summary: Summary, tmp_path: Path) -> None:
    name = "<script>alert(1)</script>|**甲**\n# 乙 [x](http://example.com)"
    roster = Roster((Unit(code="x", name=name), Unit(code="y", name="丙局")))
    sent = Submission(path="a.xlsx", form="progress", unit="y", entries={"drill_sessions": Entry("5", 5, "附件3!H6")})
    text = report_text(summarize(summary.campaign, roster, [sent], []), tmp_path)
    assert r"\<script\>alert(1)\</script\>\|\*\*甲\*\* \# 乙 \[x\](http://example.com)" in text


def test_it_is_short_whatever_was_sent(summary: Summary, tmp_path: Path) -> None:
    roster = Roster(tuple(Unit(code=f"u{index}", name=f"第{index}样例企业") for index in range(5000)))
    assert len(report_text(summarize(summary.campaign, roster, [], []), tmp_path)) < 6000
