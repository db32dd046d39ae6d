"""A folder → the submissions in it: every file ends as one or more submissions, whatever it holds.

Files are opened in worker processes, because the native reader may abort its process on a hostile file and because
a file may claim more memory than there is: a worker that dies or takes too long costs its one file a finding.
"""

import dataclasses
import os
from collections.abc import Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from anquanyue.campaign.model import Campaign
from anquanyue.findings import Finding
from anquanyue.reading.submission import Submission

SECONDS_A_FILE: Final = 30
"""A form is read in milliseconds; what takes this long is no form."""

MEMORY_A_WORKER: Final = 384 * 1024 * 1024
"""Bytes of address space that a worker may use above what it has when it starts."""

_LEAVE_ASIDE: Final = ("thumbs.db", "desktop.ini", ".ds_store")
_SIGNATURES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a zip archive (xlsx, ods) and an OLE file (xls, or an xlsx with a password) begin."""

_campaign: Campaign | None = None


def read_folder(folder: Path, campaign: Campaign) -> list[Submission]:
    """The submissions of all files in `folder` and below, in the order of their paths.

    Raises:
        OSError: The folder cannot be listed.
    """
    files = sorted(_files(folder), key=lambda path: path.relative_to(folder).as_posix())
    submissions: dict[Path, list[Submission]] = {}
    workbooks: list[Path] = []
    for path in files:
        if at_once := _without_opening(path, path.relative_to(folder).as_posix()):
            submissions[path] = [at_once]
        else:
            workbooks.append(path)
    submissions |= _read_in_workers(folder, workbooks, campaign)
    return [submission for path in files for submission in submissions[path]]


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise error

    for parent, _folders, names in os.walk(folder, onerror=refuse):
        for name in names:
            yield Path(parent, name)


def _without_opening(path: Path, shown: str) -> Submission | None:
    """What name, size and first bytes say already; None where the file must be opened."""
    name = path.name.lower()
    if name.startswith((".", "~$")) or name in _LEAVE_ASIDE:
        return Submission(path=shown, status="ignored", findings=(Finding(code="file-ignored", path=shown),))
    try:
        if not path.is_file():
            return _rejected(shown, Finding(code="file-unreadable", path=shown, parameters={"reason": "no file"}))
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        return _rejected(shown, Finding(code="file-unreadable", path=shown, parameters={"reason": error.strerror}))
    if not head:
        return _rejected(shown, Finding(code="file-empty", path=shown))
    if not head.startswith(_SIGNATURES):
        suffix = path.suffix or path.name
        return _rejected(shown, Finding(code="file-not-a-workbook", path=shown, parameters={"suffix": suffix}))
    return None


def _rejected(path: str, finding: Finding) -> Submission:
    return Submission(path=path, status="rejected", findings=(finding,))


def _read_in_workers(folder: Path, paths: list[Path], campaign: Campaign) -> dict[Path, list[Submission]]:
    from pebble import ProcessPool

    if not paths:
        return {}
    results: dict[Path, list[Submission]] = {}
    workers = min(os.cpu_count() or 1, len(paths))
    # Spawned, as on Windows: no thread or lock of this process is inherited.
    with ProcessPool(workers, initializer=_start_worker, initargs=(campaign,), context=get_context("spawn")) as pool:
        shown = [path.relative_to(folder).as_posix() for path in paths]
        futures = [
            pool.schedule(read_file, args=(path, name), timeout=SECONDS_A_FILE)
            for path, name in zip(paths, shown, strict=True)
        ]
        for path, name, future in zip(paths, shown, futures, strict=True):
            try:
                results[path] = future.result()
            except FutureTimeoutError:
                code, reason = "file-too-slow", f"> {SECONDS_A_FILE} s"
                results[path] = [_rejected(name, Finding(code=code, path=name, parameters={"reason": reason}))]
            except ImportError:  # The installation's trouble, not the file's.
                raise
            # Whatever a file does to its worker is that file's own trouble.
            except Exception as error:
                parameters = {"reason": type(error).__name__}
                results[path] = [_rejected(name, Finding(code="file-unsafe", path=name, parameters=parameters))]
    return results


def _start_worker(campaign: Campaign) -> None:
    global _campaign
    _campaign = campaign
    # The native reader reports a panic on the terminal before it raises or aborts; people get a finding instead.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    statm = Path("/proc/self/statm")
    if statm.exists():
        used = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_A_WORKER, hard))


def read_file(path: Path, shown: str, campaign: Campaign | None = None) -> list[Submission]:
    """The submissions in one file, called `shown` in findings; in a worker, of the campaign it was started with."""
    from anquanyue.reading.forms import read_forms
    from anquanyue.reading.grid import Book
    from anquanyue.reading.workbook import UnreadableError, concealed_cells, read_grids

    campaign = campaign or _campaign
    if campaign is None:
        raise RuntimeError("a worker reads the forms of the campaign that it was started with")
    try:
        book = Book(tuple(read_grids(path)), lambda sheet: concealed_cells(path, sheet))
        modified = path.stat().st_mtime
        submissions = read_forms(shown, book, campaign)
    except UnreadableError as error:
        return [_rejected(shown, Finding(code=error.code, path=shown, parameters={"reason": error.reason}))]
    return [dataclasses.replace(submission, modified=modified) for submission in submissions]
