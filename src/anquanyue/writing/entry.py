"""One cell to fill in: unlocked, named, validated, inviting."""

import datetime
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import FormulaRule
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
_CUSTOM: Final = {
    "telephone": (f"AND(LEN({{cell}})>=7,ISNUMBER(--{_DIGITS_ONLY}))", "请填写电话号码，如0519-12345678。", "warning"),
    "mobile": ('AND(LEN({cell})=11,LEFT({cell},1)="1",ISNUMBER(--{cell}))', "请填写11位手机号码。", "warning"),
    "digits": ("AND(LEN({cell})>=5,ISNUMBER(--{cell}))", "只能填写数字。", "warning"),
    "email": (
        'AND(ISNUMBER(FIND("@",{cell})),ISNUMBER(FIND(".",{cell})))',
        "请填写邮箱地址，如name@example.com。",
        "warning",
    ),
}


def make_entry(cell: Cell, key: str) -> None:
    """Make `cell` one to fill in and give it the name `key`."""
    sheet: Worksheet = cell.parent
    cell.protection, cell.fill, cell.font, cell.border, cell.alignment = UNLOCKED, TO_FILL_IN, ENTRY_FONT, GRID, LEFT
    title = sheet.title.replace("'", "''")
    sheet.parent.defined_names[key] = DefinedName(key, attr_text=f"'{title}'!${cell.column_letter}${cell.row}")
    sheet.conditional_formatting.add(
        cell.coordinate, FormulaRule(formula=[f"LEN(TRIM({cell.coordinate}))>0"], fill=FILLED_IN)
    )


def write_entry(cell: Cell, value: object) -> None:
    """Write a value that a unit entered; a text stays a text."""
    if isinstance(value, bool):
        raise TypeError("a yes/no is written as one of its options")
    if isinstance(value, int | float | datetime.date):
        cell.value = value
    elif value is not None:
        write_text(cell, str(value))


def format_entry(cell: Cell, field: Field, campaign: Campaign) -> None:
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
        cell.parent.add_data_validation(validation)
        validation.add(cell)


def _validation(cell: Cell, field: Field, campaign: Campaign) -> DataValidation | None:
    style = "stop"
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
        formula, error, style = _CUSTOM[field.type]
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
