"""Names that are hard to copy, and what must be the same in a copy."""

import io
import zipfile

NAMES = [
    "武进区工信局",
    "a&b <c> \"d\" 'e' ]]>",
    " 前后有空格 ",
    "=cmd|' /C calc'!A1",
    "+86",
    "🎉样例👨‍👩‍👧",
    "样例" * 9,
    "样例" * 40,
    "x" * 40_000,
    "第一行\n第二行",
    "\t制表\r符",
    "\x01\x02",
    "_x000D_",
    "备注",
    "附件3",
    "anquanyue:form?unit=x",
]


def members(package: bytes) -> dict[str, tuple[bytes, tuple[int, ...], int]]:
    """All that is in a workbook or document, whatever the order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {each.filename: (archive.read(each), each.date_time, each.compress_type) for each in archive.infolist()}
