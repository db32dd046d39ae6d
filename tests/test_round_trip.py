"""The whole way through a real spreadsheet program: blank forms out, filled in and saved by LibreOffice, totals in."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from anquanyue.campaign.model import Campaign, Form
from anquanyue.writing.workbook import form_workbook

from filling import progress_values

FILLER = Path(__file__).parents[1] / "tools" / "fill_with_libreoffice.py"
UNITS = ("武进区工信局", "新北区经发局", "天宁区工信局")


def uno_python() -> str:
    """A Python that has LibreOffice's module."""
    for python in ("/usr/bin/python3", shutil.which("python3") or "", sys.executable):
        if python and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0:
            return python
    pytest.fail("no Python with LibreOffice's module `uno` was found (Debian: python3-uno)")


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".xls"])
def test_every_total_equals_the_sum_of_what_was_filled_in(
    tmp_path: Path, campaign: Campaign, progress: Form, suffix: str
) -> None:
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(form_workbook(campaign, progress))
    filled = [progress_values(progress, unit, start=100 * index) for index, unit in enumerate(UNITS, start=1)]
    for number, values in enumerate(filled):
        evidence = [field for field in progress.fields if field.evidence]
        values |= {field.evidence_key: f"https://news.example.com/{number}/{field.key}" for field in evidence}
    filled[1] |= {"film_studied": "否", "film_screenings": 0, "film_attendance": 0}
    jobs = [
        {
            "source": str(blank),
            "target": str(tmp_path / "submissions" / f"{values['unit']}{suffix}"),
            "values": values,
            "dates": ["date"],
        }
        for values in filled
    ]
    (tmp_path / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    subprocess.run([uno_python(), str(FILLER), str(tmp_path / "jobs.json")], check=True, timeout=300)

    environment = os.environ | {"ANQUANYUE_LANG": "en"}
    command = [sys.executable, "-m", "anquanyue"]
    run = subprocess.run([*command, "validate", "--format", "json"], cwd=tmp_path, env=environment, capture_output=True)
    validated = json.loads(run.stdout)
    assert (run.returncode, validated["findings"]) == (0, [])
    subprocess.run([*command, "summarize", "--out", "s.json"], cwd=tmp_path, env=environment, check=True)
    summary = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    for field in progress.reported_fields:
        values = [each[field.key] for each in filled]
        expected = values.count("是") if field.type == "yes_no" else sum(values)  # type: ignore[arg-type]
        assert summary["totals"][field.key] == expected, field.key
        assert summary["missing"][field.key] == 0
