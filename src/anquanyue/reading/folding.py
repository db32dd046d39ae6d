"""Texts made comparable: one-to-one, so that no character turns into a digit that nobody typed."""

from functools import lru_cache
from typing import Final

# The full-width forms of ASCII (U+FF01 … U+FF5E) and the ideographic space. Not NFKC: it turns 10² into 102.
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}

_LONGEST_KEPT: Final = 100
"""Letters of a text that is folded once and kept."""


def narrow(text: str) -> str:
    """Full-width letters, digits and punctuation as half-width ones; the length stays."""
    return text if text.isascii() else text.translate(_NARROW)


def fold(text: str) -> str:
    """Only the letters and digits, narrow and in lower case: what two spellings of the same words share."""
    return _fold_word(text) if len(text) <= _LONGEST_KEPT else _folded(text)


def _folded(text: str) -> str:
    return "".join(character for character in narrow(text).casefold() if character.isalnum())


# The same words stand in ten thousand forms.
_fold_word = lru_cache(maxsize=4096)(_folded)
