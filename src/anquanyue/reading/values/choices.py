"""A cell → one of a blank's options, from the word alone or from boxes and ticks beside the words."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from anquanyue.campaign.model import Field
from anquanyue.reading.grid import Cell, cell_text
from anquanyue.reading.values.parsed import Parsed, unread
from anquanyue.reading.values.texts import tidy

# The last ones are what Wingdings puts behind Word's boxes and ticks.
_TICKS: Final = "☑☒√✓✔■●◉✅🗹\uf0fe\uf0fc\uf052"
_BOXES: Final = "□☐○◯〇口◻⬜▢\uf0a8\uf0a3\uf06f"
_CROSSES: Final = "×✗✘✕❌"
_TICK, _BOX, _CROSS, _SEPARATOR = "T", "E", "X", " "
_MARKS: Final = dict.fromkeys(_TICKS, _TICK) | dict.fromkeys(_BOXES, _BOX) | dict.fromkeys(_CROSSES, _CROSS)
_PUNCTUATION: Final = " ,、;。./|()[]【】〔〕_:"
_FIRST_OPTION: Final = 0xE000

_YES: Final = frozenset(
    ("有", "对", "已学习", "已观看", "已开展", "已组织", "已完成", "y", "yes", "true", "1", *"√✓✔☑✅")
)
_NO: Final = frozenset(
    ("无", "没有", "未学习", "未观看", "未开展", "未组织", "未完成", "没学习", "n", "no", "false", "0", *"×✗✘")
)


def parse_choice(field: Field, cell: Cell, _year: int) -> Parsed:
    """The option that is chosen in `cell`; nothing where the boxes are there and none is ticked."""
    options = field.blank.options
    text = tidy(cell_text(cell))
    if text in options:
        return Parsed(text)
    tokens = _tokens(text, options)
    if tokens is None or (chosen := _chosen(tokens, len(options))) is None:
        return unread("value-not-in-list", options="/".join(options))
    return Parsed() if chosen < 0 else Parsed(options[chosen])


def parse_yes_no(field: Field, cell: Cell, year: int) -> Parsed:
    """Whether the first option is chosen in `cell`, or another word for it written."""
    if isinstance(cell, bool):
        return Parsed(cell)
    word = tidy(cell_text(cell)).strip("。.()[] ").casefold()
    if word not in field.blank.options and word in _YES | _NO:
        return Parsed(word in _YES)
    parsed = parse_choice(field, cell, year)
    return parsed if parsed.value is None else Parsed(parsed.value == field.blank.options[0])


def _tokens(text: str, options: tuple[str, ...]) -> str | None:
    """The text as one letter a mark, a private one an option, and spaces; None where there are other words."""
    letters = {option: chr(_FIRST_OPTION + index) for index, option in enumerate(options)}
    tokens = ""
    for match in _scanner(options).finditer(text):
        piece = match[0]
        if match["empty"]:
            tokens += _BOX
        elif match["option"]:
            tokens += letters[piece]
        elif mark := _MARKS.get(piece):
            tokens += mark
        elif piece in _PUNCTUATION:
            tokens += _SEPARATOR
        else:
            return None
    return re.sub(" +", " ", tokens).strip()


@lru_cache(maxsize=256)
def _scanner(options: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(options, key=len, reverse=True)))
    return re.compile(rf"(?P<option>{words})|(?P<empty>\(\s*\)|\[\s*\]|【\s*】|〔\s*〕)|.", re.DOTALL)


def _chosen(tokens: str, number: int) -> int | None:
    """The index of the option that is ticked, -1 where none is, None where nobody can tell.

    Marks stand in front of all words or behind all of them; `是√否` might be either.
    """
    if tokens and set(tokens) <= {_BOX, _SEPARATOR}:
        return -1
    options = [chr(_FIRST_OPTION + index) for index in range(number)]
    if tokens in options:
        return options.index(tokens)
    # `是 √否`, with the boxes left out: the space tells which word the tick belongs to.
    words = tokens.split(_SEPARATOR)
    if sorted(word.replace(_TICK, "") for word in words) == options and tokens.count(_TICK) == 1:
        ticked = next(word for word in words if _TICK in word)
        return options.index(ticked.replace(_TICK, ""))
    tokens = tokens.replace(_SEPARATOR, "")
    if tokens[:1] in (_TICK, _BOX):
        # A tick beside its box: `□√是□否`, `√□是□否`.
        tokens = re.sub(f"^{_TICK}{_BOX}|{_BOX}{_TICK}", _TICK, tokens)
    marks, found = _paired(tokens)
    if not found:
        return None
    if len(found) == 1 and found[0] in options and marks == _TICK:
        return options.index(found[0])
    if sorted(found) != options:
        return None
    if set(marks) == {_BOX}:
        return -1
    return options.index(found[marks.index(_TICK)]) if marks.count(_TICK) == 1 else None


def _paired(tokens: str) -> tuple[str, Sequence[str]]:
    """The marks and the options they belong to, in order; nothing where they do not alternate."""
    first, second = tokens[::2], tokens[1::2]
    marks, options = (first, second) if tokens[:1] in _MARKS.values() else (second, first)
    alternates = all(mark in _MARKS.values() for mark in marks) and not any(
        option in _MARKS.values() for option in options
    )
    return (marks, list(options)) if alternates and len(marks) == len(options) else ("", [])
