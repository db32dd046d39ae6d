import re
from pathlib import Path

import pytest

from anquanyue.errors import TemplateError
from anquanyue.findings import Finding
from anquanyue.reporting.findings_page import findings_page
from anquanyue.summary import Summary

FILES = {"accepted": 3, "superseded": 0, "rejected": 1, "ignored": 2}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def page(summary: Summary, tmp_path: Path) -> str:
    findings = (
        Finding(code="unit-unknown", unit=HOSTILE, value=HOSTILE, path=f"{HOSTILE}.xlsx"),
        Finding(code="form-without-keys", unit="wujin", path="武进/附件3.xlsx"),
        *summary.findings,
    )
    return findings_page(summary.campaign, summary.names, findings, FILES, tmp_path).decode("utf-8")


def test_it_is_by_unit_worst_first_and_in_chinese(page: str) -> None:
    assert 'lang="zh-CN"' in page
    assert page.index("若干") < page.index("武进/附件3.xlsx") < page.index("（单位不明）")
    assert "收到6份：采用3份，被替代0份，未采用1份，忽略2份。" in page
    assert "<b>2</b>错误" in page


def test_what_strangers_wrote_is_no_markup(page: str) -> None:
    assert HOSTILE not in page
    assert page.count("&lt;script&gt;") >= 3


def test_nothing_comes_from_a_network(page: str) -> None:
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|src=|@import|url\(|<link", page)


def test_counts_by_code_are_at_the_end(page: str) -> None:
    end = page[page.index("各类问题的数量") :]
    assert re.findall(r"<tr><td>([a-z-]+)</td>", end) == [
        "unit-unknown", "value-not-a-number", "form-without-keys", "file-ignored",
    ]  # fmt: skip


def test_nothing_found_is_said(summary: Summary, tmp_path: Path) -> None:
    page = findings_page(summary.campaign, {}, [], FILES, tmp_path).decode("utf-8")
    assert "没有发现问题。" in page
    assert "各类问题的数量" not in page


def test_the_users_own_template_comes_first_and_its_mistakes_are_named(summary: Summary, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    template = tmp_path / "templates" / "findings.html.j2"
    template.write_text("{{ numbers.error }}处错误", encoding="utf-8")
    args = (summary.campaign, summary.names, summary.findings, FILES, tmp_path)
    assert findings_page(*args).decode("utf-8") == "1处错误"
    template.write_text("\n{{ nummern }}", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"findings\.html\.j2:2: “nummern”"):
        findings_page(*args)
