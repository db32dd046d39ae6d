"""Reading on more than one machine: through a Dask cluster that is there already, with the files on a shared path.

Each task is a chunk of files, which the machine reads as any other does: in processes of its own that may die
(`anquanyue.reading.workers`). A program of its own starts them, because a worker of Dask may have no children.
"""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from anquanyue.campaign.model import Campaign
from anquanyue.errors import UserError
from anquanyue.language import gettext as _
from anquanyue.reading.file import OldDocument, Outcome, Source
from anquanyue.reading.keeping import Seen
from anquanyue.reading.sending import pack_outcome, unpack_outcome
from anquanyue.reading.workers import Task, Workers

if TYPE_CHECKING:
    from distributed import Client

_CHUNK: Final = 200
"""Files a task: reading them takes longer than starting to."""

_SECONDS_TO_CONNECT: Final = 10


class Cluster:
    """A Dask cluster that reads files of one campaign; stands in for `Workers`."""

    def __init__(self, address: str, campaign: Campaign, *, keeping: bool = False) -> None:
        """Connect to it.

        Args:
            address: Where it is.
            campaign: Whose forms the files may hold.
            keeping: Whether what is read may be kept for the next time.

        Raises:
            UserError: Dask is not installed, or nobody answers at the address.
        """
        self._campaign = campaign
        self._keeping = keeping
        self._client = _connected(address)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._client.close()  # type: ignore[no-untyped-call]

    def read(self, tasks: Sequence[Task], done: Callable[[int], None]) -> Iterator[tuple[Source, Outcome, Seen | None]]:
        """What became of each file, in the order of the tasks; `done` is called with the number of files read since.

        An old document, which LibreOffice must convert here, is read on this machine.

        Raises:
            UserError: The cluster could not read; nothing is said about the files.
        """
        sources = [replace(source, path=source.path.resolve()) for source, _copy in tasks]
        chunks = [sources[start : start + _CHUNK] for start in range(0, len(sources), _CHUNK)]
        # Read anew each time: what lies at a path may have changed.
        futures = self._client.map(_read_there, chunks, campaign=self._campaign, keeping=self._keeping, pure=False)
        outcomes: list[Any] = []
        for chunk, future in zip(chunks, futures, strict=True):
            try:
                outcomes += future.result()
            except Exception as error:
                message = _("the Dask cluster cannot read the files: {reason}; is anquanyue installed on its machines?")
                raise UserError(message.format(reason=f"{type(error).__name__} {error}".strip())) from error
            done(len(chunk))
        here = [task for task, outcome in zip(tasks, outcomes, strict=True) if outcome is None]
        read_here = {source: (outcome, seen) for source, outcome, seen in self._read_here(here)}
        for (source, _copy), each in zip(tasks, outcomes, strict=True):
            outcome, seen = read_here[source] if each is None else (_from_there(each[0], source), each[1])
            yield source, outcome, seen

    def _read_here(self, tasks: Sequence[Task]) -> Iterator[tuple[Source, Outcome, Seen | None]]:
        if tasks:
            with Workers(self._campaign, len(tasks), keeping=self._keeping) as workers:
                yield from workers.read(tasks, lambda _number: None)


def _connected(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        message = _("--dask needs a library that is not installed; run: {command}")
        raise UserError(message.format(command='pip install "anquanyue[dask]"')) from error
    try:
        return Client(address, timeout=_SECONDS_TO_CONNECT)  # type: ignore[no-untyped-call]
    # A wrong address raises whatever its parts deserve.
    except Exception as error:
        message = _("no Dask cluster answers at {address}")
        raise UserError(message.format(address=address)) from error


def _from_there(outcome: Sequence[Any], source: Source) -> Outcome:
    """With the paths that this machine knows."""
    found = unpack_outcome(outcome)
    return [replace(each, path=source.path) if isinstance(each, Source) else each for each in found]


def _read_there(sources: Sequence[Source], campaign: Campaign, keeping: bool) -> list[Any]:
    """On a machine of the cluster: what became of each file, packed, and what of it may be kept.

    None for what must be read elsewhere.
    """
    command = [sys.executable, "-m", "anquanyue.reading.cluster"]
    done = subprocess.run(  # noqa: S603  (this program)
        command, input=pickle.dumps((sources, campaign, keeping)), capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1])
    found: list[Any] = pickle.loads(done.stdout)  # noqa: S301  (of the program that was started)
    return found


def _main() -> None:
    """Read what comes on stdin, in processes that may die."""
    sources, campaign, keeping = pickle.load(sys.stdin.buffer)  # noqa: S301  (of the program that started this one)
    with (
        tempfile.TemporaryDirectory(prefix="anquanyue-") as work,
        Workers(campaign, len(sources), keeping=keeping) as workers,
    ):
        tasks = [(source, Path(work, str(number))) for number, source in enumerate(sources)]
        found = [
            None if isinstance(outcome, OldDocument) else (pack_outcome(outcome), seen)
            for _source, outcome, seen in workers.read(tasks, lambda _number: None)
        ]
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    _main()
