"""The forms of a file: head lines, boxes, notes, pictures, several forms in one file, forms of other years."""

import dataclasses
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN
from anquanyue.findings import CATALOGUE
from anquanyue.reading.entries import malformed_links
from anquanyue.reading.forms import read_forms
from anquanyue.reading.grid import Book, Cell, Concealed, Grid, Picture
from anquanyue.reading.submission import Submission
from reading.grids import (
    CAMPAIGN,
    LIAISON,
    PROGRESS,
    TITLE,
    Rows,
    document,
    errors,
    head_line,
    keyless_rows,
    place_of,
    read,
    read_all,
    sheet_rows,
    table_rows,
    values_of,
)

HEAD: dict[str, Cell] = {"unit": "武进区工信局", "contact": "甲样例", "phone": "0519-00000001", "date": "2022-06-27"}
VALUES: dict[str, Cell] = HEAD | {
    field.key: "是" if field.type == "yes_no" else number for number, field in enumerate(PROGRESS.reported_fields, 10)
}
OTHER: dict[str, Cell] = VALUES | {"unit": "新北区经发局", "study_sessions": 500}
PERSON: dict[str, Cell] = {
    "name": "乙样例",
    "gender": "男",
    "position": "科长",
    "office_phone": "0519-85680001",
    "mobile": "13900000000",
    "fax": "0519-85680002",
    "qq": "100000001",
    "wechat": "sample_b",
    "email": "b@example.com",
    "organization": "武进区工信局",
    "address": "样例路1号",
}
PAIRS: Rows = [
    ["附件2"],
    ["“安全生产月”活动联络员推荐表"],
    *[[cell for blank in row.blanks for cell in (blank.words, PERSON[blank.key])] for row in LIAISON.rows],
    ["注：请于5月30日前将此表发送至邮箱〔邮箱〕。"],
]
TABLE = table_rows(VALUES)


def codes(submission: Submission) -> list[str]:
    return [finding.code for finding in submission.findings]


def texts(submission: Submission) -> dict[str, str]:
    return {key: entry.text for key, entry in submission.entries.items() if entry.text}


# The head line ---------------------------------------------------------------------------------------------------

HEADS: dict[str, Rows] = {
    "one cell": [[head_line(VALUES)]],
    "cells": [
        [
            "填报单位（盖章）：",
            "武进区工信局",
            "",
            "联系人：",
            "甲样例",
            "电话",
            "0519-00000001",
            "填报日期",
            "2022-06-27",
        ]
    ],
    "some cells": [
        ["填报单位（盖章）：武进区工信局", "联系人：甲样例", "", "电话：0519-00000001 填报日期：2022-06-27"]
    ],
    "rows": [["填报单位（盖章）：武进区工信局"], ["联系人：甲样例"], ["电话：0519-00000001"], ["填报日期：2022-06-27"]],
    "lines": [["填报单位：武进区工信局\n联系人：甲样例\n电话：0519-00000001\n填报日期：2022-06-27"]],
    "underscores": [["填报单位：__武进区工信局__\t联系人：＿甲样例＿ 电话：_0519-00000001_ 填报日期：_2022-06-27"]],
    "another order": [["填报日期：2022-06-27  填报单位：武进区工信局（盖章） 联系电话：0519-00000001　联系人：甲样例"]],
    "spaced": [["填 报 单 位（盖章） ：武进区工信局  联 系 人：甲样例  电　话：0519-00000001 填报日期 ：2022-06-27"]],
    "without colons": [["填报单位武进区工信局 联系人甲样例 电话0519-00000001 填报日期2022-06-27"]],
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("where", ["above", "below", "above a sheet"])
def test_the_head_line_is_read_wherever_it_stands(head: str, where: str) -> None:
    if where == "above a sheet":
        rows = [[TITLE], *HEADS[head], *keyless_rows(VALUES)[4:]]
    else:
        rows = [[TITLE], *(HEADS[head] if where == "above" else []), *TABLE[3:]]
        rows += HEADS[head] if where == "below" else []
    submission = read(rows)
    assert {key: text for key, text in texts(submission).items() if key in HEAD} == HEAD
    assert len(values_of(submission)) == 42
    assert submission.notes == {}


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_labels_in_any_order_in_any_cells_have_their_own_values(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    labels = {"unit": "填报单位（盖章）", "contact": "联系人", "phone": "电话", "date": "填报日期"}
    given_ = {key: value for key, value in HEAD.items() if rng.random() < 0.8}
    line: list[str] = []
    for key in rng.sample(sorted(labels), 4):
        value = str(given_.get(key, ""))
        line += [labels[key], value] if rng.random() < 0.5 else [f"{labels[key]}：{value}"]
    submission = read([[TITLE], list(line), *TABLE[3:]])
    assert {key: text for key, text in texts(submission).items() if key in HEAD} == given_


def test_an_empty_head_below_does_not_hide_the_one_above_and_another_unit_is_an_error() -> None:
    assert texts(read([*TABLE, ["填报单位（盖章）：　　　　"]]))["unit"] == "武进区工信局"
    assert errors(read([*TABLE, ["填报单位（盖章）：新北区经发局"]]))["unit"] == ["value-several-cells"]


def test_a_label_with_a_typo_is_a_warning_and_takes_nothing_from_its_neighbour() -> None:
    head: Rows = [
        ["填报单伍", HEAD["unit"], "联系人", HEAD["contact"], "电话", HEAD["phone"], "填报曰期", HEAD["date"]]
    ]
    submission = read([[TITLE], *head, *TABLE[3:]])
    assert {key: text for key, text in texts(submission).items() if key in HEAD} == HEAD
    assert errors(submission) == {"": ["form-without-keys"], "unit": ["value-aligned"], "date": ["value-aligned"]}


def test_a_label_that_is_gone_from_a_keyed_row_is_refused_and_its_person_not_quoted() -> None:
    rows = sheet_rows(VALUES)
    row, column = place_of("contact")
    rows[row][column - 1 : column + 1] = ["丙样例", ""]
    submission = read(rows)
    assert submission.entries["contact"].value != "甲样例"
    assert all("样例" not in finding.message("zh") for finding in submission.findings)


# The boxes about the whole form ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "zero", "children"),
    [
        ("□空白项均未开展，按0计", False, None),
        ("☑空白项均未开展，按0计", True, None),
        ("☒ 空白项均未开展,按０计", True, None),
        ("（√）空白项均未开展，按0计", True, None),
        ("空白项均未开展，按0计：是", True, None),
        ("空白项均未开展，按0计：否", False, None),
        ("本表数据是否包含下级单位：□含☑不含　□空白项均未开展，按0计", False, False),
        ("本表数据是否包含下级单位：☑含□不含　☑空白项均未开展，按0计", True, True),
        ("本表数据是否包含下级单位：□含□不含", False, None),
        ("本表数据是否包含下级单位：☑含☑不含", False, None),
        ("本表数据是否包含下级单位：不含", False, False),
    ],
)
def test_the_boxes_of_a_document(line: str, zero: bool, children: bool | None) -> None:
    submission = read(document([*TABLE, [line]]))
    assert (submission.blanks_are_zero, submission.includes_children) == (zero, children)
    assert len(values_of(submission)) == 42
    assert submission.notes == {}


@pytest.mark.parametrize(
    ("typed", "zero"), [("是", True), ("√", True), (1.0, True), (True, True), ("否", False), ("", False)]
)
def test_the_zero_box_of_a_sheet(typed: Cell, zero: bool) -> None:
    assert read(sheet_rows(VALUES | {BLANKS_ARE_ZERO: typed})).blanks_are_zero is zero


@pytest.mark.parametrize(("typed", "children"), [("含", True), ("不含", False), ("", None), ("部分", None)])
def test_the_choice_about_sub_units_of_a_sheet(typed: Cell, children: bool | None) -> None:
    rows = sheet_rows(VALUES)
    rows.insert(4, [INCLUDES_CHILDREN, "", "", "本表数据是否包含下级单位", "", "", "", typed])
    assert read(rows).includes_children is children


def test_the_zero_box_makes_no_zero_of_a_blank_that_is_not_there() -> None:
    rows = [row for row in keyless_rows(VALUES | {BLANKS_ARE_ZERO: "是"}) if "应急演练活动" not in str(row)]
    submission = read(rows)
    assert submission.blanks_are_zero
    assert "drill_sessions" not in submission.entries


# Notes, evidence, pictures ---------------------------------------------------------------------------------------


def test_prose_that_belongs_to_no_blank_is_a_note_of_its_item() -> None:
    rows = [list(row) for row in TABLE]
    rows[4][2] = f"{rows[4][2]}\n我局还组织了知识竞赛，反响热烈。"
    rows[6][2] = f"{rows[6][2]}详见https://news.example.com/1"
    rows[8][2] = f"{rows[8][2]}另：线上为主"
    rows.insert(6, ["备注/典型做法：评选吹哨人（3次）", "", ""])
    submission = read(document(rows))
    assert submission.notes == {
        "study": "我局还组织了知识竞赛，反响热烈",
        "law": "评选吹哨人（3次）",
        "inspection": "详见https://news.example.com/1",
        "other": "另：线上为主",
    }
    assert len(values_of(submission)) == 42
    assert codes(submission) == []


def test_a_row_that_was_added_to_a_sheet_is_a_note() -> None:
    rows = sheet_rows(VALUES | {"study_notes": "典型做法"})
    rows.insert(10, ["", "", "", "另有线上学习", "", "", "", 5])
    submission = read(rows)
    assert submission.notes == {"study": "典型做法\n另有线上学习 5"}


def test_evidence_stands_in_its_column_or_in_a_line_of_a_documents_notes() -> None:
    link = "https://news.example.com/1"
    sheet = read(sheet_rows(VALUES | {"municipal_news_evidence": link, "provincial_news_evidence": "见照片"}))
    assert sheet.evidence == {"municipal_news": link, "provincial_news": "见照片"}
    rows = [list(row) for row in TABLE]
    rows.insert(7, [f"备注/典型做法：较好\n佐证材料（市级主流媒体新闻报道）：{link}", "", ""])
    submission = read(document(rows))
    assert submission.evidence == {"municipal_news": link}
    assert submission.notes == {"inspection": "较好"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://news.example.com/1?a=b", []),
        ("http：//news.example.com/1", []),
        ("www.example.com；https://news.example.com", []),
        ("见照片1.jpg，截图", []),
        ("http//news.example.com", ["http//news.example.com"]),
        ("https://", ["https://"]),
        ("www,example.com", ["www,example.com"]),
        ("http://新闻", ["http://新闻"]),
    ],
)
def test_links_are_checked_for_their_form(text: str, found: list[str]) -> None:
    assert malformed_links(text) == found
    rows = sheet_rows(VALUES | {"municipal_news_evidence": text})
    assert codes(read(rows)) == ["link-malformed"] * len(found)


def test_pictures_belong_to_the_item_in_whose_rows_they_stand() -> None:
    rows = sheet_rows(VALUES)
    row = place_of("drill_sessions")[0]
    pictures = (Picture(row, 9, "a"), Picture(row + 1, 9, "b"), Picture(0, 2, "c"), Picture(len(rows) + 3, 1, "d"))
    grid = Grid("附件3", tuple(map(tuple, rows)), pictures=pictures)
    assert read(grid).pictures == {"outreach": ("a", "b"), "": ("c", "d")}
    table = document(TABLE)
    assert read(dataclasses.replace(table, pictures=(Picture(5, 2, "e"),))).pictures == {"law": ("e",)}


# Several forms in one file ---------------------------------------------------------------------------------------


def summary(*grids: Grid | Rows) -> list[tuple[str, str, str, list[str]]]:
    """Path, unit as written, status and codes of what is read."""
    found = []
    for each in read_all(*grids):
        said = [code for code in codes(each) if code != "form-without-keys"]
        unit = each.entries.get("unit") or each.entries.get("organization")
        found.append((each.path, unit.text if unit else "", each.status, said))
    return found


@pytest.mark.parametrize(
    "grid",
    [
        document(table_rows(VALUES) + table_rows(OTHER)),
        document(TABLE[2:] + table_rows(OTHER)[2:]),
        document([*TABLE[3:], TABLE[2], *table_rows(OTHER)[3:], table_rows(OTHER)[2]]),
        document([*TABLE[:2], *TABLE[3:], TABLE[2], *TABLE[:2], *table_rows(OTHER)[3:], table_rows(OTHER)[2]]),
    ],
    ids=["titles", "heads", "heads below", "titles, heads below"],
)
def test_two_forms_in_one_document_are_two_submissions(grid: Grid) -> None:
    first, second = read_all(grid)
    assert (first.path, second.path) == ("a.xlsx#1", "a.xlsx#2")
    assert (texts(first)["unit"], texts(second)["unit"]) == ("武进区工信局", "新北区经发局")
    assert values_of(second) == values_of(first) | {"study_sessions": 500}
    assert second.entries["study_sessions"].place != first.entries["study_sessions"].place


def test_two_forms_on_one_sheet_or_on_two() -> None:
    for rows in (sheet_rows(VALUES) + sheet_rows(OTHER), [*keyless_rows(VALUES), [], *keyless_rows(OTHER)]):
        assert summary(rows) == [
            ("a.xlsx#Sheet1", "武进区工信局", "accepted", []),
            ("a.xlsx#Sheet1#2", "新北区经发局", "accepted", []),
        ]
    assert summary(sheet_rows(VALUES), sheet_rows(OTHER)) == [
        ("a.xlsx#Sheet1", "武进区工信局", "accepted", []),
        ("a.xlsx#Sheet2", "新北区经发局", "accepted", []),
    ]


def test_both_attachments_in_one_document() -> None:
    for grid in (document(PAIRS + TABLE), document(TABLE + PAIRS)):
        assert sorted(str(each.form) for each in read_all(grid)) == ["liaison", "progress"]


def test_the_same_form_twice_counts_once() -> None:
    for grids in ((sheet_rows(VALUES), sheet_rows(VALUES)), (document(TABLE + TABLE),), (sheet_rows(VALUES), TABLE)):
        assert summary(*grids) == [("a.xlsx", "武进区工信局", "accepted", ["form-copy"])]


@pytest.mark.parametrize("unit", ["武进区工信局", " 武进区 工信局", ""])
def test_the_same_unit_with_other_figures_counts_not_at_all(unit: str) -> None:
    first, second = read_all(sheet_rows(VALUES), sheet_rows(OTHER | {"unit": unit}))
    for each in (first, second):
        assert (each.status, codes(each)) == ("rejected", ["form-twice"])
        assert each.findings[0].parameters["labels"] == "理论学习中心组学习"


def test_an_empty_form_beside_a_filled_one_is_no_submission() -> None:
    filled, empty = sheet_rows(VALUES), sheet_rows({})
    for grids in ((filled, empty), (empty, filled), (filled, sheet_rows({}, LIAISON)), (filled, [[TITLE]])):
        assert summary(*grids) == [("a.xlsx", "武进区工信局", "accepted", [])]
    assert summary(empty, empty) == [("a.xlsx", "", "rejected", ["form-blank"])]


@pytest.mark.parametrize(
    "rows",
    [
        [[TITLE], *TABLE],
        [*TABLE[:6], [f"{TITLE}（续表）"], *TABLE[6:]],
        [*TABLE[:6], [TITLE], *TABLE[6:]],
        [[TITLE], ["2022年"], *sheet_rows(VALUES)],
    ],
    ids=["title above", "continued", "title again", "title above a sheet"],
)
def test_a_title_that_stands_there_twice_makes_no_second_form(rows: Rows) -> None:
    submission = read(rows)
    assert len(values_of(submission)) == 42
    assert submission.notes == {}


def prose_of(values: dict[str, Cell]) -> str:
    return "\n".join(str(row[2]) for row in table_rows(values)[4:])


def test_the_whole_progress_pasted_into_one_cell_of_the_sheet_is_read() -> None:
    for row, column in (place_of("study_sessions"), place_of("drill_sessions"), (60, 3)):
        rows = sheet_rows({**HEAD}) + [[""] * 11 for _ in range(12)]
        rows[row][column] = prose_of(VALUES)
        submission = read(rows)
        assert len(values_of(submission)) == 42
        assert submission.entries["study_attendance"].value == VALUES["study_attendance"]
        assert texts(submission)["unit"] == "武进区工信局"


def test_prose_that_contradicts_the_cells_is_an_error() -> None:
    rows = sheet_rows({**HEAD, "study_sessions": 7, "drill_sessions": VALUES["drill_sessions"]})
    rows.append(["", prose_of(VALUES)])
    submission = read(rows)
    assert errors(submission) == {"study_sessions": ["value-several-cells"], "drill_sessions": ["value-several-cells"]}


# Forms that are not this campaign's ------------------------------------------------------------------------------


def test_a_form_of_another_year_is_not_read() -> None:
    submission = read(document([[f"2021年{TITLE}"], *TABLE[2:]]))
    assert (submission.status, codes(submission)) == ("rejected", ["form-other-year"])
    assert submission.findings[0].parameters == {"year": 2021}
    assert submission.entries == {}
    assert read(document([[f"2022年{TITLE}"], *TABLE[2:]])).status == "accepted"


@pytest.mark.parametrize("line", ["2021年度", "（2021年）", "２０２１年"])
def test_a_year_alone_in_a_line_beside_the_title_is_the_forms(line: str) -> None:
    for rows in ([[line], *TABLE], [[line], ["附件3"], *TABLE[1:]], [*TABLE[:2], [line], *TABLE[2:]]):
        assert codes(read(document(rows))) == ["form-other-year"]
    assert read(document([["2022年度"], *TABLE])).status == "accepted"


def test_entries_pasted_a_row_too_low_are_not_read() -> None:
    rows = sheet_rows(VALUES)
    places = [place_of(field.key) for field in PROGRESS.reported_fields]
    entries = [rows[row][column] for row, column in places]
    for (row, column), entry in zip(places, ["", *entries[:-1]], strict=True):
        rows[row][column] = entry
    submission = read(rows)
    assert (submission.status, codes(submission), submission.entries) == ("rejected", ["form-shifted"], {})


@pytest.mark.parametrize("typed", ["1", 1, "已组织"])
def test_a_tick_that_is_typed_as_a_number_shifts_nothing(typed: Cell) -> None:
    assert len(values_of(read(sheet_rows(VALUES | {"film_studied": typed})))) >= 41


def test_a_form_of_another_campaign_is_not_read() -> None:
    rows = sheet_rows(VALUES)
    rows[0][0] = str(rows[0][0]).replace(CAMPAIGN.key, "anquan-2021")
    assert codes(read(rows)) == ["form-other-campaign"]


def test_a_form_with_other_blanks_says_how_many_were_found() -> None:
    submission = read(document(TABLE[:5]))
    assert (submission.status, codes(submission)) == ("rejected", ["form-different"])
    assert submission.findings[0].parameters == {"found": 11, "total": 42, "form_label": "附件3"}
    assert "11" in submission.findings[0].message("en")
    assert codes(read([[TITLE], ["组织学习（5）次"]])) == ["form-different"]
    assert codes(read([["别的表"], ["组织学习", 5]])) == ["form-not-found"]


def test_only_the_sheet_for_printing_is_an_error_and_a_report_is_left_aside() -> None:
    printed: Rows = [["anquanyue:derived", "附件3"], ["", TITLE], *[["", *row] for row in TABLE[3:]]]
    assert codes(read(printed)) == ["form-print-only"]
    report: Rows = [["anquanyue:derived"], ["", f"{TITLE}（汇总）"], *[["", *row] for row in TABLE[3:]]]
    submission = read(report)
    assert (submission.status, codes(submission)) == ("ignored", ["file-own-output"])


# Values ----------------------------------------------------------------------------------------------------------


def test_what_says_that_there_was_nothing_is_noted_once() -> None:
    submission = read(sheet_rows(VALUES | {"study_sessions": "无", "drill_sessions": "/"}))
    (finding,) = submission.findings
    assert finding.code == "nil-counted-as-zero"
    assert finding.parameters["number"] == 2
    assert submission.entries["drill_sessions"].value == 0


def test_an_approximation_is_marked() -> None:
    entry = read(sheet_rows(VALUES | {"study_attendance": "约300人"})).entries["study_attendance"]
    assert (entry.value, entry.approximate) == (300, True)


def test_what_looks_blank_is_looked_at_twice() -> None:
    grid = Grid("附件3", tuple(map(tuple, sheet_rows(VALUES | {"study_sessions": "", "drill_sessions": ""}))))
    concealed = {
        place_of("study_sessions"): Concealed("error", "#REF!"),
        place_of("drill_sessions"): Concealed("formula", "=1+1"),
    }
    (submission,) = read_forms("a.xlsx", Book((grid,), lambda _name: concealed), CAMPAIGN)
    assert codes(submission) == ["value-error", "value-formula-without-result"]
    assert submission.entries["drill_sessions"].text == "=1+1"


# Attachment 2 ----------------------------------------------------------------------------------------------------

LISTS: dict[str, Grid | Rows] = {
    "keyed sheet": sheet_rows(PERSON, LIAISON),
    "keyless sheet": keyless_rows(PERSON, LIAISON),
    "document": document(PAIRS),
    "merged cells": document([[cell for each in row for cell in (each, "")] if len(row) > 1 else row for row in PAIRS]),
    "a row a pair": [[blank.words, PERSON[blank.key]] for row in LIAISON.rows for blank in row.blanks],
    "lines": [["\n".join(f"{blank.words}：{PERSON[blank.key]}" for row in LIAISON.rows for blank in row.blanks)]],
    "another order": PAIRS[:2] + PAIRS[2:-1][::-1],
    "stars": [[f"{cell}*" if cell in ("姓名", "手机", "单位名称") else cell for cell in row] for row in PAIRS],
}


@pytest.mark.parametrize("name", LISTS)
def test_pairs_are_read_however_they_are_arranged(name: str) -> None:
    submission = read(LISTS[name])
    assert (submission.form, submission.status) == ("liaison", "accepted")
    assert texts(submission) == PERSON


@settings(max_examples=40, deadline=None)
@given(blank=st.sets(st.sampled_from(sorted(PERSON))))
def test_a_blank_takes_nothing_from_its_neighbours(blank: set[str]) -> None:
    given_ = {key: value for key, value in PERSON.items() if key not in blank or key == "organization"}
    rows: Rows = [
        [cell for each in row.blanks for cell in (each.words, given_.get(each.key, ""))] for row in LIAISON.rows
    ]
    for made in (sheet_rows(given_, LIAISON), keyless_rows(given_, LIAISON), [[LIAISON.title], *rows]):
        assert texts(read(made)) == given_


def test_a_list_with_the_labels_as_headings_is_not_called_blank() -> None:
    labels: list[Cell] = [blank.words for row in LIAISON.rows for blank in row.blanks]
    submission = read([labels, list(PERSON.values())])
    assert (submission.status, codes(submission)) == ("rejected", ["form-different"])


def test_nothing_about_a_person_is_quoted() -> None:
    rows = [[str(cell).replace("办公电话", "办工电话") for cell in row] for row in PAIRS]
    rows[4][1] = "不是号码"
    submission = read(rows)
    assert codes(submission)
    for finding in submission.findings:
        shown = finding.message("zh") + str(finding.value) + str(finding.parameters)
        assert not any(str(value) in shown for key, value in PERSON.items() if key not in ("organization", "gender"))
        assert "不是号码" not in shown


def test_every_code_is_in_the_catalogue() -> None:
    assert {"form-different", "form-print-only", "form-twice", "form-copy", "form-other-year"} <= CATALOGUE.keys()
