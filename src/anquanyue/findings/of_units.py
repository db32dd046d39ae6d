"""Findings about whose a submission is and which one counts."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "unit-missing",
        "error",
        mark("the form does not say which unit it is from"),
        mark("write the unit's name into the form, or ask who sent it"),
    ),
    FindingType(
        "unit-unknown",
        "error",
        mark("the unit “{value}” is not in the list of units; the file stays out of the totals"),
        mark(
            "if it is one of the units, add this name to its aliases in the list of units, or decide whose it is; "
            "of a joint report every name must be in the list"
        ),
    ),
    FindingType(
        "unit-disagrees",
        "error",
        mark("the form was made for “{stamped}”, but “{value}” is written in it; the file stays out of the totals"),
        mark("ask who filled it in: a forwarded form must not replace another unit's figures"),
    ),
    FindingType("same-content", "info", mark("holds the same as {other}, which counts")),
    FindingType(
        "submission-undecided",
        "error",
        mark(
            "the unit sent this form several times with different figures, and nothing tells which is newer: "
            "{other}; {differences}"
        ),
        mark("keep only the one that counts in the folder; until then {other} is counted"),
    ),
    FindingType(
        "unit-guessed",
        "warning",
        mark("“{value}” was taken for {name}"),
        mark("if that is right, add this name to the unit's aliases in the list of units; if not, decide whose it is"),
    ),
    FindingType(
        "unit-decided",
        "info",
        mark("“{value}” is {name}, as was decided by {by}: {reason}"),
    ),
    FindingType(
        "unit-from-stamp",
        "info",
        mark("the name of the unit is blank; the form was made for {name}"),
    ),
    FindingType(
        "unit-from-path",
        "warning",
        mark("the form does not say which unit it is from; folder or file name say {name}"),
        mark("check it, and write the unit's name into the form"),
    ),
    FindingType(
        "unit-similar",
        "warning",
        mark("“{value}” and “{other}” are counted as two units; are they one?"),
        mark("if they are one, write both names into the list of units as name and alias"),
    ),
    FindingType(
        "unit-folder-disagrees",
        "warning",
        mark("the form is from {name}, but its folder or file is named after {folder}"),
        mark("check whose form it is; it counts for {name}"),
    ),
    FindingType(
        "unit-on-behalf",
        "info",
        mark("{by} reports on behalf of {names}"),
    ),
    FindingType(
        "unit-joint",
        "info",
        mark("reports for several units together: {names}"),
    ),
    FindingType(
        "unit-joint-overlap",
        "error",
        mark("{other} already reports for this unit; only that one is counted"),
        mark("ask the units whether the joint report holds these figures; keep only one of the two"),
    ),
    FindingType(
        "children-undeclared",
        "error",
        mark(
            "neither form nor list of units says whether the figures of {parent} include "
            "those of {name}; only {parent} is counted"
        ),
        mark("ask {parent}, and write 是 or 否 into the column 含下级 of the list of units"),
    ),
    FindingType(
        "children-included",
        "info",
        mark("the figures of {parent} include those of {name}; only {parent} is counted"),
    ),
    FindingType(
        "children-disagree",
        "warning",
        mark("the form says that its figures are {said}下级单位, the list of units says {listed}; the form counts"),
        mark("ask the unit, and correct the column 含下级 of the list of units"),
    ),
    FindingType(
        "superseded-by-revision",
        "info",
        mark("{other} counts instead: it is a later correction of the returned form; {differences}"),
    ),
    FindingType(
        "superseded-by-arrival",
        "info",
        mark("{other} counts instead: it was received later ({newer} instead of {older}); {differences}"),
    ),
    FindingType(
        "superseded-by-date",
        "info",
        mark("{other} counts instead: its 填报日期 is later ({newer} instead of {older}); {differences}"),
    ),
    FindingType(
        "superseded-by-name",
        "info",
        mark("{other} counts instead: its name says that it is the newer one; {differences}"),
    ),
    FindingType(
        "superseded-by-file-time",
        "info",
        mark("{other} counts instead: its file was changed later; {differences}"),
    ),
    FindingType(
        "earlier-round",
        "info",
        mark("a later round was reported as well ({other}); the totals hold that one"),
    ),
)
