"""Text that strangers wrote, put into cells as text."""

import re
from typing import Final

from openpyxl.cell.cell import Cell

_NO_CHARACTERS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot say (XML 1.0, 2.2)."""

MAX_TEXT: Final = 32_767
"""More characters than these Excel takes for a damaged file."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str) -> str:
    """The text without what a workbook cannot hold."""
    clean = text if text.isprintable() else _NO_CHARACTERS.sub("", text)
    return clean if len(clean) <= MAX_TEXT else clean[: MAX_TEXT - 1] + "…"


def is_formula_like(text: str) -> bool:
    """Whether Excel would take the text for a formula when somebody edits its cell."""
    return text.startswith(_FORMULA_STARTS)


def write_text(cell: Cell, text: str) -> None:
    """Write `text` as text, also where it looks like a formula; set the cell's style before, not after.

    openpyxl makes a formula of what begins with `=`, and a report must not run what somebody typed.
    """
    clean = plain(text)
    cell.value = clean
    cell.data_type = "s"
    if is_formula_like(clean):
        cell.quotePrefix = True  # also when somebody edits the cell in Excel
