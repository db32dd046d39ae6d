"""`trace`: where a total comes from: the units, their values, files and cells, and what was decided."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from anquanyue.campaign.model import Field
from anquanyue.cli.console import reading_progress, show
from anquanyue.cli.lookup import find_field, find_unit
from anquanyue.csv_text import csv_bytes
from anquanyue.findings import CATALOGUE
from anquanyue.language import gettext as _
from anquanyue.language import mark, ngettext
from anquanyue.provenance import Origin, origins
from anquanyue.reporting.tidy import how
from anquanyue.summary import Summary
from anquanyue.working_folder import check_folder

_COLUMNS: Final = (
    "unit", "name", "round", "field", "value", "counts", "written", "how", "file", "place", "decision", "findings",
)  # fmt: skip
_HOW: Final = {
    "": "",
    "blank": mark("left blank"),
    "unreadable": mark("could not be read"),
    "decided": mark("decided by the coordinator"),
    "approximate": mark("an approximation"),
    "rewritten": mark("read as a number"),
    "zero": mark("0, because the unit declared that blanks are 0"),
}


def trace(
    field: str | None,
    folder: Path,
    *,
    unit: str | None,
    output_format: Literal["table", "json", "csv"],
    campaign: Path | None,
    units: Path | None,
    quiet: bool,
    cached: bool = False,
) -> int:
    """Show where the total of a field comes from, or all figures of a unit.

    Raises:
        UserError: There is no such field or unit.
    """
    checked = check_folder(folder, campaign=campaign, units=units, progress=reading_progress(quiet), cached=cached)
    summary = checked.summary()
    asked = find_field(field, summary) if field else None
    code = find_unit(unit, summary) if unit else None
    found = list(origins(summary, field=asked.key if asked else None, unit=code))
    rows = [_row(each, summary) for each in found]
    if output_format == "csv":
        show(csv_bytes([_COLUMNS, *([_cell(row[column]) for column in _COLUMNS] for row in rows)]))
    elif output_format == "json":
        show(json.dumps(_data(rows, summary, asked, code), ensure_ascii=False, indent=2))
    else:
        show(_table(found, rows, summary, asked, code))
    return 0


def _row(origin: Origin, summary: Summary) -> dict[str, Any]:
    submission = origin.submission
    return {
        "unit": submission.unit,
        "name": summary.name(submission.unit),
        "round": submission.round,
        "field": origin.field.key,
        "value": None if origin.value is None else int(origin.value),
        "counts": origin.counts,
        "written": origin.text,
        "how": how(origin),
        "file": origin.file,
        "place": origin.place,
        "decision": _reason(origin, summary),
        "findings": [each.code for each in origin.findings if each.severity != "info"],
    }


def _cell(value: object) -> object:
    return " ".join(value) if isinstance(value, list) else value


def _reason(origin: Origin, summary: Summary) -> str:
    """Why the coordinator decided the value; "" where it was not decided."""
    if not origin.decided:
        return ""
    decided = summary.decisions.of_kind("value")
    return next((each.reason for each in decided if summary.decisions.place(each) == origin.place), "")


def _data(rows: Sequence[dict[str, Any]], summary: Summary, asked: Field | None, code: str | None) -> dict[str, Any]:
    return {
        "campaign": summary.campaign.key,
        "field": asked.key if asked else None,
        "unit": code,
        "total": summary.totals[asked.key] if asked else None,
        "missing": summary.missing[asked.key] if asked else None,
        "values": rows,
        "not_reported": [each for each in summary.not_reported if code in (None, each)],
    }


def _table(
    found: Sequence[Origin], rows: Iterable[dict[str, Any]], summary: Summary, asked: Field | None, code: str | None
) -> RenderableType:
    table = Table(pad_edge=False, show_footer=asked is not None and code is None)
    total = ("—" if summary.unsaid(asked.key) else f"{summary.totals[asked.key]:,}") if asked else ""
    table.add_column(
        _("Unit") if code is None else _("Figure"), min_width=8, ratio=3, footer=_("Total"), overflow="fold"
    )
    table.add_column(_("Counts"), justify="right", no_wrap=True, footer=total)
    table.add_column(_("Written"), overflow="fold", ratio=2)
    table.add_column(_("File and place"), overflow="fold", ratio=4)
    table.add_column(_("Remarks"), overflow="fold", ratio=4)
    rounds = {each.key: each.label for each in summary.campaign.duty_of(summary.form).rounds}
    for origin, row in zip(found, rows, strict=True):
        value = "—" if row["value"] is None else f"{row['value']:,}"
        first = row["name"] if code is None else origin.field.label
        if row["round"] and len(rounds) > 1:
            first += f" · {rounds[row['round']]}"
        # Text throughout: what units wrote must not be taken for markup.
        place = "\n".join(part for part in (row["file"], row["place"]) if part)
        cells = (first, value if row["counts"] else f"({value})", row["written"], place, _remarks(origin, row))
        table.add_row(*(Text(cell) for cell in cells), style="" if row["counts"] else "dim")
    return Group(Text(_heading(asked, code, summary), style="bold"), table, Text(_lacking(summary, asked, code)))


def _heading(asked: Field | None, code: str | None, summary: Summary) -> str:
    parts = [summary.names[code]] if code else []
    return " · ".join([*parts, f"{asked.key} {asked.label}"] if asked else parts or [summary.form.title])


def _remarks(origin: Origin, row: dict[str, Any]) -> str:
    words = _HOW[row["how"]]
    remarks = [_(words)] if words else []
    if row["decision"]:
        remarks.append(row["decision"])
    if not origin.stands:
        remarks.append(_("a later round counts instead"))
    remarks += [_(CATALOGUE[code].title) for code in row["findings"]]
    return "\n".join(dict.fromkeys(remarks))


def _lacking(summary: Summary, asked: Field | None, code: str | None) -> str:
    """What the total does not hold."""
    lines = []
    partly = int(summary.merged.incomplete[asked.key].sum()) if asked and code is None else 0
    if asked and code is None and (number := summary.missing[asked.key] - partly):
        message = ngettext(
            "{number} unit reported without a usable value; the total does not hold it",
            "{number} units reported without a usable value; the total does not hold them",
            number,
        )
        lines.append(message.format(number=number))
    if partly:
        message = ngettext(
            "{number} unit lacks the value of a round; the total holds its other rounds",
            "{number} units lack the value of a round; the total holds their other rounds",
            partly,
        )
        lines.append(message.format(number=partly))
    if absent := [summary.names[each] for each in summary.not_reported if code in (None, each)]:
        lines.append(_("not reported: {units}").format(units="、".join(absent)))
    return "\n".join(lines)
