"""The report as a text for chat and mail, in Markdown."""

import re
from pathlib import Path
from typing import Any, Final

from anquanyue.findings.grouping import by_code
from anquanyue.reporting import sentences
from anquanyue.reporting.finding_words import SEVERITY_NAMES, code_title
from anquanyue.summary import Summary
from anquanyue.templating import render

TEMPLATE: Final = "report/report.md.j2"
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_MOST_CODES: Final = 8


def report_text(summary: Summary, working_folder: Path) -> str:
    """The text, made from the template `report/report.md.j2`; nothing that a stranger wrote is markup in it.

    Raises:
        TemplateError: The working folder's own template is wrong.
    """
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
        "about_data": list(sentences.about_data(summary)),
        "totals": [
            {
                "label": field.label,
                "total": f"{summary.totals[field.key]:,}",
                "unit": "个单位" if field.type == "yes_no" else field.unit,
                "missing": str(summary.missing[field.key] or ""),
            }
            for field in summary.form.reported_fields
        ],
        "findings": [
            {"severity": SEVERITY_NAMES[each.severity], "title": code_title(each.code), "number": str(each.number)}
            for each in by_code(summary.findings)
            if each.severity != "info"
        ][:_MOST_CODES],
    }
    return render(TEMPLATE, working_folder, **{key: _escaped(value) for key, value in plain.items()})


def _escaped(value: Any) -> Any:
    """The same with every sign that Markdown or HTML would take for its own escaped, and on one line."""
    if isinstance(value, str):
        return _SPECIAL.sub(r"\\\1", " ".join(value.split()))
    if isinstance(value, dict):
        return {key: _escaped(each) for key, each in value.items()}
    return [_escaped(each) for each in value]
