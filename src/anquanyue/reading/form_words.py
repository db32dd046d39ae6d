"""The words of a form, made ready for comparing: computed once a form, because ten thousand grids are compared."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from anquanyue.campaign.model import BLANKS_ARE_ZERO, INCLUDES_CHILDREN, Field, Form
from anquanyue.campaign.statement import Blank, Statement
from anquanyue.reading.folding import fold
from anquanyue.reading.grid import Cell
from anquanyue.writing.labels import (
    BLANKS_ARE_ZERO_LABEL,
    EVIDENCE_LABEL,
    INCLUDES_CHILDREN_LABEL,
    NOTES_LABEL,
    STAMP_ROOM_LABEL,
)

ENTRY_HEADING: Final = "填写"
"""The heading of the column to fill in."""
CHECK_HEADING: Final = "核对"
"""The heading of the column in which formulas say what is still missing."""
_UNIT_HEADING: Final = "单位"
_PLACEHOLDER = re.compile(r"\{[{%].*?[%}]\}")


class FormWords:
    """The words of one form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.item_of: Mapping[str, str] = {blank.key: item.key for item in form.items for blank in item.blanks}
        self.item_fields: tuple[Field, ...] = tuple(field for field in form.fields if field.key in self.item_of)
        self.fields: Mapping[str, Field] = {field.key: field for field in form.fields}
        self.notes_of: Mapping[str, str] = {item.notes_key: item.key for item in form.items}
        self.names: frozenset[str] = frozenset(
            {field.key for field in form.fields} | set(self.notes_of) | {BLANKS_ARE_ZERO, INCLUDES_CHILDREN}
        )
        # What a cell of the form may say beside the words of blanks; compared as it is, before anything is folded.
        self.printed: frozenset[str] = frozenset(
            {text for item in form.items for text in (item.name, item.requirement)}
            | {*form.columns, form.title, form.label, ENTRY_HEADING, CHECK_HEADING, _UNIT_HEADING}
            | {EVIDENCE_LABEL, NOTES_LABEL, BLANKS_ARE_ZERO_LABEL, INCLUDES_CHILDREN_LABEL, STAMP_ROOM_LABEL}
        )

    def is_keys(self, cell: Cell) -> bool:
        """Whether a cell holds nothing but keys of the form."""
        return isinstance(cell, str) and cell != "" and all(key in self.names for key in cell.split())

    @cached_property
    def reported(self) -> tuple[Field, ...]:
        """The fields whose values are figures, in order."""
        return self.form.reported_fields

    @cached_property
    def evidence(self) -> tuple[tuple[Field, str], ...]:
        """The fields, each with the key of its evidence."""
        return tuple((field, field.evidence_key) for field in self.form.fields)

    @cached_property
    def boxes(self) -> frozenset[str]:
        """The labels of the boxes about the whole form, folded."""
        return frozenset({fold(BLANKS_ARE_ZERO_LABEL), fold(INCLUDES_CHILDREN_LABEL)})

    @cached_property
    def labelled(self) -> tuple[Blank, ...]:
        """The blanks that stand between labels rather than in a sentence, as in the head and in rows."""
        return tuple(blank for statement in self.labels_only for blank in statement.blanks)

    @cached_property
    def labels_only(self) -> tuple[Statement, ...]:
        """The statements of labels: all blanks are free text."""
        in_items = {statement for item in self.form.items for statement in item.statements}
        return tuple(each for each in self.form.statements if each not in in_items and _is_of_labels(each))

    @cached_property
    def prose(self) -> tuple[Statement, ...]:
        """The statements that are sentences."""
        labels_only = set(self.labels_only)
        return tuple(each for each in self.form.statements if each not in labels_only)

    @cached_property
    def folded_printed(self) -> frozenset[str]:
        """The printed words, folded."""
        return frozenset(map(fold, self.printed)) - {""}

    @cached_property
    def folded_title(self) -> str:
        """The form's title, folded."""
        return fold(self.form.title)

    @cached_property
    def folded_requirements(self) -> str:
        """The items' names and requirements, of which a cell may hold a piece."""
        return "\n".join(fold(text) for item in self.form.items for text in (item.name, item.requirement))

    @cached_property
    def folded_literals(self) -> str:
        """The statements' own words."""
        return "\n".join(fold(literal) for statement in self.form.statements for literal in statement.literals)

    @cached_property
    def set_aside(self) -> tuple[str, ...]:
        """Texts that stand near the statements without being part of them."""
        return tuple(text for item in self.form.items for text in (item.requirement, item.name))

    @cached_property
    def note_pieces(self) -> tuple[str, ...]:
        """What the form's own note says, around what a template fills in."""
        return tuple(piece for text in _PLACEHOLDER.split(self.form.note) if len(piece := fold(text)) > 1)

    @cached_property
    def by_words(self) -> Mapping[str, tuple[int, ...]]:
        """For the folded words of the items' blanks, the numbers of the fields that have them."""
        found: dict[str, list[int]] = {}
        for index, field in enumerate(self.item_fields):
            found.setdefault(fold(field.blank.words), []).append(index)
        return {words: tuple(numbers) for words, numbers in found.items()}

    @cached_property
    def folded_units(self) -> frozenset[str]:
        """The units of the items' blanks, folded."""
        return frozenset(fold(field.blank.unit) for field in self.item_fields) - {""}

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The raw words that belong to one blank alone, long enough to tell the form."""
        words = Counter(field.blank.words for field in self.item_fields)
        return tuple(each for each, count in words.items() if count == 1 and len(each) > 3)


def _is_of_labels(statement: Statement) -> bool:
    return all(not blank.boxed and not blank.unit and blank.words for blank in statement.blanks)


_known: dict[int, FormWords] = {}


def words_of(form: Form) -> FormWords:
    """The words of `form`."""
    words = _known.get(id(form))
    # The entry keeps its form alive, so that no other form has the same identity.
    if words is None:
        words = _known[id(form)] = FormWords(form)
    return words
