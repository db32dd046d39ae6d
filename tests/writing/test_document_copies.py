import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import Campaign, Unit
from anquanyue.writing.document import form_document
from anquanyue.writing.document_copies import DocumentCopies
from copying import NAMES, members


@pytest.fixture(scope="module")
def copies(campaign: Campaign) -> DocumentCopies:
    return DocumentCopies(campaign)


@pytest.mark.parametrize("key", ["progress", "liaison"])
@pytest.mark.parametrize("asks_children", [False, True])
def test_a_copy_is_what_would_be_built(
    campaign: Campaign, copies: DocumentCopies, key: str, asks_children: bool
) -> None:
    form = campaign.form(key)
    for name in NAMES:
        unit = Unit(code=f"{name[:1]}&", name=name)
        built = form_document(campaign, form, unit, asks_children=asks_children)
        assert members(copies.document(form, unit, asks_children=asks_children)) == members(built), name


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=90))
def test_a_copy_is_what_would_be_built_whatever_the_name(campaign: Campaign, copies: DocumentCopies, name: str) -> None:
    form, unit = campaign.form("progress"), Unit(code="x", name=name)
    assert members(copies.document(form, unit)) == members(form_document(campaign, form, unit))


def test_a_form_for_everybody_is_built(campaign: Campaign, copies: DocumentCopies) -> None:
    form = campaign.form("progress")
    assert copies.document(form, None) == form_document(campaign, form)
