"""Where forms begin on a grid: their titles, the year in those, and the parts of a grid that holds several."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from anquanyue.campaign.model import Campaign, Form
from anquanyue.reading.folding import fold, narrow
from anquanyue.reading.form_words import words_of
from anquanyue.reading.grid import Cell, Grid, cell_text
from anquanyue.writing.stamp import DERIVED, Stamp

_STAMP_COLUMNS: Final = 3
"""How far to the right people push the hidden column by inserting columns in front of it."""
_LONGEST_TITLE: Final = 60
_YEAR_ALONE = re.compile(r"\(?((?:19|20)[0-9]{2})\s*年度?\)?")


@dataclass(frozen=True, slots=True)
class Title:
    """A line that is the title of a form; `year` is the one named in it, or None."""

    row: int
    form: Form
    year: int | None


def is_derived(grid: Grid) -> bool:
    """Whether the sheet only repeats or explains: such a sheet is never read as a form."""
    return any(DERIVED in cells[:_STAMP_COLUMNS] for cells in grid.rows)


def find_stamp(grid: Grid) -> Stamp | None:
    """The identity of the form on the grid, or None where it was lost."""
    for cells in grid.rows:
        for cell in cells[:_STAMP_COLUMNS]:
            if isinstance(cell, str) and (stamp := Stamp.parse(cell)):
                return stamp
    return None


def find_titles(grid: Grid, campaign: Campaign) -> list[Title]:
    """Every line that is the title of one of the campaign's forms, perhaps with a year or a place in front of it."""
    titles = [
        title
        for row, texts in grid.asked(_like_titles, None)
        for text in texts
        if (title := _title(row, text, campaign))
    ]
    return [title if title.year else replace(title, year=_year_beside(grid, title.row)) for title in titles]


def _year_beside(grid: Grid, row: int) -> int | None:
    """The year that stands alone in a line above or below a title, as 2021年度."""
    for cells in grid.rows[max(0, row - 2) : row + 2]:
        for cell in cells:
            if isinstance(cell, str) and "年" in cell and (match := _YEAR_ALONE.fullmatch(narrow(cell).strip())):
                return int(match[1])
    return None


def _like_titles(cells: Sequence[Cell], _about: None) -> list[str]:
    """The lines that end as all titles do."""
    lines = (line.strip() for cell in cells if isinstance(cell, str) and "表" in cell for line in cell.split("\n"))
    return [
        line
        for line in lines
        if (line.rstrip(" 　）)").endswith("表") or line.endswith(("（汇总）", "(汇总)")))
        and len(line) <= _LONGEST_TITLE
    ]


def _title(row: int, line: str, campaign: Campaign) -> Title | None:
    folded = fold(line)
    for form in campaign.forms:
        if _ends_with(folded, words_of(form).folded_title):
            match = re.search(r"(?<!\d)((?:19|20)\d\d)年?", narrow(line))
            return Title(row, form, int(match.group(1)) if match else None)
    return None


def _ends_with(line: str, title: str) -> bool:
    """Whether a line ends with the title; 推荐表 instead of 反馈表 is the same form."""
    if line.endswith(title):
        return True
    if len(title) < 8 or len(line) < len(title) - 2:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(line[-len(title) :], title, score_cutoff=2) <= 2


def split(grid: Grid, campaign: Campaign) -> list[Grid]:
    """The parts of a grid that hold one form each, so far as titles and heads tell.

    A part without any of the forms' words belongs to what follows it, as a title that stands there twice.
    """
    starts = _starts(grid, campaign)
    if len(starts) < 2:
        return [grid]
    bounds = [0, *(_first_row(grid, start, campaign) for start in starts[1:]), len(grid.rows)]
    parts: list[Grid] = []
    begin = bounds[0]
    for end in bounds[1:]:
        part = grid.part(begin, end)
        if end == bounds[-1] and parts and not _has_words(part, campaign):
            parts[-1] = grid.part(bounds[0] if len(parts) == 1 else _first_of(parts[-1]), end)
        elif end == bounds[-1] or _has_words(part, campaign):
            parts.append(part)
            begin = end
    return parts


def _first_of(part: Grid) -> int:
    return next((row for row, cells in enumerate(part.rows) if cells), 0)


def _starts(grid: Grid, campaign: Campaign) -> list[int]:
    """The rows in which forms begin."""
    titles = sorted({title.row for title in find_titles(grid, campaign)})
    if len(titles) > 1:
        return titles
    keys = {form.fields[0].key for form in campaign.forms}
    keyed = [row for row, cells in enumerate(grid.rows) if any(_begins_with(cell, keys) for cell in cells)]
    if len(keyed) > 1:
        return keyed
    for form in campaign.forms:
        heads = _head_rows(grid, form)
        if len(heads) > 1:
            bodies = [row for row in range(len(grid.rows)) if _has_words(grid.part(row, row + 1), campaign)]
            # Where the heads stand below their tables, a form begins behind the one before.
            if bodies and bodies[0] < heads[0] and bodies[-1] < heads[-1]:
                return [0, *(head + 1 for head in heads[:-1])]
            return heads
    return []


def _begins_with(cell: Cell, keys: set[str]) -> bool:
    return isinstance(cell, str) and cell.split(" ", 1)[0] in keys


def _head_rows(grid: Grid, form: Form) -> list[int]:
    """The rows with the label of the unit, and another label of the same statement there or in the rows around it."""
    statement = next(each for each in form.statements if form.unit_field.blank in each.blanks)
    if len(statement.blanks) < 2:
        first = fold(form.fields[0].blank.words)
        # Folded: a label may carry a * for what is required.
        return [
            row
            for row, cells in enumerate(grid.rows)
            if any(isinstance(cell, str) and fold(cell) == first for cell in cells)
        ]
    labels = [re.sub(r"[（(].*", "", blank.words) for blank in statement.blanks]
    unit = labels[[blank.key for blank in statement.blanks].index(form.unit_field.key)]
    others = [label for label in labels if label != unit]
    rows = []
    for row, cells in enumerate(grid.rows):
        if any(isinstance(cell, str) and unit in cell for cell in cells):
            around = [cell_text(cell) for near in grid.rows[max(0, row - 3) : row + 4] for cell in near]
            if sum(any(label in text for text in around) for label in others) * 2 > len(others):
                rows.append(row)
    return rows


def _first_row(grid: Grid, start: int, campaign: Campaign) -> int:
    """The first row of what stands above a title and belongs to it: a stamp, 附件3, empty rows."""
    labels = {fold(form.label) for form in campaign.forms}
    while start > 0:
        texts = [cell_text(cell) for cell in grid.rows[start - 1] if cell_text(cell)]
        if not all(text.startswith("anquanyue:") or fold(text) in labels for text in texts):
            break
        start -= 1
    return start


def _has_words(part: Grid, campaign: Campaign) -> bool:
    """Whether something of a form's table stands there: the words of a blank, or its key."""
    texts = [fold(cell) for _row, _column, cell in part.cells() if isinstance(cell, str)]
    for form in campaign.forms:
        words = words_of(form)
        telling = [fold(each) for each in words.telling] or [fold(blank.words) for blank in words.labelled]
        if any((label in text if words.telling else label == text) for label in telling for text in texts):
            return True
    return False


def other_year(titles: Sequence[Title], start: datetime.date) -> int | None:
    """The year of the titles where it is not the campaign's."""
    years = {title.year for title in titles if title.year is not None}
    return min(years) if years and start.year not in years else None


def printed_forms(grids: Sequence[Grid], campaign: Campaign) -> Iterator[Form]:
    """The forms whose printed sheet is among these, to the letter; a report calls its own 汇总."""
    titles = {form.title: form for form in campaign.forms if form.items}
    for grid in grids:
        yield from (titles[cell] for _row, _column, cell in grid.cells() if isinstance(cell, str) and cell in titles)
