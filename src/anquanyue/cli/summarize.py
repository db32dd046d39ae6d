"""`summarize`: the returned forms added up, as the documents that were asked for."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from anquanyue.cli.console import messages
from anquanyue.cli.working_folder import check_folder
from anquanyue.errors import OutputError, UserError
from anquanyue.language import gettext as _
from anquanyue.language import ngettext
from anquanyue.outputs import check_output, write_output

if TYPE_CHECKING:
    from anquanyue.summary import Summary

ENDINGS: Final = (".xlsx", ".json")
_INPUTS: Final = ("campaign.yaml", "units.csv", "units.xlsx", "decisions.csv", "decisions.xlsx")
"""What every command looks for in the working folder."""


def summarize(
    folder: Path, outputs: list[Path], *, campaign: Path | None, units: Path | None, strict: bool, quiet: bool
) -> int:
    """Read once, write every document; 1 if `strict` and there are errors.

    Raises:
        UserError: A document's name is wrong, or there is nothing to add up.
    """
    from anquanyue.summary import summarize as add_up

    inputs = [each for each in (campaign, units) if each] + [Path(name) for name in _INPUTS]
    for path in outputs:
        _check_output(path, folder, inputs)
    _refuse_doubled(outputs)
    checked = check_folder(folder, campaign=campaign, units=units, quiet=quiet)
    summary = add_up(checked.campaign, checked.roster, checked.submissions, checked.findings)
    if not summary.units:
        raise UserError(
            _("no {form} in {folder} can be counted, so nothing was written; anquanyue validate says why").format(
                form=summary.form.label, folder=folder
            )
        )
    # Made before any is written, so that one that cannot be made leaves all as they were.
    _write({path: _document(path, summary) for path in outputs})
    _report(messages(quiet), summary, outputs, sum(finding.severity == "error" for finding in checked.findings))
    return int(strict and checked.has_errors)


def _check_output(path: Path, folder: Path, inputs: Iterable[Path]) -> None:
    """Refuse a document that could not be written, or that would be read at the next run."""
    if path.suffix.lower() not in ENDINGS:
        raise UserError(
            _("{path}: this kind of document is not known; the name must end in one of {endings}").format(
                path=path, endings=", ".join(ENDINGS)
            )
        )
    if path.resolve().is_relative_to(folder.resolve()):
        raise UserError(
            _("{path}: lies in the folder of returned forms and would be read as one; choose another").format(path=path)
        )
    if _place(path) in map(_place, inputs):
        raise UserError(
            _("{path}: is what the command reads and would be replaced; choose another name").format(path=path)
        )
    check_output(path)


def _refuse_doubled(outputs: list[Path]) -> None:
    for index, path in enumerate(outputs):
        if _place(path) in map(_place, outputs[:index]):
            raise UserError(_("{path}: is there twice; each document needs a name of its own").format(path=path))


def _place(path: Path) -> str:
    """The same for every way to write the path."""
    return os.path.normcase(path.resolve())


def _write(documents: Mapping[Path, bytes]) -> None:
    written: list[str] = []
    for path, data in documents.items():
        try:
            write_output(path, data)
        except OutputError as error:
            if not written:
                raise
            message = _("{problem}; written before that: {paths}")
            raise OutputError(message.format(problem=error, paths=", ".join(written))) from error
        written.append(str(path))


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
