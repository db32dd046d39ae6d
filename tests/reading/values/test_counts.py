import datetime
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anquanyue.campaign.model import LARGEST_COUNT, Field, Form
from anquanyue.campaign.statement import Blank
from anquanyue.reading.grid import Cell
from anquanyue.reading.values import Parsed, parse
from reading.values.styles import NILS, NO_NUMBERS, STYLES, in_units_of, spell


def field(unit: str, words: str = "") -> Field:
    return Field(key="x", type="count", label=words, unit=unit, blank=Blank("x", words=words, unit=unit))


def read(cell: Cell, unit: str = "人次", words: str = "") -> Parsed:
    return parse(field(unit, words), cell, 2022)


def codes(parsed: Parsed) -> tuple[str, ...]:
    return tuple(problem.code for problem in parsed.problems)


# Not those that may be a day of the year, which come with a warning.
numbers = st.one_of(st.integers(0, 200), st.integers(0, 20_000), st.integers(50_000, 10**8))


@pytest.mark.parametrize("unit", ["次", "人次", "名", "家", "条", "条/份", "场/次", "个"])
@pytest.mark.parametrize("name", STYLES)
def test_every_style_gives_the_number_in_every_unit(name: str, unit: str) -> None:
    style = STYLES[name]
    for number in (0, 1, 2, 10, 12, 105, 110, 200, 1200, 4300, 10_000, 10_200, 145_000, 10**8):
        parsed = read(style.write(number, unit), unit)
        assert (parsed.value, codes(parsed), parsed.approximate) == (number, style.codes, style.approximate), number
        assert not parsed.nil
        assert all(problem.parameters["number"] == number for problem in parsed.problems)


@given(number=numbers, name=st.sampled_from(sorted(STYLES)), unit=st.sampled_from(["次", "人次", "条/份"]))
def test_any_number_is_read_in_any_style(number: int, name: str, unit: str) -> None:
    style = STYLES[name]
    parsed = read(style.write(number, unit), unit)
    assert (parsed.value, codes(parsed), parsed.approximate) == (number, style.codes, style.approximate)


@pytest.mark.parametrize("key", ["lecture_leaders", "media_products", "study_sessions", "study_attendance"])
@pytest.mark.parametrize("name", STYLES)
def test_the_styles_fit_the_forms_own_blanks(progress: Form, key: str, name: str) -> None:
    asked = progress.field(key)
    assert parse(asked, STYLES[name].write(1234, asked.unit), 2022).value == 1234


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        ("169, 250", "人次", 169250),
        ("52, 425", "人次", 52425),
        ("4300余人", "人次", 4300),
        ("300多人次", "人次", 300),
        ("约1.02万条", "条", 10200),
        ("14.5万", "人次", 145000),
        ("10余万人次", "人次", 100000),
        ("十余万人", "人次", 100000),
        ("一百十二", "人次", 112),
        ("1万2千", "人次", 12000),
        ("12万5千余人", "人次", 125000),
        ("三千五百多名", "人次", 3500),
        ("5场次", "场", 5),
        ("3场", "次", 3),
        ("3次", "场", 3),
        ("12处", "条", 12),
        ("5（人次）", "人次", 5),
        ("约300人（含线上100人）", "人次", 300),
        ("5（2+3）", "场", 5),
        ("0（未开展）", "场", 0),
        ("5次，含线上2次", "次", 5),
        ("（约5）人次", "人次", 5),
        ("1.02345678亿", "人次", 102345678),
        ("-0", "人次", 0),
        (10200.000000000002, "条", 10200),
    ],
)
def test_what_was_seen_is_read(cell: Cell, unit: str, value: int) -> None:
    assert read(cell, unit).value == value


def test_words_of_the_form_may_be_repeated_behind_the_number() -> None:
    assert read("30家企业", "家", "覆盖企业").value == 30
    assert codes(read("30家食堂", "家", "覆盖企业")) == ("value-not-a-number",)


def test_only_the_beginning_of_the_forms_own_words_need_be_there(progress: Form) -> None:
    leaders = progress.field("lecture_leaders")
    assert parse(leaders, "5名领导干部", 2022).value == 5
    assert parse(leaders, "5名领导干部已开展宣讲", 2022).value == 5


def test_only_what_was_said_to_be_exact_comes_without_a_warning() -> None:
    assert read("1.02万") == Parsed(10200)
    assert codes(read("约300人（含线上100人）")) == ("value-approximate", "value-with-remark")


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: text[:12])
def test_what_is_not_one_number_is_refused(text: str) -> None:
    for unit in ("人次", "场", "次", "条", ""):
        parsed = read(text, unit)
        assert parsed.value is None
        assert codes(parsed)[0] in ("value-not-a-number", "value-other-unit", "value-not-whole", "value-error")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (True, "value-not-a-number"),
        (False, "value-not-a-number"),
        (-5, "value-negative"),
        ("-5", "value-negative"),
        ("－5场", "value-negative"),
        ("-1.5万", "value-negative"),
        (-0.5, "value-negative"),
        (3.5, "value-not-whole"),
        ("3.5", "value-not-whole"),
        ("1.02345万", "value-not-whole"),
        ("约3.5", "value-not-whole"),
        (1e12, "value-too-large"),
        ("99999999999", "value-too-large"),
        ("100亿", "value-too-large"),
        (float("nan"), "value-too-large"),
        (float("inf"), "value-too-large"),
        (float("-inf"), "value-negative"),
        ("#REF!", "value-error"),
        ("#n/a", "value-error"),
        ("#DIV/0!", "value-error"),
        ("Err:502", "value-error"),
    ],
)
def test_what_is_no_count_is_a_finding_and_no_value(cell: Cell, code: str) -> None:
    parsed = read(cell, "场")
    assert (parsed.value, codes(parsed)) == (None, (code,))


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("3场", "人次"),
        ("300人次", "场"),
        ("5人次", "名"),
        ("50户", "次"),
        ("5场", "家"),
        ("5（场）", "人次"),
        ("约三场", "人次"),
    ],
)
def test_a_number_of_something_else_is_not_counted(cell: str, unit: str) -> None:
    parsed = read(cell, unit)
    assert (parsed.value, codes(parsed)) == (None, ("value-other-unit",))
    assert parsed.problems[0].parameters == {"unit": unit}


def test_where_units_are_tens_of_thousands_a_bare_one_is_ambiguous() -> None:
    assert read("5万元", "万元").value == 5
    assert read("三万元", "万元").value == 3
    assert read("5", "万元").value == 5
    assert read("5万", "万元").value is None
    assert read("三万", "万元").value is None


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        (datetime.date(2022, 12, 3), "12/3 (12-3)"),
        (datetime.datetime(2022, 3, 5), "3/5 (3-5)"),
        (datetime.date(1940, 6, 1), "6/40 (6-40)"),
        (datetime.date(1900, 4, 29), "120"),
        (datetime.date(1900, 1, 5), "5"),
        (datetime.time(1, 30), "1:30"),
        (datetime.time(3, 0, 15), "3:00:15"),
        (datetime.timedelta(days=1, minutes=90), "25:30"),
        (datetime.datetime(1900, 1, 1, 1, 30), "25:30"),
    ],
)
def test_what_a_spreadsheet_took_for_a_date_is_told_with_what_was_typed(cell: Cell, typed: str) -> None:
    parsed = read(cell)
    assert (parsed.value, codes(parsed)) == (None, ("value-date",))
    assert parsed.problems[0].parameters == {"typed": typed}


@pytest.mark.parametrize("text", NILS)
def test_an_explicit_nil_is_zero_and_told_apart(text: str) -> None:
    assert read(text) == Parsed(0, nil=True)


@pytest.mark.parametrize("cell", [0, "0", "零", "〇", "0次", "零场", "-0"])
def test_a_written_zero_is_a_plain_zero(cell: Cell) -> None:
    assert read(cell, "次") == Parsed(0)


@pytest.mark.parametrize("cell", ["", "  ", "\n", "（　　）", "____", "“”", "人次", "\u200b", "（ ）人次"])
def test_a_blank_is_neither_a_value_nor_a_finding(cell: str) -> None:
    assert read(cell) == Parsed()


# Junk ------------------------------------------------------------------------------------------------------------

pieces = st.sampled_from(
    [
        *"0123456789,，.。、;+-—~/()（）[]“”'_ 　%²½?",
        *"零〇一二两三四五六七八九十百千万亿几数壹佰",
        *(
            "１",
            "２",
            "，",
            "１０",
            "000",
            "200",
            "1,200",
            "约",
            "近",
            "余",
            "多",
            "左右",
            "以上",
            "含",
            "其中",
            "不含",
            "共",
        ),
        *("人", "人次", "次", "场", "名", "个", "条", "无", "线上", "第", "至", "\n", "²", "①", "٣"),
    ]
)
junk = st.lists(pieces, max_size=8).map("".join)
_CHINESE = "零〇一二两三四五六七八九十百千万亿壹佰"


def digits_of(text: str) -> list[str]:
    """The runs of digits in a text, thousands separators taken out; anything with a digit value counts."""
    shown = "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text)
    shown = re.sub(r"(?<=[0-9])\s*,\s*(?=[0-9]{3})", "", shown)
    return re.findall(r"(?:[0-9]|[^\W_a-zA-Z一-鿿])+(?:\.[0-9]+)?", shown)


def justified(text: str, value: int, remark: bool) -> bool:
    """Whether a text that was read as `value` can mean it, told by other means than reading it again."""
    if remark:
        # Only what stands in front of it counts.
        words = re.split("含|其中", text)[0]
        text = words if words != text else text[: max(text.rfind("("), text.rfind("（"))]
    runs = digits_of(text)
    chinese = re.findall(f"[{_CHINESE}]+", text)
    usual = "".join(chinese).replace("〇", "零").replace("两", "二").replace("壹", "一").replace("佰", "百")
    if not runs:
        bare = re.sub("(?<![一二三四五六七八九])十", "一十", usual)
        spelled = re.sub("(?<![一二三四五六七八九])十", "一十", spell(value))
        # `十余万` is ten and a magnitude.
        return bare == spelled or (re.search("[余多]", text) is not None and bare[-1:] in "百千万亿")
    if usual == "":
        return len(runs) == 1 and float(runs[0]) == value
    if len(runs) == 1 and not re.search("[零一二三四五六七八九十]", usual):
        return runs[0] in [in_units_of(value, 10**power) for power in (2, 3, 4, 6, 7, 8)] or float(runs[0]) * 10 ** sum(
            {"百": 2, "千": 3, "万": 4, "亿": 8}[name] for name in usual
        ) == pytest.approx(value)
    # Mixed, as 1万2千.
    mixed = re.sub("[0-9]+", lambda run: spell(int(run[0])), unicodedata.normalize("NFKC", text))
    mixed = "".join(char for char in mixed if char in _CHINESE).replace("〇", "零").replace("两", "二")
    mixed = mixed.replace("壹", "一").replace("佰", "百")
    ten = "(?<![一二三四五六七八九])十"
    return re.sub(ten, "一十", mixed) == re.sub(ten, "一十", spell(value))


@given(text=junk, unit=st.sampled_from(["人次", "场", "条", ""]))
@example("(1),200", "场")
@example("一二百人", "人次")
@example("1,200,30", "人次")
def test_junk_is_read_only_where_its_digits_say_so(text: str, unit: str) -> None:
    parsed = read(text, unit)
    assert len(codes(parsed)) <= 2
    if parsed.value is None:
        if not parsed.problems:
            assert not re.search(f"[0-9{_CHINESE}无]", text), text
    elif parsed.nil:
        assert parsed.value == 0
        assert not re.search(f"[0-9{_CHINESE}]", text)
    else:
        assert isinstance(parsed.value, int)
        assert 0 <= parsed.value <= LARGEST_COUNT
        assert justified(text, parsed.value, "value-with-remark" in codes(parsed)), (text, parsed)
        head = re.split("含|其中", text)[0]
        assert not re.search("[~%²½?①٣几数第至]", head)
        assert parsed.approximate == bool(re.search("约|近|余|多|左右|以上", head))


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(text: str) -> None:
    for unit in ("人次", "万元"):
        read(text, unit)


@pytest.mark.parametrize("cell", [44898, 44898.0])
def test_a_number_that_is_a_day_of_the_campaigns_year_is_counted_with_a_warning(progress: Form, cell: float) -> None:
    # Excel shows a typed 12/3 so in a cell that is formatted as a whole number.
    parsed = parse(progress.field("media_audience"), cell, 2022)
    assert (parsed.value, [problem.code for problem in parsed.problems]) == (44898, ["value-maybe-date"])
    assert parsed.problems[0].parameters == {"typed": "12/3"}
    assert parse(progress.field("media_audience"), cell, 2021).problems == ()
    assert parse(progress.field("media_audience"), str(int(cell)), 2022).problems == ()
