"""docx → one grid: paragraphs and the rows of tables in the order of the document.

With lxml alone: Word lets a cell say what it covers, and only each row's own elements tell.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from anquanyue.reading.grid import Book, Grid, Picture, doubtful
from anquanyue.reading.package import Package, as_shown, relation_id
from anquanyue.reading.remarks import is_own
from anquanyue.reading.word_xml import attribute, children, is_covered, is_deleted, is_on, is_word, number_of, tag_of

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
# What a formula is made of that reads as a plain text.
_PLAIN_MATH: Final = frozenset(("oMath", "oMathPara", "r", "t", "e", "num", "den", "deg", "sup", "sSup", "f"))
_RAISED_FROM: Final = 4
"""Half points above or below the line that can be seen; less is used to adjust a font."""
_REMARKS: Final = ("commentReference", "footnoteReference", "endnoteReference")


def read_document(data: bytes, archive: zipfile.ZipFile | None = None) -> Book:
    """The document's text as one grid: what headers say, then the body; footers only where there is nothing else.

    A style's own looks are not looked at, only those that somebody gave to a part of the text.

    Args:
        data: The file.
        archive: The same, where it was opened already.

    Raises:
        UnreadableError: It is damaged or claims to be far larger than a form.
    """
    package = Package(data, archive)
    part = package.main_part("word/document.xml")
    reader = _Reader(package, part)
    reader.read_part()
    reader.put_in_front(list(reader.margins("header", "页眉 ")))
    if not any(cell for row in reader.rows for cell in row):
        reader.put_in_front(list(reader.margins("footer", "页脚 ")))
    grid = Grid(DOCUMENT, tuple(map(tuple, reader.rows)), tuple(reader.places), tuple(reader.pictures))
    return Book((grid,), remarks=tuple(dict.fromkeys(reader.remarks)))


_Run = tuple[str, bool, int]
"""A piece of a paragraph: what it says, whether it is hidden, and whether it is above (1) or below (-1) the line."""


@dataclass(slots=True)
class _Text:
    """What a paragraph or cell holds: text, digests of pictures, text boxes, tables inside it, marks of remarks."""

    pieces: list[str] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, text: str) -> None:
        """Say something more."""
        self.runs.append((text, False, 0))

    def end(self) -> None:
        """Make of the runs what people see.

        What is hidden or raised although the rest is not is no part of the words and numbers beside it.
        """
        seen = [position for text, hidden, position in self.runs if not hidden and text.strip()]
        uneven = len(set(seen)) > 1
        self.pieces = [_piece(run, apart=bool(seen), uneven=uneven) for run in self.runs]


def _piece(run: _Run, apart: bool, uneven: bool) -> str:
    text, hidden, position = run
    if hidden and apart and text.strip():
        return doubtful(text)
    return as_shown(text, raised=position > 0, lowered=position < 0) if uneven and position else text


class _Reader:
    def __init__(self, package: Package, part: str, place: str = "") -> None:
        self._package, self._relations, self._place = package, package.relations(part), place
        self.root = package.xml(part)
        self._own: set[str] | None = None
        self._paragraphs = self._tables = 0
        self.rows: list[list[str]] = []
        self.places: list[str] = []
        self.pictures: list[Picture] = []
        self.remarks: list[str] = []

    def read_part(self) -> None:
        """All that the part holds."""
        for body in [self.root] if self._place else self.root.iterfind("{*}body"):
            self.read_blocks(body)

    def margins(self, kind: str, place: str) -> "Iterator[_Reader]":
        """The headers or footers that are printed on some page."""
        settings = "word/settings.xml"
        even = settings in self._package and b"evenAndOddHeaders" in self._package.read(settings)
        for section in self.root.iter("{*}sectPr"):
            shown = {"default": True, "first": is_on(section.find("{*}titlePg")), "even": even}
            for reference in section.iterfind(f"{{*}}{kind}Reference"):
                part = self._relations.get(relation_id(reference) or "", "")
                if shown.get(attribute(reference, "type"), True) and part in self._package:
                    reader = _Reader(self._package, part, place)
                    reader.read_part()
                    yield reader

    def put_in_front(self, margins: "Sequence[_Reader]") -> None:
        """The texts of these headers, each once, before all else; pictures in them show no activity."""
        known = {tuple(cells) for cells in self.rows}
        front: dict[tuple[str, ...], str] = {}
        for margin in margins:
            for cells, place in zip(margin.rows, margin.places, strict=True):
                if any(cells) and tuple(cells) not in known:
                    front.setdefault(tuple(cells), place)
        self.rows[:0] = [list(cells) for cells in front]
        self.places[:0] = front.values()
        self.pictures = [replace(each, row=each.row + len(front)) for each in self.pictures]

    def read_blocks(self, container: Any) -> None:
        """The paragraphs and tables of a body, a header or a text box."""
        for block in children(container):
            match tag_of(block):
                case "p":
                    text = self._paragraph(block)
                    if text.text.strip() or text.pictures:
                        self._paragraphs += 1
                        self._add_row([text], f"{self._place}段落{self._paragraphs}")
                    for box in text.boxes:
                        self.read_blocks(box)
                case "tbl":
                    self._tables += 1
                    self._read_table(block, f"{self._place}表{self._tables}")

    def _add_row(self, cells: list[_Text], place: str) -> None:
        for column, cell in enumerate(cells):
            self.pictures += [Picture(len(self.rows), column, each) for each in cell.pictures]
            if any(kind != "commentReference" or number not in self._own_comments() for kind, number in cell.remarks):
                self.remarks.append(place.replace("{column}", str(column + 1)))
        self.rows.append([cell.text if cell.text.strip() else "" for cell in cells])
        self.places.append(place)

    def _own_comments(self) -> set[str]:
        """The numbers of the comments that this program wrote."""
        if self._own is None:
            part = next((each for each in self._relations.values() if each.endswith("/comments.xml")), "")
            comments = self._package.xml(part).iterfind("{*}comment") if part in self._package else ()
            self._own = {
                attribute(each, "id")
                for each in comments
                if is_own(attribute(each, "author"), "".join(each.itertext()))
            }
        return self._own

    def _read_table(self, table: Any, name: str) -> None:
        """A table; those inside its cells follow the row that holds them."""
        lines = [each for each in children(table) if tag_of(each) == "tr" and not is_deleted(each)]
        for number, line in enumerate(lines, start=1):
            cells = [_Text() for _skipped in range(number_of(line.find("{*}trPr/{*}gridBefore")))]
            for each in children(line):
                if tag_of(each) == "tc":
                    cells.append(_Text() if is_covered(each) else self._cell(each))
                    cells += [_Text() for _spanned in range(number_of(each.find("{*}tcPr/{*}gridSpan"), 1) - 1)]
            place = f"{name} 行{number}列"
            self._add_row(cells, place + "{column}")
            for column, cell in enumerate(cells, start=1):
                for index, inner in enumerate(cell.tables, start=1):
                    self._read_table(inner, f"{place}{column}内表{index}")

    def _cell(self, container: Any) -> _Text:
        """The text of a cell or of a text box in it, a line a paragraph."""
        found = _Text()
        for block in children(container):
            match tag_of(block):
                case "tbl":
                    found.tables.append(block)
                case "p":
                    paragraph = self._paragraph(block)
                    for each in (paragraph, *map(self._cell, paragraph.boxes)):
                        found.pieces += ["\n"] * bool(found.pieces) + [each.text]
                        found.pictures += each.pictures
                        found.tables += each.tables
                        found.remarks += each.remarks
        return found

    def _paragraph(self, paragraph: Any) -> _Text:
        found = _Text()
        self._collect(paragraph, found)
        found.end()
        return found

    def _collect(self, element: Any, found: _Text) -> None:
        """What the runs of a paragraph show, in order."""
        for child in children(element):
            tag = tag_of(child)
            if tag in _PASSED_OVER:
                continue
            if tag == "r" and is_word(child):
                self._collect_run(child, found)
            elif tag in ("drawing", "pict", "object"):
                self._collect_drawing(child, found)
            elif "/math" in child.tag:
                self._collect_math(child, found)
            elif tag == "t":
                found.add(child.text or "")
            else:
                self._collect(child, found)

    def _collect_math(self, part: Any, found: _Text) -> None:
        """A part of a formula; what is more than a row of signs never reads as a number."""
        tag = tag_of(part)
        if tag.endswith("Pr"):
            return
        if tag == "t":
            found.add(part.text or "")
            return
        # The small part of a power is no digit of the number before it, nor is what a fraction is divided by.
        found.add("^" if tag == "sup" else "/" if tag == "den" else "")
        before = len(found.runs)
        self._collect(part, found)
        if tag not in _PLAIN_MATH:
            found.runs[before:] = [(doubtful("".join(text for text, *_looks in found.runs[before:])), False, 0)]

    def _collect_run(self, run: Any, found: _Text) -> None:
        style = _Style.of(run.find("{*}rPr"))
        for child in children(run):
            tag = tag_of(child)
            if tag == "t":
                found.runs.append((style.shown("".join(child.itertext())), style.hidden, style.position))
            elif tag in _BREAKS:
                found.add(_BREAKS[tag])
            elif tag == "sym":
                found.add(_symbol(attribute(child, "font"), int(attribute(child, "char") or "0", 16)))
            elif tag == "fldChar":
                found.add(_form_field(child))
            elif tag in ("drawing", "pict", "object"):
                self._collect_drawing(child, found)
            elif tag == "ruby":
                self._collect(child, found)
            elif tag in _REMARKS:
                found.remarks.append((tag, attribute(child, "id")))

    def _collect_drawing(self, drawing: Any, found: _Text) -> None:
        """Pictures and text boxes; the text of a box is not the paragraph's."""
        for each in children(drawing):
            tag = tag_of(each)
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
    hidden: bool = False
    position: int = 0

    @classmethod
    def of(cls, properties: Any) -> "_Style":
        if properties is None:
            return cls()
        found = {tag_of(each): each for each in properties}
        script, fonts = found.get("vertAlign"), found.get("rFonts")
        return cls(
            is_on(found.get("strike")) or is_on(found.get("dstrike")),
            "" if script is None else attribute(script, "val"),
            "" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi"),
            is_on(found.get("vanish")),
            _position(found.get("position")),
        )

    def shown(self, text: str) -> str:
        font = self.font.replace(" ", "").lower()
        if font in _SYMBOLS:
            text = "".join(_symbol(font, ord(each)) if ord(each) < 0x100 else each for each in text)
        text = _PRIVATE.sub(lambda match: _symbol(font, ord(match[0])), text)
        return as_shown(text, self.struck, self.script == "superscript", self.script == "subscript")


def _position(position: Any) -> int:
    """Above the line 1, below it -1."""
    value = "" if position is None else attribute(position, "val")
    if not value.lstrip("-").isdecimal() or int(value.lstrip("-")) < _RAISED_FROM:
        return 0
    return -1 if value.startswith("-") else 1


def _symbol(font: str, code: int) -> str:
    """A box or tick as a character of its own; any other symbol as it is."""
    boxes = _SYMBOLS.get(font.replace(" ", "").lower(), _SYMBOLS["wingdings"])
    return boxes.get(code & 0xFF, chr(code)) if code < 0x100 or 0xF000 <= code <= 0xF0FF else chr(code)


def _form_field(character: Any) -> str:
    """What an old form field shows: a box or the choice of a list; a text field's text stands in runs of its own."""
    if (box := character.find("{*}ffData/{*}checkBox")) is not None:
        checked = box.find("{*}checked")
        return "☑" if is_on(box.find("{*}default") if checked is None else checked) else "□"
    if (choices := character.find("{*}ffData/{*}ddList")) is not None:
        entries = [attribute(each, "val") for each in choices.iterfind("{*}listEntry")]
        chosen = number_of(choices.find("{*}result"))
        return entries[chosen] if chosen < len(entries) else ""
    return ""
