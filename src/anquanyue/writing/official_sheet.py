"""The printed form of items: the official table, its prose put together by formulas from the entries."""

from collections.abc import Mapping
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Form, Item
from anquanyue.writing.formulas import prose_formula
from anquanyue.writing.labels import STAMP_ROOM_LABEL
from anquanyue.writing.stamp import DERIVED
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
from anquanyue.writing.text_size import row_height

SHEET_NAME: Final = "打印（正式表）"

_WIDTHS: Final = (16, 34, 66)
_LAST: Final = FIRST + len(_WIDTHS) - 1
_HEADER_ROW: Final = 4
_ROOM_FOR_DIGITS: Final = 4
"""How many characters wider than an empty blank a filled one is taken to be."""

_ROOM_IN_HEAD: Final = 8
"""How many Chinese characters a blank of the head is taken to hold at least."""

_MARK: Final = Look(font=HEADING_FONT, size=14)
_TITLE: Final = Look(font=TITLE_FONT, size=22, horizontal="center")
_HEAD: Final = Look(font=OFFICIAL_FONT, size=11)
_NOTE: Final = Look(font=OFFICIAL_FONT, size=12)
_HEADER: Final = Look(font=HEADING_FONT, size=12, line="black", horizontal="center")
_NAME: Final = Look(font=OFFICIAL_FONT, size=12, line="black", horizontal="center")
_TEXT: Final = Look(font=OFFICIAL_FONT, size=12, line="black")


def write_official_sheet(sheet: Worksheet, form: Form, note: str, values: Mapping[str, object]) -> None:
    """Write the whole sheet; `note` is the line under the table, `values` what is filled in already."""
    put(sheet, 1, 1, DERIVED, Look())
    set_widths(sheet, _WIDTHS)
    put_over(sheet, (1, 1), (FIRST, _LAST), form.label, _MARK)
    put_over(sheet, (2, 2), (FIRST, _LAST), form.title, _TITLE)
    fit_row(sheet, 1, ((form.label, (FIRST, _LAST)),), _MARK.size, 22)
    fit_row(sheet, 2, ((form.title, (FIRST, _LAST)),), _TITLE.size, 40)
    if form.head:
        put_over(sheet, (3, 3), (FIRST, _LAST), prose_formula(form, (form.head,), lined=True), _HEAD, formula=True)
        sheet.row_dimensions[3].height = head_height(form, values)
    for column, text in enumerate(form.columns, start=FIRST):
        put(sheet, _HEADER_ROW, column, text, _HEADER)
    sheet.row_dimensions[_HEADER_ROW].height = 26
    row = _HEADER_ROW
    for row, item in enumerate(form.items, start=_HEADER_ROW + 1):
        _write_item(sheet, form, item, row)
    row += 1
    if note:
        put_over(sheet, (row, row), (FIRST, _LAST), note, _NOTE)
        fit_row(sheet, row, ((note, (FIRST, _LAST)),), _NOTE.size)
        row += 1
    _write_room_for_stamp(sheet, row)
    set_page(sheet, landscape=False, last_row=row, last_column=_LAST, repeated=f"{_HEADER_ROW}:{_HEADER_ROW}")
    protect(sheet)


def head_height(form: Form, values: Mapping[str, object]) -> float:
    """How high the row of the head is, where those values are filled in; 0 where the form has no head."""
    if form.head is None:
        return 0
    room = form.head.render(lambda blank: str(values.get(blank.key, "")).ljust(_ROOM_IN_HEAD, "　"))
    return row_height([(room, sum(_WIDTHS))], _HEAD.size)


def _write_item(sheet: Worksheet, form: Form, item: Item, row: int) -> None:
    put(sheet, row, FIRST, item.name, _NAME)
    put(sheet, row, FIRST + 1, item.requirement, _TEXT)
    put(sheet, row, FIRST + 2, prose_formula(form, item.statements), _TEXT, formula=True)
    room = "0" * _ROOM_FOR_DIGITS
    prose = "\n".join(statement.render(lambda blank: blank.show(None) + room) for statement in item.statements)
    texts = ((item.name, (FIRST, FIRST)), (item.requirement, (FIRST + 1, FIRST + 1)), (prose, (_LAST, _LAST)))
    fit_row(sheet, row, texts, _TEXT.size, 30)


def _write_room_for_stamp(sheet: Worksheet, row: int) -> None:
    words = STAMP_ROOM_LABEL + "　" * 10
    put_over(sheet, (row, row), (FIRST, _LAST), words, Look(font=OFFICIAL_FONT, size=12, horizontal="right"))
    sheet.row_dimensions[row].height = 90
