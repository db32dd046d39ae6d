"""The cells to fill in: named, unlocked, inviting, checked while they are being filled in."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Campaign, Field, Form
from anquanyue.writing.cells import write_text
from anquanyue.writing.formulas import YES
from anquanyue.writing.styles import DOUBTFUL, FILLED, INVITING, SETTLED, WRONG, Look, put_over
from anquanyue.writing.validations import field_validation

_DATE_FORMAT: Final = 'yyyy"年"m"月"d"日"'
_TEXT_FORMAT: Final = "@"


@dataclass(frozen=True, slots=True)
class EntryWriter:
    """Writes the entries of one sheet and remembers where they are.

    Attributes:
        look: What all entries of the sheet have in common.
        places: The absolute address of each entry by its name.
    """

    campaign: Campaign
    form: Form
    sheet: Worksheet
    values: Mapping[str, object]
    look: Look
    places: dict[str, str] = field(default_factory=dict)

    def entry(self, asked: Field, row: int, columns: tuple[int, int]) -> None:
        """Write the entry of a field."""
        look = self.look
        if asked.type == "count":
            look = replace(look, number_format="0", horizontal="center")
        elif asked.type == "date":
            look = replace(look, number_format=_DATE_FORMAT, horizontal="center")
        else:
            horizontal = "center" if asked.blank.options else look.horizontal
            look = replace(look, number_format=_TEXT_FORMAT, horizontal=horizontal)
        cell = _address(row, columns[0])
        self.write(asked.key, row, columns, look, field_validation(self.campaign, asked, cell), asked.blank.options)

    def write(
        self,
        name: str,
        row: int,
        columns: tuple[int, int],
        look: Look,
        validation: DataValidation,
        options: tuple[str, ...] = (),
    ) -> None:
        """Write the entry of that name, in a row and from the first to the last of `columns`."""
        cell = put_over(self.sheet, (row, row), columns, "", replace(look, entry=True, fill=INVITING))
        value = self.values.get(name)
        if isinstance(value, bool):
            value = (options or (YES, ""))[0 if value else 1]
        if isinstance(value, int | float | datetime.date):
            cell.value = value
            cell.number_format = look.number_format if look.number_format != _TEXT_FORMAT else "General"
        elif value is not None and value != "":
            write_text(cell, str(value))
        self.sheet.add_data_validation(validation)
        place = f"${get_column_letter(columns[0])}${row}"
        workbook = self.sheet.parent
        assert workbook is not None  # noqa: S101
        quoted = self.sheet.title.replace("'", "''")
        workbook.defined_names[name] = DefinedName(name, attr_text=f"'{quoted}'!{place}")
        self.places[name] = place

    def add_formats(self, zero_box: str | None = None) -> None:
        """Colour what contradicts itself, what is filled in and, once the zero box is ticked, what needs nothing."""
        for pair in self.form.pairs:
            first, second = (self.places[key] for key in pair.fields)
            formula = f"(N({first})>0)<>(N({second})>0)"
            for place in (first, second):
                self._colour(place, formula, WRONG if pair.severity == "error" else DOUBTFUL)
        for name, place in self.places.items():
            counted = any(each.key == name and each.type == "count" for each in self.form.fields)
            if counted:
                self._colour(place, f"AND(NOT(ISBLANK({place})),NOT(ISNUMBER({place})))", WRONG)
            self._colour(place, f"NOT(ISBLANK({place}))", DifferentialStyle(fill=FILLED))
            if counted and zero_box:
                self._colour(place, f'{self.places[zero_box]}="{YES}"', DifferentialStyle(fill=SETTLED))

    def _colour(self, place: str, formula: str, style: DifferentialStyle) -> None:
        rule: Rule = FormulaRule(formula=[formula], stopIfTrue=True)  # type: ignore[no-untyped-call]
        rule.dxf = style
        self.sheet.conditional_formatting.add(place.replace("$", ""), rule)


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"
