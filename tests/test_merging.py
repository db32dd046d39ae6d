import dataclasses
import datetime
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Form
from anquanyue.merging import Merged, merge
from anquanyue.reading.submission import Entry, Status, Submission
from rounds_campaign import weekly


@pytest.fixture(scope="module")
def form() -> Form:
    return load_campaign(None, Path("nowhere")).form("progress")


def submission(
    unit: str | None, entries: Mapping[str, Entry], *, zeros: bool = False, status: Status = "accepted"
) -> Submission:
    return Submission(
        path=f"{unit}.xlsx", form="progress", unit=unit, entries=entries, blanks_are_zero=zeros, status=status
    )


def test_a_unit_is_a_row_and_a_field_a_column(form: Form) -> None:
    entries = {
        "study_sessions": Entry("３", 3, "附件3!D6"),
        "film_studied": Entry("是", True, "附件3!D12"),
        "date": Entry("2022-6-28", datetime.date(2022, 6, 28), "附件3!H3"),
    }
    merged = merge([submission("b", {}), submission("a", entries)], form)
    assert list(merged.values.index) == ["b", "a"]
    assert merged.values.index.name == "unit"
    assert list(merged.values.columns) == [field.key for field in form.fields]
    assert merged.values.loc["a", "study_sessions"] == 3
    assert merged.values.loc["a", "film_studied"]
    assert merged.values.loc["a", "date"] == "2022-06-28"
    assert merged.places.loc["a", "study_sessions"] == "a.xlsx#附件3!D6"
    assert merged.sources == {"b": "b.xlsx", "a": "a.xlsx"}


def test_every_column_can_hold_what_is_missing(form: Form) -> None:
    for merged in (merge([], form), merge([submission("a", {})], form)):
        for field in form.fields:
            expected = {"count": "Int64", "yes_no": "boolean"}.get(field.type or "", "string")
            assert str(merged.values[field.key].dtype) == expected
        assert merged.values.isna().all(axis=None)
        assert merged.places.isna().all(axis=None)


def test_what_cannot_be_read_is_never_a_zero(form: Form) -> None:
    entries = {"study_sessions": Entry("若干", None, "附件3!D6"), "film_studied": Entry("☑是☑否", None, "附件3!D12")}
    merged = merge([submission("a", entries, zeros=True)], form)
    assert merged.values.loc["a", "study_sessions"] is pd.NA
    assert merged.values.loc["a", "film_studied"] is pd.NA
    assert merged.places.loc["a", "study_sessions"] is pd.NA


def test_a_blank_is_zero_only_where_the_unit_declared_it(form: Form) -> None:
    keys = ("study_sessions", "film_studied", "contact")
    blank = {key: Entry("", None, f"附件3!D{row}") for row, key in enumerate(keys, start=6)}
    merged = merge([submission("plain", blank), submission("declared", blank, zeros=True)], form)
    assert merged.values.loc["plain", "study_sessions"] is pd.NA
    assert merged.values.loc["declared", "study_sessions"] == 0
    # What was not found at all is no blank that was left empty.
    assert merged.values.loc["declared", "drill_sessions"] is pd.NA
    assert not merged.values.loc["declared", "film_studied"]
    assert merged.values.loc["declared", "contact"] is pd.NA
    assert merged.places.loc["declared", "study_sessions"] == "declared.xlsx#附件3!D6"


def test_a_tick_is_no_number_and_a_number_no_tick(form: Form) -> None:
    entries = {"study_sessions": Entry("是", True, "附件3!D6"), "film_studied": Entry("1", 1, "附件3!D12")}
    merged = merge([submission("a", entries)], form)
    assert merged.values[["study_sessions", "film_studied"]].isna().all(axis=None)


@pytest.mark.parametrize("status", ["superseded", "rejected", "ignored"])
def test_only_accepted_submissions_of_the_form_count(form: Form, status: Status) -> None:
    other = Submission(path="x.xlsx", form="liaison", unit="x")
    assert merge([submission("a", {}, status=status), other], form).values.empty


@pytest.mark.parametrize("units", [["a", "a"], [None]])
def test_a_unit_can_not_count_twice(form: Form, units: list[str | None]) -> None:
    with pytest.raises(ValueError, match=r"\.xlsx"):
        merge([submission(unit, {}) for unit in units], form)


def test_a_decided_value_names_the_decision_as_its_source(form: Form) -> None:
    entry = Entry("", 120, "decisions.csv:2（人工认定）", decided=True)
    merged = merge([submission("a", {"study_attendance": entry}, zeros=True)], form)
    assert merged.values.loc["a", "study_attendance"] == 120
    assert merged.places.loc["a", "study_attendance"] == "decisions.csv:2（人工认定）"


MIXED = weekly(by_round=("study_sessions",)).form("progress")
BY_ROUND = weekly("period").form("progress")


def rounds(*values: Mapping[str, Entry], incomplete: bool = False) -> Merged:
    """What becomes of a unit's rounds, the last one last."""
    sent = (submission("a", each) for each in values)
    *earlier, latest = (dataclasses.replace(each, path=f"{number}.xlsx") for number, each in enumerate(sent, 1))
    return merge([latest], MIXED, {latest.path: earlier}, {latest.path} if incomplete else frozenset())


def count(number: int | None, **more: bool) -> Entry:
    return Entry("若干" if number is None else str(number), number, "附件3!D6", **more)


def test_what_counts_by_round_is_added_up_and_all_places_are_named() -> None:
    merged = rounds({"study_sessions": count(2)}, {"study_sessions": count(3, approximate=True)})
    assert merged.values.at["a", "study_sessions"] == 5
    assert merged.places.at["a", "study_sessions"] == "1.xlsx#附件3!D6；2.xlsx#附件3!D6"
    assert merged.approximate.at["a", "study_sessions"]
    assert not merged.incomplete.at["a", "study_sessions"]
    assert merged.sources == {"a": "1.xlsx；2.xlsx"}


def test_of_a_cumulative_count_only_the_last_round_counts() -> None:
    merged = rounds({"drill_sessions": count(2, approximate=True)}, {"drill_sessions": count(3)})
    assert merged.values.at["a", "drill_sessions"] == 3
    assert merged.places.at["a", "drill_sessions"] == "2.xlsx#附件3!D6"
    assert not merged.approximate.at["a", "drill_sessions"]
    unreadable = rounds({"drill_sessions": count(2)}, {"drill_sessions": count(None)}, incomplete=True)
    assert unreadable.values.at["a", "drill_sessions"] is pd.NA
    assert not unreadable.incomplete.at["a", "drill_sessions"]


@pytest.mark.parametrize("values", [[2, None], [None, 2]])
def test_a_sum_of_which_a_round_is_missing_says_so(values: list[int | None]) -> None:
    merged = rounds(*({"study_sessions": count(value)} for value in values))
    assert merged.values.at["a", "study_sessions"] == 2
    assert merged.incomplete.at["a", "study_sessions"]


def test_a_round_that_was_not_sent_is_missing_in_what_counts_by_round_only() -> None:
    merged = rounds({"study_sessions": count(2), "drill_sessions": count(2)}, incomplete=True)
    assert merged.incomplete.at["a", "study_sessions"]
    assert not merged.incomplete.at["a", "drill_sessions"]
    # Where there is no value at all it is missing, and not incomplete as well.
    assert not rounds({}, {}, incomplete=True).incomplete.any(axis=None)


@pytest.mark.parametrize(
    ("ticks", "together", "place"),
    [((True, False), True, "1"), ((None, True), True, "2"), ((False, False), False, "2"), ((False, None), None, None)],
)
def test_one_yes_is_enough(ticks: tuple[bool | None, ...], together: bool | None, place: str | None) -> None:
    merged = rounds(*({"film_studied": Entry("?", tick, "附件3!D12")} for tick in ticks))
    value, found = merged.values.at["a", "film_studied"], merged.places.at["a", "film_studied"]
    assert (None if value is pd.NA else value) == together
    assert (None if found is pd.NA else found) == (place and f"{place}.xlsx#附件3!D12")


def test_a_text_is_that_of_the_last_round() -> None:
    texts = [{"contact": Entry(name, name, "附件3!D3")} for name in ("甲样例", "乙样例")]
    assert rounds(*texts).values.at["a", "contact"] == "乙样例"


VALUES = st.none() | st.builds(
    Entry,
    text=st.sampled_from(["", "?"]),
    value=st.none() | st.integers(0, 5) | st.booleans(),
    place=st.sampled_from(["附件3!D6", "附件3!D7"]),
    approximate=st.booleans(),
    decided=st.booleans(),
)
SENT = st.fixed_dictionaries(dict.fromkeys(("study_sessions", "drill_sessions", "film_studied"), VALUES))


@given(
    st.lists(st.tuples(st.lists(SENT, min_size=1, max_size=3), st.booleans()), max_size=4),
    st.sampled_from([MIXED, BY_ROUND]),
)
def test_units_side_by_side_are_merged_as_each_alone(
    units: list[tuple[list[dict[str, Entry | None]], bool]], form: Form
) -> None:
    latest, earlier, incomplete = [], {}, set()
    for number, (rounds, lacks) in enumerate(units):
        entries = [{key: entry for key, entry in each.items() if entry} for each in rounds]
        *before, last = (
            dataclasses.replace(submission(f"u{number}", each), path=f"{number}-{place}.xlsx")
            for place, each in enumerate(entries)
        )
        latest.append(last)
        earlier[last.path] = before
        incomplete |= {last.path} if lacks else set()
    together = merge(latest, form, earlier, incomplete)
    for last in latest:
        alone = merge([last], form, earlier, incomplete)
        for part in ("values", "places", "approximate", "decided", "incomplete"):
            pd.testing.assert_frame_equal(getattr(together, part).loc[[last.unit]], getattr(alone, part))
        counts = [
            usable
            for each in (*earlier[last.path], last)
            if (usable := each.usable(form.field("study_sessions"))) is not None
        ]
        found = alone.values.at[last.unit, "study_sessions"]
        assert (None if found is pd.NA else found) == (sum(counts) if counts else None)
        assert bool(alone.places.at[last.unit, "study_sessions"] is pd.NA) == (not counts)
