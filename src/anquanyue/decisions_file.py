"""decisions.csv or decisions.xlsx ⇄ Decisions: read, checked against campaign and roster, and added to."""

import codecs
import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final, get_args

from anquanyue.campaign.model import Campaign, Duty, Field, Form, Roster
from anquanyue.decisions import Decision, DecisionKind, Decisions
from anquanyue.errors import DecisionsError
from anquanyue.findings import CATALOGUE
from anquanyue.language import gettext as _
from anquanyue.reading.folding import narrow
from anquanyue.reading.quoting import quotable
from anquanyue.reading.values import parse
from anquanyue.tables import SURPLUS, csv_rows, decode, parse_table, read_rows

CSV_NAME: Final = "decisions.csv"
XLSX_NAME: Final = "decisions.xlsx"

HEADINGS: Final[Mapping[str, str]] = {
    "类型": "kind",
    "文件": "file",
    "单位": "unit",
    "表": "form",
    "期": "round",
    "指标": "field",
    "问题代码": "code",
    "原值": "old",
    "新值": "new",
    "理由": "reason",
    "认定人": "by",
    "日期": "when",
}
"""The columns, by their Chinese headings and in the order of a new file."""

KINDS: Final[Mapping[str, DecisionKind]] = {
    "改值": "value",
    "认单位": "name",
    "剔除": "file",
    "采用": "finding",
    "豁免": "exempt",
}

_NEEDED: Final[Mapping[DecisionKind, tuple[str, ...]]] = {
    "value": ("unit", "field", "new"),
    "name": ("old", "unit"),
    "file": ("file",),
    "finding": ("code",),
    "exempt": ("unit", "form"),
}
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
# What Excel takes for a formula at the beginning of a cell of a CSV, the full-width forms in a Chinese Excel too.
_FORMULA: Final = tuple("=+-@＝＋－＠")
_MARK: Final = codecs.BOM_UTF8


def _can_be_accepted(code: str) -> bool:
    # Importing the checks adds their findings to the catalogue.
    import_module("anquanyue.checking.checks")
    return code in CATALOGUE and not code.startswith("decision-")


def load_decisions(working_folder: Path, campaign: Campaign, roster: Roster | None) -> Decisions:
    """The decisions of the working folder; none where it has no such file.

    Raises:
        TableError, DecisionsError: The file cannot be read or is wrong; names file and line.
    """
    path = find_decisions(working_folder)
    if path is None:
        return Decisions()
    table = parse_table(read_rows(path), path.name, HEADINGS, required=("kind", "reason", "by"))
    if table is None:
        return Decisions(path.name)
    _check_columns(table.columns, path.name)
    decisions = []
    for line, row in table.rows:
        try:
            decisions.append(parse_decision(row, line, campaign, roster))
        except DecisionsError as error:
            raise DecisionsError(
                _("{file}:{line}: {problem}").format(file=path.name, line=line, problem=error)
            ) from error
    return Decisions(path.name, tuple(decisions))


def find_decisions(working_folder: Path) -> Path | None:
    """The file of decisions in the working folder, or None.

    Raises:
        DecisionsError: There are two.
    """
    found = [path for name in (CSV_NAME, XLSX_NAME) if (path := working_folder / name).is_file()]
    if len(found) > 1:
        raise DecisionsError(
            _("there are both {csv} and {xlsx}; put all decisions into one of them and remove the other").format(
                csv=CSV_NAME, xlsx=XLSX_NAME
            )
        )
    return found[0] if found else None


def _check_columns(columns: Iterable[str], name: str) -> None:
    known = HEADINGS.values()
    if unknown := next((column for column in columns if column and column not in known), None):
        # Not passed over: under a misspelt heading a decision would lose its half.
        message = _("{file}: the heading “{heading}” is not known; expected some of {known}")
        raise DecisionsError(message.format(file=name, heading=unknown, known=", ".join(HEADINGS)))


def parse_decision(row: Mapping[str, str], line: int, campaign: Campaign, roster: Roster | None) -> Decision:
    """A decision from the texts of its columns, with labels and names turned into keys and codes.

    Raises:
        DecisionsError: Something is missing or not known; the message names no file or line.
    """
    if row.get(SURPLUS):
        message = _("there is more than the headings ask for (“{surplus}”); put a text with a comma into quotes")
        raise DecisionsError(message.format(surplus=row[SURPLUS]))
    text = {column: without_guard(row.get(column, "").strip()) for column in HEADINGS.values()}
    kind = _kind(text["kind"])
    for column in (*_NEEDED[kind], "reason", "by"):
        # Whose a file is may be decided without a name: there may be none in it.
        instead = text["file"] if (kind, column) == ("name", "old") else ""
        if not (text[column] or instead):
            raise DecisionsError(_("{heading} ({column}) is missing").format(heading=_heading(column), column=column))
    if kind == "exempt":
        return _exemption(text, line, campaign, roster)
    form = _form(text["form"], campaign)
    if text["field"]:
        form, field = _field(text["field"], form, campaign)
        text["field"] = field.key
        if kind == "value":
            _check_new(field, text["new"], campaign)
    if kind == "finding" and not _can_be_accepted(text["code"]):
        message = _(
            "“{code}” is no code of a finding that can be accepted; anquanyue validate --format json shows them"
        )
        raise DecisionsError(message.format(code=text["code"]))
    return Decision(
        kind=kind,
        line=line,
        file=_file(text["file"]),
        unit=_unit(text["unit"], roster),
        form=form.key if form else "",
        round=_round(text["round"], (campaign.duty_of(form),) if form else campaign.duties),
        field=text["field"],
        code=text["code"],
        old=text["old"],
        new=text["new"],
        reason=text["reason"],
        by=text["by"],
        when=_day(text["when"]),
    )


def _exemption(text: Mapping[str, str], line: int, campaign: Campaign, roster: Roster | None) -> Decision:
    duty = _duty(text["form"], campaign)
    code = _unit(text["unit"], roster)
    unit = roster.unit(code) if roster else None
    if unit and duty not in campaign.owed_duties(unit.group):
        message = _("{unit} does not owe “{duty}”, so it needs no exemption")
        raise DecisionsError(message.format(unit=unit.name, duty=duty.label))
    each = _round(text["round"], (duty,))
    return Decision(
        kind="exempt",
        line=line,
        unit=code,
        form=duty.form or "",
        duty=duty.key,
        round=each if len(duty.rounds) > 1 else "",
        reason=text["reason"],
        by=text["by"],
        when=_day(text["when"]),
    )


def _duty(text: str, campaign: Campaign) -> Duty:
    """The duty of that key or label, or the one that asks for the form of that key or label."""
    labels = {form.key: form.label for form in campaign.forms}
    for duty in campaign.duties:
        if _same(text, duty.key, duty.label, *((duty.form, labels[duty.form]) if duty.form else ())):
            return duty
    expected = "、".join(labels.get(duty.form or "", duty.label) for duty in campaign.duties)
    raise DecisionsError(_("nobody owes “{duty}”; expected one of {duties}").format(duty=text, duties=expected))


def _heading(column: str) -> str:
    return next(heading for heading, each in HEADINGS.items() if each == column)


def _kind(text: str) -> DecisionKind:
    kinds: tuple[DecisionKind, ...] = get_args(DecisionKind)
    kind = KINDS.get(text) or next((each for each in kinds if each == text.lower()), None)
    if kind is None:
        expected = ", ".join(f"{word} ({each})" for word, each in KINDS.items())
        raise DecisionsError(
            _("the kind of decision “{kind}” is not known; expected one of {kinds}").format(kind=text, kinds=expected)
        )
    return kind


def _form(text: str, campaign: Campaign) -> Form | None:
    if not text:
        return None
    for form in campaign.forms:
        if _same(text, form.key, form.label):
            return form
    labels = "、".join(form.label for form in campaign.forms)
    raise DecisionsError(_("the form “{form}” is not known; expected one of {forms}").format(form=text, forms=labels))


def _field(text: str, form: Form | None, campaign: Campaign) -> tuple[Form, Field]:
    forms = (form,) if form else campaign.forms
    pairs = [(each, field) for each in forms for field in each.fields]
    found = [pair for pair in pairs if pair[1].key == text] or [pair for pair in pairs if _same(text, pair[1].label)]
    if not found:
        raise DecisionsError(_("the field “{field}” is not known").format(field=text))
    if len(found) > 1:
        keys = "、".join(f"{each.label} {field.key}" for each, field in found)
        message = _("“{field}” means several fields ({fields}); name the form and the field's key")
        raise DecisionsError(message.format(field=text, fields=keys))
    return found[0]


def _check_new(field: Field, new: str, campaign: Campaign) -> None:
    if field.type == "unit":
        raise DecisionsError(_("whose a form is, is decided by the kind 认单位 (name), not by a value"))
    parsed = parse(field, new, campaign.start.year)
    if parsed.value is None or parsed.problems or parsed.approximate:
        message = _("the new value “{new}” cannot be read for certain as “{label}”")
        # What is about a person is said in no message.
        raise DecisionsError(message.format(new=new if quotable(field) else "…", label=field.label))


def _unit(text: str, roster: Roster | None) -> str:
    if not text or roster is None:
        return " ".join(text.split())
    found = roster.unit(text) or next(
        (unit for unit in roster.units if _same(text, unit.code, unit.name, *unit.aliases)), None
    )
    if found is None:
        raise DecisionsError(_("the unit “{unit}” is not in the list of units").format(unit=text))
    return found.code


def _round(text: str, duties: Iterable[Duty]) -> str:
    if not text:
        return ""
    rounds = [each for duty in duties for each in duty.rounds]
    for each in rounds:
        if _same(text, each.key, each.label):
            return each.key
    expected = "、".join(dict.fromkeys(each.key for each in rounds))
    message = _("the round “{round}” is not known; expected one of {rounds}")
    raise DecisionsError(message.format(round=text, rounds=expected))


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        match = _DAY.fullmatch(narrow(text))
        year, month, day = match.groups() if match else ("", "", "")
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise DecisionsError(_("“{day}” is no day; write it as 2022-6-28").format(day=text)) from error


def _file(text: str) -> str:
    """A path as findings show it; macOS takes the letters of a name apart."""
    return unicodedata.normalize("NFC", text.replace("\\", "/")).removeprefix("./").rstrip("/")


def _same(text: str, *names: str) -> bool:
    return any(_folded(text) == _folded(name) for name in names)


def _folded(text: str) -> str:
    return "".join(narrow(text).casefold().split())


def with_guard(text: str) -> str:
    """`text` as a CSV may hold it: behind a ' where Excel would take it for a formula; `without_guard` undoes it."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def without_guard(text: str) -> str:
    """What `with_guard` was given; a text that a person typed without a guard stays as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")) else text


def with_line(data: bytes, decision: Decision) -> bytes:
    """The content of decisions.csv with a line more; what is there stays byte for byte.

    A new file has Chinese headings; an older one keeps its headings, their order and its encoding.

    Raises:
        TableError, DecisionsError: The file cannot be read, or lacks a heading that the decision needs.
    """
    rows = list(csv_rows(data, CSV_NAME))
    table = parse_table(rows, CSV_NAME, HEADINGS)
    if table is None:
        return _MARK + (_csv_line(HEADINGS) + _csv_line(_cells(decision, HEADINGS.values(), chinese=True))).encode()
    for column, cell in _texts(decision).items():
        if cell and column not in table.columns:
            message = _("{file}: the heading “{heading}” is missing; add it to the first line")
            raise DecisionsError(message.format(file=CSV_NAME, heading=_heading(column)))
    text, encoding = decode(data, CSV_NAME)
    chinese = any("类型" in cells for _line, cells in rows)
    line = _csv_line(_cells(decision, table.columns, chinese=chinese))
    line = line if text.endswith(("\n", "\r")) else "\r\n" + line
    # Without the mark Excel would take UTF-8 for GBK.
    longer = data + line.encode(encoding) if encoding == "gb18030" else _MARK + data.removeprefix(_MARK) + line.encode()
    if len(list(csv_rows(longer, CSV_NAME))) <= len(rows):
        raise DecisionsError(_("{file}: its last line has a quote that does not end; correct it").format(file=CSV_NAME))
    return longer


def _cells(decision: Decision, columns: Iterable[str], *, chinese: bool) -> Iterator[str]:
    kind = next(word for word, each in KINDS.items() if each == decision.kind) if chinese else decision.kind
    texts = _texts(decision) | {"kind": kind}
    for column in columns:
        yield with_guard(texts.get(column, "").strip())


def _texts(decision: Decision) -> dict[str, str]:
    """What stands in each column; an exemption has its duty where others have their form."""
    texts = {column: str(getattr(decision, column)) for column in HEADINGS.values()}
    return texts | {"form": decision.duty or decision.form}


def _csv_line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue()
