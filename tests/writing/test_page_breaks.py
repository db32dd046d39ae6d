from hypothesis import given
from hypothesis import strategies as st

from anquanyue.writing.page_breaks import page_starts


def test_a_block_that_does_not_fit_begins_a_page() -> None:
    assert page_starts([40, 50, 60, 30], first_page=100, other_pages=100) == [2]


def test_the_first_page_has_less_room() -> None:
    assert page_starts([40, 40, 40], first_page=50, other_pages=100) == [1]


def test_a_block_higher_than_a_page_has_pages_of_its_own() -> None:
    assert page_starts([10, 500, 10], first_page=100, other_pages=100) == [1, 2]


@given(st.lists(st.floats(1, 100)), st.floats(100, 300), st.floats(100, 300))
def test_no_page_holds_more_than_it_has_room_for(blocks: list[float], first: float, others: float) -> None:
    starts = [0, *page_starts(blocks, first, others)]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        assert sum(blocks[start:end]) <= (others if start else first) + 1e-6
