"""Statements folded to clauses: one blank each, with the words around it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from anquanyue.campaign.statement import Blank, Statement
from anquanyue.reading.statement.page import (
    BOX_LETTERS,
    CLOSE,
    MARK,
    OPEN,
    QUOTES,
    SEPARATORS,
    SPACES,
    fold_page,
    letters_of,
    occurrences,
)


@dataclass(frozen=True, slots=True)
class Clause:
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
        """The key of its blank."""
        return self.blank.key

    @property
    def tickable(self) -> str:
        """The letters that may stand among boxes to tick."""
        return "".join(self.blank.options) + BOX_LETTERS

    def excludes(self, letters: str) -> bool:
        """Whether `letters`, found in the blank, are words of the form rather than a value."""
        if MARK in letters or any(word in letters for word in self.foreign):
            return True
        figure = self.counted or self.blank.boxed
        return figure and any(letters[index : index + 4] in self.grams for index in range(len(letters) - 3))


Plan = tuple[tuple[Clause, ...], ...]


@lru_cache(maxsize=32)
def plan_of(statements: tuple[Statement, ...]) -> Plan:
    """The statements as clauses; without those whose blanks nothing divides."""
    literals = [[letters_of(literal) for literal in statement.literals] for statement in statements]
    blanks = [blank for statement in statements for blank in statement.blanks]
    words, units = [letters_of(blank.words) for blank in blanks], [letters_of(blank.unit) for blank in blanks]
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
            before, after = statement.literals[index].rstrip(SPACES), statement.literals[index + 1].lstrip(SPACES)
            counted = before.endswith(OPEN) and after.startswith(CLOSE)
            others = [word for word, other in zip(words, blanks, strict=True) if len(word) > 3 or not other.unit]
            clauses.append(
                Clause(
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
        return (SPACES + SEPARATORS + QUOTES + "_",) * 2
    closers = "".join(CLOSE) if any(char in CLOSE for char in before[-3:]) else ""
    return SPACES + "：:" + closers, SPACES + "，,；;" + "".join(char for char in after[:2] if char in QUOTES)


def without_set_aside(text: str, set_aside: Iterable[str], plan: Plan) -> str:
    """The text with line breaks in place of what does not belong to the statements, the longest first."""
    for letters in sorted({letters_of(other) for other in set_aside} - {""}, key=len, reverse=True):
        page = fold_page(text)
        for place in occurrences(page.letters, letters):
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


def _around(plan: Plan, letters: str) -> Iterator[tuple[str, str]]:
    """The letters before and behind each place where `letters` stands inside a statement."""
    for literal in {literal for clauses in plan for clause in clauses for literal in (clause.before, clause.after)}:
        for place in occurrences(literal, letters):
            yield literal[max(0, place - 1) : place], literal[place + len(letters) : place + len(letters) + 1]
