"""The report as one page for a browser: nothing beside it, nothing from a network."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from anquanyue.campaign.model import Field
from anquanyue.findings import SEVERITIES, Finding
from anquanyue.findings.grouping import by_unit
from anquanyue.reporting import sentences
from anquanyue.reporting.finding_words import SEVERITY_NAMES, STATUS_NAMES, UNIT_UNKNOWN
from anquanyue.reporting.layout import MISSING
from anquanyue.reporting.overview_sheet import DIMENSION_NAMES, activities
from anquanyue.reporting.sources_sheet import submission_line
from anquanyue.reporting.status_sheet import HEADINGS, status_lines
from anquanyue.summary import Summary
from anquanyue.templating import render
from anquanyue.writing.stamp import DERIVED

TEMPLATE: Final = "report/report.html.j2"
STYLE: Final = "report/report.css"
SCRIPT: Final = "report/report.js"
CHARTS: Final = "echarts.simple.min.js"
"""Apache ECharts, whose licence lies beside it."""

_SOURCES: Final = ("单位", "表格", "期", "文件", "工作表或位置", "日期", "采用情况", "说明")
_LEADING_UNITS: Final = 10
_CHARTED_UNITS: Final = 2
"""Of fewer units a chart shows nothing that the table does not."""


def report_page(summary: Summary, working_folder: Path) -> str:
    """The page, made from the template `report/report.html.j2` with its style and script.

    Raises:
        TemplateError: The working folder's own template is wrong.
    """
    library = files("anquanyue.reporting").joinpath("assets", CHARTS).read_text(encoding="utf-8")
    style, script = (render(name, working_folder) for name in (STYLE, SCRIPT))
    labels = {form.key: form.label for form in summary.campaign.forms}
    quality = summary.quality()
    return render(
        TEMPLATE,
        working_folder,
        mark=DERIVED,
        campaign=summary.campaign,
        form=summary.form,
        round=summary.round,
        earlier=summary.earlier,
        files={STATUS_NAMES[status]: number for status, number in summary.files.items()},
        key_figures=list(_key_figures(summary)),
        overall=list(sentences.overall(summary)),
        about_data=[line for line in sentences.about_data(summary) if line],
        activities=sentences.activities(summary),
        items=[
            {"name": name, "figures": [_figure(field, name, summary) for field in fields]}
            for name, fields in _items(summary)
        ],
        units=list(_units(summary)),
        status={"headings": HEADINGS, "lines": list(status_lines(summary))},
        severities=SEVERITY_NAMES,
        quality={name: quality[dimension] for dimension, name in DIMENSION_NAMES.items()},
        findings=[
            {"name": group.name or UNIT_UNKNOWN, "counts": group.counts, "findings": _findings(group.findings)}
            for group in by_unit(summary.findings, summary.names)
        ],
        sources={
            "headings": _SOURCES,
            "lines": [submission_line(each, summary, labels) for each in summary.submissions],
        },
        charts=_charts(summary),
        # Neither holds what a stranger wrote; the policy names what may run by its hash.
        style=Markup(style),  # noqa: S704
        scripts=[Markup(library), Markup(script)],  # noqa: S704
        hashes=[_hash(library), _hash(script)],
    )


def _key_figures(summary: Summary) -> Iterator[dict[str, str]]:
    """Who reported, what was found, and the first count of each item."""
    owing, reported = summary.reporting[summary.form.key]
    if summary.roster is None:
        yield {"label": "已报送单位", "number": f"{reported:,}", "unit": "个"}
    else:
        yield {"label": f"已报送单位（应报{owing:,}个）", "number": f"{reported:,}", "unit": "个"}
        yield {"label": "报送率", "number": f"{reported / owing:.1%}" if owing else "—", "unit": ""}
        yield {"label": "未报送单位", "number": f"{len(summary.not_reported):,}", "unit": "个"}
    for _name, fields in _items(summary):
        if first := next((field for field in fields if field.type == "count"), None):
            about = "约" if summary.approximate[first.key] else ""
            number = MISSING if summary.unsaid(first.key) else f"{about}{summary.totals[first.key]:,}"
            yield {"label": first.label, "number": number, "unit": first.unit.split("/")[0]}
    for severity in SEVERITIES[:2]:
        number = f"{sum(each.severity == severity for each in summary.findings):,}"
        yield {"label": SEVERITY_NAMES[severity], "number": number, "unit": "处"}


def _items(summary: Summary) -> list[tuple[str, list[Field]]]:
    """The figures by item, in the order of the form."""
    items = [
        (item.name, [summary.form.field(blank.key) for blank in item.blanks if summary.form.field(blank.key).reported])
        for item in summary.form.items
    ]
    return [(name, fields) for name, fields in items if fields]


def _figure(field: Field, item: str, summary: Summary) -> dict[str, Any]:
    total = summary.totals[field.key]
    return {
        "key": field.key,
        "item": item,
        "label": field.label,
        "unit": "个单位" if field.type == "yes_no" else field.unit,
        "type": field.type,
        "total": MISSING if summary.unsaid(field.key) else f"{total:,}",
        "active": f"{summary.active[field.key]:,}",
        "missing": _some(summary.missing[field.key]),
        "approximate": _some(summary.approximate[field.key]),
        "decided": _some(summary.decided[field.key]),
        "change": f"{total - summary.earlier.totals[field.key]:+,}" if summary.earlier else "",
    }


def _some(number: int) -> str:
    """Few of a column are not 0, and these are to be seen."""
    return f"{number:,}" if number else ""


def _units(summary: Summary) -> Iterator[dict[str, Any]]:
    """Each unit's name and figures as they are shown."""
    fields = [field for _name, fields in _items(summary) for field in fields]
    merged = summary.merged
    figures, marks = merged.by_unit(fields), merged.of(fields)
    decided, approximate = merged.marked(marks.decided), merged.marked(marks.approximate)
    for code in summary.units:
        settled, about = decided.get(code, ()), approximate.get(code, ())
        cells = []
        for place, (field, value) in enumerate(zip(fields, figures[code], strict=True)):
            if value is None:
                shown = "—"
            elif field.type == "yes_no":
                shown = field.blank.options[0 if value else 1]
            else:
                shown = f"{'约' if place in about else ''}{value:,}"
            cells.append(f"{shown}※" if place in settled else shown)
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


def _charts(summary: Summary) -> dict[str, Any]:
    """What the charts show: rows of a name, a length and the words at its end."""
    reported = len(summary.units)
    shares = [(field.label, summary.active[field.key], reported) for field in activities(summary.form)]
    counts = [field for field in summary.form.reported_fields if field.type == "count"]
    leading = [(field, summary.leading(field, _LEADING_UNITS)) for field in counts]
    return {
        "reporting": [_share(*each) for each in _reporting(summary)],
        "activities": [_share(*each) for each in shares] if reported else [],
        "leading": [
            {
                "label": field.label + (f"（{field.unit}）" if field.unit else ""),
                "bars": [(summary.names[code], value, f"{value:,}") for code, value in ranked],
            }
            for field, ranked in leading
            if len(ranked) >= _CHARTED_UNITS
        ],
    }


def _reporting(summary: Summary) -> Iterator[tuple[str, int, int]]:
    """By form and, where several owe it, by group: how many units reported it, and how many owe it."""
    labels = {group.key: group.label for group in summary.campaign.groups}
    for form in summary.campaign.forms:
        groups: dict[str, list[bool]] = {key: [] for key in (*labels, "")}
        groups_owing = summary.campaign.groups_owing(form)
        for unit in summary.roster.units if summary.roster else ():
            if unit.group in groups_owing and unit.code not in summary.exempt[form.key]:
                groups.setdefault(unit.group or "", []).append(unit.code in summary.received[form.key])
        owing = {key: sent for key, sent in groups.items() if sent}
        for key, sent in owing.items():
            group = f" {labels.get(key, '未分类')}" if len(owing) > 1 else ""
            yield f"{form.label}{group}", sum(sent), len(sent)


def _share(label: str, number: int, whole: int) -> tuple[str, float, str]:
    share = number / whole
    return label, round(share * 100, 1), f"{share:.0%}（{number:,}/{whole:,}）"


def _hash(script: str) -> str:
    """How the page's own policy names a script that may run (Content Security Policy Level 3)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
