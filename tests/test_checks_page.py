"""The example of docs/checks.md: a check and its test, as they stand there."""

import re
import sys
import types
from pathlib import Path

import pytest

from anquanyue.campaign.model import Campaign
from anquanyue.findings import CATALOGUE

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
CHECK, TEST = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
NAME = "anquanyue.checking.checks.all_alike"


def module(name: str, source: str) -> types.ModuleType:
    made = types.ModuleType(name)
    exec(compile(source, f"{PAGE.name}: {name}", "exec"), made.__dict__)  # noqa: S102  (our own page)
    return made


def test_the_example_of_a_check_passes_its_own_test(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    check = module(NAME, CHECK)
    monkeypatch.setitem(sys.modules, NAME, check)
    for kind in check.TYPES:
        assert kind.code not in CATALOGUE
        assert kind.title
        assert kind.explanation
        monkeypatch.setitem(CATALOGUE, kind.code, kind)
    tests = [each for name, each in vars(module("test_all_alike", TEST)).items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        test(campaign)


def test_the_example_is_in_the_style_of_the_project(tmp_path: Path) -> None:
    for name, source in (("all_alike.py", CHECK), ("test_all_alike.py", TEST)):
        assert max(len(line) for line in source.splitlines()) <= 120, name
