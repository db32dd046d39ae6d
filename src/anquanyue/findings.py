"""Findings (问题): what is wrong or worth knowing, as data; and the catalogue of all their kinds.

A finding holds a stable code and the parameters of its message. What people read is put together when it is shown,
so that the console and a document can each speak their own language.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from anquanyue.language import Language, mark, translate

Severity = Literal["error", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class FindingType:
    """A kind of finding; its message and hint are format strings over a finding's parameters.

    A message may use `{label}` (the field's name), `{value}` (what was found) and the parameters that it is made with.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found in what was sent.

    Attributes:
        code: Names its kind in the catalogue.
        path: The file, as in the list of files; None where there is none, as for a unit that sent nothing.
        place: Sheet and cell, as `附件3!D6`.
        unit: The unit's code, or its name as written where no roster knows it.
        form: The form's key.
        field: The field's key.
        value: What was found, as it was written; never that of a field about a person.
        parameters: What the message's format string names besides.
        severity: Where it differs from its kind's.
    """

    code: str
    path: str | None = None
    place: str | None = None
    unit: str | None = None
    form: str | None = None
    field: str | None = None
    value: object = None
    parameters: Mapping[str, object] = dataclasses.field(default_factory=dict)
    severity_override: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.severity_override or CATALOGUE[self.code].severity

    def message(self, language: Language) -> str:
        """What is wrong, in words."""
        return self._format(CATALOGUE[self.code].message, language)

    def hint(self, language: Language) -> str | None:
        """What to do about it, or None."""
        return self._format(CATALOGUE[self.code].hint, language) or None

    def _format(self, text: str, language: Language) -> str:
        value = "" if self.value is None else str(self.value)
        shown = {"value": value if len(value) <= 60 else value[:57] + "…", **self.parameters}
        return translate(text, language).format(**shown)


_TYPES: Final = (
    # Files
    FindingType(
        "file-unreadable",
        "error",
        mark("the file cannot be opened: {reason}"),
        mark(
            "open it in Excel or WPS, save it again as .xlsx and put it back; if that fails, ask the unit for it again"
        ),
    ),
    FindingType(
        "file-empty",
        "error",
        mark("the file is empty (0 bytes)"),
        mark("the sending or saving broke off; ask the unit to send it again"),
    ),
    FindingType(
        "file-password",
        "error",
        mark("the file is protected by a password"),
        mark("ask the unit to remove the password (File > Info > Protect Workbook) and to send it again"),
    ),
    FindingType(
        "file-too-slow",
        "error",
        mark("reading the file takes too long ({reason})"),
        mark("it is far larger than a form; ask the unit to fill in the blank form and to send that"),
    ),
    FindingType(
        "file-unsafe",
        "error",
        mark("the file cannot be read safely: it ended its reader ({reason})"),
        mark("it is damaged, or far larger than a form; ask the unit to fill in the blank form and to send that"),
    ),
    FindingType(
        "file-not-a-workbook",
        "error",
        mark("this is no workbook ({suffix}), so no figures can be read from it"),
        mark("ask the unit for the filled-in workbook (.xlsx, .xls or .ods)"),
    ),
    FindingType("file-ignored", "info", mark("left aside: a hidden or temporary file")),
    FindingType("file-own-output", "info", mark("left aside: a report that this program made")),
    # Which form
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
    # Whose
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
        mark("if it is one of the units, add this name to its aliases in the list of units"),
    ),
    FindingType(
        "unit-disagrees",
        "error",
        mark("the form was made for “{stamped}”, but “{value}” is written in it; the file stays out of the totals"),
        mark("ask who filled it in: a forwarded form must not replace another unit's figures"),
    ),
    FindingType("same-content", "info", mark("holds the same as {other}, which counts")),
    FindingType("superseded-by-date", "info", mark("{other} counts instead: its 填报日期 is later")),
    FindingType("superseded-by-file-time", "info", mark("{other} counts instead: its file was changed later")),
    FindingType(
        "submission-undecided",
        "error",
        mark("the unit sent this form several times with different figures, and nothing tells which is newer: {other}"),
        mark("keep only the one that counts in the folder; until then {other} is counted"),
    ),
    FindingType(
        "not-reported",
        "warning",
        mark("nothing was received: {form_label} (due {deadline})"),
        mark("remind the unit"),
    ),
    # Completeness
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
    # Correctness
    FindingType(
        "value-not-a-number",
        "error",
        mark("“{label}” must be a whole number, found “{value}”"),
        mark("write the number alone, in digits, without words or units"),
    ),
    FindingType(
        "value-date",
        "error",
        mark("“{label}” must be a whole number, found the date {value}"),
        mark("Excel turned what was typed into a date; format the cell as a number and type the figure again"),
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
        mark("write the number of persons, sessions or items, not in units of 万"),
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
        mark("choose one from the list"),
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
        mark("“{label}” was found although the words around it were changed: {context}"),
        mark("compare the figure with the file"),
    ),
    FindingType(
        "value-refused",
        "error",
        mark("“{label}” cannot be read for certain: {context}"),
        mark("read the figure in the file and ask the unit to write it into the blank form"),
    ),
    # Consistency
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
    # Timeliness
    FindingType(
        "late",
        "warning",
        mark("late by {days} days: dated {date}, due {deadline}"),
    ),
)

CATALOGUE: Final[Mapping[str, FindingType]] = {each.code: each for each in _TYPES}
"""Every kind of finding by its code."""
