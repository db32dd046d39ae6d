"""What people type for a field or a unit → which one they mean."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Final

from anquanyue.campaign.model import Field
from anquanyue.errors import UserError
from anquanyue.language import gettext as _
from anquanyue.summary import Summary

_MOST: Final = 5


def find_field(text: str, summary: Summary) -> Field:
    """The figure of that key or name, or the only one whose name holds the text.

    Raises:
        UserError: There is none, or there are several.
    """
    fields = summary.form.reported_fields
    exact = [field for field in fields if text.strip() in (field.key, field.label)]
    found = exact or [field for field in fields if text.strip() and text.strip() in field.label]
    if len(found) == 1:
        return found[0]
    names = {field.key: field.label for field in found or fields}
    near = _near(text, names, every=bool(found))
    message = (
        _("“{text}” is no figure of {form}; is one of these meant: {near}?")
        if near
        else _("“{text}” is no figure of {form}; anquanyue trace without a figure shows them all")
    )
    raise UserError(message.format(text=text, form=summary.form.label, near=near))


def find_unit(text: str, summary: Summary) -> str:
    """The code of the unit of that code, name or alias, or of the only one whose name holds the text.

    Raises:
        UserError: There is none, or there are several.
    """
    aliases = {unit.code: unit.aliases for unit in summary.roster.units} if summary.roster else {}
    exact = [code for code, name in summary.names.items() if text.strip() in (code, name, *aliases.get(code, ()))]
    found = exact or [code for code, name in summary.names.items() if text.strip() and text.strip() in name]
    if len(found) == 1:
        return found[0]
    names = {code: summary.names[code] for code in found or summary.names}
    near = _near(text, names, every=bool(found))
    message = (
        _("“{text}” is no unit of the list, and none that reported; is one of these meant: {near}?")
        if near
        else _("“{text}” is no unit of the list, and none that reported")
    )
    raise UserError(message.format(text=text, near=near))


def _near(text: str, names: Mapping[str, str], *, every: bool) -> str:
    """Keys with their names that are spelled nearly as `text`, or all of them."""
    keys: Iterable[str] = names
    if not every:
        words = {each: key for key, name in names.items() for each in (name, key)}
        keys = dict.fromkeys(words[each] for each in difflib.get_close_matches(text, words, n=_MOST, cutoff=0.3))
    shown = [f"{key} {names[key]}" if names[key] != key else key for key in keys]
    return "；".join(shown[:_MOST]) + ("…" if len(shown) > _MOST else "")
