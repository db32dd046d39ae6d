"""`summarize`: the returned forms added up, as the documents that were asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from anquanyue.cli.console import messages, reading_progress
from anquanyue.cli.issued import issued_path, keep_issued
from anquanyue.errors import UserError
from anquanyue.language import gettext as _
from anquanyue.language import ngettext
from anquanyue.outputs import check_outputs, refuse_doubled, write_outputs
from anquanyue.working_folder import check_folder

if TYPE_CHECKING:
    from anquanyue.contacts import Masking
    from anquanyue.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be written.

    Attributes:
        outputs: The documents; the ending of each picks its kind.
        issue: The name under which the summary is kept as issued.
        ranks: Whether a workbook says how the units rank.
        contacts: Whether a workbook names the liaisons.
        submission: The form of the level above that is filled in with the totals.
        unit: The unit that reports it.
    """

    outputs: Sequence[Path] = ()
    issue: str | None = None
    ranks: bool = False
    contacts: "Masking | None" = None
    submission: Path | None = None
    unit: str | None = None


def summarize(
    folder: Path,
    asked: Asked,
    *,
    campaign: Path | None,
    units: Path | None,
    strict: bool,
    quiet: bool,
    cached: bool = False,
    dask: str = "",
) -> int:
    """Read once, write every document; 1 if `strict` and there are errors.

    Raises:
        UserError: A document's name is wrong, or there is nothing to add up.
    """
    kept = issued_path(asked.issue) if asked.issue is not None else None
    forms = [asked.submission] if asked.submission else []
    endings = dict.fromkeys(asked.outputs, tuple(DOCUMENTS)) | dict.fromkeys(forms, (".xlsx",))
    refuse_doubled((*asked.outputs, *forms, *([kept] if kept else ())))
    check_outputs(endings, folder, (campaign, units))
    keep_issued(asked.outputs)
    _check_options(asked)
    in_excel = _WORKBOOK in map(_kind, asked.outputs)
    needed = ("anquanyue.summary", *(("anquanyue.reporting.workbook",) if in_excel else ()))
    checked = check_folder(
        folder,
        campaign=campaign,
        units=units,
        progress=reading_progress(quiet),
        cached=cached,
        dask=dask,
        needed=needed,
    )
    summary = checked.summary()
    if not summary.units:
        raise UserError(
            _("no {form} in {folder} can be counted, so nothing was written; anquanyue validate says why").format(
                form=summary.form.label, folder=folder
            )
        )
    # Made before any is written, so that one that cannot be made leaves all as they were.
    documents = {path: DOCUMENTS[_kind(path)](summary, asked) for path in asked.outputs}
    if asked.submission:
        documents[asked.submission] = _form(summary, asked)
    if kept:
        kept.parent.mkdir(exist_ok=True)
        documents[kept] = _json(summary, asked)
    write_outputs(documents)
    _report(messages(quiet), summary, documents, sum(finding.severity == "error" for finding in checked.findings))
    return int(strict and checked.has_errors)


def _kind(output: Path) -> str:
    return output.suffix.lower()


def _check_options(asked: Asked) -> None:
    """Refuse options that no document would heed, and that nothing is to be written."""
    if not asked.outputs and not asked.submission and asked.issue is None:
        raise UserError(_("say what is to be written, as in --out report.xlsx"))
    wanted = [option for option, given in (("--ranks", asked.ranks), ("--contacts", asked.contacts)) if given]
    if wanted and _WORKBOOK not in map(_kind, asked.outputs):
        message = _("{option} adds a sheet to a workbook; ask for one with --out report.xlsx")
        raise UserError(message.format(option=wanted[0]))
    if (asked.submission is None) != (asked.unit is None) or (asked.unit is not None and not asked.unit.strip()):
        raise UserError(_("--as-submission needs the name of the unit that reports it: --unit NAME"))


def _form(summary: "Summary", asked: Asked) -> bytes:
    from anquanyue.reporting.as_submission import as_submission

    return as_submission(summary, (asked.unit or "").strip(), Path())


def _workbook(summary: "Summary", asked: Asked) -> bytes:
    from anquanyue.reporting.workbook import report_workbook

    return report_workbook(summary, Path(), ranks=asked.ranks, contacts=asked.contacts)


def _document(summary: "Summary", _asked: Asked) -> bytes:
    from anquanyue.reporting.document import report_document

    return report_document(summary, Path())


def _page(summary: "Summary", _asked: Asked) -> bytes:
    from anquanyue.reporting.page import report_page

    return report_page(summary, Path()).encode("utf-8", "backslashreplace")


def _text(summary: "Summary", _asked: Asked) -> bytes:
    from anquanyue.reporting.text import report_text

    return report_text(summary, Path()).encode("utf-8", "backslashreplace")


def _json(summary: "Summary", _asked: Asked) -> bytes:
    from anquanyue.reporting.data import summary_json

    return summary_json(summary).encode("utf-8")


def _csv(summary: "Summary", _asked: Asked) -> bytes:
    from anquanyue.reporting.tidy import tidy_csv

    return tidy_csv(summary)


def _parquet(summary: "Summary", _asked: Asked) -> bytes:
    from anquanyue.reporting.tidy import tidy_parquet

    return tidy_parquet(summary)


def _database(summary: "Summary", _asked: Asked) -> bytes:
    from anquanyue.reporting.database import summary_database

    return summary_database(summary)


_WORKBOOK: Final = ".xlsx"
DOCUMENTS: Final[Mapping[str, Callable[["Summary", Asked], bytes]]] = {
    _WORKBOOK: _workbook,
    ".docx": _document,
    ".html": _page,
    ".md": _text,
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
