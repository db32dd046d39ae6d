"""A seeded faulty set: every kind of finding at least once, and of each file exactly the findings of the table."""

import csv
import os
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.campaign.roster import load_roster
from anquanyue.checking import Checked, check
from anquanyue.decisions_file import load_decisions
from anquanyue.findings import CATALOGUE
from anquanyue.reading import office
from anquanyue.reading.folder import read_folder
from faulty.scenarios import SCENARIOS, USUAL

HERE = Path(__file__).parent

with (HERE / "faulty" / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
    EXPECTED = list(csv.DictReader(file))
with (HERE / "arrivals" / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
    ARRIVED = list(csv.DictReader(file))

ELSEWHERE = {
    "file-unsafe": "reading/test_workers.py",
    "file-too-slow": "reading/test_workers.py",
    "file-too-large": "reading/test_file.py",
}
"""Codes that need a reader that dies, a minute, or a file of 100 MB; and where their own test is."""

needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows has neither links for everybody nor named pipes")


@cache
def checked(name: str) -> Checked:
    """What becomes of a scenario; made once."""
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
        return check(read_folder(folder / "submissions", scenario.campaign), scenario.campaign, roster, decisions)


def rows(name: str) -> list[dict[str, str]]:
    return [row for row in EXPECTED if row["scenario"] == name]


NAMES = [pytest.param(name, marks=needs_links) if name == "files" else name for name in SCENARIOS]


@pytest.mark.parametrize("name", NAMES)
def test_each_file_gives_exactly_the_findings_of_the_table(name: str) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for finding in checked(name).findings:
        found[finding.path or ""].append(finding.code)
    statuses = {submission.path: submission.status for submission in checked(name).submissions}
    actual = {path: (statuses.get(path, ""), sorted(found[path])) for path in (*statuses, "")}
    expected = {row["path"]: (row["status"], row["codes"].split()) for row in rows(name)}
    assert actual == {"": ("", []), **expected}


def test_every_kind_of_finding_occurs() -> None:
    seeded = {code for row in (*EXPECTED, *ARRIVED) for code in row["codes"].split()}
    assert seeded | ELSEWHERE.keys() == CATALOGUE.keys()
    assert not seeded & ELSEWHERE.keys()
    for code, test in ELSEWHERE.items():
        assert f'"{code}"' in (HERE / test).read_text(encoding="utf-8"), code


def test_forms_as_they_should_be_give_nothing() -> None:
    assert checked("clean").findings == ()
    assert all(submission.status == "accepted" for submission in checked("clean").submissions)


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_can_be_said_in_both_languages(name: str) -> None:
    for finding in checked(name).findings:
        for language in ("zh", "en"):
            assert finding.message(language)
            assert "{" not in finding.message(language) + str(finding.hint(language))
