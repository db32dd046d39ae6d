"""Remake the folder `files`: what arrived, in every kind that has been seen; `expected.csv` says what becomes of it.

    python tests/arrivals/make.py

The figures of unit number n are n, n + 1, … in the order of 附件3, so that their sum is 41 n + 855; people and firms
are invented. Every file is as small as it can be. Remaking needs nothing but the development environment: old .doc and
.wps files are only containers with the right streams, because without LibreOffice nobody looks further into them.
"""

import csv
import datetime
import io
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from anquanyue.campaign.loader import load_campaign  # noqa: E402
from anquanyue.campaign.model import Campaign, Form, Unit  # noqa: E402
from anquanyue.campaign.roster import load_roster  # noqa: E402
from anquanyue.writing.document import form_document  # noqa: E402
from anquanyue.writing.package import workbook_bytes  # noqa: E402
from anquanyue.writing.stamp import Stamp  # noqa: E402
from anquanyue.writing.workbook import form_workbook  # noqa: E402
from reading import grids  # noqa: E402

import making  # noqa: E402
from filling import figures  # noqa: E402

FILES = HERE / "files"
CAMPAIGN: Campaign = load_campaign(None, HERE)
ROSTER = load_roster(HERE / "units.csv", HERE, CAMPAIGN)
PROGRESS: Form = CAMPAIGN.form("progress")
LIAISON: Form = CAMPAIGN.form("liaison")
Values = dict[str, Any]


def unit(number: int) -> Unit:
    """The unit of that number."""
    found = ROSTER.unit(f"u{number:02}") if ROSTER else None
    if found is None:
        raise SystemExit(f"units.csv lacks u{number:02}")
    return found


def values(number: int, **changes: Any) -> Values:
    """Everything that 附件3 asks for, of the unit of that number; None takes a figure out."""
    head = {"unit": unit(number).name, "contact": "甲样例", "phone": "0519-85550001", "date": "2022-06-27"}
    evidence = {
        field.evidence_key: f"https://news.example.com/{number}/{field.key}"
        for field in PROGRESS.fields
        if field.evidence
    }
    filled = head | figures(PROGRESS, number) | evidence | changes
    return {key: value for key, value in filled.items() if value is not None}


def workbook(number: int, *, stamped: bool = True, **changes: Any) -> bytes:
    """Our own blank workbook, filled in."""
    return form_workbook(CAMPAIGN, PROGRESS, unit(number) if stamped else None, values(number, **changes))


def sheet(rows: grids.Rows, name: str = "附件3") -> dict[str, grids.Rows]:
    """A workbook of one sheet."""
    return {name: rows}


def keyed(number: int, **changes: Any) -> grids.Rows:
    """The rows of our own sheet, with its keys."""
    return grids.sheet_rows(values(number, **changes))


def keyless(number: int, **changes: Any) -> grids.Rows:
    """The rows of our own sheet without its keys."""
    return grids.keyless_rows(values(number, **changes))


def table(number: int, **changes: Any) -> grids.Rows:
    """The notice's own table."""
    return grids.table_rows(values(number, **changes))


def word(*rows: grids.Rows) -> bytes:
    """Word documents of the notice's table, one behind the other."""
    blocks: list[Any] = []
    for each in rows:
        blocks += [str(row[0]) for row in each if len(row) == 1]
        blocks.append([row for row in each if len(row) > 1])
    return making.docx_bytes(blocks)


def retyped(rows: grids.Rows, old: str, new: str) -> grids.Rows:
    """The rows with one text changed, which must be there."""
    if not any(old in str(cell) for row in rows for cell in row):
        raise SystemExit(f"nowhere: {old}")
    return [[cell.replace(old, new) if isinstance(cell, str) else cell for cell in row] for row in rows]


def stamped(rows: grids.Rows, **changes: Any) -> grids.Rows:
    """The rows with another stamp."""
    stamp = Stamp(**{"campaign": CAMPAIGN.key, "form": "progress", "version": 1, "round": "once"} | changes)
    return [[str(stamp), *rows[0][1:]], *rows[1:]]


def liaison(number: int) -> Values:
    """An invented liaison."""
    return {
        "name": "乙样例",
        "gender": "女",
        "position": "安全员",
        "office_phone": "0519-85550002",
        "mobile": "13800000002",
        "qq": "100002",
        "email": "b@example.com",
        "organization": unit(number).name,
        "address": "样例路2号",
    }


def liaison_rows(number: int) -> grids.Rows:
    """附件2 as the notice has it."""
    shown = liaison(number)
    rows: grids.Rows = [["附件2"], [LIAISON.title]]
    for statement in LIAISON.rows:
        cells: list[Any] = []
        for blank in statement.blanks:
            cells += [blank.words, shown.get(blank.key, "")]
        rows.append(cells + [""] * (6 - len(cells)))
    return rows


def broken_cells(data: bytes, cells: Mapping[str, str]) -> bytes:
    """The workbook with other XML in the cells of these keys: `<v>…</v>` and the like."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    for key, xml in cells.items():
        row, column = grids.place_of(key)
        address = f"{chr(ord('A') + column)}{row + 1}"
        old = re.compile(rf'(<c r="{address}"(?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)')
        text, count = old.subn(rf"\1 {xml}</c>", text)
        if count != 1:
            raise SystemExit(f"no cell {address}")
    return making.repacked(data, {"xl/worksheets/sheet1.xml": text.encode()})


def deep(data: bytes, depth: int) -> bytes:
    """A zip in a zip in a zip …"""
    for level in range(depth):
        data = making.zip_bytes({"附件3.xlsx" if level == 0 else f"{level}.zip": data})
    return data


def formats() -> dict[str, bytes]:
    """The same form in every format."""
    old_word = making.ole_bytes("WordDocument")
    return {
        "格式/春晖 标准.xlsx": workbook(1),
        "格式/秋实 宏.xlsm": making.repacked(workbook(2), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 no code"}),
        "格式/金桥 二进制.xlsb": making.xlsb_bytes(sheet(keyed(3))),
        "格式/银河 老格式.xls": making.xls_bytes(sheet(keyed(4))),
        "格式/青松 WPS.et": making.xls_bytes(sheet(keyed(5))),
        "格式/红枫 开放.ods": making.ods_bytes(sheet(keyed(6))),
        "格式/蓝天 Word.docx": form_document(
            CAMPAIGN, PROGRESS, unit(7), {**values(7), "film_studied": True, "study_notes": "送安全进食堂（样例）。"}
        ),
        "格式/白云 旧Word.doc": old_word,
        "格式/紫藤 WPS文字.wps": old_word,
        "格式/黄河 改了后缀.xls": workbook(10),
        "格式/压缩包GBK.zip": making.zip_bytes(
            {"长虹/附件3.xlsx": workbook(11), "明月/附件3.xls": making.xls_bytes(sheet(keyed(12)))}, "gbk"
        ),
        "格式/压缩包里的压缩包.zip": making.zip_bytes(
            {"内层.zip": making.zip_bytes({"清泉.xlsx": workbook(13)}), "Thumbs.db": b"x"}
        ),
        "格式/套得太深.zip": deep(workbook(14), 6),
        "格式/空压缩包.zip": making.zip_bytes({}),
    }


def bad_files() -> dict[str, bytes]:
    """What cannot be read, and what need not be."""
    return {
        "坏文件/有密码.xlsx": making.ole_bytes("EncryptedPackage"),
        "坏文件/有密码.xls": making.locked_xls_bytes(),
        "坏文件/截断.xlsx": workbook(15)[:3000],
        "坏文件/空.xlsx": b"",
        "坏文件/乱码.xlsx": bytes(range(256)) * 8,
        "坏文件/网页.xls": "<html><body><table><tr><td>附件3</td></tr></table></body></html>".encode(),
        "坏文件/说明.txt": "附件3稍后报送".encode("gb18030"),
        "坏文件/会议照片.jpg": making.jpeg_bytes(),
        "坏文件/只有扫描件.pdf": making.pdf_bytes(),
        "坏文件/材料.rar": b"Rar!\x1a\x07\x01\x00" + bytes(32),
        "坏文件/通知.docx": making.docx_bytes(["关于召开会议的通知", [["时间", "地点"], ["周三", "三楼"]]]),
        "不用看/~$附件3.xlsx": b"x" * 165,
        "不用看/Thumbs.db": b"x",
        "不用看/.DS_Store": b"x",
        "平川/附件3.xlsx": workbook(16),
        "平川/附件3（盖章）.pdf": making.pdf_bytes(),
        "平川/演练照片.png": making.png_bytes(),
        "平川/佐证.7z": b"7z\xbc\xaf\x27\x1c" + bytes(32),
    }


def layouts() -> dict[str, bytes]:
    """The notice's own tables, and forms that were rebuilt, moved or mangled."""
    moved = [["请各单位尽快填报"], [], *[["", "", *row] for row in keyless(21)]]
    reordered = keyed(22)
    reordered.insert(8, ["", "", "", "（本行为填报人插入）"])
    twice = {"一稿": keyed(30), "二稿": keyed(30, study_sessions=99)}
    mangled = retyped(table(25), "覆盖企业（29）家", "覆盖企业29）（家")
    both = {"宏图": keyed(28), "伟业": keyed(29)}
    return {
        "版式/远航 通知原表.docx": word(table(17)),
        "版式/新星 重打的三列表.xlsx": making.xlsx_bytes(sheet(table(18), "Sheet1")),
        "版式/老井 全在一格.xlsx": making.xlsx_bytes(sheet(grids.one_cell_rows(values(19)), "Sheet1")),
        "版式/大海 拆成多格.xlsx": making.xlsx_bytes(sheet(grids.split_rows(values(20)), "Sheet1")),
        "版式/小溪 挪了位置.xlsx": making.xlsx_bytes(sheet(moved, "填这里")),
        "版式/天马 插了一行.xlsx": making.xlsx_bytes(sheet(reordered)),
        "版式/地平 删了隐藏列.xls": making.xls_bytes(sheet(keyless(23))),
        "版式/日升 错字.docx": word(
            retyped(table(24), "参与“第一责任人安全倡议书”公开承诺", "参加“第一责任人安全倡议书”公开承诺")
        ),
        "版式/月华 括号乱了.docx": word(mangled),
        "版式/星辰 附件2.docx": making.docx_bytes([str(LIAISON.title), liaison_rows(26)[2:]]),
        "版式/云帆 推荐表.xlsx": making.xlsx_bytes(sheet(retyped(liaison_rows(27), "反馈表", "推荐表"), "Sheet1")),
        "版式/两个单位两张表.xlsx": making.xlsx_bytes(both),
        "版式/风帆 填了两遍.xlsx": making.xlsx_bytes(twice),
        "版式/两个单位一个文档.docx": word(table(31), table(32)),
        "版式/玉兰 带空白稿.xlsx": making.xlsx_bytes({"附件3": keyed(33), "草稿": grids.sheet_rows({})}),
        "版式/珍珠 去年的表.docx": word(
            [["2021年" + PROGRESS.title] if row == [PROGRESS.title] else row for row in table(34)]
        ),
        "版式/翡翠 去年的日期.xlsx": workbook(35, date=datetime.date(2021, 6, 27)),
        "版式/琥珀 别的活动.xlsx": making.xlsx_bytes(sheet(stamped(keyed(36), campaign="xiaofang-2022"))),
        "版式/珊瑚 空表.xlsx": form_workbook(CAMPAIGN, PROGRESS, unit(37)),
    }


def written() -> dict[str, bytes]:
    """Figures in the ways people write them."""
    zero = dict.fromkeys(figures(PROGRESS))
    return {
        "写法/玛瑙 约数.xlsx": workbook(38, study_attendance="约300人次", media_audience="4300余人次"),
        "写法/龙腾 以万计.xlsx": workbook(39, media_audience="1.02万", other_audience="14.5万人次"),
        "写法/凤鸣 汉字.docx": word(table(40, study_sessions="三", study_attendance="一百二十", drill_sessions="十二")),
        "写法/虎跃 千分位.xlsx": workbook(41, media_audience="169, 250", other_audience="１，２００"),
        "写法/鹤翔 无.docx": word(table(42, national_news="无", provincial_news="/", provincial_cases="—")),
        "写法/鹿鸣 勾了按0计.xlsx": workbook(
            43, **(zero | {"study_sessions": 2, "study_attendance": 40, "blanks_are_zero": "是"})
        ),
        "写法/鱼跃 留空.xlsx": workbook(44, pledge_signers=None, nearby_hazards=None),
        "写法/鹰飞 说不清.xlsx": workbook(45, study_attendance="300-400", pledge_signers="全员", nearby_hazards="10²"),
        "写法/马驰 变成日期.xlsx": making.xlsx_bytes(sheet(keyed(46, home_visits=datetime.datetime(2022, 12, 3)))),
        "写法/高原 日期序号.xlsx": workbook(14, home_visits=44898),
        "写法/牛耕 公式出错.xlsx": broken_cells(
            workbook(47),
            {
                "home_visits": 't="e"><f>1/0</f><v>#DIV/0!</v>',
                "drill_sessions": "><f>SUM(1,2)</f>",
                "pledge_signers": "><f>SUM(50,50)</f><v>100</v>",
            },
        ),
        "写法/羊毫 负数小数.xlsx": workbook(48, nearby_hazards=-3, pledge_signers=2.5),
        "写法/竹林 两个都勾.docx": word(retyped(table(49), "☑是□否", "☑是☑否")),
        "写法/梅园 有说明.xlsx": workbook(50, drill_sessions="5场（含线上2场）"),
        "写法/兰亭 只填一半.xlsx": workbook(51, drill_attendance=None, volunteer_attendance=0),
        "写法/菊香 链接不对.xlsx": workbook(52, municipal_news_evidence="http//news.example.com/1"),
    }


def seen() -> dict[str, bytes]:
    """Figures that look other than their cells say, and what stands beside them."""
    return {
        "看到/白云 百分比.xlsx": altered(8, lambda cell: setattr(cell, "number_format", "0%"), study_sessions=1),
        "看到/紫藤 万为单位.xlsx": altered(
            9, lambda cell: setattr(cell, "number_format", '0"万"'), "media_audience", media_audience=3
        ),
        "看到/碧波 划掉了.xlsx": altered(15, lambda cell: setattr(cell, "font", Font(strike=True))),
        "看到/桃源 有批注.xlsx": altered(
            55, lambda cell: setattr(cell, "comment", Comment("更正：应为999次", "甲样例"))
        ),
        "看到/苇荡 远处有字.xlsx": altered(60, lambda cell: setattr(cell.parent["H1048576"], "value", "x")),
    }


def altered(number: int, alter: Callable[[Any], None], key: str = "study_sessions", **changes: Any) -> bytes:
    """Our own blank workbook, filled in and then changed at the cell of this field."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(number, **changes)))
    row, column = grids.place_of(key)
    alter(book.worksheets[0].cell(row + 1, column + 1))
    return workbook_bytes(book)


def whose() -> dict[str, bytes]:
    """Whose it is."""
    return {
        "单位/别名.xlsx": workbook(53, stamped=False, unit="荷塘厂"),
        "单位/错字.xlsx": workbook(54, stamped=False, unit="常州市桂圆样例食品有限公司"),
        "单位/不在名单.xlsx": workbook(55, stamped=False, unit="某某样例商店"),
        "单位/转发的表.xlsx": workbook(56, unit=unit(57).name),
        "单位/没写名字.xlsx": workbook(58, unit=" "),
        "单位/杏林样例药业有限公司/附件3.xlsx": workbook(59, stamped=False, unit=" "),
        "单位/没人认领.xlsx": workbook(60, stamped=False, unit=" "),
        "单位/合报.xlsx": workbook(61, stamped=False, unit=f"{unit(61).name}、{unit(62).name}（合报）"),
        "单位/总厂（含下级）.xlsx": form_workbook(
            CAMPAIGN, PROGRESS, unit(63), values(63, includes_children="含"), asks_children=True
        ),
        "单位/分厂.xlsx": workbook(64),
        "单位/集团（没说含不含）.xlsx": workbook(65),
        "单位/子公司.xlsx": workbook(66),
    }


def which() -> dict[str, bytes]:
    """Which one counts, where a unit sent several."""
    return {
        "哪份/雪莲 原报.xlsx": making.xlsx_bytes(sheet(stamped(keyed(67), unit="u67"))),
        "哪份/雪莲 退回后.xlsx": making.xlsx_bytes(
            sheet(stamped(keyed(67, study_sessions=99, date="2022-06-20"), unit="u67", revision=1))
        ),
        "哪份/收到6月20日/火炬.xlsx": workbook(68, study_sessions=99),
        "哪份/收到6月27日/火炬.xlsx": workbook(68, date="2022-06-18"),
        "哪份/水仙 先.xlsx": workbook(69, study_sessions=99, date="2022-06-20"),
        "哪份/水仙 后.xlsx": workbook(69, date="2022-06-27"),
        "哪份/木兰.xlsx": workbook(70, study_sessions=99),
        "哪份/木兰（更正）.xlsx": workbook(70),
        "哪份/石桥.xlsx": workbook(71),
        "哪份/副本石桥(3).xlsx": workbook(71),
    }


def main() -> None:
    """Write every file, and complain of one that expected.csv does not know."""
    shutil.rmtree(FILES, ignore_errors=True)
    parts: tuple[Callable[[], dict[str, bytes]], ...] = (formats, bad_files, layouts, written, seen, whose, which)
    made = {path: data for part in parts for path, data in part().items()}
    for path, data in made.items():
        target = FILES / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    with (HERE / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {re.split(r"#|(?<=\.zip)/", row["path"])[0] for row in csv.DictReader(file)}
    print(f"{len(made)} files; not in expected.csv: {sorted(made.keys() - known)}; gone: {sorted(known - made.keys())}")


if __name__ == "__main__":
    main()
