"""Of many texts those that are like another one, without comparing it with each letter by letter."""

from collections.abc import Iterable
from typing import Final

import numpy as np


class SimilarTexts:
    """Texts of a few words, to be compared with many others."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: Final = list(texts)
        self._lengths: Final = np.array([len(each) for each in self._texts], dtype=np.int64)
        self._signs: Final = np.array([_sign(each) for each in self._texts], dtype=np.uint64)

    def to(self, text: str, alike: float) -> list[tuple[str, float, int]]:
        """The texts that are like `text` to `alike` of 100 or more, the most alike first, then in their order.

        Each comes with how alike it is (`rapidfuzz.fuzz.ratio`), and its place in the order, from 0.
        """
        from rapidfuzz import fuzz, process

        # Each character that only one of two texts holds must be put in or taken out to make the one of the other.
        most = (1 - alike / 100) * (self._lengths + len(text))
        differing = np.bitwise_count(self._signs ^ np.uint64(_sign(text)))
        there = (differing <= np.floor(most + 1e-9)).nonzero()[0].tolist()
        candidates = {place: self._texts[place] for place in there}
        return process.extract(text, candidates, scorer=fuzz.ratio, score_cutoff=alike, limit=None)


def _sign(text: str) -> int:
    """Which characters the text holds: a bit for each, of which a few characters share one."""
    sign = 0
    for character in text:
        sign |= 1 << ord(character) % 61
    return sign
