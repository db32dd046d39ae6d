"""Findings in the order in which people act on them: unit by unit, the worst first; and how many there are of each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from anquanyue.findings import SEVERITIES, Finding, Severity


@dataclass(frozen=True, slots=True)
class UnitFindings:
    """What was found about one unit, errors first.

    Attributes:
        unit: Its code or name as the findings have it; None for what nobody knows the unit of.
        name: Its name; "" where nobody knows the unit.
        counts: How many there are of each severity.
    """

    unit: str | None
    name: str
    findings: tuple[Finding, ...]
    counts: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How often a code was found with a severity."""

    code: str
    severity: Severity
    number: int


def by_unit(findings: Iterable[Finding], names: Mapping[str, str]) -> list[UnitFindings]:
    """The findings of each unit: the most errors first, then the most warnings, then in the order of `names`.

    Args:
        findings: In any order; among equally bad ones of a unit it is kept.
        names: The units' names by their codes, in the order of the roster.
    """
    groups: dict[str | None, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.unit, []).append(finding)
    places = {code: place for place, code in enumerate(names)}
    result = [_group(unit, names.get(unit or "", unit or ""), found) for unit, found in groups.items()]
    result.sort(
        key=lambda each: (
            *(-each.counts[severity] for severity in SEVERITIES[:2]),
            places.get(each.unit or "", len(places)),
        )
    )
    return result


def _group(unit: str | None, name: str, findings: list[Finding]) -> UnitFindings:
    counted = Counter(finding.severity for finding in findings)
    ordered = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return UnitFindings(unit, name, tuple(ordered), {severity: counted[severity] for severity in SEVERITIES})


def by_code(findings: Iterable[Finding]) -> list[CodeCount]:
    """How many there are of each code: errors first, of each severity the most frequent first."""
    counted = Counter((finding.code, finding.severity) for finding in findings)
    counts = [CodeCount(code, severity, number) for (code, severity), number in counted.items()]
    return sorted(counts, key=lambda each: (SEVERITIES.index(each.severity), -each.number, each.code))
