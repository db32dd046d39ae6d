"""The form of prose as the notice prints it: its sentences put together by formulas from the entries."""

from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import BLANKS_ARE_ZERO, Form, Item
from anquanyue.campaign.statement import EMPTY_BLANK, Blank, Statement
from anquanyue.writing import styles
from anquanyue.writing.sheet import protect, set_up
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.text_size import row_height

_WIDTHS = {"B": 14.0, "C": 28.0, "D": 48.0}
_LITERAL = 250
"""Characters in a text of a formula; Excel takes 255."""


def fill_official_sheet(sheet: Worksheet, form: Form) -> None:
    """Lay the printed form out on an empty sheet, marked as derived."""
    set_up(sheet, DERIVED, _WIDTHS)
    sheet["B1"], sheet["B1"].font, sheet["B1"].alignment = form.title, styles.TITLE_FONT, styles.CENTRE
    sheet.merge_cells("B1:D1")
    sheet.row_dimensions[1].height = 48
    if form.head:
        sheet["B2"] = "=" + _formula(form.head, form)
        sheet["B2"].font, sheet["B2"].alignment = styles.BODY_FONT, styles.LEFT
        sheet.merge_cells("B2:D2")
        sheet.row_dimensions[2].height = 44
    for letter, heading in zip("BCD", form.columns, strict=True):
        cell = sheet[f"{letter}3"]
        cell.value, cell.font, cell.alignment, cell.border = heading, styles.HEADING_FONT, styles.CENTRE, styles.GRID
    sheet.row_dimensions[3].height = 28
    for row, item in enumerate(form.items, start=4):
        _item_row(sheet, form, item, row)
    seal = 4 + len(form.items)
    sheet[f"D{seal}"] = "（单位盖章）"
    sheet[f"D{seal}"].font, sheet[f"D{seal}"].alignment = styles.BODY_FONT, styles.CENTRE
    # Room for a round seal of 42 mm.
    sheet.row_dimensions[seal].height = 120
    sheet.print_title_rows = "3:3"
    protect(sheet, last_column="D", last_row=seal)


def _item_row(sheet: Worksheet, form: Form, item: Item, row: int) -> None:
    prose = '&CHAR(10)&"　　"&'.join(_formula(statement, form) for statement in item.statements)
    cells = {"B": item.name, "C": item.requirement, "D": f'="　　"&{prose}'}
    for letter, text in cells.items():
        cell = sheet[f"{letter}{row}"]
        cell.value, cell.font, cell.border = text, styles.BODY_FONT, styles.GRID
        cell.alignment = styles.CENTRE if letter == "B" else styles.LEFT
    # Five-digit figures need more room than the empty blanks.
    lines = [each.render(lambda blank: blank.show(None if blank.boxed else "00000")) for each in item.statements]
    printed = "\n".join("　　" + line for line in lines)
    texts = [(item.name, _WIDTHS["B"]), (item.requirement, _WIDTHS["C"]), (printed, _WIDTHS["D"])]
    sheet.row_dimensions[row].height = row_height(texts, styles.BODY_SIZE)


def _formula(statement: Statement, form: Form) -> str:
    parts = []
    for literal, blank in zip(statement.literals, (*statement.blanks, None), strict=True):
        parts += [_quoted(literal[at : at + _LITERAL]) for at in range(0, len(literal), _LITERAL)]
        if blank is not None:
            parts.append(_shown(blank, form))
    return "&".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _shown(blank: Blank, form: Form) -> str:
    field = form.field(blank.key)
    if blank.boxed:
        shown = _quoted(blank.show(None))
        for option in reversed(blank.options):
            shown = f"IF({blank.key}={_quoted(option)},{_quoted(blank.show(option))},{shown})"
        return shown
    empty = _quoted(EMPTY_BLANK)
    if field.type == "count":
        empty = f'IF({BLANKS_ARE_ZERO}="是",0,{empty})'
    value = f'TEXT({blank.key},"yyyy年m月d日")' if field.type == "date" else blank.key
    return f"IF(LEN(TRIM({blank.key}))=0,{empty},{value})"
