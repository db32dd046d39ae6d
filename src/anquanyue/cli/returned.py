"""`validate --return`: the forms to send back, a folder a unit, each with what is to be corrected in it marked."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.cli.init_forms import make_folder, refuse_overwriting
from anquanyue.errors import UserError
from anquanyue.language import gettext as _
from anquanyue.outputs import write_output
from anquanyue.working_folder import CheckedFolder
from anquanyue.writing.file_names import distinct, file_name, folder_name
from anquanyue.writing.stamp import Stamp

if TYPE_CHECKING:
    from anquanyue.returning import ToReturn

_NOBODYS: Final = "单位待定"
"""The folder of the forms of which nobody knows whose they are."""


def write_returned(
    checked: CheckedFolder,
    folder: Path,
    *,
    force: bool,
    submissions: Path = Path("submissions"),
    working_folder: Path = Path(),
    as_of: datetime.date | None = None,
    by: datetime.date | None = None,
) -> list[Path]:
    """Write every form that goes back to its unit into `folder`; the paths of what was written, in order.

    Args:
        checked: What was sent and what was found in it.
        folder: Where the forms go; it is made.
        force: Whether what is there already is overwritten.
        submissions: Where the files lie that were sent, for the pictures in them.
        working_folder: Where the user's own templates are looked for first.
        as_of: The day of sending them back; else today.
        by: When they are due back; else the deadline, unless it is over by then.

    Raises:
        UserError: The folder lies in that of the submissions; or a form is there already, and nothing is written.
        OutputError: One cannot be written.
    """
    from anquanyue.returning import to_return

    refuse_inside(folder, submissions)
    forms = to_return(checked.campaign, checked.roster, checked.submissions, checked.findings)
    planned = dict(zip(_paths(folder, forms, checked.roster), forms, strict=True))
    if not force:
        refuse_overwriting([path for path in planned if path.exists()])
    for path, form in planned.items():
        workbook = returned_workbook(
            form,
            checked.campaign,
            submissions=submissions,
            working_folder=working_folder,
            as_of=as_of or datetime.date.today(),
            by=by,
        )
        make_folder(path.parent)
        write_output(path, workbook)
    return list(planned)


def returned_workbook(
    form: "ToReturn",
    campaign: Campaign,
    *,
    submissions: Path,
    working_folder: Path = Path(),
    as_of: datetime.date,
    by: datetime.date | None = None,
) -> bytes:
    """One form to send back, as an xlsx file; the arguments are those of `write_returned`."""
    from anquanyue.writing.workbook import form_workbook

    pictures, kept = _pictures(form, submissions)
    sent = form.submission
    stamp = Stamp.of(campaign, form.form, form.unit, round=sent.round, revision=form.revision)
    if sent.stamp and sent.stamp.yes:
        # Totals of many units stay what they are.
        stamp = replace(stamp, yes=sent.stamp.yes)
    return form_workbook(
        campaign,
        form.form,
        form.unit,
        form.values,
        working_folder,
        asks_children=form.asks_children,
        returned=form.returned(by or _deadline(form, campaign, as_of), pictures, kept),
        stamp=stamp,
    )


def refuse_inside(folder: Path, submissions: Path) -> None:
    """Refuse to write into the folder of what was received.

    Raises:
        UserError: The folder lies in it.
    """
    if folder.resolve().is_relative_to(submissions.resolve()):
        message = _("{folder}: lies in the folder of returned forms; what is written there would be read as sent back")
        raise UserError(message.format(folder=folder))


def _paths(folder: Path, forms: Sequence["ToReturn"], roster: Roster | None) -> Iterator[Path]:
    """Where each form goes: into the folder of its unit, which is called as `init-forms` calls it."""
    taken: set[str] = set()
    folders = {unit: distinct(folder_name(unit), taken) for unit in roster.units} if roster else {}
    names: dict[str, set[str]] = {}
    for form in forms:
        if form.unit and form.unit not in folders:
            folders[form.unit] = distinct(folder_name(form.unit), taken)
        place = folders[form.unit] if form.unit else _NOBODYS
        name = file_name(form.form, form.unit or _written(form), form.revision)
        yield folder / place / distinct(name, names.setdefault(place, set()), ".xlsx")


def _written(form: "ToReturn") -> Unit | None:
    """The unit as it called itself."""
    name = form.values.get(form.form.unit_field.key)
    return Unit(code="", name=str(name)) if name else None


def _deadline(form: "ToReturn", campaign: Campaign, as_of: datetime.date) -> datetime.date | None:
    rounds = campaign.duty_of(form.form).rounds
    deadline = next((each.deadline for each in rounds if each.key == form.submission.round), rounds[-1].deadline)
    return deadline if as_of <= deadline else None


def _pictures(form: "ToReturn", submissions: Path) -> tuple[Mapping[str, tuple[bytes, ...]], int]:
    """The pictures that came with the form, by item, and how many of them a sheet cannot show or nobody finds."""
    from anquanyue.reading.media import find_pictures
    from anquanyue.writing.pictures import is_picture

    wanted = form.submission.pictures
    digests = {each for found in wanted.values() for each in found}
    found = find_pictures(submissions, form.submission.path, digests)
    shown = {key: data for key, data in found.items() if is_picture(data)}
    pictures = {item: tuple(shown[each] for each in found if each in shown) for item, found in wanted.items()}
    return pictures, sum(each not in shown for found in wanted.values() for each in found)
