import pytest

from anquanyue.errors import UserError
from anquanyue.findings import Finding
from anquanyue.findings.selecting import chosen, codes

FOUND = [Finding(code=code) for code in ("value-date", "value-negative", "unit-unknown", "file-empty", "form-blank")]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), "value-date value-negative unit-unknown file-empty form-blank"),
        (("value-",), (), "value-date value-negative"),
        (("value-", "form-blank"), (), "value-date value-negative form-blank"),
        ((), ("value-", "f"), "unit-unknown"),
        (("value-",), ("value-date",), "value-negative"),
        (("value-date",), ("value-",), "value-date"),
        (("value-",), ("value-",), ""),
        (("form-blank",), ("form-blank",), ""),
        (("v", "value-date"), ("value-",), "value-date"),
    ],
)
def test_the_longer_begin_wins_and_ignore_among_equals(
    select: tuple[str, ...], ignore: tuple[str, ...], expected: str
) -> None:
    assert " ".join(finding.code for finding in chosen(FOUND, select, ignore)) == expected


def test_codes_are_divided_by_commas_of_any_kind_and_options_add_up() -> None:
    assert codes([" value-,unit-unknown", "Form-Blank，file-"], "--select") == (
        "value-", "unit-unknown", "form-blank", "file-",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"), [("value-negativ-", "value-negative"), ("vlaue-", "value-"), ("unit-unknwon", "unit-unknown")]
)
def test_an_unknown_code_is_an_error_that_says_what_may_be_meant(text: str, meant: str) -> None:
    with pytest.raises(UserError, match=f"--ignore: “{text}” is no code.*did you mean “{meant}”"):
        codes([f"form-,{text}"], "--ignore")


def test_a_code_like_no_other_is_only_refused() -> None:
    with pytest.raises(UserError, match=r"none begins with it$"):
        codes(["qqq"], "--select")


def test_a_rule_of_the_campaign_is_addressed_by_its_key() -> None:
    found = [Finding(code="rule-violated", parameters={"rule": rule}) for rule in ("film", "Lecture")]
    assert chosen(found, ("rule-violated",), codes(["rule-violated:film"], "--ignore")) == found[1:]
    assert chosen(found, codes(["rule-violated:Lecture"], "--select"), ()) == found[1:]
