"""docx → one grid: paragraphs and the rows of tables in the order of the document.

With lxml alone: Word lets a cell say what it covers, and only each row's own elements tell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from anquanyue.reading.grid import Book, Grid, Picture
from anquanyue.reading.package import Package, as_shown, relation_id

DOCUMENT: Final = "正文"
"""The name of a document's grid."""

# Not shown, deleted, or about the looks; `delText` and `instrText` are the texts of deletions and of fields.
_PASSED_OVER: Final = frozenset(
    ("del", "moveFrom", "delText", "instrText", "rt", "rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")
)
_BREAKS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Boxes and ticks of the fonts that Word draws them with, by the last byte of their code.
_WINGDINGS: Final = {0x6F: "□", 0x71: "□", 0x72: "□", 0x78: "☒", 0xA8: "□", 0xFC: "√", 0xFB: "×", 0xFD: "☒", 0xFE: "☑"}
_WINGDINGS_2: Final = {
    0x2A: "□",
    0x30: "□",
    0xA3: "□",
    0x4F: "×",
    0x50: "√",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
}
_SYMBOLS: Final = {"wingdings": _WINGDINGS | {0x52: "☑"}, "wingdings2": _WINGDINGS_2}
_PRIVATE: Final = re.compile("[\uf020-\uf0ff]")


def read_document(data: bytes) -> Book:
    """The document's text as one grid; headers and footers only where the body has none.

    Raises:
        UnreadableError: It is damaged or claims to be far larger than a form.
    """
    package = Package(data)
    part = package.main_part("word/document.xml")
    reader = _Reader(package, part)
    for body in package.xml(part).iterfind("{*}body"):
        reader.read_blocks(body)
    if not any(cell for row in reader.rows for cell in row):
        for other in sorted(package.relations(part).values()):
            if re.search(r"/(header|footer)\d*\.xml$", other) and other in package:
                reader.read_blocks(package.xml(other))
    rows = tuple(map(tuple, reader.rows))
    grid = Grid(DOCUMENT, rows, tuple(reader.places), tuple(reader.pictures))
    return Book((grid,))


@dataclass(slots=True)
class _Text:
    """What a paragraph or cell holds: text, digests of pictures, text boxes, and tables inside it."""

    pieces: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class _Reader:
    def __init__(self, package: Package, part: str) -> None:
        self._package, self._relations = package, package.relations(part)
        self._paragraphs = self._tables = 0
        self.rows: list[list[str]] = []
        self.places: list[str] = []
        self.pictures: list[Picture] = []

    def read_blocks(self, container: Any) -> None:
        """The paragraphs and tables of a body, a header or a text box."""
        for block in _children(container):
            match _tag(block):
                case "p":
                    text = self._paragraph(block)
                    if text.text.strip() or text.pictures:
                        self._paragraphs += 1
                        self._add_row([text], f"段落{self._paragraphs}")
                    for box in text.boxes:
                        self.read_blocks(box)
                case "tbl":
                    self._tables += 1
                    self._read_table(block, f"表{self._tables}")

    def _add_row(self, cells: list[_Text], place: str) -> None:
        for column, cell in enumerate(cells):
            self.pictures += [Picture(len(self.rows), column, each) for each in cell.pictures]
        self.rows.append([cell.text if cell.text.strip() else "" for cell in cells])
        self.places.append(place)

    def _read_table(self, table: Any, name: str) -> None:
        """A table; those inside its cells follow the row that holds them."""
        lines = [each for each in _children(table) if _tag(each) == "tr" and not _is_deleted(each)]
        for number, line in enumerate(lines, start=1):
            cells = [_Text() for _skipped in range(_number(line.find("{*}trPr/{*}gridBefore")))]
            for each in _children(line):
                if _tag(each) == "tc":
                    cells.append(_Text() if _is_covered(each) else self._cell(each))
                    cells += [_Text() for _spanned in range(_number(each.find("{*}tcPr/{*}gridSpan"), 1) - 1)]
            place = f"{name} 行{number}列"
            self._add_row(cells, place + "{column}")
            for column, cell in enumerate(cells, start=1):
                for index, inner in enumerate(cell.tables, start=1):
                    self._read_table(inner, f"{place}{column}内表{index}")

    def _cell(self, container: Any) -> _Text:
        """The text of a cell or of a text box in it, a line a paragraph."""
        found = _Text()
        for block in _children(container):
            match _tag(block):
                case "tbl":
                    found.tables.append(block)
                case "p":
                    paragraph = self._paragraph(block)
                    for each in (paragraph, *map(self._cell, paragraph.boxes)):
                        found.pieces += ["\n"] * bool(found.pieces) + [each.text]
                        found.pictures += each.pictures
                        found.tables += each.tables
        return found

    def _paragraph(self, paragraph: Any) -> _Text:
        found = _Text()
        self._collect(paragraph, found)
        return found

    def _collect(self, element: Any, found: _Text) -> None:
        """What the runs of a paragraph show, in order."""
        for child in _children(element):
            tag = _tag(child)
            if tag in _PASSED_OVER:
                continue
            if tag == "r" and _is_word(child):
                self._collect_run(child, found)
            elif tag in ("drawing", "pict", "object"):
                self._collect_drawing(child, found)
            elif tag == "sup":
                # The small part of a formula's power is no digit of the number before it.
                found.pieces.append("^")
                self._collect(child, found)
            elif tag == "t":
                found.pieces.append(child.text or "")
            else:
                self._collect(child, found)

    def _collect_run(self, run: Any, found: _Text) -> None:
        properties = run.find("{*}rPr")
        style = _Style.of(properties)
        for child in _children(run):
            tag = _tag(child)
            if tag == "t":
                found.pieces.append(style.shown("".join(child.itertext())))
            elif tag in _BREAKS:
                found.pieces.append(_BREAKS[tag])
            elif tag == "sym":
                found.pieces.append(_symbol(_attribute(child, "font"), int(_attribute(child, "char") or "0", 16)))
            elif tag == "fldChar":
                found.pieces.append(_form_field(child))
            elif tag in ("drawing", "pict", "object"):
                self._collect_drawing(child, found)
            elif tag == "ruby":
                self._collect(child, found)

    def _collect_drawing(self, drawing: Any, found: _Text) -> None:
        """Pictures and text boxes; the text of a box is not the paragraph's."""
        for each in _children(drawing):
            tag = _tag(each)
            if tag == "txbxContent":
                found.boxes.append(each)
                continue
            relation = (
                relation_id(each, "embed") if tag == "blip" else relation_id(each) if tag == "imagedata" else None
            )
            if relation in self._relations:
                found.pictures.append(self._package.digest(self._relations[relation]))
            self._collect_drawing(each, found)


@dataclass(frozen=True, slots=True)
class _Style:
    """The looks of a run that change what it says."""

    struck: bool = False
    script: str = ""
    font: str = ""

    @classmethod
    def of(cls, properties: Any) -> "_Style":
        if properties is None:
            return cls()
        script, fonts = properties.find("{*}vertAlign"), properties.find("{*}rFonts")
        return cls(
            _is_on(properties.find("{*}strike")) or _is_on(properties.find("{*}dstrike")),
            "" if script is None else _attribute(script, "val"),
            "" if fonts is None else _attribute(fonts, "ascii") or _attribute(fonts, "hAnsi"),
        )

    def shown(self, text: str) -> str:
        font = self.font.replace(" ", "").lower()
        if font in _SYMBOLS:
            text = "".join(_symbol(font, ord(each)) if ord(each) < 0x100 else each for each in text)
        text = _PRIVATE.sub(lambda match: _symbol(font, ord(match[0])), text)
        return as_shown(text, self.struck, self.script == "superscript", self.script == "subscript")


def _symbol(font: str, code: int) -> str:
    """A box or tick as a character of its own; any other symbol as it is."""
    boxes = _SYMBOLS.get(font.replace(" ", "").lower(), _SYMBOLS["wingdings"])
    return boxes.get(code & 0xFF, chr(code)) if code < 0x100 or 0xF000 <= code <= 0xF0FF else chr(code)


def _form_field(character: Any) -> str:
    """What an old form field shows: a box or the choice of a list; a text field's text stands in runs of its own."""
    if (box := character.find("{*}ffData/{*}checkBox")) is not None:
        checked = box.find("{*}checked")
        return "☑" if _is_on(box.find("{*}default") if checked is None else checked) else "□"
    if (choices := character.find("{*}ffData/{*}ddList")) is not None:
        entries = [_attribute(each, "val") for each in choices.iterfind("{*}listEntry")]
        chosen = _number(choices.find("{*}result"))
        return entries[chosen] if chosen < len(entries) else ""
    return ""


def _children(element: Any) -> Iterator[Any]:
    """The children, with content controls, tracked insertions and alternatives replaced by what they hold."""
    for child in element:
        match _tag(child):
            case "sdt":
                yield from _control(child)
            case "ins" | "moveTo" | "customXml" | "smartTag":
                yield from _children(child)
            case "AlternateContent":
                branch = child.find("{*}Choice")
                branch = child.find("{*}Fallback") if branch is None else branch
                yield from () if branch is None else _children(branch)
            case "":
                pass
            case _:
                yield child


def _control(control: Any) -> Iterator[Any]:
    """What a content control holds; a prompt that nobody replaced is nothing, and a box is a box whatever its font."""
    properties, content = control.find("{*}sdtPr"), control.find("{*}sdtContent")
    if content is None:
        return
    box = None if properties is None else properties.find("{*}checkbox")
    prompting = properties is not None and _is_on(properties.find("{*}showingPlcHdr"))
    if box is None and not prompting:
        yield from _children(content)
        return
    shown = "" if box is None else "☑" if _is_on(box.find("{*}checked")) else "□"
    # What is in it stays where it is, so that a cell stays a cell, with other text.
    first = True
    for text in content.iter("{*}t", "{*}sym"):
        if _tag(text) == "sym":
            text.tag = text.tag[: -len("sym")] + "t"
        text.text, first = (shown if first else ""), False
    yield from _children(content)


def _tag(element: Any) -> str:
    """The name without its namespace; "" of what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_word(element: Any) -> bool:
    return "wordprocessingml" in element.tag


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _is_on(element: Any) -> bool:
    return element is not None and (_attribute(element, "val") or "1").lower() not in ("0", "false", "off", "none")


def _number(element: Any, default: int = 0) -> int:
    value = "" if element is None else _attribute(element, "val")
    # A table has at most 63 columns; more would only take memory.
    return min(int(value), 63) if value.isdecimal() else default


def _is_covered(cell: Any) -> bool:
    """Whether the cell continues the one above or before it."""
    for name in ("vMerge", "hMerge"):
        merge = cell.find(f"{{*}}tcPr/{{*}}{name}")
        if merge is not None and _attribute(merge, "val") in ("", "continue"):
            return True
    return False


def _is_deleted(line: Any) -> bool:
    return line.find("{*}trPr/{*}del") is not None
