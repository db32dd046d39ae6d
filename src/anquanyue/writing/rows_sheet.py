"""The sheet of a form of label–value pairs: the official layout, filled in where it stands."""

from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Campaign, Form
from anquanyue.templating import render_text
from anquanyue.writing import styles
from anquanyue.writing.entry import format_entry, make_entry, write_entry
from anquanyue.writing.sheet import protect, set_up

_FIRST_ROW = 3
_ROW_HEIGHT = 46.0
_LABEL_WIDTH, _ENTRY_WIDTH = 11.0, 19.0


def fill_rows_sheet(sheet: Worksheet, campaign: Campaign, form: Form, stamp: str, values: Mapping[str, object]) -> None:
    """Lay the form out on an empty sheet; column A (hidden) holds the stamp and each row's keys."""
    pairs = max(len(statement.blanks) for statement in form.rows)
    letters = [chr(ord("B") + index) for index in range(pairs * 2)]
    widths = {letter: (_LABEL_WIDTH, _ENTRY_WIDTH)[index % 2] for index, letter in enumerate(letters)}
    set_up(sheet, stamp, widths, landscape=False)
    last = letters[-1]
    sheet["B1"], sheet["B1"].font, sheet["B1"].alignment = form.title, styles.TITLE_FONT, styles.CENTRE
    sheet.merge_cells(f"B1:{last}1")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 48, 12
    row = _FIRST_ROW
    for statement in form.rows:
        sheet[f"A{row}"] = " ".join(blank.key for blank in statement.blanks)
        for index, blank in enumerate(statement.blanks):
            label, entry = sheet[f"{letters[2 * index]}{row}"], sheet[f"{letters[2 * index + 1]}{row}"]
            label.value, label.font = blank.words, styles.HEADING_FONT
            label.alignment, label.border = styles.CENTRE, styles.GRID
            make_entry(sheet, entry, blank.key)
            format_entry(sheet, entry, form.field(blank.key), campaign)
            entry.font, entry.alignment = styles.BODY_FONT, styles.CENTRE
            write_entry(entry, values.get(blank.key))
        first_entry = letters[2 * len(statement.blanks) - 1]
        for letter in letters[2 * len(statement.blanks) - 1 :]:
            sheet[f"{letter}{row}"].border = styles.GRID
        if first_entry != last:
            sheet.merge_cells(f"{first_entry}{row}:{last}{row}")
        sheet.row_dimensions[row].height = _ROW_HEIGHT
        row += 1
    deadline = campaign.duty_of(form).rounds[-1].deadline
    note = sheet[f"B{row + 1}"]
    note.value = render_text(form.note, campaign=campaign, form=form, deadline=deadline)
    note.font, note.alignment = styles.BODY_FONT, styles.LEFT
    sheet.merge_cells(f"B{row + 1}:{last}{row + 1}")
    sheet.row_dimensions[row + 1].height = 36
    protect(sheet, last_column=last, last_row=row + 1)
