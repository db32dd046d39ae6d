"""Units that reported exactly the same figures: one was copied from the other."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Unit
from anquanyue.checking.context import Columns, Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TYPES: Final = (
    FindingType(
        "figures-identical",
        "warning",
        mark("all figures are the same as those of {others}"),
        mark("ask whether one was copied from the other, or the wrong file sent"),
        dimension="consistency",
        title=mark("Two units with the same figures"),
        explanation=mark(
            "Every count of the form is the same as that of another unit in the same round, and at least 8 "
            "different positive figures are among them, so that it is no accident: somebody filled in a copy of the "
            "other's form, or one unit is counted under two names. A unit and its superior unit are not compared. Both "
            "count until it is cleared up."
        ),
        instruction=mark("check that these are your own figures, and not those of the form that you started from"),
    ),
)

_LEAST_DIFFERENT: Final = 8
"""Few figures may be equal by accident, and forms of nothing but zeros are; the explanation says it, too."""
_MOST_OTHERS: Final = 3


def check(context: Context) -> Iterator[Finding]:
    """A finding for each submission whose counts are all those of another unit's."""
    units = {unit.code: unit for unit in context.roster.units} if context.roster else {}
    for columns in context.columns:
        for group in _alike(columns):
            lines = [_line_of(each, units) for each in group]
            for submission, line in zip(group, lines, strict=True):
                unrelated = (
                    each
                    for each, other in zip(group, lines, strict=True)
                    if line.isdisjoint(_units(each)) and other.isdisjoint(_units(submission))
                )
                # Thousands may have sent the sample back; one more than are named is enough.
                if others := list(islice(unrelated, _MOST_OTHERS + 1)):
                    yield Finding(
                        code="figures-identical",
                        path=submission.path,
                        form=columns.form.key,
                        parameters={"others": _named(others, units)},
                    )


def _alike(columns: Columns) -> Iterator[list[Submission]]:
    """Submissions of one round with the same counts, enough of them different."""
    numbers = columns.numbers
    groups: dict[tuple[str, bytes], list[int]] = {}
    for row, submission in enumerate(columns.submissions):
        groups.setdefault((submission.round, numbers[row].tobytes()), []).append(row)
    for rows in groups.values():
        if len(rows) > 1 and _different(numbers[rows[0]]) >= _LEAST_DIFFERENT:
            yield [columns.submissions[row] for row in rows]


def _different(numbers: "NDArray[np.float64]") -> int:
    return len({number for number in numbers.tolist() if number > 0})


def _line_of(submission: Submission, units: Mapping[str, Unit]) -> set[str]:
    """The submission's units and all above them."""
    return {code for unit in _units(submission) for code in _line(unit, units)}


def _units(submission: Submission) -> tuple[str, ...]:
    return submission.covers or ((submission.unit,) if submission.unit else ())


def _line(code: str, units: Mapping[str, Unit]) -> set[str]:
    """The unit and all above it."""
    line: set[str] = set()
    while code and code not in line:
        line.add(code)
        code = units[code].parent if code in units else ""
    return line


def _named(others: Sequence[Submission], units: Mapping[str, Unit]) -> str:
    names = [
        f"{units[each.unit].name if each.unit and each.unit in units else each.unit}（{each.path}）"
        for each in others[:_MOST_OTHERS]
    ]
    return "、".join(names) + ("…" if len(others) > _MOST_OTHERS else "")
