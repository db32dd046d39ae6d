"""What lies over the cells of an .xlsx or .xlsb: pictures, text boxes and comments.

Form controls and the headers of printed pages are not looked at.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from anquanyue.reading.grid import Picture, column_letters
from anquanyue.reading.package import Package, relation_id
from anquanyue.reading.remarks import is_own

_COMMENTS: Final = re.compile(r"comments?[0-9]*\.xml", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


def drawn(package: Package, part: str) -> Iterator[Picture]:
    """The pictures that are laid over a sheet, each at the cell of its upper left corner."""
    if not package.has_any("xl/media/"):
        return
    for drawing in _drawings(package, part):
        relations = package.relations(drawing)
        for anchor in package.xml(drawing):
            row, column = _corner(anchor)
            for blip in anchor.iter("{*}blip"):
                if media := relations.get(relation_id(blip, "embed") or ""):
                    yield Picture(row, column, package.digest(media))


def remarks(package: Package, part: str) -> Iterator[str]:
    """The addresses of the cells with a comment that is not this program's, and of those under a text box."""
    for comments in package.relations(part).values():
        if _COMMENTS.search(comments) and comments in package:
            yield from _comments(package.xml(comments))
    for drawing in _drawings(package, part):
        for anchor in package.xml(drawing):
            if any("".join(body.itertext()).strip() for body in anchor.iter("{*}txBody")):
                row, column = _corner(anchor)
                yield f"{column_letters(column)}{row + 1}"


def _comments(root: Any) -> Iterator[str]:
    """Of a part with comments, or with the conversations that newer programs keep beside those."""
    authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
    for comment in root.iter("{*}comment", "{*}threadedComment"):
        number = comment.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        address, text = comment.get("ref", ""), "".join(comment.itertext()).strip()
        if text and not is_own(author, text) and _ADDRESS.fullmatch(address):
            yield address


def _drawings(package: Package, part: str) -> Iterator[str]:
    for drawing in package.relations(part).values():
        if drawing.startswith("xl/drawings/") and drawing.endswith(".xml") and drawing in package:
            yield drawing


def _corner(anchor: Any) -> tuple[int, int]:
    row, column = (int(anchor.findtext(f"{{*}}from/{{*}}{each}") or 0) for each in ("row", "col"))
    return row, column
