"""units.csv or units.xlsx → Roster: who must report."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from anquanyue.campaign.model import Campaign, Roster, Unit
from anquanyue.errors import RosterError
from anquanyue.language import gettext as _
from anquanyue.tables import Row, Table, parse_table, read_rows

_COLUMNS: Final = {
    "编码": "code",
    "名称": "name",
    "别名": "aliases",
    "类别": "group",
    "上级": "parent",
    "邮箱": "email",
    "含下级": "includes_children",
}
_KNOWN: Final = ("code", "name", "aliases", "group", "parent", "email", "includes_children")
_YES_NO: Final = {"": None, "是": True, "yes": True, "否": False, "no": False}
_SEPARATOR = re.compile(r"[;；]")
# A code names a folder, so it must be a good file name on Windows too.
_BAD_CODE = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.|\.$')


def load_roster(path: Path | None, working_folder: Path, campaign: Campaign) -> Roster | None:
    """The roster of `path`, else of units.csv or units.xlsx in the working folder, else None.

    Raises:
        TableError: The file is missing or cannot be read.
        RosterError: It is wrong; names file and line.
    """
    if path is None:
        own = (working_folder / name for name in ("units.csv", "units.xlsx"))
        path = next((each for each in own if each.is_file()), None)
        if path is None:
            return None
    return parse_roster(read_rows(path), path.name, campaign)


def parse_roster(rows: Iterable[Row], name: str, campaign: Campaign) -> Roster:
    """Parse numbered rows, the headings first; `name` is what error messages call the file.

    Raises:
        TableError: A heading is missing or doubled.
        RosterError: It lists no unit, or a code, name, group or parent is missing, doubled or unknown.
    """
    table = parse_table(rows, name, _COLUMNS, required=("code", "name"))
    if table is None:
        raise RosterError(_("{file}: is empty; expected the headings code,name and a line a unit").format(file=name))
    _check_headings(table, name)
    units = [_unit(f"{name}:{line}", row, campaign) for line, row in table.rows]
    if not units:
        raise RosterError(_("{file}: lists no unit; expected a line a unit under the headings").format(file=name))
    _check_together(units, [f"{name}:{line}" for line, _row in table.rows])
    return Roster(tuple(units))


def _check_headings(table: Table, name: str) -> None:
    """Other columns are the user's own; one that is nearly ours is misspelt, and what it says would be lost."""
    for column in table.columns:
        if column and column not in _KNOWN and (meant := get_close_matches(column, (*_KNOWN, *_COLUMNS), 1, 0.7)):
            message = _("{file}: the heading “{heading}” is not known; is “{meant}” meant?")
            raise RosterError(message.format(file=name, heading=column, meant=meant[0]))


def _unit(place: str, row: Mapping[str, str], campaign: Campaign) -> Unit:
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
    includes_children = values["includes_children"].lower()
    if includes_children not in _YES_NO:
        raise RosterError(
            _("{place}: 含下级 (includes_children) must be 是, 否 or blank, found “{found}”").format(
                place=place, found=values["includes_children"]
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
        includes_children=_YES_NO[includes_children],
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
            # Nobody tells two names apart by a space.
            if (other := names.setdefault("".join(name.split()).casefold(), unit)) is not unit:
                raise RosterError(
                    _("{place}: the name “{name}” already means {code}").format(place=place, name=name, code=other.code)
                )
    parents = {unit.code: unit.parent for unit in units}
    for unit, place in zip(units, places, strict=True):
        if unit.parent and (unit.parent not in parents or unit.parent == unit.code):
            raise RosterError(
                _("{place}: the parent “{parent}” is no other unit's code").format(place=place, parent=unit.parent)
            )
    for unit, place in zip(units, places, strict=True):
        above = [unit.parent]
        while above[-1] and above[-1] not in above[:-1]:
            above.append(parents[above[-1]])
        if unit.code in above:
            raise RosterError(
                _("{place}: {code} is its own parent, by way of {parents}").format(
                    place=place, code=unit.code, parents=" → ".join(above)
                )
            )
