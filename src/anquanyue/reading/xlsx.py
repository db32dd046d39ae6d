"""A second look into an .xlsx: what calamine does not show."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from anquanyue.reading import drawings
from anquanyue.reading.grid import Cell, Concealed, Grid, Picture, Position, cell_text, is_far
from anquanyue.reading.number_formats import BUILT_IN, as_formatted, changes_look
from anquanyue.reading.package import Package, SheetPart, as_shown, relation_id

# A picture in a cell, as WPS writes it: a formula that names a picture of the workbook.
_CELL_PICTURE: Final = re.compile(r'=?\s*(?:_xlfn\.)?DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)
# The formats of cells, so far as they may change a number.
_FORMATS: Final = re.compile(
    rb"formatCode=[\"']([^\"']*)|numFmtId=[\"'](" + b"|".join(b"%d" % n for n in BUILT_IN) + rb")[\"']"
)
# Rows from 1000 on and columns from AA on, which a form does not reach; and where those begin and end.
_DISTANT: Final = re.compile(rb"r=[\"'](?:[A-Z]{2,3}[0-9]+|[A-Z]?[0-9]{4,7})[\"']")
_ROW: Final = re.compile(rb"<((?:\w+:)?row)\b[^>]*?\br=[\"']([0-9]{4,7})[\"'][^>]*?(?:/>|>(.*?)</\1>)", re.DOTALL)
_CELL: Final = re.compile(
    rb"<((?:\w+:)?c)\b(?=[^>]*?\br=[\"']([A-Z]+)([0-9]+)[\"'])[^>]*?(?:/>|>(.*?)</\1>)", re.DOTALL
)
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
    parts = sheet_parts(package).items()
    return [_without_far_cells(SheetPart(name, part, package.read(part))) for name, part in parts if part in package]


def sheet_parts(package: Package) -> dict[str, str]:
    """The names of the parts that hold the sheets, by the sheets' names."""
    book = package.main_part("xl/workbook.xml")
    relations = package.relations(book)
    found = package.xml(book).iterfind("{*}sheets/{*}sheet")
    return {each.get("name", ""): relations.get(relation_id(each) or "", "") for each in found}


def _without_far_cells(sheet: SheetPart) -> SheetPart:
    """Without parsing: a sheet may hold a million rows that are empty and coloured."""
    if not _DISTANT.search(sheet.content):
        return sheet
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

    content = _CELL.sub(without_cell, _ROW.sub(without_row, sheet.content))
    # What is empty out there costs nothing.
    return replace(sheet, content=content, far=tuple(far)) if far else sheet


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


def concealed(package: Package, found: Sequence[SheetPart], name: str) -> Iterator[tuple[Position, Concealed]]:
    """The cells that look empty although they hold an error or a formula without a result."""
    named = bool(_named_pictures(package))
    content = next((sheet.content for sheet in found if sheet.name == name), b"")
    for row, column, cell in _elements(package, content):
        text, formula = cell.findtext("{*}v") or "", cell.find("{*}f")
        if named and formula is not None and _CELL_PICTURE.match(formula.text or ""):
            continue
        if cell.get("t") == "e":
            yield (row, column), Concealed("error", text)
        elif formula is not None and not text and cell.get("t") != "str":
            yield (row, column), Concealed("formula", f"={formula.text or ''}")


# What people see -------------------------------------------------------------------------------------------------


def as_people_see_them(package: Package, found: Sequence[SheetPart], grids: Sequence[Grid]) -> list[Grid]:
    """The sheets with their pictures, and with what people see where a cell's format or a text's font says more."""
    by_name = {sheet.name: sheet for sheet in found}
    texts, named, looks = _marked_texts(package), _named_pictures(package), _looks(package)
    styles = re.compile(rb"s=[\"'](?:" + b"|".join(each.encode() for each in looks) + rb")[\"']") if looks else None
    seen = []
    for grid in grids:
        sheet = by_name.get(grid.name, SheetPart(grid.name, "", b""))
        pictures = tuple(drawings.drawn(package, sheet.part))
        cells: dict[Position, Cell] = {}
        if texts or named or _is_marked(sheet.content) or (styles and styles.search(sheet.content)):
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
    part = "xl/styles.xml"
    content = package.read(part) if part in package else b""
    formats = _FORMATS.finditer(content)
    if b"strike" not in content and not any(
        each[2] or changes_look(html.unescape(each[1].decode(errors="replace"))) for each in formats
    ):
        return {}
    styles = package.parsed(content)
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


def _marked_texts(package: Package) -> dict[str, Any]:
    """The shared texts of which parts are struck out, raised or lowered, by their number."""
    part = "xl/sharedStrings.xml"
    content = package.read(part) if part in package else b""
    if not _is_marked(content):
        return {}
    items = enumerate(package.parsed(content).iterfind("{*}si"))
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
