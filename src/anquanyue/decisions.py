"""Decisions (人工认定): the coordinator's last word, written down in decisions.csv and applied at every run."""

from dataclasses import dataclass
from typing import Final, Literal

DecisionKind = Literal["value", "name", "file", "finding", "exempt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of decisions.csv. What a kind does not need stays empty.

    Attributes:
        kind: `value`: the unit's field is `new` instead of `old`; `name`: the written name `old` is the unit `unit`,
            wherever it stands or in `file` only, or the whole of `file` is that unit's;
            `file`: the file `file` is left out; `finding`: the finding `code` is accepted as it is;
            `exempt`: the unit need not send what `duty` asks for.
        line: Where it stands in its file, from 1.
        file: The path of a submission as findings show it; narrows a `value`, `name` or `finding` down, too.
        unit: The unit's code.
        form, round, field, code: Keys; an empty one fits any.
        duty: The key of the duty that an `exempt` is about; its `form` is the one that the duty asks for, if any.
        old: What arrived, as it was typed.
        new: What counts instead.
        reason, by, when: Why, who decided, and on which day (as 2022-06-30).
    """

    kind: DecisionKind
    line: int
    file: str = ""
    unit: str = ""
    form: str = ""
    duty: str = ""
    round: str = ""
    field: str = ""
    code: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    by: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions, in the order of their file, which messages call `name`."""

    name: str = "decisions.csv"
    lines: tuple[Decision, ...] = ()

    def of_kind(self, kind: DecisionKind) -> tuple[Decision, ...]:
        """The decisions of one kind."""
        return tuple(each for each in self.lines if each.kind == kind)

    def place(self, decision: Decision) -> str:
        """Where a value that it decides comes from, as others come from a sheet and a cell."""
        return f"{self.name}:{decision.line}（人工认定）"


NO_DECISIONS: Final = Decisions()
"""Where nothing was decided."""
