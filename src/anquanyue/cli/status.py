"""`status`: who has sent what of what is owed, as a table for people, as JSON or CSV, or as a workbook."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from anquanyue.cli.console import messages, reading_progress, show
from anquanyue.cli.days import day_of
from anquanyue.errors import UserError, reason
from anquanyue.language import console_language, listed, mark, ngettext
from anquanyue.language import gettext as _
from anquanyue.outputs import check_outputs, refuse_doubled, write_outputs
from anquanyue.working_folder import check_folder

if TYPE_CHECKING:
    from anquanyue.checking.arrival import Source
    from anquanyue.materials import Category
    from anquanyue.reading.materials import MaterialFolder
    from anquanyue.status import Matrix, Standing, State

ENDINGS: Final = (".xlsx", ".csv", ".json")
MATERIALS: Final = Path("materials")
"""Where material lies, unless the command is told."""

_MOST_FILES: Final = 20
"""How many files that belong nowhere the table lists; the other formats list all."""

_STATES: Final[dict["State", tuple[str, str]]] = {
    "in-time": (mark("in time"), "green"),
    "late": (mark("late"), "yellow"),
    "undated": (mark("day unknown"), "yellow"),
    "missing": (mark("MISSING"), "bold red"),
    "not-due": (mark("not due"), "dim"),
    "exempt": (mark("exempt"), "cyan"),
    "optional": (mark("optional"), "dim"),
    "not-owed": ("·", "dim"),
    "not-looked-for": (mark("not looked for"), "dim"),
}
_DAYS: Final[dict["Source", str]] = {
    "received": mark("{day} r"),
    "written": mark("{day} w"),
    "file-time": mark("{day} f"),
}
_CATEGORIES: Final[dict["Category", str]] = {
    "video": mark("{number}v"),
    "picture": mark("{number}p"),
    "document": mark("{number}d"),
    "other": mark("{number}o"),
}


def status(
    folder: Path,
    outputs: list[Path],
    *,
    materials: Path | None,
    as_of: str | None,
    output_format: str,
    campaign: Path | None,
    units: Path | None,
    quiet: bool,
    cached: bool = False,
) -> int:
    """Show who has sent what; 1 if something that is overdue is missing.

    Raises:
        UserError: There is no list of units, or a folder, day or document cannot be used.
    """
    day = day_of(as_of) if as_of else datetime.date.today()
    for read in (folder, materials or MATERIALS):
        check_outputs(dict.fromkeys(outputs, ENDINGS), read, (campaign, units))
    refuse_doubled(outputs)
    checked = check_folder(folder, campaign=campaign, units=units, progress=reading_progress(quiet), cached=cached)
    if checked.roster is None:
        raise UserError(_("status needs the list of units; put it here as units.csv, or name it with --units"))
    from anquanyue.status import status as standings

    found = look_at_materials(materials, quiet=quiet)
    matrix = standings(checked.campaign, checked.roster, checked.submissions, checked.decisions, found, day)
    documents = {path: _document(matrix, path.suffix.lower()) for path in outputs}
    show(as_table(matrix) if output_format == "table" else _document(matrix, f".{output_format}"))
    write_outputs(documents)
    for path in documents:
        messages(quiet).print(Text(_("written: {path}").format(path=path)), soft_wrap=True)
    return int(matrix.counts["missing"] > 0)


def look_at_materials(folder: Path | None, *, quiet: bool) -> "MaterialFolder | None":
    """What lies in the folder of material; None where there is none and none was asked for.

    Raises:
        UserError: The folder that was asked for is missing, or cannot be read.
    """
    from anquanyue.reading.materials import read_materials

    path = folder or MATERIALS
    if not path.is_dir():
        if folder is None:
            return None
        raise UserError(_("there is no folder {folder} with material").format(folder=folder))
    try:
        with messages(quiet).status(_("Looking at the material …")):
            return read_materials(path)
    except OSError as error:
        message = _("{path}: cannot be read: {reason}")
        raise UserError(message.format(path=error.filename or path, reason=_(reason(error)))) from error


def _document(matrix: "Matrix", ending: str) -> bytes:
    from anquanyue.reporting.status_text import status_csv, status_json

    if ending == ".json":
        return status_json(matrix).encode("utf-8")
    if ending == ".csv":
        return status_csv(matrix)
    from anquanyue.reporting.status_workbook import status_workbook

    return status_workbook(matrix)


def as_table(matrix: "Matrix") -> RenderableType:
    """Units × rounds, how complete and how timely each round is, a legend, and what belongs to none of them."""
    return Group(_table(matrix), *_legend(matrix), *_leftovers(matrix), _counts_line(matrix))


def _table(matrix: "Matrix") -> Table:
    from anquanyue.reporting.status_text import form_labels, short_label

    labels = form_labels(matrix.campaign)
    table = Table(box=box.HORIZONTALS, padding=(0, 1, 0, 0), show_lines=True, show_footer=True)
    table.add_column(
        Text(_("As of {day}").format(day=matrix.as_of.isoformat())),
        Text(_("sent / owing") + "\n" + _("in time / owing")),
        overflow="fold",
    )
    for each in matrix.tallies:
        label = short_label(each.duty, each.round, labels)
        footer = "\n".join(
            f"{number}/{each.owing} {share:.0%}" if share is not None else "—"
            for number, share in ((each.reported, each.completeness), (each.in_time, each.timeliness))
        )
        table.add_column(Text(f"{label}\n{each.round.deadline:%m-%d}"), Text(footer), overflow="fold")
    for unit, standings in matrix.rows():
        table.add_row(Text(unit.name), *map(_cell, standings))
    return table


def _cell(each: "Standing") -> Text:
    # Text throughout: what units call their files must not be taken for markup.
    word, style = _STATES[each.state]
    text = Text(_("late {days} d").format(days=each.days_late) if each.state == "late" else _(word), style=style)
    if each.first and each.first.day and each.first.source:
        day = _(_DAYS[each.first.source]).format(day=f"{each.first.day:%m-%d}")
        text.append(f"\n{day}", style="dim")
    files = [_(_CATEGORIES[category]).format(number=number) for category, number in each.files.items() if number]
    if files:
        text.append("\n" + " ".join(files), style="dim")
    if each.rejected:
        text.append("\n" + _("{number} rejected").format(number=len(each.rejected)), style="yellow")
    return text


def _legend(matrix: "Matrix") -> Iterator[Text]:
    from anquanyue.checking.arrival import SOURCES

    sources = {each.first.source for each in matrix.standings if each.first and each.first.source}
    shown = [f"{_(_DAYS[key]).format(day='').strip()} {_(SOURCES[key])}" for key in _DAYS if key in sources]
    if shown:
        yield Text(_("Day of arrival: {sources}; the first of several counts.").format(sources=listed(shown)))
    if any(any(each.files.values()) for each in matrix.standings):
        yield Text(_("v video, p picture, d document, o other."))
    if matrix.materials is None:
        message = _("Material was not looked for: there is no folder {folder}; --materials names another.")
        yield Text(message.format(folder=MATERIALS))


def _leftovers(matrix: "Matrix") -> Iterator[Text]:
    lines = [(each.path, _("nothing says of which round it is")) for each in matrix.unplaced]
    lines += [(each.file.path, _(each.problem)) for each in matrix.unattributed]
    if lines:
        yield Text(_("Counted for no unit:"), style="yellow")
    colon = "：" if console_language() == "zh" else ": "
    for path, problem in lines[:_MOST_FILES]:
        yield Text(f"  {path}{colon}{problem}")
    if more := len(lines) - _MOST_FILES if len(lines) > _MOST_FILES else 0:
        message = ngettext("  … and {number} file more", "  … and {number} files more", more)
        yield Text(message.format(number=more) + _("; --format json lists all"))


def _counts_line(matrix: "Matrix") -> Text:
    counts = [
        f"{number} {_(_STATES[state][0])}" for state, number in matrix.counts.items() if number and state != "not-owed"
    ]
    line = listed(counts)
    if matrix.materials is not None:
        lost = len(matrix.unattributed)
        message = ngettext(
            "{number} file of material = {attributed} counted + {lost} for no unit + {aside} of the system",
            "{number} files of material = {attributed} counted + {lost} for no unit + {aside} of the system",
            len(matrix.materials) + matrix.left_aside,
        )
        line += ("；" if console_language() == "zh" else "; ") + message.format(
            number=len(matrix.materials) + matrix.left_aside,
            attributed=len(matrix.materials) - lost,
            lost=lost,
            aside=matrix.left_aside,
        )
    return Text(line, style="bold")
