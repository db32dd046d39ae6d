import codecs
import io

import pandas as pd

from anquanyue.reporting.tidy import COLUMNS, tidy, tidy_csv, tidy_parquet
from anquanyue.summary import Summary, summarize

from .conftest import HOSTILE


def test_the_values_of_each_field_add_up_to_its_total(summary: Summary) -> None:
    frame = tidy(summary)
    assert {str(key): int(total) for key, total in frame.groupby("field")["value"].sum().items()} == summary.totals


def test_each_reporting_unit_has_a_row_for_every_figure(summary: Summary) -> None:
    frame = tidy(summary)
    assert len(frame) == 3 * 42
    lacking = frame[frame["value"].isna()]
    assert lacking[["unit", "field", "written", "how"]].to_numpy().tolist() == [
        ["bad", "study_sessions", "若干", "unreadable"]
    ]


def test_how_a_value_counts_is_said(summary: Summary) -> None:
    sessions = tidy(summary).query("field == 'study_sessions'")
    assert dict(zip(sessions["unit"], sessions["how"], strict=True)) == {
        "wujin": "", "liyang": "approximate", "bad": "unreadable",
    }  # fmt: skip
    assert set(tidy(summary).query("field == 'drill_sessions'")["how"]) == {"zero"}


def test_a_csv_has_the_mark_that_excel_needs_and_no_formula(summary: Summary) -> None:
    data = tidy_csv(summary)
    assert data.startswith(codecs.BOM_UTF8)
    frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert tuple(frame.columns) == COLUMNS
    assert f"'{HOSTILE}" in set(frame["name"])
    assert not frame.map(lambda cell: cell.startswith(("=", "+", "-", "@"))).to_numpy().any()


def test_parquet_holds_the_same(summary: Summary) -> None:
    read = pd.read_parquet(io.BytesIO(tidy_parquet(summary)))
    assert read["value"].sum() == tidy(summary)["value"].sum()
    assert len(read) == 3 * 42


def test_no_person_is_in_it(summary: Summary) -> None:
    assert "张无忌" not in tidy_csv(summary).decode()
    assert "051912345678" not in tidy_csv(summary).decode()


def test_nothing_reported_is_a_table_without_rows(summary: Summary) -> None:
    nothing = summarize(summary.campaign, summary.roster, [], [])
    assert len(tidy(nothing)) == 0
