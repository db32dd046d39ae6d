"""Submissions of 附件3 as reading leaves them, to be checked."""

from collections.abc import Mapping
from typing import Any

from anquanyue.campaign.model import Campaign, Form, Roster
from anquanyue.checking.context import Context
from anquanyue.reading.submission import Entry, Submission, Value


def sent(
    form: Form, unit: str = "wujin", *, values: Mapping[str, Value | None] | None = None, **more: Any
) -> Submission:
    """A submission in which every count is 100 and every yes/no 是, except `values`; None is a blank."""
    usual: dict[str, Value] = {field.key: True if field.type == "yes_no" else 100 for field in form.reported_fields}
    entries = {
        key: Entry("" if value is None else str(value), value, f"附件3!D{number}")
        for number, (key, value) in enumerate({**usual, **(values or {})}.items(), 1)
    }
    return Submission(path=f"{unit}.xlsx", form=form.key, unit=unit, **{"round": "once", "entries": entries, **more})


def context(campaign: Campaign, *submissions: Submission, roster: Roster | None = None) -> Context:
    """What a check looks at."""
    return Context(campaign, roster, submissions)
