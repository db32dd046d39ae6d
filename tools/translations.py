"""Brings the message catalogues up to date with the source: `python tools/translations.py`.

English is filled in by itself. What is new stays empty in Chinese until somebody translates it; it is listed then,
and the exit code is 1.
"""

import copy
import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1] / "src" / "anquanyue"
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None, "Phrase": None}
LANGUAGES = ("en", "zh")
_UNCHANGING = datetime.datetime(2022, 6, 1, tzinfo=datetime.UTC)
"""So that a catalogue changes only when its messages do."""


def extract() -> Catalog:
    """Every message of the source, the marked words of typer among them."""
    template = Catalog(project="anquanyue", version=" ", charset="utf-8", creation_date=_UNCHANGING)
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, _comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        template.add(message, locations=[(f"src/anquanyue/{Path(name).as_posix()}", 0)], context=context)
    return template


def po_file(language: str) -> Path:
    """The catalogue of `language`."""
    return SOURCE / "locale" / language / "LC_MESSAGES" / "anquanyue.po"


def load(language: str) -> Catalog:
    """The catalogue of `language` as it is now; an empty one if there is none."""
    path = po_file(language)
    if not path.is_file():
        return Catalog(locale=language, project="anquanyue", version=" ", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, template: Catalog) -> Catalog:
    """Bring the catalogue to the messages of `template`, keep its translations, and write and compile it."""
    catalogue = load(language)
    # A copy, because what is new enters the catalogue as the very object that the template holds.
    catalogue.update(copy.deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.creation_date = catalogue.revision_date = _UNCHANGING
    catalogue.header_comment = "# Made by tools/translations.py; translate the empty texts and run it again."
    catalogue.msgid_bugs_address = catalogue.last_translator = ""
    catalogue.language_team = language
    catalogue.fuzzy = False
    if language == "en":
        for message in catalogue:
            if message.id:
                message.string = message.id
                message.flags.discard("fuzzy")
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as po:
        write_po(po, catalogue, width=0, include_lineno=False, ignore_obsolete=True)
    with path.with_suffix(".mo").open("wb") as mo:
        write_mo(mo, catalogue)
    return catalogue


def problems(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """What keeps the catalogue from being complete: one line for each message."""
    wanted = {message.id for message in template if message.id}
    known = {message.id: message for message in catalogue if message.id}
    yield from (f"not in the catalogue: {each!r}" for each in sorted(wanted - known.keys(), key=str))
    yield from (f"no longer in the source: {each!r}" for each in sorted(known.keys() - wanted, key=str))
    for key, message in known.items():
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if not all(texts):
            yield f"not translated: {key!r}"
        elif message.fuzzy:
            yield f"marked as fuzzy: {key!r}"


def main() -> int:
    """Update every catalogue; 1 if one is incomplete."""
    template = extract()
    lines = [f"{language}: {line}" for language in LANGUAGES for line in problems(update(language, template), template)]
    print("\n".join(lines) or "All messages are translated.")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
