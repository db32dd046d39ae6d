"""What is thought to stand in one blank: told from what only stands beside it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from anquanyue.reading.statement.clauses import Clause
from anquanyue.reading.statement.page import (
    AFFIXES,
    CLOSE,
    NOTHING,
    OPEN,
    QUOTES,
    SPACES,
    STOPS,
    STRAY,
    Page,
    first_of,
    groups_of,
    has_number,
    is_balanced,
    is_numeric,
    is_value,
    letters_of,
    strip,
)

_CHANGING = frozenset("未拟计划预不没无每各均应需去上增减超将")
"""Letters of words that make a figure another one: 参与未（5）人次."""


class How(StrEnum):
    """How a blank was read."""

    STRICT = "strict"
    """The whole statement stands there to the letter."""
    ALIGNED = "aligned"
    """The words around the blank are similar enough, and fit no other blank."""
    REFUSED = "refused"
    """Something stands there that could be misread; it is quoted, not read."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is thought to stand in a blank: text from `start` to `end`; letter `b` is the first behind it.

    Where it is `hedged`, it reaches over the unit and what makes it an approximation behind that.
    """

    start: int
    end: int
    b: int
    how: How
    hedged: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return self.start == self.end

    def unless(self, doubtful: bool) -> "Place":
        """The place, refused if `doubtful`."""
        return replace(self, how=How.REFUSED) if doubtful else self


def trim(page: Page, clause: Clause, start: int, end: int, b: int) -> Place:
    """Strip what does not belong to the value; refused where a bracket is lost or something stands beside it."""
    text = page.text
    start, end = strip(text, start, end, *clause.edges)
    how = How.STRICT
    if not is_balanced(text[start:end]):
        # （5次）参与: the unit went into the brackets.
        close = first_of(text, OPEN + CLOSE + STOPS, end)
        fits = clause.unit.startswith(letters_of(text[end:close])) and is_balanced(text[start : close + 1])
        end, how = (close + 1, how) if fits else (end, How.REFUSED)
    if how is How.STRICT and clause.counted:
        start, end, how = _figure(text, clause, start, end)
    elif how is How.STRICT and clause.blank.boxed:
        if letters_of(text[start:end]):
            start, end = strip(text, start, end, STRAY + SPACES, STRAY + SPACES)
        strange = set(letters_of(text[start:end])) - set(clause.tickable)
        how = How.REFUSED if strange or {*"；;。"} & {*text[start:end]} else how
    while how is not How.REFUSED and any(
        (group.open, group.close) == (start, end - 1) for group in groups_of(text, start, end)
    ):
        start, end = strip(text, start + 1, end - 1, SPACES, SPACES)
    if "__" in (text[start : start + 2], text[end - 2 : end]):
        start, end = strip(text, start, end, SPACES + "_", SPACES + "_")
    return Place(start, end, b, how)


def _figure(text: str, clause: Clause, start: int, end: int) -> tuple[int, int, How]:
    """Tell a number in its brackets, or without any, from one that stands beside them."""
    groups = groups_of(text, start, end)
    letters = letters_of(text[start:end])
    if not groups and (letters in NOTHING or is_value(letters)) and "__" not in text[start:end]:
        return start, end, How.STRICT
    if len(groups) == 1 and "__" not in text[start : groups[0].open] + text[groups[0].close : end]:
        group, close = groups[0], groups[0].close + 1
        front, behind = text[start : group.open], text[close:end].strip(clause.edges[1])
        unit = letters_of(behind) == clause.unit and (behind[:1] + behind[-1:]).isalnum()
        if not front and (not behind or unit):
            return start, close, How.STRICT
        inside = group.inside(text)
        remark = not group.is_slot(text) and not is_numeric(inside[0]) and not inside.startswith(NOTHING)
        if not behind and letters_of(front) and is_value(letters_of(front)) and remark:
            return start, end, How.STRICT  # 5场（含线上2场）
        around = front + behind
        strange = around.isalnum() and not any(is_numeric(char) or char in AFFIXES for char in letters_of(around))
        strange = strange and not _CHANGING & {*around}
        if strange and len(around) < 3 and around not in NOTHING and inside:
            return group.open, close, How.ALIGNED  # 参与了（5）人次
    return start, end, How.REFUSED


def number_behind(page: Page, clause: Clause, b: int, size: int, is_blank: bool) -> bool:
    """Whether a number stands behind the unit, as in `（）次5` or `（5）次（6）`.

    Args:
        page: The text.
        clause: The clause that is read.
        b: The first letter behind the unit.
        size: How much of the literal behind the blank stands before it.
        is_blank: Nothing stands in the brackets; then less is allowed behind them.
    """
    ahead = page.ahead(b).lstrip(SPACES + QUOTES + "".join(CLOSE))
    letters = letters_of(ahead)
    if ahead.startswith((".", "．")) and not has_number(ahead[1:2]):
        return False  # a full stop
    if ahead.startswith(OPEN):
        group = groups_of(ahead, 0, len(ahead))[0]
        return group.is_slot(ahead) or has_number(letters if is_blank else letters_of(ahead[group.close :])[:1])
    if is_blank and ahead and not ahead[0].isalnum():
        return True
    if len(clause.after) > size + 1 and page.letters.startswith(clause.after[: size + 2], b - size):
        return False
    if page.letters.startswith(clause.openings, b):
        return False
    return (is_blank and letters.startswith(NOTHING)) or has_number(letters[: 8 if is_blank else 1])
