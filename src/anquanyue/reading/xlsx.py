"""A second look into an .xlsx: what calamine does not show."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from anquanyue.reading.grid import Cell, Concealed, Grid, Picture, Position
from anquanyue.reading.package import Package, as_shown, relation_id

# A picture in a cell, as WPS writes it: a formula that names a picture of the workbook.
_CELL_PICTURE = re.compile(r'=?\s*(?:_xlfn\.)?DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)
# What can stand in a part of a text only where it changes what the text says.
_MARKS = re.compile(rb"strike|superscript|subscript")


def as_people_see_them(package: Package, grids: Iterable[Grid]) -> list[Grid]:
    """The sheets with their pictures, and with texts whose parts were struck out or raised."""
    parts, texts, named = sheet_parts(package), _marked_texts(package), _named_pictures(package)
    return [_as_people_see_it(package, parts.get(grid.name, ""), grid, texts, named) for grid in grids]


def _as_people_see_it(
    package: Package, part: str, grid: Grid, texts: Mapping[str, str], named: Mapping[str, str]
) -> Grid:
    replaced: dict[Position, Cell] = {}
    pictures = list(drawn(package, part))
    if texts or named or _MARKS.search(package.read(part)):
        for row, column, cell in _elements(package, part):
            value, own = cell.findtext("{*}v") or "", cell.find("{*}is")
            if cell.get("t") == "s" and value in texts:
                replaced[row, column] = texts[value]
            elif own is not None:
                replaced[row, column] = _marked_text(own)
            match = _CELL_PICTURE.match(cell.findtext("{*}f") or value)
            if match and named:
                replaced[row, column] = ""
                pictures.append(Picture(row, column, named.get(match[1], match[1])))
    if not replaced:
        return replace(grid, pictures=tuple(pictures)) if pictures else grid
    rows = tuple(tuple(replaced.get((r, c), cell) for c, cell in enumerate(cells)) for r, cells in enumerate(grid.rows))
    return replace(grid, rows=rows, pictures=tuple(pictures))


def sheet_parts(package: Package) -> dict[str, str]:
    """The names of the parts that hold the sheets, by the sheets' names."""
    book = package.main_part("xl/workbook.xml")
    relations = package.relations(book)
    sheets = package.xml(book).iterfind("{*}sheets/{*}sheet")
    return {each.get("name", ""): relations.get(relation_id(each) or "", "") for each in sheets}


def _elements(package: Package, part: str) -> Iterator[tuple[int, int, Any]]:
    """The cells of a sheet's part; row and column may go without saying."""
    row = -1
    for line in package.xml(part).iterfind("{*}sheetData/{*}row"):
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


def concealed(package: Package, sheet: str) -> Iterator[tuple[Position, Concealed]]:
    """The cells that look empty although they hold an error or a formula without a result."""
    named = bool(_named_pictures(package))
    for row, column, cell in _elements(package, sheet_parts(package).get(sheet, "")):
        text, formula = cell.findtext("{*}v") or "", cell.find("{*}f")
        if named and formula is not None and _CELL_PICTURE.match(formula.text or ""):
            continue
        if cell.get("t") == "e":
            yield (row, column), Concealed("error", text)
        elif formula is not None and not text and cell.get("t") != "str":
            yield (row, column), Concealed("formula", f"={formula.text or ''}")


def _marked_texts(package: Package) -> dict[str, str]:
    """The shared texts of which parts are struck out, raised or lowered, by their number."""
    part = "xl/sharedStrings.xml"
    if part not in package:
        return {}
    if not _MARKS.search(package.read(part)):
        return {}
    items = enumerate(package.xml(part).iterfind("{*}si"))
    return {str(number): _marked_text(item) for number, item in items if item.find("{*}r/{*}rPr") is not None}


def _marked_text(item: Any) -> str:
    return "".join(_run_text(run) for run in item if run.tag.endswith(("}r", "}t")))


def _run_text(run: Any) -> str:
    if run.tag.endswith("}t"):
        return run.text or ""
    strike, script = run.find("{*}rPr/{*}strike"), run.find("{*}rPr/{*}vertAlign")
    shown = "" if script is None else script.get("val", "")
    struck = strike is not None and strike.get("val", "1") not in ("0", "false")
    return as_shown(run.findtext("{*}t") or "", struck, shown == "superscript", shown == "subscript")


def drawn(package: Package, part: str) -> Iterator[Picture]:
    """The pictures that are laid over a sheet, each at the cell of its upper left corner."""
    if not package.has_any("xl/media/"):
        return
    for drawing in package.relations(part).values():
        if not drawing.startswith("xl/drawings/") or not drawing.endswith(".xml") or drawing not in package:
            continue
        relations = package.relations(drawing)
        for anchor in package.xml(drawing):
            row, column = (int(anchor.findtext(f"{{*}}from/{{*}}{each}") or 0) for each in ("row", "col"))
            for blip in anchor.iter("{*}blip"):
                if media := relations.get(relation_id(blip, "embed") or ""):
                    yield Picture(row, column, package.digest(media))


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
