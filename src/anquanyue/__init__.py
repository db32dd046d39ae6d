"""The coordinator's toolkit for campaigns that collect figures by spreadsheet: forms out, forms in, one report."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anquanyue.api import read, summarize
    from anquanyue.errors import UserError
    from anquanyue.summary import Summary

__version__ = "0.1.0"
__all__ = ["Summary", "UserError", "__version__", "read", "summarize"]


def __getattr__(name: str) -> Any:
    """The public names, imported when they are asked for: the commands start without them."""
    if name in ("Summary", "read", "summarize"):
        from anquanyue import api

        return getattr(api, name)
    if name == "UserError":
        from anquanyue.errors import UserError

        return UserError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
