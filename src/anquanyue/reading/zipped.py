"""A zip of parts as they are: for calamine, which reads nothing but zips, and need not unpack what is unpacked."""

import struct
import zlib
from collections.abc import Mapping

_NEW_YEAR_1980 = 0x21
_NAMES_ARE_UTF8 = 0x800


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts, by name, none of them compressed."""
    members: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for name, content in parts.items():
        called, size = name.encode(), len(content)
        # As APPNOTE.TXT calls it: version, flags, method, time, date, checksum, sizes, lengths of name and extra field.
        about = struct.pack(
            "<5H3I2H", 20, _NAMES_ARE_UTF8, 0, 0, _NEW_YEAR_1980, zlib.crc32(content), size, size, len(called), 0
        )
        members += (b"PK\x03\x04", about, called, content)
        directory.append(
            b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<3H2I", 0, 0, 0, 0, place) + called
        )
        place += 4 + len(about) + len(called) + size
    index = b"".join(directory)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(directory), len(directory), len(index), place, 0)
    return b"".join((*members, index, end))
