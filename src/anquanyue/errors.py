"""What stops a command: something that the person at the keyboard can put right."""

import errno
import re
from collections.abc import Iterable
from typing import Final

from anquanyue.language import Phrase
from anquanyue.language import gettext as _

_REASONS: Final = {
    errno.EACCES: Phrase("access is denied"),
    errno.EBUSY: Phrase("it is in use by another program"),
    errno.EDQUOT: Phrase("there is no room left"),
    errno.EEXIST: Phrase("something of that name is there already"),
    errno.EFBIG: Phrase("it is too large"),
    errno.EIO: Phrase("the disk or the network failed"),
    errno.EISDIR: Phrase("it is a folder, not a file"),
    errno.ELOOP: Phrase("it is a link that leads in a circle"),
    errno.EMFILE: Phrase("too many files are open"),
    errno.ENAMETOOLONG: Phrase("the name is too long"),
    errno.ENOENT: Phrase("there is no such file or folder"),
    errno.ENOSPC: Phrase("there is no room left"),
    errno.ENOTDIR: Phrase("a part of the path is a file, not a folder"),
    errno.EPERM: Phrase("access is denied"),
    errno.EROFS: Phrase("nothing can be written there"),
}
"""What the system says in English only."""


class UserError(Exception):
    """The command cannot do its work; the message says why and what to do (exit code 2)."""


class CampaignError(UserError):
    """The campaign file is wrong; the message names file and line."""


class RosterError(UserError):
    """The list of units is wrong; the message names file and line."""


class TableError(UserError):
    """A table that the user keeps, as units.csv, cannot be read; the message names the file, and the line if any."""


class DecisionsError(UserError):
    """A decision is wrong; from a file the message names file and line."""


class TemplateError(UserError):
    """A Jinja template is missing or wrong; the message names file and line."""


class OutputError(UserError):
    """An output cannot be written."""


def reason(error: OSError) -> Phrase:
    """Why the system refused, to be translated where it is shown; in the system's own words where it is a rare one."""
    return _REASONS.get(error.errno or 0) or Phrase(error.strerror or error)


def in_words(message: str, known: Iterable[tuple[str, str]]) -> str:
    """A library's English `message` in the console's language.

    Args:
        message: What the library said.
        known: A pattern for the begin of what it may say, and our words for it, which name the pattern's groups.

    Returns:
        Our words of the first pattern that fits, else the message as it is.
    """
    for pattern, words in known:
        if match := re.match(pattern, message):
            return _(words).format(**match.groupdict())
    return message
