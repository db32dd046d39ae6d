import pytest

from anquanyue.campaign.model import Campaign
from anquanyue.checking.checks import fewer_people, half_pairs
from anquanyue.findings import Finding
from anquanyue.reading.submission import Value
from sending import context, sent


def found(campaign: Campaign, values: dict[str, Value | None]) -> list[Finding]:
    submission = context(campaign, sent(campaign.form("progress"), values=values))
    return [*fewer_people.check(submission), *half_pairs.check(submission)]


@pytest.mark.parametrize(
    ("sessions", "people", "code"),
    [
        (3, 2, "pair-fewer-people"),
        (3, 3, ""),
        (0, 0, ""),
        (3, 0, "pair-half-zero"),
        (0, 3, "pair-half-zero"),
        (3, None, "pair-half-blank"),
        (None, 3, "pair-half-blank"),
        (None, None, ""),
    ],
)
def test_every_face_to_face_pair_is_judged_once(
    campaign: Campaign, sessions: int | None, people: int | None, code: str
) -> None:
    pairs = [pair for pair in campaign.form("progress").pairs if pair.severity == "error"]
    assert len(pairs) == 8
    for first, second in (pair.fields for pair in pairs):
        findings = found(campaign, {first: sessions, second: people})
        assert [finding.code for finding in findings] == [code] * bool(code)


def test_it_is_a_warning_at_the_people_that_shows_both(campaign: Campaign) -> None:
    (finding,) = found(campaign, {"drill_sessions": 60, "drill_attendance": 3})
    assert (finding.severity, finding.field, finding.value) == ("warning", "drill_attendance", 3)
    assert finding.message("en") == "“应急演练参与” is 3, less than “应急演练”, which is 60"


def test_of_looser_pairs_fewer_people_are_believed(campaign: Campaign) -> None:
    assert (
        found(campaign, {"media_products": 60, "media_audience": 3, "other_sessions": 9, "other_attendance": 1}) == []
    )
