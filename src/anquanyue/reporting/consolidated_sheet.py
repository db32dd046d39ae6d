"""汇总表: the form as the notice printed it, with the totals in its blanks."""

from collections.abc import Mapping
from typing import Final

from openpyxl.workbook.workbook import Workbook

from anquanyue.campaign.model import Item
from anquanyue.campaign.statement import Blank
from anquanyue.reporting.layout import FIRST, MISSING, fit_row, new_sheet, print_setup, put, put_across
from anquanyue.summary import Summary

_WIDTHS: Final = (14, 27, 50)


def add_consolidated_sheet(workbook: Workbook, summary: Summary) -> None:
    """Add the consolidated form, ready to be printed and stamped."""
    form = summary.form
    sheet = new_sheet(workbook, "汇总表", _WIDTHS)
    columns = len(_WIDTHS)
    put_across(sheet, 1, columns, f"{form.title}（汇总）", "title")
    put_across(sheet, 2, columns, _head(summary), "subtitle")
    for column, heading in enumerate(form.columns, start=FIRST):
        put(sheet, 3, column, heading, "header")
    sheet.row_dimensions[3].height = 24
    row = 4
    for item in form.items:
        texts = (item.name, item.requirement, item_prose(item, summary))
        for column, text in enumerate(texts, start=FIRST):
            put(sheet, row, column, text, "prose")
        fit_row(sheet, row, dict(enumerate(texts, start=FIRST)), "prose")
        row += 1
    for note in (*missing_notes(summary), *approximate_notes(summary)):
        put_across(sheet, row, columns, note, "note")
        row += 1
    sheet.freeze_panes = "A4"
    print_setup(sheet, landscape=False, repeated_rows="3:3", columns=columns)


def item_prose(item: Item, summary: Summary) -> str:
    """The item's statements with the totals.

    A total that some unit's value is missing from carries a star, one that holds approximations the word 约.
    """

    def show(blank: Blank) -> str:
        star = "*" if summary.missing[blank.key] else ""
        about = "约" if summary.approximate[blank.key] else ""
        total: int | str = summary.totals[blank.key]
        if summary.unsaid(blank.key):
            # Nobody said anything, which is no zero.
            return f"{MISSING}{star}"
        return f"{blank.options[0]}（{total}个单位）{star}" if blank.boxed else f"{about}{total}{star}"

    return "\n".join(statement.render(show) for statement in item.statements)


def missing_notes(summary: Summary) -> list[str]:
    """What the stars mean: how many units each of the totals lacks, the most first."""
    return _notes("* 有{number}个单位的该数据未报送或无法识别：{labels}", summary, summary.missing)


def approximate_notes(summary: Summary) -> list[str]:
    """What 约 means: how many units' approximations each of the totals holds, the most first."""
    return _notes("约：合计中有{number}个单位填报的是约数：{labels}", summary, summary.approximate)


def _notes(text: str, summary: Summary, numbers: Mapping[str, int]) -> list[str]:
    labels: dict[int, list[str]] = {}
    for field in summary.form.reported_fields:
        if number := numbers[field.key]:
            labels.setdefault(number, []).append(field.label)
    return [text.format(number=number, labels="；".join(labels[number])) for number in sorted(labels, reverse=True)]


def _head(summary: Summary) -> str:
    absent = f"　未报送：{len(summary.not_reported)}个单位" if summary.not_reported else ""
    return f"汇总单位：{summary.campaign.organizer}　已报送：{len(summary.units)}个单位{absent}"
