"""Words that say that a figure is not what it seems: corrections, plans, what did not take place."""

import re
from collections.abc import Iterator
from typing import Final

from anquanyue.findings import Finding
from anquanyue.reading.grid import cell_text
from anquanyue.reading.located import LocatedForm
from anquanyue.reading.quoting import HIDDEN, quoted

_NUMERALS: Final = "0-9０-９零〇一二两三四五六七八九十百千万无"
_CORRECTED_TO = re.compile(
    rf"(?:应为|应是|实为|实是|实际[为是]|更正[为成]?|订正[为成]?|(?<!整)改[为成]|调整为)[\s:：“”（(]*[约共]?[{_NUMERALS}]"
)
_CORRECTED = re.compile(
    "(?<![须需请待应])更正|勘误|订正|(?:数|数据|数字|填[报写]|上报|统计|表)有误|有误[，,]?(?:应|以|实)|填错|误填|写错|误写|报错了|[多少漏]报了"
)
_DENIED = re.compile("计划|拟|预[计期估]|未|没|去年|上年|往年|同期|目标|打算|准备")
_SENTENCE_END = re.compile(r"[。；;\n]")
_LONGEST: Final = 40
_MOST: Final = 5


def corrects_a_figure(text: str) -> bool:
    """Whether a text says which number a figure should have been."""
    return _CORRECTED_TO.search(text) is not None


def denial(text: str, words: str = "") -> str:
    """What in a text says that something is planned, or did not take place, or did in another year.

    Args:
        text: As typed.
        words: The form's own words, which may say so themselves.
    """
    return next((match for match in _DENIED.findall(text) if match not in words), "")


def correction_remarks(located: LocatedForm) -> Iterator[Finding]:
    """A finding for each text outside the entries that speaks of a correction: nothing is corrected by it."""
    if located.form is None:
        return
    told = [each.context for each in located.cells.values()]
    told += [cell_text(cell) for each in located.cells.values() for _row, _column, cell in each.cells if each.code]
    entries = {
        (row, column, cell_text(cell))
        for key, each in located.cells.items()
        if any(key == field.key for field in located.form.fields)
        for row, column, cell in each.cells
    }
    found = 0
    for row, column, cell in located.grid.cells():
        if not isinstance(cell, str) or (row, column, cell.strip()) in entries:
            continue
        for piece in _SENTENCE_END.split(cell):
            remark = piece.strip(" \t\r\u3000，,")
            if not (_CORRECTED_TO.search(remark) or _CORRECTED.search(remark)) or any(remark in each for each in told):
                continue
            # Of a long text only what is around the words.
            match = _CORRECTED_TO.search(remark) or _CORRECTED.search(remark)
            assert match is not None  # noqa: S101
            near = remark[max(0, match.start() - _LONGEST // 2) : match.end() + _LONGEST // 2]
            shown = quoted(remark) if located.form.reported_fields else HIDDEN
            shown = near if shown == remark and len(remark) > _LONGEST else shown
            yield Finding(code="correction-remark", place=located.grid.place(row, column), value=shown)
            found += 1
            if found == _MOST:
                return
            break
