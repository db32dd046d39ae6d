from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from anquanyue.checking.similar import SimilarTexts

# 武 and the last one share a bit.
NAMES = st.text(alphabet="武进区工信局机械厂一二" + chr(ord("武") + 61), max_size=9)


@given(st.lists(NAMES, max_size=12), NAMES, st.sampled_from([74.0, 80.0, 100.0]))
def test_none_that_is_alike_is_passed_over(texts: list[str], text: str, alike: float) -> None:
    expected = process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=alike, limit=None)
    assert SimilarTexts(texts).to(text, alike) == expected
