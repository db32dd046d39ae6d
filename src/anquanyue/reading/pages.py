"""One form over several sheets of a workbook, as 第1页 and 第2页: put together where they hold different blanks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anquanyue.campaign.model import Campaign
from anquanyue.reading.folding import fold
from anquanyue.reading.form_words import words_of
from anquanyue.reading.grid import Cell, Concealed, Concealments, Grid, Picture, Position, cell_text
from anquanyue.reading.located import LocatedForm
from anquanyue.reading.locating import locate


def locate_in(grids: Sequence[Grid], campaign: Campaign) -> list[LocatedForm]:
    """The campaign's forms on the sheets, in order."""
    found: list[LocatedForm] = []
    pages: list[Grid] = []
    for grid in grids:
        here = locate(grid, campaign)
        whole = _whole(found[-1], here, [*pages, grid], campaign) if pages else None
        if whole:
            found[-1] = whole
            pages.append(grid)
        else:
            found += here
            pages = [grid] if len(here) == 1 and _is_part(here[0]) else []
    return found


def _is_part(located: LocatedForm) -> bool:
    """Whether a form was found that lacks some of its blanks, on a sheet."""
    if located.form is None or (located.grid.row_places and not located.pages):
        return False
    if located.trouble and located.trouble.code != "form-different":
        return False
    return len(_certain(located)) < len(words_of(located.form).item_fields)


def _whole(
    first: LocatedForm, here: Sequence[LocatedForm], pages: Sequence[Grid], campaign: Campaign
) -> LocatedForm | None:
    """The form that all pages hold together; None where the last one is no part of it."""
    if any(not _is_part(each) or each.form is not first.form or _certain(first) & _certain(each) for each in here):
        return None
    if len(here) > 1 or len({unit for each in (first, *here) if (unit := _unit(each))}) > 1:
        return None
    found = locate(_stacked(pages), campaign)
    if len(found) != 1 or found[0].form is not first.form or found[0].trouble:
        return None
    # What stands at the end of a page may be doubtful until the next one is there.
    there = _certain(first).union(*(_certain(each) for each in here))
    if not found[0].cells.keys() >= there or not _certain(found[0]) > _certain(first):
        return None
    return replace(found[0], pages=tuple(pages))


def _certain(located: LocatedForm) -> set[str]:
    """The blanks of the form's items that were found, without those that are refused."""
    keys = [field.key for field in words_of(located.form).item_fields] if located.form else []
    return {key for key in keys if key in located.cells and located.cells[key].code != "value-refused"}


def _unit(located: LocatedForm) -> str:
    cell = located.cells.get(located.form.unit_field.key) if located.form else None
    return "".join(fold(cell_text(value)) for _row, _column, value in cell.cells) if cell else ""


def _stacked(pages: Sequence[Grid]) -> Grid:
    """Sheets below each other, whose cells keep their places."""
    rows: list[tuple[Cell, ...]] = []
    places: list[str] = []
    pictures: list[Picture] = []
    for page in pages:
        pictures += [replace(each, row=each.row + len(rows)) for each in page.pictures]
        rows += page.rows
        places += [f"{page.name}!{{letters}}{row + 1}" for row in range(len(page.rows))]
    return Grid(pages[0].name, tuple(rows), tuple(places), tuple(pictures))


def concealed_in(located: LocatedForm, look: Concealments) -> Mapping[Position, Concealed]:
    """The cells of a form's grid that only look empty."""
    if not located.pages:
        return look(located.grid.name)
    found: dict[Position, Concealed] = {}
    start = 0
    for page in located.pages:
        found |= {(start + row, column): each for (row, column), each in look(page.name).items()}
        start += len(page.rows)
    return found
