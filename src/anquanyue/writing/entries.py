"""The cells to fill in: named, unlocked, inviting, checked while they are being filled in."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Campaign, Field, Form
from anquanyue.writing.cells import write_text
from anquanyue.writing.checks import is_error, is_half, is_no_count, is_no_option, is_still, is_text_number
from anquanyue.writing.comments import STYLES, put_marks
from anquanyue.writing.formulas import YES, is_ticked
from anquanyue.writing.marks import Mark, Returned
from anquanyue.writing.styles import DOUBTFUL, FILLED, INVITING, SETTLED, WRONG, Look, put_over
from anquanyue.writing.validations import field_validation

_DATE_FORMAT: Final = 'yyyy"年"m"月"d"日"'
_TEXT_FORMAT: Final = "@"


@dataclass(frozen=True, slots=True)
class EntryWriter:
    """Writes the entries of one sheet and remembers where they are.

    Attributes:
        look: What all entries of the sheet have in common.
        filled: The background of what is filled in.
        returned: What is marked, in a form that goes back to its unit.
        places: The absolute address of each entry by its name.
        options: What can be chosen, by the name of the entry.
    """

    campaign: Campaign
    form: Form
    sheet: Worksheet
    values: Mapping[str, object]
    look: Look
    filled: PatternFill = FILLED
    returned: Returned | None = None
    places: dict[str, str] = field(default_factory=dict)
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def entry(self, asked: Field, row: int, columns: tuple[int, int]) -> None:
        """Write the entry of a field."""
        look = self.look
        if asked.type == "count":
            # As it is typed: 2.5 is not to show as 3, nor 12/3 as the number of a day.
            look = replace(look, number_format="General", horizontal="center")
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
        put_marks(cell, self._marks(name))
        self.sheet.add_data_validation(validation)
        place = f"${get_column_letter(columns[0])}${row}"
        workbook = self.sheet.parent
        assert workbook is not None  # noqa: S101
        quoted = self.sheet.title.replace("'", "''")
        workbook.defined_names[name] = DefinedName(name, attr_text=f"'{quoted}'!{place}")
        self.places[name] = place
        self.options[name] = options

    def shown(self, name: str) -> str:
        """What is filled in already in the entry of that name, about as wide as it shows."""
        value = self.values.get(name)
        if isinstance(value, datetime.date):
            return f"{value.year}年{value.month}月{value.day}日"
        return "" if value is None or isinstance(value, bool) else str(value)

    def unchanged(self, name: str) -> str | None:
        """The condition that a marked entry still holds what was sent; None where nothing is marked or was sent."""
        value = self.sheet[self.places[name].replace("$", "")].value
        marks = [mark for mark in self._marks(name) if mark.severity in STYLES]
        return is_still(self.places[name], value) if marks and value is not None else None

    def _marks(self, name: str) -> tuple[Mark, ...]:
        return self.returned.at(name) if self.returned else ()

    def add_formats(self, zero_box: str | None = None) -> None:
        """Colour what is wrong or contradicts itself, what is filled in, and what needs nothing: the box is ticked.

        What is marked keeps the colour of its mark until it is changed.
        """
        for name, place in self.places.items():
            if condition := self.unchanged(name):
                self._colour(place, condition, STYLES[self._marks(name)[0].severity])
        types = {each.key: each.type for each in self.form.fields}
        for name, place in self.places.items():
            self._colour(place, is_error(place), WRONG)
            if types.get(name) == "count":
                self._colour(place, is_text_number(place), DOUBTFUL)
                self._colour(place, is_no_count(place), WRONG)
            elif options := self.options[name]:
                self._colour(place, is_no_option(place, options), WRONG)
        for pair in self.form.pairs:
            first, second = (self.places[key] for key in pair.fields)
            formula = f"OR({is_half(first, second)},{is_half(second, first)})"
            for place in (first, second):
                self._colour(place, formula, WRONG if pair.severity == "error" else DOUBTFUL)
        for name, place in self.places.items():
            self._colour(place, f"NOT(ISBLANK({place}))", DifferentialStyle(fill=self.filled))
            if zero_box and types.get(name) in ("count", "yes_no"):
                self._colour(place, is_ticked(self.places[zero_box]), DifferentialStyle(fill=SETTLED))

    def _colour(self, place: str, formula: str, style: DifferentialStyle) -> None:
        rule: Rule = FormulaRule(formula=[formula], stopIfTrue=True)  # type: ignore[no-untyped-call]
        rule.dxf = style
        self.sheet.conditional_formatting.add(place.replace("$", ""), rule)


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"
