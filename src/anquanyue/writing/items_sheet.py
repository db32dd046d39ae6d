"""The sheet on which a form of items is filled in: one row a blank."""

from dataclasses import replace
from typing import Final

from openpyxl.utils import get_column_letter

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN, Field, Item
from anquanyue.writing.checks import check_formula, progress_formula
from anquanyue.writing.entries import EntryWriter
from anquanyue.writing.formulas import YES
from anquanyue.writing.labels import (
    BLANKS_ARE_ZERO_LABEL,
    EVIDENCE_LABEL,
    INCLUDES_CHILDREN_LABEL,
    INCLUDES_CHILDREN_OPTIONS,
    NOTES_LABEL,
)
from anquanyue.writing.page_breaks import break_between
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
    width_of,
)
from anquanyue.writing.text_size import row_height
from anquanyue.writing.validations import list_validation, text_validation

# The words of a blank lie over several columns, so that the head has its pairs in front of the evidence column: the
# reader of a workbook whose keys were lost takes everything in front of that column for the form's text.
_WIDTHS: Final = (18, 29, 9, 13, 7, 17, 12, 16, 25, 14)
_NAME, _REQUIREMENT, _WORDS, _ENTRY, _UNIT, _EVIDENCE, _CHECK = (2, 2), (3, 3), (4, 7), (8, 8), (9, 9), (10, 10), 11
_HEAD_ROW: Final = 3
_ZERO_ROW: Final = 4
_SIZE: Final = 10.5
_LEAST_HEIGHT: Final = 22.0
_SHORT_WORDS: Final = 4
"""Words behind the first of their sentence say so little, as 参与 and 覆盖, that one must see what they belong to."""

ENTRY_LOOK: Final = Look(size=_SIZE, line="grey")
_TITLE: Final = Look(font=TITLE_FONT, size=20, horizontal="center")
_HINT: Final = Look(size=9.5, color="FF595959", horizontal="center")
_LABEL: Final = Look(size=_SIZE, line="grey", horizontal="center", fill="FFF2F2F2")
_PROGRESS: Final = Look(size=13, bold=True, color="FF1F5C99", horizontal="left", indent=1)
_HEADER: Final = Look(font=HEADING_FONT, size=11, line="grey", horizontal="center", fill="FFDCE6F1")
_ITEM_NAME: Final = Look(size=_SIZE, bold=True, line="grey", horizontal="center")
_ITEM_TEXT: Final = Look(size=9.5, line="grey")
_WORDS_LOOK: Final = Look(size=_SIZE, line="grey", indent=1)
# The sign is in the format: the words stay what they are for whoever reads the cell.
_SHORT_LOOK: Final = replace(_WORDS_LOOK, indent=2, number_format='"└ "@')
_CHOICE: Final = Look(size=_SIZE, line="grey", horizontal="center", bold=True, number_format="@")
_UNIT_LOOK: Final = Look(size=_SIZE, line="grey", horizontal="center")
_NOTES_WORDS: Final = Look(size=_SIZE, line="grey", indent=1, color="FF595959", fill="FFF7F7F7")
_CLOSED: Final = Look(size=_SIZE, line="grey", fill="FFF2F2F2")
_CHECK_LOOK: Final = Look(size=9, line="grey", horizontal="center", color="FF7F6000")


def write_items_sheet(writer: EntryWriter, hint: str, *, asks_children: bool = False) -> None:
    """Write the whole sheet; `hint` is the line under the title.

    With `asks_children` there is a row for the choice whether the figures include those of the sub-units.
    """
    sheet, form = writer.sheet, writer.form
    set_widths(sheet, _WIDTHS)
    put_over(sheet, (1, 1), (FIRST, _CHECK), form.title, _TITLE)
    fit_row(sheet, 1, ((form.title, (FIRST, _CHECK)),), _TITLE.size, 36)
    put_over(sheet, (2, 2), (FIRST, _CHECK), hint, _HINT)
    fit_row(sheet, 2, ((hint, (FIRST, _CHECK)),), _HINT.size)
    _write_head(writer)
    header_row = _ZERO_ROW + (2 if asks_children else 1)
    _write_table_header(writer, header_row)
    row, ranges = header_row + 1, []
    for item in form.items:
        ranges.append((row, row + len(item.blanks) - 1))
        row = _write_item(writer, item, row)
    _write_progress(writer, ranges, (_ZERO_ROW, header_row - 1))
    _write_zero_row(writer)
    if asks_children:
        _write_children_row(writer, _ZERO_ROW + 1)
    writer.add_formats(BLANKS_ARE_ZERO)
    sheet.freeze_panes = f"A{header_row + 1}"
    set_page(sheet, landscape=True, last_row=row - 1, last_column=_CHECK, repeated=f"{header_row}:{header_row}")
    # An item stays on one page: each ends with its notes, in the row behind its blanks.
    break_between(sheet, header_row, [last + 1 for _first, last in ranges], width_of(sheet, (FIRST, _CHECK)))
    protect(sheet)


def _write_head(writer: EntryWriter) -> None:
    sheet, form = writer.sheet, writer.form
    if form.head is None:
        return
    put(sheet, _HEAD_ROW, 1, " ".join(blank.key for blank in form.head.blanks), Look())
    column, texts = FIRST, []
    for blank in form.head.blanks:
        put(sheet, _HEAD_ROW, column, blank.words, _LABEL)
        writer.entry(form.field(blank.key), _HEAD_ROW, (column + 1, column + 1))
        texts += [(blank.words, (column, column)), (writer.shown(blank.key), (column + 1, column + 1))]
        column += 2
        if blank.unit:
            put(sheet, _HEAD_ROW, column, blank.unit, _LABEL)
            column += 1
    fit_row(sheet, _HEAD_ROW, tuple(texts), _SIZE, 30)


def _write_progress(writer: EntryWriter, ranges: list[tuple[int, int]], rows: tuple[int, int]) -> None:
    """How much is filled in, live; in front of the boxes, because their rows are read from the words on."""
    letter = get_column_letter(_ENTRY[0])
    counted = "+".join(f"COUNTA({letter}{first}:{letter}{last})" for first, last in ranges)
    total = sum(last - first + 1 for first, last in ranges)
    formula = progress_formula(counted, total)
    put_over(writer.sheet, rows, (_NAME[0], _REQUIREMENT[1]), formula, _PROGRESS, formula=True)


def _write_zero_row(writer: EntryWriter) -> None:
    hint = "没有开展的活动可以留空，在这里选“是”，空白的数按0、空白的是否按“否”统计；没有选的，空白项视为漏填。"
    _write_choice(writer, BLANKS_ARE_ZERO, _ZERO_ROW, BLANKS_ARE_ZERO_LABEL, hint, (YES,))


def _write_children_row(writer: EntryWriter, row: int) -> None:
    hint = "下级单位的数已经加在本表里的，选“含”；只报本单位自己的，选“不含”。"
    _write_choice(writer, INCLUDES_CHILDREN, row, INCLUDES_CHILDREN_LABEL, hint, INCLUDES_CHILDREN_OPTIONS)


def _write_choice(writer: EntryWriter, name: str, row: int, label: str, hint: str, options: tuple[str, ...]) -> None:
    """A row with a choice about the whole form; nothing behind it, where reading would take it for the entry."""
    sheet = writer.sheet
    put(sheet, row, 1, name, Look())
    put_over(sheet, (row, row), _WORDS, label, _LABEL)
    validation = list_validation(label, hint, options, f"{get_column_letter(_ENTRY[0])}{row}")
    writer.write(name, row, _ENTRY, _CHOICE, validation, options)
    sheet.row_dimensions[row].height = 26


def _write_table_header(writer: EntryWriter, row: int) -> None:
    name, requirement, progress = writer.form.columns
    headings = (
        (name, _NAME), (requirement, _REQUIREMENT), (progress, _WORDS), ("填写", _ENTRY), ("单位", _UNIT),
        (EVIDENCE_LABEL, _EVIDENCE), ("核对", (_CHECK, _CHECK)),
    )  # fmt: skip
    for text, columns in headings:
        put_over(writer.sheet, (row, row), columns, text, _HEADER)
    writer.sheet.row_dimensions[row].height = 24


def _write_item(writer: EntryWriter, item: Item, first: int) -> int:
    """Write the rows of an item from `first` on; the row behind them."""
    sheet, row = writer.sheet, first
    for blank in item.blanks:
        _write_blank(writer, writer.form.field(blank.key), row)
        row += 1
    _write_notes(writer, item, row)
    put_over(sheet, (first, row), _NAME, item.name, _ITEM_NAME)
    put_over(sheet, (first, row), _REQUIREMENT, item.requirement, _ITEM_TEXT)
    needed = row_height([(item.name, width_of(sheet, _NAME)), (item.requirement, width_of(sheet, _REQUIREMENT))], _SIZE)
    heights = [float(sheet.row_dimensions[each].height or 0) for each in range(first, row + 1)]
    if (lacking := needed - sum(heights)) > 0:
        for each, height in zip(range(first, row + 1), heights, strict=True):
            sheet.row_dimensions[each].height = round(height + lacking / len(heights), 1)
    return row + 1


def _write_blank(writer: EntryWriter, asked: Field, row: int) -> None:
    sheet = writer.sheet
    put(sheet, row, 1, asked.key, Look())
    words = asked.blank.words
    depends = words != asked.blank.label and len(words) <= _SHORT_WORDS
    put_over(sheet, (row, row), _WORDS, words, _SHORT_LOOK if depends else _WORDS_LOOK)
    writer.entry(asked, row, _ENTRY)
    put(sheet, row, _UNIT[0], asked.blank.unit, _UNIT_LOOK)
    if asked.evidence:
        hint = "请粘贴网址链接，或写明照片、截图的文件名。"
        cell = f"{get_column_letter(_EVIDENCE[0])}{row}"
        look = Look(size=9, line="grey", number_format="@")
        writer.write(asked.evidence_key, row, _EVIDENCE, look, text_validation(EVIDENCE_LABEL, hint, cell))
    else:
        put(sheet, row, _EVIDENCE[0], "", _CLOSED)
    formula = check_formula(writer.form, asked)
    if unchanged := writer.unchanged(asked.key):
        formula = f'=IF({unchanged},"见批注",{formula[1:]})'
    put(sheet, row, _CHECK, formula, _CHECK_LOOK, formula=True)
    # A character more, for the indent.
    texts = ((words + "　", _WORDS), (asked.blank.unit, _UNIT), (writer.shown(asked.key), _ENTRY))
    fit_row(sheet, row, (*texts, (writer.shown(asked.evidence_key), _EVIDENCE)), _SIZE, _LEAST_HEIGHT)


def _write_notes(writer: EntryWriter, item: Item, row: int) -> None:
    sheet = writer.sheet
    put(sheet, row, 1, item.notes_key, Look())
    put_over(sheet, (row, row), _WORDS, NOTES_LABEL, _NOTES_WORDS)
    hint = "选填：特色做法、成效、需要说明的情况。换行按Alt+Enter。"
    cell = f"{get_column_letter(_ENTRY[0])}{row}"
    look = Look(size=_SIZE, line="grey", number_format="@")
    columns = (_ENTRY[0], _CHECK)
    writer.write(item.notes_key, row, columns, look, text_validation(NOTES_LABEL, hint, cell))
    fit_row(sheet, row, ((writer.shown(item.notes_key), columns),), _SIZE, 34)
