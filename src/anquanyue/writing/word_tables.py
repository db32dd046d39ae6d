"""The tables of the Word documents: three columns of prose, and label–value pairs."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Form, Item
from anquanyue.campaign.statement import Blank, Statement
from anquanyue.writing.labels import EVIDENCE_LABEL, NOTES_LABEL
from anquanyue.writing.styles import HEADING_FONT
from anquanyue.writing.word_text import TEXT_WIDTH, WordLook, add_row, add_table, emptied, write_cell

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_ITEM_WIDTHS: Final = (28.0, 48.0, TEXT_WIDTH - 76)
_LABEL_SHARE: Final = 0.38
_HEADER: Final = WordLook(font=HEADING_FONT, size=12, horizontal="center")
_NAME: Final = WordLook(size=11, horizontal="center")
_TEXT: Final = WordLook(size=11)
_PAIR_LABEL: Final = WordLook(font=HEADING_FONT, size=12, horizontal="center")
_PAIR_ENTRY: Final = WordLook(size=12, horizontal="center")


def shown(blank: Blank, value: object) -> str:
    """How a value stands in a blank of a document: a date as 2022年6月28日, nothing as an empty blank."""
    if isinstance(value, datetime.date):
        value = f"{value.year}年{value.month}月{value.day}日"
    return blank.show(None if value == "" else value)


def add_items_table(document: "Document", form: Form, values: Mapping[str, object]) -> None:
    """The three columns of the notice; under each item a row for its notes."""
    table = add_table(document, _ITEM_WIDTHS)
    for cell, text in zip(add_row(table, height=8, heading=True).cells, form.columns, strict=True):
        write_cell(cell, [text], _HEADER, keep_next=True)
    for item in form.items:
        name, requirement, progress = add_row(table, height=10).cells
        write_cell(name, [item.name], _NAME, keep_next=True)
        write_cell(requirement, [item.requirement], _TEXT, keep_next=True)
        prose = [statement.render(lambda blank: shown(blank, values.get(blank.key))) for statement in item.statements]
        write_cell(progress, prose, _TEXT, keep_next=True)
        notes = add_row(table, height=11, whole=False).cells
        write_cell(notes[0].merge(notes[-1]), _notes(form, item, values), _TEXT)


def _notes(form: Form, item: Item, values: Mapping[str, object]) -> list[str]:
    """The item's notes behind their label; behind them what was given as evidence, which has no place of its own."""
    lines = f"{NOTES_LABEL}：{values.get(item.notes_key) or ''}".split("\n")
    for blank in item.blanks:
        field = form.field(blank.key)
        if evidence := values.get(field.evidence_key):
            lines.append(f"{EVIDENCE_LABEL}（{field.label}）：{evidence}")
    return lines


def add_pairs_table(document: "Document", rows: Sequence[Statement], values: Mapping[str, object]) -> None:
    """Label–value pairs, as many a row as each statement has; the last value of a row reaches to the edge."""
    pairs = max(len(statement.blanks) for statement in rows)
    label = TEXT_WIDTH / pairs * _LABEL_SHARE
    table = add_table(document, (label, TEXT_WIDTH / pairs - label) * pairs)
    for statement in rows:
        cells = add_row(table, height=13).cells
        for index, blank in enumerate(statement.blanks):
            write_cell(cells[2 * index], [blank.words], _PAIR_LABEL)
            entry = cells[2 * index + 1]
            if blank is statement.blanks[-1] and cells[-1] is not entry:
                entry = entry.merge(cells[-1])
            write_cell(entry, [_entry(blank, values.get(blank.key))], _PAIR_ENTRY)


def write_entry(table: "Table", rows: Sequence[Statement], key: str, value: object) -> None:
    """Write another value into a table of label–value pairs."""
    for row, statement in enumerate(rows):
        for index, blank in enumerate(statement.blanks):
            if blank.key == key:
                cell = table.cell(row, 2 * index + 1)
                emptied(cell.paragraphs[0])
                write_cell(cell, [_entry(blank, value)], _PAIR_ENTRY)


def _entry(blank: Blank, value: object) -> str:
    if blank.unit:
        return f"（{shown(blank, value)}）{blank.unit}"
    return shown(blank, value).strip()
