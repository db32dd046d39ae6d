"""What stands behind a blank, up to the end of its sentence: a remark, a hedge, or what makes it another figure."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from anquanyue.reading.folding import narrow
from anquanyue.reading.statement.clauses import Clause
from anquanyue.reading.statement.page import CLOSE, MARK, OPEN, QUOTES, SPACES, Page, fold_page, groups_of, strip
from anquanyue.reading.statement.places import How, Place
from anquanyue.reading.wordings import correction, denial

_ENDS: Final = (*"；;。\t", MARK)
_HEDGE = re.compile(r"余|多(?![种样次元个])|左右|上下|以上|以下|以内|不到")
_ABOUT = re.compile(r"[（(]\s*(?:约|大约|大概|估[计算]?|预估)[数值]?\s*[）)]")
_NO_FIGURES = re.compile(
    r"(?:https?|www)[!-~]+|附[件表图]?\s*[0-9一二三四五六]+|[0-9]+(?=[年月日号时]|周年)|第[0-9一二三四五六七八九十]+"
)
_NUMBER = re.compile(r"[0-9]|[一二两三四五六七八九十百千万亿]+[余多]?(?:人次|人|名|次|场|家|条|项|个|篇)|[%‰×+]")
_DOUBT = re.compile(r"另(?![附见])|不[含计]|不包[括含]|未[含计]|除外|累计|估[计算]|重复|扣除|加上|其余")
_PART = re.compile(r"[(,\s]*(?:其中|内?含|包括|包含)")
_ENUMERATOR = re.compile(r"[\s(]*[0-9一二三四五六七八九十]{1,2}[\s).、]*[“”\"‘’《「]*$")
_GRAM: Final = 4


def with_tail(page: Page, clause: Clause, place: Place, is_last: bool) -> Place:
    """The place, together with a hedge behind the unit, as in `（110）人次左右`.

    Refused where something behind the unit makes the figure another one, as in `（110）人次，另有9人次`.

    Args:
        page: The text.
        clause: The clause that is read.
        place: What stands in its blank.
        is_last: Whether no other blank of the statement follows.
    """
    if place.how is How.REFUSED or not clause.counted:
        return place
    start, end = _outside(page.text, place)
    tail = fold_page(page.text[end : _end_of_sentence(page.text, end)])
    used = next((len(each) for each in (clause.after, clause.unit) if tail.letters.startswith(each)), 0)
    if used == len(clause.after) and not is_last:
        return place  # The next blank follows.
    begin = tail.at[used - 1] + 1 if used else 0
    behind = narrow("".join(_remark(tail.text[begin:], clause)))
    behind_unit = behind.lstrip(SPACES + "".join(CLOSE) + QUOTES)
    hedge = _HEDGE.match(behind_unit) or _ABOUT.match(behind_unit)
    rest = behind_unit[hedge.end() :] if hedge else behind_unit
    if _is_doubtful(rest, "" if hedge else page.text[place.start : place.end]) or (hedge and place.is_blank):
        # It is quoted together with what makes it doubtful.
        return Place(place.start, end + begin + len(behind), place.b, How.REFUSED)
    if not hedge:
        return place
    end += begin + len(behind) - len(rest)
    return replace(place, start=start, end=end, b=bisect_left(page.at, end), hedged=True)


def is_denied(page: Page, clause: Clause, a: int) -> bool:
    """Whether the words before letter `a` say that it was planned, or did not take place: 计划开展应急演练活动."""
    if not a:
        return False
    begin = max(0, a - len(clause.words))
    front = page.text[page.at[max(0, begin - _GRAM)] : page.at[begin]]
    front = re.split(r"[，,、；;。\n\t（）()\ue000]", front)[-1]
    return denial(fold_page(front).letters + page.letters[begin:a], clause.words) != ""


def _outside(text: str, place: Place) -> tuple[int, int]:
    """The bounds of a blank with the brackets around it."""
    start, end = place.start, place.end
    while start and text[start - 1] in (*SPACES, *OPEN):
        start -= 1
    while end < len(text) and text[end] in (*SPACES.replace("\n", "").replace("\t", ""), *CLOSE):
        end += 1
    return strip(text, start, end, SPACES, "")


def _end_of_sentence(text: str, start: int) -> int:
    for index in range(start, len(text)):
        char, following = text[index], text[index + 1 :].lstrip(SPACES)[:1]
        if char in _ENDS or (char == "\n" and following not in ("，", ",", "、")):
            return index
        if char in ".．" and not text[index + 1 : index + 2].isalnum():
            return index
    return len(text)


def _remark(text: str, clause: Clause) -> Iterator[str]:
    """The pieces of a sentence up to the next words of the form, or to what looks like the next clause."""
    page = fold_page(text)
    begun = (i for i in range(len(page.letters)) if page.letters[i : i + _GRAM] in clause.grams)
    words = (page.letters.find(word) for word in clause.openings)
    cut = min((place for place in (next(begun, -1), *words) if place >= 0), default=None)
    if cut is not None:
        # What numbers the next statement belongs to that.
        text = _ENUMERATOR.sub("", text[: page.at[cut]])
    groups = groups_of(text, 0, len(text))
    ends = [i for i, char in enumerate(text) if char in "，,、" and not any(g.open < i < g.close for g in groups)]
    for number, (start, end) in enumerate(zip((0, *ends), (*ends, len(text)), strict=True)):
        piece = text[start:end]
        is_clause = any(start <= group.open < end and group.is_slot(text) for group in groups)
        if number and is_clause and not (_DOUBT.search(piece) or correction(piece)):
            return
        yield piece


def _speaks_of_another(text: str) -> bool:
    return bool(_DOUBT.search(text) or correction(text) or denial(text))


def _is_doubtful(remark: str, value: str) -> bool:
    """Whether what stands behind a figure may make it another one; `value` is that figure."""
    plain = _NO_FIGURES.sub("", remark)
    if _speaks_of_another(plain):
        return True
    if _PART.match(plain) and (figure := narrow(value).replace(",", "").strip()).isdecimal():
        return any(int(part) > int(figure) for part in re.findall("[0-9]+", plain))
    return _NUMBER.search(plain) is not None
