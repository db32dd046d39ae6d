from typing import Any

import pytest

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.checking.checks.outliers import check
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission
from rounds_campaign import weekly
from sending import context, sent

USUAL = (80, 90, 95, 100, 105, 110, 120, 130, 140, 150)


def units(campaign: Campaign, *figures: int | None, **more: Any) -> list[Submission]:
    """One unit for each figure of drill_attendance; everything else is 0."""
    form = campaign.form("progress")
    zeros = {field.key: 0 for field in form.fields if field.type == "count"}
    return [
        sent(form, f"u{number:02}", values={**zeros, "drill_attendance": figure}, **more)
        for number, figure in enumerate(figures)
    ]


def outliers(campaign: Campaign, submissions: list[Submission], roster: Roster | None = None) -> list[Finding]:
    findings = list(check(context(campaign, *submissions, roster=roster)))
    return [each for each in findings if each.code == "value-outlier"]


@pytest.mark.parametrize(("figure", "place"), [(30000, "附件3!D"), (2, "附件3!D")])
def test_a_figure_far_out_of_line_is_a_warning_that_shows_what_is_usual(
    campaign: Campaign, figure: int, place: str
) -> None:
    (finding,) = outliers(campaign, units(campaign, *USUAL, figure))
    assert (finding.severity, finding.path, finding.field, finding.value) == (
        "warning", "u10.xlsx", "drill_attendance", figure,
    )  # fmt: skip
    assert str(finding.place).startswith(place)
    median, low, high = (int(str(finding.parameters[name])) for name in ("median", "low", "high"))
    assert low < min(USUAL) <= median <= max(USUAL) < high
    assert not low <= figure <= high
    assert f"{figure}, far out of line" in finding.message("en")


def test_figures_that_differ_as_usual_are_fine(campaign: Campaign) -> None:
    assert list(check(context(campaign, *units(campaign, *USUAL, 160)))) == []


def test_within_half_and_twice_the_median_nothing_is_far_out_of_line(campaign: Campaign) -> None:
    alike = (100, 101, 102) * 4
    assert outliers(campaign, units(campaign, *alike, 190)) == []
    assert len(outliers(campaign, units(campaign, *alike, 230))) == 1


def test_blanks_and_zeros_are_not_compared(campaign: Campaign) -> None:
    assert outliers(campaign, units(campaign, *USUAL, 0, None)) == []


@pytest.mark.parametrize("figures", [(*USUAL[:8], 30000, 0), (100,) * 10 + (30000,)])
def test_what_cannot_be_compared_is_said_once_a_form(campaign: Campaign, figures: tuple[int, ...]) -> None:
    submissions = units(campaign, *figures)
    (finding,) = check(context(campaign, *submissions))
    assert (finding.code, finding.severity, finding.path) == ("outliers-not-assessable", "info", None)
    assert "1 figures were not compared" in finding.message("en")
    assert "应急演练参与" in finding.message("en")


def test_many_fields_that_cannot_be_compared_are_one_note(campaign: Campaign) -> None:
    form = campaign.form("progress")
    (finding,) = check(context(campaign, *(sent(form, f"u{number}") for number in range(10))))
    assert finding.parameters["number"] == 41
    assert str(finding.parameters["labels"]).endswith("…")


def test_a_handful_of_units_is_not_compared_and_nothing_is_said(campaign: Campaign) -> None:
    form = campaign.form("progress")
    for number in (1, 2, 9):
        assert list(check(context(campaign, *(sent(form, f"u{unit}") for unit in range(number))))) == []


def test_who_reports_for_others_too_is_not_compared(campaign: Campaign) -> None:
    *others, large = units(campaign, *USUAL, 30000)
    roster = Roster((Unit(code="u10", name="武进区"), Unit(code="below", name="湖塘镇", parent="u10")))
    figures = large.entries
    form = campaign.form("progress")
    joint = sent(form, "u10", covers=("u10", "u11"), entries=figures)
    parent = sent(form, "u10", includes_children=True, entries=figures)
    alone = sent(form, "u10", includes_children=False, entries=figures)
    assert outliers(campaign, [*others, joint]) == []
    assert outliers(campaign, [*others, parent]) == []
    assert outliers(campaign, [*others, large], roster) == []
    assert len(outliers(campaign, [*others, alone], roster)) == 1
    assert len(outliers(campaign, [*others, large])) == 1


def test_only_what_counts_is_compared(campaign: Campaign) -> None:
    submissions = units(campaign, *USUAL) + units(campaign, 30000, status="superseded")
    assert outliers(campaign, submissions) == []


def test_what_was_decided_is_settled(campaign: Campaign) -> None:
    *others, large = units(campaign, *USUAL, 30000)
    decided = Entry("300", 30000, "decisions.csv:2", decided=True)
    settled = sent(campaign.form("progress"), "u10", entries={**large.entries, "drill_attendance": decided})
    assert outliers(campaign, [*others, settled]) == []


def test_each_round_is_compared_by_itself_and_a_tenfold_figure_has_its_own_finding() -> None:
    campaign = weekly()
    week1 = units(campaign, *USUAL, 100, round="week1")
    week2 = units(campaign, *(figure * 50 for figure in USUAL), 90_000, round="week2")
    week2 = [sent(campaign.form("progress"), f"x{number}", entries=each.entries, round="week2")
             for number, each in enumerate(week2)]  # fmt: skip
    assert [each.path for each in outliers(campaign, week1 + week2)] == ["x10.xlsx"]
    same_unit = sent(campaign.form("progress"), "u10", entries=week2[10].entries, round="week2")
    assert outliers(campaign, [*week1, *week2[:10], same_unit]) == []
