import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import Field, Form
from anquanyue.campaign.statement import Blank
from anquanyue.reading.grid import Cell
from anquanyue.reading.values import Parsed, parse

FILM = Field(key="film", type="yes_no", blank=Blank("film", ("是", "否"), boxed=True))


def read(cell: Cell) -> Parsed:
    return parse(FILM, cell, 2022)


@pytest.mark.parametrize(
    "cell",
    [
        *("是", "☑是□否", "√是", "是√", "是（√）", "■是", "●是○否", "[√]是[ ]否", "（√）是（ ）否", "是☑否□", True),
        *(
            "☑是 □否",
            "☑ 是 ☐ 否",
            "☒是☐否",
            "✓是口否",
            "是（√）否（ ）",
            "是■　否□",
            "☑是",
            "√",
            "☑",
            "Y",
            "yes",
            "TRUE",
            "1",
        ),
        *(
            1,
            1.0,
            "有",
            "已观看",
            "是。",
            "（是）",
            "√是 否",
            "√是/否",
            "□√是□否",
            "√□是□否",
            "√是×否",
            "是√否×",
            "☑️是☐否",
        ),
        *("□否☑是", "（√）", "\uf0fe是\uf0a8否", "是 √ 否 □"),
    ],
)
def test_yes_is_read_in_all_the_ways_seen(cell: Cell) -> None:
    assert read(cell) == Parsed(True)


@pytest.mark.parametrize(
    "cell",
    [
        *("否", "□是☑否", "□是■否", "√否", "否√", "否（√）", "○是●否", "[ ]是[√]否", "（ ）是（√）否", "是□否☑", False),
        *(
            "是（ ）否（√）",
            "是 否√",
            "是/√否",
            "□是□√否",
            "×是√否",
            "×",
            "✗",
            "N",
            "No",
            "false",
            "0",
            0,
            "无",
            "没有",
            "未观看",
        ),
    ],
)
def test_no_is_read_in_all_the_ways_seen(cell: Cell) -> None:
    assert read(cell) == Parsed(False)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "☑是☑否",
            "是√否",
            "√是√否",
            "■是■否",
            "是否",
            "是/否",
            "√是否",
            "是否√",
            "不是",
            "也许",
            "是（√）否",
            "□是√□否",
        ),
        *(
            "□是",
            "×是",
            "×是□否",
            "✗否",
            "☑是☒否",
            "☒",
            "○是否",
            "/",
            "—",
            "2",
            2,
            0.5,
            "是是",
            "☑是□否□",
            "☑□",
            "√√",
            "部分",
        ),
        "☑是（已观看）□否",
    ],
)
def test_an_unclear_yes_no_is_a_finding(cell: Cell) -> None:
    parsed = read(cell)
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (None, ["value-not-in-list"])
    assert parsed.problems[0].parameters == {"options": "是/否"}


@pytest.mark.parametrize(
    "cell", ["", "□是□否", "□是 □否", "是□否□", "（ ）是（ ）否", "[ ]是[ ]否", "☐是☐否", "□", "（　）"]
)
def test_boxes_of_which_none_is_ticked_are_a_blank(cell: str) -> None:
    assert read(cell) == Parsed()


def test_an_error_value_is_told_as_such() -> None:
    assert [problem.code for problem in read("#REF!").problems] == ["value-error"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("男", "男"), ("☑男□女", "男"), ("男□女☑", "女"), ("√女", "女"), ("女（√）", "女"), ("□男□女", None)],
)
def test_a_choice_is_read_the_same_way(liaison: Form, cell: str, value: str | None) -> None:
    assert parse(liaison.field("gender"), cell, 2022) == Parsed(value)


@pytest.mark.parametrize("cell", ["男女", "☑男☑女", "1", True, "有", "√", "男/女"])
def test_a_choice_has_no_other_words(liaison: Form, cell: Cell) -> None:
    parsed = parse(liaison.field("gender"), cell, 2022)
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (None, ["value-not-in-list"])


def test_longer_options_are_told_apart() -> None:
    state = Field(key="state", type="choice", blank=Blank("state", ("完成", "未完成", "部分完成")))
    assert parse(state, "□完成☑未完成□部分完成", 2022).value == "未完成"
    assert parse(state, "部分完成", 2022).value == "部分完成"
    assert parse(state, "□完成□未完成□部分完成", 2022) == Parsed()


@given(
    st.lists(st.sampled_from([*"是否□☑√■○●×（）()[] /口V", "没有", "\n"]), max_size=9).map("".join),
)
def test_what_is_read_has_one_tick_at_most(text: str) -> None:
    parsed = read(text)
    if isinstance(parsed.value, bool) and ("是" in text or "否" in text):
        assert sum(text.count(tick) for tick in "☑√■●") <= 1
        assert ("是" if parsed.value else "否") in text
        # With the other word there as well, something tells which one is meant.
        if "是" in text and "否" in text:
            assert sum(text.count(tick) for tick in "☑√■●") == 1


def test_swapping_the_words_swaps_the_answer() -> None:
    for parts in itertools.product("□☑√ ", "是", " □☑√", "否", "□☑√ "):
        text = "".join(parts)
        value, other = read(text).value, read(text.translate(str.maketrans("是否", "否是"))).value
        assert (value is None and other is None) or value is not other, text
