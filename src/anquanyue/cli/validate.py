"""`validate`: what is wrong with the returned forms, as a table for people or as JSON for programs."""

import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from anquanyue.cli.console import show
from anquanyue.cli.working_folder import CheckedFolder, check_folder
from anquanyue.findings import SEVERITIES, Finding, Severity
from anquanyue.language import console_language, mark, ngettext
from anquanyue.language import gettext as _

STATUSES: Final = ("accepted", "superseded", "rejected", "ignored")

_SEVERITIES: Final[dict[Severity, tuple[str, str]]] = {
    "error": (mark("error"), "bold red"),
    "warning": (mark("warning"), "yellow"),
    "info": (mark("note"), "dim"),
}


def validate(folder: Path, *, as_json: bool, campaign: Path | None, units: Path | None, quiet: bool) -> int:
    """Show what was found; 1 if any of it is an error."""
    checked = check_folder(folder, campaign=campaign, units=units, quiet=quiet)
    if as_json:
        show(json.dumps(as_data(checked), ensure_ascii=_must_be_ascii(), indent=2))
    else:
        show(as_table(checked))
    return int(checked.has_errors)


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


def as_table(checked: CheckedFolder) -> RenderableType:
    """What was found, by unit, the worst first; then the counts."""
    summary = _summary_line(checked)
    if not checked.findings:
        return Group(Text(_("Nothing was found wrong."), style="green"), summary)
    table = Table(show_lines=False, pad_edge=False)
    table.add_column(_("Unit"), min_width=8, ratio=3)
    table.add_column(_("Severity"), no_wrap=True)
    table.add_column(_("File and place"), overflow="fold", ratio=5)
    table.add_column(_("What was found"), overflow="fold", ratio=7)
    table.add_column(_("What to do"), overflow="fold", ratio=7)
    for name, findings in _by_unit(checked):
        for index, finding in enumerate(findings):
            table.add_row(Text(name if index == 0 else ""), *_cells(finding), end_section=finding is findings[-1])
    return Group(table, summary)


def _cells(finding: Finding) -> Iterator[Text]:
    # Text throughout: what units wrote must not be taken for markup.
    word, style = _SEVERITIES[finding.severity]
    language = console_language()
    dimmed = "dim" if finding.severity == "info" else ""
    yield Text(_(word), style=style)
    yield Text("\n".join(part for part in (finding.path, finding.place) if part), style=dimmed)
    yield Text(finding.message(language), style=dimmed)
    yield Text(finding.hint(language) or "", style=dimmed)


def _by_unit(checked: CheckedFolder) -> Iterable[tuple[str, list[Finding]]]:
    names = {unit.code: unit.name for unit in checked.roster.units} if checked.roster else {}
    places = {code: index for index, code in enumerate(names)}
    groups: dict[str | None, list[Finding]] = {}
    for finding in sorted(checked.findings, key=lambda each: SEVERITIES.index(each.severity)):
        groups.setdefault(finding.unit, []).append(finding)

    def badness(entry: tuple[str | None, list[Finding]]) -> tuple[int, int]:
        unit, findings = entry
        return SEVERITIES.index(findings[0].severity), places.get(unit or "", len(places))

    for unit, findings in sorted(groups.items(), key=badness):
        yield names.get(unit, unit) if unit else _("(unit unknown)"), findings


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
