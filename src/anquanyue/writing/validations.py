"""What a spreadsheet program says and refuses while a cell is being filled in."""

import datetime
from dataclasses import dataclass
from typing import Final, Literal

from openpyxl.worksheet.datavalidation import DataValidation

from anquanyue.campaign.model import LARGEST_COUNT, Campaign, Field
from anquanyue.writing.formulas import text_literal

MAX_TITLE: Final = 32
MAX_PROMPT: Final = 255
MAX_ERROR: Final = 224
"""Excel takes a file with longer texts for damaged."""

_MAX_LIST: Final = 255
_MAX_LINE: Final = 500
_DAYS_BEFORE: Final = datetime.timedelta(days=60)
_DAYS_AFTER: Final = datetime.timedelta(days=180)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A validation without its prompt; `hint` tells what belongs in the cell."""

    type: Literal["whole", "list", "date", "custom", "textLength"]
    formula1: str
    hint: str
    formula2: str | None = None
    operator: Literal["between", "lessThanOrEqual"] | None = None
    warning: bool = False


def field_validation(campaign: Campaign, field: Field, cell: str) -> DataValidation:
    """The validation of the field's entry at `cell`."""
    return _validation(field.label or field.blank.words, field.guidance, _rule(campaign, field, cell), cell)


def text_validation(title: str, hint: str, cell: str, longest: int = 2000) -> DataValidation:
    """The validation of a place for free text."""
    return _validation(title, hint, _Rule("textLength", str(longest), "", operator="lessThanOrEqual"), cell)


def list_validation(title: str, hint: str, options: tuple[str, ...], cell: str) -> DataValidation:
    """The validation of a cell for one of `options`."""
    return _validation(title, hint, _list_rule(options, cell), cell)


def _validation(title: str, guidance: str, rule: _Rule, cell: str) -> DataValidation:
    prompt = "\n".join(part for part in (guidance, rule.hint) if part)
    validation = DataValidation(
        type=rule.type,
        operator=rule.operator,
        formula1=rule.formula1,
        formula2=rule.formula2,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=_cut(title, MAX_TITLE),
        prompt=_cut(prompt or "请填写。", MAX_PROMPT),
        errorStyle="warning" if rule.warning else "stop",
        errorTitle="请核对" if rule.warning else "填写有误",
        error=_cut(rule.hint or f"请不要超过{rule.formula1}个字。", MAX_ERROR),
    )
    validation.add(cell)
    return validation


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _rule(campaign: Campaign, field: Field, cell: str) -> _Rule:
    match field.type:
        case "count":
            hint = "请填0或正整数，只写数字" + (f"，不写“{field.unit}”。" if field.unit else "。")
            return _Rule("whole", "0", hint, str(LARGEST_COUNT), "between")
        case "yes_no" | "choice":
            return _list_rule(field.blank.options, cell)
        case "date":
            first, last = campaign.start - _DAYS_BEFORE, campaign.end + _DAYS_AFTER
            hint = f"请填日期，如{campaign.end:%Y-%m-%d}，应在{first:%Y-%m-%d}至{last:%Y-%m-%d}之间。"
            return _Rule("date", _date(first), hint, _date(last), "between")
        case "telephone":
            digits = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"-","")," ",""),"+","")'
            hint = "请填电话号码：区号-号码，或11位手机号码。"
            return _Rule("custom", f"AND(LEN({digits})>=7,ISNUMBER(-LEFT({digits},7)))", hint, warning=True)
        case "mobile":
            formula = f'AND(LEN({cell})=11,LEFT({cell},1)="1",ISNUMBER(-{cell}))'
            return _Rule("custom", formula, "请填11位手机号码，只写数字。", warning=True)
        case "digits":
            return _Rule("custom", f"AND(LEN({cell})<=20,ISNUMBER(-{cell}))", "请只写数字。", warning=True)
        case "email":
            formula = (
                f'AND(ISNUMBER(FIND("@",{cell})),ISNUMBER(FIND(".",{cell},FIND("@",{cell}))),ISERROR(FIND(" ",{cell})))'
            )
            return _Rule("custom", formula, "请填电子邮箱，如name@example.com。", warning=True)
        case _:
            return _Rule("textLength", str(_MAX_LINE), "", operator="lessThanOrEqual")


def _list_rule(options: tuple[str, ...], cell: str) -> _Rule:
    hint = f"请在下拉列表中选择：{'、'.join(options)}。"
    joined = ",".join(options)
    if len(joined) + 2 <= _MAX_LIST and not any("," in option or '"' in option for option in options):
        return _Rule("list", f'"{joined}"', hint)
    # Too long for a list in the validation itself: without the arrow, but still only these.
    return _Rule("custom", "OR(" + ",".join(f"{cell}={text_literal(option)}" for option in options) + ")", hint)


def _date(date: datetime.date) -> str:
    return f"DATE({date.year},{date.month},{date.day})"
