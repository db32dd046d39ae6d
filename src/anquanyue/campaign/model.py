"""The campaign as plain data: who owes what by when, and the forms that are asked for.

The classes are typed by pydantic when a campaign file is loaded (`anquanyue.campaign.loader`), but know nothing of
it, so that a worker that only reads forms need not import it. What they refuse, they refuse with a ValueError that
the loader turns into an error with file and line.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, Literal

from anquanyue.campaign.statement import Blank, Statement, check_key
from anquanyue.language import gettext as _

FieldType = Literal["count", "yes_no", "choice", "text", "unit", "telephone", "mobile", "digits", "email", "date"]
"""What a blank may hold; `unit` is the name of the unit that fills the form in."""

REPORTED_TYPES: Final = ("count", "yes_no")
"""The types whose values are figures: they are totalled and reported. All others may be about a person."""

STRICT: Final[dict[str, Any]] = {"extra": "forbid"}
"""For pydantic: a word in the file that no class knows is an error, not a silent nothing."""

NO_BLANK: Final = Blank("")
"""The blank of a field that no form has completed yet."""

BLANKS_ARE_ZERO: Final = "blanks_are_zero"
"""The key of the box by which a unit declares that what it left blank did not take place."""

INCLUDES_CHILDREN: Final = "includes_children"
"""The key of the choice by which a unit with sub-units declares whether its figures include theirs."""


class MisfitError(ValueError):
    """Something that does not fit what stands elsewhere; `location` leads to it from the object that is checked."""

    def __init__(self, message: str, *location: str | int) -> None:
        super().__init__(message)
        self.location = location


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask and where to send the forms."""

    __pydantic_config__: ClassVar = STRICT

    person: str
    phone: str
    fax: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round (期) of a duty: one submission of each unit is due in it.

    Attributes:
        key: Names the round in stamps and folders.
        opens: First day of its window, or None where there is none.
        deadline: Last day on which a submission is in time; the notice's 前 includes the day.
        optional: Whether it is welcome but not owed.
        counted_until: The last day whose figures the submission holds.
    """

    __pydantic_config__: ClassVar = STRICT

    key: str
    label: str
    deadline: datetime.date
    opens: datetime.date | None = None
    optional: bool = False
    counted_until: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.opens and self.opens > self.deadline:
            raise ValueError(_("the window opens after its deadline"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that units owe (报送任务): a form, or material that is no form, once or in several rounds."""

    __pydantic_config__: ClassVar = STRICT

    key: str
    label: str
    rounds: tuple[Round, ...]
    form: str | None = None

    def __post_init__(self) -> None:
        if not self.rounds:
            raise ValueError(_("a duty needs at least one round with its deadline"))
        _unique(self.rounds, "rounds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A kind of unit (单位类别) and the duties it owes."""

    __pydantic_config__: ClassVar = STRICT

    key: str
    label: str
    owes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What one blank asks for (指标). What a campaign file leaves out, the form completes from the notation.

    Attributes:
        key: Also the defined name of its cell and the column of the merged frame.
        type: By default yes_no for boxes to tick, a count in an item, else a text.
        label: A name that tells it from all others of its form; by default derived from the statement.
        unit: What is counted; by default the words behind the blank.
        required: Whether a blank is a finding; by default it is, except in an optional item.
        guidance: 填报口径, one line that says what to count.
        evidence: Whether 佐证材料 is asked for.
        blank: Its place in the statement; set by the form.
    """

    __pydantic_config__: ClassVar = STRICT

    key: str
    type: FieldType | None = None
    label: str = ""
    unit: str = ""
    required: bool | None = None
    guidance: str = ""
    evidence: bool = False
    blank: Blank = NO_BLANK

    @property
    def reported(self) -> bool:
        """Whether its values are figures to total and report."""
        return self.type in REPORTED_TYPES

    @property
    def evidence_key(self) -> str:
        """The defined name of the cell for its evidence."""
        return f"{self.key}_evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two counts of which neither makes sense without the other: sessions and the people who came.

    Attributes:
        fields: The keys of what took place and of who took part.
        severity: `error` where people meet face to face, `warning` where they need not.
    """

    __pydantic_config__: ClassVar = STRICT

    fields: tuple[str, str]
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An activity item (活动项目) of a form: what is asked (内容要求) and the statements to complete."""

    __pydantic_config__: ClassVar = STRICT

    key: str
    name: str
    requirement: str
    statements: tuple[Statement, ...]
    optional: bool = False

    @property
    def notes_key(self) -> str:
        """The defined name of the cell for the item's notes (备注/典型做法)."""
        return f"{self.key}_notes"

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """The blanks of all its statements, in order."""
        return tuple(blank for statement in self.statements for blank in statement.blanks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form (表): either `rows` of label–value pairs, or a `head` and `items` of prose.

    Attributes:
        label: What people call it, as 附件3; also the name of its sheet.
        version: Grows with every change of what is asked.
        fields: One for every blank, in the order of the blanks; a campaign file lists only those of which there is
            something to say beyond the notation.
        columns: The headings of the printed table of items.
        note: A Jinja text under the table; it knows `campaign`, `form` and `deadline`.
        pairs: Counts that belong together.
    """

    __pydantic_config__: ClassVar = STRICT

    key: str
    label: str
    title: str
    version: int
    rows: tuple[Statement, ...] = ()
    head: Statement | None = None
    columns: tuple[str, str, str] = ("活动项目", "内容要求", "进展情况")
    items: tuple[Item, ...] = ()
    note: str = ""
    fields: tuple[Field, ...] = ()
    pairs: tuple[Pair, ...] = ()

    def __post_init__(self) -> None:
        check_key(self.key)
        if bool(self.rows) == bool(self.items):
            raise ValueError(_("a form has either rows of label–value pairs or items with statements"))
        for item in self.items:
            check_key(item.key)
        object.__setattr__(self, "fields", tuple(self._complete_fields()))
        if sum(field.type == "unit" for field in self.fields) != 1:
            raise ValueError(_("exactly one field must be of type “unit”: the name of the unit that fills the form in"))
        _unique(self.items, "items")
        names = list(self._names())
        if doubled := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(_("“{key}” is there twice").format(key=doubled))
        counts = {field.key for field in self.fields if field.type == "count"}
        for index, pair in enumerate(self.pairs):
            if unknown := [key for key in pair.fields if key not in counts]:
                message = _("a pair names “{key}”, which is no count of this form").format(key=unknown[0])
                raise MisfitError(message, "pairs", index, "fields")

    def _complete_fields(self) -> Iterator[Field]:
        _unique(self.fields, "fields")
        given = {field.key: field for field in self.fields}
        places = {field.key: index for index, field in enumerate(self.fields)}
        in_items = {blank.key: item for item in self.items for blank in item.blanks}
        for blank in (blank for statement in self.statements for blank in statement.blanks):
            field = given.pop(blank.key, None) or Field(key=blank.key)
            item = in_items.get(blank.key)
            required = not (item and item.optional) if field.required is None else field.required
            field_type = field.type or ("yes_no" if blank.boxed else "count" if item else "text")
            if field_type == "yes_no" and len(blank.options) != 2:
                raise ValueError(_("“{key}”: a yes_no has two options, yes first").format(key=blank.key))
            if (field_type in ("yes_no", "choice")) != bool(blank.options):
                raise ValueError(
                    _("“{key}”: the types yes_no and choice, and only they, go with options in the blank").format(
                        key=blank.key
                    )
                )
            label, unit = field.label or blank.label, field.unit or blank.unit
            yield replace(field, blank=blank, type=field_type, required=required, label=label, unit=unit)
        if given:
            key = next(iter(given))
            message = _("the field “{key}” is in no statement of the form; expected one of its blanks").format(key=key)
            raise MisfitError(message, "fields", places[key])

    def _names(self) -> Iterator[str]:
        """Every name that a cell of the form's workbook carries."""
        for field in self.fields:
            yield field.key
            if field.evidence:
                yield field.evidence_key
        for item in self.items:
            yield item.notes_key
        yield BLANKS_ARE_ZERO
        yield INCLUDES_CHILDREN

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in the order of the form."""
        head = (self.head,) if self.head else ()
        return head + self.rows + tuple(statement for item in self.items for statement in item.statements)

    @property
    def unit_field(self) -> Field:
        """The field that holds the unit's name."""
        return next(field for field in self.fields if field.type == "unit")

    @property
    def reported_fields(self) -> tuple[Field, ...]:
        """The fields whose values are figures, in order."""
        return tuple(field for field in self.fields if field.reported)

    def field(self, key: str) -> Field:
        """The field of that key.

        Raises:
            KeyError: The form has no such field.
        """
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign (活动): one notice, its duties and its forms.

    Attributes:
        key: Names the campaign in stamps; another year's campaign has another key.
        title: As in the notice's heading.
        organizer: The office that issued the notice.
        start, end: Its first and last day.
    """

    __pydantic_config__: ClassVar = STRICT

    key: str
    title: str
    organizer: str
    theme: str
    start: datetime.date
    end: datetime.date
    contact: Contact
    slogans: tuple[str, ...]
    duties: tuple[Duty, ...]
    groups: tuple[Group, ...]
    forms: tuple[Form, ...]

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(_("the campaign ends before it starts"))
        _unique(self.duties, "duties")
        _unique(self.groups, "groups")
        _unique(self.forms, "forms")
        forms = {form.key for form in self.forms}
        for index, duty in enumerate(self.duties):
            if duty.form is not None and duty.form not in forms:
                message = _("the duty “{duty}” asks for the form “{form}”, which is not under forms")
                raise MisfitError(message.format(duty=duty.key, form=duty.form), "duties", index, "form")
        asked = [duty.form for duty in self.duties]
        for index, form in enumerate(self.forms):
            if asked.count(form.key) != 1:
                message = _("exactly one duty must ask for the form “{form}”; found {number}")
                raise MisfitError(message.format(form=form.key, number=asked.count(form.key)), "forms", index, "key")
        duties = {duty.key for duty in self.duties}
        for index, group in enumerate(self.groups):
            if unknown := [key for key in group.owes if key not in duties]:
                message = _("the group “{group}” owes “{duty}”, which is not under duties")
                raise MisfitError(message.format(group=group.key, duty=unknown[0]), "groups", index, "owes")

    def form(self, key: str) -> Form:
        """The form of that key.

        Raises:
            KeyError: The campaign has no such form.
        """
        for form in self.forms:
            if form.key == key:
                return form
        raise KeyError(key)

    def duty_of(self, form: Form) -> Duty:
        """The duty that asks for `form`."""
        return next(duty for duty in self.duties if duty.form == form.key)

    def owed_duties(self, group: str) -> tuple[Duty, ...]:
        """What a unit of that group owes; a unit without a group (an empty key) owes everything."""
        if not group:
            return self.duties
        owes = next(each.owes for each in self.groups if each.key == group)
        return tuple(duty for duty in self.duties if duty.key in owes)

    def owed_forms(self, group: str) -> tuple[Form, ...]:
        """The forms among what a unit of that group owes."""
        asked = {duty.form for duty in self.owed_duties(group)}
        return tuple(form for form in self.forms if form.key in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A reporting unit (填报单位).

    Attributes:
        includes_children: Whether its figures include those of its sub-units; None where the roster does not say.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    parent: str = ""
    email: str = ""
    includes_children: bool | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """The list of units (单位名单), in the order of its file."""

    units: tuple[Unit, ...]

    def unit(self, code: str) -> Unit | None:
        """The unit of that code, or None."""
        return next((unit for unit in self.units if unit.code == code), None)

    def children(self, code: str) -> tuple[Unit, ...]:
        """The sub-units right below the unit of that code."""
        return tuple(unit for unit in self.units if unit.parent == code)


def _unique(things: Sequence[Round | Duty | Group | Form | Field | Item], where: str) -> None:
    seen: set[str] = set()
    for index, thing in enumerate(things):
        if thing.key in seen:
            raise MisfitError(_("“{key}” is there twice").format(key=thing.key), where, index, "key")
        seen.add(thing.key)
