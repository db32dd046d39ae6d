"""A second look into an .xlsx: what calamine does not show."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from anquanyue.reading import drawings
from anquanyue.reading.grid import Cell, Concealed, Grid, Picture, Position, cell_text, is_far
from anquanyue.reading.number_formats import BUILT_IN, as_formatted, changes_look
from anquanyue.reading.package import Package, SheetPart, as_shown, asked_once, relation_id
from anquanyue.reading.zipped import zipped
from anquanyue.writing.stamp import DERIVED

# A picture in a cell, as WPS writes it: a formula that names a picture of the workbook.
_CELL_PICTURE: Final = re.compile(r'=?\s*(?:_xlfn\.)?DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)
# The formats of cells, so far as they may change a number.
_FORMATS: Final = re.compile(
    rb"formatCode=[\"']([^\"']*)|numFmtId=[\"'](" + b"|".join(b"%d" % n for n in BUILT_IN) + rb")[\"']"
)
_STYLES: Final = "xl/styles.xml"
_TEXTS: Final = "xl/sharedStrings.xml"
_NEEDED: Final = ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", _STYLES)
"""Parts without which a workbook is none, beside itself and its sheets."""
# Rows from 1000 on and columns from AA on, which a form does not reach; and where those begin and end.
_DISTANT: Final = re.compile(rb"r=[\"'](?:[A-Z]{2,3}[0-9]+|[A-Z]?[0-9]{4,7})[\"']")
_ROW: Final = re.compile(rb"<((?:\w+:)?row)\b[^>]*?\br=[\"']([0-9]{4,7})[\"'][^>]*?(?:/>|>(.*?)</\1>)", re.DOTALL)
_CELL: Final = re.compile(
    rb"<((?:\w+:)?c)\b(?=[^>]*?\br=[\"']([A-Z]+)([0-9]+)[\"'])[^>]*?(?:/>|>(.*?)</\1>)", re.DOTALL
)
# A sheet whose first cell says that it was made to repeat or to explain: the cell's text, or the number of it.
_DERIVED: Final = re.compile(
    rb"<sheetData><row\b[^<>]*><c r=\"A1\"[^<>]*?(?:\bt=\"inlineStr\"[^<>]*><is><t[^<>]*>"
    + DERIVED.encode()
    + rb"</t></is>|\bt=\"s\"[^<>]*><v>([0-9]{1,7})</v>)</c>"
)
_DERIVED_TEXT: Final = re.compile(rb"<si><t[^<>]*>" + DERIVED.encode() + rb"</t></si>")
_FARTHEST_DATA: Final = 10_000
"""Bytes of a sheet among which its cells begin."""
_USUAL_CELL: Final = re.compile(rb'r="([A-Z]{1,3})([1-9][0-9]{0,6})"([^<>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_TYPE: Final = re.compile(rb'\bt="(\w+)"')
_VALUE: Final = re.compile(rb"<v\b[^<>]*>([^<]*)</v>")
_FORMULA: Final = re.compile(rb"<f\b[^<>]*?(?:/>|>([^<]*)</f>)")
_PASSED_OVER: Final = (b"definedNames", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellStyles", b"dxfs")
_LITERAL: Final = b"<![CDATA["
_COMMENT_OR_LITERAL: Final = re.compile(rb"<!--|<!\[CDATA\[")
_USUAL_FORMULA: Final = re.compile(rb"<f>[^<]*</f>")
_CONTENT: Final = re.compile(rb"<(?:\w+:)?(?:v|is|f)\b")


@dataclass(frozen=True, slots=True)
class Look:
    """What makes a cell look other than its value."""

    code: str = "General"
    struck: bool = False

    def shown(self, value: Cell) -> Cell:
        """What people see of the value."""
        value = as_formatted(value, self.code)
        return as_shown(cell_text(value), struck=True) if self.struck and value != "" else value


# Sheets ----------------------------------------------------------------------------------------------------------


def sheets(package: Package) -> list[SheetPart]:
    """The sheets of a workbook, in order."""
    return [
        SheetPart(name, part, *_near_cells(package.read(part)))
        for name, part in sheet_parts(package).items()
        if part in package
    ]


@asked_once
def _near_cells(content: bytes) -> tuple[bytes, tuple[str, ...], bytes]:
    """The content, far cells and values of a sheet."""
    content = _cells_only(content)
    values = _without_formulas(content)
    if _LITERAL in values:
        content = _without_literals(content)
        values = _without_formulas(content)
    if not _DISTANT.search(values):
        return content, (), values
    content, far = _without_far_cells(content)
    return content, far, _without_formulas(content)


def _without_formulas(content: bytes) -> bytes:
    """Half of a form, which calamine would only pass over."""
    return _USUAL_FORMULA.sub(b"", content)


def _without_literals(content: bytes) -> bytes:
    """With texts written as all others that are written literally, which calamine takes for nothing (XML, 2.7)."""
    pieces, place = [], 0
    while opening := _COMMENT_OR_LITERAL.search(content, place):
        start, begin = opening.span()
        is_comment = opening[0] == b"<!--"
        closing = b"-->" if is_comment else b"]]>"
        end = content.find(closing, begin)
        if end < 0:
            break  # It is damaged, as calamine will say.
        inside = content[begin:end].replace(b"&", b"&amp;").replace(b"<", b"&lt;")
        pieces += [content[place:start], b"" if is_comment else inside]
        place = end + len(closing)
    return b"".join((*pieces, content[place:]))


def _cells_only(content: bytes) -> bytes:
    """Without what stands behind the cells, which may be more than those: formats, lists to choose from, links.

    calamine would go through the whole sheet once more for merged cells, which nobody asks for, were there none first.
    """
    start, end = content.find(b"<sheetData"), content.rfind(b"</sheetData>")
    if not 0 < start < end or content.find(b"<worksheet", 0, start) < 0:
        return content
    return b"".join((content[:start], b"<mergeCells></mergeCells>", content[start:end], b"</sheetData></worksheet>"))


def readable(package: Package, found: Sequence[SheetPart], texts: bytes) -> bytes:
    """A package with nothing but these sheets, and what is needed to read them."""
    book = package.main_part("xl/workbook.xml")
    parts = {name: package.read(name) for name in (book, *_NEEDED) if name in package}
    parts |= {_TEXTS: texts} if texts else {}
    for name in (book, _STYLES):
        if name in parts:
            parts[name] = _slim(parts[name])
    return zipped(parts | {sheet.part: sheet.values for sheet in found})


@asked_once
def _slim(content: bytes) -> bytes:
    """A workbook or its styles without what calamine passes over: what cells are called, and most of their looks."""
    if b"<!" in content:
        return content  # What stands in a comment is none of it.
    for name in _PASSED_OVER:
        start, end = content.find(b"<%b" % name), content.find(b"</%b>" % name)
        if 0 <= start < end:
            content = content[:start] + content[end + len(name) + 3 :]
    return content


def sheet_parts(package: Package) -> dict[str, str]:
    """The names of the parts that hold the sheets, by the sheets' names."""
    book = package.main_part("xl/workbook.xml")
    relations = package.relations(book)
    return {name: relations.get(relation, "") for name, relation in _sheets_in(package.read(book))}


@asked_once
def _sheets_in(content: bytes) -> Sequence[tuple[str, str]]:
    """The names of a workbook's sheets, each with its relation."""
    found = Package.parsed(content).iterfind("{*}sheets/{*}sheet")
    return [(each.get("name", ""), relation_id(each) or "") for each in found]


def _without_far_cells(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Without parsing: a sheet may hold a million rows that are empty and coloured."""
    far: list[str] = []

    def without_row(match: re.Match[bytes]) -> bytes:
        row = int(match[2]) - 1
        if not is_far(row, 0):
            return match[0]
        if _CONTENT.search(match[3] or b""):
            cells = [cell for cell in _CELL.finditer(match[3]) if _CONTENT.search(cell[4] or b"")]
            far.extend((cell[2] + cell[3]).decode() for cell in cells)
            far.extend([] if cells else [f"A{row + 1}"])
        return b""

    def without_cell(match: re.Match[bytes]) -> bytes:
        address = match[2].decode()
        if not is_far(0, _column(address)):
            return match[0]
        if _CONTENT.search(match[4] or b""):
            far.append(address + match[3].decode())
        return b""

    near = _CELL.sub(without_cell, _ROW.sub(without_row, content))
    # What is empty out there costs nothing.
    return (near, tuple(far)) if far else (content, ())


def shared_texts(package: Package) -> bytes:
    """The part with the texts that the sheets refer to by their number; empty where each cell holds its own."""
    texts = package.read(_TEXTS) if _TEXTS in package else b""
    return _without_literals(texts) if _LITERAL in texts else texts


def derived(found: Sequence[SheetPart], texts: bytes) -> set[str]:
    """The names of the sheets that only repeat or explain a form, so far as that shows without parsing."""
    text = _DERIVED_TEXT.search(texts)
    number = texts.count(b"<si", 0, text.start()) if text else -1
    firsts = ((sheet.name, _DERIVED.search(sheet.content, 0, _FARTHEST_DATA)) for sheet in found)
    told = [(name, first is not None and (first[1] is None or int(first[1]) == number)) for name, first in firsts]
    return {name for name, is_derived in told if is_derived} - {name for name, is_derived in told if not is_derived}


def _elements(package: Package, content: bytes) -> Iterator[tuple[int, int, Any]]:
    """The cells of a sheet; row and column may go without saying."""
    row = -1
    for line in package.parsed(content).iterfind("{*}sheetData/{*}row"):
        row = int(line.get("r")) - 1 if line.get("r") else row + 1
        column = -1
        for cell in line.iterfind("{*}c"):
            column = _column(cell.get("r")) if cell.get("r") else column + 1
            yield row, column, cell


def _column(reference: str) -> int:
    column = 0
    for letter in reference.rstrip("0123456789"):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _formulas_and_errors(content: bytes) -> Iterator[tuple[Position, str, str, str | None]]:
    """Row and column, type, value and formula of each cell that holds a formula or an error.

    Raises:
        ValueError: The cells are not written as they usually are, with the address first.
    """
    begin, end = content.find(b"<sheetData"), content.rfind(b"</sheetData>")
    data = content[begin:end]
    _before, *cells = data.split(b"<c ")
    if begin < 0 or end < 0 or data.count(b"<c") != len(cells) or b"<!" in data:
        raise ValueError("unusual cells")
    for cell in cells:
        if b"<f" not in cell and b't="e"' not in cell:
            if not cell.startswith(b'r="'):
                raise ValueError("unusual cells")
            continue
        match = _USUAL_CELL.match(cell)
        if match is None:
            raise ValueError("unusual cells")
        letters, number, attributes, inside = match.groups(default=b"")
        kind, value, formula = _TYPE.search(attributes), _VALUE.search(inside), _FORMULA.search(inside)
        text = _unescaped(value[1]) if value else ""
        said = _unescaped(formula[1] or b"") if formula else None
        yield (int(number) - 1, _column(letters.decode())), kind[1].decode() if kind else "", text, said


@lru_cache(maxsize=256)
def _unescaped(text: bytes) -> str:
    return html.unescape(text.decode())


def concealed(package: Package, found: Sequence[SheetPart], name: str) -> Iterator[tuple[Position, Concealed]]:
    """The cells that look empty although they hold an error or a formula without a result."""
    named = bool(_named_pictures(package))
    content = next((sheet.content for sheet in found if sheet.name == name), b"")
    try:
        cells = list(_formulas_and_errors(content))
    except ValueError:
        cells = list(_parsed_cells(package, content))
    for place, kind, text, formula in cells:
        if named and formula is not None and _CELL_PICTURE.match(formula):
            continue
        if kind == "e":
            yield place, Concealed("error", text)
        elif formula is not None and not text and kind != "str":
            yield place, Concealed("formula", f"={formula}")


def _parsed_cells(package: Package, content: bytes) -> Iterator[tuple[Position, str, str, str | None]]:
    """Row and column, type, value and formula of all cells."""
    for row, column, cell in _elements(package, content):
        formula = cell.find("{*}f")
        said = None if formula is None else formula.text or ""
        yield (row, column), cell.get("t", ""), cell.findtext("{*}v") or "", said


# What people see -------------------------------------------------------------------------------------------------


def as_people_see_them(
    package: Package, found: Sequence[SheetPart], grids: Sequence[Grid], shared: bytes
) -> list[Grid]:
    """The sheets with their pictures, and with what people see where a cell's format or a text's font says more."""
    by_name = {sheet.name: sheet for sheet in found}
    texts, named, looks = _marked_texts(shared), _named_pictures(package), _looks(package)
    styles = re.compile(rb"s=[\"'](?:" + b"|".join(each.encode() for each in looks) + rb")[\"']") if looks else None
    seen = []
    for grid in grids:
        sheet = by_name.get(grid.name, SheetPart(grid.name, "", b""))
        pictures = tuple(drawings.drawn(package, sheet.part))
        cells: dict[Position, Cell] = {}
        if texts or named or _is_marked(sheet.values) or (styles and styles.search(sheet.values)):
            cells, in_cells = _seen(package, sheet, grid, texts, named, looks)
            pictures += in_cells
        seen.append(replace(grid.with_cells(cells), pictures=pictures) if cells or pictures else grid)
    return seen


def _seen(
    package: Package,
    sheet: SheetPart,
    grid: Grid,
    texts: Mapping[str, Any],
    named: Mapping[str, str],
    looks: Mapping[str, Look],
) -> tuple[dict[Position, Cell], tuple[Picture, ...]]:
    """The cells that look other than they are, and the pictures that stand in cells."""
    cells: dict[Position, Cell] = {}
    pictures = []
    for row, column, cell in _elements(package, sheet.content):
        value, own, look = cell.findtext("{*}v") or "", cell.find("{*}is"), looks.get(cell.get("s", ""))
        text = texts.get(value) if cell.get("t") == "s" else own
        if is_marked := text is not None and text.find("{*}r/{*}rPr") is not None:
            cells[row, column] = _marked_text(text, look is not None and look.struck)
        match = _CELL_PICTURE.match(cell.findtext("{*}f") or value)
        if match and named:
            cells[row, column] = ""
            pictures.append(Picture(row, column, named.get(match[1], match[1])))
        elif look and not is_marked:
            cells[row, column] = look.shown(grid.value(row, column))
    return cells, tuple(pictures)


def _looks(package: Package) -> dict[str, Look]:
    """The numbers of the cell formats that make a cell look other than its value."""
    return dict(_looks_in(package.read(_STYLES))) if _STYLES in package else {}


@asked_once
def _looks_in(content: bytes) -> Mapping[str, Look]:
    formats = _FORMATS.finditer(content)
    if b"strike" not in content and not any(
        each[2] or changes_look(html.unescape(each[1].decode(errors="replace"))) for each in formats
    ):
        return {}
    styles = Package.parsed(content)
    own = {each.get("numFmtId"): each.get("formatCode") for each in styles.iterfind("{*}numFmts/{*}numFmt")}
    codes = {str(number): code for number, code in BUILT_IN.items()} | own
    struck = [_is_struck(font.find("{*}strike")) for font in styles.iterfind("{*}fonts/{*}font")]
    looks = {}
    for number, each in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        font = each.get("fontId", "")
        look = Look(
            codes.get(each.get("numFmtId")) or "General",
            font.isdecimal() and int(font) < len(struck) and struck[int(font)],
        )
        if look.struck or changes_look(look.code):
            looks[str(number)] = look
    return looks


def _is_marked(content: bytes) -> bool:
    """Whether there are texts of which parts are struck out, raised or lowered."""
    return b"rPr" in content and (b"strike" in content or b"script" in content)  # superscript, subscript


def _marked_texts(content: bytes) -> dict[str, Any]:
    """The shared texts of which parts are struck out, raised or lowered, by their number."""
    if not _is_marked(content):
        return {}
    items = enumerate(Package.parsed(content).iterfind("{*}si"))
    return {str(number): item for number, item in items if item.find("{*}r/{*}rPr") is not None}


def _marked_text(item: Any, struck: bool) -> str:
    """A text as its parts look; one without a font of its own has that of the cell, which may be struck out."""
    return "".join(_run_text(run, struck) for run in item if run.tag.endswith(("}r", "}t")))


def _run_text(run: Any, struck: bool) -> str:
    font = run.find("{*}rPr")
    if font is None:
        return as_shown((run.text if run.tag.endswith("}t") else run.findtext("{*}t")) or "", struck)
    script = font.find("{*}vertAlign")
    shown = "" if script is None else script.get("val", "")
    struck = _is_struck(font.find("{*}strike"))
    return as_shown(run.findtext("{*}t") or "", struck, shown == "superscript", shown == "subscript")


def _is_struck(strike: Any) -> bool:
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _named_pictures(package: Package) -> dict[str, str]:
    """The pictures that stand in cells (WPS): their digests by the names that the cells' formulas use."""
    part = "xl/cellimages.xml"
    if part not in package:
        return {}
    relations = package.relations(part)
    return {
        name.get("name"): package.digest(relations.get(relation_id(blip, "embed") or "", ""))
        for image in package.xml(part)
        for name, blip in zip(image.iter("{*}cNvPr"), image.iter("{*}blip"), strict=False)
    }
