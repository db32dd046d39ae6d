"""Reads the blanks of statements back out of a text that a person typed: never a wrong value, rather none.

The text is folded to its letters and digits, each of which knows where it stood; what stands in a blank is then the
original text between two literals. A cascade reads it: first whole statements, to the letter; then, in what is left
over, clause by clause, by similarity. What is in doubt is refused and quoted: a value beside its brackets, words of
another clause, a context that fits a sibling about as well, two different answers.
"""

from bisect import bisect_left
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
    read: dict[str, list[_Find]] = {}
    masked = page.text
    repeats: list[tuple[int, _Clause]] = []
    for clauses in plan.statements:
        for chain, start, end in _chains(page, plan, clauses):
            for clause, find in zip(clauses, chain, strict=True):
                read.setdefault(clause.key, []).append(find)
            masked = masked[:start] + _CLAIMED + " " * (end - start - 1) + masked[end:]
            repeats.append((start, clauses[-1]))
    slices = {key: _decide(text, page, plan.clauses[key], finds) for key, finds in read.items()}
    for clause, finds in _align(page, _fold(masked), plan, read, repeats):
        if finds:
            aligned = [replace(find, how=How.ALIGNED) if find.how is How.STRICT else find for find in finds]
            slices[clause.key] = _decide(text, page, clause, read.get(clause.key, []) + aligned)
    return _without_shared(slices)


# The text, folded ------------------------------------------------------------------------------------------------

_OPEN: Final = "（([［【〔"
_CLOSE: Final = "）)]］】〕"
_SPACES: Final = " 　\t\r\n\xa0\u200b\ufeff\x0b"
_SEPARATORS: Final = "，,、；;：:。"
_STOPS: Final = "，,、；;。\n"
_QUOTES: Final = "“”\"‘’'＂「」『』《》"
_NUMERALS: Final = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
_CLAIMED: Final = "\ue000"
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
        start = self.at[b - 1] + 1 if b else 0
        return self.text[start : _first(self.text, _STOPS, start)]


def _fold(text: str) -> _Page:
    letters, at = [], []
    for index, char in enumerate(text):
        # One to one: NFKC would turn 10² into 102.
        folded = chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
        if folded.isalnum() or folded == _CLAIMED:
            letters.append(folded.lower() if folded.isascii() else folded)
            at.append(index)
    return _Page(text, "".join(letters), at)


def _letters(text: str) -> str:
    return _fold(text).letters


def _first(text: str, chars: str, start: int) -> int:
    """Where the first of `chars` stands, else the text's end."""
    return next((index for index in range(start, len(text)) if text[index] in chars), len(text))


def _occurrences(text: str, needle: str, start: int = 0) -> Iterator[int]:
    place = text.find(needle, start) if needle else -1
    while place >= 0:
        yield place
        place = text.find(needle, place + 1)


def _numeric(char: str) -> bool:
    # 参 and 家 are numerals to Unicode.
    return char in _NUMERALS or (char.isnumeric() and not "一" <= char <= "鿿")


def _closing(text: str, start: int, end: int) -> int:
    """Where the bracket that opens at `start` closes, else -1."""
    depth = 0
    for index in range(start, end):
        depth += (text[index] in _OPEN) - (text[index] in _CLOSE)
        if depth == 0:
            return index
    return -1


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth < 0:
            return False
    return depth == 0


def _without(text: str, set_aside: Iterable[str], plan: "_Plan") -> str:
    """The text with line breaks in place of what does not belong to the statements, the longest first."""
    for letters in sorted({_letters(other) for other in set_aside} - {""}, key=len, reverse=True):
        page = _fold(text)
        for place in _occurrences(page.letters, letters):
            behind = place + len(letters)
            around = (page.letters[place - 1 : place], page.letters[behind : behind + 1])
            # An item's name may also stand inside a statement; there it stays.
            if not any(before == around[0] or after == around[1] for before, after in plan.neighbours(letters)):
                start, end = page.at[place], page.at[behind - 1] + 1
                text = text[:start] + "\n" * (end - start) + text[end:]
    return text


# The statements, folded ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Clause:
    """One blank and the words around it, folded.

    Attributes:
        before, after: The whole literals around the blank.
        words, unit: The parts of them that belong to this blank alone.
        counted: Whether the blank stands in brackets; a number is expected in it.
        telling: Whether the words alone tell the blank from all others.
        peers: Words that cannot stand in the blank.
        units: Of the blanks that may take this one's place when something between them was deleted.
    """

    blank: Blank
    before: str
    after: str
    words: str
    unit: str
    counted: bool
    telling: bool
    peers: tuple[str, ...]
    units: frozenset[str]
    edges: tuple[str, str]
    expected: str

    @property
    def key(self) -> str:
        return self.blank.key


@dataclass(frozen=True, slots=True)
class _Plan:
    """The statements to look for, and the runs of four letters that occur in their words."""

    statements: tuple[tuple[_Clause, ...], ...]
    clauses: dict[str, _Clause]
    grams: frozenset[str]

    def neighbours(self, letters: str) -> Iterator[tuple[str | None, str | None]]:
        """The letters before and behind each place where `letters` stands inside a statement."""
        for clause in self.clauses.values():
            for literal in {clause.before, clause.after}:
                for place in _occurrences(literal, letters):
                    end = place + len(letters)
                    yield literal[place - 1 : place] or None, literal[end : end + 1] or None

    def tells(self, letters: str) -> bool:
        """Whether words of a clause that tell it from all others stand in `letters`."""
        return any(clause.telling and clause.words[-4:] in letters for clause in self.clauses.values())

    def occurrences(self, letters: str) -> int:
        literals = {c.before for c in self.clauses.values()} | {c.after for c in self.clauses.values()}
        return sum(literal.count(letters) for literal in literals)

    def is_foreign(self, clause: _Clause, letters: str) -> bool:
        """Whether `letters`, found in the blank, are words of the form rather than a value."""
        if _CLAIMED in letters or any(word in letters for word in clause.peers):
            return True
        free = not clause.counted and not clause.blank.boxed
        return not free and any(letters[index : index + 4] in self.grams for index in range(len(letters) - 3))


@lru_cache(maxsize=32)
def _plan(statements: tuple[Statement, ...]) -> _Plan:
    blanks = [blank for statement in statements for blank in statement.blanks]
    words = [_letters(blank.words) for blank in blanks]
    units = [_letters(blank.unit) for blank in blanks]
    literals = {_letters(literal) for statement in statements for literal in statement.literals}
    grams = frozenset(text[index : index + 4] for text in literals for index in range(len(text) - 3))
    planned = []
    first = 0
    for statement in statements:
        last = first + len(statement.blanks)
        own = {word for word in words[first:last] if len(word) > 1}
        clauses = []
        for index, blank in enumerate(statement.blanks):
            before, after = statement.literals[index : index + 2]
            word, unit = words[first + index], units[first + index]
            counted = before.rstrip(_SPACES)[-1:] in _OPEN and after.lstrip(_SPACES)[:1] in _CLOSE
            ending = sum(other.endswith(word) for other in words)
            clauses.append(
                _Clause(
                    blank=blank,
                    before=_letters(before),
                    after=_letters(after),
                    words=word,
                    unit=unit,
                    counted=counted,
                    telling=(len(word) > 3 and ending == 1) or (index == 0 and unit != "" and units.count(unit) == 1),
                    peers=tuple(own | ({other for other in words if len(other) > 3} if not counted else set())),
                    units=frozenset(units[first : last + 1]) - {unit},
                    edges=_edges(before, after, counted or blank.boxed),
                    expected=f"{blank.words}{f'（{blank.show(None)}）' if counted else blank.show(None)}{blank.unit}",
                )
            )
        first = last
        # Blanks with no letter between them cannot be told apart.
        if all(clause.after for clause in clauses[:-1]):
            planned.append(tuple(clauses))
    return _Plan(tuple(planned), {clause.key: clause for clauses in planned for clause in clauses}, grams)


def _edges(before: str, after: str, is_figure: bool) -> tuple[str, str]:
    """What may stand between the words and what was typed, in front and behind."""
    if is_figure:
        return (_SPACES + _SEPARATORS + _QUOTES + "_",) * 2
    closers = _CLOSE if any(char in _CLOSE for char in before[-3:]) else ""
    return _SPACES + "：:" + closers, _SPACES + "，,；;" + "".join(char for char in after[:2] if char in _QUOTES)


# What stands in one blank ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Find:
    """A place that is thought to be a blank's; letters `a` to `b` are in it, and `text` is what was typed."""

    start: int
    end: int
    a: int
    b: int
    how: How

    def unless(self, doubtful: bool) -> "_Find":
        return replace(self, how=How.REFUSED) if doubtful else self


def _cut(page: _Page, plan: _Plan, clause: _Clause, a: int, b: int) -> _Find | None:
    """What stands between two literals, or None where it is foreign to the blank; letter `b` begins the second."""
    if plan.is_foreign(clause, page.letters[a:b]):
        return None
    start, end = page.between(a, b)
    return _trim(page, clause, start, end, a, b)


def _trim(page: _Page, clause: _Clause, start: int, end: int, a: int, b: int) -> _Find:
    """Strip what does not belong to the value; not sure where a bracket is lost or something stands beside it."""
    text = page.text
    start, end = _strip(text, start, end, *clause.edges)
    how = How.STRICT
    if not _balanced(text[start:end]):
        # （5次）参与: the unit went into the brackets.
        close = _first(text, _OPEN + _CLOSE + _STOPS, end)
        fits = clause.unit.startswith(_letters(text[end:close])) and _balanced(text[start : close + 1])
        end, how = (close + 1, how) if fits else (end, How.REFUSED)
    if how is How.STRICT and clause.counted:
        start, end, how = _figure(page, clause, start, end)
    elif (clause.blank.boxed and set(_letters(text[start:end])) - set("".join(clause.blank.options))) or (
        clause.blank.boxed and set(text[start:end]) & set("；;。")
    ):
        how = How.REFUSED
    if how is not How.REFUSED and text[start:end] and text[start] in _OPEN and _closing(text, start, end) == end - 1:
        start, end = _strip(text, start + 1, end - 1, _SPACES, _SPACES)
    if "__" in (text[start : start + 2], text[end - 2 : end]) or text[start:end] == "_":
        start, end = _strip(text, start, end, _SPACES + "_", _SPACES + "_")
    return _Find(start, end, a, b, how)


def _figure(page: _Page, clause: _Clause, start: int, end: int) -> tuple[int, int, How]:
    """Tell a number in its brackets, or without any, from one that stands beside them."""
    text = page.text
    groups = _groups(page, start, end)
    if not groups or "__" in text[start:end]:
        plain = _is_plain(_letters(text[start:end])) and "__" not in text[start:end]
        return start, end, How.STRICT if plain else How.REFUSED
    group, close = groups[0], groups[0].close + 1
    front, inside, behind = text[start : group.open], group.inside(text), text[close:end].strip(clause.edges[1])
    if len(groups) == 1 and not front and (not behind or _letters(behind) == clause.unit):
        return group.open, close, How.STRICT
    typed, remark = _letters(front), _letters(inside)
    if len(groups) == 1 and not behind and typed and _is_value(typed) and _is_remark(remark):
        return start, end, How.STRICT  # 5场（含线上2场）
    around = front + behind
    stray = len(around) < 3 and around.isalnum() and not any(_numeric(c) or c in _AFFIXES for c in _letters(around))
    if len(groups) == 1 and stray and around not in _NOTHING and _letters(inside):
        return group.open, close, How.ALIGNED  # 参与了（5）人次
    return start, end, How.REFUSED


def _strip(text: str, start: int, end: int, left: str, right: str) -> tuple[int, int]:
    while start < end and text[start] in left:
        start += 1
    while start < end and text[end - 1] in right:
        end -= 1
    return start, end


def _is_value(letters: str) -> bool:
    return letters == "" or (any(map(_numeric, letters)) and all(_numeric(c) or c in _AFFIXES for c in letters))


def _is_plain(letters: str) -> bool:
    """Whether there is a number, or none, without further words."""
    return _is_value(letters) or letters in _NOTHING


def _is_remark(letters: str) -> bool:
    return not (letters == "" or _numeric(letters[0]) or letters.startswith(tuple(_NOTHING)) or _is_value(letters))


def _is_slot(inside: str) -> bool:
    """Whether the inside of a pair of brackets is what a blank holds, rather than a remark."""
    return all(map(_numeric, _letters(inside)))


def _number_behind(page: _Page, plan: _Plan, clause: _Clause, b: int, unit: int, is_blank: bool) -> bool:
    """Whether a number stands behind the unit, which ends before letter `b`, as in `（）次5` or `（5）次（6）`."""
    ahead = page.ahead(b).lstrip(_SPACES + _QUOTES + "".join(_CLOSE))
    letters = _letters(ahead)
    if is_blank and ahead and not (ahead[0].isalnum() or ahead[0] in _OPEN):
        return True
    if ahead[:1] and ahead[0] in _OPEN:
        close = _closing(ahead, 0, len(ahead))
        inside = _letters(ahead[1 : close if close > 0 else len(ahead)])
        rest = _letters(ahead[close + 1 :]) if close > 0 else ""
        return _is_slot(inside) or any(map(_numeric, letters if is_blank else rest[:1]))
    if page.letters.startswith(clause.after[: unit + 2], b - unit) and len(clause.after) > unit + 1:
        return False
    if any(page.letters.startswith(clauses[0].before, b) for clauses in plan.statements if clauses[0].before):
        return False
    if is_blank and letters.startswith(tuple(_NOTHING)):
        return True
    return any(map(_numeric, letters[:8] if is_blank else letters[:1]))


# First: whole statements, to the letter --------------------------------------------------------------------------


def _chains(page: _Page, plan: _Plan, clauses: tuple[_Clause, ...]) -> Iterator[tuple[list[_Find], int, int]]:
    """Every place where all literals of a statement stand in order: its blanks, and where it begins and ends."""
    literal = clauses[0].before
    done = 0
    for place in _occurrences(page.letters, literal) if literal else [0]:
        chain = _chain(page, plan, clauses, place + len(literal)) if place >= done else None
        if chain:
            done = chain[-1].b + len(clauses[-1].after)
            start = page.at[place] if page.at else 0
            end = max(page.at[done - 1] + 1 if done else 0, chain[-1].end)
            yield chain, start, end


def _chain(page: _Page, plan: _Plan, clauses: tuple[_Clause, ...], a: int) -> list[_Find] | None:
    chain: list[_Find] = []
    for clause in clauses:
        find = _next_blank(page, plan, clause, a)
        if find is None:
            return None
        chain.append(find)
        a = find.b + len(clause.after)
    for index, (clause, find) in enumerate(zip(clauses, chain, strict=True)):
        is_blank, is_last = find.start == find.end, index + 1 == len(clauses)
        sizes = {size for size, here in ((len(clause.unit), is_blank), (len(clause.after), is_last)) if here}
        for size in sizes if clause.counted else ():
            chain[index] = chain[index].unless(_number_behind(page, plan, clause, find.b + size, size, is_blank))
    return chain


def _next_blank(page: _Page, plan: _Plan, clause: _Clause, a: int) -> _Find | None:
    """The blank from letter `a` on; what was typed may itself contain the literal behind it, as in `（5人次）人次`."""
    if not clause.after:
        start, _ = page.between(a, a)
        end = _open_end(page, plan, clause, start)
        b = bisect_left(page.at, end)
        return None if plan.is_foreign(clause, page.letters[a:b]) else _trim(page, clause, start, end, a, b)
    doubtful = None
    for b in _occurrences(page.letters, clause.after, a):
        find = _cut(page, plan, clause, a, b)
        if find is None:
            break
        if find.how is not How.REFUSED:
            return find
        doubtful = doubtful or find
    return doubtful


def _open_end(page: _Page, plan: _Plan, clause: _Clause, start: int) -> int:
    """Where a blank with no words behind it ends: with its brackets or its line, or where another statement begins."""
    text = page.text
    spaces = _SPACES.replace("\n", "") if text[start : start + 4].strip(_SPACES)[:1] in ("：", ":") else _SPACES
    begin, _ = _strip(text, start, len(text), spaces + "：:", "")
    if clause.counted and text[begin : begin + 1] in tuple(_OPEN):
        return _closing(text, begin, len(text)) + 1 or len(text)
    end = _first(text, "\n" + _CLAIMED, begin)
    a = bisect_left(page.at, start)
    for clauses in plan.statements:
        for place in map(page.at.__getitem__, _occurrences(page.letters, clauses[0].before, a)):
            if place < end and (place == 0 or not text[place - 1].isalnum()):
                end = place
    return end


# Then: clause by clause, by similarity ---------------------------------------------------------------------------

_AFFIXES: Final = frozenset("约近共超过达大概逾余多来个名人次场家条项篇份左右上下以")
_NOTHING: Final = frozenset(("无", "没有", "暂无", "未开展", "空"))


@dataclass(frozen=True, slots=True)
class _Group:
    """A pair of brackets, from letter `a` to `b`; one that is never closed has no `close`."""

    open: int
    close: int
    a: int
    b: int

    def inside(self, text: str) -> str:
        return text[self.open + 1 : self.close]


def _groups(page: _Page, start: int = 0, end: int | None = None) -> list[_Group]:
    """The outermost pairs of brackets, and those that lack their partner (they end with their clause)."""
    text, opened = page.text, list[int]()
    pairs: list[tuple[int, int]] = []
    for index in range(start, len(text) if end is None else end):
        if text[index] in _OPEN:
            opened.append(index)
        elif text[index] in _CLOSE and opened:
            begin = opened.pop()
            pairs = [pair for pair in pairs if pair[0] < begin]
            pairs.append((begin, index))
    pairs += [(begin, -1) for begin in opened]
    groups = []
    for begin, close in sorted(pairs):
        a = bisect_left(page.at, begin)
        until = close if close >= 0 else _first(text, _STOPS + _OPEN + _CLOSE, begin + 1)
        groups.append(_Group(begin, close, a, bisect_left(page.at, until)))
    return groups


def _align(  # noqa: D417
    page0: _Page, page: _Page, plan: _Plan, read: dict[str, list[_Find]], repeats: Iterable[tuple[int, _Clause]]
) -> Iterator[tuple[_Clause, list[_Find]]]:
    """All places for each blank in what the statements read to the letter left over.

    Args:
        page: The text, with a mark in place of each statement that was read.
        plan: All statements, also those that were read: said again, in other words, they contradict what was read.
        repeats: Where such marks stand, and the last clause of each.
    """
    groups = _groups(page)
    for clauses in plan.statements:
        previous: list[_Find] = []
        for clause in clauses:
            finds: list[_Find] = []
            if clause.telling:
                finds += _by_words(page, plan, clause, groups)
            for find in previous:
                if find.how is How.STRICT and find in read.get(clauses[max(0, clauses.index(clause) - 1)].key, []):
                    continue
                finds += _behind(page, plan, clause, groups, find, clause.before)
            for find in tuple(finds):
                finds += _behind(page, plan, clause, groups, find, clause.unit + clause.words, again=True)
            for start, last in repeats:
                if last is clause:
                    mark = bisect_left(page.at, start) + 1
                    whole = _Find(start, start + 1, mark - 1, mark, How.STRICT)
                    finds += _behind(page, plan, clause, groups, whole, clause.words, again=True)
            places = {find.start for find in previous}
            strict = read.get(clause.key, [])
            previous = finds + strict
            if not clause.telling and len(places) > max(1, len({find.start for find in previous})):
                finds = [find.unless(True) for find in previous]
            unique = len(clause.after) > 3 and plan.occurrences(clause.after) == 1
            if unique and page0.letters.count(clause.after) > max(1, len({find.start for find in previous})):
                finds = [find.unless(True) for find in previous]
            yield clause, finds


def _by_words(page: _Page, plan: _Plan, clause: _Clause, groups: list[_Group]) -> Iterator[_Find]:
    """Places with words before them that fit the clause."""
    if not clause.counted:
        yield from _uncounted(page, plan, clause)
        return
    for index, group in enumerate(groups):
        floor = 0
        if index and _is_slot(groups[index - 1].inside(page.text)):
            floor = groups[index - 1].b
        distance = _distance(clause.words, page.letters, floor, group.a)
        if distance is not None and not _has_rival(page, plan, clause, floor, group.a, distance - 3):
            yield _in_brackets(page, plan, clause, group, distance, floor)
    for place in _occurrences(page.letters, clause.words[-2:]):
        a = place + 2
        distance = _distance(clause.words, page.letters, 0, a)
        if distance is not None and not _has_rival(page, plan, clause, 0, a, distance - 3):
            find = _bare(page, plan, clause, a)
            if find:
                yield find.unless(_has_rival(page, plan, clause, 0, a, distance))


def _behind(
    page: _Page, plan: _Plan, clause: _Clause, groups: list[_Group], previous: _Find, literal: str, again: bool = False
) -> Iterator[_Find]:
    """The place right behind the previous one, with the literal between the two."""
    if not clause.counted or not literal:
        return
    b, is_blank = previous.b, previous.start == previous.end
    upcoming = [group for group in groups if group.open >= previous.end][:2]
    for index, group in enumerate(upcoming):
        gap = page.letters[b : group.a]
        if index:
            remark = upcoming[0]
            inside = _letters(remark.inside(page.text))
            if _is_value(inside) or (any(map(_numeric, inside)) and is_blank):
                break
            gap = page.letters[b : remark.a] + page.letters[remark.b : group.a]
        distance = _osa(literal, gap, max(1, _tolerance(len(literal))))
        if again and gap.endswith(clause.words) and not plan.tells(gap):
            distance = 0
        if distance is not None:
            if not _has_rival(page, plan, clause, b, group.a, distance - 3):
                exact = page.letters.startswith(clause.unit, group.b)
                find = _in_brackets(page, plan, clause, group, distance, b)
                yield find.unless(distance > 0 and not exact)
            return
    if page.letters.startswith(literal, b):
        find_bare = _bare(page, plan, clause, b + len(literal))
        if find_bare:
            yield find_bare


def _in_brackets(page: _Page, plan: _Plan, clause: _Clause, group: _Group, distance: int, floor: int) -> _Find:
    start, end = _strip(page.text, group.open + 1, group.close if group.close >= 0 else 0, _SPACES, _SPACES)
    if group.close < 0:
        start, end = page.between(group.a, group.b)
        return _Find(*_strip(page.text, start, end, *clause.edges), group.a, group.b, How.REFUSED)
    find = _Find(start, end, group.a, group.b, How.ALIGNED)
    typed, words = page.letters[group.a : group.b], page.letters[: group.a]
    value = "".join(takewhile(lambda c: _numeric(c) or c in _AFFIXES, typed))
    doubtful = (
        _has_rival(page, plan, clause, floor, group.a, distance)
        or not _touching(page, clause, group)
        or any(_numeric(c) and c not in clause.words[-4:] for c in page.letters[max(floor, group.a - 3) : group.a])
        or plan.is_foreign(clause, page.letters[group.a : group.b])
        or not _unit_fits(page, plan, clause, group.b, start == end)
        or not (_is_plain(typed) or (_is_value(value) and value))
        or (start == end and not words.endswith(clause.words[-2:]))
        or (words.endswith(clause.unit) and not clause.words.endswith(clause.unit) and clause.unit != "")
    )
    return find.unless(doubtful)


def _touching(page: _Page, clause: _Clause, group: _Group) -> bool:
    """Whether nothing, such as `/`, stands between the brackets and the words around them."""
    front = page.text[page.between(group.a, group.a)[0] : group.open]
    behind = page.text[group.close + 1 : page.between(group.b, group.b)[1]]
    # A remark may follow, as in （5）（其中线上2场）次; not another blank, as in （）（/）次.
    return not front.strip(clause.edges[0]) and behind.strip(clause.edges[1]) in ("", *_OPEN)


def _unit_fits(page: _Page, plan: _Plan, clause: _Clause, b: int, is_blank: bool) -> bool:
    """Whether what stands behind the brackets, from letter `b` on, does not speak against the clause."""
    letters, size = page.letters, len(clause.unit)
    if letters.startswith(clause.unit, b):
        return not _number_behind(page, plan, clause, b + size, size, is_blank)
    ahead = page.text[page.between(b, b)[0] :].lstrip(_SPACES + "".join(_CLOSE))
    typed = _letters(ahead[: _first(ahead, _STOPS + _OPEN, 0)])
    if _number_behind(page, plan, clause, b, 0, is_blank) or any(map(_numeric, typed[:size])):
        return False
    if not typed or typed.startswith(clause.after[size : size + 2] or _CLAIMED):
        return True
    if is_blank:
        return False
    if _osa(clause.unit, typed, _tolerance(size)) is not None or _osa(clause.after, typed, 1) is not None:
        return True
    return len(typed) < 4 and typed not in clause.units


def _bare(page: _Page, plan: _Plan, clause: _Clause, a: int) -> _Find | None:
    """What stands from letter `a` on without brackets: only between words and a unit that are there to the letter."""
    letters, size = page.letters, len(clause.unit)
    start, _ = page.between(a, a)
    begin, _ = _strip(page.text, start, len(page.text), clause.edges[0], "")
    if page.text[begin : begin + 1] in tuple(_OPEN) or not size:
        return None
    b = letters.find(clause.unit, a, a + 12 + size)
    value = letters[a:b] if b >= 0 else letters[a : a + 1]
    has_number = any(map(_numeric, value))
    if plan.is_foreign(clause, value):
        return None
    if b < 0 or not (has_number or value in _NOTHING or value == ""):
        return _Find(begin, begin + 1, a, a + 1, How.REFUSED) if has_number else None
    find = _trim(page, clause, *page.between(a, b), a, b)
    ahead = page.ahead(b + size).strip(_SPACES)
    doubtful = (
        any(stop in page.text[find.start : find.end] for stop in "；;。")
        or _number_behind(page, plan, clause, b + size, size, value == "")
        or ahead[:1] in tuple(_OPEN)
    )
    unclear = value == "" and find.start == find.end and ahead != ""
    return find.unless(doubtful or (unclear and not letters.startswith(clause.after[: size + 2], b)))


def _uncounted(page: _Page, plan: _Plan, clause: _Clause) -> Iterator[_Find]:
    """Boxes behind words that fit; a free text only between two labels that are there to the letter."""
    letters = page.letters
    options = "".join(clause.blank.options)
    for place in _occurrences(letters, clause.words[-2:] if clause.blank.boxed else clause.words):
        a = place + (2 if clause.blank.boxed else len(clause.words))
        if not clause.blank.boxed:
            find = _next_blank(page, plan, clause, a)
            if find and not page.text[page.at[place] - 1 : page.at[place]].isalnum():
                yield find
            continue
        distance = _distance(clause.words, letters, 0, a)
        if distance is None:
            continue
        b = a
        while b < len(letters) and letters[b] in options:
            b += 1
        find = _trim(page, clause, *page.between(a, b), a, b)
        ended = b == len(letters) or letters.startswith(clause.after[:2], b) or find.end < page.between(a, b)[1]
        yield find.unless(not ended or _has_rival(page, plan, clause, 0, a, distance))


# Similarity ------------------------------------------------------------------------------------------------------


def _tolerance(size: int) -> int:
    """How many letters of so many may be wrong."""
    return 0 if size < 3 else 1 if size < 8 else size // 4


def _osa(expected: str, typed: str, cutoff: int) -> int | None:
    """The number of wrong letters (swapped neighbours are one), None above the cutoff."""
    from rapidfuzz.distance import OSA  # 20 ms, which a text without mistakes need not pay

    distance = OSA.distance(expected, typed, score_cutoff=cutoff)
    return distance if distance <= cutoff else None


def _distance(words: str, letters: str, floor: int, a: int, slack: int = 0) -> int | None:
    """How far the letters right before `a` are from the words, None where it is too far; the end counts most."""
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


def _has_rival(page: _Page, plan: _Plan, clause: _Clause, floor: int, a: int, distance: int) -> bool:
    """Whether the words before letter `a` fit another clause about as well: 省级 is not 国家级."""
    for other in plan.clauses.values():
        if other is not clause and other.telling:
            rival = _distance(other.words, page.letters, floor, a, slack=2)
            if rival is not None and rival < distance + 2:
                return True
    return False


# The verdict -----------------------------------------------------------------------------------------------------


def _decide(text: str, page: _Page, clause: _Clause, finds: list[_Find]) -> Slice:
    """One slice from all places that were found for a blank: refused where one is in doubt or two contradict."""
    find = next((find for find in finds if find.how is How.REFUSED), finds[0])
    typed = {text[other.start : other.end] for other in finds}
    # What was set aside must not have stood in a blank.
    whole = text[find.start : find.end] == page.text[find.start : find.end]
    how = find.how if len(typed) == 1 and whole else How.REFUSED
    context = " ".join(text[max(0, find.start - 16) : find.end + 10].split())
    return Slice(clause.key, text[find.start : find.end], find.start, find.end, how, context, clause.expected)


def _without_shared(slices: dict[str, Slice]) -> dict[str, Slice]:
    """Refuse what two blanks claim."""
    ordered = sorted(slices.values(), key=lambda item: (item.start, item.end))
    for left, right in pairwise(ordered):
        if right.start < left.end or (right.start, right.end) == (left.start, left.end):
            for item in (left, right):
                slices[item.key] = replace(item, how=How.REFUSED)
    return slices
