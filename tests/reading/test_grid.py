from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.reading import grid
from anquanyue.reading.forms import read_forms
from anquanyue.reading.grid import Book, Cell, Grid, column_letters
from reading.grids import CAMPAIGN, ENTRY, EVIDENCE, PROGRESS, sheet_rows

COUNTS = [field.key for field in PROGRESS.fields if field.type == "count"]
CELLS = st.one_of(
    st.integers(-2, 10**16),
    st.floats(allow_nan=False),
    st.booleans(),
    st.sampled_from(["", "5场", "无", "应为5", "300人次左右", "https://example.com/a", "填写", "去年", "4"]),
)
PLACES = st.tuples(st.integers(0, 60), st.sampled_from([ENTRY - 1, ENTRY, EVIDENCE, EVIDENCE + 1]))


def test_rows_that_differ_in_their_figures_only_are_one_line() -> None:
    first, second, third = Grid("a", (("参与", 5, 1.5), ("参与", 300.0, 1.5), ("参与", True, 1.5))).lines
    assert first is second
    assert first.figures == (1,)
    # To Python a tick is equal to 1.
    assert third is not first
    assert third.figures == ()


def test_a_line_is_asked_once() -> None:
    asked: list[tuple[Cell, ...]] = []

    def question(cells: tuple[Cell, ...], about: str) -> int:
        asked.append(cells)
        return len(about)

    for number in range(3):
        (line,) = Grid("a", (("asked once", number),)).lines
        assert line.ask(question, "about") == len("about")
    assert len(asked) == 1


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(COUNTS), CELLS), st.dictionaries(PLACES, CELLS, max_size=3))
def test_what_is_remembered_of_other_forms_changes_nothing(
    values: dict[str, Cell], astray: dict[tuple[int, int], Cell]
) -> None:
    rows = sheet_rows({"unit": "甲", **dict.fromkeys(COUNTS, 4), **values})
    for (row, column), cell in astray.items():
        if row < len(rows):
            rows[row][column] = cell
    book = Book((Grid("附件3", tuple(map(tuple, rows))),))
    remembered = read_forms("a.xlsx", book, CAMPAIGN)
    grid._lines.clear()
    assert read_forms("a.xlsx", Book((Grid("附件3", tuple(map(tuple, rows))),)), CAMPAIGN) == remembered


def test_the_letters_of_columns() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_row_is_asked_with_its_figures() -> None:
    def numbers(cells: Sequence[Cell], _about: None) -> list[Cell]:
        return [cell for cell in cells if isinstance(cell, int)]

    for year in (2021, 2022):
        assert Grid("a", (("合计", year),)).ask(0, numbers, None) == [year]


def test_only_rows_with_an_answer_are_told() -> None:
    def texts(cells: Sequence[Cell], _about: None) -> list[Cell]:
        return [cell for cell in cells if isinstance(cell, str) and cell]

    rows: tuple[tuple[Cell, ...], ...] = (("", 1), ("a", 2), (), ("b",))
    for _time in range(2):
        assert Grid("a", rows).asked(texts, None) == [(1, ["a"]), (3, ["b"])]
