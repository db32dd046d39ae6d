"""Findings about decisions (人工认定) of the coordinator."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "decision-applied",
        "info",
        mark("“{label}” is {new} instead of {old}, as was decided by {by} on {when}: {reason}"),
    ),
    FindingType(
        "decision-file-out",
        "info",
        mark("left out, as was decided by {by} on {when}: {reason}"),
    ),
    FindingType(
        "decision-accepted",
        "info",
        mark("accepted by {by} on {when} ({reason}): {finding}"),
    ),
    FindingType(
        "decision-outdated",
        "error",
        mark(
            "line {line} of {file} no longer fits: it replaces {old}, but now “{label}” is {found}; it was not applied"
        ),
        mark("check the figure, and correct or delete that line"),
    ),
    FindingType(
        "decision-unused",
        "warning",
        mark("line {line} of {file} fits nothing that was received: {what}"),
        mark("check its unit, field and file name, or delete that line"),
    ),
)
