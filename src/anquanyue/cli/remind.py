"""`remind`: for each unit with something missing, late or to correct a message, as text and as a draft of a mail."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import track
from rich.text import Text

from anquanyue.campaign.model import Campaign
from anquanyue.cli.console import messages, reading_progress
from anquanyue.cli.days import day_of
from anquanyue.cli.init_forms import make_folder, refuse_overwriting
from anquanyue.cli.returned import refuse_inside, returned_workbook
from anquanyue.cli.status import MATERIALS, look_at_materials
from anquanyue.errors import UserError
from anquanyue.language import console_language, listed, ngettext
from anquanyue.language import gettext as _
from anquanyue.outputs import write_output
from anquanyue.working_folder import CheckedFolder, check_folder
from anquanyue.writing.file_names import distinct, file_name, folder_name

if TYPE_CHECKING:
    from anquanyue.reminding import Reminder
    from anquanyue.returning import ToReturn

GROUP_NAME: Final = "群通知.txt"
_TEXT: Final = "utf-8-sig"
"""With the mark by which Notepad on Windows knows the encoding."""
_PLACEHOLDER: Final = "〔"
_MOST_DIGITS: Final = 4


def remind(
    folder: Path,
    out: Path,
    *,
    as_of: str | None,
    ahead: str,
    second_after: str,
    materials: Path | None,
    campaign: Path | None,
    units: Path | None,
    force: bool,
    quiet: bool,
) -> int:
    """Write the messages into `out`; nothing is sent.

    Raises:
        UserError: There is no list of units, a day, a number or a template is wrong, or a message is there already and
            `force` is not given; nothing is written then.
    """
    day = day_of(as_of) if as_of else datetime.date.today()
    days = {"ahead": _days("--ahead", ahead), "second_after": _days("--second-after", second_after)}
    for read in (folder, materials or MATERIALS):
        refuse_inside(out, read)
    checked = check_folder(folder, campaign=campaign, units=units, progress=reading_progress(quiet))
    made = _reminders(checked, day, days, materials, quiet=quiet)
    planned = _planned(out, made)
    # Made before any is written, so that a template that is wrong leaves all as it was.
    texts = _texts(planned, checked.campaign, day) | _group_text(out, made, checked.campaign, day)
    drafts = {path.with_suffix(".eml"): path for path in planned}
    if not force:
        refuse_overwriting([path for path in (*texts, *drafts) if path.exists()])
    if texts:
        make_folder(out)
    for path, text in texts.items():
        write_output(path, _lines(text).encode(_TEXT))
    console = messages(quiet)
    shown = track(drafts.items(), _("Making drafts"), console=console, transient=True, disable=not console.is_terminal)
    for draft, path in shown:
        write_output(draft, _draft(planned[path], texts[path], checked, folder, day))
    _report(console, made, out, {*texts, *drafts}, checked.campaign)
    return 0


def _days(option: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise UserError(_("{option}: “{text}” is no number of days").format(option=option, text=text))
    return int(text)


def _reminders(
    checked: CheckedFolder, day: datetime.date, days: Mapping[str, int], materials: Path | None, *, quiet: bool
) -> "list[Reminder]":
    if checked.roster is None:
        raise UserError(_("remind needs the list of units; put it here as units.csv, or name it with --units"))
    from anquanyue.reminding import reminders
    from anquanyue.status import status

    decisions = checked.decisions
    found = look_at_materials(materials, quiet=quiet)
    matrix = status(checked.campaign, checked.roster, checked.submissions, decisions, found, day)
    return reminders(
        checked.campaign,
        checked.roster,
        matrix.standings,
        checked.submissions,
        checked.findings,
        as_of=day,
        **days,
    )


def _planned(out: Path, made: "Iterable[Reminder]") -> "dict[Path, Reminder]":
    """Every message, by the path of its text, which is called as `init-forms` calls the unit's folder."""
    taken: set[str] = set()
    return {out / f"{distinct(folder_name(each.unit), taken)}.txt": each for each in made}


def _texts(planned: "Mapping[Path, Reminder]", campaign: Campaign, day: datetime.date) -> dict[Path, str]:
    from anquanyue.reminding import TEMPLATE
    from anquanyue.templating import renderer

    fill = renderer(TEMPLATE, Path())
    return {
        path: fill(
            campaign=campaign,
            as_of=day,
            unit=each.unit,
            stage=each.stage,
            title=each.title,
            missing=each.missing,
            upcoming=each.upcoming,
            received=each.received,
            to_correct=each.to_correct,
            attached=list(_attached(each)),
        )
        for path, each in planned.items()
    }


def _group_text(out: Path, made: "Iterable[Reminder]", campaign: Campaign, day: datetime.date) -> dict[Path, str]:
    """The text for the chat group, where anything is overdue."""
    from anquanyue.reminding import GROUP_TEMPLATE
    from anquanyue.templating import render

    names = [each.unit.name for each in made if each.missing]
    if not names:
        return {}
    return {out / GROUP_NAME: render(GROUP_TEMPLATE, Path(), campaign=campaign, as_of=day, names=names)}


def _lines(text: str) -> str:
    """The text with the line breaks that every Notepad shows, and one at its end."""
    return "\r\n".join((*text.strip("\n").splitlines(), ""))


def _attached(reminder: "Reminder") -> "dict[str, ToReturn]":
    """The forms to send back, by the names of their files."""
    taken: set[str] = set()
    forms = [each.form for each in reminder.to_correct if each.form]
    return {distinct(file_name(each.form, each.unit, each.revision), taken, ".xlsx"): each for each in forms}


def _draft(reminder: "Reminder", text: str, checked: CheckedFolder, submissions: Path, day: datetime.date) -> bytes:
    from anquanyue.reminding import mail_draft

    attached = {
        name: returned_workbook(each, checked.campaign, submissions=submissions, as_of=day)
        for name, each in _attached(reminder).items()
    }
    return mail_draft(reminder, checked.campaign, _lines(text), attached)


def _report(console: Console, made: "Iterable[Reminder]", out: Path, written: set[Path], campaign: Campaign) -> None:
    made = list(made)
    lines = [_("There is nothing to remind anybody of.")]
    if made:
        message = ngettext(
            "{number} unit has a message in {folder}", "{number} units have a message in {folder}", len(made)
        )
        kinds = listed(f"{title} {count}" for title, count in Counter(each.title for each in made).items())
        bracketed = f"（{kinds}）" if console_language() == "zh" else f" ({kinds})"
        lines = [message.format(number=len(made), folder=out) + bracketed]
    if older := sorted(path for ending in ("*.txt", "*.eml") for path in out.glob(ending) if path not in written):
        message = ngettext(
            "{number} file there is of an earlier run; do not send it: {path}",
            "{number} files there are of an earlier run; do not send them: {path} and others",
            len(older),
        )
        lines.append(message.format(number=len(older), path=older[0]))
    if silent := sum(not each.recipients for each in made):
        message = ngettext("{number} unit has no mail address", "{number} units have no mail address", silent)
        lines.append(message.format(number=silent))
    contact = campaign.contact
    if made and any(_PLACEHOLDER in text for text in (contact.person, contact.phone, contact.email)):
        lines.append(_("the campaign file does not say yet whom to ask (contact); the messages hold its placeholders"))
    console.print(Text("\n".join(lines)), soft_wrap=True)
