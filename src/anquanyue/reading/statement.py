"""Reads the blanks of statements back out of a text that a person typed: never a wrong value, rather none.

The text is folded to its letters and digits, each of which knows where it stood; what stands in a blank is then the
original text between two literals. A cascade reads it: first whole statements, to the letter; then, in what is left
over, clause by clause, by similarity. What is in doubt is refused and quoted: a value beside its brackets, words of
another clause, a context that fits a sibling about as well, two different answers.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final

from anquanyue.campaign.statement import Blank, Statement


class How(StrEnum):
    """How a blank was read."""

    STRICT = "strict"
    """The whole statement stands there to the letter."""
    ALIGNED = "aligned"
    """The words around the blank are similar enough, and fit no other blank."""
    REFUSED = "refused"
    """Something stands there that could be misread; it is quoted, not read."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What stands in one blank.

    Attributes:
        key: The field's key.
        text: As typed, without enclosing brackets and surrounding space; "" where nothing was filled in.
        start, end: Where `text` stands in the text that was read.
        how: Whether it can be relied on.
        context: The typed text around the blank.
        expected: The statement's own words around the blank.
    """

    key: str
    text: str
    start: int
    end: int
    how: How
    context: str
    expected: str


def read_statements(text: str, statements: Sequence[Statement], set_aside: Sequence[str] = ()) -> dict[str, Slice]:
    """Read every blank of the statements that stands in the text.

    Args:
        text: What a person typed: a cell, a table's row, a whole document.
        statements: The sentences to look for.
        set_aside: Texts that stand near the statements without being part of them, as 内容要求 and item names.

    Returns:
        What stands in each blank, by key; a blank that is nowhere to be found is absent.
    """
    plan = _plan(tuple(statements))
    page = _fold(_without(text, set_aside, plan))
    places: dict[str, list[_Place]] = defaultdict(list)
    marks: dict[str, list[int]] = defaultdict(list)
    left_over = page.text
    for clauses in plan:
        for chain, start, end in _chains(page, clauses):
            for clause, place in zip(clauses, chain, strict=True):
                places[clause.key].append(place)
            left_over = left_over[:start] + _MARK + " " * (end - start - 1) + left_over[end:]
            marks[clauses[-1].key].append(start)
    rest = _fold(left_over)
    groups = _groups(rest.text, 0, len(rest.text))
    slices: dict[str, Slice] = {}
    for clauses in plan:
        _align(rest, clauses, groups, places, marks)
        found = [clause for clause in clauses if places[clause.key]]
        slices |= {clause.key: _decide(text, page, clause, places[clause.key]) for clause in found}
    return _without_shared(slices)


# The text, folded ------------------------------------------------------------------------------------------------

_OPEN: Final = tuple("（([［【〔")
_CLOSE: Final = tuple("）)]］】〕")
_SPACES: Final = " 　\t\r\n\x0b\xa0\u200b\ufeff"
_SEPARATORS: Final = "，,、；;：:。"
_QUOTES: Final = "“”\"‘’'＂「」『』《》"
_STOPS: Final = tuple("，,、；;。\n")
_NUMERALS: Final = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
_AFFIXES: Final = frozenset("约近共超过达大概逾余多来个名人次场家条项篇份左右上下以")
_BOX_LETTERS: Final = "口"
"""What is typed for □ and is a letter; all other boxes and ticks are none."""
_STRAY: Final = "./-—"
_NOTHING: Final = ("无", "没有", "暂无", "未开展", "空")
_MARK: Final = "\ue000"
"""Stands for a statement that was read already."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A text and its letters and digits; `at[i]` is where `letters[i]` stands in it."""

    text: str
    letters: str
    at: list[int]

    def between(self, a: int, b: int) -> tuple[int, int]:
        """The piece of text before letter `b` and behind the letter before `a`."""
        return self.at[a - 1] + 1 if a else 0, self.at[b] if b < len(self.at) else len(self.text)

    def ahead(self, b: int) -> str:
        """The text behind the letter before `b`, up to the end of the clause."""
        start, _ = self.between(b, b)
        return self.text[start : _first(self.text, _STOPS, start)]


def _fold(text: str) -> _Page:
    letters, at = [], []
    for index, char in enumerate(text):
        # One to one: NFKC would turn 10² into 102.
        folded = chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
        if folded.isalnum() or folded == _MARK:
            letters.append(folded.lower() if folded.isascii() else folded)
            at.append(index)
    return _Page(text, "".join(letters), at)


def _letters(text: str) -> str:
    return _fold(text).letters


def _first(text: str, chars: tuple[str, ...], start: int) -> int:
    """Where the first of `chars` stands, else the text's end."""
    return next((index for index in range(start, len(text)) if text[index] in chars), len(text))


def _strip(text: str, start: int, end: int, left: str, right: str) -> tuple[int, int]:
    while start < end and text[start] in left:
        start += 1
    while start < end and text[end - 1] in right:
        end -= 1
    return start, end


def _occurrences(text: str, needle: str, start: int = 0) -> Iterator[int]:
    place = text.find(needle, start) if needle else -1
    while place >= 0:
        yield place
        place = text.find(needle, place + 1)


def _numeric(char: str) -> bool:
    # To Unicode, 参 is a numeral.
    return char in _NUMERALS or (char.isnumeric() and not "一" <= char <= "鿿")


def _has_number(letters: str) -> bool:
    return any(map(_numeric, letters))


def _is_value(letters: str) -> bool:
    """Whether `letters` are empty or a number and no further words, as in `约300人`."""
    return letters == "" or (_has_number(letters) and all(_numeric(char) or char in _AFFIXES for char in letters))


@dataclass(frozen=True, slots=True)
class _Group:
    """A pair of brackets; where its partner is lost, it ends with its clause."""

    open: int
    close: int
    whole: bool

    def inside(self, text: str) -> str:
        return _letters(text[self.open + 1 : self.close])

    def is_slot(self, text: str) -> bool:
        """Whether it holds what a blank holds, rather than a remark."""
        return self.inside(text) in _NOTHING or _is_value(self.inside(text))


def _groups(text: str, start: int, end: int) -> list[_Group]:
    """The outermost pairs of brackets, and those that lack their partner."""
    opened: list[int] = []
    groups: list[_Group] = []
    for index in range(start, end):
        if text[index] in _OPEN:
            opened.append(index)
        elif text[index] in _CLOSE and opened:
            begin = opened.pop()
            groups = [*(group for group in groups if group.open < begin), _Group(begin, index, whole=True)]
    ends = _STOPS + _OPEN + _CLOSE
    groups += [_Group(begin, _first(text, ends, begin + 1), whole=False) for begin in opened]
    return sorted(groups, key=lambda group: group.open)


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth < 0:
            return False
    return depth == 0


# The statements, folded ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Clause:
    """One blank and the words around it, folded.

    Attributes:
        before, after: The whole literals around the blank.
        words, unit: The parts of them that belong to this blank alone.
        counted: Whether the blank stands in brackets; a number is expected in it.
        telling: Whether the words alone tell the blank from all others.
        rivals: The words of all other clauses that tell.
        foreign: Words that cannot stand in the blank.
        grams: The runs of four letters in the words of the form.
        units: Of the blanks that may take this one's place when something between them was deleted.
        openings: How the statements begin.
        edges: What may stand between the words and what was typed, in front and behind.
        expected: The statement's words around the blank.
    """

    blank: Blank
    before: str
    after: str
    words: str
    unit: str
    counted: bool
    telling: bool
    rivals: tuple[str, ...]
    foreign: tuple[str, ...]
    grams: frozenset[str]
    units: tuple[str, ...]
    openings: tuple[str, ...]
    edges: tuple[str, str]
    expected: str

    @property
    def key(self) -> str:
        return self.blank.key

    @property
    def tickable(self) -> str:
        """The letters that may stand among boxes to tick."""
        return "".join(self.blank.options) + _BOX_LETTERS

    def excludes(self, letters: str) -> bool:
        """Whether `letters`, found in the blank, are words of the form rather than a value."""
        if _MARK in letters or any(word in letters for word in self.foreign):
            return True
        figure = self.counted or self.blank.boxed
        return figure and any(letters[index : index + 4] in self.grams for index in range(len(letters) - 3))


_Plan = tuple[tuple[_Clause, ...], ...]


@lru_cache(maxsize=32)
def _plan(statements: tuple[Statement, ...]) -> _Plan:
    literals = [[_letters(literal) for literal in statement.literals] for statement in statements]
    blanks = [blank for statement in statements for blank in statement.blanks]
    words, units = [_letters(blank.words) for blank in blanks], [_letters(blank.unit) for blank in blanks]
    grams = frozenset(text[i : i + 4] for texts in literals for text in texts for i in range(len(text) - 3))
    openings = tuple({texts[0] for texts in literals} - {""})
    telling = [
        (len(word) > 3 and sum(other.endswith(word) for other in words) == 1)
        or (blank is statement.blanks[0] and unit != "" and units.count(unit) == 1)
        for statement, blank, word, unit in _with_statement(statements, words, units)
    ]
    plan = []
    number = 0
    for statement, texts in zip(statements, literals, strict=True):
        first, last = number, number + len(statement.blanks)
        clauses = []
        for index, blank in enumerate(statement.blanks):
            before, after = statement.literals[index].rstrip(_SPACES), statement.literals[index + 1].lstrip(_SPACES)
            counted = before.endswith(_OPEN) and after.startswith(_CLOSE)
            others = [word for word, other in zip(words, blanks, strict=True) if len(word) > 3 or not other.unit]
            clauses.append(
                _Clause(
                    blank=blank,
                    before=texts[index],
                    after=texts[index + 1],
                    words=words[number],
                    unit=units[number],
                    counted=counted,
                    telling=telling[number],
                    rivals=tuple(word for i, word in enumerate(words) if telling[i] and i != number),
                    foreign=tuple({w for w in words[first:last] + ([] if counted else others) if len(w) > 1}),
                    grams=grams,
                    units=tuple({*units[first : last + 1]} - {units[number]}),
                    openings=openings,
                    edges=_edges(before, after, counted or blank.boxed),
                    expected=f"{blank.words}{f'（{blank.show(None)}）' if counted else blank.show(None)}{blank.unit}",
                )
            )
            number += 1
        # Blanks with no letter between them cannot be told apart.
        if all(texts[1:-1]):
            plan.append(tuple(clauses))
    return tuple(plan)


def _with_statement(
    statements: tuple[Statement, ...], words: list[str], units: list[str]
) -> Iterator[tuple[Statement, Blank, str, str]]:
    pairs = [(statement, blank) for statement in statements for blank in statement.blanks]
    for (statement, blank), word, unit in zip(pairs, words, units, strict=True):
        yield statement, blank, word, unit


def _edges(before: str, after: str, is_figure: bool) -> tuple[str, str]:
    if is_figure:
        return (_SPACES + _SEPARATORS + _QUOTES + "_",) * 2
    closers = "".join(_CLOSE) if any(char in _CLOSE for char in before[-3:]) else ""
    return _SPACES + "：:" + closers, _SPACES + "，,；;" + "".join(char for char in after[:2] if char in _QUOTES)


def _without(text: str, set_aside: Iterable[str], plan: _Plan) -> str:
    """The text with line breaks in place of what does not belong to the statements, the longest first."""
    for letters in sorted({_letters(other) for other in set_aside} - {""}, key=len, reverse=True):
        page = _fold(text)
        for place in _occurrences(page.letters, letters):
            behind = place + len(letters)
            front, back = page.letters[place - 1 : place] if place else "", page.letters[behind : behind + 1]
            # An item's name may also stand inside a statement; there it stays.
            inside = (
                (front and front == before) or (back and back == after) for before, after in _around(plan, letters)
            )
            if not any(inside):
                start, end = page.at[place], page.at[behind - 1] + 1
                text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _around(plan: _Plan, letters: str) -> Iterator[tuple[str, str]]:
    """The letters before and behind each place where `letters` stands inside a statement."""
    for literal in {literal for clauses in plan for clause in clauses for literal in (clause.before, clause.after)}:
        for place in _occurrences(literal, letters):
            yield literal[max(0, place - 1) : place], literal[place + len(letters) : place + len(letters) + 1]


# What stands in one blank ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """What is thought to stand in a blank: text from `start` to `end`; letter `b` is the first behind the blank."""

    start: int
    end: int
    b: int
    how: How

    @property
    def is_blank(self) -> bool:
        return self.start == self.end

    def unless(self, doubtful: bool) -> "_Place":
        return replace(self, how=How.REFUSED) if doubtful else self


def _trim(page: _Page, clause: _Clause, start: int, end: int, b: int) -> _Place:
    """Strip what does not belong to the value; refused where a bracket is lost or something stands beside it."""
    text = page.text
    start, end = _strip(text, start, end, *clause.edges)
    how = How.STRICT
    if not _balanced(text[start:end]):
        # （5次）参与: the unit went into the brackets.
        close = _first(text, _OPEN + _CLOSE + _STOPS, end)
        fits = clause.unit.startswith(_letters(text[end:close])) and _balanced(text[start : close + 1])
        end, how = (close + 1, how) if fits else (end, How.REFUSED)
    if how is How.STRICT and clause.counted:
        start, end, how = _figure(text, clause, start, end)
    elif how is How.STRICT and clause.blank.boxed:
        if _letters(text[start:end]):
            start, end = _strip(text, start, end, _STRAY + _SPACES, _STRAY + _SPACES)
        strange = set(_letters(text[start:end])) - set(clause.tickable)
        how = How.REFUSED if strange or {*"；;。"} & {*text[start:end]} else how
    while how is not How.REFUSED and any(
        (group.open, group.close) == (start, end - 1) for group in _groups(text, start, end)
    ):
        start, end = _strip(text, start + 1, end - 1, _SPACES, _SPACES)
    if "__" in (text[start : start + 2], text[end - 2 : end]):
        start, end = _strip(text, start, end, _SPACES + "_", _SPACES + "_")
    return _Place(start, end, b, how)


def _figure(text: str, clause: _Clause, start: int, end: int) -> tuple[int, int, How]:
    """Tell a number in its brackets, or without any, from one that stands beside them."""
    groups = _groups(text, start, end)
    letters = _letters(text[start:end])
    if not groups and (letters in _NOTHING or _is_value(letters)) and "__" not in text[start:end]:
        return start, end, How.STRICT
    if len(groups) == 1 and "__" not in text[start : groups[0].open] + text[groups[0].close : end]:
        group, close = groups[0], groups[0].close + 1
        front, behind = text[start : group.open], text[close:end].strip(clause.edges[1])
        unit = _letters(behind) == clause.unit and (behind[:1] + behind[-1:]).isalnum()
        if not front and (not behind or unit):
            return start, close, How.STRICT
        inside = group.inside(text)
        remark = not group.is_slot(text) and not _numeric(inside[0]) and not inside.startswith(_NOTHING)
        if not behind and _letters(front) and _is_value(_letters(front)) and remark:
            return start, end, How.STRICT  # 5场（含线上2场）
        around = front + behind
        strange = around.isalnum() and not any(_numeric(char) or char in _AFFIXES for char in _letters(around))
        if strange and len(around) < 3 and around not in _NOTHING and inside:
            return group.open, close, How.ALIGNED  # 参与了（5）人次
    return start, end, How.REFUSED


def _number_behind(page: _Page, clause: _Clause, b: int, size: int, is_blank: bool) -> bool:
    """Whether a number stands behind the unit, as in `（）次5` or `（5）次（6）`.

    Args:
        page: The text.
        clause: The clause that is read.
        b: The first letter behind the unit.
        size: How much of the literal behind the blank stands before it.
        is_blank: Nothing stands in the brackets; then less is allowed behind them.
    """
    ahead = page.ahead(b).lstrip(_SPACES + _QUOTES + "".join(_CLOSE))
    letters = _letters(ahead)
    if ahead.startswith((".", "．")) and not _has_number(ahead[1:2]):
        return False  # a full stop
    if ahead.startswith(_OPEN):
        group = _groups(ahead, 0, len(ahead))[0]
        return group.is_slot(ahead) or _has_number(letters if is_blank else _letters(ahead[group.close :])[:1])
    if is_blank and ahead and not ahead[0].isalnum():
        return True
    if len(clause.after) > size + 1 and page.letters.startswith(clause.after[: size + 2], b - size):
        return False
    if page.letters.startswith(clause.openings, b):
        return False
    return (is_blank and letters.startswith(_NOTHING)) or _has_number(letters[: 8 if is_blank else 1])


# First: whole statements, to the letter --------------------------------------------------------------------------


def _chains(page: _Page, clauses: tuple[_Clause, ...]) -> Iterator[tuple[list[_Place], int, int]]:
    """Every piece of text where all literals of a statement stand in order: its blanks, its start and its end."""
    literal = clauses[0].before
    done = 0
    said: int | None = None
    for a in _occurrences(page.letters, literal) if literal else (0,):
        chain = _chain(page, clauses, a + len(literal)) if a >= done else None
        if chain:
            if said is not None and not clauses[0].excludes(page.letters[said:a]):
                chain[0] = chain[0].unless(True)  # 姓名 甲 姓名 乙
            done = chain[-1].b + len(clauses[-1].after)
            start, _ = page.between(done, done)
            yield chain, page.at[a] if literal else 0, max(start, chain[-1].end)
        said = a + len(literal) if not chain and _is_label(page, a, a + len(literal)) else None


def _chain(page: _Page, clauses: tuple[_Clause, ...], a: int) -> list[_Place] | None:
    chain = []
    for clause in clauses:
        place = _up_to_next(page, clause, a)
        if place is None:
            return None
        a = place.b + len(clause.after)
        if clause.counted and place.is_blank:
            size = len(clause.unit)
            place = place.unless(_number_behind(page, clause, place.b + size, size, is_blank=True))
        if clause.counted and clause is clauses[-1]:
            place = place.unless(_number_behind(page, clause, a, len(clause.after), place.is_blank))
        chain.append(place)
    return chain


def _up_to_next(page: _Page, clause: _Clause, a: int) -> _Place | None:
    """The blank from letter `a` on; what was typed may itself contain the literal behind it, as in `（5人次）人次`."""
    if not clause.after:
        start, _ = page.between(a, a)
        end = _open_end(page, clause, start)
        b = bisect_left(page.at, end)
        if clause.excludes(page.letters[a:b]):
            return None
        place = _trim(page, clause, start, end, b)
        return place.unless(_has_label(page.text[place.start : place.end], clause))
    doubtful = None
    for b in _occurrences(page.letters, clause.after, a):
        if clause.excludes(page.letters[a:b]):
            break
        place = _trim(page, clause, *page.between(a, b), b)
        if place.how is not How.REFUSED:
            return place
        doubtful = doubtful or place
    return doubtful


def _open_end(page: _Page, clause: _Clause, start: int) -> int:
    """Where a blank with no words behind it ends: with its brackets or its line, or where another statement begins."""
    text = page.text
    begin, _ = _strip(text, start, len(text), _SPACES, "")
    colon, _ = _strip(text, start, len(text), _SPACES + "".join(_CLOSE), "")
    if text.startswith(("：", ":"), colon):
        begin, _ = _strip(text, colon, len(text), _SPACES.replace("\n", "") + "：:", "")
    if clause.counted and text.startswith(_OPEN, begin):
        return _groups(text, begin, len(text))[0].close + 1
    end = _first(text, ("\n", _MARK), begin)
    a = bisect_left(page.at, start)
    for place in (page.at[at] for opening in clause.openings for at in _occurrences(page.letters, opening, a)):
        if place < end and not text[place - 1 : place].isalnum():
            end = place
    return end


def _is_label(page: _Page, a: int, b: int) -> bool:
    """Whether the words from letter `a` to `b` stand as a label, with a space or a colon behind them."""
    start, end = page.between(b, b)
    separated = page.text[start:end].strip("".join(_CLOSE)).startswith(tuple(_SPACES + "：:"))
    return separated and not page.text[: page.at[a]][-1:].isalnum()


def _has_label(text: str, clause: _Clause) -> bool:
    """Whether a word in `text` is nearly a label of the form, as 通信地止."""
    for index, word in enumerate(map(_letters, text.split())):
        # What was filled in may begin much like a short label, as QQ邮箱.
        for label in (label for label in clause.foreign if len(label) > (2 if index else 3)):
            if any(_osa(label, word[:size], 1) is not None for size in (len(label), len(label) + 1)):
                return True
    return False


# Then: clause by clause, by similarity ---------------------------------------------------------------------------


def _align(
    page: _Page,
    clauses: tuple[_Clause, ...],
    groups: list[_Group],
    places: dict[str, list[_Place]],
    marks: dict[str, list[int]],
) -> None:
    """Add all places for the blanks of a statement in what is left over.

    Args:
        page: The text, with a mark in place of each statement that was read to the letter.
        clauses: The statement, also one that was read: said again, in other words, it contradicts what was read.
        groups: The brackets in the text.
        places: What was read so far; to be added to.
        marks: Where the marks stand, by the statements' last keys.
    """
    previous: list[_Place] = []
    known = 0
    for clause in clauses:
        found = list(_by_words(page, clause, groups)) if clause.telling else []
        for place in previous:
            found += _behind(page, clause, groups, place, clause.before)
        starts = (bisect_left(page.at, start) + 1 for start in marks[clause.key])
        read = [_Place(page.at[b - 1], page.at[b - 1] + 1, b, How.STRICT) for b in starts]
        for place, unit in [(place, clause.unit) for place in found] + [(place, "") for place in read]:
            found += _behind(page, clause, groups, place, unit + clause.words, again=True)
        previous = [place if place.how is How.REFUSED else replace(place, how=How.ALIGNED) for place in found]
        places[clause.key] += previous
        # Where what it follows was said twice, one that is said once may belong to either.
        count = len({place.start for place in places[clause.key]})
        if not clause.telling and count < known:
            places[clause.key] = [place.unless(True) for place in places[clause.key]]
        known = count


def _by_words(page: _Page, clause: _Clause, groups: list[_Group]) -> Iterator[_Place]:
    """Places with words before them that fit the clause, and no other clause much better."""
    if not clause.counted:
        yield from _boxes(page, clause) if clause.blank.boxed else _labelled(page, clause)
        return
    floor = 0
    for group in groups:
        a = bisect_left(page.at, group.open)
        distance = _distance(clause.words, page.letters, floor, a)
        if distance is not None and _rival(page, clause, floor, a) > distance - 2:
            yield _in_brackets(page, clause, group, distance, floor)
        floor = bisect_left(page.at, group.close) if group.is_slot(page.text) else 0
    for a in _occurrences(page.letters, clause.words[-2:]):
        distance = _distance(clause.words, page.letters, 0, a + 2)
        if distance is not None and _rival(page, clause, 0, a + 2) > distance - 2:
            for place in _bare(page, clause, a + 2):
                yield place.unless(_rival(page, clause, 0, a + 2) < distance + 2)


def _behind(
    page: _Page, clause: _Clause, groups: list[_Group], place: _Place, literal: str, again: bool = False
) -> Iterator[_Place]:
    """The place right behind another one, with the literal between the two; or, said again, with the same words."""
    if not clause.counted or not literal:
        return
    upcoming = [group for group in groups if group.open >= place.end][:2]
    gap, b = "", place.b
    for index, group in enumerate(upcoming):
        a = bisect_left(page.at, group.open)
        gap += page.letters[b:a]
        b = bisect_left(page.at, group.close)
        if _MARK in gap:
            return
        distance = _osa(literal, gap, max(1, _tolerance(len(literal))))
        if again and gap.endswith(clause.words) and not any(w[-4:] in gap for w in clause.rivals if len(w) > 3):
            distance = 0
        if distance is not None:
            if _rival(page, clause, place.b, a) > distance - 2:
                found = _in_brackets(page, clause, group, distance, place.b)
                yield found.unless(distance > 0 and not page.letters.startswith(clause.unit, b))
            return
        # A remark may stand between the two.
        if group.is_slot(page.text) or index or (place.is_blank and _has_number(group.inside(page.text))):
            break
    if page.letters.startswith(literal, place.b):
        yield from _bare(page, clause, place.b + len(literal))


def _in_brackets(page: _Page, clause: _Clause, group: _Group, distance: int, floor: int) -> _Place:
    """What stands in a pair of brackets, refused unless all around it speaks for the clause."""
    text, letters = page.text, page.letters
    a, b = bisect_left(page.at, group.open), bisect_left(page.at, group.close)
    start, end = _strip(text, group.open + 1, group.close, _SPACES, _SPACES)
    place = _Place(start, end, b, How.ALIGNED)
    front = text[page.between(a, a)[0] : group.open].strip(clause.edges[0])
    behind = text[group.close + 1 : page.between(b, b)[1]].strip(clause.edges[1])
    number = "".join(takewhile(lambda char: _numeric(char) or char in _AFFIXES, letters[a:b]))
    doubtful = (
        not group.whole
        or front != ""
        # A remark may follow, as in （5）（其中线上2场）次; not another blank, as in （）（/）次.
        or behind not in ("", *_OPEN)
        or clause.excludes(letters[a:b])
        or not (_has_number(number) or group.is_slot(text))
        or any(_numeric(char) and char not in clause.words[-4:] for char in letters[max(floor, a - 3) : a])
        or (place.is_blank and not letters.endswith(clause.words[-2:], 0, a))
        # Brackets behind the unit hold a remark.
        or (letters.endswith(clause.unit, 0, a) and not clause.words.endswith(clause.unit))
        or not _unit_fits(page, clause, b, place.is_blank)
        or _rival(page, clause, floor, a) < distance + 2
    )
    return place.unless(doubtful)


def _unit_fits(page: _Page, clause: _Clause, b: int, is_blank: bool) -> bool:
    """Whether what stands behind the brackets, from letter `b` on, does not speak against the clause."""
    size = len(clause.unit)
    if page.letters.startswith(clause.unit, b):
        return not _number_behind(page, clause, b + size, size, is_blank)
    ahead = page.text[page.between(b, b)[0] :].lstrip(_SPACES + "".join(_CLOSE))
    typed = _letters(ahead[: _first(ahead, _STOPS + _OPEN, 0)])
    if _number_behind(page, clause, b, 0, is_blank) or _has_number(typed[:size]):
        return False
    if not typed or typed.startswith(clause.after[size : size + 2] or _MARK):
        return True
    similar = _osa(clause.unit, typed, _tolerance(size)) is not None or _osa(clause.after, typed, 1) is not None
    return not is_blank and (similar or (len(typed) < 4 and typed not in clause.units))


def _bare(page: _Page, clause: _Clause, a: int) -> Iterator[_Place]:
    """What stands from letter `a` on without brackets: only between words and a unit that are there to the letter."""
    letters, size = page.letters, len(clause.unit)
    start, _ = page.between(a, a)
    start, _ = _strip(page.text, start, len(page.text), clause.edges[0], "")
    if page.text.startswith(_OPEN, start) or not size:
        return
    b = letters.find(clause.unit, a, a + 12 + size)
    value = letters[a:b] if b >= 0 else letters[a : a + 1]
    if b < 0 or not (_has_number(value) or value in _NOTHING or value == ""):
        if _has_number(value) and not clause.excludes(value):
            yield _Place(start, start + 1, a + 1, How.REFUSED)
    elif not clause.excludes(value):
        place = _trim(page, clause, *page.between(a, b), b)
        ahead = page.ahead(b + size).strip(_SPACES)
        unclear = place.is_blank and ahead and not letters.startswith(clause.after[: size + 2], b)
        more = ahead.startswith(_OPEN) or _number_behind(page, clause, b + size, size, place.is_blank)
        yield place.unless(bool(unclear) or more or bool({*"；;。"} & {*page.text[place.start : place.end]}))


def _boxes(page: _Page, clause: _Clause) -> Iterator[_Place]:
    """Boxes to tick behind words that fit."""
    for a in _occurrences(page.letters, clause.words[-2:]):
        a = b = a + 2
        distance = _distance(clause.words, page.letters, 0, a)
        if distance is not None and _rival(page, clause, 0, a) > distance - 2:
            while page.letters[b : b + 1] in tuple(clause.tickable):
                b += 1
            start, end = page.between(a, b)
            place = _trim(page, clause, start, end, b)
            ended = b == len(page.letters) or page.letters.startswith(clause.after[:2], b) or place.end < end
            yield place.unless(not ended or _rival(page, clause, 0, a) < distance + 2)


def _labelled(page: _Page, clause: _Clause) -> Iterator[_Place]:
    """A free text, only between two labels that are there to the letter."""
    for a in _occurrences(page.letters, clause.words):
        b = a + len(clause.words)
        place = _up_to_next(page, clause, b)
        if place and not page.text[: page.at[a]][-1:].isalnum():
            yield place
        elif not place and _is_label(page, a, b):
            # What stands behind it cannot be read, and contradicts what stands behind it elsewhere.
            yield _Place(*page.between(b, b), b, How.REFUSED)


# Similarity ------------------------------------------------------------------------------------------------------


def _tolerance(size: int) -> int:
    """How many letters of so many may be wrong."""
    return 0 if size < 3 else 1 if size < 8 else size // 4


def _osa(expected: str, typed: str, cutoff: int) -> int | None:
    """The number of wrong letters (swapped neighbours are one), None above the cutoff."""
    from rapidfuzz.distance import OSA  # a text without mistakes need not wait for it

    distance = OSA.distance(expected, typed, score_cutoff=cutoff)
    return distance if distance <= cutoff else None


def _distance(words: str, letters: str, floor: int, a: int, slack: int = 0) -> int | None:
    """How far the letters from `floor` to `a` are from ending in the words; None where too far. The end counts most."""
    tail = letters[max(floor, a - 5) : a]
    if not tail.endswith(words[-2:]):
        if not set(tail[-3:]) & set(words[-3:]):
            return None
        if all(_osa(words[-4:], tail[-size:], 1) is None for size in (3, 4, 5)):
            return None
    size = len(words)
    cutoff = (_tolerance(size) if size > 3 else 0) + slack
    if _osa(words, letters[max(floor, a - size) : a], 2 * cutoff) is None:
        return None
    starts = range(max(floor, a - size - cutoff), min(a, a - size + cutoff) + 1)
    distances = [_osa(words, letters[start:a], cutoff) for start in starts]
    return min((distance for distance in distances if distance is not None), default=None)


def _rival(page: _Page, clause: _Clause, floor: int, a: int) -> int:
    """How far the letters before `a` are from the nearest other clause: 省级 is not 国家级."""
    distances = [_distance(words, page.letters, floor, a, slack=2) for words in clause.rivals]
    return min((distance for distance in distances if distance is not None), default=99)


# The verdict -----------------------------------------------------------------------------------------------------


def _decide(text: str, page: _Page, clause: _Clause, places: list[_Place]) -> Slice:
    """One slice from all places that were found for a blank: refused where one is in doubt or two contradict."""
    place = next((place for place in places if place.how is How.REFUSED), places[0])
    start, end = place.start, place.end
    # What was set aside must not have stood in a blank.
    doubtful = len({text[other.start : other.end] for other in places}) > 1 or text[start:end] != page.text[start:end]
    context = " ".join(text[max(0, start - 16) : end + 10].split())
    return Slice(clause.key, text[start:end], start, end, place.unless(doubtful).how, context, clause.expected)


def _without_shared(slices: dict[str, Slice]) -> dict[str, Slice]:
    """Refuse what two blanks claim."""
    for left, right in pairwise(sorted(slices.values(), key=lambda item: (item.start, item.end))):
        if right.start < left.end or (right.start, right.end) == (left.start, left.end):
            for item in (left, right):
                slices[item.key] = replace(item, how=How.REFUSED)
    return slices
