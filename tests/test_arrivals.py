"""A folder of everything that was seen to arrive: what becomes of each file stands in arrivals/expected.csv."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.roster import load_roster
from anquanyue.checking import Checked, check
from anquanyue.merging import Merged, merge
from anquanyue.reading import office
from anquanyue.reading.folder import read_folder

HERE = Path(__file__).parent / "arrivals"
CAMPAIGN = load_campaign(None, HERE)
PROGRESS = CAMPAIGN.form("progress")

with (HERE / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
    EXPECTED = {row["path"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def checked() -> Checked:
    with pytest.MonkeyPatch.context() as patch:
        # With or without it on this machine, the table says what becomes of old documents without it.
        patch.setattr(office, "find_libreoffice", lambda: None)
        submissions = read_folder(HERE / "files", CAMPAIGN)
    return check(submissions, CAMPAIGN, load_roster(HERE / "units.csv", HERE, CAMPAIGN))


@pytest.fixture(scope="module")
def merged(checked: Checked) -> Merged:
    return merge(checked.submissions, PROGRESS)


def test_every_file_is_in_the_table_and_at_least_sixty_are_there(checked: Checked) -> None:
    assert [each.path for each in checked.submissions] == sorted(EXPECTED, key=lambda path: path.split("#")[0])
    assert len({each.path.split("#")[0] for each in checked.submissions}) >= 60


@pytest.mark.parametrize("path", EXPECTED)
def test_what_becomes_of_each_file(checked: Checked, merged: Merged, path: str) -> None:
    expected = EXPECTED[path]
    (submission,) = (each for each in checked.submissions if each.path == path)
    codes = sorted(finding.code for finding in checked.findings if finding.path == path)
    assert (submission.status, submission.form or "", submission.unit or "") == (
        expected["status"],
        expected["form"],
        expected["unit"],
    )
    assert codes == expected["codes"].split()
    counting = submission.status == "accepted" and submission.form == "progress"
    assert counting == bool(expected["counted"])
    if counting:
        counts = [field.key for field in PROGRESS.fields if field.type == "count"]
        row = merged.values.loc[submission.unit, counts]
        assert (int(row.notna().sum()), int(row.sum())) == (int(expected["counted"]), int(expected["sum"]))
        for pair in expected["values"].split():
            key, value = pair.split("=")
            found = merged.values.at[submission.unit, key]
            assert str(found).replace("<NA>", "") == value, key


def test_findings_quote_no_person(checked: Checked) -> None:
    by_path = defaultdict(list)
    for finding in checked.findings:
        by_path[finding.path].append(finding.message("zh") + finding.message("en") + str(finding.hint("zh")))
    text = "".join(message for messages in by_path.values() for message in messages)
    assert not any(secret in text for secret in ("甲样例", "乙样例", "13800000002", "85550001", "example.com/b"))
