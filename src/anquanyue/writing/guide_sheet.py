"""The sheet that tells how to fill in, what is due when, and whom to ask; its texts come from a template."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.writing.page_breaks import page_room
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.styles import FIRST, HEADING_FONT, Look, protect, put, put_over, set_page, set_widths
from anquanyue.writing.text_size import row_height

SHEET_NAME: Final = "填报说明"
TEMPLATE: Final = "guide.txt.j2"

_WIDTHS: Final = (42, 10, 62)
_LAST: Final = FIRST + len(_WIDTHS) - 1
_HEADING_HEIGHT: Final = 30.0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: a heading, the head or a row of a table, or plain text; of a table with several cells."""

    kind: Literal["heading", "head", "row", "text"]
    cells: tuple[str, ...]
    height: float


_LOOKS: Final = {
    "heading": Look(font=HEADING_FONT, size=13, color="FF1F5C99"),
    "head": Look(font=HEADING_FONT, size=11, line="grey", horizontal="center", fill="FFDCE6F1"),
    "row": Look(size=10.5, line="grey"),
    "text": Look(size=11),
}


def guide_text(fill: Callable[..., str], campaign: Campaign, form: Form, unit: Unit | None) -> str:
    """The text of the sheet in the form of that unit, or of everybody; `fill` fills the template in.

    Raises:
        TemplateError: The template is wrong.
    """
    deadline = campaign.duty_of(form).rounds[-1].deadline
    owed = campaign.owed_duties(unit.group if unit else "")
    return fill(campaign=campaign, form=form, unit=unit, duties=owed, deadline=deadline)


def write_guide_sheet(sheet: Worksheet, text: str) -> None:
    """Write each line of `text` in a row.

    A line that begins with "# " is a heading; one that begins with "| " is a row of a table, its cells divided by
    " | ", and the first of several is the table's head.
    """
    put(sheet, 1, 1, DERIVED, Look())
    set_widths(sheet, _WIDTHS)
    row = 0
    for page in pages(list(_lines(text)), page_room(sum(_WIDTHS), landscape=False)):
        if row:
            sheet.row_breaks.append(Break(id=row))
        for line in page:
            row += 1
            _write_line(sheet, row, line)
    set_page(sheet, landscape=False, last_row=max(row, 1), last_column=_LAST, repeated=None)
    protect(sheet)


def pages(lines: Sequence[Line], room: float) -> list[list[Line]]:
    """The lines of each page.

    A heading stays with its text, or with the first row of its table; a table that is cut has its head again on the
    next page.
    """
    result: list[list[Line]] = [[]]
    left, head = room, None
    for index, line in enumerate(lines):
        if line.kind == "head":
            head = line
        if _needed(lines[index:]) > left and result[-1]:
            result.append([])
            left = room
            if line.kind == "row" and head:
                result[-1].append(head)
                left -= head.height
        result[-1].append(line)
        left -= line.height
    return result


def _needed(lines: Sequence[Line]) -> float:
    """The height of the first line and, where it heads something, of what it must not be parted from."""
    height = lines[0].height
    if lines[0].kind in ("heading", "head"):
        for line in lines[1:]:
            if line.kind == "heading":
                break
            height += line.height
            if line.kind == "row":
                break
    return height


def _lines(text: str) -> Iterator[Line]:
    in_table = False
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line.startswith("| "):
            cells = [cell.strip() for cell in line.removeprefix("| ").split(" | ", len(_WIDTHS) - 1)]
            cells += [""] * (len(_WIDTHS) - len(cells))
            kind: Literal["head", "row"] = "row" if in_table else "head"
            yield Line(kind, tuple(cells), row_height(zip(cells, _WIDTHS, strict=True), _LOOKS[kind].size))
        elif line.startswith("# "):
            yield Line("heading", (line.removeprefix("# "),), _HEADING_HEIGHT)
        else:
            yield Line("text", (line,), row_height([(line, sum(_WIDTHS))], _LOOKS["text"].size))
        in_table = line.startswith("| ")


def _write_line(sheet: Worksheet, row: int, line: Line) -> None:
    look = _LOOKS[line.kind]
    if line.kind in ("head", "row"):
        for column, cell in enumerate(line.cells, start=FIRST):
            put(sheet, row, column, cell, look)
    else:
        put_over(sheet, (row, row), (FIRST, _LAST), line.cells[0], look)
    sheet.row_dimensions[row].height = line.height
