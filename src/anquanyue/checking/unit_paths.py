"""Which unit a folder or file is named after."""

import re
from typing import Final

from anquanyue.campaign.model import Roster, Unit
from anquanyue.checking.names import is_numeral, normal_name, places_of
from anquanyue.reading.folding import narrow

_LONGEST_FOLDER_NAME: Final = 80
"""`init-forms` names a unit's folder code-name, and cuts it here."""

_ENDING: Final = re.compile(r"\.[A-Za-z]{2,4}$")
_ORGANISATION: Final = re.compile(
    "局|委|公司|厂|院|学校|大学|中学|小学|中心|集团|街道|镇|乡|支队|大队|研究所|协会|工会|妇联|政府|办公室|分部|处|科"
)
# What may stand right in front of a name or right behind it; any other word might make another name of it.
_BEFORE: Final = re.compile(r"(?:附件|关于|来自|收到|报送|上报|单位|年|月|日|号|表|报|版|的|[省市区县镇乡])$")
_AFTER: Final = re.compile(
    "安全|附件|联络|进展|统计|反馈|推荐|汇总|报|上报|填报|表|数据|材料|资料|回执|盖章|扫描|更正|修|补|最终|终|定稿|新版|正式|的|年|月|"
    "合报|联合|代报|活动|总结|情况|工作|副本|照片|图片|佐证|签字|进度"
)


class UnitPaths:
    """Answers which unit of a roster a path names."""

    def __init__(self, roster: Roster) -> None:
        self._names: Final[dict[str, dict[str, Unit]]] = {}
        self._folders: Final[dict[str, dict[str, Unit]]] = {}
        self._lengths: Final[dict[str, set[int]]] = {}
        self._known: Final[dict[str, tuple[Unit, ...] | None]] = {}
        for unit in roster.units:
            folder = normal_name(f"{unit.code}-{unit.name}"[:_LONGEST_FOLDER_NAME])
            self._folders.setdefault(folder, {})[unit.code] = unit
            if not unit.code.isdigit():
                # Folders that are just numbers are numbered, not named after a unit.
                self._folders.setdefault(normal_name(unit.code), {})[unit.code] = unit
            for name in map(_squeezed, (unit.name, *unit.aliases)):
                if len(name) > 1:
                    self._names.setdefault(name, {})[unit.code] = unit
                    self._lengths.setdefault(name[:2], set()).add(len(name))

    def unit(self, path: str) -> Unit | None:
        """The unit that the nearest part of the path names; None where it names several, or none does."""
        for part in reversed(re.split(r"[/#]", path)):
            if part not in self._known:
                self._known[part] = self._units(part)
            found = self._known[part]
            if found is not None:
                return found[0] if len(found) == 1 else None
        return None

    def _units(self, part: str) -> tuple[Unit, ...] | None:
        """The units that are named; None where no name is there, none where one is only part of a longer name."""
        stem = part.rpartition(".")[0] or part
        for name in dict.fromkeys((part, stem)):
            if found := self._folders.get(normal_name(name)):
                return tuple(found.values())
        # The usual case, which what follows would come to as well.
        if found := self._names.get(_squeezed(_ENDING.sub("", part))):
            return tuple(found.values())
        text = _squeezed(part)
        spans = [
            (start, start + length)
            for start in range(len(text) - 1)
            for length in self._lengths.get(text[start : start + 2], ())
            if start + length <= len(text) and text[start : start + length] in self._names
        ]
        # 武进区 in 武进区工信局 is part of that name.
        outer = [
            (start, end)
            for start, end in spans
            if not any(left <= start and end <= right and (left, right) != (start, end) for left, right in spans)
        ]
        if not outer:
            return None
        alone = [(start, end) for start, end in outer if _stands_alone(text, start, end)]
        starts = {start for start, _end in alone}
        if any(span not in alone and span[1] not in starts for span in outer):
            # 武进区 in 武进区教育局 is another unit's name; 武进区 in 武进区湖塘镇 says where that is.
            return ()
        named = [self._names[text[start:end]] for start, end in alone]
        return tuple({code: unit for units in named for code, unit in units.items()}.values())


def unit_of_path(path: str, roster: Roster) -> Unit | None:
    """The unit that the nearest part of the path names, or None; for many paths make one `UnitPaths`."""
    return UnitPaths(roster).unit(path)


def _squeezed(name: str) -> str:
    return "".join(narrow(name).casefold().split())


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the name between `start` and `end` is not part of a longer name that the roster does not have."""
    left, first, last, right = text[:start][-1:], text[start], text[end - 1], text[end:][:1]
    if (is_numeral(left) and (is_numeral(first) or not left.isascii())) or (is_numeral(last) and is_numeral(right)):
        return False
    if any(
        one.isascii() and other.isascii() and (one + other).isalnum()
        for one, other in ((left, first), (last, right))
        if one and other
    ):
        return False
    before = re.search(r"[^\W\d_]*$", text[:start])
    after = re.match(r"[^\W\d_]*", text[end:])
    before_text, after_text = before[0] if before else "", after[0] if after else ""
    if before_text and (not _BEFORE.search(before_text) or _ORGANISATION.search(before_text[:-1])):
        return False
    if before_text.endswith(tuple("省市区县镇乡")) and not places_of(text[start:end]):
        # 新北区工信局 is not the unit 工信局.
        return False
    return not after_text or bool(_AFTER.match(after_text) and not _ORGANISATION.search(after_text))
