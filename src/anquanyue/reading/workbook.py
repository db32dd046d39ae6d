"""xlsx, xlsb, xls and ods → grids with their pictures, and a second look at cells that look empty.

Call it in a worker only (`anquanyue.reading.folder`): calamine may abort the process on a hostile file.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from anquanyue.reading import ods, xls, xlsb, xlsx
from anquanyue.reading.grid import Book, Concealed, Grid, Position
from anquanyue.reading.kinds import OLE_HEAD
from anquanyue.reading.package import DAMAGED, Package, UnreadableError


def read_workbook(data: bytes, kind: str) -> Book:
    """The workbook with all its sheets, hidden ones too, and the pictures on them; sheets of charts hold no cells.

    Pictures in an xls are not looked for.

    Raises:
        UnreadableError: It is damaged, has a password or claims to be far larger than a form.
    """
    if kind == "xls":
        # Only where nothing is around the records: of a damaged container xlrd would read what is left.
        grids = _grids(data) if data.startswith(OLE_HEAD) else xls.read_grids(data)
        if grids is None:
            raise UnreadableError("file-unreadable", DAMAGED)
        return _book(grids, partial(xls.concealed, data))
    package, grids = Package(data), _grids(data)
    if grids is None:
        raise UnreadableError("file-unreadable", DAMAGED)
    if kind == "xlsx":
        return _book(xlsx.as_people_see_them(package, grids), partial(xlsx.concealed, package))
    if kind == "xlsb":
        return _book([xlsb.with_pictures(package, grid) for grid in grids], partial(xlsb.concealed, package))
    return _book([ods.with_pictures(package, grid) for grid in grids], partial(ods.concealed, package))


def _book(grids: Iterable[Grid], look: Callable[[str], Iterable[tuple[Position, Concealed]]]) -> Book:
    """The grids with their second look; where that fails, no blank can be believed, and so the file is unreadable."""

    def concealed(sheet: str) -> Mapping[Position, Concealed]:
        try:
            return dict(look(sheet))
        except UnreadableError:
            raise
        # A damaged file makes the readers raise nearly anything.
        except Exception as error:
            raise UnreadableError("file-unreadable", DAMAGED) from error

    return Book(tuple(grids), concealed)


def _grids(data: bytes) -> list[Grid] | None:
    """The sheets; None where the file is damaged or not known."""
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Grid(sheet.name, tuple(map(tuple, workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))))
            for sheet in workbook.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise UnreadableError("file-password") from error
    except (python_calamine.CalamineError, OSError, ValueError):
        return None
    except BaseException as error:
        # What the native reader did not foresee; it is no subclass of Exception.
        if type(error).__name__ == "PanicException":
            return None
        raise
