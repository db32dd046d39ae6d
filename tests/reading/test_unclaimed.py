import pytest

from anquanyue.reading.grid import Cell
from anquanyue.reading.submission import Submission
from reading.grids import PROGRESS, Rows, place_of, read, sheet_rows, table_rows

from filling import progress_values

VALUES: dict[str, Cell] = progress_values(PROGRESS, start=101)  # type: ignore[assignment]
ROW, COLUMN = place_of("study_sessions")


def places(submission: Submission) -> str:
    found = [finding for finding in submission.findings if finding.code == "figures-unclaimed"]
    return "".join(str(finding.parameters["places"]) for finding in found)


def with_cell(row: int, column: int, cell: Cell) -> Rows:
    rows = sheet_rows(VALUES)
    rows[row] = [*rows[row], *[""] * 6]
    rows[row][column] = cell
    return rows


@pytest.mark.parametrize("cell", [999, 999.0, "999", " ９９９ "])
@pytest.mark.parametrize("beside", [2, 3, 5])
def test_a_figure_beside_an_entry_is_named_and_not_counted(beside: int, cell: Cell) -> None:
    submission = read(with_cell(ROW, COLUMN + beside, cell))
    assert places(submission) == f"Sheet1!{'HIJKLMNO'[beside]}{ROW + 1}"
    assert submission.entries["study_sessions"].value == 101


def test_a_figure_in_a_row_more_or_below_the_table_is_named() -> None:
    rows = sheet_rows(VALUES)
    rows.insert(ROW + 1, ["", "", "", "参与（补充）", "", "", "", 300, "人次"])
    rows.append(["", "", "", "合计", "", "", "", 5000])
    assert places(read(rows)) == f"Sheet1!H{ROW + 2}、Sheet1!H{len(rows)}"


def test_it_is_not_quoted_because_it_may_be_a_telephone_number() -> None:
    submission = read(with_cell(ROW, COLUMN + 3, 13800000009))
    assert places(submission)
    assert "13800000009" not in "".join(finding.message("zh") for finding in submission.findings)


def test_a_column_that_numbers_the_rows_holds_no_figures() -> None:
    rows = table_rows(VALUES)
    numbered = [row if len(row) < 3 else [number - 3, *row] for number, row in enumerate(rows)]
    assert places(read(numbered)) == ""


def test_a_form_as_it_should_be_has_none() -> None:
    assert places(read(sheet_rows(VALUES))) == places(read(table_rows(VALUES))) == ""


def test_figures_in_a_column_are_named_with_its_heading() -> None:
    rows = sheet_rows(VALUES)
    for field in PROGRESS.reported_fields:
        rows[place_of(field.key)[0]].append(7)
    rows[ROW - 1].append("去年")
    last, _column = place_of(PROGRESS.reported_fields[-1].key)
    assert places(read(rows)) == f"Sheet1!L{ROW + 1}—Sheet1!L{last + 1}（去年）"


def test_figures_beside_or_below_empty_sentences_are_named_and_not_called_nothing() -> None:
    beside = table_rows({key: VALUES[key] for key in ("unit", "date")})
    for row in beside[3:]:
        row.append("数据" if row is beside[3] else "101、102、103")
    submission = read(beside)
    assert (submission.status, [each.code for each in submission.findings]) == (
        "rejected",
        ["form-without-keys", "form-figures-elsewhere"],
    )
    assert submission.findings[-1].parameters["places"] == "Sheet1!D5—Sheet1!D9（数据）"
