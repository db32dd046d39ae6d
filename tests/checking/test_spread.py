from math import log, log1p
from statistics import median

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import Outliers
from anquanyue.checking.spread import spread


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30), st.sampled_from([1.0, 3.0, 3.5]))
def test_the_score_is_that_of_iglewicz_and_hoaglin_on_logarithms(figures: list[int], threshold: float) -> None:
    logarithms = [log1p(figure) for figure in figures]
    middle = median(logarithms)
    deviation = median(abs(each - middle) for each in logarithms)
    found = spread(np.array(logarithms)[:, np.newaxis], Outliers(threshold=threshold, least_units=5))
    assert found.assessable[0] == (len(figures) >= 5 and deviation > 0)
    if found.assessable[0]:
        scores = [0.6745 * abs(each - middle) / deviation for each in logarithms]
        expected = [
            score > threshold and abs(each - middle) > log(2) for score, each in zip(scores, logarithms, strict=True)
        ]
        assert [
            bool(out) or abs(score - threshold) < 1e-6
            for out, score in zip(np.abs(found.distance[:, 0]) > found.width[0], scores, strict=True)
        ] == [out or abs(score - threshold) < 1e-6 for out, score in zip(expected, scores, strict=True)]
    else:
        assert np.isnan(found.distance).all()


def test_what_is_not_there_is_not_compared() -> None:
    column = np.log1p(np.array([[100.0], [120.0], [np.nan], [90.0], [9000.0], [np.nan]]))
    assert not spread(column, Outliers(least_units=5)).assessable[0]
    found = spread(column, Outliers(least_units=4))
    assert (np.abs(found.distance[:, 0]) > found.width[0]).tolist() == [False, False, False, False, True, False]


def test_nothing_at_all_has_no_spread() -> None:
    assert spread(np.empty((0, 2)), Outliers()).assessable.tolist() == [False, False]
