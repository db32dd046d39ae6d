"""Names of files and folders that Windows, Linux and network drives take."""

import re
from typing import Final

from anquanyue.campaign.model import Form, Unit

_BAD: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_ENDING: Final = ".xlsx"
_LONGEST_FOLDER: Final = 60
_LONGEST_FILE: Final = 80
"""Windows allows a whole path 260 characters; this leaves the more part of them for where the folder lies."""

_MOST_BYTES: Final = 240
"""Linux and network drives allow a name 255 bytes; a Chinese character has three."""


def folder_name(unit: Unit) -> str:
    """The name of the unit's folder; it begins with the unit's code, if it has one."""
    code = _fitted(_BAD.sub("_", unit.code), _LONGEST_FOLDER // 2, _MOST_BYTES // 2)
    return _fitted_into(f"{code}-" if code else "", unit.name, "", _LONGEST_FOLDER).rstrip(" .")


def file_name(form: Form, unit: Unit | None, revision: int = 0) -> str:
    """The name of the form's workbook; with the number of its return, if it is one."""
    title = _BAD.sub("_", f"{form.label}{form.title}")
    title = _fitted(title, _LONGEST_FILE // 2, _MOST_BYTES // 2).rstrip(" .")
    ending = f"（退回修改第{revision}次）{_ENDING}" if revision else _ENDING
    return _fitted_into(f"{title}（", unit.name, f"）{ending}", _LONGEST_FILE) if unit else f"{title}{ending}"


def usable(name: str) -> bool:
    """Whether a file may be called so everywhere, an ending behind it."""
    fitting = len(name) <= _LONGEST_FILE and len(name.encode()) <= _MOST_BYTES
    return fitting and not _BAD.search(name) and name.strip(" .") == name != ""


def distinct(name: str, taken: set[str], ending: str = "") -> str:
    """The name, numbered where it is taken, and henceforth taken; Windows does not tell upper from lower case."""
    stem, number, free = name.removesuffix(ending), 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem}~{number}{ending}"
    taken.add(free.casefold())
    return free


def _fitted_into(before: str, text: str, behind: str, characters: int) -> str:
    """The text between others that stay whole."""
    around = before + behind
    left = _MOST_BYTES - len(around.encode())
    return before + _fitted(_BAD.sub("_", text), characters - len(around), left) + behind


def _fitted(text: str, characters: int, size: int) -> str:
    """The text, shortened in its middle to so many characters and to so many bytes."""
    shortened, kept = text, min(len(text), characters)
    while len(shortened) > characters or len(shortened.encode()) > size:
        kept -= 1
        shortened = f"{text[: kept - kept // 3]}…{text[len(text) - kept // 3 :]}"
    return shortened
