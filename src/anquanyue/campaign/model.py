"""The campaign as plain data: who owes what by when, and the forms that are asked for.

The classes are typed by pydantic when a campaign file is loaded (`anquanyue.campaign.loader`), but know nothing of
it, so that a worker that only reads forms need not import it. What they refuse, they refuse with a ValueError that
the loader turns into an error with file and line.
"""

import datetime
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

from anquanyue.campaign import expressions
from anquanyue.campaign.misfits import (
    MisfitError,
    Place,
    check_cell_name,
    check_name,
    check_texts,
    check_unique,
)
from anquanyue.campaign.statement import Blank, Statement
from anquanyue.language import gettext as _

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

FieldType = Literal["count", "yes_no", "choice", "text", "unit", "telephone", "mobile", "digits", "email", "date"]
"""What a blank may hold; `unit` is the name of the unit that fills the form in."""

Period = Literal["period", "cumulative"]
"""What a figure counts where a form is due in several rounds: the round alone (本期), or all since the start (累计)."""

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

LARGEST_COUNT: Final = 1_000_000_000
"""The forms ask for no greater count, and none is believed."""


class _CountedFromOne:
    """For pydantic: a whole number from 1 on, and no `true`, which is a 1 to Python."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.int_schema(strict=True, ge=1)


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
        check_name(self.key)
        check_texts(self, "label")
        if self.opens and self.opens > self.deadline:
            raise MisfitError(_("the window opens after its deadline"), "opens")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that units owe (报送任务): a form, or material that is no form, once or in several rounds."""

    __pydantic_config__: ClassVar = STRICT

    key: str
    label: str
    rounds: tuple[Round, ...]
    form: str | None = None

    def __post_init__(self) -> None:
        check_name(self.key)
        check_texts(self, "label")
        if not self.rounds:
            raise MisfitError(_("a duty needs at least one round with its deadline"), "rounds")
        check_unique(self.rounds, "rounds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A kind of unit (单位类别) and the duties it owes."""

    __pydantic_config__: ClassVar = STRICT

    key: str
    label: str
    owes: tuple[str, ...]

    def __post_init__(self) -> None:
        check_name(self.key)
        check_texts(self, "label")


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
        period: Of a figure: what it counts where the form is due in several rounds; by default the form's.
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
    period: Period | None = None
    blank: Blank = NO_BLANK

    @property
    def reported(self) -> bool:
        """Whether its values are figures to total and report."""
        return self.type in REPORTED_TYPES

    @property
    def personal(self) -> bool:
        """Whether its values may be about a person: no figures, no names of units, no dates."""
        return not self.reported and self.type not in ("unit", "date")

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
class Rule:
    """What the figures of a submission must be like, one against another.

    Attributes:
        key: Tells it from the other rules of its form.
        expression: The condition that holds where all is well (`anquanyue.campaign.expressions`).
        message: What is wrong where it does not hold, in words for the unit.
        instruction: What the unit is asked to do about it.
        groups: The groups whose units it applies to, besides units without a group; empty for all.
        rounds: The rounds it applies to; empty for all.
        missing: Where a field is blank: leave the rule out, leave it out only where all are, or take blanks for 0.
    """

    __pydantic_config__: ClassVar = STRICT

    key: str
    expression: str
    severity: Literal["error", "warning"]
    message: str
    instruction: str = ""
    groups: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    missing: Literal["skip_if_any", "skip_if_all", "never"] = "skip_if_any"

    def __post_init__(self) -> None:
        check_name(self.key)
        check_texts(self, "expression", "message")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An activity item (活动项目) of a form: what is asked (内容要求) and the statements to complete."""

    __pydantic_config__: ClassVar = STRICT

    key: str
    name: str
    requirement: str
    statements: tuple[Statement, ...]
    optional: bool = False

    def __post_init__(self) -> None:
        check_cell_name(self.key)
        check_texts(self, "name")

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
        rules: What else the figures must be like, one against another.
        period: What its figures count where it is due in several rounds, except those that say it themselves.
    """

    __pydantic_config__: ClassVar = STRICT

    key: str
    label: str
    title: str
    version: Annotated[int, _CountedFromOne]
    rows: tuple[Statement, ...] = ()
    head: Statement | None = None
    columns: tuple[str, str, str] = ("活动项目", "内容要求", "进展情况")
    items: tuple[Item, ...] = ()
    note: str = ""
    fields: tuple[Field, ...] = ()
    pairs: tuple[Pair, ...] = ()
    rules: tuple[Rule, ...] = ()
    period: Period | None = None

    def __post_init__(self) -> None:
        check_cell_name(self.key)
        check_texts(self, "label", "title")
        if self.label.startswith(".") or "\n" in self.label:
            message = _("it names a sheet and a file: expected one line that begins with no dot")
            raise MisfitError(message, "label")
        if bool(self.rows) == bool(self.items):
            message = _("a form has either rows of label–value pairs or items with statements")
            raise MisfitError(message, "rows" if self.rows else "title")
        check_unique(self.items, "items")
        check_unique(self.fields, "fields")
        given = {field.key: ("fields", index) for index, field in enumerate(self.fields)}
        blanks = self._blank_places()
        self._check_fields_have_blanks(blanks)
        object.__setattr__(self, "fields", tuple(self._complete_fields({**blanks, **given})))
        self._check_unit_field(given)
        self._check_names({**given, **blanks})
        self._check_pairs()
        self._check_expressions()

    def _statement_places(self) -> Iterator[tuple[Place, Statement]]:
        if self.head:
            yield ("head",), self.head
        for index, row in enumerate(self.rows):
            yield ("rows", index), row
        for index, item in enumerate(self.items):
            for number, statement in enumerate(item.statements):
                yield ("items", index, "statements", number), statement

    def _blank_places(self) -> Mapping[str, Place]:
        """The place of each blank's statement, by key."""
        places: dict[str, Place] = {}
        for place, statement in self._statement_places():
            for blank in statement.blanks:
                if blank.key in places:
                    message = _("the blank “{key}” is there already; every blank needs a key of its own")
                    raise MisfitError(message.format(key=blank.key), *place)
                places[blank.key] = place
        return places

    def _check_fields_have_blanks(self, blanks: Mapping[str, Place]) -> None:
        given = {field.key for field in self.fields}
        for index, field in enumerate(self.fields):
            if field.key in blanks:
                continue
            if alike := difflib.get_close_matches(field.key, [key for key in blanks if key not in given], 1):
                message = _("the blank “{blank}” has no field, and the field “{key}” no blank: is one misspelt?")
                raise MisfitError(message.format(blank=alike[0], key=field.key), *blanks[alike[0]])
            message = _("the field “{key}” is in no statement of the form; expected one of its blanks")
            raise MisfitError(message.format(key=field.key), "fields", index)

    def _complete_fields(self, places: Mapping[str, Place]) -> Iterator[Field]:
        given = {field.key: field for field in self.fields}
        in_items = {blank.key: item for item in self.items for blank in item.blanks}
        for blank in (blank for statement in self.statements for blank in statement.blanks):
            field = given.get(blank.key) or Field(key=blank.key)
            item = in_items.get(blank.key)
            required = not (item and item.optional) if field.required is None else field.required
            field_type = field.type or ("yes_no" if blank.boxed else "count" if item else "text")
            if field_type == "yes_no" and len(blank.options) != 2:
                message = _("“{key}”: a yes_no has two options, yes first")
                raise MisfitError(message.format(key=blank.key), *places[blank.key])
            if (field_type in ("yes_no", "choice")) != bool(blank.options):
                message = _("“{key}”: the types yes_no and choice, and only they, go with options in the blank")
                raise MisfitError(message.format(key=blank.key), *places[blank.key])
            figure = field_type in REPORTED_TYPES
            if field.period and not figure:
                message = _("“{key}”: only a count or a yes_no is counted by round or cumulatively")
                raise MisfitError(message.format(key=blank.key), *places[blank.key])
            label, unit = field.label or blank.label, field.unit or blank.unit
            period = (field.period or self.period) if figure else None
            yield replace(field, blank=blank, type=field_type, required=required, label=label, unit=unit, period=period)

    def _check_unit_field(self, places: Mapping[str, Place]) -> None:
        keys = [field.key for field in self.fields if field.type == "unit"]
        if len(keys) != 1:
            message = _("exactly one field must be of type “unit”: the name of the unit that fills the form in")
            raise MisfitError(message, *(places[keys[1]] if keys else ("fields",)))

    def _check_names(self, places: Mapping[str, Place]) -> None:
        """Refuse that two cells of the form's workbook carry one name."""
        names: list[tuple[str, Place]] = [(BLANKS_ARE_ZERO, ()), (INCLUDES_CHILDREN, ())]
        names += [(item.notes_key, ("items", index, "key")) for index, item in enumerate(self.items)]
        for field in self.fields:
            names += [(field.key, places[field.key])]
            names += [(field.evidence_key, places[field.key])] if field.evidence else []
        seen: set[str] = set()
        for name, place in names:
            if name in seen:
                message = _("“{key}” is the name of another cell of the form already; choose another key")
                raise MisfitError(message.format(key=name), *place)
            seen.add(name)

    def _check_pairs(self) -> None:
        counts = {field.key for field in self.fields if field.type == "count"}
        for index, pair in enumerate(self.pairs):
            if unknown := [key for key in pair.fields if key not in counts]:
                message = _("a pair names “{key}”, which is no count of this form").format(key=unknown[0])
                raise MisfitError(message, "pairs", index, "fields")

    def _check_expressions(self) -> None:
        check_unique(self.rules, "rules")
        for index, rule in enumerate(self.rules):
            try:
                self.expression(rule)
            except ValueError as error:
                raise MisfitError(str(error), "rules", index, "expression") from error

    def expression(self, rule: Rule) -> expressions.Expression:
        """What the rule says of this form's fields.

        Raises:
            ValueError: It says nothing that can be understood.
        """
        return expressions.parse(rule.expression, {each.key: each.type or "" for each in self.fields}, LARGEST_COUNT)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in the order of the form."""
        return tuple(statement for _place, statement in self._statement_places())

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
class Outliers:
    """When a figure is far out of line with those of the other units.

    Attributes:
        threshold: The modified z-score, on logarithms, above which it is.
        least_units: How many units must have reported a figure for any to be compared.
        most_per_session: More people a session are not believed where people meet face to face.
    """

    __pydantic_config__: ClassVar = STRICT

    threshold: float = 3.5
    least_units: Annotated[int, _CountedFromOne] = 10
    most_per_session: Annotated[int, _CountedFromOne] = 2000

    def __post_init__(self) -> None:
        if not 0 < self.threshold < float("inf"):
            raise MisfitError(_("expected a number above 0"), "threshold")


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
    outliers: Outliers = Outliers()

    def __post_init__(self) -> None:
        check_name(self.key)
        check_texts(self, "title")
        if self.start > self.end:
            raise MisfitError(_("the campaign ends before it starts"), "end")
        check_unique(self.duties, "duties")
        check_unique(self.groups, "groups")
        check_unique(self.forms, "forms")
        self._check_labels()
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
        self._check_periods()
        duties = {duty.key for duty in self.duties}
        for index, group in enumerate(self.groups):
            if unknown := [key for key in group.owes if key not in duties]:
                message = _("the group “{group}” owes “{duty}”, which is not under duties")
                raise MisfitError(message.format(group=group.key, duty=unknown[0]), "groups", index, "owes")
        self._check_rules()

    def _check_periods(self) -> None:
        """Refuse a figure of which nobody can say how its rounds add up."""
        for index, form in enumerate(self.forms):
            silent = [field.key for field in form.reported_fields if field.period is None]
            if silent and len(self.duty_of(form).rounds) > 1:
                message = _(
                    "the form is due in several rounds, but does not say what “{key}” counts: “period: period” is "
                    "the round alone (本期), “period: cumulative” all since the start (累计); for the form or the field"
                )
                raise MisfitError(message.format(key=silent[0]), "forms", index)

    def _check_labels(self) -> None:
        seen: set[str] = set()
        for index, form in enumerate(self.forms):
            # In the name of a file most other signs become the same one.
            name = re.sub(r"\W", "_", form.label).casefold()
            if name in seen:
                message = _("the label “{label}” is that of another form; it names sheets and files")
                raise MisfitError(message.format(label=form.label), "forms", index, "label")
            seen.add(name)

    def _check_rules(self) -> None:
        """Refuse a rule about a group or a round that there is not."""
        groups = [group.key for group in self.groups]
        for index, form in enumerate(self.forms):
            rounds = [each.key for each in self.duty_of(form).rounds]
            for number, rule in enumerate(form.rules):
                for word, named, known in (("groups", rule.groups, groups), ("rounds", rule.rounds, rounds)):
                    if unknown := [key for key in named if key not in known]:
                        message = _("“{key}” is not known here; expected one of {known}")
                        text = message.format(key=unknown[0], known="、".join(known))
                        raise MisfitError(text, "forms", index, "rules", number, word)

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

    def groups_owing(self, form: Form) -> frozenset[str]:
        """The keys of the groups whose units owe the form; an empty key is that of units without a group."""
        return frozenset(key for key in ("", *(each.key for each in self.groups)) if form in self.owed_forms(key))


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
