import datetime
import os
import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from anquanyue.campaign.model import Campaign, Form
from anquanyue.reading import cache, file, folder, keeping
from anquanyue.reading.folder import read_folder
from anquanyue.reading.submission import Submission

import making
from filling import filled_workbook, progress_values


@pytest.fixture
def sent(tmp_path: Path, campaign: Campaign, progress: Form, liaison: Form) -> Path:
    """A folder with a form, one in an archive, a file that is none, and an 附件2."""
    made = tmp_path / "submissions"
    (made / "甲").mkdir(parents=True)
    values = progress_values(progress) | {"study_sessions": "约30", "contact": "甲样例", "phone": "0519-85550001"}
    filled_workbook(campaign, progress, values).save(made / "甲" / "附件3.xlsx")
    form = (made / "甲" / "附件3.xlsx").read_bytes()
    (made / "包.zip").write_bytes(making.zip_bytes({"内/附件3.xlsx": form}))
    (made / "照片.jpg").write_bytes(making.jpeg_bytes())
    people = {"name": "乙样例", "mobile": "13800000002", "email": "b@example.com", "organization": "乙局"}
    filled_workbook(campaign, liaison, people).save(made / "附件2.xlsx")
    return made


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was opened by workers."""
    opened: list[str] = []
    read = folder._read

    def noticed(waiting: list[folder.Source], *more: object) -> object:
        opened.extend(source.shown for source in waiting)
        return read(waiting, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(folder, "_read", noticed)
    yield opened


def again(sent: Path, campaign: Campaign, kept: Path) -> list[Submission]:
    return read_folder(sent, campaign, cache=kept)


def without_people(submissions: list[Submission], progress: Form) -> list[object]:
    keys = [field.key for field in progress.fields if field.type not in ("text", "telephone")]
    return [
        (
            each.path, each.status, each.form, each.findings, each.notes, each.evidence, each.modified, each.stamp,
            {key: each.entries[key] for key in keys if key in each.entries}
            if each.form == "progress"
            else each.entries,
        )
        for each in submissions
    ]  # fmt: skip


def test_what_is_unchanged_is_not_read_again(
    sent: Path, tmp_path: Path, campaign: Campaign, progress: Form, readings: list[str]
) -> None:
    first = again(sent, campaign, tmp_path / "kept")
    readings.clear()
    second = again(sent, campaign, tmp_path / "kept")
    # A form about people is read each time.
    assert readings == ["附件2.xlsx"]
    assert without_people(second, progress) == without_people(first, progress)
    assert without_people(first, progress) == without_people(read_folder(sent, campaign), progress)


def test_a_file_that_lies_elsewhere_is_known_and_one_that_changed_is_not(
    sent: Path, tmp_path: Path, campaign: Campaign, readings: list[str]
) -> None:
    again(sent, campaign, tmp_path / "kept")
    (sent / "甲").rename(sent / "乙")
    with (sent / "照片.jpg").open("ab") as file:
        file.write(b"x")
    os.utime(sent / "乙" / "附件3.xlsx", (1, 1))
    readings.clear()
    found = {each.path: each for each in again(sent, campaign, tmp_path / "kept")}
    assert sorted(readings) == ["照片.jpg", "附件2.xlsx"]
    moved = found["乙/附件3.xlsx"]
    assert moved.modified == 1
    assert {finding.path for finding in moved.findings} <= {"乙/附件3.xlsx"}
    assert "包.zip/内/附件3.xlsx" in found


def test_nothing_about_a_person_is_kept(sent: Path, tmp_path: Path, campaign: Campaign) -> None:
    again(sent, campaign, tmp_path / "kept")
    data = (tmp_path / "kept" / "read.sqlite").read_bytes()
    for secret in ("甲样例", "0519-85550001", "乙样例", "13800000002", "b@example.com"):
        assert secret.encode() not in data
        assert secret.encode("utf-16-le") not in data
    found = {each.path: each for each in again(sent, campaign, tmp_path / "kept")}
    entries = found["甲/附件3.xlsx"].entries
    assert (entries["contact"].text, entries["contact"].blank) == (keeping.UNSAID, False)
    assert entries["unit"].text == "武进区工信局"
    assert entries["date"].value == datetime.date(2022, 6, 27)
    assert found["附件2.xlsx"].entries["name"].text == "乙样例"


def test_another_campaign_or_program_reads_anew(
    sent: Path, tmp_path: Path, campaign: Campaign, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again(sent, campaign, tmp_path / "kept")
    readings.clear()
    monkeypatch.setattr(cache, "__version__", "0.0.2")
    again(sent, campaign, tmp_path / "kept")
    assert len(readings) == 4


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(50)])
def test_a_damaged_cache_is_made_anew(
    sent: Path, tmp_path: Path, campaign: Campaign, readings: list[str], damage: bytes
) -> None:
    first = again(sent, campaign, tmp_path / "kept")
    (tmp_path / "kept" / "read.sqlite").write_bytes(damage)
    assert [each.path for each in again(sent, campaign, tmp_path / "kept")] == [each.path for each in first]
    readings.clear()
    again(sent, campaign, tmp_path / "kept")
    assert readings == ["附件2.xlsx"]


def test_where_nothing_can_be_kept_everything_is_read(sent: Path, tmp_path: Path, campaign: Campaign) -> None:
    (tmp_path / "kept").write_bytes(b"a file, not a folder")
    assert len(again(sent, campaign, tmp_path / "kept")) == 4


class Harmful:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("harmed",)


def test_what_somebody_else_put_there_runs_nothing(
    sent: Path, tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    again(sent, campaign, tmp_path / "kept")
    with sqlite3.connect(tmp_path / "kept" / "read.sqlite") as connection:
        connection.execute("UPDATE kept SET found = ?", (pickle.dumps([Harmful()]),))
    connection.close()
    assert len(again(sent, campaign, tmp_path / "kept")) == 4
    assert not (tmp_path / "harmed").exists()


def test_what_was_not_asked_for_longest_goes_first(
    sent: Path, tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(sent, campaign, tmp_path / "kept")
    monkeypatch.setattr(cache, "LARGEST", 0)
    shutil.copy(sent / "照片.jpg", sent / "又一张.jpg")
    again(sent, campaign, tmp_path / "kept")
    with sqlite3.connect(tmp_path / "kept" / "read.sqlite") as connection:
        (number,) = connection.execute("SELECT count(*) FROM kept").fetchone()
    connection.close()
    assert number == 2


def test_the_folder_is_the_systems_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.cache_folder() is None
    monkeypatch.setenv("ANQUANYUE_CACHE", "somewhere")
    assert cache.cache_folder() == Path("somewhere")
    monkeypatch.delenv("ANQUANYUE_CACHE")
    assert "anquanyue" in str(cache.cache_folder())


def test_a_form_whose_notes_name_who_filled_it_in_is_read_each_time(
    sent: Path, tmp_path: Path, campaign: Campaign, progress: Form, readings: list[str]
) -> None:
    note = {progress.items[0].notes_key: "由甲样例 带队"}
    values = progress_values(progress) | {"contact": "甲 样例"} | note
    filled_workbook(campaign, progress, values).save(sent / "甲" / "附件3.xlsx")
    again(sent, campaign, tmp_path / "kept")
    readings.clear()
    found = {each.path: each for each in again(sent, campaign, tmp_path / "kept")}
    assert sorted(readings) == ["甲/附件3.xlsx", "附件2.xlsx"]
    assert found["甲/附件3.xlsx"].entries["contact"].text == "甲 样例"


def test_a_database_that_fails_in_the_middle_makes_no_file_come_twice(
    sent: Path, tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = again(sent, campaign, tmp_path / "kept")
    with sqlite3.connect(tmp_path / "kept" / "read.sqlite") as connection:
        connection.execute("UPDATE kept SET used = 0")
        connection.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON kept BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    connection.close()
    assert [each.path for each in again(sent, campaign, tmp_path / "kept")] == [each.path for each in first]


def test_a_database_that_another_run_holds_stays(sent: Path, tmp_path: Path, campaign: Campaign) -> None:
    again(sent, campaign, tmp_path / "kept")
    path = tmp_path / "kept" / "read.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert len(again(sent, campaign, tmp_path / "kept")) == 4
        connection.execute("ROLLBACK")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() != (0,)


def test_names_with_a_number_sign_are_names(sent: Path, tmp_path: Path, campaign: Campaign) -> None:
    (sent / "甲").rename(sent / "甲#1")
    shutil.copy(sent / "甲#1" / "附件3.xlsx", sent / "a#b.xlsx")
    (sent / "c#.zip").write_bytes((sent / "包.zip").read_bytes())
    first = [each.path for each in again(sent, campaign, tmp_path / "kept")]
    assert {"甲#1/附件3.xlsx", "a#b.xlsx", "c#.zip/内/附件3.xlsx"} <= set(first)
    assert [each.path for each in again(sent, campaign, tmp_path / "kept")] == first


def test_what_changed_while_more_of_it_was_read_is_not_kept(
    sent: Path, tmp_path: Path, campaign: Campaign, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = cache.Cache.keep

    def late(self: cache.Cache, *arguments: Any) -> None:
        os.utime(sent / "包.zip", (1, 1))
        keep(self, *arguments)

    monkeypatch.setattr(cache.Cache, "keep", late)
    again(sent, campaign, tmp_path / "kept")
    readings.clear()
    again(sent, campaign, tmp_path / "kept")
    assert sorted(readings) == ["包.zip", "附件2.xlsx"]


@pytest.mark.parametrize("at_once", [0, 1024 * 1024])
def test_large_and_small_files_have_the_same_fingerprint(
    sent: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(file, "_AT_ONCE", at_once)
    for name in ("包.zip", "甲/附件3.xlsx"):
        fingerprint = keeping.Fingerprint(name)
        file.read(file.Source(sent / name, name), campaign, fingerprint=fingerprint)
        assert fingerprint.is_whole
        assert fingerprint.key == cache._looked_at(file.Source(sent / name, name))[0]


@pytest.fixture
def large(sent: Path) -> Path:
    """A file beside the archive that is not looked at as a whole, so that nothing of it is kept."""
    path = sent / "包.zip#大.pdf"
    path.write_bytes(b"%PDF-1.4\n" + bytes(2 * 1024 * 1024))
    return path


@pytest.mark.usefixtures("large")
def test_an_archive_beside_a_file_of_which_nothing_is_kept_is_known(
    sent: Path, tmp_path: Path, campaign: Campaign, readings: list[str]
) -> None:
    first = [each.path for each in again(sent, campaign, tmp_path / "kept")]
    for _time in range(2):
        readings.clear()
        assert [each.path for each in again(sent, campaign, tmp_path / "kept")] == first
        assert readings == ["包.zip#大.pdf", "附件2.xlsx"]


@pytest.mark.parametrize("texts", ["nojson", "5", '["a"]', b"\xff\x00"])
def test_texts_that_are_damaged_are_read_anew(
    sent: Path, tmp_path: Path, campaign: Campaign, readings: list[str], texts: object
) -> None:
    first = again(sent, campaign, tmp_path / "kept")
    with sqlite3.connect(tmp_path / "kept" / "read.sqlite") as connection:
        connection.execute("UPDATE texts SET texts = ?", (texts,))
    connection.close()
    assert again(sent, campaign, tmp_path / "kept") == first
    readings.clear()
    again(sent, campaign, tmp_path / "kept")
    assert readings == ["附件2.xlsx"]
