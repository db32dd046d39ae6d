"""What people do to a form's text: mutations of filled-in statements that know what was typed into each blank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from anquanyue.campaign.loader import load_campaign

CAMPAIGN = load_campaign(None, Path(__file__).parent)
# Of the form, only what stands in brackets and boxes: without its head.
ITEMS = CAMPAIGN.form("progress").items
STATEMENTS = tuple(statement for item in ITEMS for statement in item.statements)
SET_ASIDE = tuple(text for item in ITEMS for text in (item.name, item.requirement))
NUMBERS = (
    *("1,200", "１２", "约300人", "三", "无", "1.02万", "", "-5", "169, 250", "4300余人", "十二", "/", "—", "0", "3.5"),
    *("300-400", "10²", "5场（含线上2场）", "48", "7", "一百"),
)
STYLES: tuple[tuple[str, ...], ...] = (
    NUMBERS,
    # Each blank has another figure, so that one that is read in another's place shows.
    tuple(map(str, range(10, 1000))),
    *((number,) for number in NUMBERS),
)
BOXES = ("☑是□否", "□是☑否", "√是", "是（√）", "□是□否", "■是", "是", "[√]是[ ]否")
# Words that do not tell their blank: whose they are shows only in the clause before.
WEAK = ("参与", "受众", "宣传受众", "覆盖")


@dataclass(frozen=True, slots=True)
class Part:
    """A clause as typed: words, what stands in the blank (with what encloses it), the unit and punctuation behind.

    `astray` is what was typed before the brackets, behind them, and behind the unit.
    """

    words: str
    key: str
    value: str
    unit: str
    tail: str
    left: str = "（"
    right: str = "）"
    astray: tuple[str, str, str] = ("", "", "")

    @property
    def text(self) -> str:
        before, behind, last = self.astray
        return self.words + before + self.left + self.value + self.right + behind + self.unit + last + self.tail

    @property
    def is_weak(self) -> bool:
        return self.words in WEAK


@dataclass(slots=True)
class Sheet:
    """A filled-in form, as parts of statements, or as a text once it is no longer made of them.

    Attributes:
        gone: Keys that have no blank any more.
        vague: Keys of which a careful reader could not tell the value.
    """

    statements: list[list[Part]]
    values: dict[str, str]
    gone: set[str] = field(default_factory=set)
    vague: set[str] = field(default_factory=set)
    before: str = ""
    after: str = ""
    joint: str = "\n"

    @property
    def text(self) -> str:
        return (
            self.before
            + self.joint.join("".join(part.text for part in parts) for parts in self.statements)
            + self.after
        )

    @property
    def places(self) -> list[tuple[int, int]]:
        return [(row, column) for row, parts in enumerate(self.statements) for column in range(len(parts))]

    def pick(self, rng: Random, counted: bool = True) -> tuple[int, int]:
        places = [(r, c) for r, c in self.places if not counted or self.statements[r][c].left]
        return rng.choice(places or self.places)

    def change(self, place: tuple[int, int], **changes: Any) -> None:
        row, column = place
        self.statements[row][column] = replace(self.statements[row][column], **changes)

    def cut(self, start: int, end: int) -> None:
        """Cut a piece out of the text; what it touches is gone."""
        text = self.text
        place = len(self.before)
        for index, parts in enumerate(self.statements):
            place += len(self.joint) if index else 0
            anchor = False
            for part in parts:
                begin, place = place, place + len(part.text)
                touched = begin < end and place > start
                if touched:
                    self.gone.add(part.key)
                elif anchor and part.is_weak:
                    self.vague.add(part.key)
                anchor = touched or (anchor and part.is_weak)
        self.before, self.statements, self.after = text[:start] + text[end:], [], ""


def fill(rng: Random, numbers: Sequence[str] = NUMBERS) -> Sheet:
    """A form filled in with some of the numbers."""
    values: dict[str, str] = {}
    statements = []
    for statement in STATEMENTS:
        parts = []
        rest = ""
        for index, blank in enumerate(statement.blanks):
            before = statement.literals[index][len(rest) :]
            after = statement.literals[index + 1]
            unit = blank.unit
            value = rng.choice(BOXES if blank.boxed else numbers)
            values[blank.key] = value
            left, right = ("", "") if blank.boxed else (before[-1], after[0])
            stop = len(right) + len(unit) + 1
            tail = after[len(right) + len(unit) :] if index + 1 == len(statement.blanks) else after[stop - 1 : stop]
            rest = after[:stop]
            words = before if blank.boxed else before[:-1]
            parts.append(Part(words, blank.key, value, unit, tail, left, right))
        statements.append(parts)
    return Sheet(statements, values)


Mutation = Callable[[Sheet, Random], None]
MUTATIONS: dict[str, Mutation] = {}
COMMON = "的是了在和学习安全生产活动次场人会"


def mutation(function: Mutation) -> Mutation:
    MUTATIONS[function.__name__] = function
    return function


def _typo(sheet: Sheet, rng: Random, change: Callable[[str, int], str]) -> None:
    for _ in range(rng.randint(1, 6)):
        row, column = place = sheet.pick(rng, counted=False)
        part = sheet.statements[row][column]
        name = rng.choice(["words", "words", "unit"]) if part.unit else "words"
        text = getattr(part, name)
        letters = [index for index, char in enumerate(text) if char.isalnum()]
        if letters:
            sheet.change(place, **{name: change(text, rng.choice(letters))})


@mutation
def typo_substituted(sheet: Sheet, rng: Random) -> None:
    _typo(sheet, rng, lambda text, at: text[:at] + rng.choice(COMMON) + text[at + 1 :])


@mutation
def typo_deleted(sheet: Sheet, rng: Random) -> None:
    _typo(sheet, rng, lambda text, at: text[:at] + text[at + 1 :])


@mutation
def typo_inserted(sheet: Sheet, rng: Random) -> None:
    _typo(sheet, rng, lambda text, at: text[:at] + rng.choice(COMMON) + text[at:])


@mutation
def typo_swapped(sheet: Sheet, rng: Random) -> None:
    _typo(sheet, rng, lambda text, at: text[:at] + text[at : at + 2][::-1] + text[at + 2 :])


@mutation
def typo_at_the_brackets(sheet: Sheet, rng: Random) -> None:
    for _ in range(3):
        row, column = place = sheet.pick(rng)
        part = sheet.statements[row][column]
        if rng.random() < 0.5:
            sheet.change(place, words=part.words + rng.choice(COMMON))
        else:
            sheet.change(place, unit=rng.choice(COMMON) + part.unit)


@mutation
def words_shortened(sheet: Sheet, rng: Random) -> None:
    row, column = place = sheet.pick(rng)
    part = sheet.statements[row][column]
    size = rng.randint(1, max(1, len(part.words) // 2))
    start = rng.randint(0, len(part.words) - size)
    sheet.change(place, words=part.words[:start] + part.words[start + size :])
    sheet.vague.add(part.key)


@mutation
def clause_deleted(sheet: Sheet, rng: Random) -> None:
    row, column = sheet.pick(rng, counted=False)
    parts = sheet.statements[row]
    sheet.gone.add(parts.pop(column).key)
    _loosen(sheet, parts, column)


def _loosen(sheet: Sheet, parts: list[Part], column: int) -> None:
    """Clauses without words of their own, from this one on, have lost what told whose they are."""
    while column < len(parts) and parts[column].is_weak:
        sheet.vague.add(parts[column].key)
        column += 1


@mutation
def clause_doubled(sheet: Sheet, rng: Random) -> None:
    row, column = sheet.pick(rng)
    part = sheet.statements[row][column]
    other = rng.choice([number for number in NUMBERS if number != part.value])
    sheet.statements[row].insert(column + rng.randint(0, 1), replace(part, value=other))
    sheet.vague.add(part.key)


@mutation
def clauses_swapped(sheet: Sheet, rng: Random) -> None:
    rows = [row for row, parts in enumerate(sheet.statements) if len(parts) > 1]
    if rows:
        parts = sheet.statements[rng.choice(rows)]
        column = rng.randrange(len(parts) - 1)
        parts[column : column + 2] = parts[column : column + 2][::-1]
        _loosen(sheet, parts, column)
        _loosen(sheet, parts, column + 1)
        _loosen(sheet, parts, column + 2)


@mutation
def statement_doubled(sheet: Sheet, rng: Random) -> None:
    if sheet.statements:
        parts = rng.choice(sheet.statements)
        copy = []
        for part in parts:
            number = rng.choice([n for n in NUMBERS if n != part.value])
            copy.append(replace(part, value=number) if part.left else part)
            if part.left:
                sheet.vague.add(part.key)
        sheet.statements.insert(rng.randint(0, len(sheet.statements)), copy)


@mutation
def statements_reordered(sheet: Sheet, rng: Random) -> None:
    rng.shuffle(sheet.statements)


@mutation
def statement_deleted(sheet: Sheet, rng: Random) -> None:
    if sheet.statements:
        sheet.gone |= {part.key for part in sheet.statements.pop(rng.randrange(len(sheet.statements)))}


@mutation
def blank_deleted(sheet: Sheet, rng: Random) -> None:
    row, column = place = sheet.pick(rng)
    sheet.change(place, left="", value="", right="")
    sheet.gone.add(sheet.statements[row][column].key)


def _brackets(sheet: Sheet, rng: Random, share: float, vague: bool = False, **lost: str) -> None:
    for row, column in sheet.places:
        part = sheet.statements[row][column]
        if part.left and rng.random() < share:
            sheet.change((row, column), **lost)
            if vague:
                sheet.vague.add(part.key)


@mutation
def left_bracket_lost(sheet: Sheet, rng: Random) -> None:
    _brackets(sheet, rng, 0.1, vague=True, left="")


@mutation
def right_bracket_lost(sheet: Sheet, rng: Random) -> None:
    _brackets(sheet, rng, 0.1, vague=True, right="")


@mutation
def brackets_lost(sheet: Sheet, rng: Random) -> None:
    _brackets(sheet, rng, 0.3, left="", right="")


@mutation
def all_brackets_lost(sheet: Sheet, rng: Random) -> None:
    _brackets(sheet, rng, 1, left=" ", right=" ")


@mutation
def other_brackets(sheet: Sheet, rng: Random) -> None:
    left, right = rng.choice(["【】", "[]", "()", "〔〕"])
    _brackets(sheet, rng, 0.5, left=left, right=right)


@mutation
def underlined(sheet: Sheet, rng: Random) -> None:
    _brackets(sheet, rng, 0.5, left="___", right="___")


@mutation
def requirement_between(sheet: Sheet, rng: Random) -> None:
    _paste(sheet, rng, rng.choice(ITEMS).requirement)


@mutation
def requirement_mistyped(sheet: Sheet, rng: Random) -> None:
    text = rng.choice(ITEMS).requirement
    at = rng.randrange(len(text))
    _paste(sheet, rng, text[:at] + rng.choice(COMMON) + text[at + 1 :])


@mutation
def item_names_between(sheet: Sheet, rng: Random) -> None:
    for item in ITEMS:
        _paste(sheet, rng, item.name)


def _paste(sheet: Sheet, rng: Random, text: str) -> None:
    if sheet.statements:
        parts = rng.choice(sheet.statements)
        if parts:
            column = rng.randrange(len(parts))
            parts[column] = replace(parts[column], tail=parts[column].tail + "\n" + text + "\n")
            # Between a clause and one without words of its own.
            _loosen(sheet, parts, column + 1)
            return
    sheet.before = text + sheet.before


@mutation
def unit_changed(sheet: Sheet, rng: Random) -> None:
    for _ in range(2):
        row, column = place = sheet.pick(rng)
        part = sheet.statements[row][column]
        unit = rng.choice([unit for unit in ("次", "场", "个", "人", "人次", "条", "项", "件") if unit != part.unit])
        sheet.change(place, unit=unit)
        if unit in {other.unit for other in sheet.statements[row]}:
            sheet.vague.add(part.key)


@mutation
def truncated_at_the_end(sheet: Sheet, rng: Random) -> None:
    sheet.cut(rng.randint(len(sheet.text) // 2, len(sheet.text)), len(sheet.text))


@mutation
def truncated_at_the_beginning(sheet: Sheet, rng: Random) -> None:
    sheet.cut(0, rng.randint(0, len(sheet.text) // 2))


@mutation
def piece_lost(sheet: Sheet, rng: Random) -> None:
    start = rng.randrange(len(sheet.text) + 1)
    end = min(len(sheet.text), start + rng.randint(1, 120))
    while start and sheet.text[start - 1] in "□☑√■是否（[ ]":
        start -= 1
    # From one 参与 to another the rest would read as if nothing were missing.
    while end < len(sheet.text) and (sheet.text[end - 1] not in "；。\n" or sheet.text[end : end + 2] in WEAK):
        end += 1
    sheet.cut(start, end)


def _moved(sheet: Sheet, rng: Random, place: int) -> None:
    for _ in range(2):
        row, column = where = sheet.pick(rng)
        part = sheet.statements[row][column]
        if part.value and part.left:
            astray = list(part.astray)
            astray[place] = part.value
            sheet.change(where, value="", astray=tuple(astray))
            sheet.vague.add(part.key)


@mutation
def number_before_the_brackets(sheet: Sheet, rng: Random) -> None:
    _moved(sheet, rng, 0)


@mutation
def number_behind_the_brackets(sheet: Sheet, rng: Random) -> None:
    _moved(sheet, rng, 1)


@mutation
def number_behind_the_unit(sheet: Sheet, rng: Random) -> None:
    _moved(sheet, rng, 2)


@mutation
def synonyms(sheet: Sheet, rng: Random) -> None:
    pairs = (("参与", "参加"), ("组织", "举办"), ("受众", "受益"), ("观看", "收看"), ("报道", "报导"), ("征集", "收集"))
    for row, column in sheet.places:
        words = sheet.statements[row][column].words
        for word, other in pairs:
            if rng.random() < 0.3:
                words = words.replace(word, other)
        sheet.change((row, column), words=words)


def _unpunctuated(text: str, space: str) -> str:
    return "".join(char if char.isalnum() else space for char in text)


@mutation
def punctuation_lost(sheet: Sheet, rng: Random) -> None:
    for row, column in sheet.places:
        part = sheet.statements[row][column]
        texts = {name: _unpunctuated(getattr(part, name), "") for name in ("words", "unit")}
        sheet.change((row, column), tail=" ", left=" ", right=" ", **texts)


@mutation
def all_in_one_word(sheet: Sheet, rng: Random) -> None:
    for row, column in sheet.places:
        part = sheet.statements[row][column]
        texts = {name: _unpunctuated(getattr(part, name), "") for name in ("words", "unit", "tail")}
        sheet.change((row, column), left="", right="", **texts)
    sheet.joint = ""


@mutation
def one_line(sheet: Sheet, rng: Random) -> None:
    sheet.joint = rng.choice(["", " "])


@mutation
def other_punctuation(sheet: Sheet, rng: Random) -> None:
    for row, column in sheet.places:
        sheet.change((row, column), tail=rng.choice(["，", "；", "。", "、", ",", ";", " ", "\n", ""]))


@mutation
def remark_in_the_brackets(sheet: Sheet, rng: Random) -> None:
    for _ in range(3):
        row, column = place = sheet.pick(rng)
        part = sheet.statements[row][column]
        if part.left and part.value:
            value = part.value + rng.choice(["（线上）", "（其中线上2场）", "，详见附件", "（含5月3场）"])
            sheet.change(place, value=value)
            sheet.values[part.key] = value


@mutation
def remark_behind_the_unit(sheet: Sheet, rng: Random) -> None:
    for _ in range(3):
        row, column = place = sheet.pick(rng)
        part = sheet.statements[row][column]
        if not part.left:
            continue
        remark = rng.choice(["（其中线上2场）", "(含线上)", "（见附件1）", "（http://a.cn/1）"])
        sheet.change(place, unit=part.unit + remark)
        # A remark with a number behind an empty blank, or behind a number without brackets, may be its value.
        if not part.value.strip() or not part.left.strip():
            sheet.vague.add(part.key)


@mutation
def remark_before_the_brackets(sheet: Sheet, rng: Random) -> None:
    row, column = place = sheet.pick(rng)
    part = sheet.statements[row][column]
    sheet.change(place, words=part.words + rng.choice(["（含线上）", "共", "合计", "（其中线上2场）"]))
    sheet.vague.add(part.key)


@mutation
def stray_marks(sheet: Sheet, rng: Random) -> None:
    for _ in range(3):
        row, column = place = sheet.pick(rng, counted=False)
        part = sheet.statements[row][column]
        name = rng.choice(["words", "unit"])
        text = getattr(part, name)
        at = rng.randint(0, len(text))
        sheet.change(place, **{name: text[:at] + rng.choice("（）()[，；。、/-—\n.:“2") + text[at:]})
        sheet.vague.add(part.key)


@mutation
def numbered(sheet: Sheet, rng: Random) -> None:
    for row, parts in enumerate(sheet.statements):
        if parts:
            mark = rng.choice([f"{row + 1}.", f"{row + 1}、", f"（{row + 1}）", f"{row + 1}）"])
            sheet.change((row, 0), words=mark + parts[0].words)


@mutation
def unit_in_the_brackets(sheet: Sheet, rng: Random) -> None:
    for row, column in sheet.places:
        part = sheet.statements[row][column]
        if part.left.strip() and part.value and rng.random() < 0.3:
            sheet.values[part.key] = part.value + part.unit
            sheet.change((row, column), value=part.value + part.unit, unit=rng.choice(["", part.unit]))


@mutation
def header_in_front(sheet: Sheet, rng: Random) -> None:
    sheet.before = (
        "附件3\n“安全生产月”活动进展情况统计表\n填报单位（盖章）：武进区工信局 联系人：张三 电话：0519-12345678 "
        "填报日期：2022-06-25\n活动项目\t内容要求\t进展情况\n" + sheet.before
    )


@mutation
def two_units(sheet: Sheet, rng: Random) -> None:
    other = fill(rng)
    sheet.after += "\n" + other.text
    sheet.vague |= {key for key in other.values if other.values[key] != sheet.values[key] or key in sheet.gone}


def _unreadable(sheet: Sheet, key: str) -> None:
    """Whatever is read of the blank is wrong."""
    sheet.values[key] = "not to be read"
    sheet.vague.add(key)


@mutation
def another_figure_behind_the_unit(sheet: Sheet, rng: Random) -> None:
    behind = (
        "，应为999",
        "（更正为999）",
        "，另有999人次",
        "（累计999人次）",
        "，累计（999）场",
        "（不含基层999）",
        "、999",
    )
    for _ in range(3):
        row, column = place = sheet.pick(rng)
        part = sheet.statements[row][column]
        sheet.change(place, unit=part.unit + rng.choice(behind))
        _unreadable(sheet, part.key)


@mutation
def hedge_behind_the_unit(sheet: Sheet, rng: Random) -> None:
    for place in {sheet.pick(rng) for _ in range(3)}:
        row, column = place
        part = sheet.statements[row][column]
        unit = part.unit + rng.choice(["左右", "以上", "余", "上下"])
        sheet.change(place, unit=unit)
        sheet.values[part.key] = part.left + part.value + part.right + unit
        if not part.value:
            _unreadable(sheet, part.key)


@mutation
def plan_or_denial(sheet: Sheet, rng: Random) -> None:
    row, column = place = sheet.pick(rng)
    part = sheet.statements[row][column]
    word = rng.choice(["计划", "未", "拟", "预计", "去年"])
    sheet.change(place, words=rng.choice([word + part.words, part.words + word]))
    _unreadable(sheet, part.key)
