from pathlib import Path

import pytest

from anquanyue.errors import OutputError
from anquanyue.outputs import check_output, write_output


def test_writes_a_new_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_output(tmp_path / "报告.xlsx", b"new")
    assert (tmp_path / "报告.xlsx").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["报告.xlsx"]


def test_replaces_an_older_file(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old and longer")
    write_output(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        write_output(tmp_path / "nowhere" / "report.xlsx", b"")


def test_a_file_open_in_excel_is_kept_and_the_temporary_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="Excel"):
        write_output(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.xlsx"]


def test_a_folder_in_the_way_is_an_error_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()
    with pytest.raises(OutputError, match=r"report\.xlsx"):
        write_output(tmp_path / "report.xlsx", b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["report.xlsx"]


def test_where_nothing_can_be_written_is_known_before(tmp_path: Path) -> None:
    check_output(tmp_path / "report.xlsx")
    assert not any(tmp_path.iterdir())
    for path in (tmp_path, tmp_path / "nowhere" / "report.xlsx"):
        with pytest.raises(OutputError):
            check_output(path)


def test_a_name_that_is_too_long_is_an_error_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the name is too long"):
        write_output(tmp_path / ("a" * 300 + ".xlsx"), b"")
