"""What a rule asks of the figures: a condition over the keys of fields, parsed and checked once, evaluated at once.

    lecture_sessions > 0 or lecture_leaders == 0
    film_screenings > 0 or not film_studied
    3 * study_sessions <= study_attendance <= study_sessions * 500

Whole numbers, `+ - * /`, comparisons (also chained), `and`, `or`, `not` and parentheses; a yes/no is a condition by
itself. The text is parsed as Python is, but nothing in it is run: what is not named here is refused. Only numbers
divide, because a figure may be 0; numerators and denominators are kept apart, so that every result is exact.
"""

import ast
import difflib
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from anquanyue.language import gettext as _

_Values = Mapping[str, Any]
"""By a field's key its column, or its one value."""

_Evaluate = Callable[[_Values], Any]

_CONNECTIVES: Final = {ast.And: operator.and_, ast.Or: operator.or_}
_COMPARISONS: Final = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_OPERATORS: Final[Mapping[type[ast.AST], str]] = {
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.Invert: "~",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
"""What Python knows and a rule does not, as it is written."""

_LONGEST: Final = 1000
_DEEPEST: Final = 100
_GREATEST: Final = 2**63 - 1
"""Columns hold whole numbers of 64 bits, and wrap around in silence beyond."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition that was found to be right.

    Attributes:
        fields: The keys that it names, in order.
        holds: For the columns of these fields (whole numbers and truths, none missing) whether it holds, row by row.
    """

    fields: tuple[str, ...]
    holds: _Evaluate


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of the expression: `value(columns)` divided by `divisor`; `value` is never beyond ±`most`."""

    value: _Evaluate
    divisor: int
    most: int


def parse(text: str, types: Mapping[str, str], largest: int) -> Expression:
    """Parse a condition.

    Args:
        text: What stands in the campaign file.
        types: The type of each field that it may name, by key; only a `count` and a `yes_no` can be reckoned with.
        largest: No count is greater.

    Raises:
        ValueError: It is no condition over these fields; the message says what was found and what was expected.
    """
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        raise ValueError(_("expected an expression of at most {limit} characters").format(limit=_LONGEST))
    parser = _Parser(types, largest)
    try:
        holds = parser.truth(_tree(line))
    except (RecursionError, MemoryError) as error:
        raise ValueError(_("the expression has too many parts within one another")) from error
    if not parser.fields:
        raise ValueError(_("expected at least one field in the expression, found “{text}”").format(text=_short(line)))
    return Expression(tuple(parser.fields), holds)


def _tree(line: str) -> ast.expr:
    if "#" in line:  # To Python all that follows is a remark.
        raise _unknown("#")
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(line, mode="eval").body
    except SyntaxError as error:
        if re.search(r"(?<![=!<>])=(?!=)", line):
            raise ValueError(_("a single “=” in “{text}”; equal is written ==").format(text=_short(line))) from error
        before = line.encode()[: max((error.offset or 1) - 1, 0)].decode(errors="ignore")
        near = line[len(before) :] or line[-20:]
        message = _("expected an expression such as a > 0 or b == 0, found “{text}” (wrong near “{near}”)")
        raise ValueError(message.format(text=_short(line), near=_short(near))) from error
    except ValueError as error:
        raise ValueError(_("“{text}” is no expression").format(text=_short(line))) from error
    _check_depth(tree)
    return tree


def _check_depth(tree: ast.AST) -> None:
    """Refuse what could be parsed, but is too deep to be evaluated."""
    level: list[ast.AST] = [tree]
    for _depth in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise RecursionError


class _Parser:
    def __init__(self, types: Mapping[str, str], largest: int) -> None:
        self.types = types
        self.largest = largest
        self.fields: dict[str, None] = {}

    def truth(self, node: ast.expr) -> _Evaluate:
        """What is true or false."""
        match node:
            case ast.BoolOp():
                connect = _CONNECTIVES[type(node.op)]
                parts = [self.truth(each) for each in node.values]
                return lambda values: reduce(connect, [part(values) for part in parts])
            case ast.UnaryOp(op=ast.Not()):
                negated = self.truth(node.operand)
                # On a column `not` means nothing, and on a single truth `~` something else.
                return lambda values: negated(values) ^ True
            case ast.Compare():
                sides = [node.left, *node.comparators]
                links = zip(sides, node.ops, sides[1:], strict=False)
                pairs = [self._comparison(left, link, right) for left, link, right in links]
                return lambda values: reduce(operator.and_, [pair(values) for pair in pairs])
            case ast.Name() if self._type(node) == "yes_no":
                return self._column(node.id)
        if self._is_number(node):
            message = _("expected a condition such as {text} > 0, found the number “{text}”")
            raise ValueError(message.format(text=_short(ast.unparse(node))))
        raise _refusal(node)

    def number(self, node: ast.expr) -> _Number:
        """What can be reckoned with."""
        match node:
            case ast.Constant(value=int(value)) if not isinstance(value, bool):
                return _within(_Number(lambda _values: value, 1, value), node)
            case ast.Name() if self._type(node) == "count":
                return _Number(self._column(node.id), 1, self.largest)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                inner = self.number(node.operand)
                sign = -1 if isinstance(node.op, ast.USub) else 1
                return _Number(lambda values: sign * inner.value(values), inner.divisor, inner.most)
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
                return _within(self._reckoning(node), node)
        if self._is_truth(node):
            message = _("expected a number, found the condition “{text}”; a yes/no stands by itself or behind not")
            raise ValueError(message.format(text=_short(ast.unparse(node))))
        raise _refusal(node)

    def _reckoning(self, node: ast.BinOp) -> _Number:
        left, right = self.number(node.left), self.number(node.right)
        match node.op:
            case ast.Mult():
                most, divisor = left.most * right.most, left.divisor * right.divisor
                return _Number(lambda values: left.value(values) * right.value(values), divisor, most)
            case ast.Div():
                by = node.right
                if not (isinstance(by, ast.Constant) and right.most > 0):
                    message = _("“{text}” divides by “{divisor}”; expected a whole number from 1 on")
                    raise ValueError(message.format(text=_short(ast.unparse(node)), divisor=_short(ast.unparse(by))))
                return _Number(left.value, left.divisor * right.most, left.most)
            case _:
                first, second = left.divisor, right.divisor
                sign = -1 if isinstance(node.op, ast.Sub) else 1
                return _Number(
                    lambda values: left.value(values) * second + sign * right.value(values) * first,
                    first * second,
                    left.most * second + right.most * first,
                )

    def _comparison(self, left: ast.expr, link: ast.cmpop, right: ast.expr) -> _Evaluate:
        if (compare := _COMPARISONS.get(type(link))) is None:
            raise _unknown(_OPERATORS[type(link)])
        if isinstance(link, ast.Eq | ast.NotEq) and self._is_truth(left) and self._is_truth(right):
            one, other = self.truth(left), self.truth(right)
            return lambda values: compare(one(values), other(values))
        first, second = self.number(left), self.number(right)
        _within(_Number(first.value, 1, max(first.most * second.divisor, second.most * first.divisor)), left)
        return lambda values: compare(first.value(values) * second.divisor, second.value(values) * first.divisor)

    def _type(self, node: ast.Name) -> str:
        """The type of a field that can be reckoned with."""
        found = self.types.get(node.id)
        if found in ("count", "yes_no"):
            return str(found)
        if found:
            message = _("“{key}” is of the type {type}; expected a field of the type count or yes_no")
            raise ValueError(message.format(key=node.id, type=found))
        usable = [key for key, each in self.types.items() if each in ("count", "yes_no")]
        if alike := difflib.get_close_matches(node.id, usable, 1):
            message = _("“{key}” is no field of this form; is “{alike}” meant?")
            raise ValueError(message.format(key=node.id, alike=alike[0]))
        raise ValueError(_("“{key}” is no field of this form; expected the key of one").format(key=node.id))

    def _column(self, key: str) -> _Evaluate:
        self.fields[key] = None
        return lambda values: values[key]

    def _is_truth(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return self._type(node) == "yes_no"
        return isinstance(node, ast.BoolOp | ast.Compare) or (
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        )

    def _is_number(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return self._type(node) == "count"
        reckoned = isinstance(node, ast.BinOp | ast.UnaryOp) and type(node.op) not in _OPERATORS
        return reckoned or (isinstance(node, ast.Constant) and type(node.value) is int)


def _within(number: _Number, node: ast.expr) -> _Number:
    if max(number.most, number.divisor) > _GREATEST:
        raise ValueError(_("“{text}” can become too large to be reckoned with").format(text=_short(ast.unparse(node))))
    return number


def _refusal(node: ast.expr) -> ValueError:
    operator_there = _OPERATORS.get(type(node.op)) if isinstance(node, ast.BinOp | ast.UnaryOp) else None
    return _unknown(operator_there or ast.unparse(node))


def _unknown(found: str) -> ValueError:
    message = _(
        "“{found}” is not known in an expression; expected fields, whole numbers, + - * /, comparisons, and, or, not"
    )
    return ValueError(message.format(found=_short(found)))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
