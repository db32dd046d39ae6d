"""Correctness: findings about what stands in a blank."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "value-not-a-number",
        "error",
        mark("“{label}” must be a whole number, found “{value}”"),
        mark("write the number alone, in digits, without words or units"),
    ),
    FindingType(
        "value-other-unit",
        "error",
        mark("“{label}” is counted in {unit}, found “{value}”"),
        mark("ask how many {unit} it were, and write the number alone"),
    ),
    FindingType(
        "value-date",
        "error",
        mark("“{label}” must be a whole number, found the date or time {value}"),
        mark(
            "Excel turned what was typed, probably {typed}, into a date or time; format the cell as "
            "a number and type the figure again"
        ),
    ),
    FindingType(
        "value-maybe-date",
        "warning",
        mark("“{label}” is {value}, which is how Excel keeps the date {typed}; counted as {value}"),
        mark("if {typed} was typed, for example for a fraction or two figures, ask for the figure; else it is fine"),
    ),
    FindingType(
        "value-negative",
        "error",
        mark("“{label}” must not be negative, found {value}"),
        mark("check the sign"),
    ),
    FindingType(
        "value-not-whole",
        "error",
        mark("“{label}” must be a whole number, found {value}"),
        mark("write every digit of the number; 1.5万 is read as 15000"),
    ),
    FindingType(
        "value-too-large",
        "error",
        mark("“{label}” is too large to be a count: {value}"),
        mark("check the number of digits"),
    ),
    FindingType(
        "value-not-in-list",
        "error",
        mark("“{label}” must be one of {options}, found “{value}”"),
        mark("choose exactly one from the list"),
    ),
    FindingType(
        "value-error",
        "error",
        mark("“{label}” shows an error of the spreadsheet: {value}"),
        mark("a formula in the cell is broken; type the figure instead"),
    ),
    FindingType(
        "value-formula-without-result",
        "error",
        mark("“{label}” holds a formula whose result was not saved: {value}"),
        mark("open the file in Excel or WPS and save it, or type the figure instead"),
    ),
    FindingType(
        "value-not-a-date",
        "error",
        mark("“{label}” must be a date, found “{value}”"),
        mark("write it as 2022-6-28"),
    ),
    FindingType(
        "value-malformed",
        "warning",
        mark("“{label}” does not look like {expected}"),
        mark("check it"),
    ),
    FindingType(
        "value-several-cells",
        "error",
        mark("“{label}” has several cells filled in: {value}"),
        mark("leave the figure in one cell, next to the words"),
    ),
    FindingType(
        "value-aligned",
        "warning",
        mark("“{label}” was found although the words around it were changed: {context} (the form says: {expected})"),
        mark("compare the figure with the file"),
    ),
    FindingType(
        "value-refused",
        "error",
        mark("“{label}” cannot be read for certain: {context}"),
        mark("read the figure in the file and ask the unit to write it into the blank form"),
    ),
    FindingType(
        "value-approximate",
        "warning",
        mark("“{label}” is an approximation: {value}; counted as {number}"),
        mark("ask for the exact figure where it matters; the report marks the total"),
    ),
    FindingType(
        "value-with-remark",
        "warning",
        mark("“{label}” has a remark beside the number: {value}; counted as {number}"),
        mark("compare the figure with the file"),
    ),
    FindingType(
        "link-malformed",
        "warning",
        mark("the evidence of “{label}” looks like a link but is none: {value}"),
        mark("ask for the link again; links are never opened here"),
    ),
    FindingType(
        "nil-counted-as-zero",
        "info",
        mark("{number} fields say that there was nothing (无, /), which counts as 0: {labels}"),
    ),
)
