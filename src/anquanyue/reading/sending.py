"""What a worker sends back: a submission as tuples of shared strings, half of the bytes and of the time.

Pickled as they are, the 46 entries of a form would be 46 objects with 46 places each time. Keys, places and short texts
are the same in thousands of forms: within a message each is sent once, and the receiver keeps one of each.
"""

import sys
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

from anquanyue.reading.submission import Entry, Submission

Sent = tuple[Any, ...]

_NAMES: Final = tuple(field.name for field in fields(Submission) if field.name != "entries")
_SHORT: Final = 12
"""Longer texts are nobody else's."""

_keys: dict[tuple[str, ...], tuple[str, ...]] = {}
_numbers: dict[int, int] = {}
"""What was seen of keys and numbers, so that each is held once."""
_MOST_NUMBERS: Final = 50_000


def pack(submission: Submission) -> Sent:
    """The submission as it is sent."""
    keys = tuple(submission.entries)
    cells = tuple(
        (_short(each.text), each.value, sys.intern(each.place), each.approximate, each.decided)
        for each in submission.entries.values()
    )
    return tuple(getattr(submission, name) for name in _NAMES), _keys.setdefault(keys, keys), cells


def unpack(sent: Sent) -> Submission:
    """The submission that was sent."""
    attributes, keys, cells = sent
    entries = {
        key: Entry(_short(text), _number(value) if type(value) is int else value, sys.intern(place), *marks)
        for key, (text, value, place, *marks) in zip(_keys.setdefault(keys, keys), cells, strict=True)
    }
    return Submission(**dict(zip(_NAMES, attributes, strict=True)), entries=entries)


def _short(text: str) -> str:
    return sys.intern(text) if len(text) <= _SHORT else text


def _number(value: int) -> int:
    return _numbers.setdefault(value, value) if len(_numbers) < _MOST_NUMBERS else value


def pack_all(found: Iterable[Any]) -> list[Any]:
    """The same with the submissions among `found` packed."""
    return [pack(each) if isinstance(each, Submission) else each for each in found]


def unpack_all(sent: Iterable[Any]) -> list[Any]:
    """What was packed."""
    return [unpack(each) if type(each) is tuple else each for each in sent]
