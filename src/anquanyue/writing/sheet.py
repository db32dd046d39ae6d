"""What every sheet of a form has in common: hidden first column, page, protection."""

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

MARGINS = {"left": 0.6, "right": 0.6, "top": 0.7, "bottom": 0.7, "header": 0.3, "footer": 0.3}
"""In inches."""


def set_up(sheet: Worksheet, first_cell: str, widths: dict[str, float], *, landscape: bool = False) -> None:
    """Put `first_cell` (stamp or mark) into the hidden first column, set column widths and an A4 page one wide."""
    sheet["A1"] = first_cell
    sheet.column_dimensions["A"].hidden = True
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = 9  # A4 (ECMA-376, part 1, 18.3.1.63)
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    for side, inches in MARGINS.items():
        setattr(sheet.page_margins, side, inches)


def protect(sheet: Worksheet, *, last_column: str, last_row: int) -> None:
    """Lock all but the entries, without a password, and print what is visible."""
    sheet.print_area = f"B1:{last_column}{last_row}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
