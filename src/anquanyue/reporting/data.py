"""The summary as JSON, for other programs, and for comparing a later one with it."""

import json
from typing import Any

from anquanyue.summary import Summary


def summary_data(summary: Summary) -> dict[str, Any]:
    """The figures alone, as the design fixes them: nothing about a person.

    Where the coordinator decided any, also the lines of the decisions, by unit and field (`decided`).
    """
    keys = [field.key for field in summary.form.reported_fields]
    figures = summary.merged.values[keys].astype(object)
    figures = figures.where(figures.notna(), None)
    rows = dict(zip(figures.index, figures.to_dict("records"), strict=True))
    decided = _decided(summary, keys)
    return {
        "campaign": summary.campaign.key,
        "totals": dict(summary.totals),
        "missing": dict(summary.missing),
        "units": {
            code: {"name": summary.names[code], "values": rows[code], "source": summary.merged.sources[code]}
            for code in summary.units
        },
        "not_reported": list(summary.not_reported),
    } | ({"decided": decided} if decided else {})


def summary_json(summary: Summary) -> str:
    """The same as a text."""
    return json.dumps(summary_data(summary), ensure_ascii=False, indent=2) + "\n"


def _decided(summary: Summary, keys: list[str]) -> dict[str, dict[str, str]]:
    """By unit and field: the line of the decision."""
    found: dict[str, dict[str, str]] = {}
    decided = summary.merged.decided
    for key in keys:
        for code in decided.index[decided[key]]:
            found.setdefault(str(code), {})[key] = str(summary.merged.places.at[code, key])
    return found
