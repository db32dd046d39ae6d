"""Whose each file of material is, and for which round, as the names of folders and files tell; nothing is guessed."""

import datetime
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from anquanyue.campaign.model import Campaign, Duty, Roster, Round, Unit
from anquanyue.checking.arrival import days_in_file_name, days_in_folder_name
from anquanyue.checking.unit_paths import UnitPaths
from anquanyue.language import Phrase
from anquanyue.reading.folding import narrow
from anquanyue.reading.materials import MaterialFile
from anquanyue.reading.values.numerals import numeral

Category = Literal["video", "picture", "document", "other"]
CATEGORIES: Final[tuple[Category, ...]] = ("video", "picture", "document", "other")

_DOCUMENTS: Final = ("docx", "doc", "odt", "rtf", "pdf", "OFD")
_TEXTS: Final = ("text", "html", "presentation", "mail", "iwork")
_USELESS: Final = {
    "empty": Phrase("the file is empty"),
    "link": Phrase("it is only a link to a file elsewhere"),
    "inaccessible": Phrase("access is denied"),
    "damaged": Phrase("the file is damaged"),
    "program": Phrase("it is a program"),
}
_NO_UNIT: Final = Phrase("no name of a folder or file says whose it is")
_TWO_UNITS: Final = Phrase("its folder names another unit than the file's own name")
_NO_DUTY: Final = Phrase("nothing says which of the things that are asked for it is")
_NO_ROUND: Final = Phrase("no name of a folder or file says for which round it is")
_MANY_ROUNDS: Final = Phrase("its names say several rounds")

_REPORT: Final = re.compile(r"总结|报告(?![会厅文])")
# 第1周小结, 周报: what is written every week is no report on the whole.
_WEEKLY: Final = re.compile(r"第\s*\d+\s*周|[每本上一]周|周(?:报|小结|总结)|星期|week")
_ORDINAL: Final = re.compile(r"第([一二三四五六七八九十]{1,3})(?=周|星期|期|轮|次|批|旬|月)")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
# What stands right behind a unit's name, or in front of it, and is no part of it.
_ASIDE: Final = re.compile(
    r"第\s*\d+\s*(?:周|星期|期|轮|次|批)|week[\s_-]*\d+|视频|录像|录音|音频|短片|简报|新闻稿|图文"
)


@dataclass(frozen=True, slots=True)
class Material:
    """A file of material with whose it is; or why nobody can tell, or why it does not count.

    Attributes:
        unit, duty, round: The unit and the keys; "" where nothing tells.
        problem: Why it counts for no unit, to be translated; "" where it counts.
    """

    file: MaterialFile
    unit: str = ""
    duty: str = ""
    round: str = ""
    problem: str = ""

    @property
    def category(self) -> Category:
        """Which kind of material it is."""
        return category_of(self.file.kind)


def category_of(kind: str) -> Category:
    """The kind of material that a kind of file is."""
    if kind in ("video", "picture"):
        return "video" if kind == "video" else "picture"
    return "document" if kind in (*_DOCUMENTS, *_TEXTS) else "other"


def attribute_materials(files: Iterable[MaterialFile], campaign: Campaign, roster: Roster) -> list[Material]:
    """Each file, in their order, with its unit, duty and round."""
    names = _Names(campaign, roster)
    return [names.attribute(file) for file in files]


class _Names:
    """What the names of folders and files mean in a campaign."""

    def __init__(self, campaign: Campaign, roster: Roster) -> None:
        self._campaign: Final = campaign
        self._units: Final = UnitPaths(roster)
        duties = [duty for duty in campaign.duties if duty.form is None]
        self._reports: Final = [duty for duty in duties if _REPORT.search(duty.label)]
        self._others: Final = [duty for duty in duties if duty not in self._reports]
        self._round_names: Final = {
            duty.key: [(_round_names(each), each) for each in duty.rounds] for duty in self._others
        }

    def attribute(self, file: MaterialFile) -> Material:
        if file.kind in _USELESS:
            return Material(file, problem=_USELESS[file.kind])
        parts = [_plain(part) for part in posixpath.splitext(file.path)[0].split("/")]
        unit, problem = self._unit(parts)
        if unit is None:
            return Material(file, problem=problem)
        duty = self._duty(parts, file.kind)
        if duty is None:
            return Material(file, unit.code, problem=_NO_DUTY)
        each = duty.rounds[0] if len(duty.rounds) == 1 else self._round(parts, duty)
        if isinstance(each, Phrase):
            return Material(file, unit.code, duty.key, problem=each)
        return Material(file, unit.code, duty.key, each.key)

    def _unit(self, parts: Sequence[str]) -> tuple[Unit | None, str]:
        """A folder tells whose what is in it is; its file's name may only agree."""
        *folders, name = (self._units.unit(_ASIDE.sub(" ", part)) for part in parts)
        folder = next((unit for unit in reversed(folders) if unit), None)
        if folder and name and folder is not name:
            return None, _TWO_UNITS
        return folder or name, _NO_UNIT

    def _duty(self, parts: Sequence[str], kind: str) -> Duty | None:
        named = [duty for duty in self._reports if any(_plain(duty.label) in part for part in parts)]
        if kind in _DOCUMENTS and not self._names_week(parts) and (named or _REPORT.search(parts[-1])):
            candidates = named or self._reports
        else:
            labelled = [duty for duty in self._others if any(_plain(duty.label) in part for part in parts)]
            candidates = labelled or self._others
        return candidates[0] if len(candidates) == 1 else None

    def _names_week(self, parts: Sequence[str]) -> bool:
        names = (name for rounds in self._round_names.values() for names, _round in rounds for name in names)
        return bool(_WEEKLY.search(parts[-1])) or any(name.search(part) for name in names for part in parts)

    def _round(self, parts: Sequence[str], duty: Duty) -> Round | Phrase:
        """The round that the nearest name says, else that of the nearest day, a folder's before the file's."""
        for part in reversed(parts):
            named = [each for names, each in self._round_names[duty.key] if any(name.search(part) for name in names)]
            if named:
                return named[0] if len(named) == 1 else _MANY_ROUNDS
        for days in self._days(parts):
            rounds = {round_on(duty, day).key: round_on(duty, day) for day in days}
            if rounds:
                return next(iter(rounds.values())) if len(rounds) == 1 else _MANY_ROUNDS
        return _NO_ROUND

    def _days(self, parts: Sequence[str]) -> Iterator[set[datetime.date]]:
        *folders, name = parts
        for folder in reversed(folders):
            yield days_in_folder_name(folder, self._campaign)
        yield days_in_file_name(name, self._campaign)


def round_on(duty: Duty, day: datetime.date) -> Round:
    """The round in whose window the day lies; else the one before, for which it is late; else the first."""
    rounds = sorted(duty.rounds, key=lambda each: each.deadline)
    for each in rounds:
        if day <= each.deadline and each.opens and day >= each.opens:
            return each
    over = [each for each in rounds if each.deadline < day]
    # Where no window opens, a round begins when the one before is over.
    open_ended = [each for each in rounds if each.opens is None and day <= each.deadline]
    return open_ended[0] if open_ended else over[-1] if over else rounds[0]


def _round_names(each: Round) -> list[re.Pattern[str]]:
    """What finds a round's key (`week1`) or its label without what is in brackets (第1周) in a name."""
    return [_finder(name) for name in (_plain(each.key), _BRACKETS.sub("", _plain(each.label)).strip()) if name]


def _finder(name: str) -> re.Pattern[str]:
    words = re.findall(r"\d+|[a-z]+|[^\W\d_a-z]", name)
    inner = r"[\s_.-]*".join(rf"(?<!\d)0*{int(word)}(?!\d)" if word.isdigit() else re.escape(word) for word in words)
    return re.compile(rf"(?<![a-z]){inner}(?![a-z])" if name.isascii() else inner)


def _plain(name: str) -> str:
    """The name in narrow small letters, 第一周 as 第1周."""
    return _ORDINAL.sub(lambda match: f"第{numeral(match[1]) or match[1]}", narrow(name).casefold())
