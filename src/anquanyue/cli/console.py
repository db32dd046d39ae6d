"""The two consoles: results go to stdout, everything else to stderr."""

import os
from typing import Final

from rich.console import Console
from rich.text import Text

from anquanyue.language import gettext as _

_WIDTH_IN_A_PIPE: Final = 200
"""Nobody sees where a pipe's lines end, so that they need not be as short as on a narrow screen."""


def results() -> Console:
    """The console for what the command was asked for."""
    return _console(stderr=False)


def messages(quiet: bool) -> Console:
    """The console for progress and remarks, which `quiet` silences."""
    return _console(stderr=True, quiet=quiet)


def print_error(message: str) -> None:
    """Say on stderr why the command failed, in red where there is colour."""
    text = _("error: {message}").format(message=message)
    # Text, not markup: a file name may hold brackets.
    _console(stderr=True).print(Text(text, style="red"), soft_wrap=True)


def _console(*, stderr: bool, quiet: bool = False) -> Console:
    console = Console(stderr=stderr, quiet=quiet, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH_IN_A_PIPE
    return console
