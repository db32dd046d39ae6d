import pytest
from hypothesis import given
from hypothesis import strategies as st

from anquanyue.campaign.model import Form, Unit
from anquanyue.writing.file_names import distinct, file_name, folder_name

BAD = set('\\/:*?"<>|')


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("武进区", "wj-武进区"),
        ("局/处:一?", "wj-局_处_一_"),
        ("公司. ", "wj-公司"),
        ("甲" + "长" * 200 + "乙", "wj-甲" + "长" * 37 + "…" + "长" * 17 + "乙"),
    ],
)
def test_folder_names_suit_windows(name: str, expected: str) -> None:
    assert folder_name(Unit(code="wj", name=name)) == expected


def test_an_ordinary_name_stands_in_the_file_name_as_it_is(progress: Form) -> None:
    name = "某市某国家高新技术产业开发区管理委员会经济发展局（安全生产监督管理局）"
    expected = f"附件3“安全生产月”活动进展情况统计表（{name}）.xlsx"
    assert file_name(progress, Unit(code="x", name=name)) == expected


def test_a_long_name_is_shortened_in_its_middle_and_the_bracket_is_closed(progress: Form) -> None:
    name = "甲" + "样例" * 60 + "第一分厂"
    shortened = file_name(progress, Unit(code="x", name=name))
    assert shortened.startswith("附件3“安全生产月”活动进展情况统计表（甲样例样例")
    assert shortened.endswith("样例第一分厂）.xlsx")
    assert shortened.count("…") == 1


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=300) | st.integers(1, 300).map(
    lambda length: "𠮷" * length
)


@given(NAMES, NAMES)
def test_whatever_a_unit_is_called_every_system_takes_the_names(progress: Form, code: str, name: str) -> None:
    unit = Unit(code=code, name=name)
    folder, file = folder_name(unit), file_name(progress, unit)
    assert all(len(each.encode()) <= 255 for each in (folder, file))
    assert len(folder) + len(file) < 160
    assert not BAD & set(folder + file)
    assert file.endswith("）.xlsx")


def test_a_form_without_a_unit_has_no_brackets(progress: Form) -> None:
    assert file_name(progress, None) == "附件3“安全生产月”活动进展情况统计表.xlsx"


def test_a_name_that_is_taken_is_numbered() -> None:
    taken: set[str] = set()
    assert [distinct(name, taken, ".xlsx") for name in ("a.xlsx", "A.xlsx", "a~2.xlsx")] == [
        "a.xlsx",
        "A~2.xlsx",
        "a~2~2.xlsx",
    ]
