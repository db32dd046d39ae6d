"""Completeness, consistency and timeliness: findings about a whole submission, or its absence."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "fields-missing",
        "error",
        mark("{number} fields are blank: {labels}"),
        mark("fill in the figures; for what did not take place write 0, or tick “空白项均未开展，按0计”"),
    ),
    FindingType(
        "blanks-counted-as-zero",
        "info",
        mark("{number} blank fields count as 0, as the unit declared: {labels}"),
    ),
    FindingType(
        "nil-counted-as-zero",
        "info",
        mark("{number} fields say that there was nothing (无, /), which counts as 0: {labels}"),
    ),
    FindingType(
        "pair-half-blank",
        "error",
        mark("“{other}” is {other_value}, but “{label}” is blank"),
        mark("the two belong together: fill in the blank one"),
    ),
    FindingType(
        "pair-half-zero",
        "error",
        mark("“{other}” is {other_value}, but “{label}” is 0"),
        mark("the two belong together: correct the one that is wrong"),
    ),
    FindingType(
        "late",
        "warning",
        mark("late by {days} days: dated {date}, due {deadline}"),
    ),
)
