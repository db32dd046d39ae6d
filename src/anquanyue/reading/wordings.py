"""Words that say that a figure is not what it seems: corrections, plans, what did not take place."""

import re
from typing import Final

_NUMERALS: Final = "0-9０-９零〇一二两三四五六七八九十百千万无"
_CORRECTED_TO = re.compile(
    rf"(?:应为|应是|实为|实是|实际[为是]|更正[为成]?|订正[为成]?|(?<!整)改[为成]|调整为)[\s:：“”（(]*[约共]?[{_NUMERALS}]"
)
_CORRECTED = re.compile(
    "(?<![须需请待应])更正|勘误|订正|(?:数|数据|数字|填[报写]|上报|统计|表)有误|有误[，,]?(?:应|以|实)|填错|误填|写错|误写"
    "|报错了|[多少漏]报了"
)
_DENIED = re.compile("计划|拟|预[计期估]|未|没|去年|上年|往年|同期|目标|打算|准备")


def correction(text: str) -> re.Match[str] | None:
    """Where a text says that something is wrong or is to be another."""
    return _CORRECTED_TO.search(text) or _CORRECTED.search(text)


def corrects_a_figure(text: str) -> bool:
    """Whether a text says which number a figure should have been."""
    return _CORRECTED_TO.search(text) is not None


def denial(text: str, words: str = "") -> str:
    """What in a text says that something is planned, did not take place, or did in another year.

    Args:
        text: As typed.
        words: The form's own words, which may say so themselves.
    """
    return next((match for match in _DENIED.findall(text) if match not in words), "")
