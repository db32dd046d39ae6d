"""Processes in which files are opened: the native reader may abort its own on a hostile file, or take all memory.

Files go to the workers in chunks, because a task costs as much as reading two forms. A worker that dies or takes too
long costs its chunk a second reading, file by file, and so only the one file a finding. Spawned processes are the same
on Windows; two of them start in a tenth of a second, in which this process imports what it needs afterwards.
"""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from anquanyue.campaign.model import Campaign
from anquanyue.language import Phrase
from anquanyue.reading.file import OldDocument, Outcome, Source, rejected, start_reading
from anquanyue.reading.file import read as read_source
from anquanyue.reading.keeping import Fingerprint, Seen, keepable
from anquanyue.reading.limits import MEMORY_A_WORKER, SECONDS_A_FILE, SECONDS_TO_START
from anquanyue.reading.sending import pack_outcome, unpack_outcome
from anquanyue.reading.submission import Submission

if TYPE_CHECKING:
    from pebble import ProcessPool

Task = tuple[Source, Path]
"""A file, and where a copy of it may be put for LibreOffice."""

_LARGEST_CHUNK: Final = 32
_CHUNKS_A_WORKER: Final = 4
"""At least so many, so that none waits long for the other at the end."""

_EXIT_MEMORY: Final = 77
"""The exit code of a worker in which a file took all memory."""

_SECONDS_BETWEEN_SIGNS: Final = 0.5
"""So often those who wait hear that work goes on."""

_MOST_POOLS: Final = 5
"""So many pools in a row that read nothing are no accident of a file."""


class Workers:
    """The processes that read files of one campaign, as long as the context lasts."""

    def __init__(self, campaign: Campaign, files: int, *, keeping: bool = False) -> None:
        """Start as many as there is work for.

        Args:
            campaign: Whose forms the files may hold.
            files: How many there are, about.
            keeping: Whether what is read may be kept for the next time.

        Raises:
            RuntimeError: They do not start, and so nothing can be said about the files.
        """
        self._campaign = campaign
        self._keeping = keeping
        self.number: Final = min(os.cpu_count() or 1, -(-files // 4))
        self._pool = self._started()

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_exception: object) -> None:
        # Nobody waits for what is still being read, as after Ctrl-C.
        _end(self._pool)

    def _started(self) -> "ProcessPool":
        from pebble import ProcessExpired, ProcessPool

        pool = ProcessPool(
            self.number,
            initializer=_start_worker,
            initargs=(self._campaign, self._keeping),
            context=get_context("spawn"),
        )
        try:
            # See that a worker answers, so that no file is blamed for one that cannot start.
            with _deaf():
                answer = pool.schedule(os.getpid, timeout=SECONDS_TO_START)
            answer.result()
        except (BrokenProcessPool, ProcessExpired, FutureTimeoutError) as error:
            raise RuntimeError(
                "the processes that read files do not start; a script that calls read_folder must do so "
                'below `if __name__ == "__main__":`, because each process runs it again from its beginning'
            ) from error
        except BaseException:  # Ctrl-C
            _end(pool)
            raise
        return pool

    def read(self, tasks: Sequence[Task], done: Callable[[int], None]) -> Iterator[tuple[Source, Outcome, Seen | None]]:
        """What became of each file, in the order of the tasks; `done` is called with the number of files read since."""
        outcomes: dict[int, tuple[Outcome, Seen | None]] = {}
        waiting = self._chunks(len(tasks))
        idle = 0
        while waiting:
            before = len(outcomes)
            waiting = self._round(tasks, waiting, outcomes, done)
            idle = 0 if len(outcomes) > before else idle + 1
            if idle == _MOST_POOLS:
                raise RuntimeError("the processes that read files end before they have read any")
        for number, (source, _copy) in enumerate(tasks):
            yield source, *outcomes.pop(number)

    def _chunks(self, files: int) -> list[list[int]]:
        size = max(1, min(_LARGEST_CHUNK, -(-files // (self.number * _CHUNKS_A_WORKER))))
        return [list(range(start, min(start + size, files))) for start in range(0, files, size)]

    def _round(
        self,
        tasks: Sequence[Task],
        chunks: Sequence[list[int]],
        outcomes: dict[int, tuple[Outcome, Seen | None]],
        done: Callable[[int], None],
    ) -> list[list[int]]:
        """Read the chunks into `outcomes`; those of the files that must be read again, mostly one by one."""
        again: list[list[int]] = []
        broken = False
        futures: list[tuple[list[int], Any]] = []
        for chunk in chunks:
            try:
                files = [tasks[number] for number in chunk]
                futures.append((chunk, self._pool.schedule(_read_chunk, args=(files,), timeout=SECONDS_A_FILE)))
            except RuntimeError:  # The pool has stopped: a worker died while it had nothing to do.
                again.append(chunk)
                broken = True
        futures.reverse()
        while futures:
            # A future is let go with what it holds as soon as that was taken.
            chunk, future = futures.pop()
            while wait((future,), _SECONDS_BETWEEN_SIGNS).not_done:
                done(0)
            try:
                found = future.result()
            except ImportError:  # The installation's trouble, not the file's.
                raise
            except (CancelledError, BrokenProcessPool):
                again.append(chunk)
                broken = True
            # Whatever a file does to its worker is that file's own trouble.
            except Exception as error:
                if len(chunk) > 1:
                    again += [[number] for number in chunk]
                else:
                    outcomes[chunk[0]] = [_blamed(tasks[chunk[0]][0], error)], None
                    done(1)
            else:
                for number, (outcome, seen) in zip(chunk, found, strict=True):
                    outcomes[number] = unpack_outcome(outcome), seen
                done(len(chunk))
        if broken:
            _end(self._pool)
            self._pool = self._started()
        return again


def _end(pool: "ProcessPool") -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started meanwhile does not hear Ctrl-C: that is for the process people see, which stops the workers.

    This process hears it afterwards: in the midst of starting one, nobody would know of that one.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield  # Ctrl-C is heard elsewhere; on Windows, which has no masks, also by what is started.
        return
    from multiprocessing import resource_tracker

    # When it starts by itself, it lets the signal through again.
    resource_tracker.ensure_running()
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if heard:
        signal.raise_signal(signal.SIGINT)


def _blamed(source: Source, error: Exception) -> Submission:
    if isinstance(error, FutureTimeoutError):
        return rejected(source.shown, "file-too-slow", reason=f"> {SECONDS_A_FILE} s")
    if getattr(error, "exitcode", None) == _EXIT_MEMORY:
        return rejected(source.shown, "file-unsafe", reason=Phrase("it takes far more memory than a form"))
    return rejected(source.shown, "file-unsafe", reason=type(error).__name__)


_keeping: Campaign | None = None
"""In a worker: whose forms may be kept; None where nothing may."""


def _read_chunk(tasks: Sequence[Task]) -> list[tuple[Any, Seen | None]]:
    """In a worker: what became of each file, packed, and what of it may be kept."""
    found: list[tuple[Any, Seen | None]] = []
    for source, copy in tasks:
        # What lies in an archive, or was converted, is kept with the file that it came from.
        is_itself = not source.members and source.findings is None
        fingerprint = Fingerprint(source.shown) if _keeping and is_itself else None
        try:
            outcome = read_source(source, None, copy, fingerprint)
        except ImportError:
            raise
        except MemoryError:
            # What is left of this file in memory must not cost the next one its place.
            os._exit(_EXIT_MEMORY)
        except Exception as error:
            outcome = [_blamed(source, error)]
        packed = pack_outcome(outcome)
        seen = None
        if _keeping and fingerprint and fingerprint.is_whole:
            seen = _seen(source, fingerprint, outcome, packed, _keeping)
        found.append((packed, seen))
    return found


def _seen(source: Source, fingerprint: Fingerprint, outcome: Outcome, packed: Any, campaign: Campaign) -> Seen:
    if isinstance(outcome, OldDocument) or any(isinstance(each, Source) for each in outcome):
        return Seen(fingerprint.key, fingerprint.size, fingerprint.modified, holds_more=True)
    submissions = [each for each in outcome if isinstance(each, Submission)]
    return Seen(fingerprint.key, kept=keepable(submissions, packed, source.shown, campaign))


def _start_worker(campaign: Campaign, keeping: bool) -> None:
    global _keeping
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_reading(campaign)
    _keeping = campaign if keeping else None
    # What a form leaves behind goes by itself; to look for what does not takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
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
