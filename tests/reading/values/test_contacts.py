import pytest
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import Field, FieldType
from anquanyue.reading.grid import Cell
from anquanyue.reading.values import Parsed, parse


def read(type_: FieldType, cell: Cell, required: bool = False) -> Parsed:
    return parse(Field(key="x", type=type_, required=required), cell, 2022)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("23456789", "23456789"),
        ("2345 6789", "2345 6789"),
        (23456789.0, "23456789"),
        ("0519-12345678", "0519-12345678"),
        ("0519-00000001", "0519-00000001"),
        ("（0519）12345678", "(0519)12345678"),
        ("０５１９－１２３４５６７８", "0519-12345678"),
        ("0519 1234 5678", "0519 1234 5678"),
        (51912345678.0, "51912345678"),
        ("+86 519 12345678", "+86 519 12345678"),
        ("+86（0519）12345678", "+86(0519)12345678"),
        ("0519-12345678转123", "0519-12345678转123"),
        ("0519-12345678-123", "0519-12345678-123"),
        ("23456789-12", "23456789-12"),
        ("0519-12345678 ext. 12", "0519-12345678 ext. 12"),
        ("13800000001", "13800000001"),
        ("138 0000 0001", "138 0000 0001"),
        ("400-123-4567", "400-123-4567"),
        ("0519-12345678、13800000001", "0519-12345678、13800000001"),
        ("0519-12345678/13800000001", "0519-12345678、13800000001"),
        ("23456789；23456780", "23456789、23456780"),
        ("0519-12345678 13800000001", "0519-12345678、13800000001"),
        ("0519-12345678\n13800000001", "0519-12345678、13800000001"),
        ("同手机", "同手机"),
        ("（同手机号）", "(同手机号)"),
    ],
)
def test_a_telephone_number_is_read_in_the_usual_spellings(cell: Cell, value: str) -> None:
    assert read("telephone", cell) == Parsed(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("13800000001", "13800000001"),
        (13800000001, "13800000001"),
        (13800000001.0, "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("138 0000 0001", "13800000001"),
        ("+86 138 0000 0001", "13800000001"),
        ("（+86）13800000001", "13800000001"),
        ("１３８０００００００１", "13800000001"),
        ("13800000001、13900000002", "13800000001、13900000002"),
        ("13800000001 13900000002", "13800000001、13900000002"),
    ],
)
def test_a_mobile_number_is_kept_as_its_digits(cell: Cell, value: str) -> None:
    assert read("mobile", cell, required=True) == Parsed(value)


@pytest.mark.parametrize(
    ("cell", "value"), [("10001", "10001"), (123456789.0, "123456789"), ("12 345 678", "12345678")]
)
def test_a_number_of_digits_is_kept_as_text(cell: Cell, value: str) -> None:
    assert read("digits", cell) == Parsed(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("name@example.com", "name@example.com"),
        ("name＠example.com", "name@example.com"),
        (" name@example.com　", "name@example.com"),
        ("name@example。com", "name@example.com"),
        ("a.b-c_1@mail.example.com", "a.b-c_1@mail.example.com"),
        ("a@example.com；b@example.com", "a@example.com、b@example.com"),
        ("a@example.com b@example.com", "a@example.com、b@example.com"),
    ],
)
def test_a_mail_address_is_read_without_the_network(cell: str, value: str) -> None:
    assert read("email", cell, required=True) == Parsed(value)


@pytest.mark.parametrize(
    ("type_", "cell"),
    [
        *(
            ("telephone", cell)
            for cell in ("1234567", "0519-1234", "0519-123456789", "12345", "甲样例", "不便告知", 5, "1.38E+10")
        ),
        *(("mobile", cell) for cell in ("1380000", "138000000012", "23456789012", "0519-12345678", "1.38E+10", "同上")),
        *(("digits", cell) for cell in ("1234", "1234567890123", "abc", "10001@example.com", "١٢٣٤٥")),
        *(
            ("email", cell)
            for cell in ("name", "name@", "@example.com", "a b@example.com", "name@example", "a@@example.com")
        ),
        *(("email", cell) for cell in ("a.@example.com", "邮箱a@example.com")),
    ],
)
def test_what_looks_wrong_is_kept_and_warned_of_without_being_quoted(type_: FieldType, cell: Cell) -> None:
    parsed = read(type_, cell)
    assert [problem.code for problem in parsed.problems] == ["value-malformed"]
    assert set(parsed.problems[0].parameters) == {"expected"}
    assert str(cell) not in str(parsed.problems[0].parameters)
    assert parsed.value == str(cell)


@pytest.mark.parametrize("type_", ["telephone", "mobile", "digits", "email"])
@pytest.mark.parametrize("cell", ["无", "/", "—", "暂无"])
def test_an_explicit_nil_is_a_blank_where_it_may_be_and_malformed_where_not(type_: FieldType, cell: str) -> None:
    assert read(type_, cell) == Parsed()
    parsed = read(type_, cell, required=True)
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (None, ["value-malformed"])


@given(st.sampled_from(["telephone", "mobile", "digits", "email"]), st.one_of(st.text(max_size=30), st.floats()))
def test_nothing_makes_it_fail(type_: FieldType, cell: Cell) -> None:
    parsed = read(type_, cell)
    assert isinstance(parsed.value, str | None)
