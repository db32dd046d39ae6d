"""Reads the blanks of statements back out of a text that a person typed: never a wrong value, rather none.

The text is folded to its letters and digits, each of which knows where it stood; what stands in a blank is then the
original text between two literals. A cascade reads it: first whole statements, to the letter; then, in what is left
over, clause by clause, by similarity. What is in doubt is refused and quoted: a value beside its brackets, words of
another clause, a context that fits a sibling about as well, two different answers.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from anquanyue.campaign.statement import Statement
from anquanyue.reading.statement.aligned import align
from anquanyue.reading.statement.clauses import Clause, plan_of, without_set_aside
from anquanyue.reading.statement.page import MARK, Page, fold_page, groups_of
from anquanyue.reading.statement.places import How, Place
from anquanyue.reading.statement.strict import chains

__all__ = ["How", "Slice", "read_statements"]


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
    plan = plan_of(tuple(statements))
    page = fold_page(without_set_aside(text, set_aside, plan))
    places: dict[str, list[Place]] = defaultdict(list)
    marks: dict[str, list[int]] = defaultdict(list)
    left_over = page.text
    for clauses in plan:
        for chain, start, end in chains(page, clauses):
            for clause, place in zip(clauses, chain, strict=True):
                places[clause.key].append(place)
            left_over = left_over[:start] + MARK + " " * (end - start - 1) + left_over[end:]
            marks[clauses[-1].key].append(start)
    rest = fold_page(left_over)
    groups = groups_of(rest.text, 0, len(rest.text))
    slices: dict[str, Slice] = {}
    for clauses in plan:
        align(rest, clauses, groups, places, marks)
        found = [clause for clause in clauses if places[clause.key]]
        slices |= {clause.key: _decide(text, page, clause, places[clause.key]) for clause in found}
    return _without_shared(slices)


def _decide(text: str, page: Page, clause: Clause, places: list[Place]) -> Slice:
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
