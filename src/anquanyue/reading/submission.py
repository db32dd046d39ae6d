"""What reading makes of a file: submissions, each value with the text it came from and its place."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from anquanyue.campaign.model import Field
from anquanyue.findings import Finding
from anquanyue.writing.stamp import Stamp

Value = int | bool | str | datetime.date
"""A value that was read: a count, a yes/no, a text or a date."""

_ZEROS: Final[Mapping[str, Value]] = {"count": 0, "yes_no": False}

Status = Literal["accepted", "superseded", "rejected", "ignored"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a unit entered for one field.

    Attributes:
        text: As it was typed; "" where the field was left blank.
        value: What it means; None where it is blank or could not be read.
        place: Sheet and cell, as `附件3!D6`.
        approximate: Whether the unit wrote it as an approximation (约300人).
        decided: Whether the coordinator decided the value (人工认定); `text` is still what the unit typed.
    """

    text: str
    value: Value | None
    place: str
    approximate: bool = False
    decided: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing was entered and nothing decided; something that could not be read is not blank."""
        return self.text == "" and not self.decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One form that one unit sent in (报送).

    Attributes:
        path: The file, relative to the folder of submissions, with `/`; `file.xlsx#sheet` where a file holds several.
        kind: What the file is where it can hold no form (`pdf`, `picture`, `archive`); "" for all others.
        form: The form's key, or None where no form was recognised.
        stamp: The form's identity as written when it was made, or None where it was lost.
        entries: Every field that was found, by key, blank ones included.
        notes: The items' notes, by the item's key.
        evidence: What was entered as evidence, by the field's key.
        pictures: Digests of the pictures that stand at an item, by the item's key; "" for those beside the items.
        blanks_are_zero: Whether the unit declared that what it left blank did not take place.
        includes_children: Whether the unit declared that its figures include those of its sub-units; None where it
            declared nothing.
        modified: When the file was last changed, in seconds since 1970.
        status: What became of it.
        unit: The code of the unit it counts for; without a roster the name as written; None where nobody knows.
        covers: The codes of all units it reports for, where it is a joint report (合报); else empty.
        round: The key of the round it belongs to; "" where nothing tells.
    """

    path: str
    kind: str = ""
    form: str | None = None
    stamp: Stamp | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blanks_are_zero: bool = False
    includes_children: bool | None = None
    modified: float = 0.0
    findings: tuple[Finding, ...] = ()
    status: Status = "accepted"
    unit: str | None = None
    covers: tuple[str, ...] = ()
    round: str = ""

    def usable(self, asked: Field) -> Value | None:
        """What counts for a field: its value, a declared zero for a blank, None for what could not be read.

        A field that was not found at all is no blank that was left empty.
        """
        entry = self.entries.get(asked.key)
        if entry is None:
            return None
        if entry.blank:
            return _ZEROS.get(asked.type or "") if self.blanks_are_zero else None
        # To Python True is an int, but a tick is no number of people.
        if asked.type == "count" and (isinstance(entry.value, bool) or not isinstance(entry.value, int)):
            return None
        return None if asked.type == "yes_no" and not isinstance(entry.value, bool) else entry.value

    def units_behind(self, asked: Field) -> int:
        """How many units a yes stands for: more than one in the totals of many units (`Stamp.yes`)."""
        entry = self.entries.get(asked.key)
        if entry is None or entry.value is not True:
            return 0
        return dict(self.stamp.yes).get(asked.key, 1) if self.stamp and not entry.decided else 1
