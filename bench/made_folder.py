"""Folders of filled-in forms to measure with: as many units as one likes, a form each."""

import hashlib
import io
import random
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree
from openpyxl import load_workbook

from anquanyue import __version__
from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Form, Unit
from anquanyue.writing.package import put_member, take_member
from anquanyue.writing.stamp import Stamp
from anquanyue.writing.workbook import form_workbook

SUBMISSIONS: Final = "submissions"
ROSTER: Final = "units.csv"

_MEMBER: Final = "xl/worksheets/sheet1.xml"
_HEAD: Final = {"contact": "甲样例", "phone": "0519-00000001", "date": "2022-06-27"}
_GROUP: Final = "office"
"""Of units that owe 附件3 and no 附件2, so that nothing is missing."""

_MISTAKES: Final = {7: "约30", 17: ""}
"""What every 7th and every 17th unit writes as its first figure, so that there is something to find."""


def units(number: int) -> list[Unit]:
    """So many invented units."""
    return [Unit(code=f"u{count:05}", name=f"第{count}样例企业") for count in range(1, number + 1)]


def write_roster(path: Path, listed: list[Unit], group: str = "") -> None:
    """Write the list of units, of a group or of none."""
    lines = (f"{unit.code},{unit.name},{group}" for unit in listed)
    path.write_text("\n".join(("code,name,group", *lines)), encoding="utf-8")


def made_folder(number: int) -> Path:
    """A working folder with a list of so many units and a filled-in 附件3 of each; it is kept for the next time."""
    campaign = load_campaign(None, Path())
    form = next(form for form in campaign.forms if form.items)
    original = _Original.of(form_workbook(campaign, form, Unit(code="u", name="样例")))
    maker = hashlib.sha256(original.others + original.sheet + Path(__file__).read_bytes()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / "anquanyue-bench" / f"{number}-{__version__}-{maker}"
    if (folder / ROSTER).exists():
        return folder
    submissions = folder / SUBMISSIONS
    submissions.mkdir(parents=True, exist_ok=True)
    drawn, listed = random.Random(number), units(number)  # noqa: S311
    for count, unit in enumerate(listed, 1):
        values = {form.unit_field.key: unit.name, **_HEAD, **_figures(form, drawn)}
        for every, mistake in _MISTAKES.items():
            if count % every == 0:
                values[form.reported_fields[0].key] = mistake
        workbook = original.filled(str(Stamp.of(campaign, form, unit)), values)
        (submissions / f"{unit.name}.xlsx").write_bytes(workbook)
    # The last, because it tells the next time that all are there.
    write_roster(folder / ROSTER, listed, _GROUP)
    return folder


def _figures(form: Form, drawn: random.Random) -> dict[str, object]:
    """Something for every figure, and its evidence: yes, few activities, many people."""
    people = {pair.fields[1] for pair in form.pairs}
    written: dict[str, object] = {}
    for field in form.reported_fields:
        if field.blank.options:
            written[field.key] = field.blank.options[0]
        else:
            written[field.key] = drawn.randint(21, 400) if field.key in people else drawn.randint(1, 20)
        if field.evidence:
            written[field.evidence_key] = f"https://news.example.com/{drawn.randint(1, 10**12)}"
    return written


@dataclass(frozen=True, slots=True)
class _Original:
    """A blank workbook: the archive without the sheet to fill in, that sheet, and the address of each entry by key."""

    others: bytes
    sheet: bytes
    entries: Mapping[str, str]

    @classmethod
    def of(cls, workbook: bytes) -> "_Original":
        names = load_workbook(io.BytesIO(workbook)).defined_names
        entries = {key: str(name.attr_text).rpartition("!")[2].replace("$", "") for key, name in names.items()}
        return cls(*take_member(workbook, _MEMBER), entries)

    def filled(self, stamp: str, values: Mapping[str, object]) -> bytes:
        """The workbook with the values in it, as openpyxl would write them."""
        written = {self.entries[key]: value for key, value in values.items()} | {"A1": stamp}

        def fill(cell: re.Match[bytes]) -> bytes:
            value = written.get(cell["address"].decode())
            return cell[0] if value is None else _cell(cell["head"], value)

        sheet = re.sub(rb'(?P<head><c r="(?P<address>\w+)" s="\d+")[^>]*>(?:(?!</c>).)*</c>', fill, self.sheet)
        return put_member(self.others, _MEMBER, sheet)


def _cell(head: bytes, value: object) -> bytes:
    if isinstance(value, int):
        return head + b' t="n"><v>%d</v></c>' % value
    text = etree.Element("t")
    text.text = str(value)
    return head + b' t="inlineStr"><is>' + etree.tostring(text) + b"</is></c>" if value else head + b' t="n"></c>'
