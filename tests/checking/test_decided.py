from collections.abc import Sequence
from dataclasses import replace

import pytest

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.checking import check
from anquanyue.checking.decided import (
    accept,
    accept_findings,
    change_values,
    fits,
    leave_out,
    named_files,
    names,
    reopen,
    unused,
)
from anquanyue.decisions import Decision, Decisions
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission, Value
from anquanyue.writing.stamp import Stamp

ROSTER = Roster((Unit(code="wujin", name="武进区工信局"), Unit(code="xinbei", name="新北区经发局")))
KEY = "study_attendance"
WHO = {"reason": "电话核实", "by": "李样例", "when": "2022-06-29"}


def form(text: str | None = "约120", value: Value | None = None, path: str = "a.xlsx", round: str = "") -> Submission:
    """A progress form of wujin that says `text` in one field, and what is wrong with it."""
    findings = (
        Finding(code="value-not-a-number", path=path, form="progress", field=KEY, value=text),
        Finding(code="form-without-keys", path=path, form="progress"),
    )
    entries = {} if text is None else {KEY: Entry(text, value, "附件3!D6")}
    return Submission(
        path=path, form="progress", unit="wujin", round=round, entries=entries, findings=() if value else findings
    )


def correct(
    old: str = "约120", new: str = "120", *, line: int = 2, unit: str = "wujin", round: str = "", file: str = ""
) -> Decision:
    return Decision(
        kind="value", line=line, unit=unit, form="progress", round=round, file=file, field=KEY, old=old, new=new, **WHO
    )


def changed(campaign: Campaign, submission: Submission, *decisions: Decision):
    [result], findings = change_values([submission], campaign, Decisions(lines=decisions))
    return result.entries.get(KEY), [each.code for each in result.findings], findings


def test_a_decided_value_replaces_what_arrived(campaign: Campaign) -> None:
    entry, codes, outdated = changed(campaign, form(), correct())
    assert entry == Entry("约120", 120, "decisions.csv:2（人工认定）", decided=True)
    assert codes == ["form-without-keys", "decision-applied"]
    assert outdated == []


def test_the_note_says_what_was_decided_and_where_it_stood(campaign: Campaign) -> None:
    [result], _ = change_values([form()], campaign, Decisions(lines=(correct(),)))
    note = result.findings[-1]
    assert (note.severity, note.path, note.place, note.value) == ("info", "a.xlsx", "附件3!D6", "约120")
    for word in ("120 instead of 约120", "李样例", "2022-06-29", "电话核实", "理论学习中心组学习参与"):
        assert word in note.message("en")


@pytest.mark.parametrize(
    ("arrived", "old"), [(" 约１20 ", "约120"), ("", ""), (None, ""), ("a\nb", "a\r\nb"), ("169, 250", " 169,  250")]
)
def test_the_old_value_fits_whatever_its_width_and_blanks(campaign: Campaign, arrived: str | None, old: str) -> None:
    entry, _codes, outdated = changed(campaign, form(arrived), correct(old))
    assert entry is not None
    assert (entry.value, entry.text, entry.blank, outdated) == (120, arrived or "", False, [])


def test_the_old_value_fits_where_excel_rewrote_it(campaign: Campaign) -> None:
    entry, _codes, _outdated = changed(campaign, form("1,200", 1200), correct("1200", "1300"))
    assert entry is not None
    assert entry.value == 1300


@pytest.mark.parametrize(
    ("arrived", "value", "old"), [("130", 130, "120"), ("", None, "120"), ("120", 120, ""), ("120", 120, "约120")]
)
def test_what_no_longer_fits_is_an_error_and_not_applied(
    campaign: Campaign, arrived: str, value: Value | None, old: str
) -> None:
    entry, _codes, [outdated] = changed(campaign, form(arrived, value), correct(old, "7"))
    assert entry == Entry(arrived, value, "附件3!D6")
    assert (outdated.code, outdated.severity, outdated.unit) == ("decision-outdated", "error", "wujin")
    message = outdated.message("en")
    assert "line 2 of decisions.csv" in message
    assert f"replaces {old or 'blank'}" in message


@pytest.mark.parametrize(("arrived", "value"), [("120", 120), ("１２０", 120), ("120人次", 120)])
def test_a_unit_that_sends_what_was_decided_settles_it(campaign: Campaign, arrived: str, value: int) -> None:
    entry, codes, outdated = changed(campaign, form(arrived, value), correct())
    assert entry == Entry(arrived, value, "附件3!D6")
    assert (codes, outdated) == ([], [])
    # What was decided before that is settled with it.
    assert changed(campaign, form(arrived, value), correct(new="130"), correct(line=3))[2] == []


def test_a_unit_that_left_out_what_was_decided_to_be_blank_settles_it(campaign: Campaign) -> None:
    assert changed(campaign, form("", None), correct("130", ""))[2] == []


def test_of_two_decisions_the_later_counts(campaign: Campaign) -> None:
    entry, codes, _ = changed(campaign, form(), correct(new="130"), correct(new="140", line=3))
    assert entry is not None
    assert (entry.value, codes.count("decision-applied")) == (140, 1)


def test_an_earlier_decision_may_be_out_of_date(campaign: Campaign) -> None:
    outdated = changed(campaign, form(), correct("90"), correct(line=3))[2]
    assert outdated == []
    entry, _, [finding] = changed(campaign, form(), correct(), correct("90", line=3))
    assert entry is not None
    assert (entry.value, finding.parameters["line"]) == (120, 3)


def test_a_decision_may_be_for_one_round_or_file(campaign: Campaign) -> None:
    both = [form(path="a.xlsx", round="r1"), form(path="b.zip/b.xlsx", round="r2")]
    for narrowed in ({"round": "r2"}, {"file": "b.zip"}):
        results, _ = change_values(both, campaign, Decisions(lines=(correct(**narrowed),)))
        assert [each.entries[KEY].decided for each in results] == [False, True]


def test_only_what_counts_is_changed(campaign: Campaign) -> None:
    old = Submission(path="a.xlsx", form="progress", unit="wujin", status="superseded")
    results, outdated = change_values([old], campaign, Decisions(lines=(correct(),)))
    assert (results, outdated) == ([old], [])


def test_what_is_about_a_person_is_not_repeated(campaign: Campaign) -> None:
    liaison = campaign.form("liaison")
    key = next(field.key for field in liaison.fields if field.type == "mobile")
    submission = Submission(
        path="a.xlsx", form="liaison", unit="wujin", entries={key: Entry("13800000001", None, "附件2!B5")}
    )
    for old in ("13800000001", "13800000002"):
        decision = Decision(
            kind="value", line=2, unit="wujin", form="liaison", field=key, old=old, new="13800000003", **WHO
        )
        [result], outdated = change_values([submission], campaign, Decisions(lines=(decision,)))
        [finding] = outdated or result.findings
        assert "1380000000" not in finding.message("en") + str(finding.value) + str(finding.parameters)


@pytest.mark.parametrize(
    ("file", "path", "expected"),
    [
        ("a.xlsx", "a.xlsx", True),
        ("a.xlsx", "a.xlsx#草稿", True),
        ("a.zip", "a.zip/夹/b.xlsx", True),
        ("a.xls", "a.xlsx", False),
        ("b.xlsx", "a/b.xlsx", False),
        ("é.xlsx", "e\u0301.xlsx", True),
    ],
)
def test_a_file_means_everything_in_it(file: str, path: str, expected: bool) -> None:
    assert fits(file, path) is expected


def out(file: str) -> Decision:
    return Decision(kind="file", line=2, file=file, **WHO)


def test_a_file_that_is_out_is_ignored_and_says_only_that() -> None:
    left, kept = leave_out([form(), form(path="b.xlsx")], Decisions(lines=(out("a.xlsx"),)))
    assert (left.status, [each.code for each in left.findings]) == ("ignored", ["decision-file-out"])
    assert "李样例" in left.findings[0].message("en")
    assert kept == form(path="b.xlsx")


def fine(code: str, **narrowed: str) -> Decision:
    return Decision(kind="finding", line=2, code=code, **narrowed, **WHO)


def test_an_accepted_finding_is_a_note_with_its_own_words() -> None:
    finding = Finding(code="value-negative", path="a.xlsx", unit="wujin", value=-1, parameters={"label": "次"})
    [accepted] = accept_findings([finding], {}, Decisions(lines=(fine("value-negative"),)))
    assert (accepted.code, accepted.severity, accepted.unit) == ("decision-accepted", "info", "wujin")
    assert accepted.message("en") == (
        "accepted by 李样例 on 2022-06-29 (电话核实): “次” must not be negative, found -1"
    )
    assert accepted.hint("en") is None
    assert "-1" in accepted.message("zh")


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"unit": "wujin"}, True),
        ({"unit": "xinbei"}, False),
        ({"file": "a.xlsx"}, True),
        ({"file": "b.xlsx"}, False),
        ({"form": "progress", "field": KEY}, True),
        ({"form": "progress", "field": "study_sessions"}, False),
        ({"round": "r1"}, True),
        ({"round": "r2"}, False),
    ],
)
def test_a_finding_may_be_accepted_for_some_only(narrowed: dict[str, str], expected: bool) -> None:
    finding = Finding(code="late", path="a.xlsx#1", unit="wujin", form="progress", field=KEY)
    [found] = accept_findings([finding], {"a.xlsx#1": "r1"}, Decisions(lines=(fine("late", **narrowed),)))
    assert (found.code == "decision-accepted") is expected


def rejected(*codes: str, unit: str | None = "wujin") -> Submission:
    findings = tuple(Finding(code=code, path="a.xlsx", form="progress") for code in codes)
    return Submission(path="a.xlsx", form="progress", unit=unit, status="rejected", findings=findings)


@pytest.mark.parametrize(
    ("codes", "accepted", "expected"),
    [
        (["form-blank"], ["form-blank"], "accepted"),
        (["form-blank", "value-negative"], ["form-blank"], "accepted"),
        (["form-blank", "unit-disagrees"], ["form-blank"], "rejected"),
        (["form-blank", "unit-disagrees"], ["form-blank", "unit-disagrees"], "accepted"),
        (["form-blank", "value-negative"], ["value-negative"], "rejected"),
    ],
)
def test_a_form_counts_when_all_that_rejected_it_is_accepted(
    campaign: Campaign, codes: Sequence[str], accepted: Sequence[str], expected: str
) -> None:
    decisions = Decisions(lines=tuple(fine(code, unit="wujin") for code in accepted))
    assert accept(rejected(*codes), campaign, ROSTER, decisions).status == expected
    [reopened] = reopen([rejected(*codes, unit=None)], [rejected(*codes)], campaign, decisions)
    assert (reopened.status, reopened.unit) == (expected, None)


@pytest.mark.parametrize("unit", ["常武", None])
def test_a_form_of_nobody_stays_out(campaign: Campaign, unit: str | None) -> None:
    submission = rejected("unit-unknown", unit=unit)
    assert accept(submission, campaign, ROSTER, Decisions(lines=(fine("unit-unknown"),))) == submission


def test_what_is_reopened_is_attributed_with_care(campaign: Campaign) -> None:
    stamp = Stamp(campaign=campaign.key, form="progress", version=1, unit="xinbei")
    blank = replace(_written(rejected("form-blank"), "武进区工信局"), stamp=stamp)
    checked = check([blank], campaign, ROSTER, Decisions(lines=(fine("form-blank"),)))
    assert checked.submissions[0].status == "rejected"
    codes = {each.code for each in checked.findings if each.path}
    assert codes == {"decision-accepted", "unit-disagrees"}


def test_a_file_without_a_form_is_not_accepted(campaign: Campaign) -> None:
    submission = Submission(path="a.pdf", status="rejected", findings=(Finding(code="file-pdf", path="a.pdf"),))
    checked = check([submission], campaign, None, Decisions(lines=(fine("file-pdf"),)))
    assert checked.submissions[0].status == "rejected"
    assert [each.code for each in checked.findings] == ["decision-accepted"]


def whose(name: str, unit: str = "wujin", line: int = 2) -> Decision:
    return Decision(kind="name", line=line, old=name, unit=unit, **WHO)


def test_names_are_found_as_they_are_made_comparable() -> None:
    decisions = Decisions(lines=(whose(" 常武 "), whose("常武", "xinbei", 3), out("x")))
    assert names(decisions, str.strip) == {"常武": decisions.lines[1]}


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        ("", "a.xlsx", ["a.xlsx#一", "a.xlsx#二"]),
        ("", "a.xlsx#一", ["a.xlsx#一"]),
        ("武进", "a.xlsx", ["a.xlsx#二"]),
        ("常武", "a.xlsx", []),
        ("武进", "", []),
    ],
)
def test_whose_a_file_is_may_be_decided_by_itself(
    campaign: Campaign, name: str, file: str, expected: list[str]
) -> None:
    submissions = [
        form(path="a.xlsx#一"),
        _written(form(path="a.xlsx#二"), "武进"),
        _written(form(path="b.xlsx"), "武进"),
    ]
    decisions = Decisions(lines=(replace(whose(name, "xinbei"), file=file),))
    assert list(named_files(submissions, campaign, decisions, str.strip)) == expected
    assert bool(names(decisions, str.strip)) == (not file)


@pytest.mark.parametrize("roster", [ROSTER, None])
def test_a_form_in_the_wrong_name_is_given_to_its_unit_and_others_keep_theirs(
    campaign: Campaign, roster: Roster | None
) -> None:
    submissions = [
        _written(form("5", 5, path="a.xlsx"), "武进区工信局"),
        _written(form("8", 8, path="b.xlsx"), "武进区工信局"),
        _written(form("9", 9, path="c.xlsx"), ""),
    ]
    lines = (
        replace(whose("武进区工信局", "xinbei"), file="b.xlsx"),
        replace(whose("", "wujin", 3), file="c.xlsx"),
        replace(whose("", "wujin", 4), file="d.xlsx"),
    )
    checked = check(submissions, campaign, roster, Decisions(lines=lines))
    assert [each.unit for each in checked.submissions][1:] == ["xinbei", "wujin"]
    assert checked.submissions[0].unit in ("wujin", "武进区工信局")
    decided = [each.value for each in checked.findings if each.code == "unit-decided"]
    assert decided == ["武进区工信局", "c.xlsx"]
    assert [each.parameters["line"] for each in checked.findings if each.code == "decision-unused"] == [4]


def test_a_decision_that_fits_nothing_is_a_warning(campaign: Campaign) -> None:
    used = (correct(), out("a.xlsx"), fine("late"), whose("武进"))
    idle = (correct(unit="xinbei"), out("b.xlsx"), fine("form-blank", unit="xinbei"), whose("常武"))
    submission = form()
    written = {**submission.entries, "unit": Entry("武进", "武进", "附件3!A1")}
    submission = Submission(path="a.xlsx", form="progress", unit="wujin", entries=written)
    findings = accept_findings([Finding(code="late", path="a.xlsx")], {}, Decisions(lines=used))
    found = unused(Decisions(lines=(*used, *idle)), [submission], findings, campaign, str.strip)
    assert [(each.code, each.severity) for each in found] == [("decision-unused", "warning")] * 4
    for finding, words in zip(found, (["xinbei", "附件3"], ["b.xlsx"], ["form-blank"], ["常武"]), strict=True):
        assert all(word in finding.message("en") for word in words)


def test_checking_applies_all_of_them(campaign: Campaign) -> None:
    submissions = [
        _written(form(""), "武进区工信局"),
        _written(form("5", 5, path="b.xlsx"), "武进区工信局"),
        _written(form("8", 8, path="c.xlsx"), "新北区经发局"),
    ]
    accepted = (fine("fields-missing"), fine("pair-half-blank"))
    decisions = Decisions(lines=(correct(""), out("b.xlsx"), *accepted, correct(unit="xinbei", line=9)))
    checked = check(submissions, campaign, ROSTER, decisions)
    assert [each.status for each in checked.submissions] == ["accepted", "ignored", "accepted"]
    assert checked.submissions[0].entries[KEY].value == 120
    errors = [each for each in checked.findings if each.severity == "error"]
    assert [(each.code, each.unit, each.parameters["line"]) for each in errors] == [("decision-outdated", "xinbei", 9)]
    assert sum(each.code == "decision-accepted" for each in checked.findings) == 4
    assert not [each for each in checked.findings if each.code == "decision-unused"]


def _written(submission: Submission, name: str) -> Submission:
    return replace(submission, unit=None, entries={**submission.entries, "unit": Entry(name, name, "附件3!A2")})
