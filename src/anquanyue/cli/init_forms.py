"""`init-forms`: the blank forms of the campaign, for everybody or for each unit."""

from collections.abc import Callable, Iterator
from pathlib import Path

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Form, Roster, Unit
from anquanyue.campaign.roster import load_roster
from anquanyue.cli.console import messages
from anquanyue.cli.progress import progress
from anquanyue.errors import OutputError, UserError
from anquanyue.language import gettext as _
from anquanyue.language import ngettext
from anquanyue.outputs import write_output
from anquanyue.writing.file_names import distinct, file_name, folder_name


def init_forms(out: Path, *, campaign: Path | None, units: Path | None, word: bool, force: bool, quiet: bool) -> int:
    """Write every form that is owed into `out`; with `word` a Word document beside each workbook.

    Raises:
        UserError: A form is there already and `force` is not given; nothing is written then.
    """
    from anquanyue.writing.workbook_copies import WorkbookCopies

    working_folder = Path()
    asked = load_campaign(campaign, working_folder)
    roster = load_roster(units, working_folder, asked)
    console = messages(quiet)
    forms = _planned(out, asked, roster)
    parents = {unit.parent for unit in roster.units} if roster else set()
    endings = (".xlsx", ".docx") if word else (".xlsx",)
    if not force:
        paths = [path.with_suffix(ending) for path in forms for ending in endings]
        refuse_overwriting([path for path in paths if path.exists()])
    makers: list[Callable[..., bytes]] = [WorkbookCopies(asked, working_folder).workbook]
    if word:
        from anquanyue.writing.document_copies import DocumentCopies

        makers.append(DocumentCopies(asked).document)
    number = len(forms) * len(makers)
    with progress(console, _("Making forms"), number) as advance:
        for path, (form, unit) in forms.items():
            make_folder(path.parent)
            for ending, make in zip(endings, makers, strict=True):
                asks_children = unit is not None and unit.code in parents
                write_output(path.with_suffix(ending), make(form, unit, asks_children=asks_children))
                advance(1)
    made = ngettext("{number} file is in {folder}", "{number} files are in {folder}", number)
    console.print(made.format(number=number, folder=out), markup=False, soft_wrap=True)
    return 0


def _planned(out: Path, campaign: Campaign, roster: Roster | None) -> dict[Path, tuple[Form, Unit | None]]:
    """Every form that is owed, by the path of its workbook; none takes another's place."""
    planned: dict[Path, tuple[Form, Unit | None]] = {}
    folders: set[str] = set()
    for unit, forms in _owed(campaign, roster):
        folder = out / distinct(folder_name(unit), folders) if unit else out
        names: set[str] = set()
        for form in forms:
            planned[folder / distinct(file_name(form, unit), names, ".xlsx")] = (form, unit)
    return planned


def _owed(campaign: Campaign, roster: Roster | None) -> Iterator[tuple[Unit | None, tuple[Form, ...]]]:
    if roster is None:
        yield None, campaign.forms
        return
    for unit in roster.units:
        yield unit, campaign.owed_forms(unit.group)


def refuse_overwriting(there: list[Path]) -> None:
    """Refuse to write where something is.

    Raises:
        UserError: Something is there already.
    """
    if len(there) == 1:
        message = _("{path} is there already; nothing was written. --force overwrites it")
        raise UserError(message.format(path=there[0]))
    if there:
        message = _("{path} and {others} more are there already; nothing was written. --force overwrites them")
        raise UserError(message.format(path=there[0], others=len(there) - 1))


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it.

    Raises:
        OutputError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("the folder {folder} cannot be made: {reason}")
        raise OutputError(message.format(folder=folder, reason=error.strerror)) from error
