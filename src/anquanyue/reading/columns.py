"""Which column of a table holds the figures that the form asks for: told by its place and by the headings above.

Beside it may stand last year's figures, targets, an example, another department's. None of those is ever an entry, and
where two columns could be meant, neither is read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from anquanyue.reading.folding import fold, narrow
from anquanyue.reading.form_words import CHECK_HEADING, ENTRY_HEADING, FormWords
from anquanyue.reading.grid import Cell, Grid, cell_text
from anquanyue.reading.table_rows import TableRows
from anquanyue.writing.labels import EVIDENCE_LABEL

_NUMBER_HEADINGS: Final = ("序号", "编号")
_LONGEST_HEADING: Final = 20
_FARTHEST: Final = 4
"""So many rows above the table its headings may stand."""
_LONGEST_VALUE: Final = 20
_VALUE = re.compile(
    r"[\s（(⟨]*([□☐☑☒√✓✔■]|[约近超共]*\s*[\d零〇一二两三四五六七八九十百千万亿]|[无/／—\-–有是否×]\s*[）)]?$).{0,19}"
)
_OTHERS = re.compile(
    "去年|上年|往年|历年|前年|同期|上[期次周月季]|上半[年月]|计划|目标|任务(?!.*完成)|预[计期估算]|拟|示例|样例|范例|举例"
    "|参考|标准|应(?=完成|报|填|到|参|有|办|开)|基[数准]|初稿|草稿|同比|环比|增减|增长|率|占比|排名|差额|未完成|其中"
    "|第[0-9一二三四五六]+[周季批]|[上中下]旬|[上下]半月"
)
"""Headings of figures that are not this year's, or only a part of them."""
_TEXTS = re.compile("说明|备注|口径|解释|要求|内容|依据|来源|责任|联系|类别|类型|序号|编号|名称|时间|日期")
"""Headings of columns with words."""
_SCALE: Final = r"(?:[十百千]?[万亿]|[千百]|[%％‰]|百分[比率数点]?)"
_MEASURE: Final = r"(?:人次|人|次|场次|场|元|个|条|家|名|篇|项|件|份)?"
_SCALED_HEADING = re.compile(
    rf"[（(\[【]\s*(?:单位)?[:：]?\s*{_SCALE}{_MEASURE}\s*[）)\]】]|[/／]?\s*{_SCALE}{_MEASURE}$|百分|[%％‰]"
)
_SCALED_NOTE = re.compile(
    rf"单位\s*[:：为是]?\s*[（(]?\s*{_SCALE}{_MEASURE}\s*(?=[）)\]】\s，,。；;、]|$)|以\s*{_SCALE}{_MEASURE}\s*(?:为单位|计)"
)
_MEASURE_NOTE = re.compile(r"(?:计量)?单位\s*[:为是]?\s*([^:]{1,12})")
_MEASURES = re.compile(rf"(?!$){_SCALE}?{_MEASURE}")


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Where the columns of a table are; None where nothing tells. Tables that look alike share the same object.

    Attributes:
        behind: Whether the entries stand behind the units rather than in front of them.
        headings: What stands above the columns.
        aside: Columns with words, or with figures that are none of the form's, with their headings.
        rivals: Columns of which nobody can tell which one holds the entries, with their headings.
    """

    words: int | None
    unit: int | None
    entry: int | None
    evidence: int | None
    check: int | None
    numbers: int | None
    behind: bool = False
    headings: Mapping[int, str] = field(default_factory=dict)
    aside: Mapping[int, str] = field(default_factory=dict)
    rivals: Mapping[int, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """What stands above the entries."""
        return self.headings.get(self.entry, "") if self.entry is not None else ""

    @property
    def scale(self) -> str:
        """The heading that says that the figures are counted in 万 or the like; "" where none does."""
        told = (self.headings.get(each, "") for each in (self.entry, self.unit, self.words) if each is not None)
        return next((heading for heading in told if is_scaled(heading)), "")


def find_columns(grid: Grid, words: FormWords, table: TableRows) -> Columns:
    """The columns of a table."""
    labels: Counter[int] = Counter()
    units: Counter[int] = Counter()
    figures: Counter[int] = Counter()
    # Most rows say the same.
    lines = grid.lines
    for said, number in Counter([lines[row].answer(asked) for _field, row, asked in table.asked(_said)]).items():
        for counter, columns in zip((labels, units, figures), (said.labels, said.units, said.figures), strict=True):
            counter.update(dict.fromkeys(columns, number))
    label = labels.most_common(1)[0][0] if labels else None
    unit = units.most_common(1)[0][0] if units else None
    headings = _headings(grid, words, table.first)
    width = max(map(len, grid.rows), default=0)
    # With a heading of its own the column of the entries needs no figures to tell it.
    telling = () if ENTRY_HEADING in headings.values() else tuple(figures.items())
    return _columns(label, unit, tuple(headings.items()), telling, width)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """In which columns of a field's row its words stand, its unit, and what may be figures; rows share the same one."""

    labels: tuple[int, ...]
    units: tuple[int, ...]
    figures: tuple[int, ...]


_the_same_said: Final = lru_cache(maxsize=1024)(_Said)


def _said(cells: Sequence[Cell], about: tuple[FormWords, str, int]) -> _Said:
    words, key, _row = about
    blank = words.fields[key].blank
    labels = [column for column, cell in enumerate(cells) if cell == blank.words != ""]
    units = [column for column, cell in enumerate(cells) if cell == blank.unit != "" and column not in labels]
    figures = [
        column
        for column, cell in enumerate(cells)
        if cell != "" and column not in (*labels, *units)
        if cell not in words.printed and looks_like_value(cell_text(cell))
    ]
    return _the_same_said(tuple(labels), tuple(units), tuple(figures))


@lru_cache(maxsize=32)
def _columns(
    label: int | None,
    unit: int | None,
    headed: tuple[tuple[int, str], ...],
    counted: tuple[tuple[int, int], ...],
    width: int,
) -> Columns:
    """The columns of a table.

    Args:
        label: Where most words stand.
        unit: Where most units stand.
        headed: What stands above each column.
        counted: In how many rows something stands in a column that may be a figure.
        width: Of the widest row.
    """
    headings, figures = dict(headed), Counter(dict(counted))
    by_name = {heading: column for column, heading in headings.items()}
    entry, evidence, check = (by_name.get(each) for each in (ENTRY_HEADING, EVIDENCE_LABEL, CHECK_HEADING))
    numbers = next((by_name[each] for each in _NUMBER_HEADINGS if each in by_name), None)
    behind = entry is None and label is not None and unit == label + 1
    if unit is not None and not behind:
        evidence, check = (unit + 1 if evidence is None else evidence), (unit + 2 if check is None else check)
    columns = Columns(label, unit, entry, evidence, check, numbers, behind, headings)
    if label is None:
        return columns
    return _with_entry(columns, [column for column in _zone(columns, label, width) if column != numbers], figures)


def _zone(columns: Columns, label: int, width: int) -> range:
    """The columns in which entries may stand: behind the words, up to the units or else the evidence."""
    start = columns.unit if columns.behind and columns.unit is not None else label
    ends = (None if columns.behind else columns.unit, columns.evidence, columns.check, width)
    return range(start + 1, next((each for each in ends if each is not None and each > start), width))


def _with_entry(columns: Columns, zone: Sequence[int], figures: Counter[int]) -> Columns:
    """The columns, with the one of the entries, and with those that are set aside or rival it."""
    headings = columns.headings
    own = columns.entry
    aside = {each: headings[each] for each in zone if each != own and _OTHERS.search(headings.get(each, ""))}
    aside |= {each: headings[each] for each in zone if each != own and _TEXTS.search(headings.get(each, ""))}
    possible = [each for each in zone if each not in aside and (figures[each] or each in headings)]
    headed = [each for each in possible if each in headings]
    if own is not None:
        aside |= {each: headings[each] for each in headed if each != own}
        return replace(columns, aside=aside)
    # One typed figure astray does not make a column of its own.
    rivals = headed if len(headed) > 1 else [] if headed else [each for each in possible if figures[each] > 1]
    if len(rivals) > 1 or (not possible and aside):
        return replace(columns, rivals={each: headings.get(each, "") for each in rivals or aside})
    most = max(headed or possible, key=lambda each: figures[each], default=None)
    return replace(columns, entry=most, aside=aside)


def _headings(grid: Grid, words: FormWords, first: int) -> Mapping[int, str]:
    """What stands above each column of a table that begins with the row `first`; of two rows of headings, both."""
    above = range(first - 1, -1, -1)
    row = next((row for row in above if ENTRY_HEADING in grid.rows[row]), None)
    if row is None:
        candidates = (row for row in above[:_FARTHEST] if len(_short_texts(grid.rows[row])) > 1)
        row = next(candidates, None)
        if row is None or not _is_of_headings(grid.rows[row], words):
            return {}
    found = dict(grid.ask(row, _short_texts, None))
    upper = grid.ask(row - 1, _short_texts, None) if row else {}
    if len(upper) > 1 and grid.ask(row - 1, _is_of_headings, words):
        over = ""
        for column in range(max((*found, *upper)) + 1):
            # Of merged cells only the first holds the text.
            over = upper.get(column, over)
            text = "" if over == found.get(column) else over
            if column in found or column in upper:
                found[column] = f"{text} {found.get(column, '')}".strip()
    return found


def _short_texts(cells: Sequence[Cell], _about: None = None) -> Mapping[int, str]:
    texts = {column: cell_text(cell) for column, cell in enumerate(cells) if cell != ""}
    return {column: text for column, text in texts.items() if text and not text.startswith("anquanyue:")}


def _is_of_headings(cells: Sequence[Cell], words: FormWords) -> bool:
    """Whether a row above a table holds headings, rather than the head of the form or a box."""
    labels = {fold(blank.words) for blank in words.labelled} | words.boxes
    texts = _short_texts(cells).values()
    return not any(
        len(text) > _LONGEST_HEADING or re.search("[:：].", text) or fold(text) in labels or words.is_keys(text)
        for text in texts
    )


def looks_like_value(text: str) -> bool:
    """Whether a text may have been entered for a figure or a tick."""
    return len(text) <= _LONGEST_VALUE and _VALUE.fullmatch(text) is not None


def is_scaled(text: str) -> bool:
    """Whether a heading says that what stands below is counted in 万 or 千, or is a percentage."""
    return _SCALED_HEADING.search(text) is not None


def scale_notes(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Notes as 单位：万人次 beside or above a table, with their row and column."""
    for row, notes in grid.asked(_scale_notes, None):
        for column, note in notes:
            yield row, column, note


def _scale_notes(cells: Sequence[Cell], _about: None) -> list[tuple[int, str]]:
    return [
        (column, match[0].strip())
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and ("单位" in cell or "计" in cell)
        for line in cell.split("\n")
        if (match := _SCALED_NOTE.search(line))
    ]


def is_measure_note(text: str) -> bool:
    """Whether a text says in what figures are counted, as 单位：万人次 or 单位：人次、场, and not who reports."""
    match = _MEASURE_NOTE.fullmatch(narrow(text).strip(" ()"))
    return match is not None and all(_MEASURES.fullmatch(each) for each in re.split(r"[、,/和及\s]+", match[1].strip()))


def described(cells: Iterable[tuple[int, str]], headings: Mapping[int, str]) -> str:
    """Cells of a row with what stands above them: `去年：5、今年：6`."""
    return "、".join(f"{headings[column]}：{text}" if headings.get(column) else text for column, text in cells)
