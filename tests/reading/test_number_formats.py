import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.reading.number_formats import as_formatted, changes_look
from anquanyue.reading.values import parse
from reading.grids import PROGRESS

COUNT = PROGRESS.field("study_sessions")


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (1, "0%", "100%"),
        (2.5, "0.00%", "250.00%"),
        (3, '0"万"', "3万"),
        (3, "0\\万", "3万"),
        (3, "0万", "3万"),
        (3, 'General"万"', "3万"),
        (3, 'G/通用格式"千"', "3千"),
        (3, "[$万-804]0", "万3"),
        (-3, '0"万"', "-3万"),
        (35000, '0.0,"千"', "35.0千"),
        (12000, '0!.0,"万"', "1.2万"),
        (20000, '[>=10000]0!.0,"万";0', "2.0万"),
        (1234567, '#,##0"余"', "1234567余"),
        (3, '"约"#,##0', "约3"),
        (12, "0-0", "1-2"),
        (300, "0.00E+00", "3.00E+02"),
        (0, '0;-0;"无"', "无"),
        (3, '.0"万"', "3.0万"),
        ("3", '@"万"', "3万"),
        ("约", '@"3"', "约3"),
    ],
)
def test_what_a_format_puts_around_a_number_is_part_of_what_people_see(value: float, code: str, seen: str) -> None:
    assert as_formatted(value, code) == seen
    assert changes_look(code)


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        # A rounding of what is kept: nobody can tell which was meant.
        (12345, '0!.0,"万"', "1.2万 ⟨12345⟩"),
        (3.6, '0"万"', "4万 ⟨3.6⟩"),
        (0.505, "0%", "50% ⟨0.505⟩"),
        # Another number altogether, or nothing.
        (12000, "0,", "12 ⟨12000⟩"),
        (3, '0"00"', "300 ⟨3⟩"),
        (5, '"3"', "3 ⟨5⟩"),
        (5, '"三"', "三 ⟨5⟩"),
        (1, '"☑";;"☐"', "☑ ⟨1⟩"),
        (12000, '0,"万"', "12万 ⟨12000⟩"),
        (1000, '0,"余"', "1余 ⟨1000⟩"),
        (3, '"1"0', "13 ⟨3⟩"),
        (0, '01"余"', "01余 ⟨0⟩"),
        (-3, '0;0"余"', "3余 ⟨-3⟩"),
        (3, '"(1"0")"', "(13) ⟨3⟩"),
        (300, ";;;", "⟨300⟩"),
        ("300", ";;;", "⟨300⟩"),
        (-1, '[>0]0"万";[>5]0', "⟨-1⟩"),
    ],
)
def test_a_number_that_is_shown_as_another_one_is_doubtful(value: float, code: str, seen: str) -> None:
    assert as_formatted(value, code) == seen


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        "0",
        "@",
        "#,##0.00_ ",
        "000000",
        '0"人次"',
        "[Red]0",
        "[DBNum1][$-804]General",
        "# ?/?",
        "0_);(0)",
        '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ',
        "\\¥#,##0;\\¥\\-#,##0",
        '"└ "@',
        'yyyy"年"m"月"d"日"',
    ],
)
def test_a_harmless_format_changes_nothing(code: str) -> None:
    assert not changes_look(code)
    for value in (0, 3, -3, 2.5, 12345, "3"):
        assert as_formatted(value, code) == value


@pytest.mark.parametrize("code", ["0;-0;;@", "0;;", "#,##0;-#,##0;;"])
def test_a_zero_that_is_not_shown_is_a_zero(code: str) -> None:
    assert as_formatted(0, code) == 0
    assert as_formatted(3, code) == 3


@settings(max_examples=300, deadline=None)
@given(
    st.text('0#?.,%"\\!_*[];@E+-/余 1$<>=Gy人３。', max_size=10),
    st.integers(-(10**9), 10**9) | st.integers(-4000, 4000).map(lambda number: number / 4),
)
def test_without_a_word_for_it_no_format_makes_another_number_of_one(code: str, value: float) -> None:
    seen = as_formatted(value, code)
    assert seen == value or isinstance(seen, str)
    assert parse(COUNT, seen, 2022).value in (None, value)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(['0"万"', '#,##0"万"', 'General"万"', '0.0"万"']))
def test_digits_are_shown_in_full(value: int, code: str) -> None:
    assert float(str(as_formatted(value, code)).removesuffix("万")) == value
