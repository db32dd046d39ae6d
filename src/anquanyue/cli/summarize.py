"""`summarize`: the returned forms added up, as the documents that were asked for."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from anquanyue.cli.console import messages
from anquanyue.cli.working_folder import check_folder
from anquanyue.errors import UserError
from anquanyue.language import gettext as _
from anquanyue.language import ngettext
from anquanyue.outputs import check_outputs, refuse_doubled, write_outputs

if TYPE_CHECKING:
    from anquanyue.summary import Summary

ENDINGS: Final = (".xlsx", ".json")


def summarize(
    folder: Path, outputs: list[Path], *, campaign: Path | None, units: Path | None, strict: bool, quiet: bool
) -> int:
    """Read once, write every document; 1 if `strict` and there are errors.

    Raises:
        UserError: A document's name is wrong, or there is nothing to add up.
    """
    from anquanyue.summary import summarize as add_up

    check_outputs(dict.fromkeys(outputs, ENDINGS), folder, (campaign, units))
    refuse_doubled(outputs)
    checked = check_folder(folder, campaign=campaign, units=units, quiet=quiet)
    summary = add_up(checked.campaign, checked.roster, checked.submissions, checked.findings, checked.decisions)
    if not summary.units:
        raise UserError(
            _("no {form} in {folder} can be counted, so nothing was written; anquanyue validate says why").format(
                form=summary.form.label, folder=folder
            )
        )
    # Made before any is written, so that one that cannot be made leaves all as they were.
    write_outputs({path: _document(path, summary) for path in outputs})
    _report(messages(quiet), summary, outputs, sum(finding.severity == "error" for finding in checked.findings))
    return int(strict and checked.has_errors)


def _document(path: Path, summary: "Summary") -> bytes:
    from anquanyue.reporting.data import summary_json
    from anquanyue.reporting.workbook import report_workbook

    if path.suffix.lower() == ".json":
        return summary_json(summary).encode("utf-8")
    return report_workbook(summary, Path())


def _report(console: Console, summary: "Summary", outputs: Iterable[Path], errors: int) -> None:
    counted, absent = len(summary.units), len(summary.not_reported)
    lines = [ngettext("{number} unit was counted", "{number} units were counted", counted).format(number=counted)]
    if absent:
        message = ngettext("{number} unit is not in the totals", "{number} units are not in the totals", absent)
        lines.append(message.format(number=absent))
    if errors:
        message = ngettext(
            "{number} error was found; anquanyue validate shows it",
            "{number} errors were found; anquanyue validate shows them",
            errors,
        )
        lines.append(message.format(number=errors))
    lines += [_("written: {path}").format(path=path) for path in outputs]
    console.print(Text("\n".join(lines)), soft_wrap=True)
