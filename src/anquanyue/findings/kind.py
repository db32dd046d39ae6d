"""A kind of finding, as data."""

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")

Dimension = Literal["completeness", "correctness", "consistency", "timeliness"]
DIMENSIONS: Final[tuple[Dimension, ...]] = ("completeness", "correctness", "consistency", "timeliness")


@dataclass(frozen=True, slots=True)
class FindingType:
    """A kind of finding; its message and hint are format strings over a finding's parameters.

    A message may use `{label}` (the field's name), `{value}` (what was found) and the parameters that it is made with.

    Attributes:
        title: What it is, in a few words.
        instruction: What the unit is asked to do, where the hint speaks to the coordinator.
        explanation: What is behind it and what follows for the figures, for whoever asks.
        dimension: Which of DHIS2's four dimensions of data quality it belongs to; "" where it is about a file.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    title: str = ""
    explanation: str = ""
    dimension: Dimension | Literal[""] = ""
    instruction: str = ""
