"""`summarize`: the returned forms added up, as the documents that were asked for."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from anquanyue.cli.console import messages
from anquanyue.cli.issued import issued_path
from anquanyue.cli.working_folder import check_folder
from anquanyue.errors import UserError
from anquanyue.language import gettext as _
from anquanyue.language import ngettext
from anquanyue.outputs import check_outputs, refuse_doubled, write_outputs

if TYPE_CHECKING:
    from anquanyue.summary import Summary


def summarize(
    folder: Path,
    outputs: list[Path],
    *,
    issue: str | None = None,
    campaign: Path | None,
    units: Path | None,
    strict: bool,
    quiet: bool,
) -> int:
    """Read once, write every document; 1 if `strict` and there are errors.

    Args:
        folder: Of the returned forms.
        outputs: The documents; the ending picks the kind.
        issue: The name under which the summary is kept as issued; None to keep none.
        campaign: The campaign file, where it is not that of the working folder.
        units: The list of units, likewise.
        strict: Whether errors tell in the exit code.
        quiet: Whether to say nothing but errors.

    Raises:
        UserError: A document's name is wrong, or there is nothing to add up.
    """
    from anquanyue.summary import summarize as add_up

    kept = issued_path(issue) if issue is not None else None
    check_outputs(dict.fromkeys(outputs, tuple(_DOCUMENTS)), folder, (campaign, units))
    refuse_doubled((*outputs, *([kept] if kept else ())))
    checked = check_folder(folder, campaign=campaign, units=units, quiet=quiet)
    summary = add_up(checked.campaign, checked.roster, checked.submissions, checked.findings, checked.decisions)
    if not summary.units:
        raise UserError(
            _("no {form} in {folder} can be counted, so nothing was written; anquanyue validate says why").format(
                form=summary.form.label, folder=folder
            )
        )
    # Made before any is written, so that one that cannot be made leaves all as they were.
    documents = {path: _DOCUMENTS[path.suffix.lower()](summary) for path in outputs}
    if kept:
        kept.parent.mkdir(exist_ok=True)
        documents[kept] = _json(summary)
    write_outputs(documents)
    _report(messages(quiet), summary, documents, sum(finding.severity == "error" for finding in checked.findings))
    return int(strict and checked.has_errors)


def _workbook(summary: "Summary") -> bytes:
    from anquanyue.reporting.workbook import report_workbook

    return report_workbook(summary, Path())


def _json(summary: "Summary") -> bytes:
    from anquanyue.reporting.data import summary_json

    return summary_json(summary).encode("utf-8")


def _csv(summary: "Summary") -> bytes:
    from anquanyue.reporting.tidy import tidy_csv

    return tidy_csv(summary)


def _parquet(summary: "Summary") -> bytes:
    from anquanyue.reporting.tidy import tidy_parquet

    return tidy_parquet(summary)


def _database(summary: "Summary") -> bytes:
    from anquanyue.reporting.database import summary_database

    return summary_database(summary)


_DOCUMENTS: Final[Mapping[str, Callable[["Summary"], bytes]]] = {
    ".xlsx": _workbook,
    ".csv": _csv,
    ".json": _json,
    ".sqlite": _database,
    ".parquet": _parquet,
}
"""What makes each kind of document, by the ending of its name."""


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
