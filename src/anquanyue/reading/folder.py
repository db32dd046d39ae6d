"""A folder → the submissions in it: every file ends as one or more submissions, whatever it holds.

Files are opened in worker processes, because the native reader may abort its process on a hostile file and because
a file may claim more memory than there is: a worker that dies or takes too long costs its one file a finding.
"""

import os
import stat
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Campaign
from anquanyue.errors import reason
from anquanyue.findings import Finding
from anquanyue.language import Phrase
from anquanyue.reading import office
from anquanyue.reading.archive import MOST_MEMBERS, harmless
from anquanyue.reading.file import OldDocument, Outcome, Source, rejected, start_reading
from anquanyue.reading.file import read as read_source
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    from pebble import ProcessPool

SECONDS_A_FILE: Final = 30
"""A form is read in milliseconds; what takes this long is no form."""

SECONDS_TO_START: Final = 60
"""A worker imports the package and the campaign in a second or two."""

MEMORY_A_WORKER: Final = 512 * 1024 * 1024
"""Bytes of address space that a worker may use above what it has when it starts."""

_LEAVE_ASIDE: Final = ("thumbs.db", "desktop.ini", "__macosx")
_CAMPAIGN_FILES: Final = ("campaign.yaml", "units.csv", "units.xlsx", "decisions.csv", "decisions.xlsx")


def read_folder(folder: Path, campaign: Campaign) -> list[Submission]:
    """The submissions of all files in `folder` and below, archives' members included, in the order of their paths.

    Raises:
        OSError: The folder cannot be listed.
        RuntimeError: The workers do not start, and so nothing can be said about the files.
    """
    found: list[Submission] = []
    waiting: list[Source] = []
    for path in sorted(files_below(folder)):
        shown = harmless(path.relative_to(folder).as_posix())
        if at_once := _without_opening(path, shown):
            found.append(at_once)
        else:
            waiting.append(Source(path, shown))
    if waiting:
        with (
            tempfile.TemporaryDirectory(prefix="anquanyue-", ignore_cleanup_errors=True) as work,
            _pool(campaign, len(waiting)) as pool,
        ):
            _expect_workers(pool)
            found += _read(waiting, pool, Path(work))
    # The forms of one file stay in the order of its sheets.
    return sorted(found, key=lambda submission: submission.path.split("#")[0])


def read_file(path: Path, shown: str, campaign: Campaign) -> list[Submission]:
    """The submissions in one file that is no archive and no old document, called `shown` in findings; in this process.

    Only for a file that is known to do no harm; `read_folder` reads what others sent.
    """
    outcome = read_source(Source(path, shown), campaign)
    if isinstance(outcome, OldDocument) or any(isinstance(each, Source) for each in outcome):
        raise ValueError("archives and old documents are read by folder")
    return [each for each in outcome if isinstance(each, Submission)]


def files_below(folder: Path) -> Iterator[Path]:
    """Everything that is not a folder, and folders that cannot be or are not entered."""
    closed: list[Path] = []

    def refuse(error: OSError) -> None:
        if error.filename is None or Path(error.filename) == folder:
            raise error
        closed.append(Path(error.filename))

    for parent, folders, names in os.walk(folder, onerror=refuse):
        yield from (Path(parent, name) for name in names)
        # Links to folders are not followed: out of the folder is not ours to read, and they may form a ring.
        yield from (path for name in folders if (path := Path(parent, name)).is_symlink())
    yield from closed


def _without_opening(path: Path, shown: str) -> Submission | None:
    """What name, size and kind of entry say already; None where the file must be opened."""
    if left_aside(shown):
        return _ignored(shown, "file-ignored")
    if shown.lower() in _CAMPAIGN_FILES:
        return _ignored(shown, "file-of-campaign")
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            return rejected(shown, "file-link")
        if stat.S_ISDIR(status.st_mode):
            return rejected(shown, "file-inaccessible", reason=Phrase("the folder may not be entered"))
        if not stat.S_ISREG(status.st_mode):
            return rejected(shown, "file-inaccessible", reason=Phrase("it is not a file but a device"))
    except OSError as error:
        return rejected(shown, "file-inaccessible", reason=reason(error))
    hidden = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 0)
    if getattr(status, "st_file_attributes", 0) & hidden:
        return _ignored(shown, "file-ignored")
    return rejected(shown, "file-empty") if status.st_size == 0 else None


def left_aside(shown: str) -> bool:
    """Whether it is what systems and programs put beside people's files."""
    return any(part.startswith((".", "~$")) or part in _LEAVE_ASIDE for part in shown.lower().split("/"))


def _ignored(shown: str, code: str) -> Submission:
    return Submission(path=shown, status="ignored", findings=(Finding(code=code, path=shown),))


def _pool(campaign: Campaign, files: int) -> "ProcessPool":
    from pebble import ProcessPool

    # Spawned, as on Windows: no thread or lock of this process is inherited.
    workers = min(os.cpu_count() or 1, files) if files > 1 else 1
    return ProcessPool(workers, initializer=_start_worker, initargs=(campaign,), context=get_context("spawn"))


def _expect_workers(pool: "ProcessPool") -> None:
    """See that a worker starts and answers, so that no file is blamed for one that cannot."""
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    try:
        pool.schedule(os.getpid, timeout=SECONDS_TO_START).result()
    except (BrokenProcessPool, ProcessExpired, FutureTimeoutError) as error:
        raise RuntimeError(
            "the processes that read files do not start; a script that calls read_folder must do so "
            'below `if __name__ == "__main__":`, because each process runs it again from its beginning'
        ) from error


def _start_worker(campaign: Campaign) -> None:
    start_reading(campaign)
    # The native reader reports a panic on the terminal before it raises or aborts; people get a finding instead.
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    statm = Path("/proc/self/statm")
    if statm.exists():
        used = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_A_WORKER, hard))


def _read(waiting: list[Source], pool: "ProcessPool", work: Path) -> list[Submission]:
    """Read files, then what was in the archives among them, then the old documents among both."""
    found: list[Submission] = []
    old: list[tuple[Source, OldDocument]] = []
    members: Counter[Path] = Counter()
    started = 0
    while waiting:
        tasks = [(source, work / f"{started + number}") for number, source in enumerate(waiting)]
        started += len(waiting)
        waiting = []
        for source, outcome in _in_workers(tasks, pool):
            if isinstance(outcome, OldDocument):
                old.append((source, outcome))
                continue
            inside = [each for each in outcome if isinstance(each, Source)]
            members[source.path] += len(inside)
            if members[source.path] > MOST_MEMBERS:
                found.append(rejected(source.shown, "archive-refused", reason=Phrase("it holds too many files")))
                continue
            found += [each for each in outcome if isinstance(each, Submission)]
            found += [_ignored(each.shown, "file-ignored") for each in inside if left_aside(each.shown)]
            waiting += [each for each in inside if not left_aside(each.shown)]
        if not waiting and old:
            converted, failed = _convert(old, work)
            waiting, old = converted, []
            found += failed
    return found


def _in_workers(tasks: Sequence[tuple[Source, Path]], pool: "ProcessPool") -> Iterator[tuple[Source, Outcome]]:
    futures = [pool.schedule(read_source, args=(source, None, copy), timeout=SECONDS_A_FILE) for source, copy in tasks]
    for (source, _copy), future in zip(tasks, futures, strict=True):
        try:
            yield source, future.result()
        except FutureTimeoutError:
            yield source, [rejected(source.shown, "file-too-slow", reason=f"> {SECONDS_A_FILE} s")]
        except ImportError:  # The installation's trouble, not the file's.
            raise
        # Whatever a file does to its worker is that file's own trouble.
        except Exception as error:
            yield source, [rejected(source.shown, "file-unsafe", reason=type(error).__name__)]


def _convert(old: Sequence[tuple[Source, OldDocument]], work: Path) -> tuple[list[Source], list[Submission]]:
    """Old documents as docx to read, and what becomes of those that cannot be converted."""
    converted: Mapping[Path, Path] | None = office.convert([document.copy for _source, document in old], work)
    sources: list[Source] = []
    failed: list[Submission] = []
    for source, document in old:
        if converted is None:
            failed.append(rejected(source.shown, "file-old-document", kind=f".{document.kind}"))
        elif document.copy not in converted:
            failed.append(rejected(source.shown, "file-not-converted", reason=f".{document.kind}"))
        else:
            sources.append(
                Source(converted[document.copy], source.shown, modified=document.modified, findings=document.findings)
            )
    return sources, failed
