"""The summary as JSON, for other programs, and for comparing a later one with it."""

import json
from collections.abc import Sequence
from typing import Any

from anquanyue.campaign.model import Field
from anquanyue.summary import Summary


def summary_data(summary: Summary) -> dict[str, Any]:
    """The figures alone, as the design fixes them: nothing about a person.

    Where the coordinator decided any, also the lines of the decisions, by unit and field (`decided`).
    """
    fields = summary.form.reported_fields
    figures = summary.merged.by_unit(fields)
    decided = _decided(summary, fields)
    return {
        "campaign": summary.campaign.key,
        "totals": dict(summary.totals),
        "missing": dict(summary.missing),
        "units": {
            code: {
                "name": summary.names[code],
                "values": {
                    field.key: _value(field, number) for field, number in zip(fields, figures[code], strict=True)
                },
                "source": summary.merged.sources[code],
            }
            for code in summary.units
        },
        "not_reported": list(summary.not_reported),
    } | ({"decided": decided} if decided else {})


def summary_json(summary: Summary) -> str:
    """The same as a text."""
    return json.dumps(summary_data(summary), ensure_ascii=False, indent=2) + "\n"


def _value(field: Field, number: int | None) -> int | bool | None:
    return number if number is None or field.type != "yes_no" else bool(number)


def _decided(summary: Summary, fields: Sequence[Field]) -> dict[str, dict[str, str]]:
    """By unit and field: the line of the decision."""
    merged = summary.merged
    return {
        code: {key: str(merged.places.at[code, key]) for key in (fields[column].key for column in sorted(columns))}
        for code, columns in merged.marked(merged.of(fields).decided).items()
    }
