"""How figures spread over the units, and which are far out of line."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Outliers
from anquanyue.checking.context import Columns, Context

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TO_Z: Final = 0.6745
"""Makes the deviation from the median comparable to a standard score (Iglewicz and Hoaglin)."""

_LEAST_FACTOR: Final = 2.0
"""Less than twice the median is not far out of line, however alike all others are."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the columns of some figures spread over the units; all but `assessable` on logarithms.

    Attributes:
        assessable: Of each column: whether enough units have a figure, and these differ enough to tell what is usual.
        median: Of each column.
        width: How far from the median a figure of the column may be.
        distance: Of each figure from the median of its column; NaN where there is none or nothing can be told.
    """

    assessable: "NDArray[np.bool_]"
    median: "NDArray[np.float64]"
    width: "NDArray[np.float64]"
    distance: "NDArray[np.float64]"


def spread(logarithms: "NDArray[np.float64]", settings: Outliers) -> Spread:
    """How far each figure is out of line by the modified z-score, 0.6745·|x - median| / MAD.

    Args:
        logarithms: A row a unit, a column a figure; NaN where a unit has none to compare.
        settings: The threshold of the score, and how many figures a column needs.
    """
    import numpy as np

    number, columns = logarithms.shape
    median, deviation = np.full(columns, np.nan), np.full(columns, np.nan)
    enough = (~np.isnan(logarithms)).sum(axis=0) >= settings.least_units
    if number and enough.any():
        median[enough] = np.nanmedian(logarithms[:, enough], axis=0)
        deviation[enough] = np.nanmedian(np.abs(logarithms[:, enough] - median[enough]), axis=0)
    assessable = enough & (deviation > 0)
    width = np.maximum(settings.threshold * deviation / _TO_Z, log(_LEAST_FACTOR))
    distance = np.where(assessable, logarithms - median, np.nan)
    return Spread(assessable, median, width, distance)


def comparable(columns: Columns, context: Context) -> "Iterator[NDArray[np.intp]]":
    """Of each round: the rows of the submissions that hold one unit's figures alone and can be compared with others'.

    Joint reports and units whose figures include those of sub-units, or may, are larger than all others by nature.
    """
    import numpy as np

    units = {unit.code: unit for unit in context.roster.units} if context.roster else {}
    parents = {unit.parent for unit in units.values()}
    rounds: dict[str, list[int]] = {}
    for row, submission in enumerate(columns.submissions):
        code = submission.unit or ""
        includes = submission.includes_children
        if includes is None and code in parents:
            includes = units[code].includes_children if code in units else None
            includes = includes is not False
        if not submission.covers and not includes:
            rounds.setdefault(submission.round, []).append(row)
    for rows in rounds.values():
        yield np.array(rows, dtype=np.intp)
