"""Figures that need evidence (佐证材料) and have none."""

from collections.abc import Iterator
from typing import Final

from anquanyue.campaign.model import Field, Form, Item
from anquanyue.checking.context import Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark
from anquanyue.reading.submission import Submission
from anquanyue.reading.values import is_nil

TYPES: Final = (
    FindingType(
        "evidence-missing",
        "warning",
        mark("{number} figures come without evidence (佐证材料): {labels}"),
        mark("ask the unit for links or screenshots; the figures count all the same"),
        title=mark("Evidence is missing"),
        explanation=mark(
            "The form asks for evidence of these figures, such as links or screenshots. There is nothing in the cell "
            "for evidence or in the item's notes, and no picture at the item, beside the items, or beside the form."
        ),
        dimension="completeness",
        instruction=mark("add links in the column 佐证材料, or screenshots beside the item"),
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """For each accepted submission one finding for all positive figures that need evidence and have none."""
    asked = {form.key: list(_asked(form)) for form in context.campaign.forms}
    for submission, form in context.accepted():
        fields = [
            field
            for item, those in asked[form.key]
            if not _of_item(submission, item)
            for field in those
            if submission.usable(field) and not _says_something(submission.evidence.get(field.key, ""))
        ]
        if fields:
            yield _finding(submission, form, fields)


def _asked(form: Form) -> Iterator[tuple[Item, list[Field]]]:
    """The items with figures that need evidence, and these."""
    for item in form.items:
        keys = {blank.key for blank in item.blanks}
        if fields := [field for field in form.fields if field.evidence and field.key in keys]:
            yield item, fields


def _of_item(submission: Submission, item: Item) -> bool:
    """Whether there is evidence of the whole item."""
    pictures = submission.pictures.get(item.key) or submission.pictures.get("")
    return bool(pictures) or _says_something(submission.notes.get(item.key, ""))


def _says_something(text: str) -> bool:
    # A link is none of the words for nothing, and ten thousand units have several.
    return "://" in text or (bool(text.strip()) and not is_nil(text))


def _finding(submission: Submission, form: Form, fields: list[Field]) -> Finding:
    entry = submission.entries.get(fields[0].key)
    only = fields[0] if len(fields) == 1 else None
    return Finding(
        code="evidence-missing",
        path=submission.path,
        place=entry.place if entry else None,
        form=form.key,
        field=only.key if only else None,
        value=submission.usable(only) if only else None,
        parameters={
            "number": len(fields),
            "labels": "、".join(field.label for field in fields),
            "fields": tuple(field.key for field in fields),
        },
    )
