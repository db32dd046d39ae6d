"""Whose row is whose in a table, made ready for what is asked about the rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from anquanyue.campaign.model import Field
from anquanyue.reading.form_words import FormWords
from anquanyue.reading.grid import Asked, Cell, same_asked

_MOST_ASKED: Final = 16
"""Forms with the same rows may differ in their columns; so many questions about rows are kept."""

Question = Callable[[Sequence[Cell], Any], Any]


class AskedRow(NamedTuple):
    """A row of a field, with what is asked about it."""

    field: Field
    row: int
    asked: Asked[Any, Any]


class TableRows:
    """The rows that are the own ones of each blank; in ten thousand copies of a form the same object.

    Attributes:
        rows: By the key of a field or of an item's notes; several where a row was doubled.
        taken: All of them.
        first: The first one.
    """

    def __init__(self, words: FormWords, rows: Mapping[str, Sequence[int]]) -> None:
        """Make the rows ready; nobody may change them from now on."""
        self.rows = rows
        self.taken = frozenset(row for own in rows.values() for row in own)
        self.first = min(self.taken, default=0)
        self._words = words
        self._asked: dict[tuple[object, ...], Sequence[AskedRow]] = {}
        self._anchors: dict[int, Mapping[str, tuple[tuple[int, int], ...]]] = {}

    def asked(self, question: Question, *about: object) -> Sequence[AskedRow]:
        """The question about every row of a field: about the form's words, the field's key, the row, and the rest."""
        known = self._asked.get((question, *about))
        if known is None:
            if len(self._asked) >= _MOST_ASKED:
                self._asked.clear()
            fields = self._words.fields
            known = self._asked[question, *about] = [
                AskedRow(fields[key], row, same_asked(question, (self._words, key, row, *about)))
                for key, own in self.rows.items()
                if key in fields
                for row in own
            ]
        return known

    def anchors(self, column: int) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """For each item its rows, each with the column."""
        if column not in self._anchors:
            found: dict[str, list[tuple[int, int]]] = {}
            for key, own in self.rows.items():
                item = self._words.item_of.get(key) or self._words.notes_of[key]
                found.setdefault(item, []).extend((row, column) for row in own)
            self._anchors[column] = {item: tuple(sorted(places)) for item, places in found.items()}
        return self._anchors[column]
