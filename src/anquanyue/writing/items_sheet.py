"""The sheet on which a form of prose is filled in: one row a blank."""

from collections.abc import Mapping, Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import BLANKS_ARE_ZERO, Campaign, Field, Form, Item
from anquanyue.writing import styles
from anquanyue.writing.entry import add_rule, format_entry, make_entry, write_entry
from anquanyue.writing.labels import BLANKS_ARE_ZERO_LABEL, EVIDENCE_LABEL, NOTES_LABEL
from anquanyue.writing.sheet import protect, set_up
from anquanyue.writing.text_size import row_height

_WIDTHS = {"B": 15.0, "C": 30.0, "D": 42.0, "E": 14.0, "F": 12.0, "G": 26.0, "H": 15.0}
_HEADINGS = ("活动项目", "内容要求", "进展情况", "填写", "单位", EVIDENCE_LABEL, "核对")
_HEADER_ROW = 5


def fill_items_sheet(
    sheet: Worksheet, campaign: Campaign, form: Form, stamp: str, values: Mapping[str, object]
) -> None:
    """Lay the form out on an empty sheet.

    Column A (hidden) holds the stamp and each row's keys; B to H are item, requirement, words, entry, unit, evidence
    and a live check.
    """
    set_up(sheet, stamp, _WIDTHS, landscape=True)
    _top(sheet, campaign, form, values)
    row, spans = _HEADER_ROW + 1, []
    for item in form.items:
        last = _item(sheet, campaign, form, item, row, values)
        spans.append((row, last - 1))
        row = last + 1
    _progress(sheet, form, spans)
    _contradictions(sheet, form)
    sheet.freeze_panes = f"E{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    protect(sheet, last_column="H", last_row=row - 1)


def _put(sheet: Worksheet, reference: str, text: str, font: Font, *, centre: bool = False) -> None:
    cell = sheet[reference]
    cell.value, cell.font = text, font
    cell.alignment, cell.border = styles.CENTRE if centre else styles.LEFT, styles.GRID


def _top(sheet: Worksheet, campaign: Campaign, form: Form, values: Mapping[str, object]) -> None:
    sheet["B1"], sheet["B1"].font, sheet["B1"].alignment = form.title, styles.TITLE_FONT, styles.CENTRE
    sheet.merge_cells("B1:H1")
    sheet.row_dimensions[1].height = 40
    blanks = form.head.blanks if form.head else ()
    # Two rows of two label–value pairs each; each value has room for a long name.
    for index, blank in enumerate(blanks):
        row, (label, entry) = 2 + index // 2, (("B", "C"), ("F", "G"))[index % 2]
        _put(sheet, f"{label}{row}", blank.words, styles.SCREEN_BOLD)
        cell = sheet[f"{entry}{row}"]
        make_entry(sheet, cell, blank.key)
        format_entry(sheet, cell, form.field(blank.key), campaign)
        write_entry(cell, values.get(blank.key))
        end = {"C": "E", "G": "H"}[entry]
        for column in "CDE" if entry == "C" else "GH":
            sheet[f"{column}{row}"].border = styles.GRID
        sheet.merge_cells(f"{entry}{row}:{end}{row}")
        sheet.row_dimensions[row].height = 26
    for row in (2, 3):
        sheet[f"A{row}"] = " ".join(blank.key for blank in blanks[(row - 2) * 2 : (row - 1) * 2]) or None
    _zero_box(sheet, values)
    for letter, heading in zip("BCDEFGH", _HEADINGS, strict=True):
        _put(sheet, f"{letter}{_HEADER_ROW}", heading, styles.HEADING_FONT, centre=True)
        sheet[f"{letter}{_HEADER_ROW}"].fill = styles.HEADING_FILL
    sheet.row_dimensions[_HEADER_ROW].height = 26


def _zero_box(sheet: Worksheet, values: Mapping[str, object]) -> None:
    row = _HEADER_ROW - 1
    sheet[f"A{row}"] = BLANKS_ARE_ZERO
    _put(sheet, f"D{row}", BLANKS_ARE_ZERO_LABEL, styles.SCREEN_BOLD)
    cell = sheet[f"E{row}"]
    make_entry(sheet, cell, BLANKS_ARE_ZERO)
    cell.alignment = styles.CENTRE
    box = DataValidation("list", formula1='"是"', allow_blank=True, showErrorMessage=True, showInputMessage=True)
    box.promptTitle, box.prompt = BLANKS_ARE_ZERO_LABEL, "没有填写的项目确实都没有开展时，选“是”；否则请留空。"
    box.errorTitle, box.error = "请检查", "只能选“是”或者留空。"
    sheet.add_data_validation(box)
    box.add(cell)
    write_entry(cell, values.get(BLANKS_ARE_ZERO))
    sheet.row_dimensions[row].height = 24


def _item(
    sheet: Worksheet, campaign: Campaign, form: Form, item: Item, first: int, values: Mapping[str, object]
) -> int:
    """Write an item from row `first` on; returns the row of its notes."""
    for row, blank in enumerate(item.blanks, start=first):
        _blank_row(sheet, campaign, form.field(blank.key), row, values)
    notes = first + len(item.blanks)
    sheet[f"A{notes}"] = item.notes_key
    _put(sheet, f"D{notes}", NOTES_LABEL, styles.SCREEN_FONT)
    make_entry(sheet, sheet[f"E{notes}"], item.notes_key)
    write_entry(sheet[f"E{notes}"], values.get(item.notes_key))
    for letter in "FGH":
        sheet[f"{letter}{notes}"].border = styles.GRID
    sheet.merge_cells(f"E{notes}:H{notes}")
    sheet.row_dimensions[notes].height = 34
    for letter, text, font in (("B", item.name, styles.SCREEN_BOLD), ("C", item.requirement, styles.SCREEN_FONT)):
        for row in range(first, notes + 1):
            sheet[f"{letter}{row}"].border = styles.GRID
        _put(sheet, f"{letter}{first}", text, font, centre=letter == "B")
        sheet.merge_cells(f"{letter}{first}:{letter}{notes}")
    _make_room(sheet, first, notes, [(item.requirement, _WIDTHS["C"]), (item.name, _WIDTHS["B"])])
    return notes


def _make_room(sheet: Worksheet, first: int, last: int, merged: Sequence[tuple[str, float]]) -> None:
    """Stretch the rows where the merged cells beside them need more than they have together."""
    have = sum(sheet.row_dimensions[row].height or 15 for row in range(first, last + 1))
    if (need := row_height(merged, 11) + 4) > have:
        for row in range(first, last + 1):
            sheet.row_dimensions[row].height = (sheet.row_dimensions[row].height or 15) * need / have


def _blank_row(sheet: Worksheet, campaign: Campaign, field: Field, row: int, values: Mapping[str, object]) -> None:
    sheet[f"A{row}"] = field.key
    _put(sheet, f"D{row}", field.blank.words, styles.SCREEN_FONT)
    _put(sheet, f"F{row}", field.blank.unit, styles.SCREEN_FONT, centre=True)
    entry = sheet[f"E{row}"]
    make_entry(sheet, entry, field.key)
    format_entry(sheet, entry, field, campaign)
    entry.alignment = styles.CENTRE
    write_entry(entry, values.get(field.key))
    evidence = sheet[f"G{row}"]
    if field.evidence:
        make_entry(sheet, evidence, field.evidence_key)
        evidence.number_format, evidence.font = "@", styles.SCREEN_FONT
        write_entry(evidence, values.get(field.evidence_key))
    else:
        evidence.border, evidence.fill = styles.GRID, styles.NOT_ASKED_FILL
    _put(sheet, f"H{row}", "", styles.SMALL_FONT, centre=True)
    words = [(field.blank.words, _WIDTHS["D"]), (field.blank.unit, _WIDTHS["F"])]
    sheet.row_dimensions[row].height = max(24, row_height(words, 11))
    if field.required:
        sheet[f"H{row}"] = f'=IF(LEN(TRIM(E{row}))>0,"✓",IF({BLANKS_ARE_ZERO}="是","按0计","请填写"))'
    else:
        sheet[f"H{row}"] = f'=IF(LEN(TRIM(E{row}))>0,"✓","选填")'


def _progress(sheet: Worksheet, form: Form, spans: Sequence[tuple[int, int]]) -> None:
    """A live “已填 n/42”."""
    count = "+".join(f"COUNTA(E{first}:E{last})" for first, last in spans)
    cell = sheet[f"H{_HEADER_ROW - 1}"]
    cell.value = f'="已填 "&({count})&"/{len(form.reported_fields)}"'
    cell.font, cell.alignment = styles.SCREEN_BOLD, styles.CENTRE


def _contradictions(sheet: Worksheet, form: Form) -> None:
    """Paint both counts of a pair red, and say so, while one is positive and the other zero or blank."""
    rows = {sheet[f"A{row}"].value: row for row in range(_HEADER_ROW + 1, sheet.max_row + 1)}
    for pair in form.pairs:
        first, second = (rows[key] for key in pair.fields)
        wrong = f"AND(OR(N($E${first})>0,N($E${second})>0),OR(N($E${first})=0,N($E${second})=0))"
        for row in (first, second):
            add_rule(sheet, f"E{row}", wrong, styles.CONTRADICTION)
        check = sheet[f"H{second}"]
        # Only once both are filled in: while people type, the other one is simply not there yet.
        both = f"AND(ISNUMBER(E{first}),ISNUMBER(E{second}),{wrong})"
        check.value = f'=IF({both},"矛盾：一个为0",{str(check.value)[1:]})'
