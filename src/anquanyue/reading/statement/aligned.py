"""The second step of the cascade: clause by clause, by similarity, in what is left over."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from anquanyue.reading.statement.clauses import Clause
from anquanyue.reading.statement.page import (
    AFFIXES,
    CLOSE,
    MARK,
    NOTHING,
    OPEN,
    SPACES,
    STOPS,
    Group,
    Page,
    first_of,
    has_number,
    is_numeric,
    letters_of,
    occurrences,
    strip,
)
from anquanyue.reading.statement.places import How, Place, number_behind, trim
from anquanyue.reading.statement.similarity import distance_to, distance_to_rival, osa, tolerance
from anquanyue.reading.statement.strict import is_label, up_to_next
from anquanyue.reading.statement.tails import is_denied, with_tail


def align(
    page: Page,
    clauses: tuple[Clause, ...],
    groups: list[Group],
    places: dict[str, list[Place]],
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
    previous: list[Place] = []
    known = 0
    for clause in clauses:
        found = list(_by_words(page, clause, groups)) if clause.telling else []
        for place in previous:
            found += _behind(page, clause, groups, place, clause.words if place.hedged else clause.before)
        starts = (bisect_left(page.at, start) + 1 for start in marks[clause.key])
        read = [Place(page.at[b - 1], page.at[b - 1] + 1, b, How.STRICT) for b in starts]
        for place, unit in [(place, clause.unit) for place in found] + [(place, "") for place in read]:
            found += _behind(page, clause, groups, place, unit + clause.words, again=True)
        found = [with_tail(page, clause, place, clause is clauses[-1]) for place in found]
        previous = [place if place.how is How.REFUSED else replace(place, how=How.ALIGNED) for place in found]
        places[clause.key] += previous
        # Where what it follows was said twice, one that is said once may belong to either.
        count = len({place.start for place in places[clause.key]})
        if not clause.telling and count < known:
            places[clause.key] = [place.unless(True) for place in places[clause.key]]
        known = count


def _by_words(page: Page, clause: Clause, groups: list[Group]) -> Iterator[Place]:
    """Places with words before them that fit the clause, and no other clause much better."""
    if not clause.counted:
        yield from _boxes(page, clause) if clause.blank.boxed else _labelled(page, clause)
        return
    floor = 0
    for group in groups:
        a = bisect_left(page.at, group.open)
        distance = distance_to(clause.words, page.letters, floor, a)
        if distance is not None and distance_to_rival(page, clause, floor, a) > distance - 2:
            yield _in_brackets(page, clause, group, distance, floor).unless(is_denied(page, clause, a))
        floor = bisect_left(page.at, group.close) if group.is_slot(page.text) else 0
    for a in occurrences(page.letters, clause.words[-2:]):
        distance = distance_to(clause.words, page.letters, 0, a + 2)
        if distance is not None and distance_to_rival(page, clause, 0, a + 2) > distance - 2:
            for place in _bare(page, clause, a + 2):
                unclear = distance_to_rival(page, clause, 0, a + 2) < distance + 2
                yield place.unless(unclear or is_denied(page, clause, a + 2))


def _behind(
    page: Page, clause: Clause, groups: list[Group], place: Place, literal: str, again: bool = False
) -> Iterator[Place]:
    """The place right behind another one, with the literal between the two; or, said again, with the same words."""
    if not clause.counted or not literal:
        return
    upcoming = [group for group in groups if group.open >= place.end][:2]
    gap, b = "", place.b
    for index, group in enumerate(upcoming):
        a = bisect_left(page.at, group.open)
        gap += page.letters[b:a]
        b = bisect_left(page.at, group.close)
        if MARK in gap:
            return
        distance = osa(literal, gap, max(1, tolerance(len(literal))))
        if again and gap.endswith(clause.words) and not any(w[-4:] in gap for w in clause.rivals if len(w) > 3):
            distance = 0
        if distance is not None:
            if distance_to_rival(page, clause, place.b, a) > distance - 2:
                found = _in_brackets(page, clause, group, distance, place.b)
                unclear = distance > 0 and not page.letters.startswith(clause.unit, b)
                yield found.unless(unclear or is_denied(page, clause, a))
            return
        # A remark may stand between the two.
        if group.is_slot(page.text) or index or (place.is_blank and has_number(group.inside(page.text))):
            break
    if page.letters.startswith(literal, place.b):
        yield from _bare(page, clause, place.b + len(literal))


def _in_brackets(page: Page, clause: Clause, group: Group, distance: int, floor: int) -> Place:
    """What stands in a pair of brackets, refused unless all around it speaks for the clause."""
    text, letters = page.text, page.letters
    a, b = bisect_left(page.at, group.open), bisect_left(page.at, group.close)
    start, end = strip(text, group.open + 1, group.close, SPACES, SPACES)
    place = Place(start, end, b, How.ALIGNED)
    front = text[page.between(a, a)[0] : group.open].strip(clause.edges[0])
    behind = text[group.close + 1 : page.between(b, b)[1]].strip(clause.edges[1])
    number = "".join(takewhile(lambda char: is_numeric(char) or char in AFFIXES, letters[a:b]))
    doubtful = (
        not group.whole
        or front != ""
        # A remark may follow, as in （5）（其中线上2场）次; not another blank, as in （）（/）次.
        or behind not in ("", *OPEN)
        or clause.excludes(letters[a:b])
        or not (has_number(number) or group.is_slot(text))
        or any(is_numeric(char) and char not in clause.words[-4:] for char in letters[max(floor, a - 3) : a])
        or (place.is_blank and not letters.endswith(clause.words[-2:], 0, a))
        # Brackets behind the unit hold a remark.
        or (letters.endswith(clause.unit, 0, a) and not clause.words.endswith(clause.unit))
        or not _unit_fits(page, clause, b, place.is_blank)
        or distance_to_rival(page, clause, floor, a) < distance + 2
    )
    return place.unless(doubtful)


def _unit_fits(page: Page, clause: Clause, b: int, is_blank: bool) -> bool:
    """Whether what stands behind the brackets, from letter `b` on, does not speak against the clause."""
    size = len(clause.unit)
    if page.letters.startswith(clause.unit, b):
        return not number_behind(page, clause, b + size, size, is_blank)
    ahead = page.text[page.between(b, b)[0] :].lstrip(SPACES + "".join(CLOSE))
    typed = letters_of(ahead[: first_of(ahead, STOPS + OPEN, 0)])
    if number_behind(page, clause, b, 0, is_blank) or has_number(typed[:size]):
        return False
    if not typed or typed.startswith(clause.after[size : size + 2] or MARK):
        return True
    similar = osa(clause.unit, typed, tolerance(size)) is not None or osa(clause.after, typed, 1) is not None
    return not is_blank and (similar or (len(typed) < 4 and typed not in clause.units))


def _bare(page: Page, clause: Clause, a: int) -> Iterator[Place]:
    """What stands from letter `a` on without brackets: only between words and a unit that are there to the letter."""
    letters, size = page.letters, len(clause.unit)
    start, _ = page.between(a, a)
    start, _ = strip(page.text, start, len(page.text), clause.edges[0], "")
    if page.text.startswith(OPEN, start) or not size:
        return
    b = letters.find(clause.unit, a, a + 12 + size)
    value = letters[a:b] if b >= 0 else letters[a : a + 1]
    if b < 0 or not (has_number(value) or value in NOTHING or value == ""):
        if has_number(value) and not clause.excludes(value):
            yield Place(start, start + 1, a + 1, How.REFUSED)
    elif not clause.excludes(value):
        place = trim(page, clause, *page.between(a, b), b)
        ahead = page.ahead(b + size).strip(SPACES)
        unclear = place.is_blank and ahead and not letters.startswith(clause.after[: size + 2], b)
        more = ahead.startswith(OPEN) or number_behind(page, clause, b + size, size, place.is_blank)
        yield place.unless(bool(unclear) or more or bool({*"；;。"} & {*page.text[place.start : place.end]}))


def _boxes(page: Page, clause: Clause) -> Iterator[Place]:
    """Boxes to tick behind words that fit."""
    for a in occurrences(page.letters, clause.words[-2:]):
        a = b = a + 2
        distance = distance_to(clause.words, page.letters, 0, a)
        if distance is not None and distance_to_rival(page, clause, 0, a) > distance - 2:
            while page.letters[b : b + 1] in tuple(clause.tickable):
                b += 1
            start, end = page.between(a, b)
            place = trim(page, clause, start, end, b)
            ended = b == len(page.letters) or page.letters.startswith(clause.after[:2], b) or place.end < end
            yield place.unless(not ended or distance_to_rival(page, clause, 0, a) < distance + 2)


def _labelled(page: Page, clause: Clause) -> Iterator[Place]:
    """A free text, only between two labels that are there to the letter."""
    for a in occurrences(page.letters, clause.words):
        b = a + len(clause.words)
        place = up_to_next(page, clause, b)
        if place and not page.text[: page.at[a]][-1:].isalnum():
            yield place
        elif not place and is_label(page, a, b):
            # What stands behind it cannot be read, and contradicts what stands behind it elsewhere.
            yield Place(*page.between(b, b), b, How.REFUSED)
