"""A form that was found on a grid, as cells by the keys of its fields: what the ways of locating have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from anquanyue.campaign.model import Form
from anquanyue.reading.grid import Cell, Grid
from anquanyue.reading.values import Problem
from anquanyue.writing.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Located:
    """Where a blank is: its cell, or several that claim it, or the text that was cut out of a cell.

    Attributes:
        cells: Row, column and value of what is not empty; none where the blank is empty.
        row, column: Where the entry belongs.
        code: A finding about how it was found (`value-aligned`, `value-refused`), or None.
        context, expected: What that finding quotes: the text as typed, and the form's own words.
    """

    cells: tuple[tuple[int, int, Cell], ...]
    row: int
    column: int
    code: str | None = None
    context: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What one way of locating found on a grid.

    Attributes:
        cells: By the key of a field, of its evidence, of an item's notes or of a box; what was not found is absent.
        remarks: Text that belongs to no blank, with its row and column, in order.
        anchors: For each item the rows and columns in which something of it stands, in order.
        heading: What stands above the entries of a table.
    """

    cells: Mapping[str, Located] = field(default_factory=dict)
    remarks: tuple[tuple[int, int, str], ...] = ()
    anchors: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    heading: str = ""


@dataclass(frozen=True, slots=True)
class LocatedForm:
    """A form that was recognised on a grid, or on a part of one.

    Attributes:
        trouble: Why it is not read although it was recognised: it is of another campaign or year, or asks for
            something else; then the form may be unknown, and nothing but the trouble counts.
        pages: The sheets, where it was put together of several.
        by_keys: Whether its key column was there.
        notes: What was written about an item beside its blanks, by the item's key.
        pictures: Digests of the pictures at an item, by the item's key; "" for those beside the items.
    """

    grid: Grid
    form: Form | None = None
    stamp: Stamp | None = None
    cells: Mapping[str, Located] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pages: tuple[Grid, ...] = ()
    by_keys: bool = True
    trouble: Problem | None = None
