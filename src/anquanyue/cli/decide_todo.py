"""`decide 待办.xlsx`: the answers that the coordinator filled in, written into decisions.csv."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.text import Text

from anquanyue.campaign.model import Campaign, Roster
from anquanyue.cli.console import messages
from anquanyue.decisions import Decision, Decisions
from anquanyue.decisions_file import with_line
from anquanyue.errors import DecisionsError
from anquanyue.language import gettext as _
from anquanyue.language import ngettext
from anquanyue.outputs import write_output
from anquanyue.todo_answers import about, decisions, read_answers, says

_FOR_ALL_ROWS: Final = ("reason", "by", "when")
"""What options may say for the rows that leave it blank."""


def decide_todo(
    todo: Path,
    given: Mapping[str, str],
    before: Decisions,
    path: Path,
    campaign: Campaign,
    roster: Roster | None,
    *,
    quiet: bool,
) -> int:
    """Add the answers in `todo` to the decisions in `path`, all of them or none.

    Args:
        todo: The workbook.
        given: The options of `decide`, by their names without dashes.
        before: The decisions that are there already; what they say is not written twice.
        path: Where they are.
        campaign: Which they belong to.
        roster: Who must report.
        quiet: Whether to say nothing of what was written.

    Raises:
        UserError: The workbook cannot be read, or some answers are wrong; names their rows.
    """
    if stray := next((name for name in given if name not in _FOR_ALL_ROWS), None):
        raise DecisionsError(_("--{stray} does not go with {file}").format(stray=stray, file=todo))
    rows = read_answers(todo)
    defaults = {"when": datetime.date.today().isoformat()} | dict(given)
    answers = decisions(rows, todo.name, defaults, campaign, roster)
    new = _not_yet(answers, before.lines)
    data = path.read_bytes() if path.exists() else b""
    for decision in new:
        data = with_line(data, decision)
    if new:
        write_output(path, data)
    _report(path, len(new), len(answers) - len(new), sum(row.blank for row in rows), quiet=quiet)
    return 0


def _not_yet(answers: Iterable[Decision], before: Sequence[Decision]) -> list[Decision]:
    """Those that change what the decisions before say; of two on the same the later counts."""
    known = {about(decision): says(decision) for decision in before}
    return [decision for decision in answers if known.get(about(decision)) != says(decision)]


def _report(path: Path, written: int, known: int, unanswered: int, *, quiet: bool) -> None:
    message = ngettext("{number} decision written into {path}", "{number} decisions written into {path}", written)
    lines = [message.format(number=written, path=path)]
    if known:
        message = ngettext("{number} was there already", "{number} were there already", known)
        lines.append(message.format(number=known))
    if unanswered:
        message = ngettext("{number} row has no answer yet", "{number} rows have no answer yet", unanswered)
        lines.append(message.format(number=unanswered))
    messages(quiet).print(Text("\n".join(lines)), soft_wrap=True)
