"""Statements as formulas that put their sentences together from the named entries."""

from typing import Final

from anquanyue.campaign.model import BLANKS_ARE_ZERO, Form
from anquanyue.campaign.statement import EMPTY_BLANK, Blank, Statement

MAX_FORMULA: Final = 8192
MAX_LITERAL: Final = 255
"""Excel's limits."""

YES: Final = "是"
"""What stands in the box of BLANKS_ARE_ZERO when it is ticked."""

_LINE: Final = "_" * 8
_LONG_LINE: Final = "_" * 14
"""What is printed to write on by hand; the long one is for the unit's name."""

ERROR: Final = "#错误"
"""What is printed for an entry whose own formula went wrong."""

_PIECE: Final = MAX_LITERAL // 2
"""So that a literal is short enough even where every character is a quotation mark to double."""


def text_literal(text: str) -> str:
    """`text` as it stands in a formula, in pieces where it is too long for one literal."""
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def is_ticked(box: str) -> str:
    """Whether the box of that name or address is ticked; also where it holds an error."""
    return f'COUNTIF({box},"{YES}")>0'


def prose_formula(form: Form, statements: tuple[Statement, ...], *, lined: bool = False) -> str:
    """The formula that prints the statements, each on a line of its own; if `lined`, an empty blank is underlined.

    Raises:
        ValueError: The statements are too long for one formula.
    """
    formula = "=" + "&CHAR(10)&".join(_sentence(form, statement, lined) for statement in statements)
    if len(formula) > MAX_FORMULA:
        raise ValueError(f"the formula of {statements[0].text[:20]}… has more than {MAX_FORMULA} characters")
    return formula


def _sentence(form: Form, statement: Statement, lined: bool) -> str:
    parts = []
    for literal, blank in zip(statement.literals, statement.blanks, strict=False):
        parts += [text_literal(literal)] if literal else []
        parts.append(_blank(form, blank, lined))
    parts += [text_literal(statement.literals[-1])] if statement.literals[-1] else []
    return "&".join(parts)


def _blank(form: Form, blank: Blank, lined: bool) -> str:
    """What is printed in a blank: an entry that is an error spoils itself only."""
    key, kind = blank.key, form.field(blank.key).type
    empty = (_LONG_LINE if kind == "unit" else _LINE) if lined else EMPTY_BLANK
    nothing = text_literal(blank.show(None) if blank.boxed else empty)
    if kind in ("count", "yes_no"):
        declared = text_literal(blank.show(blank.options[1])) if kind == "yes_no" else "0"
        nothing = f"IF({is_ticked(BLANKS_ARE_ZERO)},{declared},{nothing})"
    shown = f'IF(ISNUMBER({key}),TEXT({key},"yyyy年m月d日"),{key})' if kind == "date" else key
    if blank.boxed:
        shown = text_literal(blank.show(None))
        for option in reversed(blank.options):
            shown = f"IF({key}={text_literal(option)},{text_literal(blank.show(option))},{shown})"
    return f"IF(ISERROR({key}),{text_literal(ERROR)},IF(ISBLANK({key}),{nothing},{shown}))"
