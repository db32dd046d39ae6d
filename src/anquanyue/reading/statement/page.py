"""A text folded to its letters and digits, each of which knows where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

OPEN: Final = tuple("（([［【〔")
CLOSE: Final = tuple("）)]］】〕")
SPACES: Final = " 　\t\r\n\x0b\xa0\u200b\ufeff"
SEPARATORS: Final = "，,、；;：:。"
QUOTES: Final = "“”\"‘’'＂「」『』《》"
STOPS: Final = tuple("，,、；;。\n")
_NUMERALS: Final = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
AFFIXES: Final = frozenset("约近共超过达大概逾余多来个名人次场家条项篇份左右上下以")
BOX_LETTERS: Final = "口"
"""What is typed for □ and is a letter; all other boxes and ticks are none."""
STRAY: Final = "./-—"
NOTHING: Final = ("无", "没有", "暂无", "未开展", "空")
MARK: Final = "\ue000"
"""Stands for a statement that was read already."""


@dataclass(frozen=True, slots=True)
class Page:
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
        return self.text[start : first_of(self.text, STOPS, start)]


class _Letters(dict[str, str]):
    """For a character its letter or digit, narrow and in lower case; "" where it is none. Each is found out once."""

    def __missing__(self, char: str) -> str:
        # One to one: NFKC would turn 10² into 102.
        folded = chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
        letter = (folded.lower() if folded.isascii() else folded) if folded.isalnum() or folded == MARK else ""
        if char <= _LAST_KEPT:
            self[char] = letter
        return letter


_LAST_KEPT: Final = "\uffff"
_LETTERS: Final = _Letters()


def fold_page(text: str) -> Page:
    """The text with its letters and digits, narrow and in lower case."""
    letters = [_LETTERS[char] for char in text]
    return Page(text, "".join(letters), [index for index, letter in enumerate(letters) if letter])


def letters_of(text: str) -> str:
    """Only the letters and digits of the text."""
    return fold_page(text).letters


def first_of(text: str, chars: tuple[str, ...], start: int) -> int:
    """Where the first of `chars` stands, else the text's end."""
    return next((index for index in range(start, len(text)) if text[index] in chars), len(text))


def strip(text: str, start: int, end: int, left: str, right: str) -> tuple[int, int]:
    """The bounds of a piece of text without the characters of `left` at its start and of `right` at its end."""
    while start < end and text[start] in left:
        start += 1
    while start < end and text[end - 1] in right:
        end -= 1
    return start, end


def occurrences(text: str, needle: str, start: int = 0) -> Iterator[int]:
    """Where `needle` stands in the text, overlapping ones too; nowhere if it is empty."""
    place = text.find(needle, start) if needle else -1
    while place >= 0:
        yield place
        place = text.find(needle, place + 1)


def is_numeric(char: str) -> bool:
    """Whether a character is part of a number, in digits or in Chinese."""
    # To Unicode, 参 is a numeral.
    return char in _NUMERALS or (char.isnumeric() and not "一" <= char <= "鿿")


def has_number(letters: str) -> bool:
    """Whether there is a digit or numeral among the letters."""
    return any(map(is_numeric, letters))


def is_value(letters: str) -> bool:
    """Whether `letters` are empty or a number and no further words, as in `约300人`."""
    return letters == "" or (has_number(letters) and all(is_numeric(char) or char in AFFIXES for char in letters))


@dataclass(frozen=True, slots=True)
class Group:
    """A pair of brackets; where its partner is lost, it ends with its clause."""

    open: int
    close: int
    whole: bool

    def inside(self, text: str) -> str:
        """The letters between the brackets."""
        return letters_of(text[self.open + 1 : self.close])

    def is_slot(self, text: str) -> bool:
        """Whether it holds what a blank holds, rather than a remark."""
        return self.inside(text) in NOTHING or is_value(self.inside(text))


def groups_of(text: str, start: int, end: int) -> list[Group]:
    """The outermost pairs of brackets, and those that lack their partner."""
    opened: list[int] = []
    groups: list[Group] = []
    for index in range(start, end):
        if text[index] in OPEN:
            opened.append(index)
        elif text[index] in CLOSE and opened:
            begin = opened.pop()
            groups = [*(group for group in groups if group.open < begin), Group(begin, index, whole=True)]
    ends = STOPS + OPEN + CLOSE
    groups += [Group(begin, first_of(text, ends, begin + 1), whole=False) for begin in opened]
    return sorted(groups, key=lambda group: group.open)


def is_balanced(text: str) -> bool:
    """Whether every bracket has its partner."""
    depth = 0
    for char in text:
        depth += (char in OPEN) - (char in CLOSE)
        if depth < 0:
            return False
    return depth == 0
