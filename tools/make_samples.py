"""Remake the samples: blank forms of the sample roster, filled in and saved by LibreOffice, and some material.

    python tools/make_samples.py

Needs LibreOffice with its Python module (Debian: libreoffice-calc and python3-uno). People, telephone numbers and
figures are invented. One unit is late, one made three mistakes, one sent nothing. The material is a few bytes a file.
"""

import io
import json
import random
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Form, Unit
from anquanyue.campaign.roster import load_roster
from anquanyue.writing.file_names import file_name
from anquanyue.writing.workbook import form_workbook

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
MISSING, LATE, MISTAKEN = "liyang", "jintan", "zhonglou"
FORMATS = {"tianning": ".ods", "jingkai": ".xls"}
"""What the others save is xlsx."""
LIAISON_DAYS = ("2022-05-26", "2022-05-27", "2022-05-30")
"""The folders in which 附件2 lies, which holds no date, are named after the day on which it arrived."""

MATERIALS = {
    "武进区工信局/2022-06-01/启动仪式.mp4": "video",
    "武进区工信局/2022-06-08/宣传咨询.png": "picture",
    "武进区工信局/2022-06-08/活动情况.txt": "text",
    "武进区工信局/2022-06-15/应急演练.mp4": "video",
    "武进区工信局/2022-06-22/进企业.png": "picture",
    "武进区工信局/2022-06-29/警示教育.png": "picture",
    "武进区工信局/2022-06-27/安全生产月活动总结.docx": "document",
    "2022-06-08/新北区经发局/公开课.png": "picture",
    "2022-06-17/新北区经发局/第2周/班组会.png": "picture",
    "2022-06-22/新北区经发局/第3周/知识竞赛.mp4": "video",
    "2022-06-28/新北区经发局/第4周/志愿者.png": "picture",
    "2022-06-28/新北区经发局/总结报告.docx": "document",
    "天宁区工信局/6月7日/专题片.png": "picture",
    "天宁区工信局/6月14日/专题宣讲.txt": "text",
    "天宁区工信局/6月28日/工作总结.docx": "document",
    "钟楼区工信局/2022-06-08.zip": "archive",
    "金坛区工信局/2022-06-21/演练.mp4": "video",
    "金坛区工信局/2022-06-30/安全生产月总结报告.docx": "document",
    "常州经开区经发局/2022-06-15/安全倡议书.png": "picture",
    "IMG_0612.png": "picture",
}
"""What lies in samples/materials; of the last one nobody can tell whose it is."""

TEXT = "班组会上学习安全生产十五条措施（样例）。"
DOCX = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>',
    "word/document.xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    f"<w:t>“安全生产月”活动总结（样例）：{TEXT}</w:t></w:r></w:p></w:body></w:document>",
}
SURNAMES = "甲乙丙丁戊己庚"


def liaison_values(campaign: Campaign, number: int, unit: Unit) -> dict[str, object]:
    """An invented liaison."""
    return {
        "name": f"{SURNAMES[number]}样例",
        "gender": "男女"[number % 2],
        "position": "安全生产科科员（样例）",
        "office_phone": f"0519-0000000{number + 1}",
        "mobile": f"1380000000{number + 1}",
        "qq": f"1000{number + 1}",
        "wechat": f"example_{unit.code}",
        "email": unit.email,
        "address": f"常州市样例路{number + 1}号",
    }


def progress_values(campaign: Campaign, number: int, unit: Unit) -> dict[str, object]:
    """Invented figures: people come in numbers that fit the sessions."""
    form = campaign.form("progress")
    chance = random.Random(f"{campaign.key}-{unit.code}")  # noqa: S311  (figures, no secrets)
    values: dict[str, object] = {
        "contact": f"{SURNAMES[number]}样例",
        "phone": f"0519-0000000{number + 1}",
        "date": "2022-07-01" if unit.code == LATE else f"2022-06-{24 + number % 5}",
    }
    for field in form.reported_fields:
        if field.type == "yes_no":
            values[field.key] = "是" if number % 4 else "否"
        else:
            values[field.key] = chance.randint(1, 30)
    for pair in form.pairs:
        values[pair.fields[1]] = int(str(values[pair.fields[0]])) * chance.randint(18, 65)
    values["media_audience"] = chance.randint(2_000, 60_000)
    values["other_audience"] = chance.randint(500, 9_000)
    if values["film_studied"] == "否":
        values["film_screenings"] = values["film_attendance"] = 0
    values["national_news"] = chance.randint(0, 1)
    for field in form.fields:
        if field.evidence and values[field.key]:
            values[field.evidence_key] = f"https://news.example.com/{unit.code}/{field.key}"
    values["outreach_notes"] = f"{unit.name}把应急演练搬进工业园区食堂，员工边看边学（样例）。"
    if unit.code == MISTAKEN:
        values |= {"study_attendance": "100-120", "nearby_hazards": -36, "drill_attendance": 0}
    return values


def write_materials(folder: Path) -> None:
    """Files of material, a few bytes each, the same at every run."""
    contents = {
        "picture": one_pixel(),
        "video": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
        "text": TEXT.encode("utf-8"),
        "document": packed({name: text.encode("utf-8") for name, text in DOCX.items()}),
        "archive": packed({"现场.png": one_pixel(), "情况.txt": TEXT.encode("utf-8")}),
    }
    for name, kind in MATERIALS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[kind])


def one_pixel() -> bytes:
    """The smallest of pictures."""
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0),
        b"IDAT": zlib.compress(b"\x00\xc0\x00\x00"),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks.items()
    )


def packed(contents: dict[str, bytes]) -> bytes:
    """A zip archive without the time at which it was made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(2022, 6, 8, 9, 0, 0)), content)
    return stream.getvalue()


def job(
    folder: Path, campaign: Campaign, form: Form, unit: Unit, values: dict[str, object], received: str = ""
) -> dict[str, object]:
    """A blank form of the unit, and what LibreOffice is to fill in."""
    blank = folder / f"{unit.code}-{form.key}.xlsx"
    blank.write_bytes(form_workbook(campaign, form, unit, working_folder=SAMPLES))
    name = Path(file_name(form, unit)).with_suffix(FORMATS.get(unit.code, ".xlsx"))
    target = SAMPLES / "submissions" / unit.name / received / name
    return {"source": str(blank), "target": str(target), "values": values, "dates": ["date"]}


def main() -> None:
    """Remake the samples."""
    campaign = load_campaign(None, SAMPLES)
    roster = load_roster(None, SAMPLES, campaign)
    if roster is None:
        raise SystemExit("samples/units.csv is missing")
    for name in ("submissions", "materials"):
        shutil.rmtree(SAMPLES / name, ignore_errors=True)
    write_materials(SAMPLES / "materials")
    with tempfile.TemporaryDirectory() as name:
        folder, jobs = Path(name), []
        for number, unit in enumerate(roster.units):
            if unit.code != MISSING:
                received = LIAISON_DAYS[number % len(LIAISON_DAYS)]
                values = liaison_values(campaign, number, unit)
                jobs.append(job(folder, campaign, campaign.form("liaison"), unit, values, received))
                values = progress_values(campaign, number, unit)
                jobs.append(job(folder, campaign, campaign.form("progress"), unit, values))
        (folder / "jobs.json").write_text(json.dumps(jobs, ensure_ascii=False), encoding="utf-8")
        filler = Path(__file__).with_name("fill_with_libreoffice.py")
        subprocess.run(["/usr/bin/python3", str(filler), str(folder / "jobs.json")], check=True)


if __name__ == "__main__":
    main()
