"""Figures that are far out of line with those of the other units."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, expm1, floor
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Field
from anquanyue.checking.checks.tenfold import tenfold
from anquanyue.checking.context import Columns, Context
from anquanyue.checking.history import histories
from anquanyue.checking.spread import Spread, comparable, spread
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TYPES: Final = (
    FindingType(
        "value-outlier",
        "warning",
        mark(
            "“{label}” is {value}, far out of line with the other units: the median is {median}, usual are {low} to "
            "{high}"
        ),
        mark("compare the figure with the file and ask the unit; if it is right, accept this finding"),
        dimension="consistency",
        title=mark("A figure far out of line with the other units"),
        explanation=mark(
            "The positive figures of all units that reported the same form in the same round are compared on a "
            "logarithmic scale. One whose modified z-score, 0.6745 · |x - median| / MAD, is above the threshold of "
            "the campaign file (outliers) is reported, as 30,000 people where others have some 300; never one within "
            "half and twice the median. Joint reports, and units whose figures include those of sub-units, are left "
            "out of the comparison. The figure counts as it is."
        ),
        instruction=mark("check this figure, and correct it if it is wrong; if it is right, leave it as it is"),
    ),
    FindingType(
        "outliers-not-assessable",
        "info",
        mark(
            "{number} figures were not compared with those of other units, because fewer than {least} units reported "
            "one above 0 or most reported the same one: {labels}"
        ),
        dimension="consistency",
        title=mark("Figures that cannot be compared across units"),
        explanation=mark(
            "What is usual can only be told where enough units reported a figure (least_units in the campaign file) "
            "and these differ from each other. That nothing was found out of line among these figures does not mean "
            "that they are right."
        ),
    ),
)

_MOST_LABELS: Final = 8
_BETWEEN_LABELS: Final = "、"


def check(context: Context) -> Iterator[Finding]:
    """A finding for each figure far out of line, and for each form a note on those that could not be compared."""
    steep = steep_rises(context)
    for columns in context.columns:
        unknown: dict[str, Field] = {}
        for each in compared(columns, context):
            yield from _outliers(each, steep.get(columns.form.key))
            # Among a handful of units nobody expects a comparison, and a note would only be in the way.
            if len(each.numbers) >= context.campaign.outliers.least_units:
                unknown |= {field.key: field for field in _not_assessable(each)}
        if unknown:
            labels = [field.label for field in columns.counts if field.key in unknown]
            more = "…" if len(labels) > _MOST_LABELS else ""
            yield Finding(
                code="outliers-not-assessable",
                form=columns.form.key,
                parameters={
                    "number": len(labels),
                    "least": context.campaign.outliers.least_units,
                    "labels": _BETWEEN_LABELS.join(labels[:_MOST_LABELS]) + more,
                },
            )


@dataclass(frozen=True, slots=True)
class Compared:
    """The counts of one round side by side.

    Attributes:
        rows: The rows of the columns that are compared.
        numbers: Their counts, a row for each; NaN where there is none.
        spread: Of their logarithms.
    """

    columns: Columns
    rows: "NDArray[np.intp]"
    numbers: "NDArray[np.float64]"
    spread: Spread

    @property
    def outlying(self) -> "NDArray[np.bool_]":
        """Which of the counts are far out of line."""
        import numpy as np

        return np.abs(self.spread.distance) > self.spread.width


def compared(columns: Columns, context: Context) -> Iterator[Compared]:
    """The counts of each round in which several units reported."""
    import numpy as np

    numbers = columns.numbers
    logarithms = np.log1p(np.where(numbers > 0, numbers, np.nan))
    for rows in comparable(columns, context):
        if len(rows) > 1:
            yield Compared(columns, rows, numbers[rows], spread(logarithms[rows], context.campaign.outliers))


def out_of_line(columns: Columns, context: Context) -> "NDArray[np.bool_]":
    """Which counts have a finding of their own: a row a submission, a column a count."""
    import numpy as np

    marked = np.zeros((len(columns.submissions), len(columns.counts)), dtype=bool)
    for each in compared(columns, context):
        marked[each.rows] = each.outlying
    steep = steep_rises(context).get(columns.form.key)
    return marked if steep is None else marked | steep


def steep_rises(context: Context) -> "dict[str, NDArray[np.bool_]]":
    """By form: which counts are reported as ten times those before; that says enough of them."""
    return {history.columns.form.key: tenfold(history) for history in histories(context)}


def _outliers(compared: Compared, steep: "NDArray[np.bool_] | None") -> Iterator[Finding]:
    import numpy as np

    outlying = compared.outlying if steep is None else compared.outlying & ~steep[compared.rows]
    fields, spread = compared.columns.counts, compared.spread
    for row, column in np.argwhere(outlying):
        field, submission = fields[column], compared.columns.submissions[compared.rows[row]]
        entry = submission.entries[field.key]
        if entry.decided:
            continue  # What the coordinator decided is settled.
        median, width = spread.median[column], spread.width[column]
        yield Finding(
            code="value-outlier",
            path=submission.path,
            place=entry.place,
            form=compared.columns.form.key,
            field=field.key,
            value=int(compared.numbers[row, column]),
            parameters={
                "label": field.label,
                "median": round(expm1(median)),
                "low": max(1, ceil(expm1(median - width))),
                "high": floor(expm1(median + width)),
            },
        )


def _not_assessable(compared: Compared) -> list[Field]:
    """The counts that some unit reported above 0, and of which nobody can tell what is usual."""
    reported = (compared.numbers > 0).sum(axis=0)
    return [
        field
        for field, known, any_reported in zip(
            compared.columns.counts, compared.spread.assessable, reported, strict=True
        )
        if any_reported and not known
    ]
