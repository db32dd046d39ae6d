"""xlsx, xls and ods → grids, and a second look at the cells that calamine shows as empty.

Call it in a worker only (`anquanyue.reading.folder`): calamine may abort the process on a hostile file.
"""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from anquanyue.reading.grid import Concealed, Grid

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# Excel's own limits (ECMA-376, part 1, 18.3.1.73): an ods that repeats a row beyond them says nothing new.
_MOST_COLUMNS: Final = 16_384


class UnreadableError(Exception):
    """The file is no workbook that can be read; `code` is the finding's, the message its reason."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


def read_grids(path: Path) -> list[Grid]:
    """Every sheet of the workbook.

    Raises:
        UnreadableError: It is damaged, has a password or is no workbook.
    """
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        return [
            Grid(name, tuple(tuple(row) for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)))
            for name in workbook.sheet_names
        ]
    except python_calamine.PasswordError as error:
        raise UnreadableError("file-password") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("file-unreadable", str(error)) from error


def concealed_cells(path: Path, sheet: str) -> Mapping[tuple[int, int], Concealed]:
    """The cells of a sheet that calamine shows as empty although they are not, by row and column from 0."""
    if not zipfile.is_zipfile(path):
        return dict(_xls_cells(path, sheet))
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" in archive.namelist():
            return dict(_xlsx_cells(archive, sheet))
        if "content.xml" in archive.namelist():
            return dict(_ods_cells(archive, sheet))
    return {}


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def _xlsx_cells(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[tuple[int, int], Concealed]]:
    relation = next(
        each.get(_RELATION)
        for each in _xml(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet")
        if each.get("name") == sheet
    )
    target = next(
        each.get("Target") for each in _xml(archive, "xl/_rels/workbook.xml.rels") if each.get("Id") == relation
    )
    member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for cell in _xml(archive, member).iter(f"{_MAIN}c"):
        value, formula = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}f")
        text = (value.text or "") if value is not None else ""
        if cell.get("t") == "e":
            yield _position(cell.get("r")), Concealed("error", text)
        elif formula is not None and not text and cell.get("t") != "str":
            yield _position(cell.get("r")), Concealed("formula", f"={formula.text or ''}")


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1


def _ods_cells(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[tuple[int, int], Concealed]]:
    tables = _xml(archive, "content.xml").iter(f"{_TABLE}table")
    table = next(each for each in tables if each.get(f"{_TABLE}name") == sheet)
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            if (concealed := _ods_cell(cell)) and column < _MOST_COLUMNS:
                yield (row, column), concealed
            column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        row += int(line.get(f"{_TABLE}number-rows-repeated", "1"))


def _ods_cell(cell: Any) -> Concealed | None:
    formula = cell.get(f"{_TABLE}formula")
    if formula is None:
        return None
    if cell.get(f"{_CALCEXT}value-type") == "error":
        return Concealed("error", "".join(cell.itertext()).strip() or "#N/A")
    if cell.get(f"{_OFFICE}value-type") is None:
        return Concealed("formula", formula.removeprefix("of:"))
    return None


def _xls_cells(path: Path, sheet: str) -> Iterator[tuple[tuple[int, int], Concealed]]:
    import xlrd

    with xlrd.open_workbook(path, on_demand=True) as workbook:
        cells = workbook.sheet_by_name(sheet)
        for row in range(cells.nrows):
            for column in range(cells.ncols):
                if cells.cell_type(row, column) == xlrd.XL_CELL_ERROR:
                    code = cells.cell_value(row, column)
                    yield (row, column), Concealed("error", xlrd.error_text_from_code.get(code, "#N/A"))
