"""A folder → the submissions in it: every file ends as one or more submissions, whatever it holds."""

import os
import stat
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from anquanyue.campaign.model import Campaign
from anquanyue.errors import reason
from anquanyue.findings import Finding
from anquanyue.language import Phrase
from anquanyue.reading import office
from anquanyue.reading.archive import harmless
from anquanyue.reading.cache import Cache
from anquanyue.reading.file import OldDocument, Source, rejected
from anquanyue.reading.file import read as read_source
from anquanyue.reading.keeping import Seen
from anquanyue.reading.limits import MOST_MEMBERS
from anquanyue.reading.submission import Submission
from anquanyue.reading.workers import Workers

if TYPE_CHECKING:
    from anquanyue.reading.cluster import Cluster

Progress = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Given how many files there are, a context that is told how many were read since."""

_LEAVE_ASIDE: Final = ("thumbs.db", "desktop.ini", "__macosx")
_CAMPAIGN_FILES: Final = ("campaign.yaml", "units.csv", "units.xlsx", "decisions.csv", "decisions.xlsx")


@contextmanager
def silent(_files: int) -> Iterator[Callable[[int], None]]:
    """Show nothing."""
    yield _unannounced


def _unannounced(_number: int) -> None:
    """Tell nobody."""


def _nothing() -> None:
    """Do nothing meanwhile."""


def read_folder(
    folder: Path,
    campaign: Campaign,
    progress: Progress = silent,
    cache: Path | None = None,
    dask: str = "",
    meanwhile: Callable[[], None] = _nothing,
) -> list[Submission]:
    """The submissions of all files in `folder` and below, archives' members included, in the order of their paths.

    Args:
        folder: What was sent.
        campaign: Whose forms it may hold.
        progress: Shows people how far it is.
        cache: The folder in which is kept what was read before, without what is about a person; None to read anew.
        dask: The address of a Dask cluster that reads; "" to read on this machine.
        meanwhile: Called when this process begins to wait, for the disk and for other processes.

    Raises:
        OSError: The folder cannot be listed.
        RuntimeError: The workers do not start, and so nothing can be said about the files.
        UserError: The cluster cannot be used.
    """
    found: list[Submission] = []
    waiting: list[Source] = []
    above = len(folder.parts)
    for path in sorted(files_below(folder), key=os.fspath):
        shown = harmless("/".join(path.parts[above:]))
        if at_once := _without_opening(path, shown):
            found.append(at_once)
        else:
            waiting.append(Source(path, shown))
    meanwhile()
    kept = Cache(cache, campaign) if cache and waiting else None
    if kept:
        known = kept.known(waiting)
        found += [each for before in known.values() for each in before]
        waiting = [source for source in waiting if source not in known]
    if waiting:
        with (
            tempfile.TemporaryDirectory(prefix="anquanyue-", ignore_cleanup_errors=True) as work,
            _readers(campaign, len(waiting), dask, keeping=kept is not None) as workers,
            progress(len(waiting)) as done,
        ):
            new, seen = _read(waiting, workers, Path(work), done)
        found += new
        if kept:
            kept.keep(waiting, seen, new)
    # The forms of one file stay in the order of its sheets.
    return sorted(found, key=lambda submission: submission.path.split("#")[0])


def _readers(campaign: Campaign, files: int, dask: str, *, keeping: bool) -> "Workers | Cluster":
    if not dask:
        return Workers(campaign, files, keeping=keeping)
    from anquanyue.reading.cluster import Cluster

    return Cluster(dask, campaign, keeping=keeping)


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


def _read(
    waiting: list[Source], workers: "Workers | Cluster", work: Path, done: Callable[[int], None]
) -> tuple[list[Submission], dict[Source, Seen]]:
    """Read files, then what was in the archives among them, then the old documents among both.

    Returned is all that was found, and those of the files of which something may be kept.
    """
    found: list[Submission] = []
    seen: dict[Source, Seen] = {}
    old: list[tuple[Source, OldDocument]] = []
    members: Counter[Path] = Counter()
    started = 0
    while waiting:
        tasks = [(source, work / f"{started + number}") for number, source in enumerate(waiting)]
        started += len(waiting)
        waiting = []
        for source, outcome, as_it_was in workers.read(tasks, done):
            if as_it_was:
                seen[source] = as_it_was
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
        # What was in archives is not among the files that were announced.
        done = _unannounced
        if not waiting and old:
            converted, failed = _convert(old, work)
            waiting, old = converted, []
            found += failed
    return found, seen


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
