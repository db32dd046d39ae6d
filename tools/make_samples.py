"""Remake samples/submissions: blank forms of the sample roster, filled in and saved by LibreOffice.

    python tools/make_samples.py

Needs LibreOffice with its Python module (Debian: libreoffice-calc and python3-uno). People, telephone numbers and
figures are invented. One unit is late, one made three mistakes, one sent nothing.
"""

import json
import random
import shutil
import subprocess
import tempfile
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


def job(folder: Path, campaign: Campaign, form: Form, unit: Unit, values: dict[str, object]) -> dict[str, object]:
    """A blank form of the unit, and what LibreOffice is to fill in."""
    blank = folder / f"{unit.code}-{form.key}.xlsx"
    blank.write_bytes(form_workbook(campaign, form, unit, working_folder=SAMPLES))
    name = Path(file_name(form, unit)).with_suffix(FORMATS.get(unit.code, ".xlsx"))
    target = SAMPLES / "submissions" / unit.name / name
    return {"source": str(blank), "target": str(target), "values": values, "dates": ["date"]}


def main() -> None:
    """Remake the sample submissions."""
    campaign = load_campaign(None, SAMPLES)
    roster = load_roster(None, SAMPLES, campaign)
    if roster is None:
        raise SystemExit("samples/units.csv is missing")
    shutil.rmtree(SAMPLES / "submissions", ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        folder, jobs = Path(name), []
        for number, unit in enumerate(roster.units):
            if unit.code != MISSING:
                jobs.append(
                    job(folder, campaign, campaign.form("liaison"), unit, liaison_values(campaign, number, unit))
                )
                jobs.append(
                    job(folder, campaign, campaign.form("progress"), unit, progress_values(campaign, number, unit))
                )
        (folder / "jobs.json").write_text(json.dumps(jobs, ensure_ascii=False), encoding="utf-8")
        filler = Path(__file__).with_name("fill_with_libreoffice.py")
        subprocess.run(["/usr/bin/python3", str(filler), str(folder / "jobs.json")], check=True)


if __name__ == "__main__":
    main()
