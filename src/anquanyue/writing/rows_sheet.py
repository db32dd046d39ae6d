"""The sheet on which a form of label–value pairs is filled in: the official table itself."""

from typing import Final

from anquanyue.campaign.statement import Statement
from anquanyue.writing.entries import EntryWriter
from anquanyue.writing.styles import (
    FIRST,
    HEADING_FONT,
    OFFICIAL_FONT,
    TITLE_FONT,
    Look,
    fit_row,
    protect,
    put,
    put_over,
    set_page,
    set_widths,
)

_LABEL_WIDTH, _ENTRY_WIDTH, _UNIT_WIDTH = 11.0, 21.0, 7.0
_FIRST_ROW: Final = 4
_ROW_HEIGHT: Final = 38

ENTRY_LOOK: Final = Look(font=OFFICIAL_FONT, size=12, line="black", horizontal="center")
_MARK: Final = Look(font=HEADING_FONT, size=14)
_TITLE: Final = Look(font=TITLE_FONT, size=22, horizontal="center")
_LABEL: Final = Look(font=HEADING_FONT, size=12, line="black", horizontal="center")
_NOTE: Final = Look(font=OFFICIAL_FONT, size=12)
_PROGRESS: Final = Look(size=10, color="FF1F5C99", horizontal="right")


def write_rows_sheet(writer: EntryWriter, note: str) -> None:
    """Write the whole sheet; `note` is the line under the table."""
    sheet, form = writer.sheet, writer.form
    with_units = any(blank.unit for row in form.rows for blank in row.blanks)
    widths = (_LABEL_WIDTH, _ENTRY_WIDTH) + ((_UNIT_WIDTH,) if with_units else ())
    pairs = max(len(row.blanks) for row in form.rows)
    last_column = FIRST + len(widths) * pairs - 1
    set_widths(sheet, widths * pairs)
    put_over(sheet, (1, 1), (FIRST, last_column), form.label, _MARK)
    put_over(sheet, (2, 2), (FIRST, last_column), form.title, _TITLE)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 24, 44
    row = _FIRST_ROW
    for statement in form.rows:
        _write_pairs(writer, statement, row, len(widths), last_column)
        row += 1
    _write_progress(writer, last_column)
    if note:
        put_over(sheet, (row, row), (FIRST, last_column), note, _NOTE)
        fit_row(sheet, row, ((note, (FIRST, last_column)),), _NOTE.size, 30)
    writer.add_formats()
    set_page(sheet, landscape=False, last_row=row, last_column=last_column, repeated=None)
    protect(sheet)


def _write_pairs(writer: EntryWriter, statement: Statement, row: int, step: int, last_column: int) -> None:
    sheet = writer.sheet
    put(sheet, row, 1, " ".join(blank.key for blank in statement.blanks), Look())
    for index, blank in enumerate(statement.blanks):
        column = FIRST + index * step
        end = last_column if blank is statement.blanks[-1] else column + step - 1
        if blank.unit:
            put(sheet, row, end, blank.unit, _LABEL)
            end -= 1
        put(sheet, row, column, blank.words, _LABEL)
        writer.entry(writer.form.field(blank.key), row, (column + 1, end))
    sheet.row_dimensions[row].height = _ROW_HEIGHT


def _write_progress(writer: EntryWriter, last_column: int) -> None:
    """How many of the required entries are filled in, live."""
    required = [field for field in writer.form.fields if field.required]
    filled = "+".join(f"NOT(ISBLANK({writer.places[field.key]}))" for field in required) or "0"
    words = "、".join(field.blank.words for field in required)
    formula = f'="必填（{words[:100]}）：已填 "&({filled})&"/{len(required)}"'
    put_over(writer.sheet, (3, 3), (FIRST, last_column), formula, _PROGRESS, formula=True)
    writer.sheet.row_dimensions[3].height = 20
