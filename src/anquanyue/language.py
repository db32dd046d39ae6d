"""The two languages of messages: English in the source, Chinese and English in the catalogues.

The console speaks one language a run (`use`); a document may speak another (`translate`).
"""

import gettext as _gettext
import locale
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, Literal

Language = Literal["zh", "en"]

DOMAIN: Final = "anquanyue"
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"

_console: Language = "en"


@cache
def _catalogue(language: Language) -> _gettext.NullTranslations:
    # Fallback: a checkout whose catalogues were not compiled still speaks (English).
    return _gettext.translation(DOMAIN, str(LOCALE_FOLDER), languages=[language], fallback=True)


def preferred() -> Language:
    """The language to speak: `ANQUANYUE_LANG`, else the locale's, else English."""
    asked = os.environ.get("ANQUANYUE_LANG", "").strip().lower()
    if asked:
        return "zh" if asked.startswith("zh") else "en"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh" if value.lower().startswith("zh") else "en"
    # Windows sets none of these; its locale name begins with "Chinese" or "zh".
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


class Phrase(str):
    """A text for the catalogues that stands in another message and is translated with it."""

    __slots__ = ()


def use(language: Language) -> None:
    """Speak `language` on the console from now on."""
    global _console
    _console = language


def console_language() -> Language:
    """The language that the console speaks."""
    return _console


def translate(message: str, language: Language) -> str:
    """`message`, an English text of the source, in `language`."""
    return _catalogue(language).gettext(message) if message else ""


def gettext(message: str) -> str:
    """`message` in the console's language."""
    return translate(message, _console)


def ngettext(singular: str, plural: str, number: int) -> str:
    """`singular` or `plural`, as `number` asks for, in the console's language."""
    return _catalogue(_console).ngettext(singular, plural, number)


def listed(texts: Iterable[str]) -> str:
    """The texts side by side, as the console's language does it."""
    return ("、" if _console == "zh" else ", ").join(texts)


def mark(message: str) -> str:
    """Mark a text for the catalogues that is translated later, when it is shown."""
    return message
