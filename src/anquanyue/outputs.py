"""Writing a document so that whoever reads it finds the old one or the new one, never half of one."""

import os
import tempfile
from pathlib import Path

from anquanyue.errors import OutputError, reason
from anquanyue.language import gettext as _


def check_output(path: Path) -> None:
    """Refuse a place where nothing can be written, before there is anything to write.

    Raises:
        OutputError: Its folder is missing, or it is a folder itself.
    """
    if not path.parent.is_dir():
        raise OutputError(
            _("{path}: there is no folder {folder}; create it first").format(path=path, folder=path.parent)
        )
    if path.is_dir():
        raise OutputError(_("{path}: is a folder; expected the name of a file").format(path=path))


def write_output(path: Path, data: bytes) -> None:
    """Write `data` to `path`, replacing what is there at once.

    Raises:
        OutputError: The folder is missing, the file is open elsewhere, or the disk refuses; the old file is kept.
    """
    try:
        check_output(path)
        _replace(path, data)
    except PermissionError as error:
        raise OutputError(
            _("{path}: cannot be written; is it open in Excel? Close it and run again").format(path=path)
        ) from error
    except OSError as error:
        raise OutputError(
            _("{path}: cannot be written: {reason}").format(path=path, reason=_(reason(error)))
        ) from error


def _replace(path: Path, data: bytes) -> None:
    # In the same folder, because only within one file system is a replacement a single step.
    handle, name = tempfile.mkstemp(prefix=".anquanyue-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(_permissions(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _permissions(path: Path) -> int:
    """Those of the file that is replaced; a temporary file alone would be readable by its owner only."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o644
