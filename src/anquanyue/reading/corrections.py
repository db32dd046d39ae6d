"""Remarks that speak of a correction, anywhere on a form: named, and never applied."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from anquanyue.findings import Finding
from anquanyue.reading.form_words import CHECK_HEADING, FormWords, words_of
from anquanyue.reading.grid import Cell, cell_text
from anquanyue.reading.located import LocatedForm
from anquanyue.reading.quoting import HIDDEN, quoted
from anquanyue.reading.wordings import correction

_SENTENCE_END = re.compile(r"[。；;\n]")
_AROUND: Final = 20
_LONGEST: Final = 40
_MOST: Final = 5


def correction_remarks(located: LocatedForm) -> list[Finding]:
    """A finding for each text outside the entries that speaks of a correction."""
    if located.form is None:
        return []
    found = []
    for row, column, remark in _remarks(located):
        # Where a form asks about people, a correction is about one.
        shown = quoted(_near(remark)) if located.form.reported_fields else HIDDEN
        shown = HIDDEN if quoted(remark) == HIDDEN else shown
        found.append(Finding(code="correction-remark", place=located.grid.place(row, column), value=shown))
    return found[:_MOST]


def _remarks(located: LocatedForm) -> Iterator[tuple[int, int, str]]:
    """The first sentence of each cell that speaks of a correction and is not quoted by another finding."""
    assert located.form is not None  # noqa: S101
    words = words_of(located.form)
    texts = [(row, column, text) for row, found in located.grid.asked(_corrections, words) for column, text in found]
    if not texts:
        return
    # The formulas beside the entries say what those should be.
    own = {column for _row, column, cell in located.grid.cells() if cell == CHECK_HEADING}
    places = [each for key in located.form.fields if (each := located.cells.get(key.key))]
    entries = {(row, column, cell_text(cell)) for each in places for row, column, cell in each.cells}
    told = [each.context for each in places if each.code] + [text for _row, _column, text in entries]
    for row, column, text in texts:
        if column in own or (row, column, text.strip()) in entries:
            continue
        pieces = (piece.strip(" \t\r\u3000，,") for piece in _SENTENCE_END.split(text))
        said = (piece for piece in pieces if correction(piece) and not any(_near(piece) in each for each in told))
        if remark := next(said, None):
            yield row, column, remark


def _corrections(cells: Sequence[Cell], words: FormWords) -> list[tuple[int, str]]:
    texts = [(c, text) for c, text in enumerate(cells) if isinstance(text, str) and text not in words.printed]
    # Those words are Chinese.
    return [(column, text) for column, text in texts if not text.isascii() and correction(text)]


def _near(remark: str) -> str:
    """Of a long sentence only what stands around the words."""
    match = correction(remark)
    if match is None or len(remark) <= _LONGEST:
        return remark
    return remark[max(0, match.start() - _AROUND) : match.end() + _AROUND]
