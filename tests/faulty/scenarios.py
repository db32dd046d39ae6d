"""Seeded faults: small folders of submissions in which every kind of finding occurs; expected.csv says where.

Each scenario is a list of units, decisions and a folder of files, made anew each time. The figures of unit number n are
plausible ones, each n greater, so that no two units agree and none stands out. A file was last changed on 2022-05-20,
unless its scenario says otherwise.
"""

import datetime
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anquanyue.campaign.model import Campaign, Form
from anquanyue.reading.file import LARGEST_FILE
from anquanyue.writing.document import form_document
from anquanyue.writing.stamp import Stamp
from anquanyue.writing.workbook import form_workbook
from reading import grids
from rounds_campaign import weekly

import making

CAMPAIGN: Campaign = grids.CAMPAIGN
PROGRESS: Form = grids.PROGRESS
LIAISON: Form = grids.LIAISON
WEEKLY = weekly(by_round=("drill_sessions", "drill_attendance"))
Values = dict[str, Any]

DUE, FIRST, SECOND = "2022-06-27", "2022-06-07", "2022-06-14"
"""Days on which a form is in time: the only one, and those of the first two of several rounds."""

USUAL, LATER = (datetime.datetime(2022, 5, day, tzinfo=datetime.UTC).timestamp() for day in (20, 25))
"""When files were last changed."""


@dataclass(frozen=True)
class Scenario:
    """What a coordinator has in the working folder.

    Attributes:
        files: By their paths in the folder of submissions.
        units: units.csv, or "" for none.
        decisions: decisions.csv, or "" for none.
        prepare: What else is done to the folder of submissions.
    """

    files: Mapping[str, bytes]
    units: str = ""
    decisions: str = ""
    campaign: Campaign = CAMPAIGN
    prepare: Callable[[Path], None] = field(default=lambda _folder: None)


def name(number: int) -> str:
    """An invented firm."""
    return f"{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'[number - 1]}字样例厂"


def units(count: int, changes: Mapping[int, str] | None = None, first: int = 1) -> str:
    """A list of units that owe 附件3 alone; `changes` are the cells behind the name."""
    rows = [f"u{n},{name(n)},{(changes or {}).get(n, ',局处室,,')}" for n in range(first, first + count)]
    return "\n".join(["code,name,aliases,group,parent,includes_children", *rows]) + "\n"


def values(number: int, **changes: Any) -> Values:
    """Everything that 附件3 asks for, rightly filled in; None takes a value out."""
    people = {pair.fields[1] for pair in PROGRESS.pairs} | {"other_audience", "pledge_signers"}
    figures: Values = {
        each.key: "是"
        if each.type == "yes_no"
        else (300 + 3 * place if each.key in people else 10 + place % 5) + number
        for place, each in enumerate(PROGRESS.reported_fields)
    }
    head = {"unit": name(number), "contact": "甲样例", "phone": "0519-85550001", "date": DUE}
    return {key: value for key, value in (head | figures | links(number) | changes).items() if value is not None}


def links(number: int) -> dict[str, str]:
    """Evidence of the unit's own."""
    asked = [each for each in PROGRESS.fields if each.evidence]
    return {each.evidence_key: f"https://news.example.com/{number}/{each.key}" for each in asked}


def rows(number: int, *, stamp: Mapping[str, Any] | None = None, **changes: Any) -> grids.Rows:
    """The sheet to fill in, filled in."""
    made = grids.sheet_rows(values(number, **changes))
    identity = Stamp(**{"campaign": CAMPAIGN.key, "form": "progress", "version": 1, "round": "once", **(stamp or {})})
    return [[str(identity), *made[0][1:]], *made[1:]]


def book(number: int, *, stamp: Mapping[str, Any] | None = None, **changes: Any) -> bytes:
    """The same as a workbook."""
    return making.xlsx_bytes({"附件3": rows(number, stamp=stamp, **changes)})


def parents(number: int, *, campaign: Campaign = CAMPAIGN, round: str = "once", **changes: Any) -> bytes:
    """The form of a unit that is asked whether its figures include those of its sub-units."""
    stamp = Stamp(campaign=CAMPAIGN.key, form="progress", version=1, round=round)
    filled = values(number, **changes)
    return form_workbook(campaign, PROGRESS, None, filled, asks_children=True, stamp=stamp)


def week(number: int, round: str, date: str | None, **changes: Any) -> bytes:
    """A form of the campaign with rounds."""
    return book(number, stamp={"round": round}, date=date, **changes)


def contacts(number: int, **changes: str) -> Values:
    """Everything that 附件2 asks for."""
    return {
        "name": "乙样例", "gender": "女", "position": "安全员", "office_phone": "0519-85550002",
        "mobile": "13800000002", "fax": "0519-85550003", "qq": "100002", "wechat": "yangli", "email": "b@example.com",
        "organization": name(number), "address": "样例路2号",
    } | changes  # fmt: skip


def liaison(number: int, **changes: str) -> bytes:
    """附件2 as a workbook, filled in."""
    return making.xlsx_bytes({"附件2": grids.sheet_rows(contacts(number, **changes), LIAISON)})


def shifted(number: int) -> bytes:
    """The entries pasted a row too low."""
    made = rows(number)
    places = [grids.place_of(each.key) for each in PROGRESS.reported_fields]
    entries = [made[row][column] for row, column in places]
    for (row, column), entry in zip(places, ["", *entries[:-1]], strict=True):
        made[row][column] = entry
    return making.xlsx_bytes({"附件3": made})


def beside(number: int, cell: object, *, columns: int = 4) -> bytes:
    """With something beside an entry."""
    made = rows(number)
    row, column = grids.place_of("study_sessions")
    made[row] = [*made[row], *[""] * columns]
    made[row][column + columns] = cell  # type: ignore[call-overload]
    return making.xlsx_bytes({"附件3": made})


def last_year(number: int) -> bytes:
    """The entries' own cells empty, the figures in a column of last year's in front of them."""
    made = rows(number)
    heading = next(index for index, cells in enumerate(made) if "填写" in cells)
    for row in made:
        row.insert(grids.ENTRY, "")
    made[heading][grids.ENTRY] = "去年"
    for each in PROGRESS.reported_fields:
        row, _column = grids.place_of(each.key)
        made[row][grids.ENTRY], made[row][grids.ENTRY + 1] = made[row][grids.ENTRY + 1], ""
    return making.xlsx_bytes({"附件3": made})


def print_sheet() -> bytes:
    """Only the sheet that is made for printing."""
    table = grids.table_rows(values(1))
    return making.xlsx_bytes(
        {"打印": [["anquanyue:derived", "附件3"], ["", grids.TITLE], *[["", *r] for r in table[3:]]]}
    )


def over_sheets(number: int) -> bytes:
    """A form over two sheets."""
    made = rows(number)
    return making.xlsx_bytes({"第1页": made[:25], "第2页": made[25:]})


def with_remark(number: int) -> bytes:
    """A correction below the table."""
    return making.xlsx_bytes({"附件3": [*rows(number), ["", "", "", "更正：学习次数应为999"]]})


def twice(number: int) -> bytes:
    """The same form on two sheets."""
    return making.xlsx_bytes({"一": rows(number), "二": rows(number)})


def half_table() -> bytes:
    """A Word document that holds a part of the notice's table."""
    made = grids.table_rows(values(1))[:5]
    return making.docx_bytes([str(row[0]) for row in made if len(row) == 1] + [[r for r in made if len(r) > 1]])


def uncommon_files(folder: Path) -> None:
    """What a folder may hold besides, where the system has it: a link, a named pipe, and a huge file of nothing."""
    (folder / "链接.xlsx").symlink_to(folder / "好.xlsx")
    os.mkfifo(folder / "管道.xlsx")
    os.truncate(folder / "很大.xls", LARGEST_FILE + 1)


FILES = Scenario(
    {
        "campaign.yaml": b"key: x",
        "宣传片.mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(40),
        "汇总.json": b'{"campaign": "anquan-2022"}',
        "转换不了.doc": making.ole_bytes("WordDocument"),
        "好.xlsx": book(1),
        "很大.xls": making.xls_bytes({"附件3": rows(2)}),
    },
    prepare=uncommon_files,
)
"""What is no form; the test sees to it that LibreOffice converts nothing."""

FORMS = Scenario(
    {
        "新版.xlsx": book(1, stamp={"version": 9}),
        "半张.docx": half_table(),
        "只有打印页.xlsx": print_sheet(),
        "两份一样.xlsx": twice(2),
        "跨两页.xlsx": over_sheets(3),
        "填在去年列.xlsx": last_year(4),
        "粘低一行.xlsx": shifted(5),
        "有更正说明.xlsx": with_remark(6),
        "旁边有数.xlsx": beside(7, 999),
        "汇总上来.xlsx": book(8, stamp={"yes": (("film_studied", 5),)}),
        "别的单位.xlsx": book(9, pledge_signers="30场", media_audience=10**12),
        "日期不对.xlsx": book(10, date="六月底"),
        "填在几格.xlsx": beside(11, 12, columns=-1),
        "附件2/联络员.xlsx": liaison(1, mobile="138", email="b.example.com"),
        "每场太多人.xlsx": book(12, drill_sessions=8, drill_attendance=700),
        "宣讲零场.xlsx": book(13, lecture_sessions=0, lecture_attendance=0),
        "逾期.xlsx": book(14, date="2022-07-09"),
        "作废.xlsx": book(15),
        "同样的数1.xlsx": book(16),
        "同样的数2.xlsx": book(16, unit=name(17)),
        "同一链接1.xlsx": book(18, municipal_news_evidence="https://news.example.com/shared/1"),
        "同一链接2.xlsx": book(19, municipal_news_evidence="http://www.news.example.com/shared/1/"),
        "差得太远.xlsx": book(20, quiz_attendance=90_000),
    },
    units=units(21),
)
"""Forms that are not as they should be, and figures that others contradict; unit 21 sent nothing."""

WHOSE = Scenario(
    {
        "乙字样例厂/甲.xlsx": book(1),
        "总厂.xlsx": parents(3, includes_children="含"),
        "甲与丁合报.xlsx": book(4, unit=f"{name(5)}、{name(6)}（合报）"),
        "戊.xlsx": book(5),
        "己代报.xlsx": book(7, unit=f"{name(7)}（代{name(8)}报送）"),
    },
    units=units(9, {3: ",局处室,,否", 9: ",局处室,u3,"}),
)

WHICH = Scenario(
    {
        "甲/附件3.xlsx": book(1),
        "甲/附件3-2.xlsx": book(1, study_sessions=99),
        "乙/附件3.xlsx": book(2),
        "乙/附件3（作废）.xlsx": book(2, study_sessions=99),
        "2022-06-27/丙.xlsx": book(3),
        "2022-06-28/丙.xlsx": book(3, **dict.fromkeys(list(values(3))[12:46])),
        "丁/附件3.xlsx": book(4),
        "戊字样例厂/附件3.xlsx": book(4, study_sessions=99),
        "己/附件3.xlsx": book(6),
        "己/附件3a.xlsx": book(6, study_sessions=99),
    },
    units=units(6),
    prepare=lambda folder: os.utime(folder / "己" / "附件3a.xlsx", (LATER, LATER)),
)

WEEKS = Scenario(
    {
        "1/甲.xlsx": week(1, "week1", FIRST),
        "2/甲.xlsx": week(1, "week2", SECOND, study_sessions=5, home_visits=5000),
        "2/乙.xlsx": week(2, "week2", SECOND),
        "不知哪周/乙.xlsx": week(2, "", None, study_sessions=5),
        "1/丙丁合报.xlsx": week(3, "week1", FIRST, unit=f"{name(3)}、{name(4)}（合报）"),
        "2/丙.xlsx": week(3, "week2", SECOND, **{key: f"{link}/2" for key, link in links(3).items()}),
        "1/戊总.xlsx": parents(5, campaign=WEEKLY, round="week1", includes_children="含", date=FIRST),
        "2/己.xlsx": week(6, "week2", SECOND),
    },
    units=units(6, {6: ",局处室,u5,"}),
    campaign=WEEKLY,
)

CUMULATIVE = Scenario(
    {
        "1/甲.xlsx": week(1, "week1", FIRST),
        "2/甲.xlsx": week(1, "week2", SECOND, study_sessions=20),
    },
    units=units(1),
    campaign=weekly(),
)

ZEROS = Scenario(
    {f"{n}.xlsx": book(n, **({} if n < 3 else {"national_news": 0})) for n in range(1, 11)},
    units=units(10),
)
"""A figure that only two of ten units have."""

DECIDED = Scenario(
    {
        "甲.xlsx": book(1),
        "乙.xlsx": book(2),
        "丙.xlsx": book(3),
        "丁.xlsx": book(4, unit="老丁家"),
        "戊.xlsx": book(5, date="2022-07-09"),
    },
    units=units(5),
    decisions=(
        "kind,file,unit,form,round,field,code,old,new,reason,by,when\n"
        "value,,u1,progress,,study_sessions,,11,12,电话核实,样例,2022-06-30\n"
        "value,,u2,progress,,study_sessions,,77,78,电话核实,样例,2022-06-30\n"
        "file,丙.xlsx,,,,,,,,报错了,样例,2022-06-30\n"
        "name,,u4,,,,,老丁家,,就是它,样例,2022-06-30\n"
        "finding,,u5,,,,late,,,已说明,样例,2022-06-30\n"
        "file,没有这份.xlsx,,,,,,,,没有,样例,2022-06-30\n"
    ),
)

ALIKE = Scenario(
    {"1.xlsx": book(1, unit="常州样例化工有限公司"), "2.xlsx": book(2, unit="常州样例化工有限责任公司")},
)
"""Without a list of units."""


def document(number: int) -> bytes:
    """The form as a Word document, filled in; its evidence stands in the notes."""
    filled = values(number) | {"film_studied": True, "date": datetime.date.fromisoformat(DUE)}
    return form_document(CAMPAIGN, PROGRESS, None, filled)


CLEAN = Scenario(
    {
        **{f"{number}.xlsx": book(number) for number in range(1, 6)},
        "6.docx": document(6),
        "7.xls": making.xls_bytes({"附件3": rows(7)}),
        "8.et": making.xls_bytes({"附件3": rows(8)}),
        "9.ods": making.ods_bytes({"附件3": rows(9)}),
        "10.xlsb": making.xlsb_bytes({"附件3": rows(10)}),
        "11.xlsx": form_workbook(CAMPAIGN, PROGRESS, None, values(11) | {"film_studied": True}),
        "12.zip": making.zip_bytes({"附件3.xlsx": book(12)}),
        "附件2/1.xlsx": liaison(1),
        "附件2/2.docx": form_document(CAMPAIGN, LIAISON, None, contacts(2)),
        "附件2/3.xls": making.xls_bytes({"附件2": grids.sheet_rows(contacts(3), LIAISON)}),
        "附件2/4.ods": making.ods_bytes({"附件2": grids.sheet_rows(contacts(4), LIAISON)}),
        "附件2/5.xlsb": making.xlsb_bytes({"附件2": grids.sheet_rows(contacts(5), LIAISON)}),
        "附件2/6.xlsx": form_workbook(CAMPAIGN, LIAISON, None, contacts(6)),
    },
    units=units(12),
)
"""Forms as they should be, of every format that is read without LibreOffice."""

SCENARIOS: Mapping[str, Scenario] = {
    "files": FILES,
    "forms": FORMS,
    "whose": WHOSE,
    "which": WHICH,
    "weeks": WEEKS,
    "cumulative": CUMULATIVE,
    "zeros": ZEROS,
    "decided": DECIDED,
    "alike": ALIKE,
    "clean": CLEAN,
}
