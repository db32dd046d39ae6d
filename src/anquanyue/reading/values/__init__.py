"""A cell → a value of its field's type, or the code of what is wrong with it; never a guess."""

import re
from collections.abc import Callable
from typing import Final

from anquanyue.campaign.model import Field, FieldType
from anquanyue.reading.grid import Cell, cell_text
from anquanyue.reading.values.choices import parse_choice, parse_yes_no
from anquanyue.reading.values.contacts import parse_digits, parse_email, parse_mobile, parse_telephone
from anquanyue.reading.values.counts import parse_count, parse_number
from anquanyue.reading.values.dates import parse_date
from anquanyue.reading.values.parsed import Parsed, Problem, unread
from anquanyue.reading.values.texts import is_nil, tidy

__all__ = ["Parsed", "Problem", "is_nil", "parse", "parse_number"]

_ERROR_VALUE: Final = re.compile(
    r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|BLOCKED!|CONNECT!|FIELD!)|ERR:[0-9]{3}"
)


def parse(field: Field, cell: Cell, year: int) -> Parsed:
    """What `cell` means in the blank of `field`; a date without a year is of the campaign's `year`."""
    if isinstance(cell, str):
        text = tidy(cell_text(cell))
        if text == "":
            return Parsed()
        if _ERROR_VALUE.fullmatch(text.upper()):
            return unread("value-error")
    return _PARSERS[field.type or "text"](field, cell, year)


def _text(_field: Field, cell: Cell, _year: int) -> Parsed:
    return Parsed(cell_text(cell))


_PARSERS: Final[dict[FieldType, Callable[[Field, Cell, int], Parsed]]] = {
    "count": parse_count,
    "yes_no": parse_yes_no,
    "choice": parse_choice,
    "text": _text,
    "unit": _text,
    "telephone": parse_telephone,
    "mobile": parse_mobile,
    "digits": parse_digits,
    "email": parse_email,
    "date": parse_date,
}
