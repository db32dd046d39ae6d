"""A cell → a count. What is not one number for certain is refused."""

import datetime
import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from anquanyue.campaign.model import LARGEST_COUNT, Field
from anquanyue.reading.grid import Cell
from anquanyue.reading.values.numerals import NUMERALS, numeral
from anquanyue.reading.values.parsed import Parsed, Problem, unread
from anquanyue.reading.values.texts import is_nil, tidy, unwrapped

_LONGEST: Final = 100
"""Characters of a text that may be a count with a remark; longer ones are stories."""

_MAGNITUDES: Final = {
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}

# Words that count the same: a unit that writes another one of its group means what the form asks for.
_HEADS: Final = ("人", "名", "位", "个")
_EVENTS: Final = ("次", "场", "场次", "场/次")
_THINGS: Final = ("个", "条", "项", "件", "篇", "份", "则", "处", "起", "例")
_SAME: Final = {
    "人次": ("人次", "人", "名", "位", "人/次"),
    **dict.fromkeys(_HEADS[:3], _HEADS),
    **dict.fromkeys(_EVENTS, _EVENTS),
    **dict.fromkeys(_THINGS, _THINGS),
    **dict.fromkeys(("家", "户"), ("家", "户", "个")),
}
_MEASURES: Final = (
    *{measure for group in _SAME.values() for measure in group},
    *("家次", "户次", "期", "批", "天", "小时", "元", "万元", "部", "张", "种", "支", "辆", "所", "村"),
)

_NUMBER: Final = rf"""
    (?:共计|合计|总计|累计|共)?\s*
    (?P<before>约为|大约|大概|约|将近|接近|近|超过|超|逾|不足|不到|至少)?\s*
    (?:
        (?P<digits>
            [+-]?\s*(?:[0-9]+|[1-9][0-9]{{0,2}}(?P<comma>\s*,\s*)[0-9]{{3}}(?:(?P=comma)[0-9]{{3}})*)(?:\.[0-9]+)?
        )
        | (?P<numeral>[0-9{NUMERALS}]+)
    )\s*
    (?P<between>[余多])?\s*
    (?P<magnitude>百万|千万|亿|万|千|百)?\s*
    (?P<behind>余|多|左右|上下|以上)?\s*
"""
_LAST: Final = r"\s*(?P<last>左右|上下|以上|余|多)?"
_AROUND_BRACKETS: Final = re.compile(r"([^0-9()]*)\(([^()]+)\)([^0-9()]*)")
_REMARK: Final = re.compile(
    r"(?P<head>[^()]*(?:\([^()]*\)[^()]*)?)\s*\((?P<remark>[^()]*)\)|(?P<plain>.+?)[,;、\s]*(?P<part>(?:含|其中|包括|包含).+)"
)
_PART: Final = re.compile(r"(?:内?含|其中|包括|包含)[\s:,]*[0-9]*[一-鿿]")
_MANNER: Final = re.compile(r"线上|线下|详见|见附|附")
_DOUBTFUL: Final = re.compile(r"[不未另除误改加减?]|应为|应是")
_DAY_ZERO: Final = datetime.date(1899, 12, 30)
_LATEST_SERIAL: Final = (datetime.date(2100, 1, 1) - _DAY_ZERO).days


def parse_count(field: Field, cell: Cell, year: int) -> Parsed:
    """The count in `cell`, in the unit of `field`."""
    if isinstance(cell, bool):
        return unread("value-not-a-number")
    if isinstance(cell, (int, float)):
        return parse_number(cell, year)
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return unread("value-date", typed=_typed(cell, year))
    if len(cell) > _LONGEST:
        return unread("value-not-a-number")
    text = unwrapped(tidy(cell))
    if re.sub(r"\(\s*\)", "", text).strip() in ("", tidy(field.unit), tidy(field.blank.unit)):
        return Parsed()  # `（　　）次`
    if is_nil(text):
        return Parsed(0, nil=True)
    return _plain_count(text, field) or _count_with_remark(text, field) or _refused(text, field)


@lru_cache(maxsize=4096)
def parse_number(number: float, year: int) -> Parsed:
    """The count in a cell that holds a number."""
    return _unless_a_date(_checked_number(number), year)


def _checked_number(number: float) -> Parsed:
    """A number cell, to the 15 digits that a spreadsheet shows: 1.02 * 10000 is whole."""
    if not abs(number) <= LARGEST_COUNT:
        return unread("value-negative" if number < 0 else "value-too-large")
    shown = float(f"{number:.15g}")
    return _checked(int(shown), whole=shown.is_integer(), negative=shown < 0)


def _unless_a_date(parsed: Parsed, year: int) -> Parsed:
    """The count, with a warning where it is how a spreadsheet keeps a day of the campaign's year.

    In a cell that is formatted as a whole number Excel shows a typed 12/3 as 44898, and nothing else tells.
    """
    if not isinstance(parsed.value, int) or not 0 < parsed.value < _LATEST_SERIAL:
        return parsed
    day = _DAY_ZERO + datetime.timedelta(days=parsed.value)
    if day.year != year:
        return parsed
    return replace(parsed, problems=(Problem("value-maybe-date", {"typed": f"{day.month}/{day.day}"}),))


def _checked(number: int, whole: bool, negative: bool) -> Parsed:
    if negative:
        return unread("value-negative")
    if number > LARGEST_COUNT:
        return unread("value-too-large")
    return Parsed(number) if whole else unread("value-not-whole")


# Texts -----------------------------------------------------------------------------------------------------------


def _plain_count(text: str, field: Field) -> Parsed | None:
    """A number with what may surround it; None where it is something else."""
    if bracketed := _AROUND_BRACKETS.fullmatch(text):
        # `（5）次`. A space each, so that nothing grows together.
        text = " ".join(bracketed.groups()).strip()
    match = _pattern(_own_units(field)).fullmatch(text)
    if match is None or not _is_about(match["noun"], field):
        return None
    # In a blank of 万元, 5万 may mean 5万元.
    if match["unit"] is None and field.unit[:1] in _MAGNITUDES and re.search("[百千万亿]", text):
        return None
    parsed = _number(match)
    hedged = any(match[name] for name in ("before", "between", "behind", "last"))
    if parsed is None or parsed.value is None or not hedged:
        return parsed
    return Parsed(parsed.value, (Problem("value-approximate", {"number": parsed.value}),), approximate=True)


def _number(match: re.Match[str]) -> Parsed | None:
    magnitude = _MAGNITUDES.get(match["magnitude"], 1)
    if match["numeral"]:
        # Without 余 in between, the 万 of 三万 is part of the numeral.
        number = numeral(match["numeral"]) if magnitude == 1 or match["between"] else None
        return None if number is None else _checked(number * magnitude, whole=True, negative=False)
    digits = re.sub(r"[\s,+]", "", match["digits"])
    negative = digits.startswith("-")
    whole_part, _, fraction = digits.lstrip("-").partition(".")
    # 1.200 and 1.000 may have been meant as thousands.
    if magnitude == 1 and len(fraction) > 2 and not fraction.rstrip("0"):
        return None
    number, rest = divmod(int(whole_part + fraction) * magnitude, 10 ** len(fraction))
    return _checked(number, whole=rest == 0, negative=negative and bool(number or rest))


def _count_with_remark(text: str, field: Field) -> Parsed | None:
    """`5场（含线上2场）`, `5场，其中线上2场`: the first number is the count, and the rest speaks of parts of it."""
    match = _REMARK.fullmatch(text)
    if match is None:
        return None
    head, remark = match["head"] or match["plain"], match["remark"] or match["part"]
    if not head or not remark:
        return None
    if remark.strip() in _MEASURES:
        return _plain_count(f"{head} {remark.strip()}", field)
    parsed = _plain_count(head.strip(), field)
    if parsed is None or not isinstance(parsed.value, int):
        return parsed
    if not _speaks_of_parts(remark.strip(), parsed.value):
        return None
    problem = Problem("value-with-remark", {"number": parsed.value})
    return Parsed(parsed.value, (*parsed.problems, problem), parsed.approximate)


def _speaks_of_parts(remark: str, number: int) -> bool:
    """Whether a remark behind `number` cannot mean that the count is another one."""
    if number == 0 and is_nil(remark):
        return True
    if _DOUBTFUL.search(remark):
        return False
    numbers = [int(digits) for digits in re.findall(r"[0-9]+", remark)]
    if _PART.match(remark):
        return all(each <= number for each in numbers)
    if len(numbers) > 1:
        return sum(numbers) == number
    return not numbers and _MANNER.match(remark) is not None


def _refused(text: str, field: Field) -> Parsed:
    """Why a text is no count: it counts something else, or it is no number."""
    other = _pattern(_MEASURES).fullmatch(text.replace("(", " ").replace(")", " ").strip())
    if other and other["unit"] and other["unit"] not in _own_units(field) and _number(other):
        return unread("value-other-unit", unit=field.unit)
    return unread("value-not-a-number")


# Units -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _own_units(field: Field) -> tuple[str, ...]:
    """Every way to write what the blank counts; all that anybody uses where the form does not say."""
    own = {tidy(unit).replace("人/次", "人次") for unit in (field.unit, field.blank.unit) if unit}
    own |= {part for unit in own for part in unit.split("/")}
    # “5名领导干部” repeats the form's own words, of which the rest may be left out.
    own |= {field.blank.unit[:end] for end in range(len(field.unit), len(field.blank.unit))} - {""}
    own |= {same for unit in own for same in _SAME.get(unit, ())}
    return tuple(own) or _MEASURES


def _is_about(noun: str | None, field: Field) -> bool:
    """Whether the noun behind the unit is one of the form's own words: 30家企业 where it says 覆盖企业."""
    return noun is None or noun in field.blank.words or noun in field.label or noun in field.blank.unit


@lru_cache(maxsize=256)
def _pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    noun = r"(?P<noun>(?!左右|上下|以上)[一-鿿]{2,8}?)?"
    return re.compile(rf"{_NUMBER}(?:(?P<unit>{longest_first})\s*{noun})?{_LAST}", re.VERBOSE)


# Dates -----------------------------------------------------------------------------------------------------------


def _typed(cell: datetime.date | datetime.time | datetime.timedelta, year: int) -> str:
    """What was probably typed where a spreadsheet shows a date or a time."""
    if isinstance(cell, datetime.timedelta):
        return _clock(cell)
    if isinstance(cell, datetime.time):
        return _clock(datetime.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second))
    if isinstance(cell, datetime.datetime):
        if cell.year < 1901 and cell.time() != datetime.time():
            return _clock(cell - datetime.datetime(1899, 12, 31))
        cell = cell.date()
    if abs(cell.year - year) <= 1:
        return f"{cell.month}/{cell.day} ({cell.month}-{cell.day})"
    if cell.day == 1 and 1930 <= cell.year <= 2029:
        return f"{cell.month}/{cell.year % 100:02d} ({cell.month}-{cell.year % 100:02d})"
    # A figure in a cell that is formatted as a date; Excel believes in 29 February 1900.
    days = (cell - _DAY_ZERO).days
    return str(days if days > 60 else days - 1)


def _clock(time: datetime.timedelta) -> str:
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    shown = f"{minutes // 60}:{minutes % 60:02d}"
    return f"{shown}:{seconds:02d}" if seconds else shown
