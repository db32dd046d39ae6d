"""The two consoles: results go to stdout, everything else to stderr."""

import contextlib
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from rich.console import Console, RenderableType
from rich.text import Text

from anquanyue.errors import OutputError, reason
from anquanyue.language import gettext as _

if TYPE_CHECKING:
    from anquanyue.reading.folder import Progress

_WIDTH_IN_A_PIPE: Final = 200
"""Nobody sees where a pipe's lines end, so that they need not be as short as on a narrow screen."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the caller; rich would end the program with the code for errors in the forms."""
        raise


def show(result: RenderableType | str | bytes) -> None:
    """Write what the command was asked for to stdout; a plain text, or bytes, as it is, for other programs.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        if isinstance(result, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(result)
        elif isinstance(result, str):
            sys.stdout.write(result + "\n")
        else:
            results().print(result)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_results()
        message = _("the results cannot be written: {reason}")
        raise OutputError(message.format(reason=_(reason(error)))) from error


def abandon_results() -> None:
    """Let what could not be written to stdout go, which Python would try again at its exit."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def results() -> Console:
    """The console for what the command was asked for."""
    return _console(stderr=False)


def messages(quiet: bool) -> Console:
    """The console for progress and remarks, which `quiet` silences."""
    return _console(stderr=True, quiet=quiet)


def print_error(message: str) -> None:
    """Say on stderr why the command failed, in red where there is colour."""
    text = _("error: {message}").format(message=message)
    # Where not even this can be written, only the exit code speaks.
    with contextlib.suppress(OSError):
        # Text, not markup: a file name may hold brackets.
        _console(stderr=True).print(Text(text, style="red"), soft_wrap=True)


def _console(*, stderr: bool, quiet: bool = False) -> Console:
    console = _Console(stderr=stderr, quiet=quiet, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH_IN_A_PIPE
    return console


def reading_progress(quiet: bool) -> "Progress":
    """What shows on stderr how far the reading of the forms is."""
    from anquanyue.cli.progress import progress

    return partial(progress, messages(quiet), _("Reading the forms …"))
