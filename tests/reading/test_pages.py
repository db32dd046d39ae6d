"""One form over several sheets."""

import pytest

from anquanyue.reading.forms import read_forms
from anquanyue.reading.grid import Book, Cell, Concealed, Grid, Picture
from anquanyue.reading.submission import Submission
from reading.grids import CAMPAIGN, PROGRESS, TITLE, Rows, head_line, keyless_rows, sheet_rows, table_rows, values_of

from filling import progress_values

VALUES: dict[str, Cell] = progress_values(PROGRESS, start=101)  # type: ignore[assignment]
HEAD = {key: VALUES[key] for key in ("unit", "contact", "phone", "date")}
KEYS = [field.key for field in PROGRESS.reported_fields]
FIGURES = {key: True if VALUES[key] == "是" else VALUES[key] for key in KEYS}


def read_sheets(**sheets: Rows) -> list[Submission]:
    return read_forms("a.xlsx", Book(tuple(Grid(n, tuple(map(tuple, rows))) for n, rows in sheets.items())), CAMPAIGN)


def codes(submission: Submission) -> list[str]:
    return [finding.code for finding in submission.findings]


@pytest.mark.parametrize("at", [10, 25, 28, 40])
def test_a_table_printed_over_two_sheets_is_one_form(at: int) -> None:
    for rows in (keyless_rows(VALUES), sheet_rows(VALUES)):
        (submission,) = read_sheets(第1页=rows[:at], 第2页=rows[at:])
        assert (submission.path, submission.status) == ("a.xlsx", "accepted")
        assert values_of(submission) == FIGURES
        assert "form-over-sheets" in codes(submission)
    last = submission.entries[KEYS[-1]]
    assert last.place.startswith("第2页!H")


@pytest.mark.parametrize("at", [5, 6, 8])
def test_prose_over_two_sheets_is_one_form(at: int) -> None:
    rows = table_rows(VALUES)
    (submission,) = read_sheets(第1页=rows[:at], 第2页=rows[at:])
    assert values_of(submission) == FIGURES
    (submission,) = read_sheets(第1页=rows[:at], 第2页=[[TITLE], [head_line(VALUES)], *rows[at:]])
    assert values_of(submission) == FIGURES


def test_three_sheets_with_pictures_and_errors_keep_their_places() -> None:
    rows = keyless_rows(VALUES | {KEYS[-1]: ""})
    grids = [
        Grid("一", tuple(map(tuple, rows[:20]))),
        Grid("二", tuple(map(tuple, rows[20:40])), pictures=(Picture(3, 8, "a"),)),
        Grid("三", tuple(map(tuple, rows[40:]))),
    ]
    row = next(index for index, cells in enumerate(rows) if "宣传受众" in cells and index > 45)
    concealed = {"三": {(row - 40, 6): Concealed("error", "#REF!")}}
    (submission,) = read_forms("a.xlsx", Book(tuple(grids), lambda name: concealed.get(name, {})), CAMPAIGN)
    assert "value-error" in codes(submission)
    assert submission.entries[KEYS[-1]].place == f"三!G{row - 39}"
    assert sum(submission.pictures.values(), ()) == ("a",)


def test_two_units_pages_stay_apart() -> None:
    rows = keyless_rows(VALUES)
    other = keyless_rows(VALUES | {"unit": "新北区经发局"})
    second = [*other[:4], *other[28:]]
    found = read_sheets(第1页=rows[:28], 第2页=second)
    assert len(found) == 2


def test_halves_that_fill_in_different_blanks_are_one_form() -> None:
    first = HEAD | {key: VALUES[key] for key in KEYS[:20]}
    second = HEAD | {key: VALUES[key] for key in KEYS[20:]}
    (submission,) = read_sheets(一=sheet_rows(first), 二=sheet_rows(second | {"study_notes": "典型做法"}))
    assert (submission.path, submission.status) == ("a.xlsx", "accepted")
    assert values_of(submission) == FIGURES
    assert submission.notes == {"study": "典型做法"}
    assert codes(submission) == ["form-over-sheets"]
    found = read_sheets(一=sheet_rows(first), 二=sheet_rows(second | {KEYS[0]: 9}))
    assert [codes(each) for each in found] == [["form-twice"]] * 2
