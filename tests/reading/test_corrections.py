"""Remarks that speak of a correction are named, and never applied."""

import pytest

from anquanyue.reading.grid import Cell
from anquanyue.reading.submission import Submission
from reading.grids import EVIDENCE, LIAISON, PROGRESS, errors, place_of, read, sheet_rows, table_rows, values_of

from filling import progress_values

VALUES: dict[str, Cell] = progress_values(PROGRESS, start=101)  # type: ignore[assignment]


def remarks(submission: Submission) -> list[tuple[str | None, object]]:
    return [(each.place, each.value) for each in submission.findings if each.code == "correction-remark"]


@pytest.mark.parametrize(
    "text", ["更正：学习次数应为999", "上表数据有误，以附件为准", "第3行填错", "学习次数改为9", "勘误见附件"]
)
def test_a_correction_below_the_table_is_named(text: str) -> None:
    rows = sheet_rows(VALUES)
    rows.append(["", "", "", text])
    submission = read(rows)
    assert remarks(submission) == [(f"Sheet1!D{len(rows)}", text)]
    assert submission.entries["study_sessions"].value == VALUES["study_sessions"]
    prose = table_rows(VALUES)
    prose.append([f"说明：{text}。"])
    assert remarks(read(prose)) == [(f"Sheet1!A{len(prose)}", f"说明：{text}")]


def test_in_the_notes_and_as_evidence_too() -> None:
    submission = read(
        sheet_rows(VALUES | {"study_notes": "学习次数更正，见附件", "municipal_news_evidence": "数据有误"})
    )
    assert [value for _place, value in remarks(submission)] == ["学习次数更正，见附件", "数据有误"]


@pytest.mark.parametrize("text", ["应为999", "实为9篇", "更正为 12"])
def test_another_number_in_the_row_of_a_figure_refuses_it(text: str) -> None:
    rows = sheet_rows(VALUES)
    rows[place_of("municipal_news")[0]][EVIDENCE] = text
    submission = read(rows)
    assert errors(submission) == {"municipal_news": ["value-refused"]}
    assert submission.entries["municipal_news"].text == f"{VALUES['municipal_news']} {text}"


@pytest.mark.parametrize("text", ["如有误请联系我局", "督促整改为主", "全员应为安全尽责", "红色须更正，橙色请核对"])
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    rows = sheet_rows(VALUES)
    rows.append(["", "", "", text])
    assert remarks(read(rows)) == []
    assert len(values_of(read(rows))) == 42


@pytest.mark.parametrize(
    "text", ["更正：电话应为13800000009", "联系人应为乙样例，原填错", "有误，应为9，问乙样例13800000009"]
)
def test_what_may_be_about_a_person_is_not_quoted(text: str) -> None:
    rows = sheet_rows(VALUES)
    rows.append(["", "", "", text])
    assert remarks(read(rows)) == [(f"Sheet1!D{len(rows)}", "…")]
    people = sheet_rows({"organization": "武进区工信局", "name": "甲样例"}, LIAISON)
    people.append(["", "姓名更正为乙样例"])
    assert [value for _place, value in remarks(read(people))] == ["…"]
