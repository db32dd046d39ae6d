"""Writing a document so that whoever reads it finds the old one or the new one, never half of one."""

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from anquanyue.errors import OutputError, UserError, reason
from anquanyue.language import gettext as _
from anquanyue.resources import template_folders

INPUTS: Final = ("campaign.yaml", "units.csv", "units.xlsx", "decisions.csv", "decisions.xlsx")
"""What every command looks for in the working folder."""


def check_outputs(documents: Mapping[Path, Sequence[str]], folder: Path, inputs: Iterable[Path | None]) -> None:
    """Refuse documents that could not be written, or would be read at the next run, before there are any.

    Args:
        documents: Where each goes, and the endings of its name that are known.
        folder: The folder of returned forms.
        inputs: What the command reads besides; None is passed over.

    Raises:
        UserError: One is of another kind, lies in the folder, is an input, or would be a template.
        OutputError: It cannot be written.
    """
    templates = template_folders(Path())[0].resolve()
    read = {_place(path) for path in (*map(Path, INPUTS), *inputs) if path}
    for path, endings in documents.items():
        if path.suffix.lower() not in endings:
            raise UserError(
                _("{path}: this kind of document is not known; the name must end in one of {endings}").format(
                    path=path, endings=", ".join(endings)
                )
            )
        if path.resolve().is_relative_to(folder.resolve()):
            raise UserError(
                _("{path}: lies in the folder of returned forms and would be read as one; choose another").format(
                    path=path
                )
            )
        # Such a file is a template from now on.
        if _place(path) in read or path.resolve().is_relative_to(templates):
            raise UserError(
                _("{path}: is what the command reads and would be replaced; choose another name").format(path=path)
            )
        check_output(path)


def refuse_doubled(paths: Iterable[Path]) -> None:
    """Refuse two documents of one name.

    Raises:
        UserError: One is there twice.
    """
    places: set[str] = set()
    for path in paths:
        if _place(path) in places:
            raise UserError(_("{path}: is there twice; each document needs a name of its own").format(path=path))
        places.add(_place(path))


def _place(path: Path) -> str:
    """The same for every way to write the path."""
    return os.path.normcase(path.resolve())


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


def write_outputs(documents: Mapping[Path, bytes]) -> None:
    """Write one document after the other.

    Raises:
        OutputError: One cannot be written; it names those that were.
    """
    written: list[str] = []
    for path, data in documents.items():
        try:
            write_output(path, data)
        except OutputError as error:
            if not written:
                raise
            message = _("{problem}; written before that: {paths}")
            raise OutputError(message.format(problem=error, paths=", ".join(written))) from error
        written.append(str(path))


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
