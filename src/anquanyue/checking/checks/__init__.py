"""The checks: one module each, found by being here.

A module has `TYPES`, the kinds of findings it makes, and `check(context)`, which makes them; docs/checks.md shows how
to add one.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from anquanyue.checking.context import Context
from anquanyue.findings import Finding, add_types

Check = Callable[[Context], Iterable[Finding]]


def _load() -> tuple[Check, ...]:
    checks: list[Check] = []
    for name in sorted(module.name for module in iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        add_types(module.TYPES)
        checks.append(module.check)
    return tuple(checks)


CHECKS: Final = _load()
"""Every check, in the order of their modules' names."""


def run(context: Context) -> list[Finding]:
    """What all checks find."""
    return [finding for check in CHECKS for finding in check(context)]
