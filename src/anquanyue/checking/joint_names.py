"""Names of several units in one blank: joint reports (合报) and reports on behalf of another unit (代报)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from anquanyue.campaign.model import Unit
from anquanyue.checking.names import shown_name
from anquanyue.reading.folding import narrow

_TOGETHER: Final = re.compile(r"\s*[(\[【]?\s*(?:合报|(?:联合|合并|共同)(?:填报|上报|报送))\s*[)\]】]?\s*$")
_SEPARATOR: Final = re.compile(r"\s*(?:以及|[、,;/+&和与及跟])\s*")
_REPORT: Final = "(?:填|上)?报送?"
# A（代B报）, A（代报B）, B（由A代报）, A代报B, A代B报; a name may hold 代 itself, so it is shared out both ways.
_ON_BEHALF: Final = tuple(
    re.compile(pattern.replace("REPORT", _REPORT).replace("ANY", some))
    for some in (".+?", ".+")
    for pattern in (
        r"(?P<by>ANY)[(\[]代为?(?P<of>ANY)REPORT[)\]]",
        r"(?P<by>ANY)[(\[]代为?REPORT(?P<of>ANY)[)\]]",
        r"(?P<of>ANY)[(\[]由?(?P<by>ANY)代为?REPORT[)\]]",
        r"(?P<by>ANY)代为?REPORT(?P<of>ANY)",
        r"(?P<by>ANY)代为?(?P<of>ANY)REPORT",
    )
)
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Joint:
    """A report that names several units.

    Attributes:
        named: The units that it reports for, each with what was written, in order.
        by: The unit that reports on behalf of them, likewise; None where they report themselves.
    """

    named: tuple[tuple[str, Unit], ...]
    by: tuple[str, Unit] | None = None


def is_joint(written: str) -> bool:
    """Whether the words 合报 or 代…报 say that several units are named, or the text is far longer than a name."""
    text = narrow(shown_name(written))
    return len(text) > _LONGEST or bool(_TOGETHER.search(text)) or any(each.fullmatch(text) for each in _ON_BEHALF)


def joint(written: str, find: Callable[[str], Unit | None]) -> Joint | None:
    """The units that are named together, or None where that is not so or `find` does not know one of them.

    A name that itself holds 和 or 、 is not taken apart.
    """
    text = narrow(shown_name(written))
    if len(text) > _LONGEST:
        return None
    for pattern in _ON_BEHALF:
        if (match := pattern.fullmatch(text)) and (by := find(match["by"])) and (named := _units(match["of"], find)):
            return Joint(named, (match["by"], by))
    body = _TOGETHER.sub("", text)
    named = _units(body, find)
    return Joint(named) if named and (body != text or len(named) > 1) else None


def _units(text: str, find: Callable[[str], Unit | None]) -> tuple[tuple[str, Unit], ...] | None:
    """The units of which the text is the list, each once; the longest names win."""
    known: dict[int, list[tuple[str, Unit]] | None] = {}

    def listed(start: int) -> list[tuple[str, Unit]] | None:
        if start not in known:
            known[start] = None
            if unit := find(text[start:]):
                known[start] = [(text[start:], unit)]
                return known[start]
            for separator in reversed(list(_SEPARATOR.finditer(text, start + 1))):
                first = text[start : separator.start()]
                if (unit := find(first)) and (rest := listed(separator.end())):
                    known[start] = [(first, unit), *rest]
                    break
        return known[start]

    found = listed(0)
    return tuple({unit.code: (name, unit) for name, unit in found}.values()) if found else None
