"""What comes of reading a cell: a value, and what there is to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from anquanyue.reading.submission import Value


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding about a value, without its place: the code and the parameters of its message."""

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a cell means. Without a value and without problems, nothing was filled in.

    That is so of an empty cell, and as well of what the blank form prints there: `□是□否`, `（　　）`, `　年　月　日`.

    Attributes:
        value: None where it is blank or cannot be read.
        problems: What there is to say about it; an error among them where it cannot be read.
        approximate: Whether it was written as an approximation (约300人).
        nil: Whether a count is 0 because the unit wrote that there is nothing (无, /, —), rather than 0.
    """

    value: Value | None = None
    problems: tuple[Problem, ...] = ()
    approximate: bool = False
    nil: bool = False


def unread(code: str, **parameters: object) -> Parsed:
    """A cell that cannot be read, and why."""
    return Parsed(problems=(Problem(code, parameters),))
