"""Totals of totals are the totals of all: a district's form to the city says what its units said."""

import dataclasses
import datetime
import io
import random
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.checking import check
from anquanyue.cli.returned import returned_workbook
from anquanyue.findings import Finding
from anquanyue.reading.folder import read_file
from anquanyue.reading.submission import Entry, Submission
from anquanyue.reporting.as_submission import as_submission
from anquanyue.returning import to_return
from anquanyue.summary import Summary, summarize
from rounds_campaign import weekly


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(None, Path("nowhere"))


def unit_forms(campaign: Campaign, number: int, seed: int, *, round: str = "once") -> list[Submission]:
    """Forms with figures of all sizes, some missing, some left out as what cannot be read."""
    chance = random.Random(seed)  # noqa: S311
    sent = []
    for index in range(number):
        entries = {}
        for field in campaign.form("progress").reported_fields:
            value = chance.random() < 0.5 if field.type == "yes_no" else chance.choice([0, 1, 7, 250, 99_999])
            missing = chance.random() < 0.1
            entries[field.key] = Entry("" if missing else str(value), None if missing else value, "附件3!H6")
        sent.append(
            Submission(
                path=f"{seed}-{index}.xlsx", form="progress", unit=f"{seed}-{index}", entries=entries, round=round
            )
        )
    return sent


def added_up(campaign: Campaign, sent: Sequence[Submission]) -> Summary:
    return summarize(campaign, None, sent, [])


def sent_up(campaign: Campaign, summary: Summary, name: str, folder: Path) -> Submission:
    path = folder / f"{name}.xlsx"
    path.write_bytes(as_submission(summary, name, folder))
    (submission,) = read_file(path, path.name, campaign)
    (checked,) = check([submission], campaign, None).submissions
    assert checked.status == "accepted"
    assert checked.unit == name
    return checked


def test_totals_of_totals_are_the_totals_of_all_units(campaign: Campaign, tmp_path: Path) -> None:
    districts = {
        "甲区": unit_forms(campaign, 4, 1),
        "乙区": unit_forms(campaign, 3, 2),
        "丙区": unit_forms(campaign, 1, 3),
    }
    above = [sent_up(campaign, added_up(campaign, sent), name, tmp_path) for name, sent in districts.items()]
    everybody = added_up(campaign, [each for sent in districts.values() for each in sent])
    assert added_up(campaign, above).totals == everybody.totals


def test_it_goes_on_level_by_level(campaign: Campaign, tmp_path: Path) -> None:
    sent = [unit_forms(campaign, 3, seed) for seed in range(4)]
    districts = [sent_up(campaign, added_up(campaign, each), f"区{index}", tmp_path) for index, each in enumerate(sent)]
    cities = [
        sent_up(campaign, added_up(campaign, pair), f"市{index}", tmp_path)
        for index, pair in enumerate((districts[:2], districts[2:]))
    ]
    everybody = added_up(campaign, [each for forms in sent for each in forms])
    assert added_up(campaign, cities).totals == everybody.totals


def test_what_no_unit_reported_stays_blank_and_is_missing_above(campaign: Campaign, tmp_path: Path) -> None:
    entries = {"study_sessions": Entry("3", 3, "附件3!H6")}
    below = added_up(campaign, [Submission(path="a.xlsx", form="progress", unit="a", entries=entries)])
    above = added_up(campaign, [sent_up(campaign, below, "甲区", tmp_path)])
    assert (above.totals["study_sessions"], above.missing["study_sessions"]) == (3, 0)
    assert (above.totals["drill_sessions"], above.missing["drill_sessions"]) == (0, 1)
    assert above.missing["film_studied"] == 1


def test_its_notes_say_how_many_units_it_holds_and_what_it_lacks(campaign: Campaign, tmp_path: Path) -> None:
    entries = {"film_studied": Entry("√", True, "附件3!H6"), "study_sessions": Entry("", None, "附件3!H7")}
    below = added_up(
        campaign, [Submission(path=f"{unit}.xlsx", form="progress", unit=unit, entries=entries) for unit in "ab"]
    )
    notes = sent_up(campaign, below, "甲区", tmp_path).notes["study"]
    assert notes.startswith(
        "汇总2个单位；专题学习《生命重于泰山》电视专题片：是2个单位；缺报：理论学习中心组学习（2个单位）、"
    )


def test_the_name_of_the_unit_is_a_text_whatever_it_is(campaign: Campaign, tmp_path: Path) -> None:
    below = added_up(campaign, unit_forms(campaign, 1, 5))
    workbook = openpyxl.load_workbook(io.BytesIO(as_submission(below, "=cmd|' /C calc'!A1", tmp_path)))
    sheet, cell = next(iter(workbook.defined_names["unit"].destinations))
    assert workbook[sheet][cell.replace("$", "")].data_type == "s"


def test_it_belongs_to_the_last_round_that_was_reported(tmp_path: Path) -> None:
    campaign = weekly()
    below = added_up(campaign, unit_forms(campaign, 2, 6, round="week2"))
    assert sent_up(campaign, below, "甲区", tmp_path).round == "week2"


def test_what_counts_by_round_is_sent_up_round_by_round(tmp_path: Path) -> None:
    campaign = weekly("period")
    first, second = (unit_forms(campaign, 3, 7, round=round) for round in ("week1", "week2"))
    second = [dataclasses.replace(each, path=f"2-{each.path}") for each in second]
    above = [
        sent_up(campaign, added_up(campaign, first), "甲区", tmp_path),
        dataclasses.replace(sent_up(campaign, added_up(campaign, [*first, *second]), "甲区", tmp_path), path="2.xlsx"),
    ]
    below = added_up(campaign, [*first, *second])
    assert added_up(campaign, above).totals == below.totals


def test_sent_back_for_correction_it_still_holds_the_totals_of_many(campaign: Campaign, tmp_path: Path) -> None:
    submission = sent_up(campaign, added_up(campaign, unit_forms(campaign, 5, 8)), "甲区", tmp_path)
    assert submission.stamp and submission.stamp.yes
    about = {"form": "progress", "field": "drill_sessions", "parameters": {"label": "应急演练"}}
    wrong = Finding(code="value-negative", path=submission.path, unit="甲区", value=-3, **about)  # type: ignore[arg-type]
    (form,) = to_return(campaign, None, [submission], [wrong])
    path = tmp_path / "back.xlsx"
    path.write_bytes(returned_workbook(form, campaign, submissions=tmp_path, as_of=datetime.date(2022, 6, 20)))
    (back,) = read_file(path, path.name, campaign)
    assert back.stamp is not None
    assert (back.stamp.yes, back.stamp.revision) == (submission.stamp.yes, 1)
