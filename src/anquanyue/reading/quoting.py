"""What of a text a finding may repeat: figures and the words about them, never what may be about a person."""

import re
from typing import Final

from anquanyue.campaign.model import Field
from anquanyue.reading.folding import narrow

HIDDEN: Final = "…"
"""Stands for what is not repeated."""

_LONG_NUMBER = re.compile(r"[0-9]{7,}|(?<![0-9])1[0-9]{2}[ -][0-9]{4}[ -][0-9]{4}(?![0-9])")
_ABOUT_PEOPLE = re.compile("联系人|联络[人员]|姓名|电话|手机|邮箱|职务|经办|填表人|填报人|微信|QQ", re.IGNORECASE)
_DATE = re.compile(r"[0-9零〇一二三四五六七八九十廿卅年月日号底初中旬前后上下午时分星期周末天.,:/、。\-—–~ ()?]*")


def quotable(field: Field) -> bool:
    """Whether findings may show what was written there: not what somebody wrote about a person."""
    return field.reported or field.type in ("unit", "date")


def may_name_someone(text: str) -> bool:
    """Whether a text holds a number as long as a telephone's or a mail address, or speaks of people."""
    plain = narrow(text)
    return "@" in plain or _LONG_NUMBER.search(plain) is not None or _ABOUT_PEOPLE.search(plain) is not None


def quoted(text: str) -> str:
    """What may be repeated of what stands where a figure belongs.

    Of a long number only its beginning and its length, since it may be a telephone number; of a text with one nothing.
    """
    plain = narrow(text)
    if not may_name_someone(text):
        return text
    if re.fullmatch(r"[\s0-9.,+-]*", plain):
        return _LONG_NUMBER.sub(lambda run: run[0][:2] + "*" * (len(run[0]) - 2), plain)
    return HIDDEN


def quoted_date(text: str) -> str:
    """What may be repeated of what stands where a date belongs: nothing with other words or a long number in it."""
    return text if _DATE.fullmatch(narrow(text)) and not may_name_someone(text) else HIDDEN
