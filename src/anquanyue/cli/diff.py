"""`diff`: what changed since a summary that was kept as JSON."""

import json
from pathlib import Path
from typing import Any, Final, Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from anquanyue.cli.console import reading_progress, show
from anquanyue.cli.issued import find_issued
from anquanyue.csv_text import csv_bytes
from anquanyue.differences import Cause, Change, Differences, Figure, differences, read_summary
from anquanyue.errors import UserError, reason
from anquanyue.language import gettext as _
from anquanyue.language import mark
from anquanyue.reporting.data import summary_data
from anquanyue.summary import Summary
from anquanyue.working_folder import check_folder

_COLUMNS: Final = ("unit", "name", "field", "label", "before", "after", "cause", "source", "reason")
_CAUSES: Final[dict[Cause, str]] = {
    "new-submission": mark("it has reported since"),
    "other-submission": mark("another file counts"),
    "file-changed": mark("the file holds something else now"),
    "decision": mark("decided by the coordinator"),
    "decision-gone": mark("the decision is no longer there"),
    "file-out": mark("its file is out, by decision"),
    "gone": mark("does not count any more"),
}


def diff(
    old: Path,
    folder: Path,
    *,
    output_format: Literal["table", "json", "csv"],
    campaign: Path | None,
    units: Path | None,
    quiet: bool,
    cached: bool = False,
) -> int:
    """Show what changed since `old`, a file or the name of an issued summary.

    Raises:
        UserError: It cannot be read, or is no summary of this campaign.
    """
    path = find_issued(old)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(_("{path}: cannot be read: {reason}").format(path=path, reason=_(reason(error)))) from error
    except UnicodeDecodeError:
        text = ""
    checked = check_folder(folder, campaign=campaign, units=units, progress=reading_progress(quiet), cached=cached)
    summary = checked.summary()
    found = differences(read_summary(text, str(path), summary), summary_data(summary), summary)
    rows = [_row(each) for each in found.changes]
    if output_format == "csv":
        show(csv_bytes([_COLUMNS, *([row[column] for column in _COLUMNS] for row in rows)]))
    elif output_format == "json":
        totals = {key: {"before": before, "after": after} for key, (before, after) in found.totals.items()}
        data = {"campaign": summary.campaign.key, "totals": totals, "changes": rows}
        show(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        show(_tables(found, summary))
    return 0


def _row(change: Change) -> dict[str, Any]:
    return {
        "unit": change.unit,
        "name": change.name,
        "field": change.field.key,
        "label": change.field.label,
        "before": change.before,
        "after": change.after,
        "cause": change.cause,
        "source": change.source,
        "reason": change.decision.reason if change.decision else "",
    }


def _tables(found: Differences, summary: Summary) -> RenderableType:
    if not found.totals and not found.changes:
        return Text(_("Nothing changed."), style="green")
    totals = Table(pad_edge=False)
    for heading in (_("Total"), _("then"), _("now"), _("difference")):
        totals.add_column(heading, justify="left" if not totals.columns else "right", overflow="fold")
    for key, (before, after) in found.totals.items():
        label = Text(summary.form.field(key).label)
        totals.add_row(label, f"{before:,}", f"{after:,}", f"{after - before:+,}")
    changes = Table(pad_edge=False)
    for heading in (_("Unit"), _("Figure"), _("then"), _("now"), _("Why")):
        changes.add_column(heading, overflow="fold", justify="right" if heading in (_("then"), _("now")) else "left")
    unit = ""
    for each in found.changes:
        why = [_(_CAUSES[each.cause]), each.source, each.decision.reason if each.decision else ""]
        name, unit = "" if each.unit == unit else each.name, each.unit
        cells = (name, each.field.label, _figure(each.before), _figure(each.after), "\n".join(filter(None, why)))
        changes.add_row(*map(Text, cells))
    return Group(totals, changes)


def _figure(value: Figure) -> str:
    return "—" if value is None else f"{int(value):,}"
