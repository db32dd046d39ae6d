from dataclasses import replace

import pytest

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.campaign.model import Campaign, Form, Roster, Unit
from anquanyue.findings import CATALOGUE, Finding
from anquanyue.reading.submission import Entry, Submission
from anquanyue.returning import asks_the_unit
from anquanyue.todo import EITHER_OF_TWO, SETTLING, STAKES, Task, settling, tasks


def sent(progress: Form, path: str, figures: int, **changes: object) -> Submission:
    keys = [field.key for field in progress.reported_fields if field.type == "count"][:figures]
    entries = {key: Entry("5", 5, f"附件3!H{row}") for row, key in enumerate(keys, start=6)}
    entries["unit"] = Entry("常武  工信", "常武 工信", "附件3!C3")
    return replace(Submission(path=path, form="progress", unit="wujin", entries=entries), **changes)  # type: ignore[arg-type]


def found(code: str, path: str, **parts: object) -> Finding:
    return Finding(code=code, path=path, form="progress", **parts)  # type: ignore[arg-type]


def value(code: str, path: str, field: str = "study_sessions") -> Finding:
    return found(code, path, field=field, unit="wujin", parameters={"label": "次", "value": "约5", "number": 5})


def test_every_code_that_can_be_settled_is_known_and_has_answers() -> None:
    for code, (stake, answers) in SETTLING.items():
        assert code in CATALOGUE
        assert stake in STAKES
        assert answers
    assert set(EITHER_OF_TWO) <= set(SETTLING)


def test_whole_submissions_come_before_values_and_the_most_figures_first(campaign: Campaign, progress: Form) -> None:
    submissions = [
        sent(progress, "a.xlsx", 10),
        sent(progress, "b.xlsx", 3, status="rejected"),
        sent(progress, "c.xlsx", 20, status="rejected"),
        Submission(path="d.txt", status="rejected"),
    ]
    findings = [
        value("value-approximate", "a.xlsx"),
        value("value-not-a-number", "a.xlsx"),
        found("unit-guessed", "a.xlsx", field="unit"),
        Finding(code="file-not-a-workbook", path="d.txt"),
        found("unit-unknown", "b.xlsx", field="unit"),
        found("form-twice", "c.xlsx"),
    ]
    listed = tasks(submissions, findings, campaign, None)
    assert [(task.finding.code, task.figures) for task in listed] == [
        ("form-twice", 20),
        ("unit-unknown", 3),
        ("file-not-a-workbook", 0),
        ("unit-guessed", 10),
        ("value-not-a-number", 1),
        ("value-approximate", 1),
    ]
    assert [task.effect for task in listed] == [
        "附件3整份未计入（20个数）",
        "附件3整份未计入（3个数）",
        "读不出数据，未计入",
        "附件3整份已计入，尚待核实（10个数）",
        "这个数未计入合计",
        "这个数已计入，尚待核实",
    ]


def only(campaign: Campaign, submission: Submission, finding: Finding, roster: Roster | None = None) -> Task | None:
    return next(iter(tasks([submission], [finding], campaign, roster)), None)


def test_what_arrived_goes_along(campaign: Campaign, progress: Form) -> None:
    submission = sent(progress, "a.xlsx", 3, round="first")
    task = only(campaign, submission, value("value-approximate", "a.xlsx"))
    assert task and (task.old, task.round) == ("5", "first")
    task = only(campaign, submission, found("unit-guessed", "a.xlsx"))
    assert task and (task.old, task.name_anywhere) == ("常武 工信", True)
    task = only(campaign, submission, found("unit-disagrees", "a.xlsx"))
    assert task and (task.old, task.name_anywhere) == ("常武 工信", False)
    task = only(campaign, submission, found("unit-joint-overlap", "a.xlsx", parameters={"other": "b.xlsx"}))
    assert task and task.other == "b.xlsx"


@pytest.mark.parametrize("field", ["contact", "phone", "unit", "no-such-field", None])
def test_values_about_persons_and_of_no_field_are_not_listed(
    campaign: Campaign, progress: Form, field: str | None
) -> None:
    finding = replace(value("value-refused", "a.xlsx"), field=field)
    assert only(campaign, sent(progress, "a.xlsx", 3), finding) is None


def test_values_of_what_does_not_count_notes_and_what_its_unit_must_settle_are_not_listed(
    campaign: Campaign, progress: Form
) -> None:
    counted, rejected = sent(progress, "a.xlsx", 3), sent(progress, "a.xlsx", 3, status="rejected")
    assert only(campaign, rejected, value("value-not-a-number", "a.xlsx")) is None
    assert only(campaign, counted, replace(value("value-approximate", "a.xlsx"), severity_override="info")) is None
    assert only(campaign, counted, found("fields-missing", "a.xlsx")) is None
    assert only(campaign, rejected, Finding(code="file-password", path="a.xlsx", unit="wujin")) is None


def test_nothing_can_be_taken_as_it_is_that_would_not_count_all_the_same(campaign: Campaign, progress: Form) -> None:
    roster = Roster((Unit(code="wujin", name="武进区"),))
    submission = sent(progress, "a.xlsx", 3, status="rejected")
    for unit, expected in (("wujin", ("认单位", "采用", "剔除")), ("常武工信", ("认单位", "剔除"))):
        task = only(campaign, submission, found("unit-disagrees", "a.xlsx", unit=unit), roster)
        assert task and task.answers == expected
    nothing_read = Submission(path="a.docx", status="rejected")
    task = only(campaign, nothing_read, Finding(code="form-other-year", path="a.docx"))
    assert task and task.answers == ("剔除",)


NOT_TO_SETTLE_HERE = {
    # The unit corrects it in the form that goes back to it; `decide --accept` takes it as it is.
    "form-blank", "fields-missing", "value-malformed", "link-malformed", "evidence-missing", "evidence-shared",
    "cells-far-away", "children-disagree", "pair-half-blank", "pair-half-zero", "pair-fewer-people", "rule-violated",
    # A form that nobody sent yet: `remind` asks for it, `decide --exempt` lets it go.
    "not-reported", "children-of-other-round", "earlier-round-partial",
    # It does nothing to the figures; `status` shows it.
    "late",
    # The campaign file, or decisions.csv itself, is to be mended.
    "form-newer-version", "decision-unused",
}  # fmt: skip


def test_whatever_is_found_there_is_a_way_to_settle_it() -> None:
    open_ends = {code for code, kind in CATALOGUE.items() if kind.severity != "info" and settling(code) is None}
    assert open_ends == NOT_TO_SETTLE_HERE


def test_what_only_the_coordinator_can_settle_is_listed_here() -> None:
    asked = {code for code in CATALOGUE if not asks_the_unit(Finding(code=code))}
    only_here = {code for code in asked if CATALOGUE[code].severity != "info" and settling(code) is None}
    assert only_here <= {"late", "form-newer-version", "decision-unused", "not-reported"} | {
        "children-of-other-round",
        "earlier-round-partial",
    }


def test_a_remark_that_names_no_field_can_only_be_taken_as_it_is(campaign: Campaign, progress: Form) -> None:
    task = only(campaign, sent(progress, "a.xlsx", 3), found("correction-remark", "a.xlsx", value="应为12"))
    assert task and (task.answers, task.stake) == (("采用",), "doubted")
