"""The first sheet of a returned form (请核改): what the unit is asked to look at, line by line, and by when.

Its opening words come from a template; each line has a link to the entry that it is about.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.writing.comments import FILLS
from anquanyue.writing.marks import ASKS, Mark, Returned
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.styles import (
    FIRST,
    HEADING_FONT,
    TITLE_FONT,
    Look,
    fit_row,
    protect,
    put,
    put_over,
    set_page,
    set_widths,
)

SHEET_NAME: Final = "请核改"
TEMPLATE: Final = "returned.txt.j2"

_HEADINGS: Final = ("序号", "要求", "位置", "指标", "发现的问题", "请这样处理")
_WIDTHS: Final = (6, 9, 12, 30, 56, 44)
_LAST: Final = FIRST + len(_WIDTHS) - 1
_ALL: Final = (FIRST, _LAST)
_SIZE: Final = 10.5
_WHOLE: Final = "整张表"

_TITLE: Final = Look(font=TITLE_FONT, size=20, horizontal="center", color="FF9C0006")
_OPENING: Final = Look(size=11)
_DUE: Final = Look(font=HEADING_FONT, size=13, color="FF9C0006")
_HEADER: Final = Look(font=HEADING_FONT, size=11, line="grey", horizontal="center", fill="FFDCE6F1")
_CENTERED: Final = Look(size=_SIZE, line="grey", horizontal="center")
_TEXT: Final = Look(size=_SIZE, line="grey", indent=1)
_LINK: Final = replace(_CENTERED, color="FF0563C1", underlined=True)


def write_findings_sheet(
    sheet: Worksheet, returned: Returned, opening: str, form_sheet: str, places: Mapping[str, str]
) -> None:
    """Write the whole sheet.

    Args:
        sheet: Where to write.
        returned: Holds what is listed.
        opening: The lines above the table; one that begins with "# " stands out.
        form_sheet: The name of the sheet with the entries.
        places: The address of each entry there by its name.
    """
    put(sheet, 1, 1, DERIVED, Look())
    set_widths(sheet, _WIDTHS)
    put_over(sheet, (1, 1), _ALL, SHEET_NAME, _TITLE)
    sheet.row_dimensions[1].height = 38
    row = 2
    for line in opening.strip().splitlines():
        text, look = line.strip().removeprefix("# "), _DUE if line.startswith("# ") else _OPENING
        put_over(sheet, (row, row), _ALL, text, look)
        fit_row(sheet, row, ((text, _ALL),), look.size)
        row += 1
    for column, text in enumerate(_HEADINGS, start=FIRST):
        put(sheet, row, column, text, _HEADER)
    sheet.row_dimensions[row].height = 24
    header_row = row
    for number, mark in enumerate((mark for mark in returned.marks if mark.severity in FILLS), start=1):
        row += 1
        _write_line(sheet, row, number, mark, form_sheet, places)
    sheet.freeze_panes = f"A{header_row + 1}"
    set_page(sheet, landscape=True, last_row=row, last_column=_LAST, repeated=f"{header_row}:{header_row}")
    sheet.sheet_properties.tabColor = "FFC00000"
    protect(sheet)


def _write_line(
    sheet: Worksheet, row: int, number: int, mark: Mark, form_sheet: str, places: Mapping[str, str]
) -> None:
    there = [places[name].replace("$", "") for name in mark.names if name in places]
    more = f"等{len(there)}处" if len(there) > 1 else ""
    ask = replace(_CENTERED, fill=FILLS[mark.severity])
    cells = (
        (str(number), _CENTERED),
        (ASKS[mark.severity], ask),
        (f"{there[0]}{more}" if there else _WHOLE, _LINK if there else _CENTERED),
        (mark.label, _TEXT),
        (mark.found, _TEXT),
        (mark.request, _TEXT),
    )
    for column, (text, look) in enumerate(cells, start=FIRST):
        put(sheet, row, column, text, look)
    if there:
        place = f"{get_column_letter(FIRST + 2)}{row}"
        quoted = form_sheet.replace("'", "''")
        sheet[place].hyperlink = Hyperlink(ref=place, location=f"'{quoted}'!{there[0]}", tooltip="点击跳到该单元格")
    # A character more, for the indent.
    texts = tuple((f"{text}　", (column, column)) for column, (text, _look) in enumerate(cells, start=FIRST))
    fit_row(sheet, row, texts, _SIZE, 24)
