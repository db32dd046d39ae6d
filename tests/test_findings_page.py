"""Every kind of finding is explained, and the pages of the documentation are as the catalogue has it."""

import importlib.util
import string
from pathlib import Path

import pytest

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.findings import CATALOGUE
from anquanyue.findings.kind import DIMENSIONS
from anquanyue.findings.pages import PLACEHOLDERS, by_dimension, page_of, pattern

ROOT = Path(__file__).parents[1]
_spec = importlib.util.spec_from_file_location("findings_page", ROOT / "tools" / "findings_page.py")
assert _spec
assert _spec.loader
findings_page = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(findings_page)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_kind_has_a_title_an_explanation_and_a_dimension(code: str) -> None:
    kind = CATALOGUE[code]
    assert 0 < len(kind.title) <= 60
    assert not kind.title.endswith(".")
    assert len(kind.explanation) > len(kind.title)
    assert "{" not in kind.title + kind.explanation, "explanations have no parameters"
    assert kind.dimension in (*DIMENSIONS, "")


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_parameter_of_a_message_has_words(code: str) -> None:
    kind = CATALOGUE[code]
    names = {name for text in (kind.message, kind.hint) for _, name, _, _ in string.Formatter().parse(text) if name}
    assert names <= PLACEHOLDERS.keys(), "add them to PLACEHOLDERS in findings/pages.py"


def test_a_pattern_shows_words_for_parameters() -> None:
    assert pattern("late by {days} days", str) == "late by [number] days"
    assert pattern("{some_new} {value!r}", str) == "[some new] [what was written]"
    assert pattern("", str) == ""


def test_a_page_is_in_the_language_it_is_asked_for() -> None:
    page = page_of(CATALOGUE["late"], str.upper)
    assert page.code == "late"
    assert page.title == CATALOGUE["late"].title.upper()
    assert page.dimension == "TIMELINESS"


def test_every_kind_belongs_to_one_group() -> None:
    grouped = [kind.code for kinds in by_dimension(CATALOGUE.values()).values() for kind in kinds]
    assert sorted(grouped) == sorted(CATALOGUE)


@pytest.mark.parametrize("language", findings_page.FILES)
def test_the_pages_are_as_the_catalogue_has_it(language: str) -> None:
    path = findings_page.DOCS / findings_page.FILES[language]
    made = findings_page.render(language, findings_page.chinese())
    if not path.is_file() or path.read_text(encoding="utf-8") != made:
        # Not compared by assert, which would show thousands of lines.
        pytest.fail(f"docs/{path.name} is out of date; run: python tools/findings_page.py", pytrace=False)
