"""`init-forms`: the blank forms of the campaign, for everybody or for each unit."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.progress import track

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Form, Roster, Unit
from anquanyue.campaign.roster import load_roster
from anquanyue.cli.console import messages
from anquanyue.errors import OutputError, UserError
from anquanyue.language import gettext as _
from anquanyue.language import ngettext
from anquanyue.outputs import write_output

_BAD_IN_A_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_FOLDER_NAME: Final = 80
"""Windows allows a whole path 260 characters."""


def init_forms(out: Path, *, campaign: Path | None, units: Path | None, word: bool, force: bool, quiet: bool) -> int:
    """Write every form that is owed into `out`; with `word` a Word document beside each workbook.

    Raises:
        UserError: A form is there already and `force` is not given; nothing is written then.
    """
    from anquanyue.writing.workbook import file_name, form_workbook

    working_folder = Path()
    asked = load_campaign(campaign, working_folder)
    roster = load_roster(units, working_folder, asked)
    console = messages(quiet)
    forms = {folder / file_name(form, unit): (form, unit) for folder, form, unit in _owed(out, asked, roster)}
    parents = {unit.parent for unit in roster.units} if roster else set()
    if not force:
        paths = [path for workbook in forms for path in (workbook, *([workbook.with_suffix(".docx")] if word else []))]
        _refuse_overwriting([path for path in paths if path.exists()])
    shown = track(forms.items(), _("Making forms"), console=console, transient=True, disable=not console.is_terminal)
    for path, (form, unit) in shown:
        _make_folder(path.parent)
        asks_children = unit is not None and unit.code in parents
        workbook = form_workbook(asked, form, unit, working_folder=working_folder, asks_children=asks_children)
        write_output(path, workbook)
        if word:
            from anquanyue.writing.document import form_document

            write_output(path.with_suffix(".docx"), form_document(asked, form, unit, asks_children=asks_children))
    made = ngettext("{number} form is in {folder}", "{number} forms are in {folder}", len(forms))
    console.print(made.format(number=len(forms), folder=out), markup=False, soft_wrap=True)
    return 0


def _owed(out: Path, campaign: Campaign, roster: Roster | None) -> Iterator[tuple[Path, Form, Unit | None]]:
    if roster is None:
        for form in campaign.forms:
            yield out, form, None
        return
    for unit in roster.units:
        for form in campaign.owed_forms(unit.group):
            yield out / folder_name(unit), form, unit


def folder_name(unit: Unit) -> str:
    """The name of the unit's folder, one that Windows allows."""
    name = _BAD_IN_A_FILE_NAME.sub("_", f"{unit.code}-{unit.name}")
    return name[:_LONGEST_FOLDER_NAME].rstrip(" .")


def _refuse_overwriting(there: list[Path]) -> None:
    if len(there) == 1:
        message = _("{path} is there already; nothing was written. --force overwrites it")
        raise UserError(message.format(path=there[0]))
    if there:
        message = _("{path} and {others} more are there already; nothing was written. --force overwrites them")
        raise UserError(message.format(path=there[0], others=len(there) - 1))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("the folder {folder} cannot be made: {reason}")
        raise OutputError(message.format(folder=folder, reason=error.strerror)) from error
