"""The first step of the cascade: whole statements that stand there to the letter."""

from bisect import bisect_left
from collections.abc import Iterator

from anquanyue.reading.statement.clauses import Clause
from anquanyue.reading.statement.page import (
    CLOSE,
    MARK,
    OPEN,
    SPACES,
    Page,
    first_of,
    groups_of,
    letters_of,
    occurrences,
    strip,
)
from anquanyue.reading.statement.places import How, Place, number_behind, trim
from anquanyue.reading.statement.similarity import osa
from anquanyue.reading.statement.tails import is_denied, with_tail


def chains(page: Page, clauses: tuple[Clause, ...]) -> Iterator[tuple[list[Place], int, int]]:
    """Every piece of text where all literals of a statement stand in order: its blanks, its start and its end."""
    literal = clauses[0].before
    done = 0
    said: int | None = None
    for a in occurrences(page.letters, literal) if literal else (0,):
        chain = _chain(page, clauses, a + len(literal)) if a >= done else None
        if chain:
            if said is not None and not clauses[0].excludes(page.letters[said:a]):
                chain[0] = chain[0].unless(True)  # 姓名 甲 姓名 乙
            chain[0] = chain[0].unless(clauses[0].counted and is_denied(page, clauses[0], a + len(literal)))
            done = chain[-1].b + (0 if chain[-1].hedged else len(clauses[-1].after))
            start, _ = page.between(done, done)
            yield chain, page.at[a] if literal else 0, max(start, chain[-1].end)
        said = a + len(literal) if not chain and is_label(page, a, a + len(literal)) else None


def _chain(page: Page, clauses: tuple[Clause, ...], a: int) -> list[Place] | None:
    chain: list[Place] = []
    for clause in clauses:
        place = up_to_next(page, clause, a)
        if place is None:
            return None
        if clause.counted and chain and chain[-1].how is How.REFUSED:
            # What makes that one doubtful may be a word in front of this one.
            place = place.unless(is_denied(page, clause, a))
        a = place.b + len(clause.after)
        if clause.counted and place.is_blank:
            size = len(clause.unit)
            place = place.unless(number_behind(page, clause, place.b + size, size, is_blank=True))
        if clause.counted and clause is clauses[-1]:
            place = place.unless(number_behind(page, clause, a, len(clause.after), place.is_blank))
            place = with_tail(page, clause, place, is_last=True)
        chain.append(place)
    return chain


def up_to_next(page: Page, clause: Clause, a: int) -> Place | None:
    """The blank from letter `a` on; what was typed may itself contain the literal behind it, as in `（5人次）人次`."""
    if not clause.after:
        start, _ = page.between(a, a)
        end = _open_end(page, clause, start)
        b = bisect_left(page.at, end)
        if clause.excludes(page.letters[a:b]):
            return None
        place = trim(page, clause, start, end, b)
        return place.unless(_has_label(page.text[place.start : place.end], clause))
    doubtful = None
    for b in occurrences(page.letters, clause.after, a):
        if clause.excludes(page.letters[a:b]):
            break
        place = trim(page, clause, *page.between(a, b), b)
        if place.how is not How.REFUSED:
            return place
        doubtful = doubtful or place
    return doubtful


def _open_end(page: Page, clause: Clause, start: int) -> int:
    """Where a blank with no words behind it ends: with its brackets or its line, or where another statement begins."""
    text = page.text
    begin, _ = strip(text, start, len(text), SPACES, "")
    colon, _ = strip(text, start, len(text), SPACES + "".join(CLOSE), "")
    if text.startswith(("：", ":"), colon):
        begin, _ = strip(text, colon, len(text), SPACES.replace("\n", "") + "：:", "")
    if clause.counted and text.startswith(OPEN, begin):
        return groups_of(text, begin, len(text))[0].close + 1
    end = first_of(text, ("\n", MARK), begin)
    a = bisect_left(page.at, start)
    for place in (page.at[at] for opening in clause.openings for at in occurrences(page.letters, opening, a)):
        if place < end and not text[place - 1 : place].isalnum():
            end = place
    return end


def is_label(page: Page, a: int, b: int) -> bool:
    """Whether the words from letter `a` to `b` stand as a label, with a space or a colon behind them."""
    start, end = page.between(b, b)
    separated = page.text[start:end].strip("".join(CLOSE)).startswith(tuple(SPACES + "：:"))
    return separated and not page.text[: page.at[a]][-1:].isalnum()


def _has_label(text: str, clause: Clause) -> bool:
    """Whether a word in `text` is nearly a label of the form, as 通信地止."""
    for index, word in enumerate(map(letters_of, text.split())):
        # What was filled in may begin much like a short label, as QQ邮箱.
        for label in (label for label in clause.foreign if len(label) > (2 if index else 3)):
            if any(osa(label, word[:size], 1) is not None for size in (len(label), len(label) + 1)):
                return True
    return False
