import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import Roster, Unit
from anquanyue.checking.names import comparable, contradict, home_city, normal_name, reduced, shown_name
from anquanyue.checking.roster_names import RosterNames

ROSTER = Roster(
    (
        Unit(code="wujin", name="武进区工信局", aliases=("武进区", "武进区工业和信息化局")),
        Unit(code="xinbei", name="新北区经发局", aliases=("新北区",)),
        Unit(code="liyang", name="溧阳市工信局", aliases=("溧阳市",)),
        Unit(code="jingkai", name="常州经开区经发局", aliases=("经开区",)),
        Unit(code="tiyu", name="武进区体育局"),
        Unit(code="hutang", name="武进区湖塘镇人民政府"),
        Unit(code="hengli", name="常州样例机械有限公司"),
        Unit(code="hengli1", name="常州样例机械有限公司一分厂"),
        Unit(code="hengli2", name="常州样例机械有限公司二分厂"),
        Unit(code="school1", name="常州市第一中学", aliases=("常州一中",)),
        Unit(code="zhong", name="样品集团股份有限公司"),
        Unit(code="hospital", name="江苏省样例医院"),
        Unit(code="101", name="甲乙样本厂"),
    )
)
NAMES = RosterNames(ROSTER, "常州")


@pytest.mark.parametrize(
    "text",
    [
        "武进区工信局（盖章）",
        " 武进区 工信局 ",
        "武进区工信局(公章)",
        "武进区工信局【单位盖章处】",
        "填报单位（盖章）：武进区工信局",
        "“武进区工信局”。",
        "武进区工信局盖章",
        "武进区工信局（盖 章）",
    ],
)
def test_harmless_spellings_have_one_normal_name(text: str) -> None:
    assert normal_name(text) == "武进区工信局"


def test_width_and_case_do_not_matter() -> None:
    assert normal_name("ＡＢ　厂（１号）") == normal_name("ab厂1号")


def test_between_numerals_punctuation_counts() -> None:
    assert normal_name("样例1、2分厂") != normal_name("样例12分厂")
    assert normal_name("样例（一）分厂") == normal_name("样例一分厂")


def test_a_superscript_is_no_digit() -> None:
    assert normal_name("样例10²厂") != normal_name("样例102厂")


def test_the_shown_name_keeps_the_spelling() -> None:
    assert shown_name("填报单位：武进区 工信局（盖章）") == "武进区 工信局"
    assert shown_name("样例（集团）Ａ公司（盖章）") == "样例（集团）Ａ公司"


@pytest.mark.parametrize(
    ("organizer", "home"), [("常州市工业和信息化局", "常州"), ("江苏省常州市安委办", "常州"), ("工信局", "")]
)
def test_the_home_city_is_that_of_the_organizer(organizer: str, home: str) -> None:
    assert home_city(organizer) == home


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("江苏省常州市武进区工信局", "wujin"),
        ("常州市武进区工业和信息化局", "wujin"),
        ("武进工信局", "wujin"),
        ("武进", "wujin"),
        ("WuJin", "wujin"),
        ("溧阳工信局", "liyang"),
        ("经开区经济发展局", "jingkai"),
        ("样例机械", "hengli"),
        ("常州市样例机械有限责任公司", "hengli"),
        ("市一中", "school1"),
        ("样品集团", "zhong"),
        ("江苏样例医院", "hospital"),
        ("101", "101"),
    ],
)
def test_regions_and_suffixes_are_set_aside(written: str, code: str) -> None:
    found = NAMES.certain(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "written",
    [
        "工信局",
        "武进市工信局",
        "武进区教育局",
        "武进区教育局安全科",
        "武进区工新据",
        "金坛区工信局",
        "武进区横林镇人民政府",
        "常州样例机械有限公司三分厂",
        "常州样例机械有限公司分厂",
        "常州样例机械有限公司一、二分厂",
        "江苏样例机械有限公司",
        "无锡样例机械有限公司",
        "样例机械股份有限公司",
        "常州二中",
        "常州市第二中学",
        "市样例医院",
        "样品有限公司",
        "某某公司",
        "",
    ],
)
def test_another_unit_is_neither_certain_nor_likely(written: str) -> None:
    assert NAMES.certain(written) is None
    assert NAMES.likely(written) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("武进区工信据", "wujin"),
        ("武进区工业与信息化局", "wujin"),
        ("武进区信工局", "wujin"),
        ("武进区工信局安全科", "wujin"),
        ("样例医院", "hospital"),
        ("常州样例机诫有限公司", "hengli"),
        ("常州样例机诫有限公司二分厂", "hengli2"),
        ("常州样例机械有限公司1分厂", "hengli1"),
        ("常州市第1中学", "school1"),
    ],
)
def test_a_misspelling_or_department_is_a_guess(written: str, code: str) -> None:
    assert NAMES.certain(written) is None
    found = NAMES.likely(written)
    assert found is not None
    assert found.code == code


def test_a_reduced_name_that_fits_two_units_decides_nothing() -> None:
    names = RosterNames(Roster((Unit(code="a", name="样品有限公司"), Unit(code="b", name="样品股份有限公司"))))
    assert names.certain("样品") is None
    assert names.likely("样品") is None
    found = names.certain("样品有限责任公司")
    assert found is not None
    assert found.code == "a"


def test_two_candidates_that_are_equally_good_decide_nothing() -> None:
    names = RosterNames(Roster((Unit(code="a", name="样例恒立机械厂"), Unit(code="b", name="样例恒力机械厂"))))
    assert names.likely("样例恒利机械厂") is None


HARMLESS = st.lists(st.sampled_from([" ", "　", "（盖章）", "(公章)", "·", "。"]), max_size=3)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ROSTER.units), HARMLESS, st.data())
def test_every_unit_is_found_under_harmless_spellings(unit: Unit, extras: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from((unit.name, unit.code, *unit.aliases)))
    for extra in extras:
        place = data.draw(st.integers(0, len(text))) if extra.isspace() else len(text)
        text = text[:place] + extra + text[place:]
    wide = data.draw(st.booleans())
    if wide:
        text = "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text.upper())
    found = NAMES.certain(text)
    assert found is not None
    assert found.code == unit.code


TELLING = "一二三四五六七八九十1234567890东南西北甲乙丙丁"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ROSTER.units), st.data())
def test_a_numeral_or_direction_more_or_changed_is_never_that_unit(unit: Unit, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from((unit.name, *unit.aliases)))
    place = data.draw(st.integers(0, len(name) - 1))
    instead = data.draw(st.booleans()) and name[place] in TELLING
    other = data.draw(st.sampled_from(TELLING))
    changed = name[:place] + other + name[place + instead :]
    found = NAMES.certain(changed) or NAMES.likely(changed)
    if comparable(changed) != comparable(name):
        assert found is None or found.code != unit.code


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["武进", "新北", "天宁", "金坛", "溧阳", "武清"]), st.sampled_from(["区", "市", "县", ""]))
def test_another_place_is_never_that_unit(place: str, kind: str) -> None:
    changed = f"{place}{kind}工信局"
    found = NAMES.certain(changed) or NAMES.likely(changed)
    assert found is None or found.name.startswith(place)


def test_a_name_fits_itself_and_never_another_place() -> None:
    assert reduced("常州市武进区工信局", "常州").fits(reduced("武进工信局", "常州"))
    assert not reduced("南昌市工信局").fits(reduced("南昌县工信局"))
    assert contradict(comparable("武进区工信局"), comparable("新北区工信局"))
