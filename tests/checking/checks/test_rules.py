from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from anquanyue.campaign.model import Campaign, Form, Roster, Rule, Unit
from anquanyue.checking.checks.rules import check
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Value
from sending import context, sent

ROSTER = Roster(
    (
        Unit(code="wujin", name="武进区工信局", group="district"),
        Unit(code="safety", name="安全处", group="office"),
        Unit(code="any", name="某单位"),
    )
)


def found(campaign: Campaign, unit: str = "wujin", values: Mapping[str, Value | None] | None = None) -> list[Finding]:
    return list(check(context(campaign, sent(campaign.form("progress"), unit, values=values), roster=ROSTER)))


def keys(findings: list[Finding]) -> list[object]:
    return [finding.parameters["rule"] for finding in findings if finding.code == "rule-violated"]


def with_rules(campaign: Campaign, *rules: Rule) -> Campaign:
    forms = [replace(form, rules=rules) if form.key == "progress" else form for form in campaign.forms]
    return replace(campaign, forms=tuple(forms))


def rule(expression: str, **more: Any) -> Rule:
    return Rule(**{"key": "r", "expression": expression, "severity": "warning", "message": "不对", **more})


NO_LECTURES = {"lecture_sessions": 0, "lecture_attendance": 0}
NO_SCREENINGS = {"film_screenings": 0, "film_attendance": 0}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        (NO_LECTURES, ["lecture_leaders", "lecture_firms"]),
        (NO_LECTURES | {"lecture_leaders": 0}, ["lecture_firms"]),
        (NO_LECTURES | {"lecture_firms": 0}, ["lecture_leaders"]),
        (NO_LECTURES | {"lecture_leaders": 0, "lecture_firms": 0}, []),
        ({"lecture_leaders": 0, "lecture_firms": 0}, []),
        ({"film_studied": False}, ["film_not_studied"]),
        (NO_SCREENINGS, ["film_not_shown"]),
        (NO_SCREENINGS | {"film_studied": False}, []),
        ({"study_sessions": 0, "study_attendance": 0}, ["study_at_least_once"]),
        ({"study_sessions": 1}, []),
        ({"media_exposures": 0}, ["exposure_at_least_once"]),
        ({"media_exposures": 1}, []),
    ],
)
def test_each_rule_of_the_notice_is_broken_by_its_mistake_alone(
    campaign: Campaign, values: dict[str, Value | None], expected: list[str]
) -> None:
    assert keys(found(campaign, values=values)) == expected


def test_a_finding_shows_the_rules_words_and_the_figures(campaign: Campaign) -> None:
    (finding,) = found(campaign, values={"film_studied": False})
    assert (finding.severity, finding.field, finding.place, finding.value) == (
        "error",
        "film_studied",
        "附件3!D7",
        False,
    )
    assert finding.message("en") == (
        "专题学习电视专题片选了“否”，但填报了集中学习观看 "
        "(专题学习《生命重于泰山》电视专题片：否，《生命重于泰山》集中观看：100)"
    )
    assert finding.instruction("en") == "组织过集中学习观看的，请选“是”"
    assert finding.parameters["fields"] == ("film_studied", "film_screenings")


@pytest.mark.parametrize("half", [{"lecture_sessions": 0}, {"film_screenings": 0}, {"study_sessions": 0}])
def test_a_half_pair_is_not_said_twice(campaign: Campaign, half: dict[str, Value | None]) -> None:
    assert found(campaign, values=half) == []


def test_a_rule_that_is_stricter_than_the_pair_stands_beside_it(campaign: Campaign) -> None:
    strict = with_rules(campaign, rule("quiz_sessions > 0", severity="error"))
    assert keys(found(strict, values={"quiz_sessions": 0})) == ["r"]


@pytest.mark.parametrize(("unit", "expected"), [("wujin", ["r"]), ("safety", []), ("any", ["r"])])
def test_a_rule_applies_to_its_groups_and_to_units_without_one(
    campaign: Campaign, unit: str, expected: list[str]
) -> None:
    assert keys(found(with_rules(campaign, rule("media_exposures > 100", groups=("district",))), unit)) == expected


def test_a_rule_applies_in_its_rounds(campaign: Campaign, progress: Form) -> None:
    duties = [
        replace(duty, rounds=(duty.rounds[0], replace(duty.rounds[0], key="again")))
        if duty.form == "progress"
        else duty
        for duty in campaign.duties
    ]
    twice = replace(campaign, duties=tuple(duties))
    late = with_rules(twice, rule("media_exposures > 100", rounds=("again",)))
    submissions = [sent(progress, unit, round=key) for unit, key in (("a", "once"), ("b", "again"), ("c", ""))]
    assert [finding.path for finding in check(context(late, *submissions))] == ["b.xlsx"]


@pytest.mark.parametrize(
    ("missing", "values", "broken", "skipped"),
    [
        ("skip_if_any", {"nearby_hazards": None}, False, True),
        ("skip_if_any", {"nearby_hazards": None, "pledge_signers": None}, False, True),
        ("skip_if_all", {"nearby_hazards": None}, True, False),
        ("skip_if_all", {"nearby_hazards": None, "pledge_signers": 0}, False, False),
        ("skip_if_all", {"nearby_hazards": None, "pledge_signers": None}, False, True),
        ("never", {"nearby_hazards": None}, True, False),
        ("never", {"nearby_hazards": None, "pledge_signers": None}, False, False),
    ],
)
def test_what_a_blank_does_to_a_rule(
    campaign: Campaign, missing: Any, values: dict[str, Value | None], broken: bool, skipped: bool
) -> None:
    changed = with_rules(campaign, rule("pledge_signers <= nearby_hazards", missing=missing))
    codes = [finding.code for finding in found(changed, values=values)]
    assert codes == ["rule-violated"] * broken + ["rules-skipped"] * skipped


@pytest.mark.parametrize("missing", ["skip_if_any", "skip_if_all", "never"])
@pytest.mark.parametrize("entry", [Entry("约三百", None, "附件3!D5"), None])
def test_what_could_not_be_read_is_never_taken_for_zero(
    campaign: Campaign, progress: Form, missing: Any, entry: Entry | None
) -> None:
    changed = with_rules(campaign, rule("pledge_signers <= nearby_hazards", missing=missing))
    submission = sent(progress)
    entries = {key: each for key, each in submission.entries.items() if key != "nearby_hazards"}
    submission = replace(submission, entries=entries | ({"nearby_hazards": entry} if entry else {}))
    assert [finding.code for finding in check(context(changed, submission))] == ["rules-skipped"]


def test_declared_zeros_are_zeros(campaign: Campaign, progress: Form) -> None:
    submission = sent(progress, values={"media_exposures": None}, blanks_are_zero=True)
    assert keys(list(check(context(campaign, submission)))) == ["exposure_at_least_once"]


def test_one_note_names_all_rules_that_were_left_out(campaign: Campaign) -> None:
    (finding,) = found(campaign, values={"film_screenings": None, "media_exposures": None})
    assert (finding.code, finding.severity) == ("rules-skipped", "info")
    assert finding.message("en") == (
        "3 rules could not be checked for want of “《生命重于泰山》集中观看”、“媒体集中曝光突出问题”: "
        "film_not_studied、film_not_shown、exposure_at_least_once"
    )


def test_of_what_need_not_be_filled_in_nothing_is_said(campaign: Campaign) -> None:
    changed = with_rules(campaign, rule("other_sessions <= 100"))
    assert found(changed, values={"other_sessions": None, "other_attendance": None}) == []


def test_only_what_counts_is_checked(campaign: Campaign, progress: Form) -> None:
    superseded = sent(progress, values={"media_exposures": 0}, status="superseded")
    assert list(check(context(campaign, superseded))) == []
