"""The command line: what a command raises becomes one line for a known failure, a report for an unknown one."""

import io
import sys
from typing import NoReturn

from anquanyue import language

EXIT_FAILED = 2
EXIT_INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command that the arguments name, and exit with its code."""
    _speak_utf8()
    # First of all: typer looks its headings up while it is imported.
    language.use(language.preferred())
    try:
        sys.exit(_run())
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)


def _run() -> int:
    import typer

    from anquanyue.cli.app import build_app
    from anquanyue.cli.console import print_error
    from anquanyue.cli.usage import UsageError, explain
    from anquanyue.errors import UserError

    try:
        return build_app()(standalone_mode=False) or 0
    except UserError as error:
        print_error(str(error))
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
            error.show()
        else:
            print_error(explain(error))
    except typer.Abort:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough; nothing more can be said there, not even at exit.
        sys.stdout = io.StringIO()
    except Exception:
        _report_bug()
    return EXIT_FAILED


def _report_bug() -> None:
    """What a developer needs, on stderr."""
    import platform
    import traceback

    from anquanyue import __version__
    from anquanyue.cli.console import print_error
    from anquanyue.language import gettext as _

    print_error(_("the program met something it was not made for; please report the following lines"))
    print(f"anquanyue {__version__}, Python {platform.python_version()}, {platform.platform()}", file=sys.stderr)
    traceback.print_exc()


def _speak_utf8() -> None:
    """Write UTF-8 into pipes and files on Windows, whose own encoding there may not know what units write."""
    if sys.platform != "win32":
        return
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
