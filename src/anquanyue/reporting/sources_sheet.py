"""来源: where the figures came from: a row a submission, and every value that does not count just as it was typed."""

from collections.abc import Iterator
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook

from anquanyue.checking.arrival import arrived, dated
from anquanyue.provenance import Origin, origins
from anquanyue.reading.submission import Submission
from anquanyue.reporting.finding_words import STATUS_NAMES, code_title
from anquanyue.reporting.layout import FIRST, StyleName, new_sheet, print_setup, put_across, put_row
from anquanyue.reporting.long_rows import LongRows, Value
from anquanyue.reporting.status_text import SOURCE_NAMES
from anquanyue.reporting.tidy import how
from anquanyue.summary import Summary

_HEADINGS: Final = (
    "单位",
    "表格",
    "期",
    "文件",
    "工作表或位置",
    "日期",
    "采用情况",
    "指标",
    "填写内容",
    "计入数值",
    "说明",
)
_WIDTHS: Final = (24, 10, 12, 44, 16, 19, 10, 26, 18, 12, 40)
_BODY: Final[StyleName] = "body"
_STYLES: Final = ("label", *[_BODY] * 8, "count", "body")
_NOTE: Final = (
    "每份报送一行；其下列出不是照原样计入的每个数值：更正、认定、约数、换算，或不是在本格找到的。全部数值及其位置见数据文件"
    "（.csv、.sqlite），或用 anquanyue trace 查看。"
)
_HOW_NAMES: Final = {
    "blank": "", "unreadable": "无法识别，未计入", "decided": "人工认定", "approximate": "约数",
    "rewritten": "换算为数字", "zero": "单位声明空白项按0计", "": "",
}  # fmt: skip


def add_sources_sheet(workbook: Workbook, summary: Summary) -> LongRows:
    """Add the submissions in their order, each with the values that want a word."""
    sheet = new_sheet(workbook, "来源", _WIDTHS)
    put_across(sheet, 1, len(_WIDTHS), "数据来源", "title")
    put_across(sheet, 2, len(_WIDTHS), _NOTE, "note")
    put_row(sheet, 3, _HEADINGS, "header")
    rows = LongRows(sheet, 4)
    remarkable = _remarkable(summary)
    labels = {form.key: form.label for form in summary.campaign.forms}
    for submission in summary.submissions:
        *about, found = submission_line(submission, summary, labels)
        rows.add((*about, "", "", "", found), _STYLES, above=True)
        for origin in remarkable.get(submission.path, ()):
            rows.add(_value_line(origin, summary), _STYLES)
    sheet.freeze_panes = "C4"
    sheet.auto_filter.ref = f"B3:{get_column_letter(FIRST + len(_WIDTHS) - 1)}{rows.next - 1}"
    print_setup(sheet, landscape=True, repeated_rows="3:3", columns=len(_WIDTHS), last=rows.next - 1)
    return rows


def _remarkable(summary: Summary) -> dict[str, list[Origin]]:
    """By file: the values that do not count just as they were typed into their own cell, and what kept any out."""
    found: dict[str, list[Origin]] = {}
    for origin in origins(summary, remarkable=True):
        if how(origin) not in ("", "blank", "zero") or any(each.severity != "info" for each in origin.findings):
            found.setdefault(origin.file, []).append(origin)
    return found


def submission_line(submission: Submission, summary: Summary, labels: dict[str, str]) -> tuple[str, ...]:
    """The unit, form, round, file, sheet and day of a submission, what became of it, and what was found about it.

    Args:
        submission: Which one.
        summary: That it is part of.
        labels: Of the forms, by their keys.
    """
    file, sheet = _file_and_sheet(submission)
    form = summary.campaign.form(submission.form) if submission.form else None
    # The time of a file is left out: a copy has another, and the same files are to give the same report.
    arrival = arrived(submission.path, summary.campaign, written=dated(submission, form) if form else None)
    return (
        summary.name(submission.unit),
        labels.get(submission.form or "", ""),
        _round(submission, summary),
        file,
        sheet,
        f"{arrival.day.isoformat()}（{SOURCE_NAMES[arrival.source]}）" if arrival.day and arrival.source else "",
        STATUS_NAMES[submission.status],
        "、".join(dict.fromkeys(code_title(each.code) for each in submission.findings if not each.field)),
    )


def _file_and_sheet(submission: Submission) -> tuple[str, str]:
    """The file, and the sheet that the values stand in; the name of either may hold a #."""
    places = (each.place for each in submission.entries.values())
    sheet = next((place.rpartition("!")[0] for place in places if "!" in place), "")
    return submission.path.removesuffix(f"#{sheet}") if sheet else submission.path, sheet


def _round(submission: Submission, summary: Summary) -> str:
    if submission.form is None:
        return ""
    due = summary.campaign.duty_of(summary.campaign.form(submission.form)).rounds
    return next((each.label for each in due if each.key == submission.round), "")


def _value_line(origin: Origin, summary: Summary) -> tuple[Value, ...]:
    return (
        summary.name(origin.submission.unit),
        *("", _round(origin.submission, summary), origin.file, origin.place, "", ""),
        origin.field.label,
        origin.text,
        None if origin.value is None else int(origin.value),
        "；".join(dict.fromkeys(_remarks(origin))),
    )


def _remarks(origin: Origin) -> Iterator[str]:
    if words := _HOW_NAMES[how(origin)]:
        yield words
    if not origin.stands:
        yield "已由后一期取代"
    for finding in origin.findings:
        yield code_title(finding.code)
