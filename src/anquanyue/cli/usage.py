"""Wrong arguments, explained in the console's language: typer's own sentences are English only."""

from typing import Any, Final

import typer

from anquanyue.language import gettext as _

# Older versions of typer take their exceptions from click, newer ones have their own.
UsageError: Final[type[Any]] = typer.BadParameter.__mro__[1]


def explain(error: Any) -> str:
    """What is wrong with the arguments, and where to look for help."""
    context = error.ctx
    command = context.command_path if context else "anquanyue"
    return _("{problem}; see {command} --help").format(problem=_problem(error), command=command)


def _problem(error: Any) -> str:
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        return _("{name} is missing").format(name=_name(parameter))
    if kind == "NoSuchOption":
        return _("there is no option {name}").format(name=error.option_name)
    if kind == "BadOptionUsage":
        if _is_flag(error.ctx, error.option_name):
            return _("the option {name} takes no value").format(name=error.option_name)
        return _("the option {name} needs a value after it").format(name=error.option_name)
    if kind == "BadParameter" and parameter is not None:
        name = _name(parameter)
        if "|" in (choices := parameter.metavar or ""):
            return _("{name} must be one of {choices}").format(name=name, choices=choices.replace("|", ", "))
        return _("the value of {name} cannot be used ({reason})").format(name=name, reason=error.message)
    if error.message == "Missing command.":
        return _("the command is missing")
    return str(error.message)


def _name(parameter: Any) -> str:
    """The option as it is typed, or the word that stands for the argument."""
    option = max(parameter.opts, key=len)
    return option if option.startswith("-") else str(parameter.metavar or option)


def _is_flag(context: Any, option: str) -> bool:
    parameters = context.command.get_params(context) if context else ()
    return any(option in each.opts and getattr(each, "is_flag", False) for each in parameters)
