import io
import zipfile

import pytest

from anquanyue.reading.package import Package, UnreadableError

CONTENT = "附件3".encode() * 5_000


def packed(method: int = zipfile.ZIP_DEFLATED, name: str = "a/b.xml") -> bytearray:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        archive.writestr(name, CONTENT)
    return bytearray(data.getvalue())


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
def test_a_part_is_read_however_it_is_packed(method: int) -> None:
    assert Package(bytes(packed(method))).read("A\\b.XML") == CONTENT
    assert Package(bytes(packed(method, "附件.xml"))).read("附件.xml") == CONTENT
    # Before the zip there may be something else.
    assert Package(b"MZ" + bytes(packed(method))).read("a/b.xml") == CONTENT


def test_a_part_with_a_flipped_bit_is_not_read() -> None:
    whole = packed()
    for place in range(14, 14 + 30):
        data = whole.copy()
        data[place] ^= 0x10
        try:
            assert Package(bytes(data)).read("a/b.xml") == CONTENT
        except UnreadableError as error:
            assert error.code in ("file-unreadable", "file-password")


def test_a_part_that_is_larger_than_it_says_is_not_read() -> None:
    data = packed()
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    with pytest.raises(UnreadableError):
        Package(bytes(data)).read("a/b.xml")
