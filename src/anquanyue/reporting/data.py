"""The summary as JSON, for other programs."""

import json

from anquanyue.summary import Summary


def summary_json(summary: Summary) -> str:
    """The figures alone, as the design fixes them: nothing about a person."""
    keys = [field.key for field in summary.form.reported_fields]
    figures = summary.merged.values[keys].astype(object)
    figures = figures.where(figures.notna(), None)
    rows = dict(zip(figures.index, figures.to_dict("records"), strict=True))
    data = {
        "campaign": summary.campaign.key,
        "totals": dict(summary.totals),
        "missing": dict(summary.missing),
        "units": {
            code: {"name": summary.names[code], "values": rows[code], "source": summary.merged.sources[code]}
            for code in summary.units
        },
        "not_reported": list(summary.not_reported),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
