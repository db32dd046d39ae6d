import dataclasses
from pathlib import Path

from anquanyue.campaign.loader import load_campaign
from anquanyue.checking.checks.consolidated import check
from anquanyue.checking.context import Context
from anquanyue.reading.submission import Entry, Submission
from anquanyue.writing.stamp import Stamp

CAMPAIGN = load_campaign(None, Path("nowhere"))
STAMP = Stamp(campaign=CAMPAIGN.key, form="progress", version=1, yes=(("film_studied", 5),))


def sent(film: bool, stamp: Stamp | None) -> Submission:
    entries = {"film_studied": Entry("√", film, "附件3!H12")}
    return Submission(path="a.xlsx", form="progress", unit="武进区", entries=entries, stamp=stamp)


def test_a_yes_that_counts_for_many_units_is_noted() -> None:
    (found,) = check(Context(CAMPAIGN, None, (sent(True, STAMP),)))
    assert (found.code, found.field, found.place) == ("form-consolidated", "film_studied", "附件3!H12")
    assert found.parameters["number"] == 5


def test_nothing_is_noted_of_a_units_own_form_or_where_the_tick_was_taken_back() -> None:
    own = dataclasses.replace(STAMP, yes=())
    sent_in = (sent(True, own), sent(True, None), sent(False, STAMP))
    assert list(check(Context(CAMPAIGN, None, sent_in))) == []
