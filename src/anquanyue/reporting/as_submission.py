"""The totals as a filled form for the level above, where they are added up like any unit's figures."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from anquanyue.campaign.model import Field, Item, Unit
from anquanyue.summary import Summary
from anquanyue.writing.stamp import Stamp
from anquanyue.writing.workbook import form_workbook


def as_submission(summary: Summary, name: str, working_folder: Path) -> bytes:
    """The form of the level above, filled in with the totals, as an xlsx file.

    A total that no unit reported a usable value for stays blank. How many units stand behind a yes is in the stamp, so
    that totals of totals are the same as totals over all the units.

    Args:
        summary: What was added up.
        name: The unit that reports it.
        working_folder: Where the user's own templates are looked for first.

    Raises:
        TemplateError: A template of the guide or the form's note is wrong.
    """
    form = summary.form
    known = {key: len(summary.units) - number for key, number in summary.missing.items()}
    values: dict[str, object] = {item.notes_key: _notes(summary, item) for item in form.items}
    yes = []
    for field in form.reported_fields:
        total = summary.totals[field.key]
        if field.period == "period" and field.type == "count" and summary.earlier:
            # The level above adds the rounds up itself.
            total -= summary.earlier.totals[field.key]
        # Of a count by round there may be a total of those rounds that were reported.
        if known[field.key] or total:
            values[field.key] = total > 0 if field.type == "yes_no" else total
        if field.type == "yes_no" and total:
            yes.append((field.key, total))
    made = Stamp.of(summary.campaign, form, None, round=summary.round.key if summary.round else "")
    stamp = replace(made, yes=tuple(yes))
    return form_workbook(summary.campaign, form, Unit(code="", name=name), values, working_folder, stamp=stamp)


def _notes(summary: Summary, item: Item) -> str:
    """How many units the totals of an item hold, and what they lack."""
    fields = [summary.form.field(blank.key) for blank in item.blanks]
    ticked = [field for field in fields if field.type == "yes_no" and summary.totals[field.key]]
    parts = [f"汇总{len(summary.units)}个单位"]
    parts += [f"{field.label}：{field.blank.options[0]}{summary.totals[field.key]}个单位" for field in ticked]
    parts += _listed("缺报", fields, summary.missing)
    parts += _listed("含约数", fields, summary.approximate)
    return "；".join(parts) + "。"


def _listed(word: str, fields: Iterable[Field], numbers: Mapping[str, int]) -> list[str]:
    shown = [f"{field.label}（{numbers[field.key]}个单位）" for field in fields if numbers.get(field.key)]
    return [f"{word}：{'、'.join(shown)}"] if shown else []
