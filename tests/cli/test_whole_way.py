"""From blank forms to totals, by the command line alone, with what openpyxl writes into the named cells."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl

import anquanyue
from anquanyue.campaign.loader import load_campaign


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "anquanyue", *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(anquanyue.__file__).parents[1]), "ANQUANYUE_LANG": "en"},
    )


def fill(source, target, values):
    workbook = openpyxl.load_workbook(source)
    for key, value in values.items():
        sheet, place = next(workbook.defined_names[key].destinations)
        workbook[sheet][place.replace("$", "").split(":")[0]] = value
    workbook.save(target)


def test_forms_out_forms_in_one_report(tmp_path):
    counts = [field.key for field in load_campaign(None, tmp_path).form("progress").fields if field.type == "count"]
    (tmp_path / "units.csv").write_text("code,name\nwj,武进区\ntn,天宁区\nxb,新北区\n", encoding="utf-8")
    assert run(tmp_path, "init-forms").returncode == 0
    (tmp_path / "submissions").mkdir()
    for number, code in enumerate(("wj", "tn"), start=1):
        blank = next((tmp_path / "forms").glob(f"{code}-*/附件3*.xlsx"))
        values = {key: number * 100 + index for index, key in enumerate(counts)}
        fill(blank, tmp_path / "submissions" / f"{code}.xlsx", values)

    validated = run(tmp_path, "validate", "--format", "json")
    assert validated.returncode == 1, validated.stderr
    data = json.loads(validated.stdout)
    assert [(each["unit"], each["status"]) for each in data["files"]] == [("tn", "accepted"), ("wj", "accepted")]
    assert {each["code"] for each in data["findings"]} == {
        "evidence-missing",
        "fields-missing",
        "not-reported",
        "rules-skipped",
    }

    summarized = run(tmp_path, "summarize", "--out", "report.xlsx", "--out", "report.json")
    assert summarized.returncode == 0, summarized.stderr
    summary = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {key: summary["totals"][key] for key in counts} == {key: 300 + 2 * index for index, key in enumerate(counts)}
    assert summary["not_reported"] == ["xb"]
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames
