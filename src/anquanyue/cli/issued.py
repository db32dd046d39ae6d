"""The summaries that were issued, kept to compare later ones with them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from anquanyue.errors import OutputError, UserError
from anquanyue.language import gettext as _
from anquanyue.language import mark
from anquanyue.writing.file_names import usable

ISSUED: Final = Path("issued")
"""Where they are kept, in the working folder."""

_ISSUED_ALREADY: Final = mark("{path}: was issued already and stays as it is; choose another name")


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
        raise OutputError(_(_ISSUED_ALREADY).format(path=path))
    return path


def keep_issued(paths: Iterable[Path]) -> None:
    """Refuse documents that would replace an issued summary.

    Raises:
        OutputError: One would.
    """
    for path in paths:
        if path.suffix.lower() == ".json" and path.resolve().parent == ISSUED.resolve() and path.exists():
            raise OutputError(_(_ISSUED_ALREADY).format(path=path))


def find_issued(old: Path) -> Path:
    """The file itself, or the issued summary of that name."""
    issued = ISSUED / f"{old.name}.json"
    return issued if old.name == str(old) and not old.exists() and issued.exists() else old
