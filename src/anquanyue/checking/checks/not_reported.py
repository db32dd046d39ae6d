"""Who sent nothing."""

from collections.abc import Iterable
from typing import Final

from anquanyue.checking.context import Context
from anquanyue.checking.hierarchy import reported
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "not-reported",
        "warning",
        mark("nothing was received: {form_label} (due {deadline})"),
        mark("remind the unit"),
        dimension="completeness",
        title=mark("Nothing received"),
        explanation=mark(
            "The unit is in the list and owes this form, and neither it nor another unit on its behalf sent one that "
            "counts. All totals lack it. Remind the unit; a form that came and could not be read has its own finding "
            "beside this one."
        ),
    ),
)


def check(context: Context) -> Iterable[Finding]:
    """One finding for each form that a unit of the roster owes and that neither it nor another reports for it."""
    campaign, roster = context.campaign, context.roster
    if roster is None:
        return []
    arrived = reported(context.submissions, campaign, roster)
    forms = [(form, campaign.groups_owing(form)) for form in campaign.forms]
    return [
        Finding(
            code="not-reported",
            unit=unit.code,
            form=form.key,
            parameters={
                "form_label": form.label,
                "deadline": campaign.duty_of(form).rounds[-1].deadline.isoformat(),
            },
        )
        for unit in roster.units
        for form, owing in forms
        if unit.group in owing and unit.code not in arrived[form.key]
    ]
