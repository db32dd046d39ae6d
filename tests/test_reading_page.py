"""The codes that docs/reading.md tells are those of the code."""

import re
from pathlib import Path

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.findings import CATALOGUE

PAGE = (Path(__file__).parents[1] / "docs" / "reading.md").read_text(encoding="utf-8")


def test_every_code_on_the_page_exists() -> None:
    codes = re.findall(r"`([a-z]+(?:-[a-z]+)+)`", PAGE)
    assert codes
    assert set(codes) <= CATALOGUE.keys()
