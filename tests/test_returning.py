"""What was sent, with what was found in it → the form that goes back: nothing lost, nothing read that was not."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import Roster, Unit
from anquanyue.checking import Checked, check
from anquanyue.decisions import Decision, Decisions
from anquanyue.findings import CATALOGUE, Finding
from anquanyue.findings.pages import PLACEHOLDERS
from anquanyue.reading.forms import read_forms
from anquanyue.reading.submission import Submission
from anquanyue.reading.workbook import read_workbook
from anquanyue.returning import Telling, ToReturn, asks_the_unit, carried_over, to_return
from anquanyue.writing.marks import Mark, Returned
from anquanyue.writing.workbook import form_workbook
from reading.grids import CAMPAIGN, LAYOUTS, LIAISON, PROGRESS, document, read, read_all, sheet_rows, table_rows

from filling import progress_values

WUJIN = Unit(code="wujin", name="武进区工信局", aliases=("武进区",))
ROSTER = Roster((WUJIN, Unit(code="xinbei", name="新北区经发局")))
NONE = Decisions()
MISTAKES = {"study_attendance": "约300人", "lecture_attendance": "三四十", "film_screenings": "", "pledge_signers": ""}


def returned(*submissions: Submission, decisions: Decisions = NONE, roster: Roster | None = ROSTER) -> list[ToReturn]:
    checked: Checked = check(submissions, CAMPAIGN, roster, decisions)
    return to_return(CAMPAIGN, roster, checked.submissions, checked.findings)


def sent(path: str = "a.xlsx", **values: object) -> Submission:
    (each,) = read_all(sheet_rows(progress_values(PROGRESS) | values))
    return named(each, path)


def named(submission: Submission, path: str) -> Submission:
    findings = tuple(replace(finding, path=path) for finding in submission.findings)
    return replace(submission, path=path, findings=findings)


def marks_at(form: ToReturn, name: str) -> list[Mark]:
    return [mark for mark in form.marks if name in mark.names]


def test_a_form_without_mistakes_does_not_go_back() -> None:
    evidence = {
        f"{key}_news_evidence": f"https://news.example.com/{key}" for key in ("municipal", "provincial", "national")
    }
    assert [form for form in returned(sent(**evidence)) if any(mark.severity == "error" for mark in form.marks)] == []


def test_what_is_wrong_is_marked_at_its_entry_in_the_order_of_the_form() -> None:
    (form,) = returned(sent(**MISTAKES))
    errors = [name for mark in form.marks if mark.severity == "error" for name in mark.names]
    assert errors == ["lecture_attendance", "film_screenings", "pledge_signers"]
    (approximate,) = marks_at(form, "study_attendance")
    assert approximate.severity == "warning"
    assert "约300人" in approximate.found
    assert form.values["study_attendance"] == "约300人"
    assert form.values["lecture_attendance"] == "三四十"
    assert form.values["study_sessions"] == 1
    assert "film_screenings" not in form.values
    assert (form.unit, form.revision, form.submission.path) == (WUJIN, 1, "a.xlsx")


def test_every_blank_of_a_grouped_finding_is_marked() -> None:
    blank = ("pledge_signers", "nearby_hazards", "other_audience", "rectification_reports")
    (form,) = returned(sent(**dict.fromkeys(blank, "")))
    (mark,) = marks_at(form, "nearby_hazards")
    assert mark.names == ("pledge_signers", "nearby_hazards", "rectification_reports")
    assert mark.label == "3项"
    # Its comment is the same for each, and names none of them.
    assert mark.found not in mark.comment


def test_a_link_that_is_none_is_marked_where_the_evidence_stands() -> None:
    (form,) = returned(sent(municipal_news_evidence="htp:/www.example.com/1"))
    assert [mark.severity for mark in marks_at(form, "municipal_news_evidence")] == ["warning"]
    assert form.values["municipal_news_evidence"] == "htp:/www.example.com/1"


def test_the_revision_counts_how_often_it_was_returned() -> None:
    submission = sent(**MISTAKES)
    assert submission.stamp
    again = replace(submission, stamp=replace(submission.stamp, revision=2, unit="wujin"))
    (form,) = returned(again)
    assert form.revision == 3
    lost = replace(submission, stamp=None)
    (form,) = returned(lost)
    assert form.revision == 1


def test_a_name_that_was_guessed_goes_back_as_the_list_of_units_has_it() -> None:
    (form,) = returned(sent(unit="武进区工信句", **MISTAKES))
    assert form.values["unit"] == "武进区工信局"
    (mark,) = marks_at(form, "unit")
    assert "武进区工信句" in mark.found


def test_an_alias_stays_as_it_was_written() -> None:
    (form,) = returned(sent(unit="武进区", **MISTAKES))
    assert (form.values["unit"], form.unit) == ("武进区", WUJIN)


def test_of_a_unit_that_nobody_knows_the_name_is_marked_and_no_unit_is_in_the_stamp() -> None:
    (form,) = returned(sent(unit="某某样例商店"))
    assert (form.unit, form.values["unit"]) == (None, "某某样例商店")
    assert [mark.severity for mark in marks_at(form, "unit")] == ["error"]


def test_without_a_list_of_units_it_goes_back_to_whom_it_names() -> None:
    (form,) = returned(sent(**MISTAKES), roster=None)
    assert form.unit == Unit(code="", name="武进区工信局")


def test_what_was_superseded_does_not_go_back() -> None:
    old, new = sent("收到0620/a.xlsx", **MISTAKES), sent("收到0622/a.xlsx", pledge_signers="")
    assert [form.submission.path for form in returned(old, new)] == ["收到0622/a.xlsx"]


def test_where_it_is_undecided_which_counts_one_goes_back_with_the_differences_marked() -> None:
    first, second = sent("a.xlsx"), sent("b.xlsx", study_sessions=7)
    (form,) = returned(first, second)
    (mark,) = [mark for mark in form.marks if mark.severity == "error"]
    assert mark.names == ("study_sessions",)


def test_a_blank_form_does_not_go_back_where_another_one_counts() -> None:
    (blank,) = read_all(sheet_rows({"unit": "武进区工信局"}))
    blank = replace(
        blank, path="blank.xlsx", findings=tuple(replace(each, path="blank.xlsx") for each in blank.findings)
    )
    assert blank.status == "rejected"
    (form,) = returned(blank)
    assert [mark.names for mark in form.marks] == [()]
    assert [each.submission.path for each in returned(blank, sent("a.xlsx", **MISTAKES))] == ["a.xlsx"]


def test_a_form_that_stands_twice_in_a_file_goes_back_once_with_what_differs_to_be_written_anew() -> None:
    values = progress_values(PROGRESS)
    twins = read_all(sheet_rows(values), sheet_rows(values | {"study_sessions": 9, "drill_sessions": ""}))
    assert [each.status for each in twins] == ["rejected", "rejected"]
    (form,) = returned(*twins)
    (mark,) = [mark for mark in form.marks if mark.severity == "error"]
    assert mark.names == ("study_sessions", "drill_sessions")
    assert form.values["study_sessions"] == "1 | 9"
    assert "（空白）" in str(form.values["drill_sessions"])


def test_a_decided_value_goes_back_as_it_was_sent_and_the_decision_beside_it() -> None:
    decision = Decision(
        kind="value", line=2, unit="wujin", form="progress", field="lecture_attendance", old="三四十", new="35",
        reason="电话", by="协调员甲", when="2022-06-29",
    )  # fmt: skip
    (form,) = returned(sent(**MISTAKES), decisions=Decisions(lines=(decision,)))
    assert form.values["lecture_attendance"] == "三四十"
    assert [mark.severity for mark in marks_at(form, "lecture_attendance")] == ["info"]


def test_what_only_the_coordinator_can_settle_is_not_asked_of_the_unit() -> None:
    (each,) = read_all([row[1:] for row in sheet_rows(progress_values(PROGRESS) | {"date": "2022-07-09"})])
    checked = check([each], CAMPAIGN, ROSTER)
    codes = {finding.code for finding in checked.findings}
    assert {"form-without-keys", "late"} <= codes
    assert not any(asks_the_unit(each) for each in checked.findings if each.code in ("form-without-keys", "late"))


def test_what_the_unit_sees_speaks_to_the_unit() -> None:
    """Hints speak to the coordinator; where they say what to ask the unit, an instruction says it to the unit."""
    silent = [
        code
        for code, each in CATALOGUE.items()
        if asks_the_unit(Finding(code=code)) and not each.instruction and re.search(r"\bask\b|\bdecide\b", each.hint)
        # A file without a form, or no file at all, is no returned form.
        if not code.startswith(("file-", "archive-")) and code != "not-reported"
    ]
    assert silent == []


def test_nothing_that_a_unit_is_told_names_another_unit_or_its_file() -> None:
    """Whatever parameter of whatever message holds the name or the file of another unit."""
    other = Unit(code="xinbei", name="新北区经发局", aliases=("新北开发区",))
    roster = Roster((WUJIN, other))
    own, others = sent("夹/a.xlsx"), replace(sent("夹/b（1）.xlsx"), unit="xinbei")
    telling = Telling([replace(own, unit="wujin"), others], roster)
    for naming in (other.name, f"{WUJIN.name}、{other.name}", f"{other.name}（夹/b（1）.xlsx）…", "夹/b（1）.xlsx"):
        for kind in CATALOGUE.values():
            parameters = dict.fromkeys(PLACEHOLDERS, naming) | {"reason": f"与{naming}重复", "instruction": naming}
            parameters["label"] = "应急演练"
            finding = Finding(code=kind.code, path="夹/a.xlsx", unit="wujin", parameters=parameters)
            said = telling.found(finding) + telling.request(finding)
            assert other.name not in said, kind.code
            assert "b（1）.xlsx" not in said, kind.code
            assert telling.found(finding), kind.code


def test_the_reason_of_a_decision_that_speaks_of_another_unit_is_left_out() -> None:
    decision = Decision(
        kind="value", line=2, unit="wujin", form="progress", field="lecture_attendance", old="三四十", new="35",
        reason="与新北区经发局的重复", by="协调员甲", when="2022-06-29",
    )  # fmt: skip
    (form,) = returned(sent(**MISTAKES), decisions=Decisions(lines=(decision,)))
    (mark,) = marks_at(form, "lecture_attendance")
    assert "35" in mark.found and "新北" not in mark.found


def test_that_figures_are_those_of_another_unit_is_told_without_saying_of_which() -> None:
    first, second = sent("a.xlsx"), sent("b.xlsx", unit="新北区经发局", contact="乙样例")
    both = returned(first, second)
    assert [form.unit.code for form in both if form.unit] == ["wujin", "xinbei"]
    for form, other in zip(both, ("新北", "武进"), strict=True):
        assert any("数据" in mark.found and mark.names == () for mark in form.marks)
        assert other not in str(form.marks)


def test_what_was_not_found_is_no_declared_zero_once_it_is_back() -> None:
    values = progress_values(PROGRESS) | {"blanks_are_zero": "是"}
    rows = [row for row in sheet_rows(values) if row[0] != "drill_sessions"]
    submission = read(rows)
    assert "drill_sessions" not in submission.entries
    assert read_back(submission).entries["drill_sessions"].value is None
    assert read_back(submission).blanks_are_zero


def test_evidence_that_has_no_place_of_its_own_goes_into_the_notes() -> None:
    submission = replace(sent(), notes={"law": "备注"}, evidence={"pledge_signers": "照片1.jpg"})
    assert str(carried_over(submission, PROGRESS, 2022)["law_notes"]).endswith("：照片1.jpg")


@pytest.mark.parametrize("key", ["gender", "mobile", "email"])
def test_a_liaison_form_goes_back_with_its_personal_data_in_the_form_only(key: str) -> None:
    values = {
        "name": "甲样例",
        "organization": "武进区工信局",
        "mobile": "1380000",
        "email": "a@example",
        "gender": "不详",
    }
    (submission,) = read_all(sheet_rows(values, LIAISON))
    (form,) = returned(submission)
    assert form.values[key] == values[key]
    assert all(values[key] not in mark.found + mark.request for mark in form.marks)


# The property -----------------------------------------------------------------------------------------------------

TYPED = st.sampled_from([
    "约300人", "三四十", "5场（含线上2场）", "#REF!", "=A1+A2", "2022-12-03", "12/3", "300 400", "-3", "1.5", "无",
    "1,200", "3次", "３", "100-120", "+5", "@x", "5万余", "44898", "？", "1e5",
]) | st.integers(0, 10**8) | st.just(44898) | st.just("")  # fmt: skip


def read_back(submission: Submission) -> Submission:
    """The returned form as the next reading finds it."""
    values = carried_over(submission, PROGRESS, CAMPAIGN.start.year)
    marked = Mark(names=("study_sessions", "unit"), severity="error", label="甲", found="乙", request="丙")
    data = form_workbook(
        CAMPAIGN,
        PROGRESS,
        WUJIN,
        values,
        asks_children=submission.includes_children is not None,
        returned=Returned(revision=1, marks=(marked,)),
    )
    (again,) = read_forms("returned.xlsx", read_workbook(data, "xlsx"), CAMPAIGN)
    return again


def assert_same(submission: Submission, again: Submission) -> None:
    assert again.stamp
    assert again.stamp.revision == 1
    for key, entry in submission.entries.items():
        found = again.entries[key]
        assert (found.value, found.approximate) == (entry.value, entry.approximate), key
        assert entry.blank == found.blank, key
        if entry.value is None or entry.approximate:
            assert found.text.removeprefix("原填：") == entry.text, key
    assert (again.notes, again.evidence) == (submission.notes, submission.evidence)
    assert again.blanks_are_zero == submission.blanks_are_zero
    assert again.includes_children == submission.includes_children


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_what_was_sent_is_read_again_from_the_form_that_goes_back(layout: str, data: st.DataObject) -> None:
    typed = {field.key: data.draw(TYPED) for field in PROGRESS.fields if field.type == "count"}
    film = data.draw(st.sampled_from(["是", "否", "", "是否", "☑是☑否", "□是√否", "不详"]))
    head = {
        "unit": "武进区工信局",
        "contact": "甲样例",
        "phone": data.draw(st.sampled_from(["0519-85550001", "5550001"])),
    }
    values = head | typed | {"film_studied": film, "date": data.draw(st.sampled_from(["2022-06-28", "6月底", ""]))}
    submissions = read_all(LAYOUTS[layout](values))
    for submission in submissions:
        if submission.form and submission.entries:
            assert_same(submission, read_back(submission))


def test_of_a_word_document_nothing_is_lost() -> None:
    values = progress_values(PROGRESS) | {
        "study_attendance": "约300",
        "film_screenings": "三四十",
        "drill_sessions": "5或6",
    }
    submission = read(document(table_rows(values)))
    assert submission.entries["drill_sessions"].value is None
    assert_same(submission, read_back(submission))


def test_notes_evidence_and_boxes_are_read_again() -> None:
    extra = {
        "study_notes": "把课堂搬进车间（样例）。\n第二行",
        "municipal_news_evidence": "https://news.example.com/1",
        "blanks_are_zero": "是",
        "drill_sessions": "",
        "drill_attendance": "",
    }
    submission = replace(read(sheet_rows(progress_values(PROGRESS) | extra)), includes_children=False)
    assert_same(submission, read_back(submission))
