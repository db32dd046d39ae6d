"""The words that typer looks up in our catalogues, marked for them; nothing uses this list at run time."""

from typing import Final

from anquanyue.language import mark

WORDS: Final = (
    mark("Arguments"),
    mark("Options"),
    mark("Commands"),
    mark("Error"),
    mark("Aborted."),
    mark("Missing command."),
    mark("No such command {name!r}."),
    mark("Try [blue]'{command_path} {help_option}'[/] for help."),
    mark("(deprecated) "),
    mark("(dynamic)"),
    mark("[default: {}]"),
    mark("[env var: {}]"),
    mark("[required]"),
    mark("default: {default}"),
    mark("env var: {var}"),
    mark("required"),
)
