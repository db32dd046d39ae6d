"""The sheet that tells how to fill in, by when, whom to ask, and what to count."""

from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Campaign, Form
from anquanyue.templating import render
from anquanyue.writing import styles
from anquanyue.writing.cells import write_text
from anquanyue.writing.sheet import protect, set_up
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.text_size import row_height

TEMPLATE = "guide.txt.j2"
_WIDTHS = {"B": 34.0, "C": 10.0, "D": 50.0}


def fill_guide_sheet(sheet: Worksheet, campaign: Campaign, form: Form, working_folder: Path) -> None:
    """Write the guide on an empty sheet: the template's lines (`# ` begins a heading), then 填报口径."""
    set_up(sheet, DERIVED, _WIDTHS)
    duty = campaign.duty_of(form)
    row = 1
    for line in render(TEMPLATE, working_folder, campaign=campaign, form=form, duty=duty).splitlines():
        _line(sheet, row, line)
        row += 1
    guided = [field for field in form.fields if field.guidance]
    if guided:
        _line(sheet, row, "# 填报口径")
        for field in guided:
            row += 1
            texts = {"B": field.label, "C": field.unit, "D": field.guidance}
            for letter, text in texts.items():
                cell = sheet[f"{letter}{row}"]
                cell.font, cell.border = styles.SCREEN_FONT, styles.GRID
                cell.alignment = styles.CENTRE if letter == "C" else styles.LEFT
                write_text(cell, text)
            sheet.row_dimensions[row].height = row_height([(text, _WIDTHS[each]) for each, text in texts.items()], 11)
    protect(sheet, last_column="D", last_row=row)


def _line(sheet: Worksheet, row: int, line: str) -> None:
    heading, text = line.startswith("# "), line.removeprefix("# ")
    cell = sheet[f"B{row}"]
    cell.font = styles.HEADING_FONT if heading else styles.SCREEN_FONT
    cell.alignment = styles.LEFT
    write_text(cell, text)
    sheet.merge_cells(f"B{row}:D{row}")
    height = row_height([(text, sum(_WIDTHS.values()))], 12 if heading else 11)
    sheet.row_dimensions[row].height = height + 8 if heading else height
