"""`explain`: the page of a kind of finding, or the list of all kinds."""

from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

import anquanyue.checking.checks  # noqa: F401  (the checks add their kinds to the catalogue)
from anquanyue.cli.console import show
from anquanyue.errors import UserError
from anquanyue.findings import CATALOGUE, FindingType
from anquanyue.findings.pages import DIMENSION_WORDS, SEVERITY_WORDS, by_dimension, page_of
from anquanyue.findings.selecting import beginning, near
from anquanyue.language import gettext as _
from anquanyue.language import listed

_MOST_SUGGESTIONS: Final = 5


def explain(code: str | None) -> int:
    """Show what findings of that code mean, or all codes with their titles.

    Raises:
        UserError: There is no such code.
    """
    show(_list_of_codes() if code is None else _page(_find(code)))
    return 0


def _find(text: str) -> FindingType:
    """The kind of that code, which may be cut off where no other one begins so."""
    code = text.strip().casefold()
    fitting = [code] if code in CATALOGUE else beginning(code)
    if len(fitting) == 1:
        return CATALOGUE[fitting[0]]
    if meant := fitting or near(code):
        shown = listed((*meant[:_MOST_SUGGESTIONS], *(("…",) if len(meant) > _MOST_SUGGESTIONS else ())))
        message = _("there is no finding with the code “{code}”; is one of these meant: {near}?")
        raise UserError(message.format(code=text, near=shown))
    raise UserError(_("there is no finding with the code “{code}”; anquanyue explain lists them all").format(code=text))


def _page(kind: FindingType) -> RenderableType:
    page = page_of(kind, _)
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True)
    # Folded, because a Chinese sentence has no blanks at which it could wrap.
    table.add_column(overflow="fold")
    for heading, text in ((_("Message"), page.message), (_("What to do"), page.hint)):
        if text:
            table.add_row(Text(heading, style="bold"), Text(text))
    about = [page.severity, *([page.dimension] if kind.dimension else ())]
    return Group(
        Text.assemble((page.code, "bold cyan"), "  ", (page.title, "bold")),
        Text(" · ".join(about), style="dim"),
        Padding(Text(page.explanation), (1, 0)),
        table,
    )


def _list_of_codes() -> RenderableType:
    tables: list[RenderableType] = []
    width = max(map(len, CATALOGUE))
    for dimension, kinds in by_dimension(CATALOGUE.values()).items():
        table = Table.grid(padding=(0, 3, 0, 0))
        table.add_column(no_wrap=True, min_width=width)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for kind in kinds:
            table.add_row(Text(kind.code, style="cyan"), _(SEVERITY_WORDS[kind.severity]), Text(_(kind.title)))
        tables += [Text(_(DIMENSION_WORDS[dimension]), style="bold"), Padding(table, (0, 0, 1, 2), expand=False)]
    return Group(*tables, Text(_("anquanyue explain CODE tells more about one of them.")))
