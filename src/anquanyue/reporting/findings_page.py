"""What was found, as one page for a browser: nothing beside it, nothing from a network."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from anquanyue.campaign.model import Campaign
from anquanyue.findings import SEVERITIES, Finding
from anquanyue.findings.grouping import by_code, by_unit
from anquanyue.reporting.finding_words import SEVERITY_NAMES, STATUS_NAMES, UNIT_UNKNOWN, code_title
from anquanyue.templating import render

TEMPLATE: Final = "findings.html.j2"


def findings_page(
    campaign: Campaign,
    names: Mapping[str, str],
    findings: Iterable[Finding],
    files: Mapping[str, int],
    working_folder: Path,
) -> bytes:
    """The page, made from the template `findings.html.j2`.

    Args:
        campaign: Whose forms were sent.
        names: The units' names by their codes, in the order of the roster.
        findings: All that are to be shown.
        files: How many submissions there are of each status.
        working_folder: Whose own template comes first.

    Raises:
        TemplateError: The working folder's own template is wrong.
    """
    findings = list(findings)
    numbers = {severity: sum(each.severity == severity for each in findings) for severity in SEVERITIES}
    page = render(
        TEMPLATE,
        working_folder,
        campaign=campaign,
        severities=SEVERITY_NAMES,
        files={STATUS_NAMES[status]: number for status, number in files.items()},
        numbers=numbers,
        units=[
            {
                "name": group.name or UNIT_UNKNOWN,
                "counts": group.counts,
                "findings": [_shown(finding) for finding in group.findings],
            }
            for group in by_unit(findings, names)
        ],
        codes=[
            {
                "code": each.code,
                "severity": each.severity,
                "number": each.number,
                "title": code_title(each.code),
            }
            for each in by_code(findings)
        ],
    )
    return page.encode("utf-8")


def _shown(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path or "",
        "place": finding.place or "",
        "message": finding.message("zh"),
        "hint": finding.hint("zh") or "",
    }
