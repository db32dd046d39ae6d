"""That the measurements can be made; nothing is said of how they come out."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("folders", ["| validate |", "| pandas.read_excel, openpyxl |", "times as fast as the loop with openpyxl"]),
        ("init-forms", ["| init-forms --word |", "times as fast as building each"]),
    ],
)
def test_the_report_is_printed_and_kept(tmp_path: Path, what: str, expected: list[str]) -> None:
    results = tmp_path / "results.md"
    results.write_text("# Results\n", encoding="utf-8")
    command = [sys.executable, "-m", "bench", what, "--sizes", "5", "--results", str(results)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    kept = results.read_text(encoding="utf-8")
    assert kept.startswith("# Results\n\n## ")
    for each in expected:
        assert each in printed
        assert each in kept


@pytest.mark.slow
def test_what_is_made_is_read_without_errors() -> None:
    making = [sys.executable, "-c", "from bench.made_folder import made_folder; print(made_folder(5))"]
    made = subprocess.run(making, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.strip()
    subprocess.run([sys.executable, "-m", "anquanyue", "validate", "--quiet"], cwd=made, check=True)
