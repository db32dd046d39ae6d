"""The commands of the README, run as they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def commands(name: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_both_languages_show_the_same_commands() -> None:
    assert commands("README.md") == commands("README.zh-CN.md")


def test_the_pictures_are_there() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        for picture in re.findall(r"!\[.*?\]\((.*?)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert (ROOT / picture).is_file(), picture


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the README's command is for a POSIX shell")
def test_the_first_command_ends_with_the_report(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    left_out = shutil.ignore_patterns(".git", ".venv", "report*.xlsx", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, clone, ignore=left_out)
    subprocess.run(commands("README.md")[0], shell=True, cwd=clone, check=True)  # noqa: S602  (our own README)
    assert (clone / "samples" / "report.xlsx").stat().st_size > 10_000


def test_the_commands_of_daily_use_work_in_the_samples(tmp_path: Path) -> None:
    folder = tmp_path / "samples"
    shutil.copytree(ROOT / "samples", folder)
    daily = [command for command in commands("README.md") if command.startswith("anquanyue ")]
    assert len(daily) == 6
    for command in daily:
        run = subprocess.run([sys.executable, "-m", *command.split()], cwd=folder, capture_output=True)
        # The samples hold three mistakes, so validate finds errors; and one unit sent nothing.
        assert run.returncode == (1 if "validate" in command or "status" in command else 0), run.stderr
    assert (folder / "report.xlsx").is_file()
    assert len(list((folder / "forms").iterdir())) == 7


def test_the_commands_about_data_work_in_the_samples(tmp_path: Path) -> None:
    folder = tmp_path / "samples"
    shutil.copytree(ROOT / "samples", folder)
    asked = commands("docs/data.md")
    assert len(asked) > 5
    for command in asked:
        run = subprocess.run([sys.executable, "-m", *command.split()], cwd=folder, capture_output=True)
        assert run.returncode == 0, run.stderr
    assert {path.suffix for path in folder.glob("data.*")} == {".csv", ".json", ".sqlite", ".parquet"}
    assert (folder / "附件3-本级.xlsx").is_file()
