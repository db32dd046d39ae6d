import contextlib
import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.expressions import Expression, parse

TYPES = {"a": "count", "b": "count", "shown": "yes_no", "day": "date"}


def parsed(text: str) -> Expression:
    return parse(text, TYPES, 1_000_000_000)


def holds(text: str, **values: object) -> Any:
    return parsed(text).holds(values)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("a > b", {"a": 2, "b": 1}, True),
        ("a > b or b == 0", {"a": 0, "b": 0}, True),
        ("0 < a <= b", {"a": 3, "b": 2}, False),
        ("not shown", {"shown": True}, False),
        ("shown == (a > 0)", {"shown": True, "a": 0}, False),
        ("a + 2 * b - 1 >= -(3)", {"a": 0, "b": 0}, True),
        ("a / 3 == b / 9", {"a": 1, "b": 3}, True),
        ("a / 3 + b / 7 < 1", {"a": 2, "b": 2}, True),
        ("a * b > 999999999999999999", {"a": 1_000_000_000, "b": 1_000_000_000}, True),
        ("a > 0\n  or b > 0", {"a": 0, "b": 1}, True),
    ],
)
def test_a_condition_holds_or_not(text: str, values: dict[str, object], expected: bool) -> None:
    assert holds(text, **values) is expected


def test_columns_are_evaluated_at_once() -> None:
    columns = {"a": np.array([0, 1, 2]), "shown": np.array([False, False, True])}
    assert parsed("a > 0 or not shown").holds(columns).tolist() == [True, True, True]
    assert parsed("a > 1 and shown").holds(columns).tolist() == [False, False, True]


def test_the_fields_are_named_once_in_their_order() -> None:
    assert parsed("b > 0 or a == 0 or b > a").fields == ("b", "a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected an expression such as"),
        ("a >", "expected an expression such as"),
        ("a ＞ 0", "wrong near “＞ 0”"),
        ("a > 0; b", "wrong near “; b”"),
        ("a = 3", "equal is written =="),
        ("c > 0", "“c” is no field of this form; expected the key of one"),
        ("show", "“show” is no field of this form; is “shown” meant?"),
        ("day > 0", "“day” is of the type date"),
        ("1 > 0", "at least one field"),
        ("a", "such as a > 0, found the number “a”"),
        ("a + b", "such as a + b > 0, found the number"),
        ("a or b > 0", "such as a > 0, found the number"),
        ("not a", "found the number “a”"),
        ("shown > 0", "expected a number, found the condition “shown”"),
        ("shown == 1", "expected a number, found the condition “shown”"),
        ("a == (b > 0)", "expected a number, found the condition “b > 0”"),
        ("a + shown > 0", "expected a number, found the condition “shown”"),
        ("a / b > 1", "divides by “b”; expected a whole number from 1 on"),
        ("a / 0 > 1", "divides by “0”"),
        ("a / -2 > 1", "divides by “-2”"),
        ("a > 1.5", "“1.5” is not known"),
        ("a > 'x'", "“'x'” is not known"),
        ("a > 0 or True", "“True” is not known"),
        ("a // 2 > 0", "“//” is not known"),
        ("a ** b > 0", "“**” is not known"),
        ("~a > 0", "“~” is not known"),
        ("a in (1, 2)", "“in” is not known"),
        ("a > 0  # or not", "“#” is not known"),
        ("abs(a) > 0", "“abs(a)” is not known"),
        ("__import__('os').system('x')", "is not known"),
        ("a.b > 0", "“a.b” is not known"),
        ("a[0] > 0", "“a[0]” is not known"),
        ("(lambda: a) == a", "is not known"),
        ("a * a * b > 0", "too large"),
        ("a > 9223372036854775808", "too large"),
        ("a > " + "9" * 900, "too large"),
        ("a > " + "0" * 1000, "at most 1000 characters"),
        ("-" * 900 + "a > 0", "too many parts"),
        ("(" * 300 + "a > 0" + ")" * 300, "expected an expression"),
    ],
)
def test_what_is_no_condition_is_refused_with_what_was_expected(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=re.escape(expected)):
        parsed(text)


TOKENS = ["a", "b", "shown", "day", "c", "0", "7", "1e9", "+", "-", "*", "/", "//", "**", "<", ">=", "==", "!=", "="]
TOKENS += [
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "else",
    "lambda",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ".",
    "'",
    '"',
]
TOKENS += [" ", "\n", "\\", "#", "\0", "＞", "是", "f'", "await", "yield", "for", "*a", "…", "`", "$", "!"]


@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(TOKENS), max_size=14).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_is_a_condition_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert holds(text, a=1, b=2, shown=True) in (True, False)


COUNTS = st.integers(0, 1_000_000_000)
NUMBERS = st.recursive(
    st.sampled_from(["a", "b"]) | st.integers(0, 2000).map(str),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda each: "({} {} {})".format(*each)),
        st.tuples(inner, st.integers(1, 99)).map(lambda each: "({} / {})".format(*each)),
        inner.map(lambda each: f"(-{each})"),
    ),
    max_leaves=5,
)
COMPARED = st.lists(NUMBERS, min_size=2, max_size=3).flatmap(
    lambda sides: st.lists(
        st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), min_size=len(sides) - 1, max_size=len(sides) - 1
    ).map(lambda links: sides[0] + "".join(f" {link} {side}" for link, side in zip(links, sides[1:], strict=True)))
)
CONDITIONS = st.recursive(
    COMPARED | st.just("shown"),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or", "==", "!="]), inner).map(
            lambda each: "(({}) {} ({}))".format(*each)
        ),
        inner.map(lambda each: f"not ({each})"),
    ),
    max_leaves=4,
)


@given(CONDITIONS, st.lists(st.tuples(COUNTS, COUNTS, st.booleans()), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_columns_give_what_python_gives_row_by_row(text: str, rows: list[tuple[int, int, bool]]) -> None:
    try:
        expression = parsed(text)
    except ValueError as error:
        assert re.search("too large|at least one field", str(error))
        return
    exact = re.sub(r"\b(\d+)\b", r"Fraction(\1)", text)
    names = ("a", "b", "shown")
    expected = [eval(exact, {"Fraction": Fraction}, dict(zip(names, row, strict=True))) for row in rows]  # noqa: S307
    columns = {name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
    assert np.broadcast_to(expression.holds(columns), len(rows)).tolist() == expected
    assert [bool(expression.holds(dict(zip(names, row, strict=True)))) for row in rows] == expected
