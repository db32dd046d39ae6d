"""A seeded faulty set: every kind of finding at least once, and of each file exactly the findings of the table."""

import csv
import os
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.campaign.model import Roster
from anquanyue.campaign.roster import load_roster
from anquanyue.checking import Checked, check
from anquanyue.decisions import Decisions
from anquanyue.decisions_file import load_decisions
from anquanyue.findings import CATALOGUE
from anquanyue.reading import office
from anquanyue.reading.folder import read_folder
from anquanyue.reading.submission import Submission
from faulty.scenarios import SCENARIOS, USUAL

HERE = Path(__file__).parent

with (HERE / "faulty" / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
    EXPECTED = list(csv.DictReader(file))
with (HERE / "arrivals" / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
    ARRIVED = list(csv.DictReader(file))

ELSEWHERE = {"file-unsafe": "reading/test_workers.py", "file-too-slow": "reading/test_workers.py"}
"""Codes that need a reader that dies or takes a minute; and where their own test is."""

CONTRADICTING = {"pair-half-zero", "pair-half-blank", "rule-violated", "cumulative-falls"}
TO_DECIDE = {"round-unknown", "earlier-round-partial", "decision-outdated"}
"""The only errors about a form that counts and whose every value was read."""

needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows has neither links for everybody nor named pipes")
NAMES = [pytest.param(name, marks=needs_links) if name == "files" else name for name in SCENARIOS]


@cache
def received(name: str) -> tuple[list[Submission], Roster | None, Decisions]:
    """What a scenario's files, list of units and decisions hold; read once."""
    scenario = SCENARIOS[name]
    with TemporaryDirectory() as work, pytest.MonkeyPatch.context() as patch:
        # Whether LibreOffice is here or not, it converts nothing.
        patch.setattr(office, "convert", lambda _documents, _work: {})
        folder = Path(work)
        for path, data in scenario.files.items():
            file = folder / "submissions" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            os.utime(file, (USUAL, USUAL))
        scenario.prepare(folder / "submissions")
        for each, text in (("units.csv", scenario.units), ("decisions.csv", scenario.decisions)):
            if text:
                (folder / each).write_text(text, encoding="utf-8")
        roster = load_roster(None, folder, scenario.campaign)
        decisions = load_decisions(folder, scenario.campaign, roster)
        return read_folder(folder / "submissions", scenario.campaign), roster, decisions


@cache
def checked(name: str) -> Checked:
    """What becomes of a scenario."""
    submissions, roster, decisions = received(name)
    return check(submissions, SCENARIOS[name].campaign, roster, decisions)


@pytest.mark.parametrize("name", NAMES)
def test_each_file_gives_exactly_the_findings_of_the_table(name: str) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for finding in checked(name).findings:
        found[finding.path or ""].append(finding.code)
    statuses = {submission.path: submission.status for submission in checked(name).submissions}
    actual = {path: (statuses.get(path, ""), sorted(found[path])) for path in {*statuses, *found, ""}}
    expected = {row["path"]: (row["status"], row["codes"].split()) for row in EXPECTED if row["scenario"] == name}
    assert actual == {"": ("", []), **expected}


def test_every_kind_of_finding_occurs() -> None:
    seeded = {code for row in (*EXPECTED, *ARRIVED) for code in row["codes"].split()}
    assert {row["scenario"] for row in EXPECTED} == SCENARIOS.keys()
    assert seeded | ELSEWHERE.keys() == CATALOGUE.keys()
    assert not seeded & ELSEWHERE.keys()
    for code, test in ELSEWHERE.items():
        assert f'"{code}"' in (HERE / test).read_text(encoding="utf-8"), code


@pytest.mark.parametrize("listed", [True, False])
def test_forms_as_they_should_be_give_nothing_with_or_without_a_list_of_units(listed: bool) -> None:
    submissions, roster, decisions = received("clean")
    clean = check(submissions, SCENARIOS["clean"].campaign, roster if listed else None, decisions)
    assert clean.findings == ()
    assert all(submission.status == "accepted" for submission in clean.submissions)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_that_counts_and_was_read_has_no_error_but_a_contradiction_or_a_decision(name: str) -> None:
    form = SCENARIOS[name].campaign.form
    read = {
        each.path
        for each in checked(name).submissions
        if each.status == "accepted" and all(each.usable(field) is not None for field in form(each.form or "").fields)
    }
    errors = {each.code for each in checked(name).findings if each.severity == "error" and each.path in read}
    assert errors <= CONTRADICTING | TO_DECIDE


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_can_be_said_in_both_languages_and_names_units_by_their_names(name: str) -> None:
    for finding in checked(name).findings:
        for language in ("zh", "en"):
            said = f"{finding.message(language)} {finding.hint(language)} {finding.instruction(language)}"
            assert finding.message(language)
            assert "{" not in said
            assert not re.search(r"(?<![A-Za-z0-9])u\d+(?!\d)", said)
