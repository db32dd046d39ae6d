"""The limits and codes that docs/reading.md tells are those of the code."""

import re
from pathlib import Path

import pytest

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.campaign.model import LARGEST_COUNT
from anquanyue.findings import CATALOGUE
from anquanyue.reading import limits

PAGE = (Path(__file__).parents[1] / "docs" / "reading.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("a workbook or document", f"{limits.LARGEST_FILE >> 20} MB"),
        (
            "one part of it, unpacked; all parts",
            f"{limits.LARGEST_PART >> 20} MB; {limits.LARGEST_PACKAGE >> 30} GB",
        ),
        (
            "time to read a file; memory for it",
            f"{limits.SECONDS_A_FILE} s; {limits.MEMORY_A_WORKER >> 20} MB (no memory limit on Windows)",
        ),
        ("archives in one another", f"{limits.DEEPEST}"),
        ("files in an archive, with those of the archives in it", f"{limits.MOST_MEMBERS:,}"),
        (
            "an archive, unpacked",
            f"{limits.MOST_UNPACKED >> 30} GB, and {limits.MOST_RATIO} times its own size "
            f"(up to {limits.ALWAYS_UNPACKED >> 20} MB always)",
        ),
        (
            "converting old documents",
            f"{limits.SECONDS_TO_START_OFFICE} s, and {limits.SECONDS_A_DOCUMENT} s for each",
        ),
        ("a count", f"{LARGEST_COUNT:,}"),
    ],
)
def test_limits_are_as_the_page_says(what: str, limit: str) -> None:
    assert f"| {what} | {limit} |" in PAGE


def test_every_code_on_the_page_exists() -> None:
    codes = re.findall(r"`([a-z]+(?:-[a-z]+)+)`", PAGE)
    assert codes
    assert set(codes) <= CATALOGUE.keys()
