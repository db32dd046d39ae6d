"""待办.xlsx, filled in → decisions: each answer with what its row is about, without guessing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from anquanyue.campaign.model import Campaign, Roster
from anquanyue.decisions import Decision
from anquanyue.decisions_file import parse_decision, with_guard
from anquanyue.errors import DecisionsError
from anquanyue.language import gettext as _
from anquanyue.tables import parse_table, read_rows
from anquanyue.todo import Task, settling

SHOWN: Final = ("序号", "单位", "文件", "位置", "问题", "原值", "影响")
"""The headings of what a row tells."""

ANSWERED: Final = ("答复", "填写值", "说明", "认定人", "日期")
"""The headings of what the coordinator fills in."""

KEYS: Final = ("code", "file", "other", "unit", "form", "round", "field", "old", "anywhere")
"""The headings of the hidden columns, which say what an answer is about."""

_DEFAULTS: Final = {"说明": "reason", "认定人": "by", "日期": "when"}
"""What may be left blank where an option of the command says it for all."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of the workbook.

    Attributes:
        line: Where it stands, from 1.
        keys: What its hidden columns hold.
        texts: What the coordinator filled in, by heading.
    """

    line: int
    keys: Mapping[str, str]
    texts: Mapping[str, str]

    @property
    def blank(self) -> bool:
        """Whether nothing was answered."""
        return not (self.texts["答复"] or self.texts["填写值"])


def keys(task: Task) -> dict[str, str]:
    """What the hidden columns hold of a task."""
    finding = task.finding
    texts = {
        "code": finding.code,
        "file": finding.path or "",
        "other": task.other,
        "unit": finding.unit or "",
        "form": finding.form or "",
        "round": task.round,
        "field": finding.field or "",
        "old": task.old,
        "anywhere": "1" if task.name_anywhere else "",
    }
    return {key: texts[key].strip() for key in KEYS}


def key_of(task: Task) -> tuple[str, ...]:
    """The same for the task and for its row."""
    return tuple(keys(task).values())


def read_answers(path: Path) -> list[Answered]:
    """The rows of a 待办.xlsx, also of one that another program saved again.

    Raises:
        TableError: The file cannot be read.
        DecisionsError: It is none.
    """
    rows = read_rows(path)
    needed = {*ANSWERED, *KEYS}
    head = next(
        (index for index, (_line, cells) in enumerate(rows) if needed <= {cell.strip() for cell in cells}), None
    )
    if head is None:
        message = _("{file}: is no list as validate --todo writes it; its hidden columns are missing")
        raise DecisionsError(message.format(file=path.name))
    table = parse_table(rows[head:], path.name, {heading: heading for heading in (*ANSWERED, *KEYS)})
    assert table is not None  # noqa: S101 - its headings were found
    return [
        Answered(line, {key: row.get(key, "") for key in KEYS}, {key: row.get(key, "") for key in ANSWERED})
        for line, row in table.rows
        if row.get("code")
    ]


def decisions(
    rows: list[Answered], name: str, options: Mapping[str, str], campaign: Campaign, roster: Roster | None
) -> list[Decision]:
    """The decisions that the answers make, in the order of the rows; rows without an answer are passed over.

    Args:
        rows: As `read_answers` returns them.
        name: What messages call the file.
        options: `reason`, `by` and `when` for rows that leave them blank.
        campaign: Which they belong to.
        roster: Who must report.

    Raises:
        DecisionsError: Some answers are wrong or contradict each other; names each of their rows.
    """
    problems: list[str] = []
    found: dict[tuple[str, ...], Decision] = {}
    for row in rows:
        if row.blank:
            continue
        try:
            decision = parse_decision(dict(_columns(row, options)), row.line, campaign, roster)
            first = found.setdefault(about(decision), decision)
            if says(first) != says(decision):
                message = _("contradicts line {line}, which answers the same question otherwise")
                raise DecisionsError(message.format(line=first.line))
        except DecisionsError as error:
            problems.append(_("{file}:{line}: {problem}").format(file=name, line=row.line, problem=error))
    if problems:
        raise DecisionsError("\n".join(problems))
    return list(found.values())


def about(decision: Decision) -> tuple[str, ...]:
    """What a decision is about: of two on the same the later counts."""
    match decision.kind:
        case "value":
            return ("value", decision.file, decision.unit, decision.form, decision.round, decision.field, decision.old)
        case "name":
            return ("name", decision.file, decision.old)
        case "file":
            return ("file", decision.file)
        case _:
            return (
                decision.kind, decision.file, decision.unit, decision.form, decision.round, decision.field,
                decision.code,
            )  # fmt: skip


def says(decision: Decision) -> str:
    """What a decision says of what it is about."""
    return {"value": decision.new, "name": decision.unit}.get(decision.kind, "")


def _columns(row: Answered, options: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The columns of a line of decisions.csv."""
    keys, value = row.keys, row.texts["填写值"]
    answer = _answer(row)
    yield "kind", answer
    for heading, column in _DEFAULTS.items():
        text = row.texts[heading] or options.get(column, "")
        if not text and column != "when":
            raise DecisionsError(_("{heading} is missing").format(heading=heading))
        yield column, text
    columns: tuple[str, ...] = ()
    match answer:
        case "改值":
            columns = ("unit", "form", "round", "field", "old")
            yield "new", value
        case "认单位":
            columns = ("old",) if keys["anywhere"] else ("old", "file")
            yield "unit", value
        case "剔除":
            yield "file", with_guard(value or keys["file"])
        case "采用":
            columns = ("code", "file", "form", "field")
    # What stands in the hidden columns came from files; a leading ' in it is theirs.
    yield from ((column, with_guard(keys[column])) for column in columns)


def _answer(row: Answered) -> str:
    answer, value = row.texts["答复"], row.texts["填写值"]
    settled_by = settling(row.keys["code"])
    expected = settled_by[1] if settled_by else ()
    if not answer:
        raise DecisionsError(_("填写值 is filled in, but 答复 is blank"))
    if answer not in expected:
        message = _("“{answer}” does not answer this; expected one of {answers}")
        raise DecisionsError(message.format(answer=answer, answers="、".join(expected)))
    needs_value = answer in ("改值", "认单位") or (answer == "剔除" and row.keys["other"])
    if needs_value and not value:
        raise DecisionsError(_("答复 is {answer}, but 填写值 is blank").format(answer=answer))
    allowed = (row.keys["file"], row.keys["other"]) if answer == "剔除" else () if answer == "采用" else (value,)
    if value and value not in allowed:
        message = _("答复 is {answer}, so that “{value}” cannot stand in 填写值")
        raise DecisionsError(message.format(answer=answer, value=value))
    return answer
