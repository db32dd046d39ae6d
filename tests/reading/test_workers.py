"""A file that kills, stalls or fills its reader costs nobody else anything."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from anquanyue.campaign.model import Campaign, Form
from anquanyue.reading import workers as workers_module
from anquanyue.reading.file import Source
from anquanyue.reading.workers import Workers

from filling import filled_workbook, progress_values


class Deadly(type(Path())):  # type: ignore[misc]
    """A file that ends whoever opens it."""

    def open(self, *_arguments: Any, **_more: Any) -> BinaryIO:
        os._exit(1)


class Endless(type(Path())):  # type: ignore[misc]
    """A file that is never read to its end."""

    def open(self, *_arguments: Any, **_more: Any) -> BinaryIO:
        time.sleep(600)
        raise OSError


class Greedy(type(Path())):  # type: ignore[misc]
    """A file that takes more memory than there is for it."""

    def open(self, *_arguments: Any, **_more: Any) -> BinaryIO:
        bytearray(workers_module.MEMORY_A_WORKER + 1)
        raise OSError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, campaign: Campaign, progress: Form) -> Path:
    made = tmp_path_factory.mktemp("forms")
    book = filled_workbook(campaign, progress, progress_values(progress))
    for number in range(12):
        book.save(made / f"{number}.xlsx")
    return made


def read(campaign: Campaign, paths: list[Path], folder: Path) -> dict[str, list[str]]:
    """The codes of what is wrong with each file; its status where nothing is."""
    done: list[int] = []
    with Workers(campaign, len(paths)) as workers:
        tasks = [(Source(path, path.name, modified=1.0), folder / "copy") for path in paths]
        found = {
            source.shown: [code for each in outcome for code in [f.code for f in each.findings] or [each.status]]  # type: ignore[union-attr]
            for source, outcome, _seen in workers.read(tasks, done.append)
        }
    assert sum(done) == len(paths)
    assert list(found) == [path.name for path in paths]
    return found


def test_files_that_kill_their_reader_cost_only_themselves_a_finding(folder: Path, campaign: Campaign) -> None:
    paths = [*sorted(folder.glob("*.xlsx")), Deadly("a"), Deadly("b")]
    paths.insert(3, Deadly("c"))
    found = read(campaign, paths, folder)
    assert {name for name, codes in found.items() if codes == ["file-unsafe"]} == {"a", "b", "c"}
    assert sum(codes == ["accepted"] for codes in found.values()) == 12


def test_a_file_that_takes_too_long_costs_only_itself_a_finding(
    folder: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "SECONDS_A_FILE", 2)
    found = read(campaign, [folder / "0.xlsx", Endless("a"), folder / "1.xlsx"], folder)
    assert found == {"0.xlsx": ["accepted"], "a": ["file-too-slow"], "1.xlsx": ["accepted"]}


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system limits no memory")
def test_a_file_that_fills_the_memory_costs_only_itself_a_finding(folder: Path, campaign: Campaign) -> None:
    found = read(campaign, [folder / "0.xlsx", Greedy("a"), folder / "1.xlsx"], folder)
    assert found == {"0.xlsx": ["accepted"], "a": ["file-unsafe"], "1.xlsx": ["accepted"]}


def test_workers_that_died_while_they_had_nothing_to_do_are_replaced(folder: Path, campaign: Campaign) -> None:
    with Workers(campaign, 8) as workers:
        for worker in list(workers._pool._pool_manager.worker_manager.workers.values()):
            worker.kill()
        time.sleep(0.3)
        tasks = [(Source(folder / f"{number}.xlsx", str(number)), folder / "copy") for number in range(8)]
        found = [outcome[0].status for _source, outcome, _seen in workers.read(tasks, lambda _number: None)]  # type: ignore[index,union-attr]
    assert found == ["accepted"] * 8


def test_a_worker_imports_only_what_reading_needs(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "modules.py"
    script.write_text(
        "from pathlib import Path\n"
        "from anquanyue.campaign.loader import load_campaign\n"
        "from anquanyue.reading.workers import Source, Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(load_campaign(None, Path()), 1) as workers:\n"
        f"        source = Source(Path({str(folder / '0.xlsx')!r}), '0')\n"
        "        list(workers.read([(source, Path('copy'))], lambda number: 0))\n"
        "        print(*workers._pool.schedule(eval, args=('list(__import__(\"sys\").modules)',)).result())\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(script)]
    modules = set(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split())
    # The script itself brings along what loads a campaign file.
    too_many = {"pandas", "numpy", "openpyxl", "docx", "typer", "rich", "cn2an", "jinja2"}
    assert not too_many & modules
    assert {"python_calamine", "lxml"} <= modules


@pytest.fixture
def at_work(folder: Path, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The program at work on many files."""
    (tmp_path / "submissions").mkdir()
    # So many that it is still at work when the signal comes, however fast it is and however late the test.
    for number in range(20_000):
        os.link(folder / "0.xlsx", tmp_path / "submissions" / f"{number}.xlsx")
    command = [sys.executable, "-m", "anquanyue", "summarize", "--out", "report.xlsx"]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    (tmp_path / "temporary").mkdir()
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        yield process


def alive(group: int) -> list[str]:
    """What still runs of a group of processes; one that ended and that nobody has buried yet does not."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, of = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state != "Z":
            found.append(stat.parent.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not show its processes so")
def test_ctrl_c_ends_it_at_once_and_leaves_nothing(at_work: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    # Its temporary folder is there as soon as it begins to read.
    while not list((tmp_path / "temporary").iterdir()):
        time.sleep(0.02)
    # At first it imports what it needs, and there Python itself may lose the signal.
    time.sleep(0.5)
    os.killpg(at_work.pid, signal.SIGINT)
    try:
        _out, err = at_work.communicate(timeout=3)
    except subprocess.TimeoutExpired:
        os.killpg(at_work.pid, signal.SIGINT)
        _out, err = at_work.communicate(timeout=20)
    assert at_work.returncode == 130
    assert err.decode().splitlines() == ["stopped before the end"]
    assert not (tmp_path / "report.xlsx").exists()
    assert list((tmp_path / "temporary").iterdir()) == []
    for _attempt in range(100):
        if not alive(at_work.pid):
            break
        time.sleep(0.05)
    assert alive(at_work.pid) == []
