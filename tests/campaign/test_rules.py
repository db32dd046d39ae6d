from pathlib import Path

import pytest

from anquanyue.campaign.loader import DEFAULT_CAMPAIGN, parse_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.errors import CampaignError
from anquanyue.resources import find_template

TEXT = find_template(DEFAULT_CAMPAIGN, Path("/nowhere")).read_text(encoding="utf-8")
EXPRESSION = "expression: film_studied or film_screenings == 0"


def line_of(words: str) -> int:
    return TEXT[: TEXT.index(words)].count("\n") + 1


def error_of(old: str, new: str) -> str:
    """What is said when the first `old` of the shipped campaign is replaced."""
    assert old in TEXT
    with pytest.raises(CampaignError) as caught:
        parse_campaign(TEXT.replace(old, new, 1), "campaign.yaml")
    return str(caught.value)


def test_the_shipped_campaign_has_the_rules_of_the_notice(campaign: Campaign) -> None:
    rules = campaign.form("progress").rules
    assert [rule.key for rule in rules if rule.severity == "error"] == [
        "lecture_leaders",
        "lecture_firms",
        "film_not_studied",
    ]
    assert [rule.groups for rule in rules if rule.groups] == [("district",), ("district",)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("film_study or film_screenings == 0", "“film_study” is no field of this form; is “film_studied” meant?"),
        ("film_screenings = 0", "equal is written =="),
        ("film_studied or (film_screenings == 0", "expected an expression"),
        ("film_studied > film_screenings", "expected a number, found the condition “film_studied”"),
        ("film_attendance / film_screenings > 1", "divides by “film_screenings”"),
        ("date > 0", "“date” is of the type date"),
        ("0 > 1", "at least one field"),
        ("''", "expected a text, found nothing"),
        ("[a]", "expected a text"),
    ],
)
def test_a_wrong_expression_is_named_with_its_line(expression: str, expected: str) -> None:
    message = error_of(EXPRESSION, f"expression: {expression}")
    assert message.startswith(f"campaign.yaml:{line_of(EXPRESSION)}: forms.1.rules.2.expression: ")
    assert expected in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("key: lecture_firms\n        exp", "key: lecture_leaders\n        exp", "“lecture_leaders” is there twice"),
        ("key: film_not_shown", "key: film shown", "“film shown” is no key"),
        (
            "groups: [district]",
            "groups: [districts]",
            "“districts” is not known here; expected one of district、office",
        ),
        ("groups: [district]", "rounds: [week1]", "“week1” is not known here; expected one of once"),
        ("groups: [district]", "missing: skip", "expected one of skip_if_any, skip_if_all, never, found “skip”"),
        ("groups: [district]", "group: [district]", "“group” is not known here"),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    message = error_of(old, new)
    assert message.startswith(f"campaign.yaml:{line_of(old)}: ")
    assert expected in message


def test_a_rule_needs_its_severity_and_its_words() -> None:
    message = error_of("severity: warning\n        groups: [district]\n        message:", "hint:")
    assert "“severity” is missing here" in message
    assert "“message” is missing here" in message


def test_an_expression_over_several_lines_is_one() -> None:
    folded = EXPRESSION.replace(": ", ": >\n          ").replace(" or ", "\n          or ")
    assert parse_campaign(TEXT.replace(EXPRESSION, folded, 1), "campaign.yaml").form("progress").rules[2].key
