"""How far the work on many files is, on stderr."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from anquanyue.language import gettext as _

_PATIENCE: Final = 1.0
"""What is done within so many seconds needs no bar."""


class _FilesASecond(ProgressColumn):
    def render(self, task: Task) -> Text:
        if task.speed is None:
            return Text()
        return Text(_("{number} files a second").format(number=round(task.speed, 1 if task.speed < 10 else None)))


@contextmanager
def progress(console: Console, description: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar with the files done, files per second and the time left, as long as the context lasts.

    It shows on a terminal only, not on a quiet console, and not before the first second is over.

    Args:
        console: That of stderr.
        description: What is being done.
        total: How many files there are.

    Yields:
        To be called with the number of files that were done since the last call; with 0 while one takes long, so that
        the bar shows in time.
    """
    if console.quiet or not console.is_terminal:
        yield lambda number: None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        _FilesASecond(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    task = bar.add_task(description, total=total)
    started, shown = time.monotonic(), False

    def advance(number: int) -> None:
        nonlocal shown
        bar.advance(task, number)
        if not shown and time.monotonic() - started >= _PATIENCE:
            bar.start()
            shown = True

    try:
        yield advance
    finally:
        bar.stop()
