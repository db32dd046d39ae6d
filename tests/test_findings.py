"""Messages of findings, put together when they are shown."""

import string

import pytest

from anquanyue.findings import CATALOGUE, Finding
from anquanyue.language import Phrase, translate


def test_quotation_marks_within_quotation_marks_are_single_ones() -> None:
    finding = Finding(code="value-negative", value=-3, parameters={"label": "“公开课”参与"})
    assert finding.message("zh").startswith("“‘公开课’参与”")


def test_a_phrase_in_a_message_is_translated_with_it_and_other_text_is_not() -> None:
    for parameter, shown in ((Phrase("blank"), "空白"), ("blank", "blank")):
        finding = Finding(code="decision-unused", parameters={"line": 2, "file": "decisions.csv", "what": parameter})
        assert finding.message("zh").endswith(shown)


def test_a_finding_in_a_message_is_shown_in_the_same_language() -> None:
    inner = Finding(code="file-empty")
    finding = Finding(code="decision-accepted", parameters={"by": "甲", "when": "x", "reason": "y", "finding": inner})
    assert inner.message("zh") in finding.message("zh")


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_name_the_same_parameters(code: str) -> None:
    for text in (CATALOGUE[code].message, CATALOGUE[code].hint):
        names = [
            {name for _, name, _, _ in string.Formatter().parse(each) if name} for each in (text, translate(text, "zh"))
        ]
        assert names[0] >= names[1], text
