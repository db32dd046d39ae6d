"""The blank workbooks of many units: each kind is built once, and copied with each unit's name and code.

What else may differ between the workbooks of two units is what makes them of two kinds; see `_Kind`.
"""

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple

from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.templating import renderer
from anquanyue.writing import guide_sheet, official_sheet
from anquanyue.writing.cells import is_formula_like, plain
from anquanyue.writing.package import put_member, take_member
from anquanyue.writing.stamp import Stamp
from anquanyue.writing.styles import cell_at, width_of
from anquanyue.writing.text_size import row_height
from anquanyue.writing.workbook import form_workbook

_MEMBER: Final = "xl/worksheets/sheet1.xml"
"""The sheet to fill in, the only one that says a unit's name and code."""

_MOST_KINDS: Final = 100
"""So many originals are kept: where the user's template says the unit's name, each unit's workbook is a kind."""

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class _Entry:
    """The cell of the unit's name: where it is, how wide, and the size of its font."""

    address: str
    width: float
    size: float


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the workbooks of two units must have in common to differ in nothing but name and code.

    Attributes:
        guide: The text of the sheet that explains; it depends on the unit's group, or on what the user's template says.
        formula_like: Whether the name looks like a formula, which the style of its cell says.
        heights: Of the rows that show the name; page breaks follow from them.
    """

    form: str
    asks_children: bool
    guide: str
    formula_like: bool
    heights: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Original:
    """A built workbook: the archive without the sheet that differs, and that sheet around the code and the name."""

    others: bytes
    sheet: tuple[bytes, bytes, bytes]

    @classmethod
    def of(cls, workbook: bytes, address: str) -> "_Original":
        others, sheet = take_member(workbook, _MEMBER)
        before, behind = _text_place(sheet, "A1"), _text_place(sheet, address)
        return cls(others, (sheet[: before.start], sheet[before.stop : behind.start], sheet[behind.stop :]))

    def copy(self, stamp: str, name: str) -> bytes:
        """The workbook with another code and name."""
        before, between, behind = self.sheet
        return put_member(self.others, _MEMBER, b"".join((before, _text(stamp), between, _text(name), behind)))


class WorkbookCopies:
    """Makes the blank workbooks of a campaign, unit after unit."""

    def __init__(self, campaign: Campaign, working_folder: Path = Path()) -> None:
        self._campaign = campaign
        self._working_folder = working_folder
        self._fill_guide = renderer(guide_sheet.TEMPLATE, working_folder)
        self._entries: dict[tuple[str, bool], _Entry] = {}
        self._originals: dict[_Kind, _Original] = {}

    def workbook(self, form: Form, unit: Unit | None, *, asks_children: bool = False) -> bytes:
        """What `form_workbook` makes for the unit, or for everybody, but for the order of the archive's members.

        Raises:
            TemplateError: A template of the guide or the form's note is wrong.
        """
        if unit is None or not (name := plain(unit.name)):
            return self._build(form, unit, asks_children)
        entry = self._entry(form, unit, asks_children)
        kind = _Kind(
            form.key,
            asks_children,
            guide_sheet.guide_text(self._fill_guide, self._campaign, form, unit),
            is_formula_like(name),
            (
                row_height([(unit.name, entry.width)], entry.size),
                official_sheet.head_height(form, {form.unit_field.key: unit.name}),
            ),
        )
        original = self._originals.get(kind)
        if original is None:
            original = _Original.of(self._build(form, unit, asks_children), entry.address)
            if len(self._originals) == _MOST_KINDS:
                self._originals.clear()
            self._originals[kind] = original
        return original.copy(str(Stamp.of(self._campaign, form, unit)), name)

    def _build(self, form: Form, unit: Unit | None, asks_children: bool) -> bytes:
        return form_workbook(
            self._campaign, form, unit, working_folder=self._working_folder, asks_children=asks_children
        )

    def _entry(self, form: Form, unit: Unit, asks_children: bool) -> _Entry:
        """Where the unit's name stands, as in the workbooks of all others."""
        key = (form.key, asks_children)
        if key not in self._entries:
            workbook = load_workbook(io.BytesIO(self._build(form, unit, asks_children)))
            ((title, place),) = workbook.defined_names[form.unit_field.key].destinations
            sheet, address = workbook[title], place.replace("$", "")
            row, column = coordinate_to_tuple(address)
            last = max((each.max_col for each in sheet.merged_cells.ranges if address in each), default=column)
            width, size = width_of(sheet, (column, last)), cell_at(sheet, row, column).font.size
            self._entries[key] = _Entry(address, width, float(size))
        return self._entries[key]


def _text(text: str) -> bytes:
    """A cell's text as openpyxl writes it."""
    inline = etree.Element("is")
    inner = etree.SubElement(inline, "t")
    inner.text = text
    if text != text.strip():
        inner.set(_SPACE, "preserve")
    return bytes(etree.tostring(inline))


def _text_place(sheet: bytes, address: str) -> slice:
    """Where the text of that cell stands in the sheet."""
    found = re.search(rb'<c r="%s"[^>]*>(<is>.*?</is>)</c>' % address.encode(), sheet, re.DOTALL)
    assert found is not None  # noqa: S101
    return slice(*found.span(1))
