"""The page that explains a kind of finding: what the console shows of it and what docs/findings.md is made of."""

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from anquanyue.findings.kind import DIMENSIONS, FindingType, Severity
from anquanyue.language import mark

Say = Callable[[str], str]
"""Puts an English text of the source into the language of the page."""

SEVERITY_WORDS: Final[dict[Severity, str]] = {"error": mark("error"), "warning": mark("warning"), "info": mark("note")}
"""What severities are called, on the console and in documents."""

DIMENSION_WORDS: Final = {
    "completeness": mark("Completeness"),
    "correctness": mark("Correctness"),
    "consistency": mark("Consistency"),
    "timeliness": mark("Timeliness"),
    "": mark("Files, units and decisions"),
}
"""What the dimensions are called, in the order in which they are shown; "" is for findings that belong to none."""

PLACEHOLDERS: Final = {
    "by": mark("who"),
    "campaign": mark("campaign"),
    "context": mark("the text"),
    "date": mark("date"),
    "days": mark("number"),
    "deadline": mark("deadline"),
    "differences": mark("what differs"),
    "expected": mark("what is expected"),
    "figures": mark("the figures"),
    "file": mark("file"),
    "finding": mark("the finding"),
    "folder": mark("another unit"),
    "form_label": mark("form"),
    "found": mark("found"),
    "held": mark("number"),
    "high": mark("upper bound"),
    "holds": mark("number"),
    "kind": mark("kind of file"),
    "label": mark("field"),
    "labels": mark("fields"),
    "least": mark("number"),
    "line": mark("number"),
    "listed": mark("含 or 不含"),
    "low": mark("lower bound"),
    "median": mark("median"),
    "most": mark("number"),
    "name": mark("unit"),
    "names": mark("units"),
    "new": mark("new value"),
    "newer": mark("later day"),
    "number": mark("number"),
    "old": mark("old value"),
    "older": mark("earlier day"),
    "options": mark("choices"),
    "other": mark("the other one"),
    "other_value": mark("its value"),
    "others": mark("other units"),
    "parent": mark("unit above"),
    "people": mark("number"),
    "places": mark("cells"),
    "sheets": mark("sheets"),
    "source": mark("what tells the day"),
    "previous": mark("previous value"),
    "previous_round": mark("previous round"),
    "reason": mark("reason"),
    "rule_message": mark("message of the rule"),
    "rules": mark("rules"),
    "said": mark("含 or 不含"),
    "sessions": mark("number"),
    "sessions_label": mark("another field"),
    "stamped": mark("unit of the stamp"),
    "total": mark("number"),
    "typed": mark("what was typed"),
    "unit": mark("unit"),
    "value": mark("what was written"),
    "version": mark("version"),
    "what": mark("what it says"),
    "when": mark("date"),
    "word": mark("word"),
    "year": mark("year"),
}
"""What stands for a parameter of a message where there is no finding to take it from."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is told of a kind of finding, in one language; `hint` is "" where nothing need be done."""

    code: str
    title: str
    severity: str
    dimension: str
    explanation: str
    message: str
    hint: str


def page_of(kind: FindingType, say: Say) -> Page:
    """The page of a kind of finding."""
    return Page(
        kind.code,
        say(kind.title),
        say(SEVERITY_WORDS[kind.severity]),
        say(DIMENSION_WORDS[kind.dimension]),
        say(kind.explanation),
        pattern(kind.message, say),
        pattern(kind.hint, say),
    )


def pattern(text: str, say: Say) -> str:
    """A format string with words in brackets for its parameters: `late by [number] days`."""
    if not text:
        return ""
    pieces = []
    for literal, name, _format, _conversion in string.Formatter().parse(say(text)):
        pieces.append(literal)
        if name is not None:
            words = PLACEHOLDERS.get(name)
            pieces.append(f"[{say(words) if words else name.replace('_', ' ')}]")
    return "".join(pieces)


def by_dimension(kinds: Iterable[FindingType]) -> dict[str, list[FindingType]]:
    """The kinds of findings by their dimension, in order; those of a dimension by their code."""
    kinds = sorted(kinds, key=lambda kind: kind.code)
    grouped = {dimension: [kind for kind in kinds if kind.dimension == dimension] for dimension in (*DIMENSIONS, "")}
    return {dimension: group for dimension, group in grouped.items() if group}
