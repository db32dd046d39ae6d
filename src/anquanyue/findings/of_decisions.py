"""Findings about decisions (人工认定) of the coordinator."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "decision-applied",
        "info",
        mark("“{label}” is {new} instead of {old}, as was decided by {by} on {when}: {reason}"),
        title=mark("Value decided by the coordinator"),
        explanation=mark(
            "A line of decisions.csv replaces the value that arrived, for example 1200 by 120 after a telephone call. "
            "The decided value counts, and the report marks it with 人工认定 and names the line. The file that the "
            "unit sent stays as it is. Nothing need be done."
        ),
    ),
    FindingType(
        "decision-file-out",
        "info",
        mark("left out, as was decided by {by} on {when}: {reason}"),
        title=mark("File left out by decision"),
        explanation=mark(
            "A line of decisions.csv (剔除) says that this file is out, for example because it is a draft. Nothing in "
            "it counts, and the file is listed as ignored. To let it count again, delete the line."
        ),
    ),
    FindingType(
        "decision-accepted",
        "info",
        mark("accepted by {by} on {when} ({reason}): {finding}"),
        title=mark("Finding accepted by decision"),
        explanation=mark(
            "A line of decisions.csv (采用) says that a finding is fine, for example a late form whose unit explained "
            "why. The finding is only a note now, and a form that was rejected for nothing else counts. The message "
            "repeats the finding that was accepted."
        ),
    ),
    FindingType(
        "decision-outdated",
        "error",
        mark(
            "line {line} of {file} no longer fits: it replaces {old}, but now “{label}” is {found}; it was not applied"
        ),
        mark("check the figure, and correct or delete that line"),
        title=mark("Decision that no longer fits"),
        explanation=mark(
            "A decision replaces one value by another, and the value that it replaces is no longer there: after “1200 "
            "is really 120” was decided, the unit sent 130 itself. The decision is not applied, so that it does not "
            "overwrite a newer figure; what the unit sent counts. Check which one is right, then correct the old value "
            "in the line, or delete the line."
        ),
    ),
    FindingType(
        "decision-unused",
        "warning",
        mark("line {line} of {file} fits nothing that was received: {what}"),
        mark("check its unit, field and file name, or delete that line"),
        title=mark("Decision that fits nothing"),
        explanation=mark(
            "A line of decisions.csv names a unit, file, field or finding that is not among what was received, for "
            "example because the file was renamed since. It changes nothing. Check its spelling against what validate "
            "shows, or delete it."
        ),
    ),
)
