import datetime

import pytest

from anquanyue.campaign.model import Form
from anquanyue.reading.values import parse as parse_value


def parse(field, cell):
    return parse_value(field, cell, 2022)


@pytest.mark.parametrize(
    ("cell", "value"),
    [(5.0, 5), (5, 5), ("5", 5), (" 12 ", 12), ("１２", 12), ("1,200", 1200), ("169, 250", 169250), ("3次", 3), (0, 0)],
)
def test_a_count_is_read_however_it_is_typed(progress: Form, cell: object, value: int) -> None:
    assert parse(progress.field("study_sessions"), cell).value == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("约300人", "value-not-a-number"),
        ("10²", "value-not-a-number"),
        ("1,20", "value-not-a-number"),
        ("12 34", "value-not-a-number"),
        ("3场", "value-not-a-number"),
        (True, "value-not-a-number"),
        (-5, "value-negative"),
        ("-5", "value-negative"),
        (3.5, "value-not-whole"),
        ("3.5", "value-not-whole"),
        (1e12, "value-too-large"),
        (float("nan"), "value-too-large"),
        (datetime.date(2022, 12, 3), "value-date"),
    ],
)
def test_what_is_no_count_is_a_finding_and_no_value(progress: Form, cell: object, code: str) -> None:
    parsed = parse(progress.field("study_sessions"), cell)  # type: ignore[arg-type]
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (None, [code])


@pytest.mark.parametrize("cell", ["", "  ", "\n"])
def test_a_blank_is_neither_a_value_nor_a_finding(progress: Form, cell: str) -> None:
    parsed = parse(progress.field("study_sessions"), cell)
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (None, [])


@pytest.mark.parametrize(
    ("cell", "value"),
    [("是", True), ("否", False), ("☑是□否", True), ("□是☑否", False), ("□是■否", False), (True, True)],
)
def test_a_yes_no_is_read_from_the_list_and_from_boxes(progress: Form, cell: object, value: bool) -> None:
    assert parse(progress.field("film_studied"), cell).value is value  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["☑是☑否", "□是□否", "是否", "不是", "也许", 1.0])
def test_an_unclear_yes_no_is_a_finding(progress: Form, cell: object) -> None:
    parsed = parse(progress.field("film_studied"), cell)  # type: ignore[arg-type]
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (None, ["value-not-in-list"])


@pytest.mark.parametrize(
    "cell",
    [datetime.date(2022, 6, 28), datetime.datetime(2022, 6, 28), "2022-6-28", "2022年6月28日", "2022.6.28", 44740.0],
)
def test_a_date_is_read_in_the_usual_spellings(progress: Form, cell: object) -> None:
    assert parse(progress.field("date"), cell).value == datetime.date(2022, 6, 28)  # type: ignore[arg-type]


def test_a_malformed_mobile_number_is_kept_and_warned_of(liaison: Form) -> None:
    assert parse(liaison.field("mobile"), 13800000001.0).problems == ()
    parsed = parse(liaison.field("mobile"), "1380000")
    assert (parsed.value, [problem.code for problem in parsed.problems]) == ("1380000", ["value-malformed"])
