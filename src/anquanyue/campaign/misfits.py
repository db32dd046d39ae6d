"""What does not fit in a campaign: the error that tells its place, and the checks that several classes share."""

import re
from collections.abc import Callable, Iterable
from typing import Protocol

from anquanyue.campaign.statement import check_key, check_length
from anquanyue.language import gettext as _

_NAME = re.compile(r"[^\W_](?:[\w.-]*[\w-])?")

Place = tuple[str | int, ...]
"""Words and numbers that lead to something from the object that is checked."""


class MisfitError(ValueError):
    """Something that does not fit what stands elsewhere; `location` leads to it from the object that is checked."""

    def __init__(self, message: str, *location: str | int) -> None:
        super().__init__(message)
        self.location: Place = location


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


def check_unique(things: Iterable[_Keyed], where: str) -> None:
    """Refuse two things of one key under the word `where`; keys name folders, so that a capital tells none apart.

    Raises:
        MisfitError: At the second of them.
    """
    seen: set[str] = set()
    for index, thing in enumerate(things):
        if thing.key.casefold() in seen:
            raise MisfitError(_("“{key}” is there twice").format(key=thing.key), where, index, "key")
        seen.add(thing.key.casefold())


def check_cell_name(key: str) -> None:
    """Refuse a key that cannot be a defined name in Excel.

    Raises:
        MisfitError: At the word `key`.
    """
    _check(check_key, key)


def check_name(key: str) -> None:
    """Refuse a key that cannot stand in a stamp and name a folder.

    Raises:
        MisfitError: At the word `key`.
    """
    if not _NAME.fullmatch(key):
        message = _("“{key}” is no key: expected letters, digits, “-”, “_” and “.”, a letter or digit first")
        raise MisfitError(message.format(key=key), "key")
    _check(check_length, key)


def check_texts(thing: object, *names: str) -> None:
    """Refuse that one of these texts of `thing` is empty.

    Raises:
        MisfitError: At that text.
    """
    for name in names:
        if not getattr(thing, name).strip():
            raise MisfitError(_("expected a text, found nothing"), name)


def _check(check: Callable[[str], None], key: str) -> None:
    try:
        check(key)
    except ValueError as error:
        raise MisfitError(str(error), "key") from error
