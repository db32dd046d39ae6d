"""xlsx, xlsb, xls and ods → grids with their pictures, and a second look at cells that look empty.

Call it in a worker only (`anquanyue.reading.folder`): calamine may abort the process on a hostile file.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from anquanyue.reading import drawings, ods, xls, xlsb, xlsx
from anquanyue.reading.grid import Book, Concealed, Grid, Position
from anquanyue.reading.kinds import OLE_HEAD
from anquanyue.reading.package import DAMAGED, Package, SheetPart, UnreadableError


def read_workbook(data: bytes, kind: str, archive: zipfile.ZipFile | None = None) -> Book:
    """The workbook with all its sheets, hidden ones too, as people see them; sheets of charts hold no cells.

    What conditional formats do is not looked at, nor are pictures in an xls.

    Args:
        data: The file.
        kind: What it is, as `anquanyue.reading.kinds` says.
        archive: The same file, where it was opened already.

    Raises:
        UnreadableError: It is damaged, has a password or claims to be far larger than a form.
    """
    try:
        if kind == "xls":
            return _read_xls(data)
        return _READERS[kind](Package(data, archive), data)
    except UnreadableError:
        raise
    # A damaged file makes those who look into it raise nearly anything.
    except (LookupError, ValueError, ArithmeticError, struct.error) as error:
        raise UnreadableError("file-unreadable", DAMAGED) from error


def _read_xlsx(package: Package, data: bytes) -> Book:
    sheets, texts = xlsx.sheets(package), xlsx.shared_texts(package)

    def grids(without: Container[str]) -> list[Grid]:
        wanted = [sheet for sheet in sheets if sheet.name not in without]
        try:
            found = _grids(xlsx.readable(package, wanted, texts), without)
        except UnreadableError:
            # It may be made up in an unusual way.
            found = _grids(_cut(package, data, sheets), without)
        return xlsx.as_people_see_them(package, wanted, found, texts)

    book = _book(
        grids(xlsx.derived(sheets, texts)),
        partial(xlsx.concealed, package, sheets),
        _addresses(sheets, lambda sheet: drawings.remarks(package, sheet.part)),
        _addresses(sheets, lambda sheet: sheet.far),
    )
    return replace(book, whole=lambda: tuple(grids(())))


def _read_xlsb(package: Package, data: bytes) -> Book:
    sheets = xlsb.sheets(package)
    grids = _grids(_cut(package, data, sheets))
    return _book(
        xlsb.as_people_see_them(package, sheets, grids),
        partial(xlsb.concealed, sheets),
        _addresses(sheets, lambda sheet: xlsb.remarks(package, sheet.part)),
        _addresses(sheets, lambda sheet: sheet.far),
    )


def _read_ods(package: Package, data: bytes) -> Book:
    workbook = ods.Workbook(package)
    grids = _grids(package.with_parts(workbook.content()) if workbook.far else data)
    return _book(workbook.as_people_see_them(grids), workbook.concealed, workbook.remarks(), workbook.far)


def _read_xls(data: bytes) -> Book:
    survey = xls.survey(data)
    # Only where nothing is around the records: of a damaged container xlrd would read what is left.
    plain = survey.far or not data.startswith(OLE_HEAD)
    grids = xls.read_grids(data) if plain else _grids(data)
    if survey.looks:
        grids = xls.as_people_see_them(data, grids)
    return _book(grids, partial(xls.concealed, data), survey.remarks, survey.far)


_READERS: Final[Mapping[str, Callable[[Package, bytes], Book]]] = {
    "xlsx": _read_xlsx,
    "xlsb": _read_xlsb,
    "ods": _read_ods,
}


def _cut(package: Package, data: bytes, sheets: Iterable[SheetPart]) -> bytes:
    """The file without the cells that are far away."""
    cut = {sheet.part: sheet.content for sheet in sheets if sheet.far}
    return package.with_parts(cut) if cut else data


def _addresses(sheets: Iterable[SheetPart], look: Callable[[SheetPart], Iterable[str]]) -> list[str]:
    return [f"{sheet.name}!{address}" for sheet in sheets for address in look(sheet)]


def _book(
    grids: Iterable[Grid],
    look: Callable[[str], Iterable[tuple[Position, Concealed]]],
    remarks: Iterable[str],
    far: Iterable[str],
) -> Book:
    """The grids with their second look; where that fails, no blank can be believed, and so the file is unreadable."""

    def concealed(sheet: str) -> Mapping[Position, Concealed]:
        try:
            return dict(look(sheet))
        except UnreadableError:
            raise
        # A damaged file makes the readers raise nearly anything.
        except Exception as error:
            raise UnreadableError("file-unreadable", DAMAGED) from error

    return Book(tuple(grids), concealed, tuple(dict.fromkeys(remarks)), tuple(dict.fromkeys(far)))


def _grids(data: bytes, without: Container[str] = ()) -> list[Grid]:
    """The sheets, but for those of these names.

    Raises:
        UnreadableError: The file is damaged, or not known.
    """
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Grid(sheet.name, tuple(map(tuple, workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))))
            for sheet in workbook.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet and sheet.name not in without
        ]
    except python_calamine.PasswordError as error:
        raise UnreadableError("file-password") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("file-unreadable", DAMAGED) from error
    except BaseException as error:
        # What the native reader did not foresee; it is no subclass of Exception.
        if type(error).__name__ == "PanicException":
            raise UnreadableError("file-unreadable", DAMAGED) from error
        raise
