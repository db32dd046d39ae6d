"""A cell → a date. Where the year is left out, it is the campaign's."""

import datetime
import re
from typing import Final

from anquanyue.campaign.model import Field
from anquanyue.reading.grid import Cell, cell_text
from anquanyue.reading.values.parsed import Parsed, unread
from anquanyue.reading.values.texts import tidy

_DAY_ZERO: Final = datetime.date(1899, 12, 30)
_TWO_DIGITS: Final = 100
_DASHES: Final = "-—–―−"
_BETWEEN: Final = rf"\s*[{_DASHES}./。]\s*"
_TIME: Final = r"(?:(?:T|\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_DATES: Final = tuple(
    re.compile(pattern + _TIME)
    for pattern in (
        rf"(?P<year>[0-9]{{4}}|[0-9]{{2}})(?:{_BETWEEN}|\s*年\s*)(?P<month>[0-9]{{1,2}})(?:{_BETWEEN}|\s*月\s*)"
        r"(?P<day>[0-9]{1,2})\s*[日号]?",
        rf"(?P<month>[0-9]{{1,2}})(?:{_BETWEEN}|\s*月\s*)(?P<day>[0-9]{{1,2}})\s*[日号]?",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    )
)
_NOT_FILLED_IN: Final = re.compile(r"(?:[0-9]{4})?[\s_]*年[\s_]*月[\s_]*日")
_WEEKDAY: Final = re.compile(r"[\s,]*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_ENDING_IN_ZERO: Final = re.compile(r"[0-9]{1,2}\.[123]")

_DIGITS: Final = "零一二三四五六七八九"
_CHINESE_YEAR: Final = re.compile(r"^([零一二三四五六七八九]{4}|[零一二三四五六七八九]{2})(?=\s*年)")
# Of days and months.
_CHINESE_NUMBERS: Final = {
    **{_DIGITS[number]: number for number in range(1, 10)},
    **{("" if tens == 1 else _DIGITS[tens]) + "十" + _DIGITS[ones].strip("零"): tens * 10 + ones
       for tens in (1, 2, 3) for ones in range(10)},
}  # fmt: skip
_CHINESE_RUN: Final = re.compile(f"[{_DIGITS}十]+")


def parse_date(_field: Field, cell: Cell, year: int) -> Parsed:
    """The date in `cell`; one without a year is of `year`."""
    if isinstance(cell, bool | datetime.time | datetime.timedelta):
        return unread("value-not-a-date")
    if isinstance(cell, datetime.date):
        date = cell.date() if isinstance(cell, datetime.datetime) else cell
        return _checked(date)
    text = _WEEKDAY.sub("", tidy(cell_text(cell))).rstrip(" 。.,;")
    if _NOT_FILLED_IN.fullmatch(text):
        return Parsed()
    if isinstance(cell, float) and _ENDING_IN_ZERO.fullmatch(text):
        # The number 6.3 may have been typed as 6.30.
        return unread("value-not-a-date")
    return _checked(_from_serial(text) or _from_text(_with_digits(text), year))


def _checked(date: datetime.date | None) -> Parsed:
    return Parsed(date) if date and 2000 <= date.year < 2100 else unread("value-not-a-date")


def _from_serial(text: str) -> datetime.date | None:
    """A date whose cell lost its format: the number of days since Excel's day zero, the time behind the point."""
    match = re.fullmatch(r"([0-9]{5})(?:\.[0-9]+)?", text)
    return _DAY_ZERO + datetime.timedelta(days=int(match[1])) if match else None


def _with_digits(text: str) -> str:
    """Chinese numerals as digits: `二〇二二年六月二十八日` as `2022年6月28日`."""
    text = re.sub("[〇○◯]", "零", text).replace("廿", "二十").replace("卅", "三十")
    text = _CHINESE_YEAR.sub(lambda year: "".join(str(_DIGITS.index(digit)) for digit in year[0]), text)
    return _CHINESE_RUN.sub(lambda run: str(_CHINESE_NUMBERS.get(run[0], run[0])), text)


def _from_text(text: str, year: int) -> datetime.date | None:
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(text))), None)
    if match is None:
        return None
    written = int(match.groupdict().get("year") or year)
    if written < _TWO_DIGITS:
        written += 2000
        # 22.6.28 may only mean the campaign's own year; 28.6.22 is written the other way round.
        if written != year:
            return None
    try:
        return datetime.date(written, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
