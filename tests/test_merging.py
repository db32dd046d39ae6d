import datetime
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Form
from anquanyue.merging import merge
from anquanyue.reading.submission import Entry, Status, Submission


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
