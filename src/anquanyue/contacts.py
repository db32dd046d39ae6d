"""The list of the liaisons (联络员名册), whole or masked; only for documents that ask for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from anquanyue.campaign.model import Field, Form
from anquanyue.summary import Summary

Masking = Literal["masked", "full"]

_NUMBERS: Final = ("telephone", "mobile", "digits")
_ABOUT_NOBODY: Final = ("职务", "职位", "职称", "部门", "科室")
"""Texts with such a label tell an office, not a person, and are shown."""

_KEPT: Final = (3, 4)
"""How many digits of a number are shown at its beginning and its end: 138****0000."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What one accepted form says about its liaison.

    Attributes:
        unit: The unit's name.
        texts: By the field's key, in the order of the form; "" where nothing was entered.
    """

    unit: str
    texts: dict[str, str]


def contact_forms(summary: Summary) -> tuple[Form, ...]:
    """The forms that ask for people, and not for figures."""
    return tuple(form for form in summary.campaign.forms if not form.items)


def contact_fields(form: Form) -> tuple[Field, ...]:
    """What the form asks besides the name of the unit."""
    return tuple(field for field in form.fields if field.type != "unit")


def contacts(summary: Summary, form: Form, masking: Masking) -> Iterator[Contact]:
    """The liaisons that the accepted forms name, in the order of the units."""
    sent = {each.path: each for each in summary.submissions}
    received = summary.received[form.key]
    for code in (code for code in summary.names if code in received):
        entries = sent[received[code]].entries
        texts = {}
        for field in contact_fields(form):
            entry = entries.get(field.key)
            value = entry.value if entry and entry.value is not None else entry.text if entry else ""
            texts[field.key] = masked(field, str(value)) if masking == "masked" else str(value)
        yield Contact(summary.name(code), texts)


def masked(field: Field, text: str) -> str:
    """The text with the most of it hidden: 138****0000, 张**, l***@example.com; a choice from a list is shown."""
    if not text or field.type == "choice" or any(word in field.label for word in _ABOUT_NOBODY):
        return text
    if field.type in _NUMBERS:
        digits = "".join(filter(str.isdigit, text))
        first, last = _KEPT
        return f"{digits[:first]}****{digits[-last:]}" if len(digits) > first + last else f"{digits[:1]}****"
    name, at, domain = text.partition("@")
    return f"{name[:1]}***@{domain}" if at and field.type == "email" else f"{text[:1]}**"
