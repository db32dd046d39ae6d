"""待办.xlsx: what only the coordinator can settle, with cells for the answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from anquanyue.campaign.model import LARGEST_COUNT, Campaign, Roster
from anquanyue.reporting.finding_words import UNIT_UNKNOWN
from anquanyue.todo import Answer, Stake, Task
from anquanyue.todo_answers import ANSWERED, KEYS, SHOWN, Answered, key_of, keys
from anquanyue.writing.guide_sheet import write_guide_sheet
from anquanyue.writing.package import workbook_bytes
from anquanyue.writing.stamp import DERIVED
from anquanyue.writing.styles import (
    FIRST,
    HEADING_FONT,
    INVITING,
    TITLE_FONT,
    Look,
    fit_row,
    protect,
    put,
    put_over,
    set_page,
    set_widths,
)

_WIDTHS: Final = (6, 17, 25, 12, 44, 15, 15, 9, 17, 19, 10, 12)
_COLUMNS: Final = {heading: column for column, heading in enumerate((*SHOWN, *ANSWERED, *KEYS), start=FIRST)}
_LAST: Final = FIRST + len(_WIDTHS) - 1
_HEAD: Final = 3

_TITLE: Final = Look(font=TITLE_FONT, size=20, horizontal="center")
_NOTE: Final = Look(size=10, color="FF595959")
_HEADER: Final = Look(font=HEADING_FONT, size=11, line="grey", horizontal="center", fill="FFDCE6F1")
_TEXT: Final = Look(size=10, line="grey")
_CENTRED: Final = Look(size=10, line="grey", horizontal="center")
_GRAVE: Final = Look(size=10, line="grey", color="FFC00000")
_ENTRY: Final = Look(size=10.5, line="grey", fill=INVITING, entry=True)
_ANSWER: Final = Look(size=10.5, line="grey", fill=INVITING, entry=True, horizontal="center", bold=True)
_LOOKS: Final = {"答复": _ANSWER}
_UNITS_SHEET: Final = "单位名单"

_TAKEN: Final[Mapping[Stake, str]] = {
    "out": "采用：照样计入",
    "doubted": "采用：没错",
    "value-out": "采用：不计这个数",
    "value-doubted": "采用：就按这个数",
}
_TAKEN_OF: Final = {
    "form-twice": "采用：这份算，另一份选剔除",
    "superseded-by-partial": "采用：以新的为准",
    "superseded-by-folder": "采用：以另一份为准",
    "children-undeclared": "采用：只计上级的",
    "unit-disagrees": "采用：是表中所写单位的",
    "correction-remark": "采用：不用改（要改哪个数，另用 anquanyue decide --new）",
    "figures-unclaimed": "采用：不计这些数（要计入哪个指标，另用 anquanyue decide --new）",
}
"""Where 采用 means something else."""

_EITHER: Final = "剔除：填写值栏选不算的那一份"
_MEANINGS: Final[Mapping[Answer, str]] = {
    "改值": "改值：填写值栏写核实后的值",
    "认单位": "认单位：填写值栏写单位名称",
    "剔除": "剔除：这份不算",
}

GUIDE: Final = """# 怎样用这张表
这里列的是只有协调人能定的问题，对合计影响最大的排在最前。在黄色的格子里填写，其他格子不用动。
填好后保存，在放这张表的文件夹里运行 anquanyue decide 待办.xlsx，答复就写进 decisions.csv，以后每次检查和汇总都会用上。
暂时定不了的留空，下次再填。同一张表可以运行多次，已经写进去的不会重复。任何一行填得不对，就一行也不写，并说明是哪一行。
再次运行 anquanyue validate --todo 时，已经解决的不再列出，还没写进 decisions.csv 的答复会保留。

# 各列怎么填
| 列 |  | 填什么
| 答复 | 必填 | 在下拉列表中选一个；每一行能选哪些，写在“问题”栏的末尾
| 填写值 |  | 改值时写核实后的值；认单位时写单位的名称或编码；两份里剔除一份时选不算的那一份；其他情况留空
| 说明 | 必填 | 为什么这样定，如“6月30日电话核实”
| 认定人 | 必填 | 谁定的
| 日期 |  | 哪一天定的，如2022-6-30；留空就是运行命令的当天

# 各种答复是什么意思
| 答复 |  | 后果
| 采用 |  | 就按现在这样，不再算问题。未计入的文件从此计入；按推断、约数计入的照旧计入；只计上级的，下级的数仍不另计
| 改值 |  | 以填写值代替报来的值。单位以后报来别的值时，会提示这条认定已经不合
| 认单位 |  | 这份表是填写值所写单位的。名称不在名单里的，以后凡写这个名称的都是这个单位；写错单位的，只改这一份
| 剔除 |  | 这份文件不算。同一单位报了两份、分不清先后的，剔除一份，另一份就计入
"""


def todo_workbook(
    tasks: Sequence[Task],
    campaign: Campaign,
    roster: Roster | None,
    answered: Mapping[tuple[str, ...], Answered],
) -> bytes:
    """The tasks in their order, a row each, then a sheet that explains.

    Args:
        tasks: What is to be settled.
        campaign: Which they belong to.
        roster: For the units' names, of which one can be chosen.
        answered: Answers given before, by their task's keys, which are kept.
    """
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "待办"
    put(sheet, 1, 1, DERIVED, Look())
    set_widths(sheet, _WIDTHS)
    put_over(sheet, (1, 1), (FIRST, _LAST), f"{campaign.title}待办事项", _TITLE)
    note = (
        "在黄色格子里填写答复，保存后运行 anquanyue decide 待办.xlsx；怎样填见“说明”表。"
        if tasks
        else "没有需要协调人认定的问题。"
    )
    put_over(sheet, (2, 2), (FIRST, _LAST), f"共{len(tasks)}项。{note}", _NOTE)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 36, 22
    for heading, column in _COLUMNS.items():
        put(sheet, _HEAD, column, heading, _HEADER if column <= _LAST else Look())
    sheet.row_dimensions[_HEAD].height = 24
    for key in KEYS:
        sheet.column_dimensions[get_column_letter(_COLUMNS[key])].hidden = True
    names = {unit.code: unit.name for unit in roster.units} if roster else {}
    for number, task in enumerate(tasks, start=1):
        _write_task(sheet, number, task, names, answered.get(key_of(task)))
    last = _HEAD + len(tasks)
    _validate(sheet, tasks, roster)
    sheet.freeze_panes = f"D{_HEAD + 1}"
    if tasks:
        sheet.auto_filter.ref = f"B{_HEAD}:{get_column_letter(_LAST)}{last}"
    set_page(sheet, landscape=True, last_row=last, last_column=_LAST, repeated=f"{_HEAD}:{_HEAD}")
    protect(sheet)
    sheet.protection.autoFilter = False  # which allows it
    guide = workbook.create_sheet("说明")
    write_guide_sheet(guide, GUIDE)
    if roster:
        _add_units(workbook, roster)
    return workbook_bytes(workbook)


def _write_task(sheet: Worksheet, number: int, task: Task, names: Mapping[str, str], answer: Answered | None) -> None:
    finding, row = task.finding, _HEAD + number
    texts = {
        "序号": str(number),
        "单位": names.get(finding.unit or "", finding.unit or UNIT_UNKNOWN),
        "文件": finding.path or "",
        "位置": finding.place or "",
        "问题": f"{finding.message('zh')}\n可答：{'；'.join(_meanings(task))}",
        "原值": task.old or ("（空白）" if task.asked else ""),
        "影响": task.effect,
    }
    for heading, text in texts.items():
        look = _CENTRED if heading == "序号" else _GRAVE if heading == "影响" and task.stake == "out" else _TEXT
        put(sheet, row, _COLUMNS[heading], text, look)
    sheet.cell(row, _COLUMNS["序号"]).value = number
    for heading in ANSWERED:
        put(sheet, row, _COLUMNS[heading], answer.texts[heading] if answer else "", _LOOKS.get(heading, _ENTRY))
    for key, text in keys(task).items():
        put(sheet, row, _COLUMNS[key], text, Look(number_format="@"))
    sized = tuple((text, (_COLUMNS[heading], _COLUMNS[heading])) for heading, text in texts.items())
    fit_row(sheet, row, sized, _TEXT.size, 30)


def _meanings(task: Task) -> Iterator[str]:
    for answer in task.answers:
        if answer == "采用":
            yield _TAKEN_OF.get(task.finding.code, _TAKEN[task.stake])
        else:
            yield _EITHER if task.other and answer == "剔除" else _MEANINGS[answer]


def _validate(sheet: Worksheet, tasks: Iterable[Task], roster: Roster | None) -> None:
    """Lists and limits for the answers; rows with the same one share it."""
    validations: dict[tuple[str, ...], DataValidation] = {}
    for row, task in enumerate(tasks, start=_HEAD + 1):
        joined = f'"{",".join(task.answers)}"'
        answer = validations.setdefault(
            ("答复", *task.answers),
            _validation("list", joined, "答复", f"请选：{'、'.join(task.answers)}。暂时定不了的留空。"),
        )
        answer.add(f"{get_column_letter(_COLUMNS['答复'])}{row}")
        rule = _value_rule(task, row, roster)
        value = validations.setdefault(("填写值", *map(str, rule)), _validation(*rule))
        value.add(f"{get_column_letter(_COLUMNS['填写值'])}{row}")
    for validation in validations.values():
        sheet.add_data_validation(validation)


Kind = Literal["list", "whole", "custom"]
Rule = tuple[Kind, str, str, str]


def _value_rule(task: Task, row: int, roster: Roster | None) -> Rule:
    """The validation of the value's cell."""
    if task.other:
        first, second = (get_column_letter(_COLUMNS[key]) for key in ("file", "other"))
        return "list", f"${first}${row}:${second}${row}", "填写值", "请选不算的那一份。"
    if task.asked is None:
        if "认单位" not in task.answers:
            return "custom", "TRUE", "填写值", "这一行不用填。"
        if roster:
            units = f"{quote_sheetname(_UNITS_SHEET)}!$B$2:$B${len(roster.units) + 1}"
            return "list", units, "填写值", "答复选“认单位”时，选或写单位的名称。"
        return "custom", "TRUE", "填写值", "答复选“认单位”时，写单位的名称。"
    if task.asked.type in ("yes_no", "choice"):
        return "list", f'"{",".join(task.asked.blank.options)}"', "填写值", "答复选“改值”时，选核实后的值。"
    if task.asked.type == "count":
        return "whole", "0", "填写值", "答复选“改值”时，写核实后的数：0或正整数，只写数字。"
    return "custom", "TRUE", "填写值", "答复选“改值”时，写核实后的值；日期如2022-6-28。"


def _validation(kind: Kind, formula: str, title: str, prompt: str) -> DataValidation:
    return DataValidation(
        type=kind,
        operator="between" if kind == "whole" else None,
        formula1=formula,
        formula2=str(LARGEST_COUNT) if kind == "whole" else None,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        # A name that is not in the list may be an alias: decide checks everything again.
        errorStyle="stop" if title == "答复" else "warning",
        promptTitle=title,
        prompt=prompt,
        errorTitle="请核对",
        error=prompt,
    )


def _add_units(workbook: Workbook, roster: Roster) -> None:
    """The names of which one is chosen, on a sheet that nobody needs to see."""
    sheet = workbook.create_sheet(_UNITS_SHEET)
    sheet.sheet_state = "hidden"
    put(sheet, 1, 1, DERIVED, Look())
    put(sheet, 1, FIRST, "单位", _HEADER)
    for row, unit in enumerate(roster.units, start=2):
        put(sheet, row, FIRST, unit.name, _TEXT)
