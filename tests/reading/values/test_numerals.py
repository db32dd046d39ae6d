import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.reading.values.numerals import numeral
from reading.values.styles import spell


@given(st.one_of(st.integers(0, 20_000), st.integers(0, 10**8)))
def test_every_well_formed_numeral_is_read(number: int) -> None:
    assert numeral(spell(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一百十二", 112),
        ("两百零五", 205),
        ("壹佰贰拾", 120),
        ("十", 10),
        ("一十二", 12),
        ("1万2千", 12000),
        ("3百零5", 305),
    ],
)
def test_other_spellings_of_the_same_are_read(text: str, number: int) -> None:
    assert numeral(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "三五",
        "一百二",
        "二百五",
        "十百",
        "一二百",
        "零五",
        "一万万",
        "百",
        "万",
        "二〇二二",
        "1万2",
        "20百",
        "1万05",
        "二十零五",
        "零零",
        "亿",
        "三二",
        "一千二十",
    ],
)
def test_what_is_not_well_formed_is_no_number(text: str) -> None:
    assert numeral(text) is None


@given(st.text("零一二三四五六七八九十百千万亿两〇12", min_size=1, max_size=8))
def test_whatever_is_read_is_spelled_that_way(text: str) -> None:
    number = numeral(text)
    if number is not None and number < 10**9:
        usual = text.replace("〇", "零").replace("两", "二")
        usual = re.sub("[0-9]+", lambda run: spell(int(run[0])), usual)
        assert spell(number).replace("一十", "十") == usual.replace("一十", "十")
