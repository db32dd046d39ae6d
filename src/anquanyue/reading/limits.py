"""The limits of reading: what exceeds them is no form, or meant to do harm. docs/limits.md explains each."""

from typing import Final

SECONDS_A_FILE: Final = 30
"""A form is read in milliseconds; what takes this long is no form."""

SECONDS_TO_START: Final = 60
"""A worker imports the package and the campaign in a second or two."""

MEMORY_A_WORKER: Final = 384 * 1024 * 1024
"""Bytes of address space that a worker may use above what it has when it starts; not on Windows and macOS."""
