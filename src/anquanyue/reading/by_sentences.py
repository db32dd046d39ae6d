"""A form as prose: its statements in one cell or in many, in a table of a document or of a sheet.

The cells are joined to one text, read by `anquanyue.reading.statement`, and every slice is traced back to its cell.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from anquanyue.campaign.statement import Statement
from anquanyue.reading.columns import is_scaled, scale_notes
from anquanyue.reading.folding import fold, narrow
from anquanyue.reading.form_words import FormWords
from anquanyue.reading.grid import Cell, Grid, cell_text
from anquanyue.reading.located import Layout, Located
from anquanyue.reading.quoting import quoted
from anquanyue.reading.statement import How, Slice, read_statements

Span = tuple[int, int, int, int]
"""A piece of a cell that is no prose: row, column, start and end in the cell's text."""

_CLAUSE_END = re.compile(r"[，,；;。\n]")
_SENTENCE_END = re.compile(r"[；;。\n\t]")
_LEAST: Final = 2
"""A remark has at least so many letters."""
_LONGEST_TITLE: Final = 60
_SHORTEST_PROSE: Final = 60
_LONGEST_HEADING: Final = 20


@dataclass(frozen=True, slots=True)
class _Text:
    """The joined text; `starts[i]` is where the cell `places[i]` begins in it."""

    text: str
    starts: Sequence[int]
    places: Sequence[tuple[int, int]]

    def place(self, offset: int) -> tuple[int, int]:
        if not self.places:
            return 0, 0
        return self.places[max(0, bisect_right(self.starts, offset) - 1)]


def read_sentences(grid: Grid, words: FormWords, spans: Iterable[Span]) -> Layout:
    """Read the form's sentences.

    Args:
        grid: Where to read.
        words: The form's words.
        spans: What was read already, as the head line.
    """
    joined = _join(grid, words, spans)
    slices = _without_guesses(read_statements(joined.text, words.prose, words.set_aside), words)
    scale = next((text for _row, _column, text in scale_notes(grid)), "") or _scaled_heading(grid, words)
    cells: dict[str, Located] = {}
    anchors: dict[str, list[tuple[int, int]]] = {}
    for key, found in slices.items():
        row, column = joined.place(found.start)
        if item := words.item_of.get(key):
            anchors.setdefault(item, []).append((row, column))
        context = quoted(found.context)
        if scale and found.text and words.fields[key].type == "count":
            cells[key] = Located((), row, column, "value-refused", f"{context}（{scale}）")
            continue
        if found.how is How.REFUSED:
            cells[key] = Located((), row, column, "value-refused", context)
            continue
        filled = ((row, column, _original(grid, row, column, found.text)),) if found.text else ()
        code = "value-aligned" if found.how is How.ALIGNED else None
        cells[key] = Located(filled, row, column, code, context, found.expected)
    names = {fold(item.name): item.key for item in words.form.items}
    for row, column, cell in grid.cells():
        if isinstance(cell, str) and (item := names.get(fold(cell))):
            anchors.setdefault(item, []).append((row, column))
    remarks = tuple(_remarks(joined, words, slices)) if slices else ()
    return Layout(cells, remarks, {item: tuple(sorted(places)) for item, places in anchors.items()})


def _scaled_heading(grid: Grid, words: FormWords) -> str:
    """A heading of the table that says that all is counted in 万, as 进展情况（万）; "" where none does."""
    short = (cell for _r, _c, cell in grid.cells() if isinstance(cell, str) and len(cell) < _LONGEST_HEADING)
    return next((cell for cell in short if any(each in cell for each in words.form.columns) and is_scaled(cell)), "")


def with_pasted(grid: Grid, words: FormWords, layout: Layout) -> Layout:
    """A table of rows with what was pasted into one of its cells, or beside it, as prose instead of being filled in."""
    keys = [field.key for field in words.item_fields]
    if _is_half_filled(layout, keys) or not grid.asked(_holds_prose, words):
        return layout
    short = {
        key: [each for each in layout.cells[key].cells if not _is_prose(each[2])] for key in keys if key in layout.cells
    }
    pasted = replace(grid, rows=tuple(tuple(cell if _is_prose(cell) else "" for cell in row) for row in grid.rows))
    read = read_sentences(pasted, words, ())
    cells = dict(layout.cells)
    for key, place in read.cells.items():
        typed = tuple(short.get(key, ()))
        cells[key] = replace(place, cells=typed + place.cells) if typed else place
    order = {item: (*layout.anchors.get(item, ()), *read.anchors.get(item, ())) for item in words.item_of.values()}
    anchors = {item: tuple(sorted(places)) for item, places in order.items() if places}
    return Layout(cells, tuple(sorted((*layout.remarks, *read.remarks))), anchors, layout.heading)


def _is_half_filled(layout: Layout, keys: Sequence[str]) -> bool:
    """Whether half of the fields have something in their cells that is no prose."""
    left = -(-len(keys) // 2)
    for key in keys:
        place = layout.cells.get(key)
        if place and any(not _is_prose(cell) for _row, _column, cell in place.cells):
            left -= 1
            if left <= 0:
                return True
    return left <= 0


def _holds_prose(cells: Sequence[Cell], words: FormWords) -> bool:
    """Whether a row may hold sentences with blanks, beside what the form itself says."""
    return any(_is_prose(cell) and cell not in words.printed for cell in cells)


def _is_prose(cell: Cell) -> bool:
    """Whether a cell may hold sentences with blanks."""
    return isinstance(cell, str) and len(cell) > _SHORTEST_PROSE and any(bracket in cell for bracket in "（(")


def _without_guesses(slices: Mapping[str, Slice], words: FormWords) -> Mapping[str, Slice]:
    """Refuse a blank with words like 参与 where all blanks up to the next such one are gone: it may be the next one's.

    The words in front of that may have been deleted together with the blank that was its own. Where the whole next
    statement is gone, that is unlikely, and what was read to the letter stays.
    """
    keys = [field.key for field in words.item_fields]
    beside = {
        blank.key: [each.key for each in statement.blanks] for statement in words.prose for blank in statement.blanks
    }
    result = dict(slices)
    for numbers in words.by_words.values():
        for number, later in pairwise(numbers):
            found = slices.get(keys[number])
            if found is None or any(key in slices for key in keys[number + 1 : later + 1]):
                continue
            if found.how is How.ALIGNED or any(key in slices for key in beside[keys[later]]):
                result[found.key] = replace(found, how=How.REFUSED)
    return result


def _join(grid: Grid, words: FormWords, spans: Iterable[Span]) -> _Text:
    """All cells that may hold prose, row by row; a cell begins with a tab, a row with a line break."""
    cut: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, column, start, end in spans:
        cut.setdefault((row, column), []).append((start, end))
    text: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    length, last_row = 0, -1
    for row, column, cell in grid.cells():
        if _is_printed(cell, words):
            continue
        piece = cell_text(cell)
        for start, end in cut.get((row, column), ()):
            piece = piece[:start] + "\n" * (min(end, len(piece)) - start) + piece[end:]
        if not piece.strip():
            continue
        text.append(("\n" if row != last_row else "\t") + piece)
        starts.append(length)
        places.append((row, column))
        length += len(piece) + 1
        last_row = row
    return _Text("".join(text), starts, places)


def _is_printed(cell: Cell, words: FormWords) -> bool:
    """Whether the cell says only what the form itself says beside its sentences."""
    if not isinstance(cell, str):
        return False
    if cell in words.printed or all(each in words.names for each in cell.split()) or cell.startswith("anquanyue:"):
        return True
    folded = fold(cell)
    if folded in words.folded_printed or (len(folded) < _LONGEST_TITLE and words.folded_title in folded):
        return True
    # A piece of a requirement that was split over several cells.
    return len(folded) > 3 and folded in words.folded_requirements and folded not in words.folded_literals


def _original(grid: Grid, row: int, column: int, text: str) -> Cell:
    """The cell's own value where the slice is the whole cell, so that a date stays a date."""
    cell = grid.rows[row][column]
    return cell if cell_text(cell) == text else text


# What belongs to no blank ----------------------------------------------------------------------------------------


def _remarks(joined: _Text, words: FormWords, slices: Mapping[str, Slice]) -> Iterator[tuple[int, int, str]]:
    """The text that is neither a statement nor printed in the form, with its place."""
    text = joined.text
    used = bytearray(len(text))
    letters, at = _folded(text)
    for start, end in _printed(letters, at, words):
        used[start:end] = b"\x01" * (end - start)
    for statement in words.prose:
        for start, end in _of_statement(text, statement, slices):
            used[start:end] = b"\x01" * (end - start)
    first = min(each.start for each in slices.values())
    for offset, piece in _unused(text, used):
        remark = piece.strip(' \t\r\n\u3000\xa0，,；;：:。、_＿□☐"”“').strip()
        folded = fold(remark)
        if offset < first or len(folded) < _LEAST or folded in words.folded_literals:
            continue
        if words.note_pieces and all(each in folded for each in words.note_pieces):
            continue
        yield *joined.place(offset), remark


def _folded(text: str) -> tuple[str, list[int]]:
    plain = narrow(text)
    at = [index for index, char in enumerate(plain) if char.isalnum()]
    return "".join(plain[index].casefold()[:1] for index in at), at


def _printed(letters: str, at: Sequence[int], words: FormWords) -> Iterator[tuple[int, int]]:
    for printed in sorted(words.folded_printed, key=len, reverse=True):
        if len(printed) < 4:
            continue
        place = letters.find(printed)
        while place >= 0:
            yield at[place], at[place + len(printed) - 1] + 1
            place = letters.find(printed, place + 1)


def _of_statement(text: str, statement: Statement, slices: Mapping[str, Slice]) -> Iterator[tuple[int, int]]:
    """The pieces of the text that a statement covers: its blanks, and what of its words stands around them."""
    previous: tuple[int, int] | None = None
    last = len(statement.blanks) - 1
    for index, blank in enumerate(statement.blanks):
        found = slices.get(blank.key)
        if found is None:
            previous = None
            continue
        before, after = statement.literals[index], statement.literals[index + 1]
        near = previous is not None and 0 <= found.start - previous[1] <= 2 * len(before) + 12
        begin = previous[1] if near and previous else _backwards(text, found.start, before, index == 0)
        end = _forwards(text, found.end, after, index == last)
        yield begin, max(end, found.end)
        previous = found.start, found.end


def _backwards(text: str, place: int, literal: str, is_first: bool) -> int:
    """Where the words in front of a blank begin: the literal to the letter, else back to the end of a sentence."""
    wanted = fold(literal)
    index, left = place, len(wanted)
    while left and index:
        index -= 1
        letter = fold(text[index])
        if letter:
            if letter != wanted[left - 1]:
                break
            left -= 1
    if not left:
        return index
    stop = _SENTENCE_END if is_first else _CLAUSE_END
    ends = [match.end() for match in stop.finditer(text, max(0, place - 3 * len(literal) - 20), place)]
    return ends[-1] if ends else max(0, place - len(literal))


def _forwards(text: str, place: int, literal: str, is_last: bool) -> int:
    """Where the words behind a blank end: as much of the literal as stands there, else the clause."""
    wanted = fold(literal)
    index, matched, end = place, 0, place
    while matched < len(wanted) and index < len(text):
        letter = fold(text[index])
        if letter:
            if letter != wanted[matched]:
                break
            matched += 1
            end = index + 1
        index += 1
    if matched or not is_last:
        return end
    clause = _CLAUSE_END.search(text, place)
    return min(clause.start() if clause else len(text), place + len(literal) + 6)


def _unused(text: str, used: bytearray) -> Iterator[tuple[int, str]]:
    """The pieces of text between used ones, cut at cells and lines."""
    start = None
    for index in range(len(text) + 1):
        ends = index == len(text) or used[index] or text[index] in "\n\t"
        if ends and start is not None:
            yield start, text[start:index]
            start = None
        elif not ends and start is None:
            start = index
