"""Reads the blanks of statements back out of a text that a person typed: never a wrong value, rather none.

The text is folded to its letters and digits, each of which knows where it stood; a blank is then the original text
between two literals. The cascade: whole statements to the letter; then, in what is left over, one clause after the
other by similarity (`anquanyue.reading.alignment`); what is in doubt is refused and quoted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
