"""Texts, pages and tables as Word and WPS want them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anquanyue.writing.styles import OFFICIAL_FONT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_PAGE_WIDTH: Final = 210.0
_PAGE_HEIGHT: Final = 297.0
_SIDE_MARGIN: Final = 16.0
TEXT_WIDTH: Final = _PAGE_WIDTH - 2 * _SIDE_MARGIN
"""In millimetres, as all lengths here."""

_TOP_MARGIN: Final = 16.0
_BOTTOM_MARGIN: Final = 15.0
_FOOTER: Final = 8.0
_CELL_PADDING: Final = 0.8
_LINE: Final = 1.3
"""The height of a line by the size of its font: fixed, since fonts that stand in for a missing one are taller."""

_NO_TEXT: Final = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""

_KEPT_STYLES: Final = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid")
_DROPPED_PARTS: Final = ("thumbnail", "stylesWithEffects", "numbering", "customXml")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLook:
    """The look of a paragraph; lengths in points."""

    font: str = OFFICIAL_FONT
    size: float = 12
    horizontal: Literal["left", "center"] = "left"
    before: float = 0
    after: float = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph; underlined where something is to be filled in on a line."""

    text: str
    underlined: bool = False


def blank_document(title: str) -> "Document":
    """An empty A4 document whose own texts are Chinese."""
    document = docx.Document()
    document.core_properties.title = clean(title)[:255]
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_PAGE_WIDTH), Mm(_PAGE_HEIGHT)
    section.left_margin = section.right_margin = Mm(_SIDE_MARGIN)
    section.top_margin, section.bottom_margin = Mm(_TOP_MARGIN), Mm(_BOTTOM_MARGIN)
    section.header_distance = section.footer_distance = Mm(_FOOTER)
    _set_styles(document)
    for part in (document.part, document.part.package):
        for key in [key for key, each in part.rels.items() if each.reltype.endswith(_DROPPED_PARTS)]:
            part.rels.pop(key)
    return document


def _set_styles(document: "Document") -> None:
    """Only the styles that are used, without the space between paragraphs and the languages of python-docx."""
    styles = document.styles.element
    for style in styles.style_lst:
        if style.styleId not in _KEPT_STYLES:
            styles.remove(style)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # Word 2013 and later; below, it says “compatibility mode”.
    normal = document.styles["Normal"]
    properties = normal.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        # No extra space between Chinese and digits: a line then holds what it was measured for.
        properties.append(_element(name, val="0"))
    set_fonts(normal.element.get_or_add_rPr(), OFFICIAL_FONT)


def set_fonts(properties: Any, font: str) -> None:
    """Set the font of a run's properties for Chinese and Latin letters; also “ ” is then Chinese."""
    fonts = properties.get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def clean(text: str) -> str:
    """The text without what a document cannot hold."""
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def write(paragraph: "Paragraph", pieces: str | Sequence[Piece], look: WordLook) -> None:
    """Write into an empty paragraph; a line break in the text is one in the document."""
    layout = paragraph.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(round(look.size * _LINE * 2) / 2)
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    if look.horizontal == "center":
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in (Piece(pieces),) if isinstance(pieces, str) else pieces:
        run = paragraph.add_run(clean(piece.text))
        run.font.size = Pt(look.size)
        run.font.underline = piece.underlined or None
        set_fonts(run._r.get_or_add_rPr(), look.font)
    # What is typed behind the last character looks like the paragraph's mark.
    mark = _element("w:rPr")
    paragraph._p.get_or_add_pPr().append(mark)
    mark.append(_element("w:rFonts", ascii=look.font, hAnsi=look.font, eastAsia=look.font, cs=look.font))
    mark.append(_element("w:sz", val=str(round(look.size * 2))))


def emptied(paragraph: "Paragraph") -> "Paragraph":
    """The paragraph as a new one is, without its text and its look."""
    for child in list(paragraph._p):
        paragraph._p.remove(child)
    return paragraph


def write_hidden(paragraph: "Paragraph", text: str) -> None:
    """Write a text that neither shows nor takes room, into a paragraph of its own."""
    layout = paragraph.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    # One point high at most, for programs that keep the line of a hidden paragraph.
    layout.line_spacing = Pt(1)
    layout.space_before = layout.space_after = Pt(0)
    run = paragraph.add_run(clean(text))
    mark = _element("w:rPr")
    paragraph._p.get_or_add_pPr().append(mark)
    for properties in (run._r.get_or_add_rPr(), mark):
        properties.append(_element("w:noProof"))
        properties.append(_element("w:vanish"))
        properties.append(_element("w:sz", val="2"))


def add_page_numbers(document: "Document", look: WordLook) -> None:
    """第 1 页，共 2 页 at the foot of each page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    write(paragraph, [Piece("第 "), Piece("1"), Piece(" 页，共 "), Piece("1"), Piece(" 页")], look)
    runs = paragraph.runs
    for run, name in ((runs[1], "PAGE"), (runs[3], "NUMPAGES")):
        field = _element("w:fldSimple", instr=name)
        run._r.addprevious(field)
        field.append(run._r)


def add_table(document: "Document", widths: Sequence[float]) -> "Table":
    """A table without rows, of columns of these widths; WPS wants each width said at every place."""
    table: Table = document.add_table(rows=0, cols=len(widths))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    total = table._tbl.tblPr.find(qn("w:tblW"))
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), str(Mm(sum(widths)).twips))
    padding = _element("w:tblCellMar")
    for side in ("top", "bottom"):
        padding.append(_element(f"w:{side}", w=str(Mm(_CELL_PADDING).twips), type="dxa"))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(padding)
    return table


def add_row(table: "Table", *, height: float, whole: bool = True, heading: bool = False) -> "_Row":
    """A row at least `height` millimetres high; `whole` on one page, `heading` repeated on every page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    properties = row._tr.get_or_add_trPr()
    if whole:
        properties.append(_element("w:cantSplit"))
    if heading:
        properties.append(_element("w:tblHeader"))
    return row


def write_cell(cell: "_Cell", paragraphs: Sequence[str], look: WordLook, *, keep_next: bool = False) -> None:
    """Write each of the texts as a paragraph of the cell, in the middle of its height.

    With `keep_next` the row stays on the page of the next one.
    """
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for index, text in enumerate(paragraphs):
        paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
        write(paragraph, text, look)
        paragraph.paragraph_format.keep_with_next = keep_next or None


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
