"""CSV as Excel opens it."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from anquanyue.decisions_file import with_guard


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV with a mark of its encoding; no text in it is a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([with_guard(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    # Without the mark Excel would take UTF-8 for GBK.
    return codecs.BOM_UTF8 + stream.getvalue().encode("utf-8", errors="backslashreplace")
