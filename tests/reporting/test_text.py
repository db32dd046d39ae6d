import re
from pathlib import Path

from markdown_it import MarkdownIt

from anquanyue.campaign.model import Roster, Unit
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reporting.text import report_text
from anquanyue.summary import Summary, summarize


def test_it_says_the_totals_who_is_missing_and_what_was_found(summary: Summary, tmp_path: Path) -> None:
    text = report_text(summary, tmp_path)
    assert "| 理论学习中心组学习 | 1,234 | 次 | 1 |" in text
    assert "未报1个：金坛区工信局" in text
    assert "- =cmd" not in text
    assert r"- \=cmd\|'/c calc'!A1　错误：" in text
    assert "若干" in text


def test_a_name_is_no_markup(summary: Summary, tmp_path: Path) -> None:
    name = "# <script>alert(1)</script>|**甲**\n# 乙 [x](http://example.com) www.example.com `c` ![y](z)"
    roster = Roster((Unit(code="x", name=name), Unit(code="y", name="丙局")))
    sent = Submission(path="a.xlsx", form="progress", unit="y", entries={"drill_sessions": Entry("5", 5, "附件3!H6")})
    finding = Finding(code="unit-unknown", unit=name, value=name, path="a.xlsx")
    text = report_text(summarize(summary.campaign, roster, [sent], [finding]), tmp_path)
    assert r"&lt;script&gt;alert(1)&lt;/script&gt;\|\*\*甲\*\*" in text
    page = MarkdownIt("commonmark").enable("table").render(text)
    assert not re.search(r"<(?:script|a|img|code)\b", page)
    assert page.count("<h1>") == 1
    assert page.count("<tr>") == 43
    assert "http\\://" in text


def test_it_is_short_whatever_was_sent(summary: Summary, tmp_path: Path) -> None:
    roster = Roster(tuple(Unit(code=f"u{index}", name=f"第{index}样例企业" + "长" * 300) for index in range(5000)))
    findings = [Finding(code="unit-unknown", unit="名" * 9999, value="值", path="径" * 9999)] * 5000
    text = report_text(summarize(summary.campaign, roster, [], findings), tmp_path)
    assert len(text) < 12_000
    assert "另有4992处" in text
