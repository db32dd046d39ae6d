from anquanyue.campaign.model import Campaign
from anquanyue.checking.checks.people_per_session import check
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission
from sending import context, sent

USUAL = (20, 22, 24, 26, 28, 30, 32, 34, 36, 38)


def unit(campaign: Campaign, number: int, sessions: int | None, people: int | None, pair: str = "drill") -> Submission:
    form = campaign.form("progress")
    zeros = {field.key: 0 for field in form.fields if field.type == "count"}
    first, second = next(each.fields for each in form.pairs if each.fields[0].startswith(pair))
    return sent(form, f"u{number:02}", values={**zeros, first: sessions, second: people})


def usual(campaign: Campaign, pair: str = "drill") -> list[Submission]:
    """Units with quite different figures, and about 30 people a session."""
    return [
        unit(campaign, number, 1 + number * 2, ratio * (1 + number * 2), pair) for number, ratio in enumerate(USUAL)
    ]


def crowded(campaign: Campaign, submissions: list[Submission]) -> list[Finding]:
    return list(check(context(campaign, *submissions)))


def test_far_more_people_a_session_than_elsewhere_are_a_warning(campaign: Campaign) -> None:
    assert crowded(campaign, usual(campaign)) == []
    (finding,) = crowded(campaign, [*usual(campaign), unit(campaign, 10, 2, 1200)])
    assert (finding.code, finding.severity, finding.path) == ("people-per-session", "warning", "u10.xlsx")
    assert (finding.field, finding.value) == ("drill_attendance", 1200)
    assert (finding.parameters["sessions"], finding.parameters["people"]) == (2, 600)
    assert "600 each time" in finding.message("en")
    assert 38 < int(str(finding.parameters["most"])) < 600


def test_fifty_people_are_nothing_unusual(campaign: Campaign) -> None:
    few = [unit(campaign, number, 1 + number * 2, 2 + number * 2 + number % 3) for number in range(12)]
    assert crowded(campaign, [*few, unit(campaign, 12, 1, 50)]) == []
    assert [each.parameters["most"] for each in crowded(campaign, [*few, unit(campaign, 12, 1, 51)])] == [50]


def test_of_a_figure_that_is_itself_out_of_line_nothing_more_is_said(campaign: Campaign) -> None:
    assert crowded(campaign, [*usual(campaign), unit(campaign, 10, 2, 10**7)]) == []


def test_few_units_are_held_against_what_can_be_believed(campaign: Campaign) -> None:
    (finding,) = crowded(campaign, [unit(campaign, 0, 2, 4002)])
    assert finding.parameters["most"] == 2000
    assert crowded(campaign, [unit(campaign, 0, 2, 4000)]) == []
    # Where people need not meet, there is no such limit.
    assert crowded(campaign, [unit(campaign, 0, 2, 4002, "quiz")]) == []


def test_half_a_pair_is_not_for_this_check(campaign: Campaign) -> None:
    halves = [(0, 5000), (None, 5000), (5, 0), (5, None)]
    assert crowded(campaign, [unit(campaign, number, *half) for number, half in enumerate(halves)]) == []
