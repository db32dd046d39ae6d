"""`validate`: what is wrong with the returned forms, as a table for people, for programs, and as documents."""

import dataclasses
import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from anquanyue.cli.console import messages, reading_progress, show
from anquanyue.cli.days import day_of
from anquanyue.errors import UserError
from anquanyue.findings import Finding, Severity
from anquanyue.findings.grouping import by_code, by_unit
from anquanyue.findings.pages import SEVERITY_WORDS
from anquanyue.findings.selecting import chosen, codes
from anquanyue.language import console_language, ngettext
from anquanyue.language import gettext as _
from anquanyue.outputs import check_outputs, refuse_doubled, write_outputs
from anquanyue.working_folder import CheckedFolder, check_folder

STATUSES: Final = ("accepted", "superseded", "rejected", "ignored")
REPORT_ENDINGS: Final = (".xlsx", ".html")
TODO_ENDINGS: Final = (".xlsx",)

_CSV_COLUMNS: Final = (
    "code", "severity", "path", "place", "unit", "unit_name", "field", "value", "message", "hint",
)  # fmt: skip

_STYLES: Final[dict[Severity, str]] = {"error": "bold red", "warning": "yellow", "info": "dim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of the findings, and how.

    Attributes:
        format: What goes to stdout.
        select, ignore: The options of the same names: codes, or what they begin with.
        strict: Whether a warning is as bad as an error.
    """

    format: Literal["table", "json", "csv"] = "table"
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written beside it.

    Attributes:
        reports: Documents of the findings.
        todo: The list of what the coordinator can settle.
        returned: The folder for the forms that go back to their units; `force` overwrites those that are there.
        by: When those are due back; else their deadline, unless it is over by then.
    """

    reports: Sequence[Path] = ()
    todo: Path | None = None
    returned: Path | None = None
    by: str | None = None
    force: bool = False


def validate(
    folder: Path,
    shown: Shown,
    written: Written,
    *,
    campaign: Path | None,
    units: Path | None,
    quiet: bool,
    cached: bool = False,
    dask: str = "",
) -> int:
    """Show what was found, and write what was asked for; 1 if any of what is shown is an error.

    Raises:
        UserError: A code or a day is not known, or a document cannot be made or written.
    """
    select, ignore = _codes(shown)
    by = _due_back(written)
    todos = [written.todo] if written.todo else []
    endings = dict.fromkeys(written.reports, REPORT_ENDINGS) | dict.fromkeys(todos, TODO_ENDINGS)
    check_outputs(endings, folder, (campaign, units))
    refuse_doubled((*written.reports, *todos))
    # What goes back to a unit holds all that it sent, also about who filled it in.
    cached = cached and not written.returned
    checked = check_folder(
        folder, campaign=campaign, units=units, progress=reading_progress(quiet), cached=cached, dask=dask
    )
    left = dataclasses.replace(checked, findings=tuple(chosen(checked.findings, select, ignore)))
    judged = _strictly(left) if shown.strict else left
    # Made before any is written, so that one that cannot be made leaves all as they were.
    documents = {path: _report(path, judged) for path in written.reports}
    tasks = 0
    if written.todo:
        tasks, documents[written.todo] = _todo(written.todo, left)
    lines = _return_forms(left, written, folder, by) if written.returned else []
    write_outputs(documents)
    lines += [_("written: {path}").format(path=path) for path in written.reports]
    if written.todo:
        message = ngettext("written: {path} ({number} to settle)", "written: {path} ({number} to settle)", tasks)
        lines.append(message.format(path=written.todo, number=tasks))
    _show(judged, shown.format)
    if lines:
        messages(quiet).print(Text("\n".join(lines)), soft_wrap=True)
    return int(judged.has_errors)


def _codes(shown: Shown) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # The checks bring their codes along.
    import anquanyue.checking.checks  # noqa: F401

    return codes(shown.select, "--select"), codes(shown.ignore, "--ignore")


def _strictly(checked: CheckedFolder) -> CheckedFolder:
    """With every warning an error."""
    findings = (
        dataclasses.replace(each, severity_override="error") if each.severity == "warning" else each
        for each in checked.findings
    )
    return dataclasses.replace(checked, findings=tuple(findings))


def _report(path: Path, checked: CheckedFolder) -> bytes:
    from anquanyue.reporting.findings_page import findings_page
    from anquanyue.reporting.findings_workbook import findings_workbook

    number = counts(checked)
    files = {status: number[status] for status in STATUSES}
    if path.suffix.lower() == ".html":
        return findings_page(checked.campaign, _names(checked), checked.findings, files, Path())
    return findings_workbook(checked.campaign, _names(checked), checked.findings, files)


def _todo(path: Path, checked: CheckedFolder) -> tuple[int, bytes]:
    """How many tasks there are, and the list of them with the answers that stand in the one before."""
    from anquanyue.reporting.todo_workbook import todo_workbook
    from anquanyue.todo import tasks
    from anquanyue.todo_answers import read_answers

    answered = {tuple(each.keys.values()): each for each in read_answers(path)} if path.exists() else {}
    found = tasks(checked.submissions, checked.findings, checked.campaign, checked.roster)
    return len(found), todo_workbook(found, checked.campaign, checked.roster, answered)


def _due_back(written: Written) -> datetime.date | None:
    if written.by is None:
        return None
    if written.returned is None:
        raise UserError(_("--by says when the forms of --return are due back; it needs --return"))
    return day_of(written.by)


def _return_forms(checked: CheckedFolder, written: Written, folder: Path, by: datetime.date | None) -> list[str]:
    from anquanyue.cli.returned import write_returned

    assert written.returned is not None  # noqa: S101 - asked for
    paths = write_returned(checked, written.returned, force=written.force, submissions=folder, by=by)
    message = ngettext(
        "{number} form to send back is in {folder}", "{number} forms to send back are in {folder}", len(paths)
    )
    return [message.format(number=len(paths), folder=written.returned)]


def _show(checked: CheckedFolder, output_format: str) -> None:
    if output_format == "json":
        show(json.dumps(as_data(checked), ensure_ascii=_must_be_ascii(), indent=2))
    elif output_format == "csv":
        show(as_csv(checked))
    else:
        show(as_table(checked))


def _must_be_ascii() -> bool:
    """Whether stdout cannot hold every character, which JSON can then write in another way."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def as_data(checked: CheckedFolder) -> dict[str, Any]:
    """What was found, as the design fixes it for other programs."""
    return {
        "campaign": checked.campaign.key,
        "files": [
            {"path": each.path, "form": each.form, "unit": each.unit, "status": each.status}
            for each in checked.submissions
        ],
        "findings": [_finding_data(finding) for finding in checked.findings],
        "counts": counts(checked),
    }


def counts(checked: CheckedFolder) -> dict[str, int]:
    """How many submissions of each status and how many errors and warnings there are."""
    statuses = Counter(submission.status for submission in checked.submissions)
    severities = Counter(finding.severity for finding in checked.findings)
    return {
        "files": len(checked.submissions),
        **{status: statuses[status] for status in STATUSES},
        "errors": severities["error"],
        "warnings": severities["warning"],
    }


def _finding_data(finding: Finding) -> dict[str, Any]:
    language = console_language()
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "place": finding.place,
        "unit": finding.unit,
        "field": finding.field,
        "value": _json_value(finding.value),
        "message": finding.message(language),
        "hint": finding.hint(language),
    }


def _json_value(value: object) -> int | float | str | None:
    if isinstance(value, datetime.date):
        return value.isoformat()
    # JSON knows neither infinity nor what is no number.
    if isinstance(value, float) and not abs(value) < float("inf"):
        return str(value)
    return value if value is None or isinstance(value, int | float | str) else str(value)


def as_csv(checked: CheckedFolder) -> bytes:
    """What was found, a row each, with the columns of the JSON and the unit's name; as Excel opens it."""
    from anquanyue.csv_text import csv_bytes

    names = _names(checked)
    rows = (
        _finding_data(finding) | {"unit_name": names.get(finding.unit or "", finding.unit)}
        for finding in checked.findings
    )
    return csv_bytes([_CSV_COLUMNS, *([row[column] for column in _CSV_COLUMNS] for row in rows)])


def as_table(checked: CheckedFolder) -> RenderableType:
    """What was found, by unit, the worst first; then the counts, by code and altogether."""
    summary = _summary_line(checked)
    if not checked.findings:
        return Group(Text(_("Nothing was found wrong."), style="green"), summary)
    table = Table(show_lines=False, pad_edge=False)
    table.add_column(_("Unit"), min_width=8, ratio=3)
    table.add_column(_("Severity"), no_wrap=True)
    table.add_column(_("File and place"), overflow="fold", ratio=5)
    table.add_column(_("What was found"), overflow="fold", ratio=7)
    table.add_column(_("What to do"), overflow="fold", ratio=7)
    for group in by_unit(checked.findings, _names(checked)):
        name = group.name or _("(unit unknown)")
        for index, finding in enumerate(group.findings):
            last = finding is group.findings[-1]
            table.add_row(Text(name if index == 0 else ""), *_cells(finding), end_section=last)
    return Group(table, _statistics(checked.findings), summary)


def _cells(finding: Finding) -> Iterator[Text]:
    # Text throughout: what units wrote must not be taken for markup.
    language = console_language()
    dimmed = "dim" if finding.severity == "info" else ""
    yield Text(_(SEVERITY_WORDS[finding.severity]), style=_STYLES[finding.severity])
    yield Text("\n".join(part for part in (finding.path, finding.place) if part), style=dimmed)
    yield Text(finding.message(language), style=dimmed)
    yield Text(finding.hint(language) or "", style=dimmed)


def _names(checked: CheckedFolder) -> Mapping[str, str]:
    return {unit.code: unit.name for unit in checked.roster.units} if checked.roster else {}


def _statistics(findings: Iterable[Finding]) -> Table:
    """How many there are of each code."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    for each in by_code(findings):
        word = Text(_(SEVERITY_WORDS[each.severity]), style=_STYLES[each.severity])
        table.add_row(Text(str(each.number)), Text(each.code), word)
    return table


def _summary_line(checked: CheckedFolder) -> Text:
    number = counts(checked)
    files = ngettext(
        "{files} file = {accepted} accepted + {superseded} superseded + {rejected} rejected + {ignored} ignored",
        "{files} files = {accepted} accepted + {superseded} superseded + {rejected} rejected + {ignored} ignored",
        number["files"],
    )
    errors = ngettext("{errors} error", "{errors} errors", number["errors"])
    warnings = ngettext("{warnings} warning", "{warnings} warnings", number["warnings"])
    line = _("{files}; {errors}, {warnings}").format(files=files, errors=errors, warnings=warnings)
    return Text(line.format(**number), style="bold")
