"""What is read of a sheet or a table is what was written, or a finding for that field; never anything else."""

import re
from collections.abc import Callable, Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import BLANKS_ARE_ZERO
from anquanyue.reading.grid import Cell, Grid
from anquanyue.reading.submission import Submission
from anquanyue.reading.values import parse
from anquanyue.writing.stamp import Stamp
from reading.grids import (
    CAMPAIGN,
    ENTRY,
    EVIDENCE,
    LABEL,
    LAYOUTS,
    LIAISON,
    PROGRESS,
    UNIT,
    Rows,
    document,
    errors,
    keyless_rows,
    place_of,
    read,
    sheet_rows,
    table_rows,
    values_of,
)

HEAD: dict[str, Cell] = {"unit": "武进区工信局", "contact": "甲样例", "phone": "0519-00000001", "date": "2022-06-27"}
FIGURES = PROGRESS.reported_fields
FIRST, LAST = place_of(FIGURES[0].key)[0], place_of(FIGURES[-1].key)[0]
ODD = ("", "", "无", "/", "约300人", "1.2万", "１２", "三", "1,200", "5场（含线上2场）", "全员", "300-400", "同上", "0")


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311


def filled(rng: Random, odd: float = 0.3) -> dict[str, Cell]:
    """Different figures, with some that are odd or blank among them."""
    numbers = iter(rng.sample(range(10, 9999), len(FIGURES)))
    values = dict(HEAD)
    for field in FIGURES:
        number = next(numbers)
        if field.type == "yes_no":
            values[field.key] = rng.choice(["是", "否", ""])
        else:
            values[field.key] = rng.choice(ODD) if rng.random() < odd else number
    return values


PLAIN = filled(seeded(1), odd=0)


def wanted(values: dict[str, Cell]) -> dict[str, object]:
    parsed = {field.key: parse(field, values[field.key], 2022).value for field in FIGURES}
    return {key: value for key, value in parsed.items() if value is not None}


def astray(submission: Submission, values: dict[str, Cell]) -> Iterable[str]:
    """The fields that have another value than was written, or none without saying so."""
    expected, said = wanted(values), errors(submission)
    for field in FIGURES:
        entry = submission.entries.get(field.key)
        # A field that is not there is reported as missing.
        if entry is None or entry.value == expected.get(field.key):
            continue
        if entry.value is not None or field.key not in said:
            yield field.key


def read_one(rows: Rows) -> Submission:
    submission = read(rows)
    assert submission.form == "progress", submission.findings
    return submission


# Every layout gives the same ------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["sheet", "document"])
def test_every_layout_gives_back_what_was_written(layout: str, kind: str) -> None:
    for seed in range(8):
        values = filled(seeded(seed))
        rows = LAYOUTS[layout](values)
        submission = read(document(rows) if kind == "document" else rows)
        assert values_of(submission) == wanted(values)
        assert {key: submission.entries[key].text for key in HEAD} == HEAD
        assert submission.entries.keys() == {field.key for field in PROGRESS.fields}
        assert submission.notes == {}


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), layout=st.sampled_from(sorted(LAYOUTS)), data=st.data())
def test_inserted_rows_and_columns_and_offsets_do_no_harm(seed: int, layout: str, data: st.DataObject) -> None:
    values = filled(seeded(seed))
    rows = LAYOUTS[layout](values)
    for row in data.draw(st.lists(st.integers(0, len(rows)), max_size=4)):
        rows.insert(row, data.draw(st.sampled_from([[], [""], ["", "", "本单位补充说明"]])))
    for column in data.draw(st.lists(st.integers(0, 10), max_size=3)):
        for row in rows:
            if column < len(row):
                row.insert(column, "")
    rows = [[] for _ in range(data.draw(st.integers(0, 5)))] + rows
    name = data.draw(st.text(min_size=1, max_size=8))
    submission = read(Grid(name, tuple(map(tuple, rows))))
    assert values_of(submission) == wanted(values)
    assert {key: submission.entries[key].text for key in HEAD} == HEAD


def test_places_are_those_of_the_file() -> None:
    assert read(sheet_rows(PLAIN)).entries["study_sessions"].place == "Sheet1!H6"
    assert read(keyless_rows(PLAIN)).entries["study_sessions"].place == "Sheet1!G6"
    assert read(document(table_rows(PLAIN))).entries["study_sessions"].place == "表1 行5列3"


# What people do to a sheet ---------------------------------------------------------------------------------------

Mutation = Callable[[Rows, Random, int], None]
SHEET: dict[str, Mutation] = {}
TABLE: dict[str, Mutation] = {}


def on_sheet(mutation: Mutation) -> Mutation:
    SHEET[mutation.__name__] = mutation
    return mutation


def on_table(mutation: Mutation) -> Mutation:
    TABLE[mutation.__name__] = mutation
    return mutation


@on_sheet
def delete_rows_that_have_no_entry(rows: Rows, rng: Random, _: int) -> None:
    for row in sorted(rng.sample([0, 1, 4], 2), reverse=True):
        del rows[row]


@on_sheet
def delete_rows(rows: Rows, rng: Random, _: int) -> None:
    start = rng.randint(FIRST, LAST - 3)
    del rows[start : start + rng.randint(1, 3)]


@on_sheet
def add_a_column_of_last_week(rows: Rows, rng: Random, shift: int) -> None:
    column = rng.choice([4, ENTRY, ENTRY + 1, UNIT + 1, UNIT + 2]) - shift
    for number, row in enumerate(rows):
        row.insert(column, "上周" if number == 4 else rng.choice(["", rng.randint(1, 9)]) if number >= FIRST else "")


@on_sheet
def number_the_rows(rows: Rows, rng: Random, shift: int) -> None:
    column = rng.choice([1, 3]) - shift
    for number, row in enumerate(rows):
        row.insert(column, "序号" if number == 4 else number - 4 if number >= FIRST else "")


@on_sheet
def shift_the_cells_up(rows: Rows, rng: Random, shift: int) -> None:
    start, by = rng.randint(FIRST, LAST - 4), rng.randint(1, 3)
    for number in range(start, len(rows)):
        below = rows[number + by] if number + by < len(rows) else [""] * 11
        rows[number] = rows[number][: 1 - shift] + below[1 - shift :]


@on_sheet
def shift_the_cells_down(rows: Rows, rng: Random, shift: int) -> None:
    start, by = rng.randint(FIRST, LAST - 4), rng.randint(1, 3)
    for number in reversed(range(start, len(rows))):
        above = rows[number - by] if number - by >= start else [""] * 11
        rows[number] = rows[number][: 1 - shift] + above[1 - shift :]


@on_sheet
def sort_with_the_keys(rows: Rows, rng: Random, shift: int) -> None:
    column = rng.choice([LABEL, ENTRY]) - shift
    rows[FIRST:] = sorted(rows[FIRST:], key=lambda row: str(row[column]))


@on_sheet
def sort_without_the_keys(rows: Rows, rng: Random, shift: int) -> None:
    column = rng.choice([LABEL, ENTRY]) - 1
    body = sorted((row[1 - shift :] for row in rows[FIRST:]), key=lambda row: str(row[column]))
    for row, cells in zip(rows[FIRST:], body, strict=True):
        row[1 - shift :] = cells


@on_sheet
def swap_two_labels_side_by_side(rows: Rows, rng: Random, shift: int) -> None:
    row = rng.randint(FIRST, LAST - 1)
    for column in (LABEL - shift,):
        rows[row][column], rows[row + 1][column] = rows[row + 1][column], rows[row][column]


@on_sheet
def type_beside_the_entry(rows: Rows, rng: Random, shift: int) -> None:
    for row in (rows[number] for number in rng.sample(range(FIRST, LAST + 1), 5)):
        value, words = row[ENTRY - shift], str(row[LABEL - shift])
        if value == "" or words.startswith("备注"):
            continue
        row[ENTRY - shift] = ""
        column, unit = rng.choice([1, 2, 4, 6, UNIT, EVIDENCE, 10, LABEL, 99, 100]) - shift, row[UNIT - shift]
        if column == LABEL - shift:
            row[column] = rng.choice([f"{words}{value}", f"{words}（{value}）{unit}", value])
        elif column >= 99 - shift:
            row[UNIT - shift] = f"{value}{unit}"
        else:
            row[column] = value


@on_sheet
def mistype_labels(rows: Rows, rng: Random, shift: int) -> None:
    for row in rows[FIRST:]:
        words = list(str(row[LABEL - shift]))
        if words and rng.random() < 0.3:
            place = rng.randrange(len(words))
            words[place] = rng.choice(["的", "", words[place] * 2, "安全"])
            row[LABEL - shift] = "".join(words)


@on_sheet
def overwrite_labels(rows: Rows, rng: Random, shift: int) -> None:
    for row in rows[FIRST:]:
        if rng.random() < 0.15:
            row[LABEL - shift] = rng.choice(["", "参与", "其他活动", "学习"])


@on_sheet
def change_units(rows: Rows, rng: Random, shift: int) -> None:
    for row in rows[FIRST:]:
        if row[UNIT - shift] and rng.random() < 0.2:
            row[UNIT - shift] = rng.choice(["", "万人次", "百场", "千人"])


@on_sheet
def fill_the_items_down(rows: Rows, _: Random, shift: int) -> None:
    name = requirement = ""
    for row in rows[FIRST:]:
        name, requirement = str(row[1 - shift] or name), str(row[2 - shift] or requirement)
        row[1 - shift], row[2 - shift] = name, requirement


@on_sheet
def exchange_columns(rows: Rows, rng: Random, shift: int) -> None:
    one, other = rng.sample([1, 2, LABEL, ENTRY, UNIT, EVIDENCE], 2)
    for row in rows:
        row[one - shift], row[other - shift] = row[other - shift], row[one - shift]


@on_sheet
def clear_some_keys(rows: Rows, rng: Random, shift: int) -> None:
    for row in rows[FIRST:]:
        if not shift and rng.random() < 0.3:
            row[0] = ""


@on_sheet
def shift_the_keys(rows: Rows, rng: Random, shift: int) -> None:
    if not shift:
        keys = [row[0] for row in rows]
        by = rng.choice([-2, -1, 1, 2])
        for number, row in enumerate(rows[2:], start=2):
            row[0] = keys[number - by] if 2 <= number - by < len(keys) else ""


@pytest.mark.parametrize("name", SHEET)
@pytest.mark.parametrize("layout", ["keyed sheet", "keyless sheet"])
def test_no_figure_lands_in_another_field(name: str, layout: str) -> None:
    for seed in range(12):
        rng = seeded(seed)
        values = filled(rng)
        rows = LAYOUTS[layout](values)
        SHEET[name](rows, rng, 1 if layout == "keyless sheet" else 0)
        assert list(astray(read_one(rows), values)) == []


@pytest.mark.parametrize(
    "name",
    ["number_the_rows", "shift_the_keys", "fill_the_items_down", "clear_some_keys", "delete_rows_that_have_no_entry"],
)
def test_what_does_no_harm_costs_no_figure(name: str) -> None:
    for seed in range(12):
        rng = seeded(seed)
        values = filled(rng)
        rows = sheet_rows(values)
        SHEET[name](rows, rng, 0)
        assert values_of(read_one(rows)) == wanted(values)


def test_rows_sorted_together_with_their_keys_keep_every_figure() -> None:
    values = filled(seeded(3))
    rows = sheet_rows(values)
    sort_with_the_keys(rows, seeded(3), 0)
    assert values_of(read_one(rows)) == wanted(values)


# What people do to the table of prose ----------------------------------------------------------------------------


def clauses(text: str, ends: str) -> list[str]:
    return [piece for piece in re.split(f"(?<=[{ends}])", text) if piece.strip()]


@on_table
def break_lines_anywhere(rows: Rows, rng: Random, _: int) -> None:
    for row in rows[4:]:
        text = str(row[2])
        for place in sorted(rng.sample(range(1, len(text)), 4), reverse=True):
            if not text[place - 1 : place + 1].isdigit():
                text = f"{text[:place]}\n{text[place:]}"
        row[2] = text


@on_table
def a_row_for_every_clause(rows: Rows, _: Random, __: int) -> None:
    rows[4:] = [[row[0], row[1], piece] for row in rows[4:] for piece in clauses(str(row[2]), "，；。\n")]


@on_table
def requirement_line_by_line_beside_the_statements(rows: Rows, _: Random, __: int) -> None:
    table = []
    for name, requirement, progress in rows[4:]:
        left, right = clauses(str(requirement), "，；。"), str(progress).split("\n")
        for number in range(max(len(left), len(right))):
            cells = [piece[number] if number < len(piece) else "" for piece in (left, right)]
            table.append([name if number == 0 else "", *cells])
    rows[4:] = table


@on_table
def names_and_requirements_in_rows_between(rows: Rows, _: Random, __: int) -> None:
    rows[4:] = [[cell] for row in rows[4:] for cell in (row[0], row[1], *str(row[2]).split("\n"))]


@on_table
def cells_split_anywhere(rows: Rows, rng: Random, _: int) -> None:
    table = []
    for name, requirement, progress in rows[4:]:
        text = str(progress)
        place = rng.choice([n for n in range(5, len(text) - 3) if not text[n - 1 : n + 1].isalnum()])
        if rng.random() < 0.5:
            table.append([name, requirement, text[:place], text[place:]])
        else:
            table += [[name, requirement, text[:place]], ["", "", text[place:]]]
    rows[4:] = table


@on_table
def items_in_another_order(rows: Rows, rng: Random, _: int) -> None:
    body = rows[4:]
    rng.shuffle(body)
    rows[4:] = body


@on_table
def columns_in_another_order(rows: Rows, _: Random, __: int) -> None:
    for row in rows[3:]:
        row.reverse()


@pytest.mark.parametrize("name", TABLE)
def test_a_table_of_prose_is_read_however_it_is_cut(name: str) -> None:
    for seed in range(6):
        rng = seeded(seed)
        values = filled(rng)
        rows = table_rows(values)
        TABLE[name](rows, rng, 0)
        submission = read_one(rows)
        assert list(astray(submission, values)) == []
        assert len(values_of(submission)) >= len(wanted(values)) - 1


def test_a_clause_that_is_gone_gives_its_figure_to_no_other_blank() -> None:
    for seed in range(100):
        rng = seeded(seed)
        values = filled(rng)
        rows = table_rows(values)
        a_row_for_every_clause(rows, rng, 0)
        del rows[rng.randint(5, len(rows) - 3)]
        assert list(astray(read_one(rows), values)) == []


def test_words_in_front_of_the_next_ones_blank_do_not_take_it() -> None:
    rows = table_rows(PLAIN)
    a_row_for_every_clause(rows, seeded(1), 0)
    gone = (f"参与（{PLAIN['topic_participants']}）", "“新安法知多少”")
    rows = [row for row in rows if not str(row[-1]).startswith(gone)]
    submission = read_one(rows)
    assert errors(submission)["topic_participants"] == ["value-refused"]
    assert list(astray(submission, PLAIN)) == []


def test_last_weeks_column_beside_this_weeks_is_refused_where_the_two_differ() -> None:
    values, other = filled(seeded(1), odd=0), filled(seeded(2), odd=0)
    rows = [[*row, *old[2:]] for row, old in zip(table_rows(values), table_rows(other), strict=True)]
    submission = read_one(rows)
    assert list(astray(submission, values)) == []
    assert set(errors(submission)["study_sessions"]) == {"value-refused"}


def test_one_mangled_sentence_loses_only_its_own_blanks() -> None:
    rows = table_rows(PLAIN)
    text = str(rows[4][2])
    rows[4][2] = text.replace(f"理论学习中心组学习（{PLAIN['study_sessions']}）次，", f"学{PLAIN['study_sessions']}，")
    submission = read_one(rows)
    lost = wanted(PLAIN).keys() - values_of(submission).keys()
    assert lost <= {"study_sessions", "study_attendance"}
    assert list(astray(submission, PLAIN)) == []


# Single cases ----------------------------------------------------------------------------------------------------


def changed(key: str, column: int, cell: Cell, **values: Cell) -> Submission:
    """What is read where one cell of a keyed row was changed."""
    rows = sheet_rows(PLAIN | values)
    rows[place_of(key)[0]][column] = cell
    return read_one(rows)


def test_words_that_were_overwritten_are_a_warning_that_shows_both_texts() -> None:
    submission = changed("study_sessions", LABEL, "学习次数")
    assert submission.entries["study_sessions"].value == PLAIN["study_sessions"]
    (finding,) = submission.findings
    assert finding.code == "value-aligned"
    assert "学习次数" in str(finding.parameters["context"])
    assert finding.parameters["expected"] == "理论学习中心组学习（）次"


def test_words_of_another_blank_are_refused() -> None:
    submission = changed("study_sessions", LABEL, "应急演练活动")
    assert submission.entries["study_sessions"].value is None
    assert errors(submission)["study_sessions"] == ["value-refused"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("理论学习中心组学习3次", 3), ("理论学习中心组学习（3）次", 3), ("理论学习中心组学习：三", 3)],
)
def test_a_figure_typed_behind_the_words_is_found_with_a_warning(cell: str, value: int) -> None:
    submission = changed("study_sessions", LABEL, cell, study_sessions="")
    assert submission.entries["study_sessions"].value == value
    assert errors(submission)["study_sessions"] == ["value-aligned"]


def test_a_figure_behind_the_words_and_another_one_in_the_cell_are_an_error() -> None:
    submission = changed("study_sessions", LABEL, "理论学习中心组学习3次", study_sessions=4)
    assert submission.entries["study_sessions"].value is None
    assert errors(submission)["study_sessions"] == ["value-several-cells"]


@pytest.mark.parametrize("column", [1, 2, EVIDENCE, 10])
def test_a_figure_far_from_its_cell_is_an_error_that_quotes_it(column: int) -> None:
    submission = changed("study_attendance", column, 77, study_attendance="")
    assert submission.entries["study_attendance"].value is None
    (code,) = errors(submission)["study_attendance"]
    assert code == "value-refused"
    assert "77" in submission.entries["study_attendance"].text


def test_a_larger_unit_is_not_passed_over() -> None:
    entry = changed("study_attendance", UNIT, "万人次", study_attendance=3).entries["study_attendance"]
    assert entry.value != 3


def test_a_doubled_row_with_another_figure_is_an_error() -> None:
    rows = sheet_rows(PLAIN)
    double = list(rows[FIRST])
    double[ENTRY] = 99999
    submission = read_one([*rows, [], double])
    assert errors(submission) == {"study_sessions": ["value-several-cells"]}
    double[ENTRY] = PLAIN["study_sessions"]
    assert values_of(read_one([*rows, [], double])) == wanted(PLAIN)


def test_a_field_that_is_not_there_is_absent_and_not_blank() -> None:
    rows = keyless_rows(PLAIN)
    del rows[place_of("drill_sessions")[0]]
    assert "drill_sessions" not in read_one(rows).entries


def test_a_row_that_may_be_anothers_is_refused() -> None:
    rows = keyless_rows(PLAIN)
    # 参与 of the one and the words of the next: what is left could be either's.
    first = place_of("open_class_attendance")[0]
    second = place_of("film_attendance")[0]
    del rows[second:first]
    submission = read_one(rows)
    assert submission.entries["film_attendance"].value is None
    assert errors(submission)["film_attendance"] == ["value-refused"]


def test_the_zero_box_notes_and_evidence_of_a_sheet_are_read_with_and_without_keys() -> None:
    extra: dict[str, Cell] = {
        BLANKS_ARE_ZERO: "是",
        "study_notes": "典型做法",
        "municipal_news_evidence": "https://news.example.com/1",
    }
    for rows in (sheet_rows(PLAIN | extra), keyless_rows(PLAIN | extra)):
        submission = read_one(rows)
        assert submission.blanks_are_zero
        assert submission.notes == {"study": "典型做法"}
        assert submission.evidence == {"municipal_news": "https://news.example.com/1"}


def test_a_stamp_of_one_form_above_the_title_of_another_says_how_much_of_that_is_missing() -> None:
    stamp = str(Stamp.of(CAMPAIGN, LIAISON, None))
    submission = read([[stamp, ""], ["", PROGRESS.title], ["", "单位名称"]])
    assert submission.status == "rejected"
    assert [finding.code for finding in submission.findings] == ["form-different"]


def test_a_row_that_ends_before_the_words_has_lost_them() -> None:
    rows: list[list[Cell]] = [[PROGRESS.title]]
    rows += [[field.blank.unit, 5, field.blank.words] for field in PROGRESS.reported_fields]
    del rows[9][2]
    submission = read(rows)
    assert submission.form == PROGRESS.key
    key = PROGRESS.reported_fields[8].key
    assert key not in submission.entries or submission.entries[key].value is None
