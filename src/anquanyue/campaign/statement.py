"""The two-way notation: a sentence of a form with its blanks, written once and used in both directions.

    理论学习中心组学习（{study_sessions}）次，参与（{study_attendance}）人次；
    电视专题片 {film_studied: □是□否}；
    姓名 {name} 性别 {gender: 男/女}

Out: `Statement.fill` puts values into the blanks. In: `anquanyue.reading.statement` reads them back from what a
person typed; the words around each blank (`Blank.words`, `Blank.unit`) are what the cells of a workbook say.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from anquanyue.language import gettext as _

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

BOX: Final = "□"
TICKED_BOX: Final = "☑"
EMPTY_BLANK: Final = "　　"
"""What an empty pair of brackets holds: two ideographic spaces, as in the notice."""

_BLANK = re.compile(r"\{([^{}]*)\}")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
# Excel would take these for a cell, in either of its two notations; as a defined name they are refused.
_CELL = re.compile(r"[a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*")
_LONGEST_KEY: Final = 200
"""A defined name may have 255 characters; for evidence and notes something is put behind a key."""

_OF_EXCEL: Final = (
    *("auto_activate", "auto_close", "auto_deactivate", "auto_open", "consolidate_area", "criteria", "data_form"),
    *("database", "extract", "false", "print_area", "print_titles", "recorder", "sheet_title", "true"),
)
"""Names that have a meaning of their own in Excel."""

_CLAUSE_END = re.compile(r"[，；。,;]")
_SENTENCE_END = re.compile(r"[；。;]")


@dataclass(frozen=True, slots=True)
class Blank:
    """One place to fill in.

    Attributes:
        key: The field's key.
        options: What can be chosen, in the order of the notation; empty where anything may be written.
        boxed: Whether the options are printed as boxes to tick (`□是□否`).
        words: The statement's words in front of the blank, without brackets and punctuation at their ends.
        unit: The words right behind a bracketed blank, up to the end of the clause.
        label: Words that tell the blank from its siblings: those of its sentence's first blank, then its own.
    """

    key: str
    options: tuple[str, ...] = ()
    boxed: bool = False
    words: str = ""
    unit: str = ""
    label: str = ""

    def show(self, value: object) -> str:
        """How `value` is printed in this blank; None prints an empty blank.

        A boxed blank takes one of its options, or True and False for its first and second.
        """
        if not self.boxed:
            return EMPTY_BLANK if value is None else str(value)
        if isinstance(value, bool):
            value = self.options[0 if value else 1]
        return "".join((TICKED_BOX if option == value else BOX) + option for option in self.options)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with blanks; `literals[i]` stands before `blanks[i]`, the last literal behind the last blank."""

    text: str
    literals: tuple[str, ...]
    blanks: tuple[Blank, ...]

    @classmethod
    def parse(cls, text: str) -> "Statement":
        """Parse the notation.

        Raises:
            ValueError: A blank's key or its options are not well-formed; the message says what was expected.
        """
        pieces = _BLANK.split(text)
        literals, contents = tuple(pieces[::2]), pieces[1::2]
        if stray := next((literal for literal in literals if "{" in literal or "}" in literal), None):
            raise ValueError(_("a brace without its partner near “{text}”").format(text=stray[:40]))
        blanks = tuple(_parse_blank(content) for content in contents)
        return cls(text, literals, _with_words(literals, blanks))

    def render(self, show: Callable[[Blank], str]) -> str:
        """The sentence with `show(blank)` in each blank."""
        filled = [literal + show(blank) for literal, blank in zip(self.literals, self.blanks, strict=False)]
        return "".join(filled) + self.literals[-1]

    def fill(self, values: Mapping[str, object]) -> str:
        """The sentence with the values in its blanks; a key that is missing or None leaves its blank empty."""
        return self.render(lambda blank: blank.show(values.get(blank.key)))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> "CoreSchema":
        """In a campaign file a statement is a plain text; pydantic is imported only when one is loaded."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema(min_length=1))


def check_key(key: str) -> None:
    """Refuse a key that cannot be a defined name in Excel.

    Raises:
        ValueError: The key is not lower-case letters, digits and underscores, is too long, or means something else
            in Excel.
    """
    if not _KEY.fullmatch(key):
        raise ValueError(
            _("“{key}” is no key: expected lower-case letters, digits and _, a letter first").format(key=key)
        )
    if _CELL.fullmatch(key):
        raise ValueError(
            _("“{key}” is no key: Excel takes it for a cell; add a word, as in {key}_count").format(key=key)
        )
    if key in _OF_EXCEL:
        raise ValueError(
            _("“{key}” is no key: it means something else in Excel; add a word, as in {key}_count").format(key=key)
        )
    check_length(key)


def check_length(key: str) -> None:
    """Refuse a key that is too long.

    Raises:
        ValueError: It has more characters than Excel leaves for it.
    """
    if len(key) > _LONGEST_KEY:
        message = _("“{key}…” is no key: it has {length} characters; {limit} are allowed")
        raise ValueError(message.format(key=key[:20], length=len(key), limit=_LONGEST_KEY))


def _parse_blank(content: str) -> Blank:
    key, colon, choices = content.partition(":")
    key = key.strip()
    check_key(key)
    if not colon:
        return Blank(key)
    boxed = BOX in choices
    options = tuple(option.strip() for option in choices.strip().strip(BOX).split(BOX if boxed else "/"))
    if len(options) < 2 or not all(options) or len(set(options)) < len(options):
        raise ValueError(
            _("the blank “{content}” needs two different options or more, as in □是□否 or 男/女").format(
                content=content
            )
        )
    return Blank(key, options, boxed)


def _with_words(literals: tuple[str, ...], blanks: tuple[Blank, ...]) -> tuple[Blank, ...]:
    """The blanks with their words, units and labels."""
    named: list[Blank] = []
    topic = ""
    for index, blank in enumerate(blanks):
        before, after = literals[index], literals[index + 1]
        bracketed = before.endswith(("（", "("))
        starts_sentence = index == 0 or not bracketed or _SENTENCE_END.search(before) is not None
        if index > 0:
            before = before[_unit_end(before) :]
        words = before.strip(" 　，；。,;：:（(")
        if starts_sentence:
            topic = words
        unit = after[: _unit_end(after)].strip("）) 　")
        named.append(replace(blank, words=words, unit=unit, label=words if starts_sentence else f"{topic}·{words}"))
    return tuple(named)


def _unit_end(literal: str) -> int:
    """Where the unit at the head of `literal` ends: only a bracketed blank has one, up to the end of its clause."""
    if not literal.startswith(("）", ")")):
        return 0
    end = _CLAUSE_END.search(literal)
    return end.start() if end else len(literal)
