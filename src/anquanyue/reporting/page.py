"""The report as one page for a browser: nothing beside it, nothing from a network."""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from anquanyue.findings import SEVERITIES, Finding
from anquanyue.findings.grouping import by_unit
from anquanyue.reporting import sentences
from anquanyue.reporting.consolidated_sheet import approximate_notes, missing_notes
from anquanyue.reporting.finding_words import SEVERITY_NAMES, STATUS_NAMES, UNIT_UNKNOWN
from anquanyue.reporting.overview_sheet import activities, overview
from anquanyue.reporting.status_sheet import HEADINGS, status_lines
from anquanyue.reporting.units_sheet import marked, records
from anquanyue.summary import Summary
from anquanyue.templating import render

TEMPLATE: Final = "report/report.html.j2"
SCRIPT: Final = "report/report.js"
CHARTS: Final = "echarts.simple.min.js"
"""Apache ECharts, whose licence lies beside it."""


def report_page(summary: Summary, working_folder: Path) -> str:
    """The page, made from the template `report/report.html.j2`.

    Raises:
        TemplateError: The working folder's own template is wrong.
    """
    library = files("anquanyue.reporting").joinpath("assets", CHARTS).read_text(encoding="utf-8")
    script = render(SCRIPT, working_folder)
    fields = summary.form.reported_fields
    found = {severity: sum(each.severity == severity for each in summary.findings) for severity in SEVERITIES}
    owing, reported = summary.reporting[summary.form.key]
    return render(
        TEMPLATE,
        working_folder,
        campaign=summary.campaign,
        form=summary.form,
        paragraphs=[line.strip() for line in overview(summary, working_folder).splitlines() if line.strip()],
        activities=sentences.activities(summary),
        owing=owing if summary.roster else None,
        reported=reported,
        earlier=summary.earlier,
        found={SEVERITY_NAMES[severity]: number for severity, number in found.items()},
        files={STATUS_NAMES[status]: number for status, number in summary.files.items()},
        totals=[
            {
                "label": field.label,
                "unit": "个单位" if field.type == "yes_no" else field.unit,
                "total": summary.totals[field.key],
                "missing": summary.missing[field.key],
                "approximate": summary.approximate[field.key],
                "active": summary.active[field.key],
                "change": summary.totals[field.key] - summary.earlier.totals[field.key] if summary.earlier else None,
            }
            for field in fields
        ],
        notes=[*missing_notes(summary), *approximate_notes(summary)],
        fields=fields,
        units=list(_units(summary)),
        status_headings=HEADINGS,
        status=list(status_lines(summary)),
        findings=[
            {"name": group.name or UNIT_UNKNOWN, "counts": group.counts, "findings": _findings(group.findings)}
            for group in by_unit(summary.findings, summary.names)
        ],
        severities=SEVERITY_NAMES,
        sources=[(summary.name(each.unit), each.path, STATUS_NAMES[each.status]) for each in summary.submissions],
        data=_json(_chart_data(summary)),
        # A script that holds its own end would end there.
        library=Markup(library),  # noqa: S704  (ours, not a user's)
        script=Markup(script),  # noqa: S704
        script_hashes=[_hash(library), _hash(script)],
    )


def _units(summary: Summary) -> Iterator[dict[str, Any]]:
    """Each unit's cells: the value to sort by, what is shown, and how it counts."""
    fields = summary.form.reported_fields
    keys = [field.key for field in fields]
    figures = records(summary.merged.values[keys])
    decided, approximate = (marked(frame[keys]) for frame in (summary.merged.decided, summary.merged.approximate))
    for code in summary.units:
        settled, about = decided.get(code, set()), approximate.get(code, set())
        cells = []
        for place, (field, value) in enumerate(zip(fields, figures[code], strict=True)):
            if value is None:
                shown = "—"
            elif field.type == "yes_no":
                shown = field.blank.options[0 if value else 1]
            else:
                shown = f"{'约' if place in about else ''}{value:,}"
            cells.append(("" if value is None else int(value), shown + "※" * (place in settled)))
        yield {"name": summary.names[code], "cells": cells}


def _findings(findings: Sequence[Finding]) -> list[dict[str, str]]:
    return [
        {
            "severity": each.severity,
            "code": each.code,
            "place": " ".join(part for part in (each.path, each.place) if part),
            "message": each.message("zh"),
            "hint": each.hint("zh") or "",
        }
        for each in findings
    ]


def _chart_data(summary: Summary) -> dict[str, Any]:
    """What the charts show: the share of units that did each activity; the units' figures are read from the table."""
    reported = len(summary.units)
    return {
        "activities": [
            [field.label, round(summary.active[field.key] / reported * 100, 1) if reported else 0]
            for field in activities(summary.form)
        ]
    }


def _json(data: object) -> Markup:
    """Data for a script, in which nothing ends it."""
    text = json.dumps(data, ensure_ascii=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _hash(script: str) -> str:
    """How the page's own policy names a script that may run (CSP level 3, 8.3)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
