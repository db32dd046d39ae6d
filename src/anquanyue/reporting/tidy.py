"""The figures in tidy form, a row a value, for programs that go on with them."""

import codecs
import io
from typing import TYPE_CHECKING, Any, Final

from anquanyue.decisions_file import with_guard
from anquanyue.errors import UserError
from anquanyue.language import gettext as _
from anquanyue.provenance import Origin, origins
from anquanyue.summary import Summary

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = ("unit", "form", "round", "field", "label", "value", "file", "place", "name", "written", "how")
"""The columns; `unit` is the code and `name` the unit's name, `written` what it typed, `how` says how that counts."""

_TEXTS: Final = tuple(column for column in COLUMNS if column != "value")


def tidy(summary: Summary) -> "pd.DataFrame":
    """A row for every figure of the reporting units that stands, also where it is missing.

    The values of a field add up to its total; a yes counts 1, a no 0. <NA> is what is blank or could not be read.
    """
    import pandas as pd

    rows = [_row(each, summary) for each in origins(summary) if each.stands]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(_TEXTS, "string") | {"value": "Int64"})


def how(origin: Origin) -> str:
    """How what the unit typed counts: `blank`, `unreadable`, `decided`, `approximate`, `rewritten`, `zero`, else ""."""
    if origin.decided:
        return "decided"
    if origin.value is None:
        return "unreadable" if origin.text else "blank"
    if origin.approximate:
        return "approximate"
    if not origin.text:
        return "zero"
    return "rewritten" if origin.rewritten else ""


def tidy_csv(summary: Summary) -> bytes:
    """The tidy form as Excel opens it; no text in it is a formula."""
    frame = tidy(summary)
    for column in _TEXTS:
        frame[column] = frame[column].map(with_guard, na_action="ignore")
    # Without the mark Excel would take UTF-8 for GBK.
    return codecs.BOM_UTF8 + frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8", "backslashreplace")


def tidy_parquet(summary: Summary) -> bytes:
    """The tidy form as Parquet.

    Raises:
        UserError: The library that writes it is not installed.
    """
    stream = io.BytesIO()
    try:
        tidy(summary).to_parquet(stream, engine="pyarrow", index=False)
    except ImportError as error:
        message = _("a .parquet needs a library that is not installed; run: {command}")
        raise UserError(message.format(command='pip install "anquanyue[parquet]"')) from error
    return stream.getvalue()


def _row(origin: Origin, summary: Summary) -> tuple[Any, ...]:
    submission, value = origin.submission, origin.value
    return (
        submission.unit,
        submission.form,
        submission.round,
        origin.field.key,
        origin.field.label,
        None if value is None else int(value),
        origin.file,
        origin.place,
        summary.name(submission.unit),
        origin.text,
        how(origin),
    )
