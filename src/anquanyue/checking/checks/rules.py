"""The rules of the campaign file: what the figures of a submission must be like, one against another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from anquanyue.campaign.model import Field, Form, Rule
from anquanyue.checking.checks.half_pairs import half_pairs
from anquanyue.checking.context import Columns, Context
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import Phrase, mark
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TYPES: Final = (
    FindingType(
        "rule-violated",
        "error",
        mark("{rule_message} ({figures})"),
        mark("ask the unit which of the figures is right; until then all of them count as they are"),
        title=mark("Figures that contradict one another or the notice"),
        explanation=mark(
            "The campaign file has rules on the figures of a form; this one does not hold. The words are those of the "
            "rule, and so is the severity. Whatever a rule says, every figure that could be read counts in the totals. "
            "A pair of which one half is blank or 0 has a finding of its own, and no rule repeats it."
        ),
        dimension="consistency",
        instruction="{instruction}",
    ),
    FindingType(
        "rules-skipped",
        "info",
        mark("{number} rules could not be checked for want of {labels}: {rules}"),
        title=mark("Rules that could not be checked"),
        explanation=mark(
            "A rule of the campaign file needs a figure that is blank or could not be read. It is checked once the "
            "figure is there; the figure itself has a finding of its own."
        ),
        dimension="completeness",
    ),
)

_INSTRUCTION: Final = Phrase("check these figures, and correct the one that is wrong")
_BLANK: Final = "　"


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A rule that can be applied: the fields that it names, in order, and whether it holds for their columns."""

    rule: Rule
    fields: tuple[Field, ...]
    holds: Callable[[Mapping[str, Any]], Any]


def check(context: Context) -> Iterator[Finding]:
    """A finding for each rule that does not hold, and for each submission one for all rules that were left out."""
    for columns in context.columns:
        if columns.form.rules and columns.submissions:
            yield from _findings(columns, context)


def _findings(columns: Columns, context: Context) -> Iterator[Finding]:
    broken: dict[int, list[_Parsed]] = {}
    skipped: dict[int, list[_Parsed]] = {}
    for parsed in _parsed(columns.form):
        for rows, found in zip(_apply(parsed, columns, context), (broken, skipped), strict=True):
            for row in rows.nonzero()[0].tolist():
                found.setdefault(row, []).append(parsed)
    for row in sorted(broken.keys() | skipped.keys()):
        submission = columns.submissions[row]
        if row in broken:
            yield from _violated(broken[row], submission, columns.form)
        if row in skipped:
            yield from _skipped(skipped[row], submission, columns.form)


def _parsed(form: Form) -> Iterator[_Parsed]:
    for rule in form.rules:
        expression = form.expression(rule)
        yield _Parsed(rule, tuple(form.field(key) for key in expression.fields), expression.holds)


def _apply(parsed: _Parsed, columns: Columns, context: Context) -> "tuple[NDArray[np.bool_], NDArray[np.bool_]]":
    """By row, whether the rule is broken, and whether it was left out."""
    import numpy as np

    rule = parsed.rule
    missing = [np.isnan(columns.values[field.key]) for field in parsed.fields]
    skipped = np.logical_or.reduce(missing)
    if rule.missing != "skip_if_any":
        # A blank may be taken for 0, but not what could not be read.
        unread = _rows(columns, skipped, lambda each: any(_unread(each, field) for field in parsed.fields))
        skipped = unread | np.logical_and.reduce(missing) if rule.missing == "skip_if_all" else unread
    broken = ~skipped & ~parsed.holds({field.key: _filled(columns, field) for field in parsed.fields})
    if rule.groups or rule.rounds:
        applies = _rows(columns, broken | skipped, lambda each: _applies(rule, each, context))
        return broken & applies, skipped & applies
    return broken, skipped


def _filled(columns: Columns, field: Field) -> Any:
    """The whole numbers or truths of a column, 0 or False where one is missing."""
    import numpy as np

    return np.nan_to_num(columns.values[field.key]).astype(np.int64 if field.type == "count" else np.bool_)


def _rows(columns: Columns, among: "NDArray[np.bool_]", test: Callable[[Submission], bool]) -> "NDArray[np.bool_]":
    """By row, whether it is among those and its submission passes the test."""
    import numpy as np

    passing = np.zeros(len(among), dtype=np.bool_)
    for row in among.nonzero()[0].tolist():
        passing[row] = test(columns.submissions[row])
    return passing


def _applies(rule: Rule, submission: Submission, context: Context) -> bool:
    # A unit without a group owes everything.
    in_group = not rule.groups or context.group_of(submission) in ("", *rule.groups)
    return in_group and (not rule.rounds or submission.round in rule.rounds)


def _unread(submission: Submission, field: Field) -> bool:
    """Whether nobody knows what the unit wrote: the field was not found, or what stands there could not be read."""
    entry = submission.entries.get(field.key)
    return entry is None or (not entry.blank and entry.value is None)


def _violated(rules: Iterable[_Parsed], submission: Submission, form: Form) -> Iterator[Finding]:
    halves = {finding.field: finding.severity for finding in half_pairs(submission, form)}
    for rule, fields in ((each.rule, each.fields) for each in rules):
        # What a half-filled pair says of the same field already is not said twice, unless the rule is stricter.
        if any(halves.get(field.key) in ("error", rule.severity) for field in fields):
            continue
        entry = submission.entries.get(fields[0].key)
        yield Finding(
            code="rule-violated",
            path=submission.path,
            place=entry.place if entry else None,
            form=form.key,
            field=fields[0].key,
            value=submission.usable(fields[0]),
            severity_override=rule.severity,
            parameters={
                "rule": rule.key,
                "rule_message": rule.message,
                "instruction": rule.instruction or _INSTRUCTION,
                "figures": "，".join(f"{field.label}：{_shown(submission, field)}" for field in fields),
                "fields": tuple(field.key for field in fields),
            },
        )


def _shown(submission: Submission, field: Field) -> str:
    value = submission.usable(field)
    if isinstance(value, bool):
        return field.blank.options[0 if value else 1]
    return _BLANK if value is None else str(value)


def _skipped(rules: Iterable[_Parsed], submission: Submission, form: Form) -> Iterator[Finding]:
    """One finding for all rules that were left out; what need not be filled in may be left blank in silence."""
    wanting: dict[Field, None] = {}
    keys = []
    for rule, fields in ((each.rule, each.fields) for each in rules):
        missing = [field for field in fields if submission.usable(field) is None]
        if any(field.required or _unread(submission, field) for field in missing):
            keys.append(rule.key)
            wanting |= dict.fromkeys(missing)
    if keys:
        first = next(iter(wanting))
        entry = submission.entries.get(first.key)
        yield Finding(
            code="rules-skipped",
            path=submission.path,
            place=entry.place if entry else None,
            form=form.key,
            field=first.key if len(wanting) == 1 else None,
            parameters={
                "number": len(keys),
                "rules": "、".join(keys),
                "labels": "、".join(f"“{field.label}”" for field in wanting),
                "fields": tuple(field.key for field in wanting),
            },
        )
