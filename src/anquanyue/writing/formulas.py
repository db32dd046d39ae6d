"""Statements as formulas that put their sentences together from the named entries."""

from typing import Final

from anquanyue.campaign.model import BLANKS_ARE_ZERO, Form
from anquanyue.campaign.statement import EMPTY_BLANK, Blank, Statement

MAX_FORMULA: Final = 8192
MAX_LITERAL: Final = 255
"""Excel's limits."""

YES: Final = "是"
"""What stands in the box of BLANKS_ARE_ZERO when it is ticked."""

_PIECE: Final = MAX_LITERAL // 2
"""So that a literal is short enough even where every character is a quotation mark to double."""


def text_literal(text: str) -> str:
    """`text` as it stands in a formula, in pieces where it is too long for one literal."""
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def prose_formula(form: Form, statements: tuple[Statement, ...]) -> str:
    """The formula that prints the statements, each on a line of its own.

    Raises:
        ValueError: The statements are too long for one formula.
    """
    formula = "=" + "&CHAR(10)&".join(_sentence(form, statement) for statement in statements)
    if len(formula) > MAX_FORMULA:
        raise ValueError(f"the formula of {statements[0].text[:20]}… has more than {MAX_FORMULA} characters")
    return formula


def _sentence(form: Form, statement: Statement) -> str:
    parts = []
    for literal, blank in zip(statement.literals, statement.blanks, strict=False):
        parts += [text_literal(literal)] if literal else []
        parts.append(_blank(form, blank))
    parts += [text_literal(statement.literals[-1])] if statement.literals[-1] else []
    return "&".join(parts)


def _blank(form: Form, blank: Blank) -> str:
    key, kind = blank.key, form.field(blank.key).type
    if blank.boxed:
        formula = text_literal(blank.show(None))
        for option in reversed(blank.options):
            formula = f"IF({key}={text_literal(option)},{text_literal(blank.show(option))},{formula})"
        return formula
    empty = text_literal(EMPTY_BLANK)
    if kind == "count":
        empty = f"IF({BLANKS_ARE_ZERO}={text_literal(YES)},0,{empty})"
    shown = f'IF(ISNUMBER({key}),TEXT({key},"yyyy年m月d日"),{key})' if kind == "date" else key
    return f"IF(ISBLANK({key}),{empty},{shown})"
