import subprocess
import sys
from typing import get_args

import pytest

from anquanyue.campaign.model import Field, FieldType
from anquanyue.campaign.statement import Blank
from anquanyue.findings import CATALOGUE
from anquanyue.reading.values import Parsed, parse
from reading.values.styles import NO_NUMBERS


def field(type_: FieldType) -> Field:
    return Field(key="x", type=type_, unit="次", required=True, blank=Blank("x", ("是", "否"), unit="次"))


@pytest.mark.parametrize("type_", get_args(FieldType))
def test_a_blank_cell_and_an_error_value_are_the_same_for_all_types(type_: FieldType) -> None:
    assert parse(field(type_), " \u3000\u200b", 2022) == Parsed()
    assert [problem.code for problem in parse(field(type_), "#REF!", 2022).problems] == ["value-error"]


@pytest.mark.parametrize("type_", get_args(FieldType))
def test_every_problem_can_be_told(type_: FieldType) -> None:
    for cell in (*NO_NUMBERS, "300场次人", "3户", "约3", "5（含2次线上）", -1, 0.5, 1e12, True):
        for problem in parse(field(type_), cell, 2022).problems:
            kind = CATALOGUE[problem.code]
            for text in (kind.message, kind.hint):
                assert text.format(label="甲", value=cell, **problem.parameters)


def test_a_text_is_kept_as_it_is() -> None:
    assert parse(field("text"), "  甲样例（１） ", 2022) == Parsed("甲样例（１）")
    assert parse(field("unit"), "样例局", 2022) == Parsed("样例局")


def test_what_is_slow_to_import_waits_until_it_is_needed() -> None:
    code = """
import sys
import anquanyue.reading.values
slow = ["cn2an", "phonenumbers", "email_validator", "dns"]
assert not set(slow) & set(sys.modules), sorted(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
