import dataclasses
from pathlib import Path

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.findings import Finding
from anquanyue.provenance import origins
from anquanyue.reading.submission import Entry, Submission, Value
from anquanyue.summary import summarize
from anquanyue.writing.stamp import Stamp
from rounds_campaign import weekly


def submission(unit: str, *, path: str = "", round: str = "", **entries: Entry) -> Submission:
    return Submission(path=path or f"{unit}.xlsx", form="progress", unit=unit, round=round, entries=entries)


def plain(value: Value) -> Entry:
    return Entry(str(value), value, "附件3!D6")


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(None, Path("nowhere"))


def test_a_figure_tells_its_file_and_cell_and_what_was_typed(campaign: Campaign) -> None:
    sent = [submission("wujin", media_audience=Entry("1.02万", 10200, "附件3!D40"))]
    (found,) = origins(summarize(campaign, None, sent, []), field="media_audience")
    assert (found.file, found.place, found.text, found.value) == ("wujin.xlsx", "附件3!D40", "1.02万", 10200)
    assert found.counts
    assert found.rewritten


def test_every_figure_of_every_accepted_submission_is_there(campaign: Campaign) -> None:
    sent = [submission("wujin", drill_sessions=plain(1)), submission("liyang", drill_sessions=plain(2))]
    sent.append(dataclasses.replace(sent[0], path="old.xlsx", status="superseded"))
    found = list(origins(summarize(campaign, None, sent, [])))
    assert len(found) == 2 * 42
    assert sum(each.counts for each in found) == 2


def test_only_one_unit_where_only_that_is_asked(campaign: Campaign) -> None:
    joint = dataclasses.replace(submission("a"), covers=("a", "b"))
    summary = summarize(campaign, None, [joint, submission("c")], [])
    assert {each.file for each in origins(summary, unit="b")} == {"a.xlsx"}


def test_what_was_found_about_a_figure_goes_with_it(campaign: Campaign) -> None:
    finding = Finding(code="value-aligned", path="wujin.xlsx", field="drill_sessions")
    summary = summarize(campaign, None, [submission("wujin", drill_sessions=plain(1))], [finding])
    (found,) = origins(summary, field="drill_sessions")
    assert found.findings == (finding,)


def test_of_earlier_rounds_only_what_adds_up_counts() -> None:
    campaign = weekly(by_round=("drill_sessions",))
    sent = [
        submission("a", path="1.xlsx", round="week1", drill_sessions=plain(1), study_sessions=plain(5)),
        submission("a", path="2.xlsx", round="week2", drill_sessions=plain(2), study_sessions=plain(6)),
    ]
    summary = summarize(campaign, None, sent, [])
    for key in ("drill_sessions", "study_sessions"):
        counting = [each.value for each in origins(summary, field=key) if each.counts]
        assert sum(value or 0 for value in counting) == summary.totals[key]
    assert [each.counts for each in origins(summary, field="study_sessions")] == [False, True]


@pytest.mark.parametrize("period", ["cumulative", "period"])
@pytest.mark.parametrize("behind", [(0, 0), (5, 3), (5, 0)])
@pytest.mark.parametrize("said", [(True, True), (True, False), (True, None), (False, True)])
def test_a_yes_that_was_said_in_several_rounds_counts_once(
    behind: tuple[int, int], said: tuple[bool, bool | None], period: str
) -> None:
    campaign = weekly(period)
    sent = []
    for round, units, value in zip(("week1", "week2"), behind, said, strict=True):
        one = submission(
            "a", path=f"{round}.xlsx", round=round, film_studied=Entry("√" if value else "", value, "附件3!D9")
        )
        stamp = Stamp.of(campaign, campaign.form("progress"), None, round=round)
        yes = (("film_studied", units),) if units and value else ()
        sent.append(dataclasses.replace(one, stamp=dataclasses.replace(stamp, yes=yes)))
    summary = summarize(campaign, None, sent, [])
    last = max(place for place in (0, 1) if said[place])
    assert summary.totals["film_studied"] == (behind[last] or 1)
    counting = [each.value or 0 for each in origins(summary, field="film_studied") if each.counts]
    assert sum(counting) == summary.totals["film_studied"]
