"""The sheet on which a form of label–value pairs is filled in: the official table itself, ready to print."""

import math
from typing import Final

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, PatternFill

from anquanyue.campaign.model import Form
from anquanyue.campaign.statement import Blank, Statement
from anquanyue.writing.cells import plain
from anquanyue.writing.entries import EntryWriter
from anquanyue.writing.styles import (
    FIRST,
    HEADING_FONT,
    OFFICIAL_FONT,
    SETTLED,
    TITLE_FONT,
    Look,
    fit_row,
    protect,
    put,
    put_over,
    set_page,
    set_widths,
)
from anquanyue.writing.text_size import POINTS_A_CHARACTER, text_width

_WIDTH: Final = 96.0
"""Of all columns: as much as A4 takes without making it smaller."""

_UNIT_WIDTH: Final = 7.0
_LEAST_LABEL_WIDTH: Final = 8.0
_NEEDED: Final = {"choice": 6.0, "telephone": 16.0, "mobile": 14.0, "email": 31.0}
"""How wide entries are, in proportion to each other, by their type."""

_USUALLY_NEEDED: Final = 12.0
_FIRST_ROW: Final = 3
_ROW_HEIGHT: Final = 52
"""Enough for a long mail address."""

FILLED: Final[PatternFill] = SETTLED
"""No colour: what is filled in is ready to print."""

ENTRY_LOOK: Final = Look(font=OFFICIAL_FONT, size=10.5, line="black", horizontal="center")
_MARK: Final = Look(font=HEADING_FONT, size=14)
_TITLE: Final = Look(font=TITLE_FONT, size=22, horizontal="center")
_LABEL: Final = Look(font=HEADING_FONT, size=12, line="black", horizontal="center")
_NOTE: Final = Look(font=OFFICIAL_FONT, size=12)
_PROGRESS: Final = Look(size=10, color="FF1F5C99", horizontal="right")
_STAR: Final = "*"
_STAR_FONT: Final = InlineFont(rFont=HEADING_FONT, charset=134, sz=12, color=Color("FFC00000"))
_LABEL_FONT: Final = InlineFont(rFont=HEADING_FONT, charset=134, sz=12, color=Color("FF000000"))


def write_rows_sheet(writer: EntryWriter, note: str) -> None:
    """Write the whole sheet; `note` is the line under the table."""
    sheet, form = writer.sheet, writer.form
    widths, step = _column_widths(form)
    last_column = FIRST + len(widths) - 1
    set_widths(sheet, widths)
    put_over(sheet, (1, 1), (FIRST, last_column), form.label, _MARK)
    put_over(sheet, (2, 2), (FIRST, last_column), form.title, _TITLE)
    fit_row(sheet, 1, ((form.label, (FIRST, last_column)),), _MARK.size, 24)
    fit_row(sheet, 2, ((form.title, (FIRST, last_column)),), _TITLE.size, 44)
    row = _FIRST_ROW
    for statement in form.rows:
        _write_pairs(writer, statement, row, step, last_column)
        row += 1
    if note:
        put_over(sheet, (row, row), (FIRST, last_column), note, _NOTE)
        fit_row(sheet, row, ((note, (FIRST, last_column)),), _NOTE.size, 30)
    _write_progress(writer, row + 1, last_column)
    writer.add_formats()
    set_page(sheet, landscape=False, last_row=row, last_column=last_column, repeated=None)
    # What is still inviting is so on screens only.
    sheet.page_setup.blackAndWhite = True
    protect(sheet)


def _column_widths(form: Form) -> tuple[tuple[float, ...], int]:
    """The widths of all columns, and how many of them a pair has."""
    pairs = max(len(row.blanks) for row in form.rows)
    units = any(blank.unit for row in form.rows for blank in row.blanks)
    labels, needed = [_LEAST_LABEL_WIDTH] * pairs, [0.0] * pairs
    for statement in form.rows:
        for index, blank in enumerate(statement.blanks):
            labels[index] = max(
                labels[index], math.ceil(text_width(_label(form, blank)) * _LABEL.size / 2 / POINTS_A_CHARACTER + 2)
            )
            if index + 1 < len(statement.blanks) or len(statement.blanks) == pairs:
                type_ = form.field(blank.key).type or ""
                needed[index] = max(needed[index], _NEEDED.get(type_, _USUALLY_NEEDED))
    step = 3 if units else 2
    left = max(_WIDTH / 2, _WIDTH - sum(labels) - (_UNIT_WIDTH * pairs if units else 0))
    widths: list[float] = []
    for label, need in zip(labels, needed, strict=True):
        widths += [label, round(left * need / sum(needed), 1)] + ([_UNIT_WIDTH] if units else [])
    return tuple(widths), step


def _label(form: Form, blank: Blank) -> str:
    return (_STAR if form.field(blank.key).required else "") + blank.words


def _write_pairs(writer: EntryWriter, statement: Statement, row: int, step: int, last_column: int) -> None:
    sheet = writer.sheet
    put(sheet, row, 1, " ".join(blank.key for blank in statement.blanks), Look())
    labels, entries = [], []
    for index, blank in enumerate(statement.blanks):
        column = FIRST + index * step
        end = last_column if blank is statement.blanks[-1] else column + step - 1
        if blank.unit:
            put(sheet, row, end, blank.unit, _LABEL)
            end -= 1
        cell = put(sheet, row, column, blank.words, _LABEL)
        if writer.form.field(blank.key).required:
            words = plain(blank.words)
            cell.value = CellRichText(TextBlock(_STAR_FONT, _STAR), TextBlock(_LABEL_FONT, words))
        writer.entry(writer.form.field(blank.key), row, (column + 1, end))
        labels.append((_label(writer.form, blank), (column, column)))
        entries.append((writer.shown(blank.key), (column + 1, end)))
    fit_row(sheet, row, tuple(labels), _LABEL.size, _ROW_HEIGHT)
    fit_row(sheet, row, tuple(entries), ENTRY_LOOK.size, float(sheet.row_dimensions[row].height))


def _write_progress(writer: EntryWriter, row: int, last_column: int) -> None:
    """How many of the required entries are filled in, live; below what is printed."""
    required = [field for field in writer.form.fields if field.required]
    filled = "+".join(f"NOT(ISBLANK({writer.places[field.key]}))" for field in required) or "0"
    formula = f'="必填（带{_STAR}）：已填 "&({filled})&"/{len(required)}"'
    put_over(writer.sheet, (row, row), (FIRST, last_column), formula, _PROGRESS, formula=True)
    writer.sheet.row_dimensions[row].height = 20
