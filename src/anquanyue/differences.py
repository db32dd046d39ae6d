"""What changed since a summary that was kept as JSON: by total, by unit, and why."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from anquanyue.campaign.model import Field
from anquanyue.checking.decided import fits
from anquanyue.decisions import Decision
from anquanyue.errors import UserError
from anquanyue.language import gettext as _
from anquanyue.summary import Summary

Cause = Literal["new-submission", "other-submission", "file-changed", "decision", "decision-gone", "file-out", "gone"]
"""Why a unit's figure is another: it had reported nothing, another file counts, the same file holds something else,
the coordinator decided it or no longer does, decided that its file is out, or nothing of it counts any more."""

Figure = int | bool | None


@dataclass(frozen=True, slots=True)
class Change:
    """A unit's figure that is another than it was.

    Attributes:
        before, after: None where there was, or is, no usable value.
        source: The file that counts now, or, where none does, that counted then; of a decision its line.
        decision: What caused it, where that is known.
    """

    unit: str
    name: str
    field: Field
    before: Figure
    after: Figure
    cause: Cause
    source: str
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed.

    Attributes:
        totals: By field, only those that changed: the total then and now.
        changes: In the order of the units and of the form.
    """

    totals: Mapping[str, tuple[int, int]]
    changes: tuple[Change, ...]


def read_summary(text: str, name: str, summary: Summary) -> Mapping[str, Any]:
    """A summary that was written as JSON.

    Args:
        text: The file's content.
        name: What messages call it.
        summary: Of the same campaign.

    Raises:
        UserError: It is none, or one of another campaign.
    """
    try:
        data: dict[str, Any] = json.loads(text)
        fits_the_format = _is_summary(data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        fits_the_format = False
    if not fits_the_format:
        message = _("{file}: is no summary; expected a .json that anquanyue summarize wrote")
        raise UserError(message.format(file=name))
    if data.get("campaign") != summary.campaign.key:
        message = _("{file}: is about another campaign ({other}), not {campaign}")
        raise UserError(message.format(file=name, other=data.get("campaign"), campaign=summary.campaign.key))
    return data


def _is_summary(data: Mapping[str, Any]) -> bool:
    """Whether all that is compared is of its kind; raises where it is not even there."""
    numbers = [number for number in data["totals"].values() if number is not None]
    figures = [value for each in data["units"].values() for value in each["values"].values() if value is not None]
    texts = [each["source"] for each in data["units"].values()]
    texts += [line for lines in data.get("decided", {}).values() for line in lines.values()]
    return all(isinstance(each, int) for each in (*numbers, *figures)) and all(isinstance(each, str) for each in texts)


def differences(before: Mapping[str, Any], after: Mapping[str, Any], summary: Summary) -> Differences:
    """What is different in `after`.

    Args:
        before: As `read_summary` gives it. A field that it does not know had no value.
        after: How things stand now, in the same shape.
        summary: How things stand now.
    """
    totals = {
        key: (int(before["totals"].get(key) or 0), total)
        for key, total in summary.totals.items()
        if total != before["totals"].get(key, 0)
    }
    return Differences(totals, tuple(_changes(before, after, summary)))


_NOTHING: Final[Mapping[str, Any]] = {"values": {}, "source": ""}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], summary: Summary) -> Iterator[Change]:
    fields = summary.form.reported_fields
    gone = [code for code in before["units"] if code not in after["units"]]
    for code in (*summary.units, *gone):
        then, now = before["units"].get(code, _NOTHING), after["units"].get(code, _NOTHING)
        if then["values"] == now["values"]:
            continue
        decided = (before.get("decided", {}).get(code, {}), after.get("decided", {}).get(code, {}))
        for field in fields:
            values = then["values"].get(field.key), now["values"].get(field.key)
            if values[0] == values[1]:
                continue
            cause, source = _cause(field, then["source"], now["source"], decided, values)
            decision = _decision(cause, source, summary)
            if cause == "gone" and decision:
                cause = "file-out"
            name = summary.names.get(code) or str(then.get("name") or code)
            yield Change(code, name, field, *values, cause, source, decision)


def _cause(
    field: Field,
    then: str,
    now: str,
    decided: tuple[Mapping[str, str], Mapping[str, str]],
    values: tuple[Figure, Figure],
) -> tuple[Cause, str]:
    if not now:
        return "gone", then
    if line := decided[1].get(field.key):
        return "decision", line
    if not then:
        return "new-submission", now
    if then != now:
        return "other-submission", now
    if line := decided[0].get(field.key):
        return "decision-gone", line
    return "file-changed", now


def _decision(cause: Cause, source: str, summary: Summary) -> Decision | None:
    """The line of the decisions that caused it."""
    if cause == "decision":
        lines = {summary.decisions.place(each): each for each in summary.decisions.of_kind("value")}
        return next((lines[place] for place in source.split("；") if place in lines), None)
    if cause == "gone":
        out = summary.decisions.of_kind("file")
        return next((each for each in out for path in source.split("；") if fits(each.file, path)), None)
    return None
