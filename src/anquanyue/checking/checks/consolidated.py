"""Forms that hold the totals of many units (汇总表)."""

from collections.abc import Iterator
from typing import Final

from anquanyue.checking.context import Context
from anquanyue.findings import Finding, FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "form-consolidated",
        "info",
        mark("the form holds the totals of many units: “{label}” counts for {number} of them"),
        hint=mark("nothing needs to be done; compare the number with the unit if it surprises you"),
        title=mark("A form with the totals of many units"),
        explanation=mark(
            "A level below added up its own units' forms with anquanyue and sent the totals as its form. Its counts "
            "are sums, and where it ticks a box the form says for how many units; that number is in the total."
        ),
        dimension="consistency",
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """A note where a yes counts for more than one unit."""
    for submission, form in context.accepted():
        if submission.stamp and submission.stamp.yes:
            for field in form.reported_fields:
                if (number := submission.units_behind(field)) > 1:
                    yield Finding(
                        code="form-consolidated",
                        path=submission.path,
                        place=submission.entries[field.key].place,
                        form=form.key,
                        field=field.key,
                        parameters={"label": field.label, "number": number},
                    )
