"""One cell to fill in: unlocked, named, validated, inviting."""

import datetime
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import Campaign, Field
from anquanyue.writing.cells import write_text
from anquanyue.writing.styles import ENTRY_FONT, FILLED_IN, GRID, LEFT, TO_FILL_IN, UNLOCKED

MOST: Final = 99_999_999
"""The largest count that a cell takes."""

PROMPT_LENGTH: Final = 255
ERROR_LENGTH: Final = 224
TITLE_LENGTH: Final = 32
"""Excel's limits, which openpyxl does not check."""

_DIGITS_ONLY: Final = 'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"-","")," ",""),"(",""),")","")'
_CUSTOM: Final[dict[str, tuple[str, str]]] = {
    "telephone": (f"AND(LEN({{cell}})>=7,ISNUMBER(--{_DIGITS_ONLY}))", "请填写电话号码，如0519-12345678。"),
    "mobile": ('AND(LEN({cell})=11,LEFT({cell},1)="1",ISNUMBER(--{cell}))', "请填写11位手机号码。"),
    "digits": ("AND(LEN({cell})>=5,ISNUMBER(--{cell}))", "只能填写数字。"),
    "email": ('ISNUMBER(FIND(".",{cell},FIND("@",{cell})))', "请填写邮箱地址，如name@example.com。"),
}
"""By type of field: a formula over its cell, and what to say where it is false; people may insist."""


def make_entry(sheet: Worksheet, cell: Cell, key: str) -> None:
    """Make `cell` one to fill in and give it the name `key`."""
    cell.protection, cell.fill, cell.font, cell.border, cell.alignment = UNLOCKED, TO_FILL_IN, ENTRY_FONT, GRID, LEFT
    title = sheet.title.replace("'", "''")
    workbook: Workbook = sheet.parent  # type: ignore[assignment]  # the stubs allow a sheet without one
    workbook.defined_names[key] = DefinedName(key, attr_text=f"'{title}'!${cell.column_letter}${cell.row}")
    add_rule(sheet, cell.coordinate, f"LEN(TRIM({cell.coordinate}))>0", FILLED_IN)


def add_rule(sheet: Worksheet, reference: str, formula: str, fill: PatternFill) -> None:
    """Paint a cell with `fill` while `formula` is true."""
    rule = FormulaRule(formula=[formula], fill=fill)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(reference, rule)


def write_entry(cell: Cell, value: object) -> None:
    """Write a value that a unit entered; a text stays a text."""
    if isinstance(value, bool):
        raise TypeError("a yes/no is written as one of its options")
    if isinstance(value, int | float | datetime.date):
        cell.value = value
    elif value is not None:
        write_text(cell, str(value))


def format_entry(sheet: Worksheet, cell: Cell, field: Field, campaign: Campaign) -> None:
    """Number format and validation for what the field may hold."""
    if field.type == "date":
        cell.number_format = 'yyyy"年"m"月"d"日"'
    elif field.type == "count":
        cell.number_format = "0"
    else:
        # Telephone and QQ numbers would lose digits as numbers.
        cell.number_format = "@"
    validation = _validation(cell, field, campaign)
    if validation:
        sheet.add_data_validation(validation)
        validation.add(cell)


def _validation(cell: Cell, field: Field, campaign: Campaign) -> DataValidation | None:
    style: Literal["stop", "warning"] = "stop"
    if field.type == "count":
        validation = DataValidation("whole", operator="between", formula1="0", formula2=str(MOST))
        error = "只能填写0或正整数，不要写“约”“余”“万”和单位。没有开展的填0。"
    elif field.blank.options:
        validation = DataValidation("list", formula1='"' + ",".join(field.blank.options) + '"')
        error = f"请选择：{'、'.join(field.blank.options)}。"
    elif field.type == "date":
        first = campaign.start - datetime.timedelta(days=60)
        last = campaign.end + datetime.timedelta(days=180)
        validation = DataValidation("date", operator="between", formula1=_date(first), formula2=_date(last))
        error = f"请填写{first:%Y-%m-%d}至{last:%Y-%m-%d}之间的日期，如{campaign.end:%Y-%m-%d}。"
    elif field.type in _CUSTOM:
        formula, error = _CUSTOM[field.type]
        style = "warning"
        validation = DataValidation("custom", formula1=formula.format(cell=cell.coordinate))
    elif field.guidance:
        validation, error = DataValidation(), ""
    else:
        return None
    validation.allow_blank = True
    validation.showErrorMessage, validation.errorStyle = bool(error), style
    validation.errorTitle, validation.error = "请检查", error[:ERROR_LENGTH] or None
    prompt = field.guidance or error
    validation.showInputMessage = bool(prompt)
    validation.promptTitle, validation.prompt = _shorten(field.label, TITLE_LENGTH), _shorten(prompt, PROMPT_LENGTH)
    return validation


def _date(date: datetime.date) -> str:
    return f"DATE({date.year},{date.month},{date.day})"


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
