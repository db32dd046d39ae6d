"""What is wrong with an entry, as formulas: the same conditions colour it and put it into words.

An entry is given by its address or its name. It may hold anything that can be typed or pasted, also an error: each
condition is then still TRUE or FALSE.
"""

import datetime
from collections.abc import Iterator
from typing import Final

from anquanyue.campaign.model import BLANKS_ARE_ZERO, LARGEST_COUNT, Field, Form
from anquanyue.writing.formulas import is_ticked, text_literal

_RIGHT: Final = '"✓"'
_ERROR: Final = text_literal("公式出错")
_COMPARED: Final = 100
"""So many characters tell whether a text was changed; a literal of a formula cannot have many more."""


def is_error(entry: str) -> str:
    """Whether the entry is an error such as #DIV/0!."""
    return f"ISERROR({entry})"


def is_text_number(entry: str) -> str:
    """Whether a count stands there as a text, as pasting leaves it: reading takes it, formulas do not."""
    return f'IF(ISTEXT({entry}),IF(ISERROR(VALUE({entry})),FALSE,TEXT(ABS(VALUE({entry})),"0")=TRIM({entry})),FALSE)'


def is_no_count(entry: str) -> str:
    """Whether something stands there that is no count."""
    wrong = f"OR({_is_no_whole_number(entry)},{entry}>{LARGEST_COUNT})"
    return f"IF(ISBLANK({entry}),FALSE,IF(ISNUMBER({entry}),{wrong},TRUE))"


def is_no_option(entry: str, options: tuple[str, ...]) -> str:
    """Whether something stands there that is none of the options."""
    return f"IF(ISBLANK({entry}),FALSE,IF(ISERROR({entry}),TRUE,NOT({_is_one_of(entry, options)})))"


def is_half(here: str, there: str) -> str:
    """Whether a count is positive without the other one of its pair: that is blank, or zero."""
    nothing = f"IF(ISBLANK({there}),TRUE,IF(ISNUMBER({there}),{there}=0,FALSE))"
    return f"AND(IF(ISNUMBER({here}),{here}>0,FALSE),{nothing})"


def is_still(entry: str, value: object) -> str:
    """Whether the entry holds that number, date or text (or, of a long one, its beginning)."""
    if isinstance(value, datetime.date):
        same = f"{entry}=DATE({value.year},{value.month},{value.day})"
    elif isinstance(value, int | float):
        same = f"{entry}={value!r}"
    else:
        text = str(value).split("\n", 1)[0][:_COMPARED]
        # Excel counts characters as UTF-16 does.
        length = len(text.encode("utf-16-le")) // 2
        same = f"LEFT({entry},{length})={text_literal(text)}" if text != value else f"{entry}={text_literal(text)}"
    return f"IF(ISERROR({entry}),FALSE,{same})"


def check_formula(form: Form, asked: Field) -> str:
    """The formula that says what is still missing in an entry, or what is wrong with it."""
    key = asked.key
    blank = text_literal("请填写" if asked.required else "选填")
    filled = _RIGHT
    if asked.type == "count":
        blank = f'IF({is_ticked(BLANKS_ARE_ZERO)},"按0计",{blank})'
        for condition, message in _contradictions(form, key):
            blank = f"IF({condition},{text_literal(message)},{blank})"
            filled = f"IF({condition},{text_literal(message)},{filled})"
        filled = f'IF({key}>{LARGEST_COUNT},"数字太大",{filled})'
        filled = f'IF({_is_no_whole_number(key)},"请填0或正整数",{filled})'
        filled = f'IF({is_text_number(key)},"请转换为数字",IF(ISNUMBER({key}),{filled},"请只填数字"))'
    elif options := asked.blank.options:
        filled = f'IF({_is_one_of(key, options)},{filled},"请在列表中选")'
        if asked.type == "yes_no":
            blank = f"IF({is_ticked(BLANKS_ARE_ZERO)},{text_literal(f'按“{options[1]}”计')},{blank})"
    return f"=IF(ISBLANK({key}),{blank},IF({is_error(key)},{_ERROR},{filled}))"


def progress_formula(entries: str, total: int) -> str:
    """The formula that says how many of the entries are filled in, and what the ticked box makes of the others.

    Args:
        entries: What counts those that are filled in.
        total: How many there are.
    """
    others = f'IF(AND({is_ticked(BLANKS_ARE_ZERO)},{entries}<{total}),"，其余按0计","")'
    return f'="已填 "&({entries})&"/{total}"&{others}'


def _is_no_whole_number(number: str) -> str:
    return f"OR({number}<0,{number}<>INT({number}))"


def _is_one_of(entry: str, options: tuple[str, ...]) -> str:
    return "OR(" + ",".join(f"{entry}={text_literal(option)}" for option in options) + ")"


def _contradictions(form: Form, key: str) -> Iterator[tuple[str, str]]:
    for pair in form.pairs:
        if key in pair.fields:
            first, second = pair.fields
            events, people = (_quantity(form.field(each).unit) for each in pair.fields)
            yield is_half(first, second), f"有{events}无{people}"
            yield is_half(second, first), f"有{people}无{events}"


def _quantity(unit: str) -> str:
    """场 → 场次, 条 → 条数, 人次 → 人次."""
    return unit if unit.endswith("次") and len(unit) > 1 else "场次" if unit == "场" else f"{unit}数"
