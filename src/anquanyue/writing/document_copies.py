"""The blank Word documents of many units: each kind is built once, and each unit's code and name written into it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.writing.document import build_document, form_document, readdress
from anquanyue.writing.package import document_bytes, put_member, take_member

if TYPE_CHECKING:
    from docx.document import Document

_MEMBER: Final = "word/document.xml"
"""The only part that says a unit's name and code."""


@dataclass(frozen=True, slots=True)
class _Original:
    """A document, and the package it is saved in without its text."""

    document: "Document"
    others: bytes


class DocumentCopies:
    """Makes the blank Word documents of a campaign, unit after unit."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._originals: dict[tuple[str, bool], _Original] = {}

    def document(self, form: Form, unit: Unit | None, *, asks_children: bool = False) -> bytes:
        """What `form_document` makes for the unit, or for everybody, but for the order of the package's members.

        Raises:
            TemplateError: The form's note is wrong.
        """
        if unit is None:
            return form_document(self._campaign, form)
        kind = (form.key, asks_children)
        if kind not in self._originals:
            built = build_document(self._campaign, form, unit, asks_children=asks_children)
            self._originals[kind] = _Original(built, take_member(document_bytes(built), _MEMBER)[0])
        original = self._originals[kind]
        if not readdress(original.document, self._campaign, form, unit):
            return form_document(self._campaign, form, unit, asks_children=asks_children)
        return put_member(original.others, _MEMBER, original.document.part.blob)
