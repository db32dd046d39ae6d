"""The names of a roster's units, to find out which of them a written name means."""

from typing import Final

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
        self._reduced: Final[dict[str, list[tuple[Reduced, Unit]]]] = {}
        self._comparable: Final[list[str]] = []
        self._named: Final[list[Unit]] = []
        for unit in roster.units:
            self._codes.setdefault(normal_name(unit.code), {})[unit.code] = unit
            for name in (unit.name, *unit.aliases):
                self._names.setdefault(normal_name(name), {})[unit.code] = unit
                short = reduced(name, home)
                self._reduced.setdefault(short.core, []).append((short, unit))
                self._comparable.append(comparable(name, home))
                self._named.append(unit)

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
        from rapidfuzz import fuzz, process

        if unit := self._of_department(written):
            return unit
        if candidates := self._without_region(written, province_matters=False):
            return next(iter(candidates.values())) if len(candidates) == 1 else None
        text = comparable(written, self._home)
        found = process.extract(text, self._comparable, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=1)
        if not found:
            return None
        best, (_name, top, index) = self._named[found[0][2]], found[0]
        if contradict(text, self._comparable[index]) or not _misspelt(text, self._comparable[index]):
            return None
        close = [
            (name, self._named[each])
            for name, score, each in process.extract(
                text, self._comparable, scorer=fuzz.ratio, score_cutoff=top - _MARGIN, limit=_MOST_ALIKE
            )
            if self._named[each] is not best and (score == top or not contradict(text, name))
        ]
        return None if close else best

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
