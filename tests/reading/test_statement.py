"""Reading statements back: what a person typed, or nothing; never anything else."""

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import Form
from anquanyue.campaign.statement import Blank, Statement
from anquanyue.reading.statement import How, Slice, read_statements
from reading.mutations import BOXES, CAMPAIGN, COMMON, MUTATIONS, NUMBERS, SET_ASIDE, STATEMENTS, STYLES, Sheet, fill

STUDY = Statement.parse("理论学习中心组学习（{sessions}）次，参与（{attendance}）人次；")
FILM = Statement.parse("专题学习《生命重于泰山》电视专题片 {studied:□是□否}；组织集中学习观看（{screenings}）场；")
NEWS = Statement.parse("在省级主流媒体发表（{provincial}）篇，在国家级主流媒体发表（{national}）篇。")
LIAISON = Statement.parse("姓名 {name} 性别 {gender:男/女} 职务 {position}")
HEAD = Statement.parse("填报单位（盖章）：{unit}　填报日期：{date}")


def read(text: str, *statements: Statement, set_aside: tuple[str, ...] = ()) -> dict[str, tuple[How, str]]:
    return {key: (found.how, found.text) for key, found in read_statements(text, statements, set_aside).items()}


def accepted(slices: dict[str, Slice]) -> dict[str, str]:
    return {key: _unspaced(found.text) for key, found in slices.items() if found.how is not How.REFUSED}


def _unspaced(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


# What is read ----------------------------------------------------------------------------------------------------


def test_a_statement_to_the_letter_is_read_strictly() -> None:
    text = "理论学习中心组学习（3）次，参与（120）人次；"
    assert read(text, STUDY) == {"sessions": (How.STRICT, "3"), "attendance": (How.STRICT, "120")}


def test_a_slice_knows_where_it_stands_and_what_was_expected() -> None:
    text = "一、理论学习中心组学习（ 3 ）次，参与（120）人次；"
    found = read_statements(text, [STUDY])["sessions"]
    assert text[found.start : found.end] == found.text == "3"
    assert found.context == text[:24]
    assert found.expected == "理论学习中心组学习（　　）次"


def test_an_empty_blank_is_read_as_nothing_filled_in() -> None:
    assert read(STUDY.fill({}), STUDY) == {"sessions": (How.STRICT, ""), "attendance": (How.STRICT, "")}


def test_a_statement_that_is_nowhere_is_absent() -> None:
    assert read("本月无活动。", STUDY) == {}


@pytest.mark.parametrize(
    "text",
    [
        "理论学习中心组学习(3)次,参与(120)人次;",
        "理论学习中心组学习【3】次、参与【120】人次。",
        "理论学习中心组学习 3 次，参与 120 人次",
        "理论学习中心组学习3次参与120人次",
        "理论学习中心组学习__3__次，参与__120__人次；",
        "理论学习\n中心组学习（\u3000 3 ）次 ，参 与（120）\n人次；",
        "1.理论学习中心组学习（（3））次，参与（120）人次。\n2.",
    ],
)
def test_punctuation_and_spaces_do_not_matter(text: str) -> None:
    assert read(text, STUDY) == {"sessions": (How.STRICT, "3"), "attendance": (How.STRICT, "120")}


def test_full_width_letters_and_digits_are_letters_and_digits() -> None:
    statement = Statement.parse("QQ号 {qq} 微信号 {wechat}")
    assert read("ＱＱ号 １２ 微信号 a1", statement) == {"qq": (How.STRICT, "１２"), "wechat": (How.STRICT, "a1")}


def test_a_square_is_not_read_as_a_digit() -> None:
    assert read("理论学习中心组学习（10²）次，参与（5）人次；", STUDY)["sessions"] == (How.STRICT, "10²")


@pytest.mark.parametrize("typed", ["约300人", "169, 250", "1.02万", "三", "-5", "300-400", "/", "无", "3次"])
def test_what_stands_in_the_brackets_is_read_as_typed(typed: str) -> None:
    assert read(f"理论学习中心组学习（{typed}）次，参与（5）人次；", STUDY)["sessions"] == (How.STRICT, typed)


def test_a_remark_in_the_brackets_belongs_to_what_was_typed() -> None:
    assert read("理论学习中心组学习（5（含线上2次））次，参与（5）人次；", STUDY)["sessions"][1] == "5（含线上2次）"


def test_a_remark_behind_the_unit_does_not() -> None:
    text = "理论学习中心组学习（5）次（其中线上2场），参与（60）人次；"
    assert {key: value for key, (_, value) in read(text, STUDY).items()} == {"sessions": "5", "attendance": "60"}


@pytest.mark.parametrize("typed", ["参加", "参 与了", "，共计参与"])
def test_other_words_around_a_blank_are_never_read_strictly(typed: str) -> None:
    slices = read(f"理论学习中心组学习（3）次，{typed}（120）人次；", STUDY)
    assert slices["sessions"] in ((How.STRICT, "3"), (How.ALIGNED, "3"))
    assert slices.get("attendance", (How.REFUSED, ""))[0] in (How.ALIGNED, How.REFUSED)


def test_a_mistyped_word_is_aligned() -> None:
    slices = read("理论学习中心祖学习（3）次，参与（120）人次；", STUDY)
    assert slices == {"sessions": (How.ALIGNED, "3"), "attendance": (How.ALIGNED, "120")}


def test_words_of_a_sibling_are_not_taken_for_a_typing_error() -> None:
    assert "national" not in read("在省级主流媒体发表（7）篇。", NEWS)
    assert "provincial" not in read("在国家级主流媒体发表（7）篇。", NEWS)


# What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "理论学习中心组学习（）次5，参与（60）人次；",
        "理论学习中心组学习（）5次，参与（60）人次；",
        "理论学习中心组学习5（）次，参与（60）人次；",
        "理论学习中心组学习（5）次（6），参与（60）人次；",
        "理论学习中心组学习（）次.5，参与（60）人次；",
    ],
)
def test_a_number_beside_its_brackets_is_refused_and_quoted(text: str) -> None:
    found = read_statements(text, [STUDY])["sessions"]
    assert found.how is How.REFUSED
    assert "5" in found.context


BEHIND = "理论学习中心组学习（3）次，参与（110）人次"


@pytest.mark.parametrize(
    "behind",
    [
        *("，应为999", "（更正为999）", "，另有999人次", "（累计999人次）", "，累计（999）人次", "（不含基层）"),
        *(
            "（其中线上999人次）",
            "，活动5场",
            "\n，应为999",
            "，三十余人",
            "×2",
            "、999",
            "（未含村级）",
            "，实为 99 人次",
        ),
    ],
)
def test_what_makes_it_another_figure_behind_the_last_unit_is_refused_and_quoted(behind: str) -> None:
    found = read_statements(f"{BEHIND}{behind}。", [STUDY])
    assert found["sessions"].how is How.STRICT
    assert found["attendance"].how is How.REFUSED
    assert "".join(behind.split()) in _unspaced(found["attendance"].context)


@pytest.mark.parametrize("behind", ["，另有99次", "（累计99次）", "，累计（99）次", "，应为99次", "（不含线上）"])
def test_and_behind_the_unit_of_one_that_is_not_the_last(behind: str) -> None:
    slices = read(f"理论学习中心组学习（3）次{behind}，参与（110）人次；", STUDY)
    assert slices["sessions"][0] is How.REFUSED
    assert slices.get("attendance", (How.REFUSED, ""))[1] in ("", "110")


@pytest.mark.parametrize(
    "behind",
    [
        *("（含线上）", "，反响热烈", "（其中线上20人次）", "（见附件2）", "，详见http://a.example.com/1"),
        *("。应为安全尽责", "；2.组织", "\n2、组织", ". 5.组织", "（整改为主）", "，另附照片", "（6月16日）"),
    ],
)
def test_a_harmless_remark_behind_the_last_unit_changes_nothing(behind: str) -> None:
    assert read(f"{BEHIND}{behind}", STUDY)["attendance"] == (How.STRICT, "110")


@pytest.mark.parametrize("hedge", ["左右", "余", "以上", "上下"])
def test_a_hedge_behind_the_unit_belongs_to_the_value(hedge: str) -> None:
    assert read(f"{BEHIND}{hedge}。", STUDY)["attendance"] == (How.STRICT, f"（110）人次{hedge}")
    middle = read(f"理论学习中心组学习3次{hedge}，参与（110）人次；", STUDY)
    assert middle["attendance"] == (How.ALIGNED, "110")
    assert middle["sessions"] == (How.ALIGNED, f"3次{hedge}") or middle["sessions"][0] is How.REFUSED


@pytest.mark.parametrize("word", ["计划", "未", "拟", "预计", "没有", "去年"])
def test_what_was_planned_or_did_not_take_place_is_not_counted(word: str) -> None:
    for text in (
        f"{word}理论学习中心组学习（3）次，参与（110）人次；",
        f"理论学习中心组学习{word}（3）次，参与（110）人次；",
    ):
        assert read(text, STUDY)["sessions"][0] is How.REFUSED
    assert read(f"{word}人员较多，理论学习中心组学习（3）次，参与（110）人次", STUDY)["sessions"] == (How.STRICT, "3")


def test_a_full_stop_of_a_western_keyboard_ends_an_empty_blank_like_any_other() -> None:
    assert read("理论学习中心组学习（）次，参与（）人次. 5.组织", STUDY)["attendance"] == (How.STRICT, "")


def test_a_bracket_without_its_partner_is_refused_with_a_number_behind() -> None:
    assert read("理论学习中心组学习（5次，参与60）人次；", STUDY).get("sessions", (How.REFUSED,))[0] is How.REFUSED


def test_a_statement_said_twice_is_refused_where_it_contradicts_itself() -> None:
    slices = read(STUDY.fill({"sessions": 3, "attendance": 60}) + STUDY.fill({"sessions": 3, "attendance": 70}), STUDY)
    assert slices["sessions"] == (How.STRICT, "3")
    assert slices["attendance"][0] is How.REFUSED


@pytest.mark.parametrize("joint", [" ", "\n", ""])
def test_a_label_said_twice_is_refused(joint: str) -> None:
    assert read(f"姓名 甲{joint}姓名 乙 性别 男 职务 丙", LIAISON)["name"][0] is How.REFUSED
    assert read(f"填报单位（盖章）：甲{joint}填报单位（盖章）：乙　填报日期：丙", HEAD)["unit"][0] is How.REFUSED


def test_a_label_that_is_only_mentioned_is_no_second_answer() -> None:
    assert read("（姓名、职务必填）\n姓名 甲 性别 男 职务 丙", LIAISON)["name"] == (How.STRICT, "甲")


def test_a_mistyped_label_on_the_next_line_is_not_what_was_filled_in() -> None:
    statements = Statement.parse("单位名称 {organization}"), Statement.parse("通信地址 {address}")
    assert read("单位名称 \n通信地止 延政中路6号", *statements)["organization"][0] is How.REFUSED


# Texts set aside, boxes, heads -----------------------------------------------------------------------------------


def test_a_text_set_aside_is_not_searched() -> None:
    requirement = "理论学习中心组学习（9）次"
    text = f"{requirement}\n{STUDY.fill({'sessions': 3, 'attendance': 60})}"
    assert read(text, STUDY)["sessions"][0] is How.REFUSED
    assert read(text, STUDY, set_aside=(requirement,))["sessions"] == (How.STRICT, "3")


def test_an_item_name_that_stands_inside_a_statement_stays_there() -> None:
    text = STUDY.fill({"sessions": 3, "attendance": 60})
    assert read(text, STUDY, set_aside=("中心组学习",))["sessions"] == (How.STRICT, "3")


@pytest.mark.parametrize(
    "typed",
    [
        *("□是☑否", "☐是☒否", "▢是√否", "○是●否", "◯是✓否", "口是✔否", "□是■否", "□是✅否"),
        *("口是☑否", "☑是口否", "是（√）", "（√）是（）否", "[√]是[ ]否", "是", "☑是/□否"),
    ],
)
def test_boxes_are_read_in_every_shape_they_are_typed_in(typed: str) -> None:
    statement = FILM.render(lambda blank: typed if blank.boxed else "3")
    assert read(statement, FILM) == {"studied": (How.STRICT, typed), "screenings": (How.STRICT, "3")}
    mistyped = statement.replace("集中学习", "集中学系")
    assert read(mistyped, FILM)["studied"] == (How.ALIGNED, typed)


def test_a_mark_that_strayed_behind_the_boxes_is_not_read() -> None:
    assert read("专题学习《生命重于泰山》电视专题片 □是☑否.；组织集中学习观看（3）场", FILM)["studied"][1] == "□是☑否"


def test_a_mouth_is_a_box_only_where_a_box_is_expected() -> None:
    assert read("姓名 口天 性别 男 职务 丙", LIAISON)["name"] == (How.STRICT, "口天")
    assert read("理论学习中心组学习（口）次，参与（5）人次；", STUDY)["sessions"] != (How.STRICT, "")


@pytest.mark.parametrize(
    "text", ["填报单位（盖章）：甲局　填报日期\n：6月2日", "填报单位(盖章):甲局 填报日期：6月2日\n一、"]
)
def test_a_free_text_ends_with_its_line(text: str) -> None:
    assert read(text, HEAD) == {"unit": (How.STRICT, "甲局"), "date": (How.STRICT, "6月2日")}


# Properties of the shipped forms ---------------------------------------------------------------------------------

FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()}
FIGURES = st.one_of(
    st.integers(0, 10**6).map(str),
    st.integers(0, 10**6).map("{:,}".format),
    st.integers(0, 10**6).map(lambda number: str(number).translate(FULL_WIDTH)),
    st.sampled_from(NUMBERS),
)
FREE_TEXTS = st.one_of(
    st.text("甲乙丙丁常州市工局处科0123456789-@.abcＡ１", max_size=12),
    st.sampled_from(
        ("2022年6月25日", "wx_1234", "王五（兼）", "科长/党组成员", "延政中路6号（行政中心） 2号楼", "一、二科")
    ),
)
BRACKETS = ("（）", "()", "［］", "[]", "【】", "〔〕")
QUOTES = ("“”", '""', "‘’", "「」", "")
SPACES = (" ", "\u3000", "\xa0", "\u200b", "\t", "\n", "\r\n")
quick = settings(max_examples=40, deadline=None, derandomize=True)


def _counted(statement: Statement, blank: Blank) -> bool:
    return statement.literals[statement.blanks.index(blank)].endswith("（")


def _typed(statement: Statement, blank: Blank) -> st.SearchStrategy[str]:
    if blank.boxed:
        return st.sampled_from(BOXES)
    if blank.options:
        return st.sampled_from((*blank.options, ""))
    return FIGURES if _counted(statement, blank) else FREE_TEXTS


def _values(form: Form) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {blank.key: _typed(statement, blank) for statement in form.statements for blank in statement.blanks}
    )


def _read_form(form: Form, text: str) -> dict[str, Slice]:
    return read_statements(
        text, form.statements, [text for item in form.items for text in (item.name, item.requirement)]
    )


def _pieces(statement: Statement) -> Iterator[tuple[str, Blank | None]]:
    yield from zip(statement.literals, (*statement.blanks, None), strict=True)


def _retyped(form: Form, values: dict[str, str], retype: Callable[[str, bool], str]) -> str:
    """The form with its literals typed anew; `retype` is told whether spaces may touch what was filled in."""
    lines = []
    for statement in form.statements:
        loose = _counted(statement, statement.blanks[0])
        pieces = [retype(text, loose) + (values[blank.key] if blank else "") for text, blank in _pieces(statement)]
        lines.append("".join(pieces))
    return "\n".join(lines)


@pytest.mark.parametrize("key", ["progress", "liaison"])
@given(data=st.data())
@quick
def test_what_is_filled_in_is_read_back(key: str, data: st.DataObject) -> None:
    form = CAMPAIGN.form(key)
    boxed = [blank for statement in form.statements for blank in statement.blanks if blank.boxed]
    choices = {blank.key: data.draw(st.sampled_from((True, False, *blank.options, None))) for blank in boxed}
    values = data.draw(_values(form)) | choices
    slices = _read_form(form, "\n".join(statement.fill(values) for statement in form.statements))
    expected = values | {blank.key: blank.show(choices[blank.key]) for blank in boxed}
    assert {key: found.text for key, found in slices.items()} == expected
    assert {found.how for found in slices.values()} == {How.STRICT}


@pytest.mark.parametrize("key", ["progress", "liaison"])
@given(data=st.data(), rng=st.randoms(use_true_random=False))
@quick
def test_what_people_and_word_do_to_marks_and_spaces_changes_nothing(
    key: str, data: st.DataObject, rng: Random
) -> None:
    form = CAMPAIGN.form(key)
    values = data.draw(_values(form))
    brackets, quotes = data.draw(st.sampled_from(BRACKETS)), data.draw(st.sampled_from(QUOTES))
    marks = {"（": brackets[0], "）": brackets[1], "“": quotes[:1], "”": quotes[1:]}
    marks |= {
        mark: data.draw(st.sampled_from((mark, other))) for mark, other in zip("；，。：、", ";,.:,", strict=True)
    }
    # Without a space a label is still a label.
    marks |= {" ": data.draw(st.sampled_from((" ", "", "\u3000"))), "　": data.draw(st.sampled_from(("　", " ", "")))}
    table = str.maketrans(marks) | data.draw(st.sampled_from(({}, FULL_WIDTH)))

    def retype(text: str, loose: bool) -> str:
        text = text.translate(table)
        for _ in range(rng.choice((0, 0, 1, 2))):
            at = rng.randint(0, len(text)) if loose else rng.randint(1, max(1, len(text) - 1))
            text = text[:at] + rng.choice(SPACES) + text[at:]
        return text

    slices = _read_form(form, _retyped(form, values, retype))
    assert accepted(slices) == {key: _unspaced(value) for key, value in values.items()}


@pytest.mark.parametrize("key", ["progress", "liaison"])
@pytest.mark.parametrize("harm", ["typo", "deleted", "doubled"])
@given(data=st.data())
@quick
def test_harm_makes_a_blank_unread_but_never_wrong(key: str, harm: str, data: st.DataObject) -> None:
    form = CAMPAIGN.form(key)
    values = data.draw(_values(form))
    expected = {key: {_unspaced(value)} for key, value in values.items()}
    rows = [[(text, blank, values[blank.key] if blank else "") for text, blank in _pieces(s)] for s in form.statements]
    row = data.draw(st.sampled_from(rows))
    place = data.draw(st.integers(0, len(row) - 2))
    words, blank, value = row[place]
    assert blank is not None
    if harm == "typo":
        row[place] = (data.draw(_typos(words)), blank, value)
    elif harm == "deleted":
        del row[place]
        expected[blank.key] = {""}
    else:
        statement = next(statement for statement in form.statements if blank in statement.blanks)
        other = data.draw(_typed(statement, blank))
        row.insert(place, (words, blank, other))
        expected[blank.key] &= {_unspaced(other)}
    text = "\n".join("".join(words + value for words, _, value in row) for row in rows)
    for found, value in accepted(_read_form(form, text)).items():
        assert value in expected[found], text


@st.composite
def _typos(draw: st.DrawFn, words: str) -> str:
    letters = [index for index, char in enumerate(words) if char.isalnum()]
    letter = draw(st.sampled_from(COMMON))
    at = draw(st.sampled_from(letters))
    typos = [words[:at] + letter + words[at + 1 :], words[:at] + words[at + 1 :]]
    if at != letters[0]:
        # In front of the first letter it would stand behind what was filled in before.
        typos += [words[:at] + letter + words[at:], words[: at - 1] + words[at] + words[at - 1] + words[at + 1 :]]
    return str(draw(st.sampled_from(typos)))


# The gate --------------------------------------------------------------------------------------------------------


def _judge(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The verdict on each blank, and what shows it: read, unread, wrong; or vague, where it need not be read.

    A blank that is gone may be read as empty; what is left of it, only if it is all that was typed. Of a vague one a
    careful reader could not tell the value: it need not be read, but anything else than what was typed is wrong.
    """
    slices = read_statements(sheet.text, STATEMENTS, SET_ASIDE)
    values = accepted(slices)
    for key, typed in sheet.values.items():
        expected, value = _unspaced(typed), values.get(key)
        evidence = f"{key}: typed {typed!r}, read {value!r}"
        if value is not None and value != expected and not (key in sheet.gone and value == ""):
            yield "wrong", f"{evidence}\n    … {slices[key].context} …"
        elif key in sheet.gone or key in sheet.vague:
            yield "vague", evidence
        else:
            yield "unread" if value is None else "read", evidence


def test_no_mutation_is_read_wrong_and_nearly_all_of_what_can_be_read_is() -> None:
    counts: dict[str, Counter[str]] = {}
    wrong = []
    for name, mutate in MUTATIONS.items():
        counts[name] = Counter()
        for style, numbers in enumerate(STYLES):
            for seed in range(2):
                rng = Random(f"{name} {style} {seed}")  # noqa: S311  (no secrets)
                sheet = fill(rng, numbers)
                mutate(sheet, rng)
                for verdict, evidence in _judge(sheet):
                    counts[name][verdict] += 1
                    if verdict == "wrong":
                        wrong.append(f"{name}, style {style}, seed {seed}: {evidence}")
    total = sum(counts.values(), Counter[str]())
    print(f"\n{'mutation':28}{'read':>9}{'unread':>9}{'wrong':>7}")
    for name, each in (*counts.items(), ("all", total)):
        readable = each["read"] + each["unread"]
        print(f"{name:28}{each['read'] / max(1, readable):9.1%}{each['unread']:9}{each['wrong']:7}")
    assert len(MUTATIONS) > 40
    assert not wrong, "\n".join(wrong)
    assert total["read"] / (total["read"] + total["unread"]) >= 0.95
