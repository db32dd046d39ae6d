"""Pictures beside the table of a sheet: in the rows of what they belong to, outside of what is printed."""

from collections.abc import Sequence
from typing import Any, Final

from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_WIDTH: Final = 24
"""Of a picture's column, in characters."""
_PIXELS_A_CHARACTER: Final = 7
_PIXELS_A_POINT: Final = 96 / 72
_MARGIN: Final = 4
_FORMATS: Final = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif"}
"""What Excel shows, by what python-docx calls it."""


class _Embedded(Image):
    """A picture as it is; openpyxl's own would have it opened and may convert it."""

    def __init__(self, data: bytes, format: str, size: tuple[int, int]) -> None:
        self._bytes, self.format = data, format
        self.width, self.height = size

    def _data(self) -> bytes:
        return self._bytes


def is_picture(data: bytes) -> bool:
    """Whether it is a picture that a sheet can show."""
    return _header(data) is not None


def put_pictures(sheet: Worksheet, rows: tuple[int, int], column: int, pictures: Sequence[bytes]) -> None:
    """Put pictures, each in a column of its own from `column` on, as large as the rows from first to last allow."""
    height = sum(float(sheet.row_dimensions[row].height or 15) for row in range(rows[0], rows[1] + 1)) * _PIXELS_A_POINT
    room = (_WIDTH * _PIXELS_A_CHARACTER - _MARGIN, height - _MARGIN)
    headers = ((data, _header(data)) for data in pictures)
    for index, (data, header) in enumerate((data, header) for data, header in headers if header):
        letter = get_column_letter(column + index)
        sheet.column_dimensions[letter].width = _WIDTH
        scale = min(1.0, *(most / max(1, given) for most, given in zip(room, header[1:], strict=True)))
        size = (max(1, round(header[1] * scale)), max(1, round(header[2] * scale)))
        sheet.add_image(_Embedded(data, header[0], size), f"{letter}{rows[0]}")


def _header(data: bytes) -> tuple[str, int, int] | None:
    """The format, width and height that the picture's first bytes tell; None where it is none that a sheet can show."""
    from docx.image.image import Image as Header

    try:
        header: Any = Header.from_blob(data)
        width, height = int(header.px_width), int(header.px_height)
    # A damaged picture makes the reader raise nearly anything.
    except Exception:
        return None
    known = _FORMATS.get(header.content_type)
    return (known, width, height) if known and width > 0 and height > 0 else None
