"""The limits of reading: what exceeds them is no form, or meant to do harm. docs/limits.md says what becomes of it."""

from typing import Final

_MIB: Final = 1024 * 1024

# A file ----------------------------------------------------------------------------------------------------------

LARGEST_FILE: Final = 100 * _MIB
"""Bytes of a workbook or document, photos in it included."""

SECONDS_A_FILE: Final = 30
"""A form is read in milliseconds; what takes this long is no form."""

MEMORY_A_WORKER: Final = 384 * _MIB
"""Bytes of address space that a worker may use above what it has when it starts; not on Windows and macOS."""

SECONDS_TO_START: Final = 60
"""A worker imports the package and the campaign in a quarter of a second, but a machine may be busy."""

# The parts of a workbook or document ------------------------------------------------------------------------------

MOST_PARTS: Final = 10_000
"""Parts that a workbook or document may hold: a sheet is one, and so is a photo."""

LARGEST_PART: Final = 128 * _MIB
"""Bytes that one part may unpack to; the text of a form takes thousands."""

LARGEST_PACKAGE: Final = 1024 * _MIB
"""Bytes that all parts may unpack to: photos may be many."""

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 256
"""How far down and to the right a sheet is read. No form is that large, and a cell that was typed into by accident at
the far end would make every cell before it count."""

# Archives ---------------------------------------------------------------------------------------------------------

DEEPEST: Final = 3
"""How many archives may stand in one another."""

MOST_MEMBERS: Final = 10_000
"""Files that an archive may hold, with those of the archives in it."""

MOST_UNPACKED: Final = 4 * 1024 * _MIB
"""Bytes that an archive may claim to unpack to."""

MOST_RATIO: Final = 100
"""How much larger an archive may become by unpacking; photos and workbooks hardly do."""

ALWAYS_UNPACKED: Final = 64 * _MIB
"""Bytes that any archive may unpack to, whatever its ratio."""

LONGEST_NAME: Final = 1_000
"""Characters of a name in an archive; of a longer one the middle is not shown."""

# Old documents ----------------------------------------------------------------------------------------------------

SECONDS_TO_START_OFFICE: Final = 60
SECONDS_A_DOCUMENT: Final = 20
"""LibreOffice may take so long to start, and so long for each document."""
