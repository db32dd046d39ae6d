"""Comments beside the cells: which of them this program wrote itself, into a returned form."""

from typing import Final

from anquanyue.writing.marks import ASKS, AUTHOR

_BEGINNINGS: Final = tuple(f"【{words}】" for words in ASKS.values())


def is_own(author: str, text: str) -> bool:
    """Whether this program wrote the comment; LibreOffice forgets who did, and then its beginning tells."""
    return author.strip() == AUTHOR or (not author.strip() and text.strip().startswith(_BEGINNINGS))
