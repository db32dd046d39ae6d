"""A cell → a value of its field's type, or the code of what is wrong with it; never a guess."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from anquanyue.campaign.model import Field, FieldType
from anquanyue.campaign.statement import BOX
from anquanyue.language import mark
from anquanyue.reading.folding import narrow
from anquanyue.reading.grid import Cell, cell_text
from anquanyue.reading.submission import Value

LARGEST_COUNT: Final = 1_000_000_000
"""Nothing that a campaign counts is larger; beyond, digits were typed twice."""

_WHOLE = re.compile(r"[+-]?(\d+|\d{1,3}(,\s*\d{3})+)")
_DECIMAL = re.compile(r"[+-]?\d+\.\d+")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_TICKED = "[☑☒√✓✔■]"
_TELEPHONE = re.compile(r"\+?[\d\s()-]{7,20}(([-转]|ext\.?)\s*\d{1,6})?", re.IGNORECASE)
_MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding about a value, without its place: the code and the parameters of its message."""

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a cell means: its value, or None where it is blank or cannot be read, and what there is to say about it."""

    value: Value | None = None
    problems: tuple[Problem, ...] = ()
    approximate: bool = False


def _unread(code: str, **parameters: object) -> Parsed:
    return Parsed(problems=(Problem(code, parameters),))


def parse(field_: Field, cell: Cell, year: int) -> Parsed:
    """What `cell` means in the blank of `field_`; a date without a year is of the campaign's `year`."""
    if cell_text(cell) == "":
        return Parsed()
    return _PARSERS[field_.type or "text"](field_, cell)


def _count(field_: Field, cell: Cell) -> Parsed:
    if isinstance(cell, bool):
        return _unread("value-not-a-number")
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return _unread(
            "value-date", typed=f"{cell.month}/{cell.day}" if isinstance(cell, datetime.date) else cell_text(cell)
        )
    if isinstance(cell, int | float):
        return _checked_count(cell)
    text = narrow(cell).strip()
    for unit in {field_.unit, field_.blank.unit}:
        # “3次” says what the form says; a unit that the form does not have there is left standing, and refused.
        if unit and text.endswith(narrow(unit)):
            text = text.removesuffix(narrow(unit)).rstrip()
    if _WHOLE.fullmatch(text):
        return _checked_count(int(re.sub(r"[,\s]", "", text)))
    if _DECIMAL.fullmatch(text):
        return _checked_count(float(text))
    return _unread("value-not-a-number")


def _checked_count(number: float) -> Parsed:
    if number < 0:
        return _unread("value-negative")
    if number > LARGEST_COUNT or number != number:
        return _unread("value-too-large")
    if not float(number).is_integer():
        return _unread("value-not-whole")
    return Parsed(int(number))


def _choice(field_: Field, cell: Cell) -> Parsed:
    options = field_.blank.options
    text = cell_text(cell).replace(" ", "")
    ticked = [option for option in options if re.search(f"{_TICKED}{re.escape(option)}", text)]
    plain = text if text in options else None
    chosen = plain or (ticked[0] if len(ticked) == 1 and text.count(BOX) == len(options) - 1 else None)
    if chosen is None:
        return _unread("value-not-in-list", options="/".join(options))
    return Parsed(chosen)


def _yes_no(field_: Field, cell: Cell) -> Parsed:
    if isinstance(cell, bool):
        return Parsed(cell)
    parsed = _choice(field_, cell)
    return parsed if parsed.problems else Parsed(parsed.value == field_.blank.options[0])


def _text(_field: Field, cell: Cell) -> Parsed:
    return Parsed(cell_text(cell))


def _date(_field: Field, cell: Cell) -> Parsed:
    if isinstance(cell, datetime.datetime):
        return Parsed(cell.date())
    if isinstance(cell, datetime.date):
        return Parsed(cell)
    # A date whose cell lost its format is the number of days since Excel's day zero; 2000 to 2099.
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 36526 <= cell < 73051:
        return Parsed(_EXCEL_DAY_ZERO + datetime.timedelta(days=int(cell)))
    if match := _DATE.fullmatch(narrow(cell_text(cell))):
        try:
            return Parsed(datetime.date(*(int(part) for part in match.groups())))
        except ValueError:
            pass
    return _unread("value-not-a-date")


def _formed(pattern: re.Pattern[str], expected: str) -> Callable[[Field, Cell], Parsed]:
    """A parser that keeps the text as it is and warns where it does not look like `pattern`."""

    def parser(_field: Field, cell: Cell) -> Parsed:
        text = narrow(cell_text(cell))
        if pattern.fullmatch(re.sub(r"[\s-]", "", text)) or pattern.fullmatch(text):
            return Parsed(text)
        return Parsed(text, (Problem("value-malformed", {"expected": expected}),))

    return parser


_PARSERS: Final[dict[FieldType, Callable[[Field, Cell], Parsed]]] = {
    "count": _count,
    "yes_no": _yes_no,
    "choice": _choice,
    "text": _text,
    "unit": _text,
    "telephone": _formed(_TELEPHONE, mark("a telephone number")),
    "mobile": _formed(_MOBILE, mark("a mobile number")),
    "digits": _formed(re.compile(r"\d{5,15}"), mark("a number of 5 to 15 digits")),
    "email": _formed(_EMAIL, mark("a mail address")),
    "date": _date,
}
