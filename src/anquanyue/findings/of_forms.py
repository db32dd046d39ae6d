"""Findings about which form a file holds."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "form-not-found",
        "error",
        mark("none of the campaign's forms was found in the file"),
        mark("is it the right file? If the unit rebuilt the table, ask it to fill in the blank form"),
    ),
    FindingType(
        "form-other-campaign",
        "error",
        mark("this form belongs to another campaign ({campaign})"),
        mark("ask the unit to fill in this campaign's form"),
    ),
    FindingType(
        "form-newer-version",
        "warning",
        mark("this form has version {version}, the campaign file has version {expected}"),
        mark("use the campaign file that the form was made with"),
    ),
    FindingType(
        "form-blank",
        "error",
        mark("the form came back with nothing filled in"),
        mark("ask the unit to fill it in; a unit that did nothing ticks “空白项均未开展，按0计”"),
    ),
    FindingType(
        "form-without-keys",
        "warning",
        mark("the form lost its hidden first column; its cells were found by their words"),
        mark("compare the figures with the file once"),
    ),
    FindingType(
        "form-other-year",
        "error",
        mark("this looks like the form of another year ({year})"),
        mark(
            "ask the unit for this year's form; if only the date was mistyped, correct it in "
            "the file or decide that the file counts"
        ),
    ),
    FindingType(
        "form-different",
        "error",
        mark("this looks like {form_label}, but only {found} of its {total} blanks were found"),
        mark("it was rebuilt, or is the form of another campaign; ask the unit to fill in this campaign's form"),
    ),
    FindingType(
        "form-print-only",
        "error",
        mark("the file holds only the sheet of {form_label} that is made for printing"),
        mark("ask the unit for the workbook with the sheet to fill in"),
    ),
    FindingType(
        "form-twice",
        "error",
        mark("the file holds this form several times for the same unit, with different figures: {labels}"),
        mark("ask the unit which one counts, and keep only that one; none of them is counted until then"),
    ),
    FindingType(
        "form-copy",
        "info",
        mark("the file holds this form twice with the same figures; it counts once"),
    ),
    FindingType(
        "figures-unclaimed",
        "warning",
        mark("{number} figures stand in cells where the form asks for none, and are not counted: {places}"),
        mark("look at these cells; where one belongs to a field, have it typed there, or decide that field's value"),
    ),
)
