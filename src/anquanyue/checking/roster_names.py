"""The names of a roster's units, to find out which of them a written name means."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Roster, Unit
from anquanyue.checking.names import (
    SIZES,
    Reduced,
    comparable,
    contradict,
    marks,
    normal_name,
    places_of,
    reduced,
    shown_name,
)

if TYPE_CHECKING:
    from anquanyue.checking.similar import SimilarTexts

_ALIKE: Final = 80.0
"""How alike two names must be, of 100, for one to be taken for a misspelling of the other."""
_MARGIN: Final = 6.0
"""By how much the best candidate must beat the next."""
_MOST_ALIKE: Final = 100
_DEPARTMENT: Final = ("科", "处", "室", "办", "部")
_HEADS: Final = ("局", "委", "公司", "集团", "管委会", "厂", "院")


class RosterNames:
    """Answers which unit a written name means: for certain, or as a guess that needs a look."""

    def __init__(self, roster: Roster, home: str = "") -> None:
        """Index the roster; `home` is the city in front of which names need not say where they are."""
        self.units: Final = {unit.code: unit for unit in roster.units}
        self._home: Final = home
        self._names: Final[dict[str, dict[str, Unit]]] = {}
        self._codes: Final[dict[str, dict[str, Unit]]] = {}
        self._likely: Final[dict[str, Unit | None]] = {}
        for unit in roster.units:
            self._codes.setdefault(normal_name(unit.code), {})[unit.code] = unit
            for name in (unit.name, *unit.aliases):
                self._names.setdefault(normal_name(name), {})[unit.code] = unit

    @cached_property
    def _reduced(self) -> dict[str, list[tuple[Reduced, Unit]]]:
        """The units by what is left of their names; only needed where a name is not written as in the roster."""
        found: dict[str, list[tuple[Reduced, Unit]]] = {}
        for unit in self.units.values():
            for name in (unit.name, *unit.aliases):
                short = reduced(name, self._home)
                found.setdefault(short.core, []).append((short, unit))
        return found

    @cached_property
    def _similar(self) -> "SimilarTexts":
        """The comparable names in order; only needed where a name is in the roster in no form."""
        from anquanyue.checking.similar import SimilarTexts

        return SimilarTexts(name for name, _unit in self._comparable)

    @cached_property
    def _comparable(self) -> list[tuple[str, Unit]]:
        return [
            (comparable(name, self._home), unit) for unit in self.units.values() for name in (unit.name, *unit.aliases)
        ]

    def certain(self, written: str) -> Unit | None:
        """The one unit of that name, alias or code, its region, 局 or 有限公司 set aside; None where several fit."""
        normal = normal_name(written)
        if not normal:
            return None
        found = self._names.get(normal) or self._codes.get(normal)
        if found is None:
            found = self._without_region(written)
        elif len(found) > 1:
            shown = shown_name(written)
            found = {unit.code: unit for unit in found.values() if shown in map(shown_name, (unit.name, *unit.aliases))}
        return next(iter(found.values())) if len(found) == 1 else None

    def _without_region(self, written: str, *, province_matters: bool = True) -> dict[str, Unit]:
        short = reduced(written, self._home)
        there = self._reduced.get(short.core, ())
        return {unit.code: unit for each, unit in there if each.fits(short, province_matters=province_matters)}

    def likely(self, written: str) -> Unit | None:
        """The unit of which that name is probably a misspelling, a department, or a name without its province.

        None where that is not clear.
        """
        if written not in self._likely:
            self._likely[written] = self._of_department(written) or self._corrected(written)
        return self._likely[written]

    def _corrected(self, written: str) -> Unit | None:
        """The unit of which that name is probably a misspelling, or lacks the province."""
        if candidates := self._without_region(written, province_matters=False):
            return next(iter(candidates.values())) if len(candidates) == 1 else None
        text = comparable(written, self._home)
        found = self._similar.to(text, _ALIKE - _MARGIN)
        if not found or found[0][1] < _ALIKE:
            return None
        name, top, place = found[0]
        best = self._comparable[place][1]
        if contradict(text, name) or not _misspelt(text, name):
            return None
        others = (
            score == top or not contradict(text, name)
            for name, score, place in found[:_MOST_ALIKE]
            if score >= top - _MARGIN and self._comparable[place][1] is not best
        )
        return None if any(others) else best

    def _of_department(self, written: str) -> Unit | None:
        """The unit in 武进区工信局安全科, where what follows is no unit itself."""
        normal = normal_name(written)
        if not normal.endswith(_DEPARTMENT):
            return None
        for end in range(len(normal) - 2, 2, -1):
            head, tail = normal[:end], normal[end:]
            if len(tail) > 8 or not head.endswith(_HEADS):
                continue
            plain = not marks(comparable(tail)) and not places_of(tail) and self.certain(tail) is None
            if plain and (unit := self.certain(head)):
                return unit
        return None

    def resembles(self, written: str, unit: Unit) -> bool:
        """Whether that name is probably the unit's, where something else says already that it is this unit."""
        normal = normal_name(written)
        names = (unit.name, *unit.aliases)
        if len(normal) >= 2 and any(normal in normal_name(name) for name in names):
            return True
        return RosterNames(Roster((unit,)), self._home).likely(written) is not None


def _misspelt(one: str, other: str) -> bool:
    """Whether at most one character differs or stands elsewhere; 新 for 老 is meant, not misspelt."""
    from rapidfuzz.distance import Levenshtein

    edits = [each for each in Levenshtein.opcodes(one, other) if each.tag != "equal"]
    changes = [(one[each.src_start : each.src_end], other[each.dest_start : each.dest_end]) for each in edits]
    if len(changes) == 2:
        return len(changes[0][0] + changes[0][1]) == 1 and changes[1] == changes[0][::-1]
    if len(changes) == 1:
        here, there = changes[0]
        return len(here) <= 1 and len(there) <= 1 and not all(each == "" or each in SIZES for each in (here, there))
    return not changes
