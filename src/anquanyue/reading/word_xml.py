"""The elements of a Word document as people see them: what controls hold, without what is only about the looks."""

from collections.abc import Iterator
from typing import Any


def children(element: Any) -> Iterator[Any]:
    """The children, with content controls, tracked insertions and alternatives replaced by what they hold."""
    for child in element:
        match tag_of(child):
            case "sdt":
                yield from _control(child)
            case "ins" | "moveTo" | "customXml" | "smartTag":
                yield from children(child)
            case "AlternateContent":
                branch = child.find("{*}Choice")
                branch = child.find("{*}Fallback") if branch is None else branch
                yield from () if branch is None else children(branch)
            case "":
                pass
            case _:
                yield child


def _control(control: Any) -> Iterator[Any]:
    """What a content control holds; a prompt that nobody replaced is nothing, and a box is a box whatever its font."""
    properties, content = control.find("{*}sdtPr"), control.find("{*}sdtContent")
    if content is None:
        return
    box = None if properties is None else properties.find("{*}checkbox")
    prompting = properties is not None and is_on(properties.find("{*}showingPlcHdr"))
    if box is None and not prompting:
        yield from children(content)
        return
    shown = "" if box is None else "☑" if is_on(box.find("{*}checked")) else "□"
    # What is in it stays where it is, so that a cell stays a cell, with other text.
    first = True
    for text in content.iter("{*}t", "{*}sym"):
        if tag_of(text) == "sym":
            text.tag = text.tag[: -len("sym")] + "t"
        text.text, first = (shown if first else ""), False
    yield from children(content)


def tag_of(element: Any) -> str:
    """The name without its namespace; "" of what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_word(element: Any) -> bool:
    """Whether it is of Word's own, and not of a formula or a drawing."""
    return "wordprocessingml" in element.tag


def attribute(element: Any, name: str) -> str:
    """The attribute of that name, whatever its namespace; "" where there is none."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def is_on(element: Any) -> bool:
    """Whether it is there and not switched off."""
    return element is not None and (attribute(element, "val") or "1").lower() not in ("0", "false", "off", "none")


def number_of(element: Any, default: int = 0) -> int:
    """Its value, if that is a small number."""
    value = "" if element is None else attribute(element, "val")
    # A table has at most 63 columns; more would only take memory.
    return min(int(value), 63) if value.isdecimal() else default


def is_covered(cell: Any) -> bool:
    """Whether the cell continues the one above or before it."""
    for name in ("vMerge", "hMerge"):
        merge = cell.find(f"{{*}}tcPr/{{*}}{name}")
        if merge is not None and attribute(merge, "val") in ("", "continue"):
            return True
    return False


def is_deleted(line: Any) -> bool:
    """Whether a row was deleted with tracking."""
    return line.find("{*}trPr/{*}del") is not None
