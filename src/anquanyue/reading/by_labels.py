"""Labels and what stands behind them, in one cell or in several: the head line, rows of pairs, the boxes.

A value ends at the next label, at the end of its line or at the end of its row. A label counts where nothing stands
in front of it that would make it another word, and a separator or the end of its cell behind it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN
from anquanyue.campaign.statement import Blank
from anquanyue.reading.columns import is_measure_note
from anquanyue.reading.folding import fold
from anquanyue.reading.form_words import FormWords
from anquanyue.reading.grid import Cell, Grid, cell_text
from anquanyue.reading.located import Located
from anquanyue.writing.labels import BLANKS_ARE_ZERO_LABEL, INCLUDES_CHILDREN_LABEL, NOTES_LABEL

NOTES: Final = "\x00notes"
"""Stands for the label of notes, of which every item has one."""

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "填报单位": ("报送单位", "填表单位", "填报部门", "单位名称", "单位"),
    "联系人": ("联络人", "填表人", "填报人"),
    "电话": ("联系电话", "联系方式", "手机", "电话号码"),
    "填报日期": ("填报时间", "填表日期", "填表时间", "报送日期", "报送时间", "日期"),
    "单位名称": ("所在单位", "工作单位", "单位"),
    "姓名": ("联络员姓名", "联络员"),
    "职务": ("职务/职称", "职务职称"),
    "办公电话": ("办公室电话", "座机"),
    "手机": ("手机号码", "手机号", "移动电话"),
    "QQ号": ("QQ号码", "QQ"),
    "微信号": ("微信",),
    "电子邮箱": ("邮箱", "电子邮件", "E-mail", "Email"),
    "通信地址": ("通讯地址", "联系地址", "地址"),
}
"""What clerks write for a label; one that is a label of the same form itself does not count."""

_GAP: Final = "[ \u3000\xa0]*"
_REMARK: Final = f"(?:{_GAP}[（(](?:加盖公章|盖章|公章|签章|章|必填|选填|全称|签字)[)）])?"
_BOXES: Final = "□☐◻☑☒√✓✔■"
_BOX: Final = f"(?:[（(\\[【〔]{_GAP}[{_BOXES}]?{_GAP}[)）\\]】〕]|[{_BOXES}])?"
_SEPARATORS: Final = "*＊:：_＿ \t\n\r\u3000\xa0"
_EDGES: Final = "*＊ \t\r\n\u3000\xa0_＿:：,，;；、|"
_STAMP_REMARK: Final = re.compile(f"{_REMARK}$")
_LONG: Final = 3
"""A label of so many letters needs no separator behind it; one of more may have a typo."""
_LONGEST: Final = 60
"""Of a cell with a label that has a typo, or with labels that are remembered."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in a cell.

    Attributes:
        key: Of the field, or NOTES.
        start, end: Where it begins in the cell's text, and where what belongs to it ends.
        value: What stands behind it in its cell.
        separated: Whether a separator, or the end of its cell, makes sure that it is a label.
        box: The box to tick in front of it.
        expected: The form's own label, where it was written with a mistake.
    """

    key: str
    row: int
    column: int
    start: int
    end: int
    value: str
    separated: bool
    box: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that were found.

    Attributes:
        cells: What stands behind each, by the field's key.
        notes: What stands behind the labels of notes, with its row and column.
        spans: The pieces of cells that are thereby accounted for: row, column, start and end in the cell's text.
    """

    cells: Mapping[str, Located]
    notes: tuple[tuple[int, int, str], ...]
    spans: tuple[tuple[int, int, int, int], ...]


def read_labels(grid: Grid, words: FormWords, rows: Iterable[int], must: Mapping[str, int] | None = None) -> Labels:
    """Read the labelled blanks of the form, and the boxes about the whole form.

    Args:
        grid: Where to read.
        words: The form's words.
        rows: The rows to read.
        must: Fields that are known to stand in a row; where their label is gone, they are refused or blank.
    """
    rows = list(rows)
    stops = _stops(words)
    labels = {row: _without_joined(list(_labels(grid, row, words, stops))) for row in rows}
    known = {label.key for found in labels.values() for label in found}
    if missing := [blank for blank in words.labelled if blank.key not in known]:
        for label in _similar(grid, words, labels, missing):
            labels[label.row] = sorted([*labels[label.row], label], key=lambda each: (each.column, each.start))
    places: dict[str, list[tuple[_Label, Located]]] = {}
    notes: list[tuple[int, int, str]] = []
    spans: list[tuple[int, int, int, int]] = []
    for row, found in labels.items():
        for label in found:
            place, taken = _behind(grid, label, found, words)
            spans.append((row, label.column, label.start, label.end))
            spans += [(row, column, 0, len(cell_text(grid.rows[row][column]))) for column in taken]
            if label.key == NOTES:
                notes += [(r, c, cell_text(cell)) for r, c, cell in place.cells]
            else:
                places.setdefault(label.key, []).append((label, place))
    cells = {key: _choose(each, words) for key, each in places.items()}
    for key, row in (must or {}).items():
        if key not in cells:
            cells[key] = _without_label(grid, row, words, spans)
    return Labels(cells, tuple(notes), tuple(spans))


@lru_cache(maxsize=64)
def _pattern(words: FormWords) -> re.Pattern[str]:
    labels = {blank.key: _bare(blank.words) for blank in words.labelled}
    own = set(labels.values())
    spellings = [(spelling, key) for key, label in labels.items() for spelling in (label, *_synonyms(label, own))]
    # The longest first: 联系电话 before 电话.
    spellings.sort(key=lambda each: -len(each[0]))
    groups = [f"(?P<{key}__{index}>{_spelled(text)}){_REMARK}" for index, (text, key) in enumerate(spellings)]
    zero, children = _spelled(BLANKS_ARE_ZERO_LABEL), _spelled(INCLUDES_CHILDREN_LABEL)
    groups += [
        f"(?P<box>{_BOX}){_GAP}(?P<{BLANKS_ARE_ZERO}__z>{zero})",
        f"(?P<{INCLUDES_CHILDREN}__c>{children})",
        f"(?P<notes__n>{_spelled(NOTES_LABEL)}|备{_GAP}注(?={_GAP}(?:[:：]|$)))",
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups)})", re.IGNORECASE)


def _bare(label: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]\s*$", "", label).strip()


def _synonyms(label: str, own: set[str]) -> list[str]:
    taken = own | {synonym for other in own - {label} for synonym in _SYNONYMS.get(other, ())}
    return [synonym for synonym in _SYNONYMS.get(label, ()) if synonym not in taken]


def _spelled(label: str) -> str:
    """A pattern of the label's letters, however they are spaced and punctuated; the notice stretches 姓　名."""
    pieces = [f"[{char}{chr(ord(char) + 0xFEE0)}]" if char.isascii() else char for char in label if char.isalnum()]
    return "[ \u3000\xa0/／,，、-]{0,4}".join(pieces)


@lru_cache(maxsize=64)
def _stops(words: FormWords) -> tuple[str, ...]:
    """Where the value of a label ends at the latest: words with which the form's table begins."""
    form = words.form
    openings = [statement.literals[0] for item in form.items for statement in item.statements[:1]]
    names = [item.name for item in form.items]
    return tuple(each for each in (*names, *openings, form.columns[0] + form.columns[1]) if each and form.items)


def _labels(grid: Grid, row: int, words: FormWords, stops: Sequence[str]) -> Iterator[_Label]:
    for column, cell in enumerate(grid.rows[row]):
        if not isinstance(cell, str) or not cell:
            continue
        matches = _short_matches(cell, words) if len(cell) <= _LONGEST else _matches(cell, words)
        for index, match in enumerate(matches):
            key = (match.lastgroup or "").rpartition("__")[0]
            following = matches[index + 1].start() if index + 1 < len(matches) else len(cell)
            end = _end(cell, match.end(), following, stops)
            if key == "notes":
                key, end = NOTES, following
            box = match.group("box") if key == BLANKS_ARE_ZERO else ""
            value = cell[match.end() : end].strip(_EDGES)
            separated = match.end() == len(cell) or cell[match.end()] in _SEPARATORS
            yield _Label(key, row, column, match.start(), end, value, separated, box or "")


def _matches(cell: str, words: FormWords) -> Sequence[re.Match[str]]:
    """The labels in a cell's text."""
    if words.is_keys(cell):
        return ()
    matches = _pattern(words).finditer(cell)
    # 单位：人次 says in what is counted, not who reports.
    return [match for match in matches if _counts(match, cell) and not is_measure_note(_line_from(cell, match))]


_short_matches: Final = lru_cache(maxsize=1024)(_matches)


def _line_from(cell: str, match: re.Match[str]) -> str:
    return cell[match.start() :].split("\n", 1)[0]


def _counts(match: re.Match[str], cell: str) -> bool:
    """Whether a label stands there, rather than the beginning of other words."""
    behind = cell[match.end() : match.end() + 1]
    if not behind or behind in _SEPARATORS:
        return True
    if (match.lastgroup or "").startswith((BLANKS_ARE_ZERO, INCLUDES_CHILDREN, "notes")):
        return True
    if behind.isdigit() or behind == "+" or behind in _BOXES:
        return True
    return len(fold(match.group())) >= _LONG and (behind.isalnum() or behind in "（(")


def _end(cell: str, start: int, following: int, stops: Sequence[str]) -> int:
    line = cell.find("\n", start, following)
    end = following if line < 0 else line
    for stop in stops:
        place = cell.find(stop, start, end)
        end = end if place < 0 else place
    return end


def _without_joined(labels: list[_Label]) -> list[_Label]:
    """Without what only may be a label, where the same one stands in the row for certain."""
    certain = {label.key for label in labels if label.separated}
    return [label for label in labels if label.separated or label.key not in certain]


def _behind(grid: Grid, label: _Label, labels: Sequence[_Label], words: FormWords) -> tuple[Located, list[int]]:
    """What stands behind a label: in its cell, or in the cells that follow; and which of those it takes."""
    row, cells = label.row, grid.rows[label.row]
    ticked = label.box.strip("（([【〔)）]】〕 \u3000\xa0")
    value = ticked or label.value
    filled: list[tuple[int, int, Cell]] = [(row, label.column, value)] if value else []
    taken = []
    typed = cell_text(cells[label.column])
    is_last = not any(each.column == label.column and each.start > label.start for each in labels)
    if is_last and not label.box and not typed[label.end :].strip(_EDGES):
        stop = next((each.column for each in labels if each.column > label.column), len(cells))
        for column in range(label.column + 1, stop):
            text = cell_text(cells[column])
            if text.strip(_EDGES) and (label.key == NOTES or cells[column] not in words.printed):
                filled.append((row, column, cells[column]))
                taken.append(column)
    if label.key == words.form.unit_field.key:
        filled = [(r, c, _STAMP_REMARK.sub("", cell) if isinstance(cell, str) else cell) for r, c, cell in filled]
        filled = [each for each in filled if each[2] != ""]
    column = filled[0][1] if filled else min(label.column + 1, max(len(cells) - 1, label.column))
    if label.expected:
        # Not what stands behind the label: it may name a person.
        context = typed.replace(":", "：").partition("：")[0]
        return Located(tuple(filled), row, column, "value-aligned", context, label.expected), taken
    return Located(tuple(filled), row, column), taken


def _choose(candidates: Sequence[tuple[_Label, Located]], words: FormWords) -> Located:
    """One of several places of a label: one that is filled in; where it says who and when, they must agree."""
    certain = [place for label, place in candidates if label.separated]
    uncertain = [place for label, place in candidates if not label.separated]
    filled = [place for place in certain if place.cells] or [place for place in uncertain if place.cells]
    if not filled:
        return (certain or uncertain)[0]
    texts = {tuple(fold(cell_text(cell)) for _row, _column, cell in place.cells) for place in filled}
    key = candidates[0][0].key
    field = words.fields.get(key)
    if len(texts) > 1 and (field is None or not words.form.items or field.type in ("unit", "date")):
        cells = [cell for place in filled for cell in place.cells]
        return replace(filled[0], cells=tuple(cells))
    return filled[0]


def _similar(
    grid: Grid, words: FormWords, labels: Mapping[int, Sequence[_Label]], missing: Sequence[Blank]
) -> Iterator[_Label]:
    """Labels with a typo, each alone in its cell or before a colon, and similar to no other label."""
    from rapidfuzz.distance import OSA

    known = {blank.key: fold(_bare(blank.words)) for blank in words.labelled}
    wanted = {blank.key: blank.words for blank in missing}
    for row, found in labels.items():
        for column, cell in enumerate(grid.rows[row]):
            if (
                not isinstance(cell, str)
                or not 2 < len(cell) < _LONGEST
                or any(each.column == column for each in found)
            ):
                continue
            typed, _colon, value = cell.replace(":", "：").partition("：")
            near = [key for key, label in known.items() if len(label) > _LONG and OSA.distance(label, fold(typed)) == 1]
            if len(near) == 1 and near[0] in wanted and fold(typed) not in known.values():
                expected = wanted.pop(near[0])
                yield _Label(near[0], row, column, 0, len(cell), value.strip(_EDGES), True, expected=expected)


def _without_label(grid: Grid, row: int, words: FormWords, spans: Sequence[tuple[int, int, int, int]]) -> Located:
    """A field whose row is known and whose label is gone: refused where the row holds something unexplained."""
    explained = {column for r, column, _start, _end in spans if r == row}
    cells = grid.rows[row]
    strange = [
        column
        for column, cell in enumerate(cells)
        if cell_text(cell) and column not in explained and not words.is_keys(cell) and cell not in words.printed
    ]
    if not strange:
        return Located((), row, 0)
    # Not the whole row: it may name a person.
    return Located((), row, strange[0], "value-refused", cell_text(cells[strange[0]]))
