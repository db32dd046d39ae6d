"""Typed texts, freed of what says nothing: widths, invisible characters, wrappers and closing punctuation."""

import re
from typing import Final

from anquanyue.reading.folding import narrow

_BRACKETS: Final = str.maketrans("【〔［{〖", "(((((") | str.maketrans("】〕］}〗", ")))))") | str.maketrans("[]", "()")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"))
_WRAPPERS: Final = {"(": ")", "“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "'": "'", "”": "”", "’": "’"}
_SPACE: Final = re.compile(r"\s")
_CLOSING: Final = " 。.,、;!"
_NIL: Final = re.compile(
    r"[-—–―─−﹣]+|[/\\]+|(?:暂|尚|还|均)?(?:无|無|没有|未组织|(?:未|没|没有|未组织)开展)(?:此项|该项|相关)?(?:工作|活动|内容)?|不涉及"
)


def tidy(text: str) -> str:
    """`text` narrow, without invisible characters and surrounding space, every space the same."""
    shown = narrow(text).translate(_INVISIBLE)
    return _SPACE.sub(" ", shown).strip()


def unwrapped(text: str) -> str:
    """A tidy text without the brackets, quotation marks or underscores around it and the punctuation behind it.

    All brackets become round ones, so that what is left of them need not be told apart.
    """
    text = text.translate(_BRACKETS).replace("_", " ")
    while True:
        shorter = text.strip().rstrip(_CLOSING)
        if shorter[:1] == "'" and shorter.count("'") == 1:
            shorter = shorter[1:]  # what makes Excel take a number as text
        if len(shorter) > 1 and _WRAPPERS.get(shorter[0]) == shorter[-1] and _is_one_pair(shorter):
            shorter = shorter[1:-1]
        if shorter == text:
            return text
        text = shorter


def _is_one_pair(text: str) -> bool:
    """Whether the first character's partner is the last one: `(5)`, not `(5)(6)`."""
    inside = text[1:-1]
    return text[0] not in inside and text[-1] not in inside


def is_nil(text: str) -> bool:
    """Whether a tidy text says that there is nothing: 无, 未开展, /, —."""
    return _NIL.fullmatch(unwrapped(text)) is not None
