"""Form → Word document, in the layout of the notice."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN, Campaign, Form, Unit
from anquanyue.campaign.note import form_note
from anquanyue.campaign.statement import BOX, TICKED_BOX, Blank
from anquanyue.writing.formulas import YES
from anquanyue.writing.labels import BLANKS_ARE_ZERO_LABEL, INCLUDES_CHILDREN_LABEL, INCLUDES_CHILDREN_OPTIONS
from anquanyue.writing.package import document_bytes
from anquanyue.writing.stamp import Stamp
from anquanyue.writing.styles import HEADING_FONT, TITLE_FONT
from anquanyue.writing.text_size import text_width
from anquanyue.writing.word_tables import add_items_table, add_pairs_table, shown, write_entry
from anquanyue.writing.word_text import (
    TEXT_WIDTH,
    Piece,
    WordLook,
    add_page_numbers,
    blank_document,
    clean,
    emptied,
    write,
    write_hidden,
)

if TYPE_CHECKING:
    from docx.document import Document

_MARK: Final = WordLook(font=HEADING_FONT, size=14)
_TITLE: Final = WordLook(font=TITLE_FONT, size=20, horizontal="center", before=4, after=8)
_HEAD: Final = WordLook(size=10.5, after=6)
_LINE: Final = WordLook(size=12, before=6)
_FOOTER: Final = WordLook(size=9, horizontal="center")

_HEAD_PARAGRAPH: Final = 3
"""Behind those of the stamp, the mark and the title."""

_ROOMS: Final = {"unit": 12, "telephone": 12, "mobile": 12, "date": 12}
"""How wide an empty blank of the head line is, in Latin letters, by its field's type."""
_OTHER_ROOM: Final = 6
_HEAD_WIDTH: Final = int(TEXT_WIDTH / 25.4 * 72 / (_HEAD.size / 2)) - 6
_CHILDREN: Final = Blank(INCLUDES_CHILDREN, INCLUDES_CHILDREN_OPTIONS, boxed=True)


def form_document(
    campaign: Campaign,
    form: Form,
    unit: Unit | None = None,
    values: Mapping[str, object] | None = None,
    *,
    asks_children: bool = False,
) -> bytes:
    """The form as a docx file.

    Args:
        campaign: The campaign of the form.
        form: What is asked.
        unit: Who fills it in; its name is written into the unit's field, its code into the stamp.
        values: What is filled in already, by key, as for a workbook: also notes, evidence and the boxes.
        asks_children: Whether a form of items asks if the figures include those of the unit's sub-units.

    Raises:
        TemplateError: The form's note is wrong.
    """
    return document_bytes(build_document(campaign, form, unit, values, asks_children=asks_children))


def build_document(
    campaign: Campaign,
    form: Form,
    unit: Unit | None = None,
    values: Mapping[str, object] | None = None,
    *,
    asks_children: bool = False,
) -> "Document":
    """The form that `form_document` makes, before it is saved."""
    filled = ({form.unit_field.key: unit.name} if unit else {}) | dict(values or {})
    document = blank_document(form.title)
    write_hidden(document.add_paragraph(), str(Stamp.of(campaign, form, unit)))
    write(document.add_paragraph(), form.label, _MARK)
    write(document.add_paragraph(), form.title, _TITLE)
    if form.items:
        if form.head:
            write(document.add_paragraph(), _head_line(form, filled), _HEAD)
        if asks_children:
            choice = _CHILDREN.show(filled.get(INCLUDES_CHILDREN))
            write(document.add_paragraph(), f"{INCLUDES_CHILDREN_LABEL}：{choice}", _HEAD)
        add_items_table(document, form, filled)
        ticked = filled.get(BLANKS_ARE_ZERO) in (True, YES)
        write(document.add_paragraph(), (TICKED_BOX if ticked else BOX) + BLANKS_ARE_ZERO_LABEL, _LINE)
        add_page_numbers(document, _FOOTER)
    else:
        add_pairs_table(document, form.rows, filled)
    note = form_note(campaign, form)
    if note or not form.items:  # Word wants a paragraph behind a table.
        write(document.add_paragraph(), note, _LINE)
    return document


def readdress(document: "Document", campaign: Campaign, form: Form, unit: Unit) -> bool:
    """Write another unit's code and name into a form that is otherwise blank.

    Returns:
        Whether that was possible; if not, the document is of no use any more.
    """
    key = form.unit_field.key
    paragraphs = document.paragraphs
    write_hidden(emptied(paragraphs[0]), str(Stamp.of(campaign, form, unit)))
    if form.rows:
        write_entry(document.tables[0], form.rows, key, unit.name)
        return True
    if form.head and key in {blank.key for blank in form.head.blanks}:
        write(emptied(paragraphs[_HEAD_PARAGRAPH]), _head_line(form, {key: unit.name}), _HEAD)
        return True
    return False


def _head_line(form: Form, values: Mapping[str, object]) -> list[Piece]:
    """The head line, its blanks underlined; where it is too long it breaks between its parts, not inside one."""
    assert form.head is not None  # noqa: S101
    pieces: list[Piece] = []
    column = 0
    for literal, blank in zip(form.head.literals, form.head.blanks, strict=False):
        room = _ROOMS.get(form.field(blank.key).type or "", _OTHER_ROOM)
        entry = clean(shown(blank, values.get(blank.key))).replace("\n", " ").strip()
        entry += "　" * ((room - text_width(entry)) // 2)
        words = literal.lstrip()
        width = text_width(words) + text_width(entry)
        if pieces and words != literal:
            gap = text_width(literal) - text_width(words)
            literal = literal if column + gap + width <= _HEAD_WIDTH else "\n" + words
            column = column + gap if literal[0] != "\n" else 0
        column += width
        pieces += [Piece(literal), Piece(entry, underlined=not blank.boxed)]
    return [*pieces, Piece(form.head.literals[-1])]
