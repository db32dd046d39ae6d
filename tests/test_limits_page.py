"""What docs/limits.md says is what holds."""

import re
from pathlib import Path

import pytest

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.campaign.model import LARGEST_COUNT
from anquanyue.findings import CATALOGUE
from anquanyue.reading import limits

PAGE = (Path(__file__).parents[1] / "docs" / "limits.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("a workbook or document", f"{limits.LARGEST_FILE >> 20} MB"),
        ("its parts (a sheet, a photo)", f"{limits.MOST_PARTS:,}"),
        (
            "one part of it, unpacked; all parts",
            f"{limits.LARGEST_PART >> 20} MB; {limits.LARGEST_PACKAGE >> 30} GB",
        ),
        ("time to read it", f"{limits.SECONDS_A_FILE} s"),
        ("memory to read it", f"{limits.MEMORY_A_WORKER >> 20} MB (no limit on Windows and macOS)"),
        ("rows and columns of a sheet", f"{limits.MOST_ROWS:,} and {limits.MOST_COLUMNS}"),
        ("a count", f"{LARGEST_COUNT:,}"),
        ("archives in one another", f"{limits.DEEPEST}"),
        ("files in an archive, with those of the archives in it", f"{limits.MOST_MEMBERS:,}"),
        (
            "an archive, unpacked",
            f"{limits.MOST_UNPACKED >> 30} GB, and {limits.MOST_RATIO} times its own size "
            f"(up to {limits.ALWAYS_UNPACKED >> 20} MB always)",
        ),
        ("a file in it", f"{limits.LARGEST_FILE >> 20} MB"),
        ("a name in it", f"{limits.LONGEST_NAME:,} characters"),
        (
            "converting old documents",
            f"{limits.SECONDS_TO_START_OFFICE} s, and {limits.SECONDS_A_DOCUMENT} s for each",
        ),
    ],
)
def test_limits_are_as_the_page_says(what: str, limit: str) -> None:
    assert f"| {what} | {limit} |" in PAGE


def test_every_code_on_the_page_exists() -> None:
    codes = re.findall(r"`([a-z]+(?:-[a-z]+)+)`", PAGE)
    assert codes
    assert set(codes) <= CATALOGUE.keys()


def test_every_limit_is_on_the_page() -> None:
    # How long a worker may take to start is no limit of a file.
    named = {name for name in vars(limits) if name.isupper() and not name.startswith("_")} - {"SECONDS_TO_START"}
    source = Path(__file__).read_text(encoding="utf-8")
    assert {name for name in named if f"limits.{name}" not in source} == set()
