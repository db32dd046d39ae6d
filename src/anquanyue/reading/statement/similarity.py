"""How far typed words are from a clause, and from all others."""

from anquanyue.reading.statement.clauses import Clause
from anquanyue.reading.statement.page import Page


def tolerance(size: int) -> int:
    """How many letters of so many may be wrong."""
    return 0 if size < 3 else 1 if size < 8 else size // 4


def osa(expected: str, typed: str, cutoff: int) -> int | None:
    """The number of wrong letters (swapped neighbours are one), None above the cutoff."""
    from rapidfuzz.distance import OSA  # a text without mistakes need not wait for it

    distance = OSA.distance(expected, typed, score_cutoff=cutoff)
    return distance if distance <= cutoff else None


def distance_to(words: str, letters: str, floor: int, a: int, slack: int = 0) -> int | None:
    """How far the letters from `floor` to `a` are from ending in the words; None where too far. The end counts most."""
    tail = letters[max(floor, a - 5) : a]
    if not tail.endswith(words[-2:]):
        if not set(tail[-3:]) & set(words[-3:]):
            return None
        if all(osa(words[-4:], tail[-size:], 1) is None for size in (3, 4, 5)):
            return None
    size = len(words)
    cutoff = (tolerance(size) if size > 3 else 0) + slack
    if osa(words, letters[max(floor, a - size) : a], 2 * cutoff) is None:
        return None
    starts = range(max(floor, a - size - cutoff), min(a, a - size + cutoff) + 1)
    distances = [osa(words, letters[start:a], cutoff) for start in starts]
    return min((distance for distance in distances if distance is not None), default=None)


def distance_to_rival(page: Page, clause: Clause, floor: int, a: int) -> int:
    """How far the letters before `a` are from the nearest other clause: 省级 is not 国家级."""
    distances = [distance_to(words, page.letters, floor, a, slack=2) for words in clause.rivals]
    return min((distance for distance in distances if distance is not None), default=99)
