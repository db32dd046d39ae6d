"""units.csv or units.xlsx → Roster: who must report."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.errors import RosterError
from anquanyue.language import gettext as _

_COLUMNS: Final = {
    "编码": "code",
    "名称": "name",
    "别名": "aliases",
    "类别": "group",
    "上级": "parent",
    "邮箱": "email",
}
_KNOWN: Final = ("code", "name", "aliases", "group", "parent", "email")
_SEPARATOR = re.compile(r"[;；]")
# A code names a folder, so it must be a good file name on Windows too.
_BAD_CODE = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.|\.$')


def load_roster(path: Path | None, working_folder: Path, campaign: Campaign) -> Roster | None:
    """The roster of `path`, else of units.csv or units.xlsx in the working folder, else None.

    Raises:
        RosterError: The file is missing or wrong; names file and line.
    """
    if path is None:
        own = (working_folder / name for name in ("units.csv", "units.xlsx"))
        path = next((each for each in own if each.is_file()), None)
        if path is None:
            return None
    try:
        rows = _xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    except OSError as error:
        raise RosterError(_("{path}: cannot be read: {reason}").format(path=path, reason=error.strerror)) from error
    return parse_roster(rows, path.name, campaign)


def parse_roster(rows: Iterable[tuple[int, list[str]]], name: str, campaign: Campaign) -> Roster:
    """Parse numbered rows, the headings first; `name` is what error messages call the file.

    Raises:
        RosterError: A heading, code, name, group or parent is missing, doubled or unknown.
    """
    filled = [(line, [cell.strip() for cell in cells]) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise RosterError(_("{file}: is empty; expected the headings code,name and a line a unit").format(file=name))
    (head_line, head), *body = filled
    columns = [_COLUMNS.get(cell, cell.lower()) for cell in head]
    for required in ("code", "name"):
        if required not in columns:
            raise RosterError(
                _("{file}:{line}: the heading “{heading}” is missing; found {found}").format(
                    file=name, line=head_line, heading=required, found=", ".join(cell for cell in head if cell)
                )
            )
    units = [_unit(f"{name}:{line}", dict(zip(columns, cells, strict=False)), campaign) for line, cells in body]
    _check_together(units, [f"{name}:{line}" for line, _cells in body])
    return Roster(tuple(units))


def _unit(place: str, row: dict[str, str], campaign: Campaign) -> Unit:
    values = {column: row.get(column, "") for column in _KNOWN}
    for column in ("code", "name"):
        if not values[column]:
            raise RosterError(_("{place}: the {column} is missing").format(place=place, column=column))
    if _BAD_CODE.search(values["code"]):
        raise RosterError(
            _("{place}: the code “{code}” cannot name a folder; use letters and digits").format(
                place=place, code=values["code"]
            )
        )
    groups = {group.label: group.key for group in campaign.groups} | {group.key: group.key for group in campaign.groups}
    if values["group"] and values["group"] not in groups:
        raise RosterError(
            _("{place}: the group “{group}” is not in the campaign; expected one of {groups}").format(
                place=place, group=values["group"], groups="、".join(group.label for group in campaign.groups)
            )
        )
    aliases = tuple(alias.strip() for alias in _SEPARATOR.split(values["aliases"]) if alias.strip())
    return Unit(
        code=values["code"],
        name=values["name"],
        aliases=aliases,
        group=groups.get(values["group"], ""),
        parent=values["parent"],
        email=values["email"],
    )


def _check_together(units: list[Unit], places: list[str]) -> None:
    """Codes and names, aliases included, must each mean one unit; a parent must be in the list."""
    codes: dict[str, str] = {}
    names: dict[str, Unit] = {}
    for unit, place in zip(units, places, strict=True):
        # Folders on Windows do not tell upper from lower case.
        if (first := codes.setdefault(unit.code.casefold(), place)) != place:
            raise RosterError(
                _("{place}: the code “{code}” is there already ({first})").format(
                    place=place, code=unit.code, first=first
                )
            )
        for name in {unit.name, *unit.aliases}:
            if (other := names.setdefault(name, unit)) is not unit:
                raise RosterError(
                    _("{place}: the name “{name}” already means {code}").format(place=place, name=name, code=other.code)
                )
    known = {unit.code for unit in units}
    for unit, place in zip(units, places, strict=True):
        if unit.parent and (unit.parent not in known or unit.parent == unit.code):
            raise RosterError(
                _("{place}: the parent “{parent}” is no other unit's code").format(place=place, parent=unit.parent)
            )


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel in China saves a CSV in GBK, of which GB 18030 is the superset.
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise RosterError(
                _("{file}: is neither in UTF-8 nor in GBK; save it again as CSV").format(file=path.name)
            ) from error
    reader = csv.reader(text.splitlines(keepends=True))
    for row in reader:
        yield reader.line_num, row


def _xlsx_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    import python_calamine

    try:
        sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    except python_calamine.CalamineError as error:
        raise RosterError(_("{file}: is no workbook that can be read").format(file=path.name)) from error
    for line, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        # A code typed as a number comes as a float.
        yield line, [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row]
