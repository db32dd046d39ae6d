import pytest

from anquanyue.campaign.statement import Statement

STUDY = "理论学习中心组学习（{study_sessions}）次，参与（{study_attendance}）人次；"
FILM = "专题学习《生命重于泰山》电视专题片 {film_studied:□是□否}；组织集中学习观看（{film_screenings}）场"


def test_a_blank_knows_the_words_in_front_of_it_and_the_unit_behind_it() -> None:
    first, second = Statement.parse(STUDY).blanks
    assert (first.key, first.words, first.unit) == ("study_sessions", "理论学习中心组学习", "次")
    assert (second.key, second.words, second.unit) == ("study_attendance", "参与", "人次")


def test_a_label_tells_a_blank_from_its_siblings() -> None:
    assert [blank.label for blank in Statement.parse(STUDY).blanks] == ["理论学习中心组学习", "理论学习中心组学习·参与"]


def test_filling_puts_values_into_brackets_and_ticks_boxes() -> None:
    filled = Statement.parse(FILM).fill({"film_studied": True, "film_screenings": 3})
    assert filled == "专题学习《生命重于泰山》电视专题片 ☑是□否；组织集中学习观看（3）场"


def test_a_missing_value_leaves_its_blank_empty() -> None:
    assert Statement.parse(FILM).fill({}) == "专题学习《生命重于泰山》电视专题片 □是□否；组织集中学习观看（　　）场"


def test_blanks_without_brackets_have_no_unit() -> None:
    unit, contact = Statement.parse("填报单位（盖章）：{unit}　联系人：{contact}").blanks
    assert (unit.words, unit.unit) == ("填报单位（盖章）", "")
    assert (contact.words, contact.label) == ("联系人", "联系人")


def test_choices_without_boxes_are_separated_by_a_slash() -> None:
    assert Statement.parse("性别 {gender:男/女}").blanks[0].options == ("男", "女")


@pytest.mark.parametrize("key", ["q3", "fy2022", "r1c1", "r", "c", "xfd1", "Study", "3rd", ""])
def test_a_key_that_excel_would_take_for_a_cell_or_refuse_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="is no key"):
        Statement.parse(f"学习（{{{key}}}）次")


@pytest.mark.parametrize("text", ["学习（{study）次", "学习（study}）次"])
def test_a_lone_brace_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        Statement.parse(text)
