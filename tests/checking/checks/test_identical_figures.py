from typing import Any

import pytest

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.checking.checks.identical_figures import check
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission
from rounds_campaign import weekly
from sending import context, sent

ROSTER = Roster(
    (
        Unit(code="wujin", name="武进区"),
        Unit(code="hutang", name="湖塘镇", parent="wujin"),
        Unit(code="xinbei", name="新北区"),
        Unit(code="jintan", name="金坛区"),
    )
)


def unit(campaign: Campaign, code: str, different: int = 8, **more: Any) -> Submission:
    """A unit with so many different positive figures; all others are blank."""
    form = campaign.form("progress")
    keys = [field.key for field in form.fields if field.type == "count"]
    values = {key: number if number <= different else None for number, key in enumerate(keys, 1)}
    return sent(form, code, **{"values": values | more.pop("values", {}), **more})


def found(campaign: Campaign, *submissions: Submission, roster: Roster | None = ROSTER) -> list[Finding]:
    return list(check(context(campaign, *submissions, roster=roster)))


def test_both_units_with_the_same_figures_are_told_of_the_other(campaign: Campaign) -> None:
    findings = found(campaign, unit(campaign, "wujin"), unit(campaign, "jintan", 9), unit(campaign, "xinbei"))
    assert [(each.code, each.severity, each.path, each.parameters["others"]) for each in findings] == [
        ("figures-identical", "warning", "wujin.xlsx", "新北区（xinbei.xlsx）"),
        ("figures-identical", "warning", "xinbei.xlsx", "武进区（wujin.xlsx）"),
    ]


def test_without_a_roster_the_other_is_named_as_it_wrote_itself(campaign: Campaign) -> None:
    first, _second = found(campaign, unit(campaign, "武进区"), unit(campaign, "武进区工信局"), roster=None)
    assert first.parameters["others"] == "武进区工信局（武进区工信局.xlsx）"


def test_of_many_only_some_are_named(campaign: Campaign) -> None:
    findings = found(campaign, *(unit(campaign, f"u{number}") for number in range(6)), roster=None)
    assert len(findings) == 6
    assert findings[0].parameters["others"] == "u1（u1.xlsx）、u2（u2.xlsx）、u3（u3.xlsx）…"


@pytest.mark.parametrize(
    "other",
    [
        {"different": 7, "code": "xinbei"},
        {"code": "xinbei", "values": {"drill_sessions": 1}},
        {"code": "xinbei", "values": {"drill_sessions": 0}},
        {"code": "xinbei", "status": "superseded"},
        {"code": "hutang"},
        {"code": "xinbei", "covers": ("xinbei", "wujin")},
    ],
)
def test_others_are_not_taken_for_copies(campaign: Campaign, other: dict[str, Any]) -> None:
    different = other.get("different", 8)
    assert found(campaign, unit(campaign, "wujin", different), unit(campaign, **other)) == []


def test_forms_of_zeros_are_no_copies(campaign: Campaign) -> None:
    form = campaign.form("progress")
    zeros = {field.key: 0 for field in form.fields if field.type == "count"}
    assert found(campaign, sent(form, "wujin", values=zeros), sent(form, "xinbei", values=zeros)) == []


def test_the_same_figures_in_another_round_are_no_copy() -> None:
    campaign = weekly()
    assert found(campaign, unit(campaign, "wujin", round="week1"), unit(campaign, "xinbei", round="week2")) == []
    assert found(campaign, unit(campaign, "wujin", round="week1"), unit(campaign, "wujin", round="week2")) == []
