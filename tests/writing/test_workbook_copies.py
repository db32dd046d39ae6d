from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import Campaign, Unit
from anquanyue.writing.workbook import form_workbook
from anquanyue.writing.workbook_copies import WorkbookCopies
from copying import NAMES, members

CODES = ["wj", "a&b", "编码 1", "x=y+z"]


@pytest.fixture(scope="module")
def copies(campaign: Campaign) -> WorkbookCopies:
    return WorkbookCopies(campaign)


@pytest.mark.parametrize("key", ["progress", "liaison"])
@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_copy_is_what_would_be_built(campaign: Campaign, copies: WorkbookCopies, key: str, number: int) -> None:
    form, asks_children = campaign.form(key), number % 3 == 0
    groups = ["", *(group.key for group in campaign.groups)]
    unit = Unit(code=CODES[number % len(CODES)], name=NAMES[number], group=groups[number % len(groups)])
    built = form_workbook(campaign, form, unit, asks_children=asks_children)
    assert members(copies.workbook(form, unit, asks_children=asks_children)) == members(built)


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=90))
def test_a_copy_is_what_would_be_built_whatever_the_name(campaign: Campaign, copies: WorkbookCopies, name: str) -> None:
    form, unit = campaign.form("liaison"), Unit(code="x", name=name)
    assert members(copies.workbook(form, unit)) == members(form_workbook(campaign, form, unit))


def test_the_order_of_the_units_does_not_matter(campaign: Campaign) -> None:
    form, units = campaign.form("progress"), [Unit(code=name, name=name) for name in ("甲", "乙", "丙")]
    there, back = WorkbookCopies(campaign), WorkbookCopies(campaign)
    made = [there.workbook(form, unit) for unit in units]
    assert made[::-1] == [back.workbook(form, unit) for unit in units[::-1]]


def test_a_form_for_everybody_is_built(campaign: Campaign, copies: WorkbookCopies) -> None:
    form = campaign.form("progress")
    assert copies.workbook(form, None) == form_workbook(campaign, form)


def test_a_template_of_the_user_may_say_the_name(tmp_path: Path, campaign: Campaign) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "guide.txt.j2").write_text("# 致{{ unit.name }}", encoding="utf-8")
    form, copies = campaign.form("liaison"), WorkbookCopies(campaign, tmp_path)
    for name in ("甲样例", "乙样例", "甲样例"):
        unit = Unit(code=name, name=name)
        assert members(copies.workbook(form, unit)) == members(form_workbook(campaign, form, unit, None, tmp_path))
