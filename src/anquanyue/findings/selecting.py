"""Codes as people type them: looked up, and which findings are shown, selected and ignored as linters have it.

A rule of the campaign file is `rule-violated:KEY`.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Final

from anquanyue.errors import UserError
from anquanyue.findings import CATALOGUE, Finding
from anquanyue.language import gettext as _

_RULE: Final = "rule-violated:"
"""What the code of a rule begins with; which rules there are the catalogue does not know."""
_MOST_NEAR: Final = 5


def beginning(text: str) -> list[str]:
    """The codes that begin with the text; none where there is none."""
    return [code for code in CATALOGUE if text and code.startswith(text)]


def near(text: str, begins: Iterable[str] = ()) -> list[str]:
    """The codes that hold the text, or whose titles do, else those, and what codes begin with, spelled nearly so."""
    holding = [code for code, kind in CATALOGUE.items() if text and text in f"{code} {_(kind.title)}".casefold()]
    return holding or difflib.get_close_matches(text, (*CATALOGUE, *begins), n=_MOST_NEAR)


def codes(options: Iterable[str], option: str) -> tuple[str, ...]:
    """The codes, and begins of codes, of an option that may be given several times.

    Raises:
        UserError: One is neither; names the option, and what may have been meant.
    """
    asked = [code for text in options for code in re.split(r"[,，、;；\s]+", text.strip().lower()) if code]
    for each in asked:
        if not (beginning(each) or each.startswith(_RULE)):
            message = _("{option}: “{code}” is no code of a finding, and none begins with it")
            if meant := _meant(each):
                message = _(
                    "{option}: “{code}” is no code of a finding, and none begins with it; did you mean “{meant}”?"
                )
            raise UserError(message.format(option=option, code=each, meant=meant))
    return tuple(asked)


def _meant(text: str) -> str:
    begins = {f"{code.split('-', 1)[0]}-" for code in CATALOGUE if "-" in code}
    return next(iter(near(text, sorted(begins))), "")


def chosen(findings: Sequence[Finding], select: Sequence[str], ignore: Sequence[str]) -> list[Finding]:
    """The findings that are selected (all, where nothing is) and not ignored; where both fit, the longer begin wins.

    Args:
        findings: In any order, which is kept.
        select: Codes, or what they begin with.
        ignore: The same; of two equally long ones it wins.
    """
    wanted: dict[str, bool] = {}
    for finding in findings:
        if (name := _name(finding)) not in wanted:
            selected = _longest(name, select) if select else 0
            wanted[name] = selected > _longest(name, ignore)
    return [finding for finding in findings if wanted[_name(finding)]]


def _name(finding: Finding) -> str:
    """The code, of a rule with its key."""
    rule = finding.parameters.get("rule")
    return f"{finding.code}:{rule}".lower() if rule else finding.code


def _longest(code: str, begins: Iterable[str]) -> int:
    """How long the longest begin of the code is; -1 where there is none."""
    return max((len(each) for each in begins if code.startswith(each)), default=-1)
