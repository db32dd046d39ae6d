"""Columns beside the entries: last year's figures, targets, another department's are never this year's figures."""

from collections.abc import Callable, Sequence

import pytest

from anquanyue.reading.grid import Cell
from anquanyue.reading.submission import Submission
from reading.grids import ENTRY, PROGRESS, TITLE, UNIT, Rows, errors, head_line, place_of, read, sheet_rows, table_rows
from reading.grids import values_of as values_read

from filling import progress_values

VALUES: dict[str, Cell] = progress_values(PROGRESS, start=101)  # type: ignore[assignment]
FIELDS = PROGRESS.reported_fields
FIGURES = {key: True if value == "是" else value for key, value in VALUES.items() if key in {f.key for f in FIELDS}}
ODD = {field.key: FIGURES[field.key] for field in FIELDS[1::2]}
HEADING = next(row for row, cells in enumerate(sheet_rows({})) if "填写" in cells)

Row = Callable[[int, Cell, str], list[Cell]]


def listed(headings: Sequence[Cell], row: Row) -> Rows:
    """A list with the words of the blanks in front, and what `row` makes of its number, its value and its unit."""
    rows: Rows = [[TITLE], [head_line(VALUES)], list(headings)]
    for number, field in enumerate(FIELDS):
        rows.append([field.blank.words, *row(number, VALUES[field.key], field.blank.unit)])
    return rows


def other(value: Cell) -> Cell:
    return value + 500 if isinstance(value, int) else value


def with_column(heading: str, entries: bool) -> Rows:
    """Our own sheet with another column of figures in front of the entries, of which every second one is blank."""
    rows = sheet_rows(VALUES)
    for row in rows:
        row.insert(ENTRY, "")
    rows[HEADING][ENTRY] = heading
    for number, field in enumerate(FIELDS):
        row, _column = place_of(field.key)
        rows[row][ENTRY] = other(VALUES[field.key])
        if not entries or number % 2 == 0:
            rows[row][ENTRY + 1] = ""
    return rows


def places(submission: Submission) -> str:
    return "".join(str(each.parameters.get("places", "")) for each in submission.findings)


# Another column beside the entries -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading", ["去年", "上年同期", "目标值", "计划数", "示例", "预计", "标准", "应完成", "第一周"]
)
def test_a_column_that_is_headed_as_another_one_is_set_aside_and_named(heading: str) -> None:
    for rows in (
        with_column(heading, entries=True),
        listed(["指标", heading, "今年", "单位"], lambda n, v, unit: [other(v), v if n % 2 else "", unit]),
        listed(["指标", "今年", heading, "单位"], lambda n, v, unit: [v if n % 2 else "", other(v), unit]),
    ):
        submission = read(rows)
        assert values_read(submission) == ODD
        assert f"（{heading}）" in places(submission)


@pytest.mark.parametrize("heading", ["去年", "去年数"])
def test_the_other_columns_figures_alone_are_no_entries(heading: str) -> None:
    submission = read(with_column(heading, entries=False))
    assert (submission.status, values_read(submission)) == ("rejected", {})
    (finding,) = submission.findings
    assert finding.code == "form-figures-elsewhere"
    assert finding.parameters["places"] == f"Sheet1!H6—Sheet1!H51（{heading}）"


def test_where_only_another_column_is_there_all_of_it_is_refused() -> None:
    submission = read(listed(["指标", "上年数", "单位"], lambda _n, value, unit: [other(value), unit]))
    assert values_read(submission) == {}
    assert errors(submission)["study_sessions"] == ["value-refused"]
    assert "上年数：601" in submission.entries["study_sessions"].text


@pytest.mark.parametrize("heading", ["2021年", "2021年数量", "２０２１"])
def test_entries_that_are_headed_with_another_year_are_those_of_another_year(heading: str) -> None:
    submission = read(listed(["指标", heading, "单位"], lambda _n, value, unit: [value, unit]))
    assert [each.code for each in submission.findings] == ["form-other-year"]
    this_year = read(listed(["指标", "2022年", "单位"], lambda _n, value, unit: [value, unit]))
    assert values_read(this_year) == FIGURES


@pytest.mark.parametrize("headings", [("部门甲", "部门乙"), ("2021", "2022"), ("", "")])
def test_of_two_columns_that_could_be_meant_neither_is_read(headings: tuple[str, str]) -> None:
    mostly_first = listed(
        ["指标", *headings, "单位"], lambda n, v, unit: [*(("", v) if n in (5, 7) else (v, "")), unit]
    )
    submission = read(mostly_first)
    assert values_read(submission) == {}
    assert errors(submission)["study_sessions"] == ["value-refused"]
    both = read(listed(["指标", *headings, "单位"], lambda n, v, unit: [other(v), v if n % 4 else "", unit]))
    assert values_read(both) == {}


def test_headings_in_two_rows_belong_together() -> None:
    rows = listed(["指标", "2021年", "", "2022年", "单位"], lambda n, v, unit: [1, other(v), v if n % 2 else "", unit])
    rows.insert(3, ["", "上半年", "下半年", "", ""])
    assert values_read(read(rows)) == {}
    rows = listed(["指标", "进展情况", "", "单位"], lambda n, v, unit: [other(v), v if n % 2 else "", unit])
    rows.insert(3, ["", "去年", "今年", ""])
    assert values_read(read(rows)) == ODD


def test_one_figure_beside_an_empty_entry_is_refused() -> None:
    rows = sheet_rows(VALUES)
    row, column = place_of("drill_sessions")
    rows[row][column - 1 : column + 1] = [999, ""]
    submission = read(rows)
    assert "drill_sessions" not in values_read(submission)
    assert errors(submission) == {"drill_sessions": ["value-refused"]}
    assert submission.entries["drill_sessions"].text == "999"


def test_words_and_remarks_in_a_column_of_their_own_do_no_harm() -> None:
    rows = listed(
        ["指标", "填报说明", "数量", "单位", "备注"],
        lambda n, v, unit: ["如实填", v, unit, "3场线上" if n == 3 else ""],
    )
    assert values_read(read(rows)) == FIGURES


def test_an_own_heading_is_believed_whatever_stands_beside_it() -> None:
    rows = with_column("部门甲", entries=True)
    assert values_read(read(rows)) == ODD


# Words, unit, number ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["单位", "计量单位"])
def test_entries_behind_the_units_are_read_and_the_heading_is_no_name(heading: str) -> None:
    rows = listed(["指标", heading, "数量", "备注"], lambda _n, value, unit: [unit, value, ""])
    submission = read(rows)
    assert values_read(submission) == FIGURES
    assert submission.entries["unit"].text == VALUES["unit"]
    assert values_read(read(listed(["指标", heading, "今年", "去年"], lambda _n, v, u: [u, v, other(v)]))) == FIGURES
    assert values_read(read(listed(["", "", "", ""], lambda _n, v, u: [u, v, other(v)]))) == {}


# 万 in headings and notes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading", ["填写（万）", "数量（万人次）", "数量(千)", "数量（单位：万）", "完成率（%）", "万人次", "百分比"]
)
def test_figures_below_a_heading_with_a_scale_are_refused(heading: str) -> None:
    listing = listed(["指标", heading, "单位"], lambda _n, value, unit: [value, unit])
    sheet = sheet_rows(VALUES)
    sheet[HEADING][ENTRY] = heading
    for rows in (listing, sheet):
        submission = read(rows)
        assert set(values_read(submission)) <= {"film_studied"}
        assert errors(submission)["study_sessions"] == ["value-refused"]


@pytest.mark.parametrize("note", ["单位：万人次", "（单位：万人次）", "计量单位: 千人", "单位：万", "以万人次为单位"])
def test_a_note_that_all_is_counted_in_a_scale_refuses_all_figures(note: str) -> None:
    sheet = sheet_rows(VALUES)
    sheet.insert(HEADING, ["", "", "", "", "", "", "", "", note])
    prose = table_rows(VALUES)
    prose.insert(3, [note])
    for rows in (sheet, prose, [[f"{TITLE}（{note.strip('（）')}）"], *table_rows(VALUES)[2:]]):
        submission = read(rows)
        assert values_read(submission) == {"film_studied": True}
        assert submission.entries["unit"].text == VALUES["unit"]


def test_a_note_in_a_row_is_about_that_row() -> None:
    rows = sheet_rows(VALUES)
    rows[place_of("study_attendance")[0]][UNIT + 1] = "单位：万人"
    assert errors(read(rows)) == {"study_attendance": ["value-refused"]}


@pytest.mark.parametrize("name", ["万达样例集团", "百度样例公司", "千山区工信局"])
def test_a_name_that_begins_like_a_scale_is_a_name(name: str) -> None:
    rows = [[TITLE], [f"单位：{name}　联系人：甲样例　日期：2022-06-27"], *table_rows(VALUES)[3:]]
    submission = read(rows)
    assert submission.entries["unit"].text == name
    assert values_read(submission) == FIGURES


@pytest.mark.parametrize("note", ["单位：人次", "单位：人次、场"])
def test_a_note_without_a_scale_says_nothing(note: str) -> None:
    rows = table_rows(VALUES)
    rows.insert(3, [note])
    submission = read(rows)
    assert values_read(submission) == FIGURES
    assert submission.entries["unit"].text == VALUES["unit"]


# Words of a row --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["计划开展应急演练活动", "未开展应急演练活动", "开展应急演练活动（万）", "开展应急演练活动（计划）"]
)
def test_words_that_make_it_another_figure_are_refused(words: str) -> None:
    rows = sheet_rows(VALUES)
    rows[place_of("drill_sessions")[0]][3] = words
    assert errors(read(rows)) == {"drill_sessions": ["value-refused"]}
