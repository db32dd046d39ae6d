import dataclasses
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Roster, Unit
from anquanyue.errors import TemplateError
from anquanyue.reading.folder import read_file
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reporting.page import report_page
from anquanyue.summary import Summary, summarize
from rounds_campaign import weekly

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def hostile(summary: Summary) -> Summary:
    """With a unit whose name is markup, and a file whose name is."""
    assert summary.roster is not None
    roster = Roster((*summary.roster.units, Unit(code="x", name=f"{SCRIPT}{{{{ 7 * 7 }}}}")))
    entries = {"drill_sessions": Entry("5", 5, "附件3!H6")}
    sent = Submission(path=f"{SCRIPT}/a.xlsx", form="progress", unit="x", entries=entries)
    return summarize(summary.campaign, roster, [*summary.submissions, sent], summary.findings)


class Cells(HTMLParser):
    """The texts of the cells of a page, by table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._table = ""
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._table = dict(attrs).get("id") or ""
            self.tables[self._table] = []
        elif tag == "tr":
            self.tables[self._table].append([])
        elif tag in ("td", "th"):
            self.tables[self._table][-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.tables[self._table][-1][-1] += data


def test_it_shows_every_total_and_every_unit(summary: Summary, tmp_path: Path) -> None:
    tables = Cells(report_page(summary, tmp_path)).tables
    totals = {row[0]: row[1] for row in tables["table-totals"][1:]}
    assert totals == {field.label: f"{summary.totals[field.key]:,}" for field in summary.form.reported_fields}
    items, fields, *units = tables["table-units"]
    assert items[1:] == [item.name for item in summary.form.items]
    assert len(fields) == 42
    assert [row[0] for row in units[:-1]] == [summary.names[code] for code in summary.units]
    assert [row[1] for row in units] == ["1,200", "约34", "—", "1,234"]
    assert {len(row) for row in units} == {43}


def test_it_says_who_reported_and_what_became_of_each_file(summary: Summary, tmp_path: Path) -> None:
    tables = Cells(report_page(summary, tmp_path)).tables
    states = {(row[0], row[2][:3]): row[3] for row in tables["table-status"][1:]}
    assert states["武进区工信局", "附件3"] == "已报送"
    assert states["金坛区工信局", "附件3"] == "未报送"
    first = tables["table-sources"][1]
    assert (first[0], first[3], first[6]) == ("武进区工信局", "wujin/附件3.xlsx", "采用")


def test_the_charts_show_shares_by_group_and_no_doubted_figure(summary: Summary, tmp_path: Path) -> None:
    page = report_page(summary, tmp_path)
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)
    charts = json.loads(data)
    assert charts["reporting"] == [
        ["附件2 辖市区", 0, "0%（0/3）"], ["附件2 未分类", 0, "0%（0/1）"],
        ["附件3 辖市区", 66.7, "67%（2/3）"], ["附件3 未分类", 100, "100%（1/1）"],
    ]  # fmt: skip
    assert charts["activities"][0] == ["理论学习中心组学习", 66.7, "67%（2/3）"]
    # One is an approximation, one could not be read: of one unit alone there is nothing to show.
    assert charts["leading"] == []


def test_what_strangers_typed_is_neither_markup_nor_template(hostile: Summary, tmp_path: Path) -> None:
    page = report_page(hostile, tmp_path)
    assert page.count("<script") == page.count("</script>") == 3
    assert "alert(1)&lt;/script&gt;{{ 7 * 7 }}" in page


def test_only_its_own_scripts_may_run_and_nothing_may_be_loaded(summary: Summary, tmp_path: Path) -> None:
    page = report_page(summary, tmp_path)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy.startswith("default-src 'none';")
    assert policy.count("'sha256-") == 2
    assert "script-src 'unsafe" not in policy
    assert not re.search(r"<(?:link|img|iframe|object)\b|\ssrc=", page.split("<script")[0])


def test_the_chart_library_is_the_one_that_was_looked_at() -> None:
    assets = files("anquanyue.reporting").joinpath("assets")
    library = assets.joinpath("echarts.simple.min.js").read_bytes()
    about = assets.joinpath("README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(library).hexdigest() in about
    assert b"Apache License" in assets.joinpath("echarts.LICENSE.txt").read_bytes()


def test_it_is_never_taken_for_a_submission(summary: Summary, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report_page(summary, tmp_path), encoding="utf-8")
    (submission,) = read_file(path, path.name, summary.campaign)
    assert (submission.status, [each.code for each in submission.findings]) == ("ignored", ["file-own-output"])


def test_nearly_nothing_reported_makes_a_page_too(summary: Summary, tmp_path: Path) -> None:
    page = report_page(summarize(summary.campaign, None, [], []), tmp_path)
    assert "各单位尚未报告开展活动。" in page
    assert "没有发现问题。" in page


def test_without_a_roster_no_unit_is_missing(summary: Summary, tmp_path: Path) -> None:
    page = report_page(summarize(summary.campaign, None, summary.submissions, []), tmp_path)
    tables = Cells(page).tables
    assert {row[3] for row in tables["table-status"][1:]} == {"已报送"}
    assert {row[1] for row in tables["table-status"][1:]} == {""}
    assert "报送率</p>" not in page


def test_a_change_since_the_round_before_is_shown(tmp_path: Path) -> None:
    sent = [
        Submission(
            path=f"{round}.xlsx", form="progress", unit="甲", round=round,
            entries={"study_sessions": Entry(str(number), number, "附件3!H6")},
        )
        for round, number in (("week1", 3), ("week2", 8))
    ]  # fmt: skip
    page = report_page(summarize(weekly(), None, sent, []), tmp_path)
    head, first, *_rest = Cells(page).tables["table-totals"]
    assert (head[7], first[0], first[7]) == ("较第1周", "理论学习中心组学习", "+5")


def test_a_wrong_template_of_the_user_names_file_and_line(summary: Summary, tmp_path: Path) -> None:
    (tmp_path / "templates" / "report").mkdir(parents=True)
    (tmp_path / "templates" / "report" / "report.html.j2").write_text("<p>\n{{ nothing }}", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"report\.html\.j2:2: “nothing” is not known here"):
        report_page(summary, tmp_path)


# In a browser -----------------------------------------------------------------------------------------------------


def many(number: int) -> Summary:
    campaign = load_campaign(None, Path("nowhere"))
    units = tuple(Unit(code=f"u{index}", name=f"第{index}样例企业有限公司") for index in range(number))
    fields = campaign.form("progress").reported_fields
    sent = [
        Submission(
            path=f"{unit.code}.xlsx",
            form="progress",
            unit=unit.code,
            entries={
                field.key: Entry("是", True, "附件3!H6")
                if field.type == "yes_no"
                else Entry("1", (index * 7919 + place) % 1000, "附件3!H6")
                for place, field in enumerate(fields)
            },
        )
        for index, unit in enumerate(units)
    ]
    return summarize(campaign, Roster(units), sent, [])


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium")
    with sync_api.sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield instance
        instance.close()


def opened(browser: Any, page: str, folder: Path, width: int = 1280) -> "tuple[Page, list[str]]":
    """The page in a browser, and what it complained of or asked for."""
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    shown = browser.new_page(viewport={"width": width, "height": 900})
    trouble: list[str] = []
    shown.on("console", lambda message: trouble.append(message.text))
    shown.on("pageerror", lambda error: trouble.append(str(error)))
    shown.on("request", lambda request: None if request.url == path.as_uri() else trouble.append(request.url))
    shown.on("dialog", lambda dialog: trouble.append("a dialog"))
    shown.goto(path.as_uri())
    return shown, trouble


def column(shown: "Page", number: int) -> list[str]:
    return shown.locator(f"#table-units tbody tr:not([hidden]) > :nth-child({number})").all_text_contents()


@pytest.mark.slow
def test_it_sorts_and_filters_without_a_complaint_or_a_request(browser: Any, hostile: Summary, tmp_path: Path) -> None:
    shown, trouble = opened(browser, report_page(hostile, tmp_path), tmp_path)
    before = column(shown, 1)
    sessions = shown.locator("#table-units thead button").nth(1)
    sessions.focus()
    shown.keyboard.press("Enter")
    # The missing ones last, in either order; then as they stood at first.
    assert column(shown, 2) == ["1,200", "约34", "—", "—"]
    assert shown.locator("[aria-sort=descending]").count() == 1
    sessions.click()
    assert column(shown, 2) == ["约34", "1,200", "—", "—"]
    sessions.click()
    assert column(shown, 1) == before
    assert shown.locator("[aria-sort]").count() == 0
    shown.get_by_label("查找单位", exact=True).fill("武进")
    assert column(shown, 1) == ["武进区工信局"]
    shown.get_by_label("查找单位", exact=True).fill("")
    assert len(column(shown, 1)) == 4
    shown.locator("#status").get_by_label("报送情况", exact=True).select_option("已报送")
    assert shown.locator("#table-status tbody tr:visible").count() == 4
    shown.get_by_label("查找单位、文件、问题").fill("若干")
    assert shown.locator("#list-findings details:visible").count() == 1
    shown.get_by_label("错误").uncheck()
    assert shown.locator("#list-findings details:visible").count() == 0
    assert shown.locator("canvas:visible").count() == 2
    assert trouble == []


@pytest.mark.slow
def test_a_script_that_is_not_its_own_does_not_run(browser: Any, summary: Summary, tmp_path: Path) -> None:
    shown, trouble = opened(browser, report_page(summary, tmp_path), tmp_path)
    add = "const added = document.createElement('script'); added.textContent = 'window.ran = 1';"
    shown.evaluate(f"() => {{ {add} document.body.append(added); }}")
    assert shown.evaluate("window.ran") is None
    assert "Content Security Policy" in trouble[0]


@pytest.mark.slow
def test_in_print_every_column_is_on_a_table_that_fits(browser: Any, summary: Summary, tmp_path: Path) -> None:
    shown, trouble = opened(browser, report_page(summary, tmp_path), tmp_path)
    shown.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tables = shown.evaluate("Array.from(document.querySelectorAll('.printed'), each => each.rows[1].cells.length - 1)")
    assert sum(tables) == 42
    assert max(tables) <= 16
    assert shown.locator("details:not([open])").count() == 0
    shown.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert shown.locator(".printed, details[open]").count() == 0
    assert len(shown.pdf()) > 10_000
    assert trouble == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_only_the_tables_scroll_sideways(browser: Any, summary: Summary, tmp_path: Path, width: int) -> None:
    names = {code: name * 6 for code, name in summary.names.items()}
    shown, trouble = opened(browser, report_page(dataclasses.replace(summary, names=names), tmp_path), tmp_path, width)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert trouble == []


@pytest.mark.slow
def test_a_thousand_units_sort_too(browser: Any, tmp_path: Path) -> None:
    shown, trouble = opened(browser, report_page(many(1000), tmp_path), tmp_path)
    shown.locator("#table-units thead button").nth(1).click()
    figures = [int(text.replace(",", "")) for text in column(shown, 2)]
    assert len(figures) == 1000
    assert figures == sorted(figures, reverse=True)
    assert trouble == []
