"""`decide`: writes a decision (人工认定) into decisions.csv."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.text import Text

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.campaign.roster import load_roster
from anquanyue.cli.console import messages, reading_progress
from anquanyue.decisions import Decision, DecisionKind
from anquanyue.decisions_file import (
    CSV_NAME,
    KINDS,
    XLSX_NAME,
    find_decisions,
    load_decisions,
    parse_decision,
    with_line,
)
from anquanyue.errors import DecisionsError
from anquanyue.language import console_language, listed
from anquanyue.language import gettext as _
from anquanyue.outputs import write_output
from anquanyue.working_folder import CheckedFolder, check_folder

ASKING: Final[Mapping[str, DecisionKind]] = {
    "new": "value",
    "name": "name",
    "drop": "file",
    "accept": "finding",
    "exempt": "exempt",
}
"""The options of which one says what is decided."""

_NARROWING: Final[Mapping[DecisionKind, tuple[str, ...]]] = {
    "value": ("unit", "field", "old", "file", "form", "round"),
    "name": ("unit", "file"),
    "file": (),
    "finding": ("unit", "field", "file", "form", "round"),
    "exempt": ("unit", "round"),
}
_COLUMNS: Final = {"name": "old", "drop": "file", "accept": "code", "exempt": "form"}
"""The column of an option, where it has another name."""


def decide(
    options: Mapping[str, str | None],
    submissions: Path,
    *,
    todo: Path | None = None,
    campaign: Path | None,
    units: Path | None,
    quiet: bool,
) -> int:
    """Check what `options` (by their names without dashes) or the answers in `todo` decide; add it to decisions.csv.

    Raises:
        UserError: The decision, or one that is written already, is wrong.
    """
    given = {name: text for name, text in options.items() if text is not None}
    working_folder = Path()
    asked = load_campaign(campaign, working_folder)
    roster = load_roster(units, working_folder, asked)
    before = load_decisions(working_folder, asked, roster)
    path = find_decisions(working_folder) or working_folder / CSV_NAME
    if path.name == XLSX_NAME:
        message = _("the decisions are kept in {xlsx}; add a line there, or save it as {csv} and remove it")
        raise DecisionsError(message.format(xlsx=XLSX_NAME, csv=CSV_NAME))
    if todo:
        from anquanyue.cli.decide_todo import decide_todo

        return decide_todo(todo, given, before, path, asked, roster, quiet=quiet)
    kind = _kind(given)
    row = {_COLUMNS.get(name, name): text for name, text in given.items()} | {"kind": kind}
    row.setdefault("when", datetime.date.today().isoformat())
    decision = parse_decision(row, 0, asked, roster)
    if decision.file or (kind == "value" and "old" not in given):
        checked = check_folder(submissions, campaign=campaign, units=units, progress=reading_progress(quiet))
        decision = _completed(decision, checked, submissions, look_up="old" not in given)
    write_output(path, with_line(path.read_bytes() if path.exists() else b"", decision))
    _report(decision, asked, path, quiet=quiet)
    return 0


def _kind(given: Mapping[str, str]) -> DecisionKind:
    asking = [name for name in ASKING if name in given]
    if len(asking) != 1:
        options = listed(f"--{name}" for name in ASKING)
        raise DecisionsError(
            _("say what is decided, by one of {options}; see anquanyue decide --help").format(options=options)
        )
    kind = ASKING[asking[0]]
    allowed = (asking[0], *_NARROWING[kind], "reason", "by", "when")
    if stray := next((name for name in given if name not in allowed), None):
        raise DecisionsError(_("--{stray} does not go with --{option}").format(stray=stray, option=asking[0]))
    return kind


def _completed(decision: Decision, checked: CheckedFolder, folder: Path, *, look_up: bool) -> Decision:
    """The decision with its file as findings show it, and with the value that arrived."""
    from anquanyue.checking.decided import aims_at, fits

    if decision.file:
        # On a command line the path begins with the folder, as a shell completes it.
        inside = decision.file.removeprefix(f"{folder.as_posix()}/")
        found = [file for file in (decision.file, inside) if any(fits(file, each.path) for each in checked.submissions)]
        if not found:
            message = _("“{file}” is none of the files in {folder}; write it as anquanyue validate shows it")
            raise DecisionsError(message.format(file=decision.file, folder=folder))
        decision = replace(decision, file=found[0])
    if decision.kind != "value" or not look_up:
        return decision
    aimed = [each for each in checked.submissions if aims_at(decision, each)]
    if not aimed:
        message = _(
            "{unit} has no accepted {form} that the value could be changed in; --old writes the decision all the same"
        )
        raise DecisionsError(message.format(unit=decision.unit, form=checked.campaign.form(decision.form).label))
    if len(aimed) > 1:
        message = _("{unit} reported in several rounds ({rounds}); say which one with --round")
        raise DecisionsError(message.format(unit=decision.unit, rounds=listed(each.round for each in aimed)))
    entry = aimed[0].entries.get(decision.field)
    return replace(decision, old=entry.text if entry else "")


def _report(decision: Decision, asked: Campaign, path: Path, *, quiet: bool) -> None:
    from anquanyue.checking.decided import quoted

    asked_for = decision.duty or decision.form
    kind = next(word for word, each in KINDS.items() if each == decision.kind)
    parts = (
        kind if console_language() == "zh" else decision.kind,
        decision.file,
        decision.unit,
        asked_for,
        decision.round,
        decision.field,
        decision.code,
    )
    what = " · ".join(part for part in parts if part)
    if decision.kind == "value":
        field = asked.form(decision.form).field(decision.field)
        old, new = (_(quoted(field, text)) for text in (decision.old, decision.new))
        what += _(": {new} instead of {old}").format(new=new, old=old)
    elif decision.kind == "name":
        what += f": {decision.old}"
    text = _("written into {path}: {what}").format(path=path, what=what)
    messages(quiet).print(Text(text), soft_wrap=True)
