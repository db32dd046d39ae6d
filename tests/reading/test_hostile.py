"""Files that are meant to do harm, or look so: each has its finding, and none costs another anything."""

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from anquanyue.campaign.model import Campaign, Form
from anquanyue.reading import file
from anquanyue.reading.folder import read_folder
from anquanyue.reading.submission import Submission
from reading import hostile

from filling import filled_workbook, progress_values
from making import jpeg_bytes, locked_xls_bytes, ods_bytes, ole_bytes, xls_bytes, xlsx_bytes

HAS_LIMITS = Path("/proc/self/statm").exists()
needs_limits = pytest.mark.skipif(not HAS_LIMITS, reason="the system limits no memory")
STATUSES = {"accepted", "superseded", "rejected", "ignored"}


@pytest.fixture(scope="module")
def good(campaign: Campaign, progress: Form) -> bytes:
    data = io.BytesIO()
    filled_workbook(campaign, progress, progress_values(progress)).save(data)
    return data.getvalue()


def read(folder: Path, campaign: Campaign, files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The codes of what was found in each file, its status where nothing was."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return outcome(read_folder(folder, campaign))


def outcome(submissions: list[Submission]) -> dict[str, list[str]]:
    assert {each.status for each in submissions} <= STATUSES
    return {each.path: [finding.code for finding in each.findings] or [each.status] for each in submissions}


def test_entities_are_refused_and_nothing_is_fetched(tmp_path: Path, campaign: Campaign, good: bytes) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text(f'<!ENTITY x "{hostile.OF_THIS_MACHINE}">{hostile.OF_THIS_MACHINE}', encoding="utf-8")
    folder = tmp_path / "submissions"
    folder.mkdir()
    files = hostile.entities(good, secret.as_uri())
    assert read(folder, campaign, files) == {name: ["file-unreadable"] for name in sorted(files)}
    assert hostile.OF_THIS_MACHINE not in str(read_folder(folder, campaign))


def test_archives_in_archives_and_names_that_lead_elsewhere(tmp_path: Path, campaign: Campaign, good: bytes) -> None:
    folder = tmp_path / "a" / "b" / "submissions"
    folder.mkdir(parents=True)
    found = read(folder, campaign, hostile.packed(good))
    assert found.pop("many.zip") == found.pop("overlapping.zip") == ["archive-refused"]
    assert found.pop("nested.zip/4.zip/3.zip/2.zip") == ["archive-refused"]
    assert {codes[-1] for codes in found.values()} == {"file-not-a-workbook"}
    assert sorted(found) == sorted(
        f"names.zip/{name}"
        for name in (
            "up.xlsx", "etc/root.xlsx", "C:/Windows/drive.xlsx", "server/share/x.xlsx", "长" * 300 + ".xlsx",
            "n" * 500 + "…" + "n" * 245 + ".xlsx", "😀👩�👩�👧.xlsx", "two�lines�.xlsx", "�[31mred.xlsx", "con.xlsx",
            "a:b.xlsx", " .xlsx", "�", "a/b.xlsx", "{unit}[bold]%s.xlsx",
        )
    )  # fmt: skip
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(hostile.packed(good))


def test_elements_in_elements_without_end(tmp_path: Path, campaign: Campaign) -> None:
    found = read(tmp_path, campaign, hostile.deep_nesting())
    assert found == {
        name: ["file-unreadable" if name.startswith("deeper-") else "form-not-found"] for name in sorted(found)
    }


def spoiled(good: bytes) -> dict[str, bytes]:
    """What goes wrong with a file without anybody's will, and no more than one of what is meant to do harm."""
    return {
        "truncated.xlsx": good[: len(good) * 2 // 3],
        "empty.xlsx": b"",
        "random.xlsx": Random(1).randbytes(5000),  # noqa: S311 — the same at every run
        "random-zip.xlsx": b"PK\x03\x04" + Random(2).randbytes(5000),  # noqa: S311
        "password.xlsx": ole_bytes("EncryptedPackage"),
        "password.xls": locked_xls_bytes(),
        "photo.xlsx": jpeg_bytes(),
        "renamed.xlsx": ods_bytes({"Sheet1": [["别的表"]]}),
        "renamed.docx": xls_bytes({"Sheet1": [["别的表"]]}),
    }


def test_spoiled_and_renamed_files_are_told_by_their_content(tmp_path: Path, campaign: Campaign, good: bytes) -> None:
    assert read(tmp_path, campaign, spoiled(good)) == {
        "empty.xlsx": ["file-empty"],
        "password.xls": ["file-password"],
        "password.xlsx": ["file-password"],
        "photo.xlsx": ["file-misnamed", "file-picture"],
        "random-zip.xlsx": ["file-unreadable"],
        "random.xlsx": ["file-not-a-workbook"],
        "renamed.docx": ["file-misnamed", "form-not-found"],
        "renamed.xlsx": ["file-misnamed", "form-not-found"],
        "truncated.xlsx": ["file-unreadable"],
    }


# What lies on the disk ---------------------------------------------------------------------------------------------


def put_links(folder: Path) -> None:
    (folder / "ring").mkdir()
    (folder / "ring" / "ring").symlink_to(folder / "ring")
    (folder / "self.xlsx").symlink_to(folder / "self.xlsx")
    (folder / "nowhere.xlsx").symlink_to(folder / "nothing.xlsx")


@pytest.mark.skipif(os.name == "nt", reason="needs a right on Windows")
def test_links_and_pipes_are_not_followed(tmp_path: Path, campaign: Campaign) -> None:
    put_links(tmp_path)
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert read(tmp_path, campaign, {}) == {
        "nowhere.xlsx": ["file-link"],
        "pipe.xlsx": ["file-inaccessible"],
        "ring/ring": ["file-link"],
        "self.xlsx": ["file-link"],
    }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_on_the_disk_may_hold_anything(tmp_path: Path, campaign: Campaign, good: bytes) -> None:
    names = ["😀.xlsx", "two\nlines.xlsx", "[red]{x}%s.xlsx", "长" * 83 + ".xlsx", "\x1b[31m.xlsx", "..xlsx", "-o.xlsx"]
    found = read(tmp_path, campaign, dict.fromkeys(names, good) | {"\udcce\udce4.xlsx": good})
    assert sorted(found) == sorted(
        ["..xlsx", "two�lines.xlsx", "�[31m.xlsx", "武.xlsx", *(each for each in names if each[0] in "😀[长-")]
    )
    assert {name: codes for name, codes in found.items() if codes != ["accepted"]} == {"..xlsx": ["file-ignored"]}


def at_start(act: Callable[[], None]) -> Callable[[int], "contextmanager[Callable[[int], None]]"]:  # type: ignore[type-arg,valid-type]
    """Something that happens after the folder was listed and before its files are read."""

    @contextmanager
    def progress(_files: int) -> Iterator[Callable[[int], None]]:
        act()
        yield lambda _number: None

    return progress  # type: ignore[return-value]


def test_a_file_that_vanishes_has_a_finding(tmp_path: Path, campaign: Campaign, good: bytes) -> None:
    for name in ("a.xlsx", "b.xlsx", "c.zip"):
        (tmp_path / name).write_bytes(good)

    def vanish() -> None:
        (tmp_path / "b.xlsx").unlink()
        (tmp_path / "c.zip").unlink()

    found = outcome(read_folder(tmp_path, campaign, at_start(vanish)))
    assert found == {"a.xlsx": ["accepted"], "b.xlsx": ["file-inaccessible"], "c.zip": ["file-inaccessible"]}


class Changing(io.BufferedReader):
    """A file into which somebody writes as soon as it was read."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        os.utime(self.name, (1.0, 1.0))
        return data


@pytest.mark.parametrize("at_once", [0, 1024 * 1024])
def test_a_file_that_changes_while_it_is_read_is_not_believed(
    tmp_path: Path, campaign: Campaign, good: bytes, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(good)
    monkeypatch.setattr(file, "_AT_ONCE", at_once)
    monkeypatch.setattr(Path, "open", lambda path, *_mode, **_more: Changing(io.FileIO(path)))
    (submission,) = file.read(file.Source(path, "a.xlsx"), campaign)  # type: ignore[misc]
    assert isinstance(submission, Submission)
    assert [finding.code for finding in submission.findings] == ["file-inaccessible"]


def test_files_that_are_written_all_the_time_are_whole_or_refused(
    tmp_path: Path, campaign: Campaign, progress: Form, good: bytes
) -> None:
    paths = [tmp_path / f"{number}.xlsx" for number in range(20)]
    for path in paths:
        path.write_bytes(good)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            for path in paths:
                path.write_bytes(good)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        submissions = read_folder(tmp_path, campaign)
    finally:
        stop.set()
        writer.join()
    assert len(submissions) == len(paths)
    values = progress_values(progress)
    for each in submissions:
        if each.status == "accepted":
            assert each.entries["study_sessions"].value == values["study_sessions"]
        else:
            assert each.findings[-1].code in ("file-unreadable", "file-inaccessible", "file-empty")


def test_a_folder_that_may_not_be_entered_costs_only_itself(
    tmp_path: Path, campaign: Campaign, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    entered = os.scandir

    def scandir(path: str | Path) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return entered(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert read(tmp_path, campaign, {"a.xlsx": good}) == {"a.xlsx": ["accepted"], "closed": ["file-inaccessible"]}


# All together ------------------------------------------------------------------------------------------------------


FAR = ["cells-far-away", "form-not-found"]
EXPECTED = {
    # Two cells at the corners of a sheet, or what says so.
    "corners-beyond.xlsx": ["file-unreadable"],
    "corners-claimed.xls": ["file-unsafe"],
    "corners-claimed.xlsx": ["form-not-found"],
    "corners-encoded.xlsx": ["file-unreadable"],
    "corners-honest.xlsx": FAR,
    "corners-lying.xls": FAR,
    "corners-lying.xlsx": FAR,
    "corners-prefixed.xlsx": FAR,
    "corners-spaced.xlsx": ["file-unsafe"],
    "corners.ods": FAR,
    "corners.xls": FAR,
    "corners.xlsb": FAR,
    "full.ods": ["file-unsafe"],
    # Counts and sizes.
    "blanks.xlsx": ["file-unreadable"],
    "gigabyte-lying.xlsx": ["file-unsafe"],
    "gigabyte.xlsx": ["file-too-large"],
    "gigabyte.zip": ["archive-refused"],
    "long-text.xlsx": ["form-not-found"],
    "text-beyond.xlsx": ["file-unreadable"],
    "million.docx": ["file-unreadable"],
    "million.ods": ["file-unreadable"],
    "million.xlsx": FAR,
    "unnumbered.xlsx": ["form-not-found"],
}
"""What is found in the files that need the system's limits."""

MEASURED = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(ended.returncode)
"""
"""A program that says how much memory another one took, in KiB; asked by itself, a process counts what started it."""


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "anquanyue", *arguments]
    environment = os.environ | {"ANQUANYUE_CACHE": ""}
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", env=environment)


@needs_limits
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other links, names and limits")
def test_one_good_workbook_among_all_these_is_counted_right(tmp_path: Path, progress: Form, good: bytes) -> None:
    folder = tmp_path / "submissions"
    folder.mkdir()
    (tmp_path / "units.csv").write_text("code,name\nwujin,武进区工信局\n", encoding="utf-8")
    other = xlsx_bytes({"Sheet1": [["x"]]})
    files = hostile.far_corners() | hostile.large_claims(other) | hostile.packed(b"x") | hostile.deep_nesting()
    files |= hostile.entities(other, "file:///etc/passwd") | hostile.many_rows() | spoiled(other) | {"good.xlsx": good}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    put_links(folder)
    os.mkfifo(folder / "pipe.xlsx")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name != "ring"} | {"ring/ring"}

    ended = run(tmp_path, "validate", "--format", "json")
    assert ended.returncode == 1
    # Nothing but what the measuring program says: no word of the native reader that a file made fail.
    assert int(ended.stderr) < 512 * 1024
    found = json.loads(ended.stdout)
    paths = [each["path"] for each in found["files"]]
    assert {path if path in there else path.split("/")[0] for path in paths} == there
    assert found["counts"]["files"] == len(paths) == sum(found["counts"][status] for status in STATUSES)
    assert [each["path"] for each in found["files"] if each["status"] == "accepted"] == ["good.xlsx"]
    codes: dict[str, list[str]] = {path: [] for path in paths}
    for each in filter(lambda each: each["path"], found["findings"]):
        codes[each["path"]].append(each["code"])
    assert {path for path, found_in_it in codes.items() if not found_in_it} <= {"good.xlsx"}
    assert {path: codes[path] for path in EXPECTED} == EXPECTED
    # Whether the native reader believes the number of texts depends on the format; it ends no more than its process.
    assert {codes[path][-1] for path in ("texts-claimed.xlsx", "texts-claimed.xls")} <= {
        "file-unsafe",
        "form-not-found",
    }

    for name in files.keys() - {"good.xlsx", "texts-claimed.xlsx", "truncated.xlsx"}:
        (folder / name).unlink()
    assert run(tmp_path, "summarize", "--out", "x.json").returncode == 0
    totals = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["totals"]
    values = progress_values(progress)
    assert {key: total for key, total in totals.items() if values[key] not in (total, "是")} == {}
