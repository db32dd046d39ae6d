"""Files spoiled at random; more of them by `python tests/fuzzing.py --seconds 600`."""

import time
from pathlib import Path

import pytest

from anquanyue.campaign.model import Campaign
from anquanyue.reading.folder import read_folder

import fuzzing

SECONDS = 4


def test_spoiled_files_end_as_something_and_spoil_no_other(tmp_path: Path, campaign: Campaign) -> None:
    good = fuzzing.good_files(campaign)
    start, seed = time.monotonic(), 0
    while time.monotonic() - start < SECONDS:
        fuzzing.one_round(campaign, good, seed, tmp_path / "files")
        seed += 1


def test_a_seed_makes_the_same_files_again(campaign: Campaign) -> None:
    good = fuzzing.good_files(campaign)
    for name, data in good.items():
        made = [fuzzing.spoiled(name, data, seed) for seed in range(20)]
        assert made == [fuzzing.spoiled(name, data, seed) for seed in range(20)]
        assert len(set(made)) > 10


def test_what_may_not_happen_is_seen(tmp_path: Path, campaign: Campaign) -> None:
    good = fuzzing.good_files(campaign)
    (tmp_path / "whole-a.xlsx").write_bytes(good["a.xlsx"])
    found = read_folder(tmp_path, campaign)
    assert list(fuzzing._complaints(found, {"whole-a.xlsx"}, campaign)) == []
    assert list(fuzzing._complaints(found, {"whole-a.xlsx", "lost.xlsx"}, campaign)) == [
        "files without an end: ['lost.xlsx']"
    ]


@pytest.mark.parametrize("edit", fuzzing._EDITS)
def test_every_edit_changes_what_it_can(edit: object) -> None:
    import random

    content = b'<a><b c="1">text</b><d/></a>'
    assert any(edit(content, random.Random(seed)) != content for seed in range(5))  # type: ignore[operator]  # noqa: S311
