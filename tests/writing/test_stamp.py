import pytest
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.writing.stamp import Stamp

TEXT = st.text(st.characters(exclude_categories=("Cs",)))


@given(TEXT, TEXT, st.integers(0, 999), TEXT, TEXT)
def test_a_stamp_survives_whatever_its_parts_hold(campaign: str, form: str, version: int, unit: str, term: str) -> None:
    stamp = Stamp(campaign=campaign, form=form, version=version, unit=unit, round=term)
    assert Stamp.parse(str(stamp)) == stamp


def test_how_many_units_said_yes_survives() -> None:
    stamp = Stamp(campaign="c", form="f", version=1, yes=(("film_studied", 5), ("other", 1)))
    assert Stamp.parse(str(stamp)) == stamp
    assert Stamp.parse(str(stamp).replace("5", "-5")) is None


@pytest.mark.parametrize("text", ["", "附件3", "anquanyue:derived", "anquanyue:form?", "anquanyue:form?version=x"])
def test_what_is_no_stamp_is_none(text: str) -> None:
    assert Stamp.parse(text) is None
