"""The forms that go back: written, corrected, put beside the first ones, and read instead of them."""

import datetime
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from anquanyue.cli.returned import write_returned
from anquanyue.errors import UserError
from anquanyue.reading.submission import Submission
from anquanyue.working_folder import CheckedFolder, check_folder
from reading.grids import PROGRESS, sheet_rows, table_rows
from test_round_trip import FILLER, uno_python

from filling import progress_values
from making import docx_bytes, ods_bytes, png_bytes, xls_bytes, xlsb_bytes, xlsx_bytes

NAMES = {
    "wujin": "武进区工信局",
    "xinbei": "新北区经发局",
    "jintan": "金坛区工信局",
    "liyang": "溧阳市工信局",
    "jingkai": "常州经开区经发局",
}
MISTAKES = {
    "study_attendance": "约三百人",
    "lecture_attendance": "三四十",
    "film_screenings": "",
    "drill_attendance": 0,
}
RIGHT = {"study_attendance": 301, "lecture_attendance": 35, "film_screenings": 2, "drill_attendance": 60}


def document(values: Mapping[str, object]) -> bytes:
    rows = table_rows(values)  # type: ignore[arg-type]
    return docx_bytes([*(str(row[0]) for row in rows if len(row) == 1), [row for row in rows if len(row) > 1]])


def sheet(make: Callable[..., bytes]) -> Callable[[Mapping[str, object]], bytes]:
    return lambda values: make({"附件3": sheet_rows(values)})  # type: ignore[arg-type]


FORMATS: Mapping[str, Callable[[Mapping[str, object]], bytes]] = {
    "xlsx": sheet(xlsx_bytes),
    "xls": sheet(xls_bytes),
    "ods": sheet(ods_bytes),
    "xlsb": sheet(xlsb_bytes),
    "docx": document,
}
BY = datetime.date(2022, 6, 20)


@pytest.fixture
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One unit for each format, each with its own figures and the same mistakes."""
    monkeypatch.chdir(tmp_path)
    lines = "".join(f"{code},{name}\n" for code, name in NAMES.items())
    (tmp_path / "units.csv").write_text(f"code,name\n{lines}", encoding="utf-8")
    (tmp_path / "submissions").mkdir()
    for number, (name, (suffix, make)) in enumerate(zip(NAMES.values(), FORMATS.items(), strict=True), start=1):
        data = make(progress_values(PROGRESS, name, start=100 * number) | MISTAKES)
        (tmp_path / "submissions" / f"{name}.{suffix}").write_bytes(data)
    return tmp_path


def checked() -> CheckedFolder:
    return check_folder(Path("submissions"), campaign=None, units=None)


def errors(found: CheckedFolder) -> list[tuple[str | None, str | None]]:
    return [(each.code, each.field) for each in found.findings if each.severity == "error"]


def correct(source: Path, target: Path, values: Mapping[str, object]) -> None:
    workbook = openpyxl.load_workbook(source)
    for key, value in values.items():
        name, place = next(workbook.defined_names[key].destinations)
        workbook[name][place.replace("$", "")] = value
    target.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(target)


def accepted(found: CheckedFolder) -> dict[str, Submission]:
    return {str(each.unit): each for each in found.submissions if each.status == "accepted"}


def assert_superseded(first: CheckedFolder, second: CheckedFolder) -> None:
    """Every first form was superseded by its corrected one, in which only the corrected values differ."""
    old, new = accepted(first), accepted(second)
    assert errors(second) == []
    assert list(old) == list(new) and len(old) == len(FORMATS)
    superseded = [each for each in second.submissions if each.status == "superseded"]
    assert {each.path for each in superseded} == {each.path for each in old.values()}
    assert {each.findings[-1].code for each in superseded} == {"superseded-by-revision"}
    for code, submission in new.items():
        assert submission.stamp and (submission.stamp.revision, submission.stamp.unit) == (1, code)
        before = {key: entry.value for key, entry in old[code].entries.items()}
        assert {key: entry.value for key, entry in submission.entries.items()} == before | RIGHT


def test_a_corrected_form_of_each_format_supersedes_the_first(working_folder: Path) -> None:
    first = checked()
    assert len(errors(first)) == 3 * len(FORMATS)
    written = write_returned(first, Path("back"), force=False, as_of=BY)
    assert [path.parts[1] for path in written] == [
        f"{code}-{NAMES[code]}" for code in sorted(NAMES, key=lambda code: NAMES[code])
    ]
    assert {path.name.partition("）（")[2] for path in written} == {"退回修改第1次）.xlsx"}
    for path in written:
        correct(path, Path("submissions", path.name), RIGHT)
    assert_superseded(first, checked())


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".xls"])
def test_corrected_in_libreoffice_it_supersedes_the_first(working_folder: Path, suffix: str) -> None:
    first = checked()
    written = write_returned(first, Path("back"), force=False, as_of=BY)
    jobs = [
        {"source": str(path), "target": str(Path("submissions", path.name).with_suffix(suffix)), "values": RIGHT}
        for path in written
    ]
    Path("jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    subprocess.run([uno_python(), str(FILLER), "jobs.json"], check=True, timeout=300)
    assert_superseded(first, checked())


def test_sent_back_unchanged_everything_is_still_to_correct(working_folder: Path) -> None:
    first = checked()
    for path in write_returned(first, Path("back"), force=False, as_of=BY):
        shutil.copy(path, Path("submissions", path.name))
    second = checked()
    assert sorted(errors(second)) == sorted(errors(first))
    again = write_returned(second, Path("back"), force=False, as_of=BY)
    assert {path.name.partition("）（")[2] for path in again} == {"退回修改第2次）.xlsx"}


def test_pictures_go_back_with_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("submissions").mkdir()
    from anquanyue.writing.pictures import put_pictures

    Path("plain.xlsx").write_bytes(FORMATS["xlsx"](progress_values(PROGRESS) | MISTAKES))
    workbook = openpyxl.load_workbook("plain.xlsx")
    row = next(cell.row for cell in workbook["附件3"]["A"] if cell.value == "municipal_news")
    put_pictures(workbook["附件3"], (row, row), 13, [png_bytes(7)])
    workbook.save("submissions/武进.xlsx")
    Path("submissions/武进.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    first = checked()
    (path,) = write_returned(first, Path("back"), force=False, as_of=BY)
    Path("submissions/武进.xlsx").unlink()
    shutil.copy(path, Path("submissions", "回.xlsx"))
    (before,), (after,) = (accepted(each).values() for each in (first, checked()))
    (item,) = [key for key in before.pictures if key]
    assert before.pictures[item] == after.pictures[item]
    opening = " ".join(str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0] for cell in row)
    assert "图片1张" in opening


def test_nothing_is_overwritten_without_being_told_to(working_folder: Path) -> None:
    first = checked()
    written = write_returned(first, Path("back"), force=False, as_of=BY)
    data = written[0].read_bytes()
    with pytest.raises(UserError, match="there already"):
        write_returned(first, Path("back"), force=False, as_of=BY)
    assert write_returned(first, Path("back"), force=True, as_of=BY) == written
    assert written[0].read_bytes() == data


def test_they_do_not_go_where_they_would_be_read(working_folder: Path) -> None:
    with pytest.raises(UserError, match="lies in the folder of returned forms"):
        write_returned(checked(), Path("submissions/back"), force=False)


@pytest.mark.parametrize(
    ("as_of", "by", "said"),
    [
        ("2022-06-28", None, "于2022年6月28日前"),
        ("2022-06-29", None, "尽快发回"),
        ("2022-06-29", "2022-07-01", "于2022年7月1日前"),
    ],
)
def test_it_is_due_at_the_deadline_or_when_it_is_said(
    working_folder: Path, as_of: str, by: str | None, said: str
) -> None:
    due = datetime.date.fromisoformat(by) if by else None
    day = datetime.date.fromisoformat(as_of)
    (path, *_others) = write_returned(checked(), Path("back"), force=False, as_of=day, by=due)
    first = openpyxl.load_workbook(path).worksheets[0]
    assert any(said in str(cell.value) for row in first for cell in row)


def test_a_form_of_nobody_knows_whom_has_a_folder_of_its_own(working_folder: Path) -> None:
    for path in Path("submissions").iterdir():
        path.unlink()
    values = progress_values(PROGRESS, "某某样例商店")
    Path("submissions/a.xlsx").write_bytes(FORMATS["xlsx"](values))
    Path("submissions/b.xlsx").write_bytes(FORMATS["xlsx"](values | {"unit": "", "study_sessions": 2}))
    written = write_returned(checked(), Path("back"), force=False, as_of=BY)
    assert [path.parent.name for path in written] == ["单位待定", "单位待定"]
    assert "某某样例商店" in written[0].name
