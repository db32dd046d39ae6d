import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import Field
from anquanyue.reading.grid import Cell
from anquanyue.reading.values import Parsed, parse
from reading.values.styles import spell

DATE = Field(key="date", type="date")
DAY = datetime.date(2022, 6, 28)


def read(cell: Cell) -> Parsed:
    return parse(DATE, cell, 2022)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            DAY,
            datetime.datetime(2022, 6, 28),
            datetime.datetime(2022, 6, 28, 17, 30),
            44740,
            44740.0,
            "44740",
            44740.5,
        ),
        *(
            "2022-6-28",
            "2022年6月28日",
            "2022.6.28",
            "2022/06/28",
            "20220628",
            20220628,
            "6月28日",
            "6.28",
            "6-28",
            "6/28",
        ),
        *(
            "二〇二二年六月二十八日",
            "二零二二年六月二十八日",
            "二○二二年六月廿八日",
            "六月二十八日",
            "２０２２－６－２８",
            6.28,
        ),
        *(
            "2022年6月28",
            "6月28",
            "2022年6月28号",
            "2022年 6月 28日",
            "2022. 6. 28",
            "2022.6.28.",
            "22.6.28",
            "2022。6。28",
        ),
        *("2022-06-28 00:00:00", "2022-06-28T10:30:00", "2022/6/28 9:05", "2022年6月28日（星期二）", "2022-6-28 周二"),
        "2022—6—28",
    ],
)
def test_a_date_is_read_in_the_usual_spellings(cell: Cell) -> None:
    assert read(cell) == Parsed(DAY)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2022-6-31",
            "2022年13月1日",
            "6.31",
            "20221301",
            "6月",
            "2022年6月",
            "6月底",
            "6.1-6.28",
            "28.6",
            "28.6.22",
            "23.6.28",
        ),
        *(
            6.3,
            6.1,
            628,
            True,
            datetime.time(9, 5),
            "/",
            "无",
            "同上",
            "2022",
            "1999-6-28",
            "22226628",
            5,
            "9:30",
            "一二月三日",
        ),
        *(datetime.date(1900, 1, 5), "٢٠٢٢-٦-٢٨", "2022-6-28-1", "99999999"),
    ],
)
def test_what_is_no_date_for_certain_is_a_finding(cell: Cell) -> None:
    parsed = read(cell)
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (None, ["value-not-a-date"])


@pytest.mark.parametrize("cell", ["", "　　年　月　日", "2022年  月  日", "__年__月__日"])
def test_a_date_to_fill_in_is_blank(cell: str) -> None:
    assert read(cell) == Parsed()


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_in_every_spelling(day: datetime.date) -> None:
    year = "".join(map(spell, map(int, str(day.year))))
    for cell in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{year}年{spell(day.month)}月{spell(day.day)}日",
        (day - datetime.date(1899, 12, 30)).days,
    ):
        assert read(cell).value == day
    for cell in (
        f"{day.month}月{day.day}日",
        f"{day.month}.{day.day}",
        f"{day.month}-{day.day}",
        f"{day.month}/{day.day}",
    ):
        assert parse(DATE, cell, day.year).value == day


@given(st.one_of(st.text(max_size=20), st.text("0123456789-./年月日二十〇 ", max_size=12), st.floats(), st.integers()))
def test_nothing_makes_it_fail(cell: Cell) -> None:
    assert isinstance(read(cell).value, datetime.date | None)
