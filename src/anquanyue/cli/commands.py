"""Typer's commands, speaking the console's language: their help, and what they say of surplus words.

Typer's own help cuts Chinese lines off where they should wrap, and speaks of types (`<bool>`, `<path>`).
"""

from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from anquanyue.cli.console import show
from anquanyue.cli.usage import UsageError
from anquanyue.language import gettext as _


class _Words:
    """What commands and groups have in common."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this message and exit.")
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        del formatter  # It knows nothing of wide characters.
        _print_help(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc, no-any-return]
        except UsageError as error:
            error.ctx = error.ctx or ctx  # The parser does not say whose option it was.
            raise


class Group(_Words, TyperGroup):
    """The program: a group of commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments name."""
        if self.get_command(ctx, args[0]) is None:
            ctx.fail(_("there is no command “{name}”").format(name=args[0]))
        return super().resolve_command(ctx, args)


class Command(_Words, TyperCommand):
    """A command."""

    allow_extra_args = True
    """So that surplus words are refused here and not by typer, in English."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the arguments apart."""
        surplus = super().parse_args(ctx, args)
        if surplus:
            ctx.fail(_("“{words}” is not expected here").format(words=" ".join(surplus)))
        return surplus


def _print_help(command: Any, ctx: Any) -> None:
    usage = " ".join((_("Usage: ") + ctx.command_path, *command.collect_usage_pieces(ctx)))
    parameters = [each for each in command.get_params(ctx) if not getattr(each, "hidden", False)]
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    options = [each for each in parameters if each.param_type_name == "option"]
    show(Text(usage, style="bold"))
    show(Padding(Text(command.help or ""), (1, 0, 0, 0), expand=False))
    _print_table(_("Arguments"), ((each.metavar, _parameter_help(each)) for each in arguments))
    names = {option: ", ".join(sorted(option.opts, key=len)) for option in options}
    _print_table(_("Options"), ((names[each], each.metavar or "", _parameter_help(each)) for each in options))
    if isinstance(command, TyperGroup):
        commands = {name: command.get_command(ctx, name) for name in command.list_commands(ctx)}
        _print_table(_("Commands"), ((name, each.help if each else "") for name, each in commands.items()))


def _print_table(heading: str, rows: Iterable[tuple[str | None, ...]]) -> None:
    table = Table.grid(padding=(0, 3, 0, 0))
    for *words, text in rows:
        if not table.columns:
            for _word in words:
                table.add_column(no_wrap=True)
            # Folded, because a Chinese sentence has no blanks at which it could wrap.
            table.add_column(overflow="fold")
        table.add_row(*(Text(word or "", style="cyan") for word in words), Text(text or ""))
    if table.columns:
        show(Padding(Text(heading, style="bold"), (1, 0, 0, 0), expand=False))
        show(Padding(table, (0, 0, 0, 2), expand=False))


def _parameter_help(parameter: Any) -> str:
    words = [parameter.help or ""]
    if parameter.required:
        words.append(_("[required]"))
    elif isinstance(default := parameter.default, Path | Enum):
        words.append(_("[default: {}]").format(default.value if isinstance(default, Enum) else default))
    return " ".join(words)
