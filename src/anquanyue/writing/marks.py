"""What makes a form a returned one (退回表): what the unit is asked to look at, as data."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from anquanyue.findings.kind import Severity

ASKS: Final[Mapping[Severity, str]] = {"error": "须更正", "warning": "请核对", "info": "说明"}

AUTHOR: Final = "anquanyue"
"""By whom the comments at the entries are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing that the unit is asked to look at.

    Attributes:
        names: The defined names of the entries; none where it is about the form as a whole.
        severity: How much it matters; a mark of severity info only explains an entry, and is in no list.
        label: What it is about, as the name of the field.
        found: What was found.
        request: What to do about it.
    """

    names: tuple[str, ...] = ()
    severity: Severity
    label: str
    found: str
    request: str = ""

    @property
    def comment(self) -> str:
        """What it says at an entry; of a mark at many, only what is the same for each."""
        words = (self.found if len(self.names) == 1 or not self.request else "", self.request)
        return f"【{ASKS[self.severity]}】" + "\n".join(filter(None, words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a returned form has beside the values.

    Attributes:
        revision: How often the form was returned to the unit, with this time.
        round: The key of the round it belongs to; "" where nothing tells.
        by: When it is due back; None for as soon as possible.
        marks: In the order of the form.
        pictures: Those that came with the form, by the item's key; "" for those beside the items.
        kept: How many pictures came with it that are not in here.
    """

    revision: int
    round: str = ""
    by: datetime.date | None = None
    marks: tuple[Mark, ...] = ()
    pictures: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    kept: int = 0

    def at(self, name: str) -> tuple[Mark, ...]:
        """The marks at the entry of that name, the worst first."""
        marks = [mark for mark in self.marks if name in mark.names]
        return tuple(sorted(marks, key=lambda mark: tuple(ASKS).index(mark.severity)))
