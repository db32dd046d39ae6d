"""The styles of an .ods, so far as they strike a text out, raise it or lower it."""

import re
from typing import Any, Final

from anquanyue.reading.package import Package

_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_COMMON: Final = "styles.xml"
_MARKS: Final = re.compile(rb"text-line-through-(?:style|type)=[\"'](?!none)|text-position=[\"'](?!0%)")

Mark = tuple[bool, int]
"""Whether a style strikes a text out, and whether it raises (1) or lowers (-1) it."""

USUAL: Final[Mark] = (False, 0)


class Styles:
    """The marks of the styles of a file."""

    def __init__(self, *roots: Any) -> None:
        """Those of these parts of the file; the earlier ones are stronger."""
        self._marks: dict[tuple[str, str], Mark] = {}
        self._parents: dict[tuple[str, str], tuple[str, str]] = {}
        self._columns: dict[Any, list[tuple[int, str]]] = {}
        for root in reversed(roots):
            self._add(root)

    def _add(self, root: Any) -> None:
        for style in root.iter(f"{_STYLE}style"):
            family = style.get(f"{_STYLE}family", "")
            key = (family, style.get(f"{_STYLE}name", ""))
            if parent := style.get(f"{_STYLE}parent-style-name"):
                self._parents[key] = (family, parent)
            if (looks := style.find(f"{_STYLE}text-properties")) is not None:
                # Either may go without the other.
                line = looks.get(f"{_STYLE}text-line-through-style") or looks.get(f"{_STYLE}text-line-through-type")
                position = looks.get(f"{_STYLE}text-position", "")
                if line is not None or position:
                    self._marks[key] = (line not in (None, "none"), _script(position))

    def of_text(self, element: Any) -> Mark:
        """The marks of a paragraph or of a part of one."""
        family = "paragraph" if element.tag.endswith("}p") else "text"
        name = next((value for key, value in element.attrib.items() if key.endswith("}style-name")), "")
        return self._of((family, name))

    def of_cell(self, cell: Any, column: int, table: Any) -> Mark:
        """The marks of a cell: of its own style, else of its row's, else of its column's."""
        name = cell.get(f"{_TABLE}style-name") or cell.getparent().get(f"{_TABLE}default-cell-style-name")
        return self._of(("table-cell", name or self._of_column(column, table)))

    def _of_column(self, column: int, table: Any) -> str:
        if table not in self._columns:
            self._columns[table] = [
                (
                    int(each.get(f"{_TABLE}number-columns-repeated", "1")),
                    each.get(f"{_TABLE}default-cell-style-name", ""),
                )
                for each in table.iter(f"{_TABLE}table-column")
            ]
        for columns, name in self._columns[table]:
            column -= columns
            if column < 0:
                return name
        return ""

    def _of(self, key: tuple[str, str] | None) -> Mark:
        seen = set()
        while key is not None and key not in seen:
            if key in self._marks:
                return self._marks[key]
            seen.add(key)
            key = self._parents.get(key)
        return USUAL


def marked_styles(package: Package, content: bytes, root: Any) -> Styles | None:
    """The styles of a file with this content; None where none of them marks anything."""
    common = package.read(_COMMON) if _COMMON in package else b""
    if not (_MARKS.search(content) or _MARKS.search(common)):
        return None
    return Styles(root, package.parsed(common)) if common else Styles(root)


def _script(position: str) -> int:
    """Above the line 1, below it -1: `super 58%`, `-33% 58%`."""
    height = position.split(" ")[0]
    if height in ("super", "sub"):
        return 1 if height == "super" else -1
    number = height.rstrip("%")
    return 0 if not number.strip("-0.") else -1 if number.startswith("-") else 1
