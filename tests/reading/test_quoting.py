import pytest

from anquanyue.reading.grid import Cell
from anquanyue.reading.quoting import quoted, quoted_date
from reading.grids import PROGRESS, place_of, read, sheet_rows, table_rows

from filling import progress_values

VALUES: dict[str, Cell] = progress_values(PROGRESS, start=101)  # type: ignore[assignment]
NAME, PHONE = "丙样例", "13800000009"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("全员", "全员"),
        ("300-400", "300-400"),
        ("2022-12-03", "2022-12-03"),
        ("13800000009", "13*********"),
        ("１３８００００", "13*****"),
        (f"见{NAME}{PHONE}", "…"),
        ("138 0000 0009 找我", "…"),
        ("a@example.com", "…"),
        ("联系人甲", "…"),
    ],
)
def test_what_may_be_quoted_of_a_figure(text: str, shown: str) -> None:
    assert quoted(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("6月底", "6月底"), ("2022.6.31", "2022.6.31"), (f"6月2日 {NAME}", "…"), ("20220631", "…")]
)
def test_what_may_be_quoted_of_a_date(text: str, shown: str) -> None:
    assert quoted_date(text) == shown


def row_with_a_person() -> list[list[Cell]]:
    rows = sheet_rows(VALUES | {"study_sessions": ""})
    row, _column = place_of("study_sessions")
    rows[row] += ["", 5, f"{NAME}{PHONE}"]
    return rows


def unit_in_two_cells() -> list[list[Cell]]:
    rows = sheet_rows(VALUES)
    row, column = place_of("unit")
    rows[row][column + 1 : column + 1] = [NAME]
    return rows


def person_beside_a_blank() -> list[list[Cell]]:
    rows = table_rows(VALUES)
    rows[4][2] = str(rows[4][2]).replace("理论学习中心组学习（101）次", f"{NAME}{PHONE}：学习（101次")
    return rows


def person_behind_a_blank() -> list[list[Cell]]:
    rows = table_rows(VALUES)
    rows[4][2] = str(rows[4][2]).removesuffix("。") + f"，问{NAME}{PHONE}。"
    return rows


@pytest.mark.parametrize(
    "rows",
    [
        row_with_a_person(),
        unit_in_two_cells(),
        person_beside_a_blank(),
        person_behind_a_blank(),
        sheet_rows(VALUES | {"date": f"2022-6-27 {NAME} {PHONE}"}),
        sheet_rows(VALUES | {"study_sessions": f"见{NAME}{PHONE}"}),
    ],
    ids=["row", "unit", "beside", "behind", "date", "figure"],
)
def test_no_finding_quotes_a_person(rows: list[list[Cell]]) -> None:
    submission = read(rows)
    assert any(finding.severity != "info" for finding in submission.findings)
    for finding in submission.findings:
        shown = finding.message("zh") + str(finding.value) + str(finding.parameters)
        assert NAME not in shown
        assert PHONE not in shown
