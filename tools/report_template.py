"""Make templates/report.docx, the Word report's template, in the layout of GB/T 9704—2012 (党政机关公文格式).

The standard (5.2, 7): A4; the text area is 156 mm by 225 mm, 37 mm from the top and 28 mm from the left; 22 lines a
page of 28 characters; the title in 小标宋 of size 2 (22 pt), the body in 仿宋 of size 3 (16 pt), headings in 黑体 and
楷体; the page number in 宋体 of size 4 (14 pt) between dashes, at the outer edge, one character in from it.

Whoever wants other words or another look edits a copy of the template in Word; this script makes it anew.
"""

import math
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from anquanyue.writing.package import document_bytes
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.word_text import blank_document, set_fonts, write_hidden

TARGET = Path(__file__).parents[1] / "templates" / "report.docx"

TITLE, BODY, HEADING, SUBHEADING, NUMBER = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
TWO, THREE, FOUR, SMALL = 22.0, 16.0, 14.0, 10.5
"""The sizes 2号, 3号, 4号 and 五号, in points."""

TEXT_WIDTH, TEXT_HEIGHT = 156.0, 225.0
LINES, CHARACTERS = 22, 28
LINE = math.floor(TEXT_HEIGHT / 25.4 * 1440 / LINES) / 20
"""From one line to the next, in points; in twentieths of a point, as Word counts, 22 of the next more fill too much."""

# ECMA-376, 17.3.1.26 and 17.3.2.28; those that are used here.
ORDER = (
    *("pStyle", "keepNext", "snapToGrid"),
    *("rFonts", "noProof", "vanish", "spacing", "sz", "highlight"),
    *("ind", "jc", "rPr"),
)


def element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_page(document: Any) -> None:
    """The text area, its 22 lines, and the style Normal, of whose letters 28 fill a line.

    A grid of characters would say the same to Word, but LibreOffice then gives a letter that is wider than its cell two
    cells; letters that stand a quarter of a point closer are the same in every program.
    """
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(297 - 37 - TEXT_HEIGHT), Mm(210 - 28 - TEXT_WIDTH)
    section.footer_distance = Mm(25)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)
    # ECMA-376, 17.6.5: the pitch of lines in twentieths of a point.
    section._sectPr.append(element("w:docGrid", type="lines", linePitch=str(round(LINE * 20))))
    document.styles["Normal"].font.size = Pt(THREE)


def set_footers(document: Any) -> None:
    """— 1 — at the outer edge: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, alignment, edge in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        setattr(paragraph.paragraph_format, f"{edge}_indent", Pt(FOUR))
        # Higher than the room below the text area, it would take that of the last line.
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(18)
        paragraph.paragraph_format.space_after = Pt(0)
        for text in ("— ", "1", " —"):
            run = paragraph.add_run(text)
            run.font.size = Pt(FOUR)
            set_fonts(run._r.get_or_add_rPr(), NUMBER)
        field = element("w:fldSimple", instr="PAGE")
        paragraph.runs[1]._r.addprevious(field)
        field.append(paragraph.runs[1]._r)


def add(document: Any, text: str, *, font: str = BODY, size: float = THREE, **layout: Any) -> Paragraph:
    """A paragraph; `indent` in characters, `align`, `before` and `after` in lines."""
    paragraph: Paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(LINE if size == THREE else round(size * 1.4, 1))
    form.space_before, form.space_after = (Pt(layout.get(key, 0) * LINE) for key in ("before", "after"))
    if align := layout.get("align"):
        form.alignment = align
    properties = paragraph._p.get_or_add_pPr()
    if indent := layout.get("indent", 0):
        properties.append(element("w:ind", firstLineChars=str(indent * 100), firstLine=str(round(indent * size * 20))))
    if layout.get("keep_next"):
        form.keep_with_next = True
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    set_fonts(run._r.get_or_add_rPr(), font)
    if size == THREE:
        # ECMA-376, 17.3.2.35: in twentieths of a point.
        closer = math.floor((TEXT_WIDTH / 25.4 * 72 / CHARACTERS - THREE) * 20)
        run._r.get_or_add_rPr().append(element("w:spacing", val=str(closer)))
    else:
        off_the_grid(paragraph)
    return paragraph


def tag(document: Any, text: str) -> None:
    """A paragraph that only steers; docxtpl takes it out."""
    add(document, text)


def heading(document: Any, text: str) -> None:
    """A heading of the first level."""
    add(document, text, font=HEADING, indent=2, keep_next=True)


def each(document: Any, name: str) -> None:
    """A paragraph for each text of a list."""
    tag(document, f"{{%p for paragraph in {name} %}}")
    add(document, "{{ paragraph }}", indent=2)
    tag(document, "{%p endfor %}")


def add_table(document: Any) -> None:
    """The consolidated form: a heading row that each page repeats, and a row an item."""
    widths = (26.0, 46.0, TEXT_WIDTH - 72.0)
    table = document.add_table(rows=4, cols=3)
    table.style = document.styles["Table Grid"]
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(round(width / 25.4 * 1440)))
    words = (
        ("{{ columns[0] }}", "{{ columns[1] }}", "{{ columns[2] }}"),
        ("{%tr for row in table %}", "", ""),
        ("{{ row.name }}", "{{ row.requirement }}", "{{ row.progress }}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, texts in zip(table.rows, words, strict=True):
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            paragraph.paragraph_format.line_spacing = Pt(15)
            run = paragraph.add_run(text)
            run.font.size = Pt(SMALL)
            set_fonts(run._r.get_or_add_rPr(), HEADING if "columns" in text else BODY)
            off_the_grid(paragraph)
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))


def off_the_grid(paragraph: Paragraph) -> None:
    """Let a paragraph of another size than the body's have lines of its own height."""
    paragraph._p.get_or_add_pPr().append(element("w:snapToGrid", val="0"))


def put_in_order(document: Any) -> None:
    """Put the properties of paragraphs and runs in the order of the schema, on which Word may insist."""
    parts = (document.element, document.sections[0].footer._element, document.sections[0].even_page_footer._element)
    for part in parts:
        for properties in part.iter(qn("w:pPr"), qn("w:rPr")):
            properties[:] = sorted(properties, key=lambda each: ORDER.index(each.tag.partition("}")[2]))


def main() -> None:
    """Write the template."""
    document = blank_document("总结报告")
    set_page(document)
    set_footers(document)
    write_hidden(document.add_paragraph(), DERIVED)
    center = WD_ALIGN_PARAGRAPH.CENTER
    add(document, "{{ campaign.title }}", font=TITLE, size=TWO, align=center)
    add(document, "情况总结报告", font=TITLE, size=TWO, align=center, after=1)
    heading(document, "一、总体情况")
    each(document, "overall")
    heading(document, "二、各项活动开展情况")
    tag(document, "{%p for activity in activities %}")
    add(document, "（{{ loop.index | chinese }}）{{ activity.name }}", font=SUBHEADING, indent=2, keep_next=True)
    add(document, "{{ activity.sentences | join }}", indent=2)
    tag(document, "{%p if activity.leading %}")
    add(document, "{{ activity.leading }}", indent=2)
    tag(document, "{%p endif %}")
    tag(document, "{%p endfor %}")
    tag(document, "{%p if not activities %}")
    add(document, "各单位报送的数据均为零或缺报。", indent=2)
    tag(document, "{%p endif %}")
    heading(document, "三、特色做法")
    tag(document, "{%p for practice in practices %}")
    add(document, "{{ practice.unit }}：{{ practice.text }}（{{ practice.item }}）", indent=2)
    tag(document, "{%p endfor %}")
    tag(document, "{%p if more_practices %}")
    add(document, "另有{{ more_practices }}条，见各单位报送的表格。", indent=2)
    tag(document, "{%p endif %}")
    tag(document, "{%p if not practices %}")
    add(document, "各单位未填报典型做法。", indent=2)
    tag(document, "{%p endif %}")
    heading(document, "四、报送情况")
    each(document, "reporting")
    heading(document, "五、数据说明")
    each(document, "about_data")
    heading(document, "六、下一步工作")
    # With what stands above it, so that the signature is never alone on its page.
    write = add(document, "（此处由起草人补充。）", indent=2, keep_next=True)
    write.runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW
    add(document, "附件：{{ form.title }}（汇总）", indent=2, before=1, keep_next=True)
    sign = add(document, "{{ campaign.organizer }}", align=WD_ALIGN_PARAGRAPH.RIGHT, before=2, keep_next=True)
    sign.paragraph_format.right_indent = Pt(2 * THREE)
    date = add(document, "　　　　年　　月　　日", align=WD_ALIGN_PARAGRAPH.RIGHT)
    date.paragraph_format.right_indent = Pt(2 * THREE)
    date.add_run().add_break(WD_BREAK.PAGE)
    add(document, "附件", font=HEADING)
    add(document, "{{ form.title }}（汇总）", font=TITLE, size=18.0, align=center, before=0.5, after=0.5)
    add_table(document)
    tag(document, "{%p for note in notes %}")
    add(document, "{{ note }}", size=SMALL)
    tag(document, "{%p endfor %}")
    put_in_order(document)
    TARGET.write_bytes(document_bytes(document))


if __name__ == "__main__":
    main()
