"""The report as a text for chat and mail, in Markdown."""

import re
from itertools import islice
from pathlib import Path
from typing import Any, Final

from anquanyue.findings.grouping import by_unit
from anquanyue.reporting import sentences
from anquanyue.reporting.finding_words import SEVERITY_NAMES, UNIT_UNKNOWN
from anquanyue.summary import Summary
from anquanyue.templating import render

TEMPLATE: Final = "report/report.md.j2"

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]|~]|^[#+=-]|(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
"""What Markdown takes for its own anywhere, at the beginning of a line, or for the address of a page."""

_NUMBERED: Final = re.compile(r"^(\d+)([.)])")
_HTML: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MOST_FINDINGS: Final = 8
_LONGEST: Final = 1500
"""Signs of a text; a name or message that a stranger made long is cut."""

_LONGEST_PART: Final = 160


def report_text(summary: Summary, working_folder: Path) -> str:
    """The text, made from the template `report/report.md.j2`; nothing that a stranger wrote is markup in it.

    Raises:
        TemplateError: The working folder's own template is wrong.
    """
    grave = [each for each in summary.findings if each.severity != "info"]
    worst = ((group.name, each) for group in by_unit(grave, summary.names) for each in group.findings)
    shown = list(islice(worst, _MOST_FINDINGS))
    plain = {
        "title": summary.campaign.title,
        "organizer": summary.campaign.organizer,
        "form": f"{summary.form.label} {summary.form.title}",
        "overall": list(sentences.overall(summary)),
        "activities": [
            {"name": each.name, "text": "".join(each.sentences) + each.leading}
            for each in sentences.activities(summary)
        ],
        "reporting": list(sentences.reporting(summary)),
        "about_data": [line for line in sentences.about_data(summary) if line],
        "totals": [
            {
                "label": field.label,
                "total": "—" if summary.unsaid(field.key) else f"{summary.totals[field.key]:,}",
                "unit": "个单位" if field.type == "yes_no" else field.unit,
                "missing": str(summary.missing[field.key] or ""),
            }
            for field in summary.form.reported_fields
        ],
        "findings": [
            {
                "unit": _cut(name or UNIT_UNKNOWN, _LONGEST_PART),
                "severity": SEVERITY_NAMES[each.severity],
                "message": _cut(each.message("zh"), _LONGEST_PART),
            }
            for name, each in shown
        ],
    }
    safe = {key: _safe(value) for key, value in plain.items()}
    return render(TEMPLATE, working_folder, more_findings=len(grave) - len(shown), **safe)


def _safe(value: Any) -> Any:
    """The same, each text on one line, not too long, and without anything that Markdown or HTML takes for its own."""
    if isinstance(value, str):
        return _escaped(_cut(" ".join(value.split()), _LONGEST))
    if isinstance(value, dict):
        return {key: _safe(each) for key, each in value.items()}
    return [_safe(each) for each in value]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _escaped(text: str) -> str:
    marked = _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))
    # As entities, since chat programs show some HTML whatever stands before it.
    return re.sub("[&<>]", lambda found: _HTML[found[0]], marked)
