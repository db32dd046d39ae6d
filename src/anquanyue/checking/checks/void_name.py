"""A form that counts although the name of its file says that it does not."""

from collections.abc import Iterator
from typing import Final

from anquanyue.checking.context import Context
from anquanyue.checking.selection import says_void
from anquanyue.findings import Finding
from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "name-says-void",
        "warning",
        mark("the name of the file says “{word}”, and it is the only one of the unit; it is counted"),
        mark("ask the unit for the valid form, or leave this file out by a decision"),
        title=mark("The file's name says that it does not count"),
        explanation=mark(
            "The file is called 作废, 草稿, 示例 or the like, and the unit sent no other one. Its figures are "
            "in the totals, because a figure left out in silence would be worse; whether they are meant to be "
            "is for the coordinator."
        ),
        dimension="correctness",
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """A finding for each accepted form whose file's name says so."""
    for submission, form in context.accepted():
        if word := says_void(submission):
            yield Finding(code="name-says-void", path=submission.path, form=form.key, parameters={"word": word})
