"""The command line: what a command raises becomes one line for a known failure, a report for an unknown one."""

import io
import os
import sys
from typing import NoReturn

from anquanyue import language

EXIT_FAILED = 2
EXIT_INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command that the arguments name, and exit with its code."""
    _prepare_streams()
    language.use(language.preferred())
    try:
        code = _run()
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    if code == EXIT_INTERRUPTED:
        _end_interrupted()
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End at once: Python would first let go a million values, one by one."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    # Whoever cannot take what was written hears of it from Python.
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code)


def _run() -> int:
    import typer

    from anquanyue.cli.app import build_app
    from anquanyue.cli.console import abandon_results, print_error
    from anquanyue.cli.usage import UsageError, explain
    from anquanyue.errors import UserError, reason
    from anquanyue.language import gettext as _

    try:
        return build_app()(standalone_mode=False) or 0
    except UserError as error:
        print_error(str(error))
    except UsageError as error:
        # Where nothing was asked for, the help has been shown already.
        if type(error).__name__ != "NoArgsIsHelpError":
            print_error(explain(error))
    except typer.Abort:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough; nothing more can be said there.
        abandon_results()
    except OSError as error:
        if error.filename is None:
            _report_bug()
        else:
            print_error(_("{path}: {reason}").format(path=error.filename, reason=_(reason(error))))
    except Exception:
        _report_bug()
    return EXIT_FAILED


def _end_interrupted() -> None:
    """One line on stderr, so that nobody waits for a result."""
    import signal

    from anquanyue.cli.console import messages
    from anquanyue.language import gettext as _

    if hasattr(signal, "pthread_sigmask"):
        # Once more would only disturb the end; and Python ends by this signal, without our code, where it was first met
        # within an import.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    messages(quiet=False).print(_("stopped before the end"), markup=False)


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


def _prepare_streams() -> None:
    """Let nothing that units wrote, or called their files, be more than stdout and stderr can say."""
    # Who closed them wants to hear nothing.
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w", encoding="utf-8") for stream in (sys.stdout, sys.stderr))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The encoding of a pipe or a file on Windows is that of old programs, which lacks many characters.
            in_utf8 = sys.platform == "win32" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if in_utf8 else None, errors="backslashreplace")
