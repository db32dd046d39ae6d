"""A number and its cell's format → what people see, where that says something else than the number.

A typed `100%` is kept as 1, and a 3 that is formatted as `0"万"` is shown as 3万. Formats that only group digits,
colour them or put a measure word behind them change nothing. A date's format is none of these: it makes a date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Final

from anquanyue.reading.folding import narrow
from anquanyue.reading.grid import Cell, cell_text, doubtful

BUILT_IN: Final = {9: "0%", 10: "0.00%", 11: "0.00E+00", 48: "##0.0E+0"}
"""Those of the formats that a workbook knows by their number alone (ECMA-376, 18.8.30) that change a number."""

HARMLESS: Final = frozenset(" \u3000\xa0¥￥$€£人次场个名位家户条项件篇份则处起例期批部张种支辆所村组站")
"""What may stand around a number without saying anything but what it counts."""

_WRAPPING: Final = frozenset("()[]{}【】〔〕［］「」『』〖〗“”‘’\"',，、。；;!:_")
"""What may stand around or within a number and is not looked at when it is read."""
_SIGNS: Final = frozenset("-()（）")
"""What a section for negative numbers or for zero consists of."""
_TELLING: Final = frozenset("%‰约近余多超")
"""In front of or behind a text, where anything else but a numeral says nothing."""

_TOKEN: Final = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | [\\!](?P<escaped>.) | _. | \*(?P<fill>.)
    | \[(?P<sign><=|>=|<>|<|>|=)(?P<bound>-?[0-9.]+)\] | \[\$(?P<currency>[^\]-]*)[^\]]*\] | \[[^\]]*\]
    | (?P<general>General|G/通用格式) | (?P<text>@) | (?P<exponent>E[+-])
    | (?P<date>[ymdhsaegb年月日]) | (?P<placeholder>[0#?]) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COMPARISONS: Final = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_AMOUNT: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]{1,3})?")
_POWERS: Final = {"‰": -3, "%": -2, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
_PLAIN: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class _Section:
    """What a format says for some of the numbers: its marks in order, a `"` in front of each literal text."""

    marks: tuple[str, ...]
    sign: str = ""
    bound: float = 0.0
    is_date: bool = False

    def holds(self, number: float) -> bool:
        return bool(_COMPARISONS[self.sign](number, self.bound))

    @property
    def literals(self) -> str:
        return "".join(mark[1:] for mark in self.marks if mark[0] == '"')

    @property
    def frame(self) -> str:
        """Everything but the literal texts."""
        return "".join(mark for mark in self.marks if mark[0] != '"')

    @property
    def tells(self) -> bool:
        """Whether the literal texts say something about a text between them: a prefix such as `└ ` does not."""
        return any(each.isnumeric() or each in _TELLING for each in self.literals)

    def changes(self, harmless: frozenset[str]) -> bool:
        """Whether a number does not look like itself."""
        if self.is_date or "/" in self.frame:  # A fraction that is whole is shown as the number that it is.
            return False
        frame = self.frame
        if frame == "@":  # Made for texts.
            return self.tells
        return (
            not self.marks or bool(set(self.literals) - harmless) or "%" in frame or "E" in frame or _scale(frame) > 0
        )


@lru_cache(maxsize=1024)
def changes_look(code: str) -> bool:
    """Whether a cell of this format may say something else than its value."""
    sections = _sections(code)
    return _text_section(sections) is not None or any(
        section.changes(HARMLESS if index == 0 else HARMLESS | _SIGNS)
        for index, section in enumerate(_numeric(sections))
    )


def as_formatted(value: Cell, code: str) -> Cell:
    """What people see of a value in a cell of this format; the value itself where that says the same.

    Where what is shown is no more than a rounding of what is kept, nobody can tell which was meant: it is doubtful.
    """
    if isinstance(value, str):
        section = _text_section(_sections(code)) if value else None
        if section is None:
            return value
        return "".join(value if mark == "@" else mark[1:] for mark in section.marks) or doubtful(value)
    # To Python True is a number.
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) >= 1e15:
        return value
    section = _section_for(_sections(code), value)
    if section is None:
        return doubtful(cell_text(value))
    first = section is _sections(code)[0]
    if not section.changes(HARMLESS if first else HARMLESS | _SIGNS):
        return value
    if value == 0 and not section.marks:  # Zeros are often not shown, and are zeros all the same.
        return value
    return settled(*_shown(section, value, first), value)


def settled(shown: str, exact: bool, value: float) -> Cell:
    """What to read of a number that is shown so: itself, what is shown, or something that nothing reads.

    Args:
        shown: What people see.
        exact: Whether that is all of the number and no rounding.
        value: What is kept.
    """
    bare = "".join(each for each in narrow(shown) if each not in HARMLESS | _WRAPPING).strip(".")
    if _PLAIN.fullmatch(bare):
        exact = Decimal(bare) == _decimal(value)
        shown = cell_text(value) if exact else shown
    if exact and bare and _says(shown, value):
        return value if shown == cell_text(value) else shown
    return f"{shown} {doubtful(cell_text(value))}".strip()


def _says(shown: str, value: float) -> bool:
    """Whether what is shown says the value: of 12000, 1.2万 does, and of 3, 3万; of 12345, 1.2万 is a rounding."""
    amounts = _AMOUNT.findall(narrow(shown).replace(",", ""))
    powers = {0} | {power for word, power in _POWERS.items() if word in shown}
    # Several numbers read as none.
    return len(amounts) != 1 or any(Decimal(amounts[0]).scaleb(power) == abs(_decimal(value)) for power in powers)


# Reading a format ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    marks: list[str] = []
    sign, bound, is_date = "", 0.0, False
    for match in _TOKEN.finditer(code or "General"):
        literal = next((match[name] for name in ("quoted", "escaped", "currency", "fill") if match[name]), "")
        if match["other"] == ";":
            sections.append(_Section(tuple(marks), sign, bound, is_date))
            marks, sign, bound, is_date = [], "", 0.0, False
        elif match["sign"]:
            sign, bound = match["sign"], _bound(match["bound"])
        elif literal:
            marks.append(f'"{literal}')
        elif match["general"]:
            marks.append("G")
        elif match["text"]:
            marks.append("@")
        elif match["exponent"]:
            marks.append("E")
        elif match["date"]:
            is_date = True
        elif match["placeholder"] or (match["other"] and match["other"] in ".,%/"):
            marks.append(match[0])
        elif match["other"]:
            marks.append(f'"{match["other"]}')
    return (*sections, _Section(tuple(marks), sign, bound, is_date))


def _bound(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _numeric(sections: Sequence[_Section]) -> Sequence[_Section]:
    return sections[:3]


def _text_section(sections: Sequence[_Section]) -> _Section | None:
    """What is said of a text, where that changes it."""
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) > 3 and not section.marks:
        return section
    return section if section.frame == "@" and section.tells else None


def _section_for(sections: Sequence[_Section], number: float) -> _Section | None:
    numeric = _numeric(sections)
    if any(section.sign for section in numeric):
        holding = [section for section in numeric if section.sign and section.holds(number)]
        others = [section for section in numeric if not section.sign]
        return next(iter(holding + others[::-1]), None)
    if number == 0:
        return numeric[2] if len(numeric) > 2 else numeric[0]
    return numeric[1] if number < 0 and len(numeric) > 1 else numeric[0]


def _scale(frame: str) -> int:
    """How often a number is divided by a thousand: a comma for each behind the last place, or before the point."""
    groups = re.findall(r"(?<=[0#?,]),+(?=[.%E]|$)|(?<=[0#?]),+(?=\.)", frame)
    return sum(map(len, groups))


# Showing a number ------------------------------------------------------------------------------------------------


def _decimal(number: float) -> Decimal:
    return Decimal(f"{number:.15g}")


def _shown(section: _Section, value: float, first: bool) -> tuple[str, bool]:
    """How the number looks, and whether that is all of it."""
    frame = section.frame
    number = abs(_decimal(value)) if value < 0 and not first else _decimal(value)
    if "E" in frame:
        places = len(frame.partition("E")[0].partition(".")[2])
        text = f"{float(number):.{places}E}"
        return text, Decimal(text) == number
    number = number.scaleb(2 * frame.count("%") - 3 * _scale(frame))
    if "G" in frame or "@" in frame:
        digits, fraction, exact = f"{number.normalize():f}", "", True
    else:
        places = sum(each in "0#?" for each in frame.partition(".")[2])
        rounded = round(number, places)
        digits, _point, fraction = f"{rounded:f}".partition(".")
        exact = rounded == number
    # Digits of the format's own look like the number's; without its sign a number looks like a positive one.
    unsigned = value < 0 and not first and "-" not in section.literals
    exact = exact and not unsigned and not any(each.isdigit() for each in section.literals)
    if not set(frame) & set("0#?G@"):
        # A word stands for all numbers: for zero it may, as 无 does.
        exact = value == 0 and not section.tells
    return "".join(_placed(section.marks, digits, fraction)), exact


def _placed(marks: Sequence[str], digits: str, fraction: str) -> Iterator[str]:
    """The digits at their places, with what stands between them."""
    point = marks.index(".") if "." in marks else len(marks)
    whole = sum(mark in ("0", "#", "?") for mark in marks[:point])
    places = [digits[: len(digits) - whole + 1], *digits[len(digits) - whole + 1 :]] if whole else [digits]
    if len(digits) < whole:
        places = list(digits.rjust(whole, "\0"))
    left, right = iter(places), iter(fraction)
    for index, mark in enumerate(marks):
        if mark[0] == '"':
            yield mark[1:]
        elif mark == "." and not whole:
            yield f"{digits}."
        elif mark in ("G", "@"):
            yield digits
        elif mark in ("0", "#", "?"):
            digit = next(left if index < point else right, "")
            yield digit if digit != "\0" else "0" if mark == "0" else ""
        elif mark in (".", "%"):
            yield mark
