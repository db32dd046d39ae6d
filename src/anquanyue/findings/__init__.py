"""Findings (问题): what is wrong or worth knowing, as data; and the catalogue of all their kinds.

A finding holds a stable code and the parameters of its message. What people read is put together when it is shown,
so that the console and a document can each speak their own language.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from anquanyue.findings import of_decisions, of_files, of_forms, of_units, of_values
from anquanyue.findings.kind import SEVERITIES, FindingType, Severity
from anquanyue.language import Language, Phrase, translate

__all__ = ["CATALOGUE", "SEVERITIES", "Finding", "FindingType", "Severity", "add_types"]

CATALOGUE: Final[dict[str, FindingType]] = {}
"""Every kind of finding by its code; checks add theirs (`anquanyue.checking.checks`)."""


def add_types(types: Iterable[FindingType]) -> None:
    """Add kinds of findings to the catalogue.

    Raises:
        ValueError: A code is there already.
    """
    for each in types:
        if CATALOGUE.setdefault(each.code, each) is not each:
            raise ValueError(f"two kinds of findings have the code {each.code}")


for _types in (of_files, of_forms, of_units, of_values, of_decisions):
    add_types(_types.TYPES)

_QUOTED: Final = re.compile(r"“\{(\w+)\}”")


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

    def title(self, language: Language) -> str:
        """What it is, in a few words that name nothing of what was found."""
        return translate(CATALOGUE[self.code].title, language)

    def message(self, language: Language) -> str:
        """What is wrong, in words."""
        return self._format(CATALOGUE[self.code].message, language)

    def hint(self, language: Language) -> str | None:
        """What to do about it, or None."""
        return self._format(CATALOGUE[self.code].hint, language) or None

    def instruction(self, language: Language) -> str | None:
        """What the unit is asked to do about it, or None."""
        return self._format(CATALOGUE[self.code].instruction, language) or self.hint(language)

    def _format(self, text: str, language: Language) -> str:
        value = "" if self.value is None else str(self.value)
        words = {key: _in_words(each, language) for key, each in self.parameters.items()}
        shown = {"value": value if len(value) <= 60 else value[:57] + "…", **words}
        message = translate(text, language)
        quoted = {name: _within_quotes(str(shown[name])) for name in _QUOTED.findall(message) if name in shown}
        return message.format(**(shown | quoted))


def _within_quotes(text: str) -> str:
    """Quotation marks within quotation marks are single ones (GB/T 15834): “‘公开课’参与”."""
    return text.translate({ord("“"): "‘", ord("”"): "’"})


def _in_words(parameter: object, language: Language) -> object:
    if isinstance(parameter, Finding):
        return parameter.message(language)
    return translate(parameter, language) if isinstance(parameter, Phrase) else parameter
