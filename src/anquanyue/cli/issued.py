"""The summaries that were issued, kept to compare later ones with them."""

from pathlib import Path
from typing import Final

from anquanyue.errors import OutputError, UserError
from anquanyue.language import gettext as _
from anquanyue.writing.file_names import usable

ISSUED: Final = Path("issued")
"""Where they are kept, in the working folder."""


def issued_path(name: str) -> Path:
    """Where the summary of that name is to be kept.

    Raises:
        UserError: It is no name of a file.
        OutputError: One of that name was issued already; it stays as it is.
    """
    if not usable(name):
        raise UserError(_("“{name}” is no name for a file; use letters and digits, as in 6月28日").format(name=name))
    path = ISSUED / f"{name}.json"
    if path.exists():
        raise OutputError(_("{path}: was issued already and stays as it is; choose another name").format(path=path))
    return path


def find_issued(old: Path) -> Path:
    """The file itself, or the issued summary of that name."""
    issued = ISSUED / f"{old.name}.json"
    return issued if old.name == str(old) and not old.exists() and issued.exists() else old
