"""A kind of finding, as data."""

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class FindingType:
    """A kind of finding; its message and hint are format strings over a finding's parameters.

    A message may use `{label}` (the field's name), `{value}` (what was found) and the parameters that it is made with.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
