"""What a worker sends back: a submission as tuples of shared strings, a fifth of the bytes and of the time.

Pickled as they are, the 46 entries of a form would be 46 objects with 46 places each time. Keys and places are the same
in thousands of forms: within a message each is sent once, and the receiver keeps one of each; of equal entries too.
"""

import sys
from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from anquanyue.reading.submission import Entry, Submission, Value
from anquanyue.writing.stamp import Stamp

Sent = tuple[Any, ...]

_NAMES: Final = tuple(field.name for field in fields(Submission) if field.name not in ("entries", "stamp"))
_STAMP_NAMES: Final = tuple(field.name for field in fields(Stamp))
_in_stamp: Final = attrgetter(*_STAMP_NAMES)
_MOST_TEXTS: Final = 1_000
_MOST_ENTRIES: Final = 30_000
_texts: dict[tuple[str, ...], tuple[str, ...]] = {}
_counts: dict[tuple[int, str], Entry] = {}
"""What was seen of keys and places, and of counts that are written as they are, so that each is held once."""


def pack(submission: Submission) -> Sent:
    """The submission as it is sent."""
    entries = submission.entries.values()
    stamp = submission.stamp
    return (
        tuple([getattr(submission, name) for name in _NAMES]),
        stamp and _in_stamp(stamp),
        _once(tuple(submission.entries)),
        _once(tuple([each.place for each in entries])),
        tuple([each.value for each in entries]),
        # Most figures are written as they are.
        tuple([None if type(each.value) is int and each.text == str(each.value) else each.text for each in entries]),
        {number: (each.approximate, each.decided) for number, each in enumerate(entries) if _is_marked(each)},
    )


def unpack(sent: Sent, change: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> Submission:
    """The submission that was sent; `change` is given its attributes but the entries, and returns those that differ."""
    attributes, stamp, keys, places, values, texts, marks = sent
    keys, places = _once(keys), _once(places)
    # Most are counts that were met before at the same place.
    made: list[Any] = list(map(_counts.get, zip(values, places, strict=True)))
    for number, text in enumerate(texts):
        if text is not None:
            made[number] = _text_entry(text, values[number], places[number])
        elif made[number] is None:
            made[number] = _count_entry(values[number], places[number])
    entries = dict(zip(keys, made, strict=True))
    for number, (approximate, decided) in marks.items():
        key = keys[number]
        entries[key] = replace(entries[key], approximate=approximate, decided=decided)
    about = dict(zip(_NAMES, attributes, strict=True))
    about["stamp"] = stamp and Stamp(**dict(zip(_STAMP_NAMES, stamp, strict=True)))
    return Submission(**(about | change(about) if change else about), entries=entries)


def _count_entry(value: int, place: str) -> Entry:
    entry = Entry(str(value), value, place)
    if len(_counts) < _MOST_ENTRIES:
        _counts[value, place] = entry
    return entry


@lru_cache(maxsize=4_096, typed=True)
def _text_entry(text: str, value: Value | None, place: str) -> Entry:
    """To Python True is equal to 1; what is kept tells them apart."""
    return Entry(text, value, place)


def with_attributes(sent: Sent, **changes: object) -> Sent:
    """The submission that was sent with other attributes."""
    attributes = tuple([changes.get(name, value) for name, value in zip(_NAMES, sent[0], strict=True)])
    return (attributes, *sent[1:])


def _is_marked(entry: Entry) -> bool:
    return entry.approximate or entry.decided


def _once(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The same object for equal texts, and each of the texts in it too."""
    known = _texts.get(texts)
    if known is None:
        if len(_texts) >= _MOST_TEXTS:
            _texts.clear()
        known = tuple(map(sys.intern, texts))
        _texts[known] = known
    return known


def pack_outcome(outcome: Any) -> Any:
    """What became of a file, with the submissions in it packed."""
    if not isinstance(outcome, list):
        return outcome
    return [pack(each) if isinstance(each, Submission) else each for each in outcome]


def unpack_outcome(sent: Any) -> Any:
    """What was packed."""
    return [unpack(each) if type(each) is tuple else each for each in sent] if isinstance(sent, list) else sent
