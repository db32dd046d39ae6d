from typing import Any

import pytest

from anquanyue.campaign.model import Campaign
from anquanyue.checking.rounds import Rounds, settle_rounds
from anquanyue.reading.submission import Submission
from rounds_campaign import weekly

CUMULATIVE = weekly()
MIXED = weekly(by_round=("study_sessions",))
BY_ROUND = weekly("period")


def sent(unit: str, week: int, *covers: str, **more: Any) -> Submission:
    """What a unit sent in a week; in week 0 nothing tells in which."""
    number = f"week{week}" if week else ""
    return Submission(
        **({"path": f"{unit}{week}.xlsx", "form": "progress", "unit": unit, "covers": covers, "round": number} | more)
    )


def outcome(rounds: Rounds) -> tuple[list[str], dict[str, list[str]], list[tuple[str, str | None]]]:
    """Paths: the latest, the earlier of each, and the notes with their codes."""
    for note in rounds.notes:
        note.message("en")
        note.hint("en")
    return (
        [each.path for each in rounds.latest],
        {path: [each.path for each in earlier] for path, earlier in rounds.earlier.items()},
        [(note.code, note.path) for note in rounds.notes],
    )


@pytest.mark.parametrize(
    ("campaign", "code"),
    [(CUMULATIVE, "earlier-round"), (MIXED, "earlier-round-added"), (BY_ROUND, "earlier-round-added")],
)
def test_a_units_last_round_is_followed_by_its_earlier_ones_whatever_their_order(campaign: Campaign, code: str) -> None:
    submissions = [sent("a", 3), sent("b", 1), sent("a", 1), sent("a", 2)]
    assert outcome(settle_rounds(submissions, campaign)) == (
        ["a3.xlsx", "b1.xlsx"],
        {"a3.xlsx": ["a1.xlsx", "a2.xlsx"]},
        [(code, "a2.xlsx"), (code, "a1.xlsx")],
    )


def test_only_what_counts_is_looked_at() -> None:
    submissions = [sent("a", 2, status="superseded"), sent("a", 1), sent("x", 3, form=None)]
    assert outcome(settle_rounds(submissions, MIXED)) == (["a1.xlsx"], {}, [])


def test_what_has_no_round_is_never_added() -> None:
    latest, earlier, notes = outcome(settle_rounds([sent("a", 0), sent("a", 1)], BY_ROUND))
    assert (latest, earlier, notes) == (["a1.xlsx"], {}, [("round-unknown", "a0.xlsx")])
    assert outcome(settle_rounds([sent("a", 0)], BY_ROUND)) == (["a0.xlsx"], {}, [])


@pytest.mark.parametrize(
    ("campaign", "code"),
    [(CUMULATIVE, "earlier-round"), (MIXED, "earlier-round-added"), (BY_ROUND, "earlier-round-added")],
)
def test_a_joint_report_follows_all_its_units(campaign: Campaign, code: str) -> None:
    submissions = [sent("a", 1), sent("b", 1), sent("a", 2, "a", "b")]
    assert outcome(settle_rounds(submissions, campaign)) == (
        ["a2.xlsx"],
        {"a2.xlsx": ["b1.xlsx", "a1.xlsx"]},
        [(code, "a1.xlsx"), (code, "b1.xlsx")],
    )


def test_units_that_report_alone_follow_their_joint_report() -> None:
    latest, earlier, notes = outcome(settle_rounds([sent("a", 1, "a", "b"), sent("b", 2), sent("a", 2)], MIXED))
    assert (latest, earlier) == (["b2.xlsx", "a2.xlsx"], {"a2.xlsx": ["a1.xlsx"]})
    assert notes == [("earlier-round-added", "a1.xlsx")]


def test_what_a_joint_report_holds_cumulatively_of_a_unit_that_did_not_report_again_is_an_error() -> None:
    submissions = [sent("a", 1, "a", "b"), sent("a", 2)]
    rounds = settle_rounds(submissions, CUMULATIVE)
    assert [(note.code, note.severity) for note in rounds.notes] == [
        ("earlier-round", "info"),
        ("earlier-round-partial", "error"),
    ]
    assert rounds.notes[1].parameters["names"] == "b"
    # By round nothing is lost: it is added.
    assert [note.code for note in settle_rounds(submissions, BY_ROUND).notes] == ["earlier-round-added"]


def test_who_left_out_a_round_that_others_reported_is_incomplete() -> None:
    submissions = [sent("a", 1), sent("a", 2), sent("b", 2), sent("c", 1), sent("d", 0), sent("d", 2)]
    assert settle_rounds(submissions, MIXED).incomplete == {"b2.xlsx", "c1.xlsx", "d2.xlsx"}


def test_what_was_sent_together_or_is_in_anothers_figures_is_not_left_out() -> None:
    submissions = [sent("a", 1, "a", "b"), sent("a", 2), sent("b", 2), sent("c", 1, status="superseded"), sent("c", 2)]
    assert settle_rounds(submissions, MIXED).incomplete == set()
