"""A workbook as bytes: the same content gives the same bytes."""

import datetime
import io
import re
import zipfile
from typing import Final

from openpyxl import Workbook

_MOMENT: Final = datetime.datetime(2000, 1, 1)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def workbook_bytes(workbook: Workbook) -> bytes:
    """The workbook as an xlsx file without the time at which it was made, which openpyxl writes in two places."""
    workbook.properties.creator = "anquanyue"
    workbook.properties.created = _MOMENT
    written, fixed = io.BytesIO(), io.BytesIO()
    workbook.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + _MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, content)
    return fixed.getvalue()
