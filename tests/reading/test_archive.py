import io
import zipfile

import pytest

from anquanyue.reading.archive import ArchiveRefusedError, harmless, list_members, read_member
from anquanyue.reading.package import UnreadableError

from making import zip_bytes


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_names_are_read_in_whatever_encoding_they_were_written(encoding: str) -> None:
    members = {"武进区/附件3（最终版）.xlsx": b"1", "武进区/": b"", "a.txt": b"2"}
    archive = opened(zip_bytes(members, encoding))
    assert [each.name for each in list_members(archive)] == ["武进区/附件3（最终版）.xlsx", "a.txt"]
    assert [read_member(archive, each.index, 10) for each in list_members(archive)] == [b"1", b"2"]


def test_utf_8_that_does_not_say_so_is_seen() -> None:
    data = zip_bytes({"武进区.xlsx": b"1"}, "gbk").replace("武进区".encode("gbk"), b"A" * 6)
    data = data.replace(b"A" * 6, "武甲".encode())  # As long as the three characters were in GBK.
    assert [each.name for each in list_members(opened(data))] == ["武甲.xlsx"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("a\\b\\c.xlsx", "a/b/c.xlsx"),
        ("./a//b.xlsx", "a/b.xlsx"),
        ("a\x1b[31m\n.xlsx", "a�[31m�.xlsx"),
        ("a\u202exslx.exe", "a�xslx.exe"),
        ("..", "�"),
        (b"\xce\xe4\xbd\xf8.xlsx".decode("utf-8", "surrogateescape"), "武进.xlsx"),
    ],
)
def test_a_name_is_shown_without_harm(name: str, shown: str) -> None:
    assert harmless(name) == shown


def test_two_members_of_one_name_are_two() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.xlsx", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.xlsx", b"2")
    archive = opened(data.getvalue())
    assert [(each.name, read_member(archive, each.index, 9)) for each in list_members(archive)] == [
        ("a.xlsx", b"1"),
        ("a (2).xlsx", b"2"),
    ]


def test_members_know_when_they_were_changed() -> None:
    import datetime

    (member,) = list_members(opened(zip_bytes({"a": b""})))
    assert member.modified == datetime.datetime(2022, 6, 20, 8, 30).timestamp()


def test_an_archive_that_unpacks_to_far_more_than_its_size_is_refused() -> None:
    with pytest.raises(ArchiveRefusedError, match="unpacks"):
        list_members(opened(zip_bytes({"a": bytes(70 * 1024 * 1024)})))


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anquanyue.reading.archive.MOST_MEMBERS", 2)
    with pytest.raises(ArchiveRefusedError, match="too many"):
        list_members(opened(zip_bytes({"a": b"", "b": b"", "c": b""})))


def test_a_member_that_is_too_large_locked_or_damaged_says_so() -> None:
    data = zip_bytes({"a": b"0123456789"})
    with pytest.raises(UnreadableError) as caught:
        read_member(opened(data), 0, 9)
    assert caught.value.code == "file-too-large"
    archive = opened(data)
    archive.infolist()[0].flag_bits |= 1
    with pytest.raises(UnreadableError) as caught:
        read_member(archive, 0, 10)
    assert caught.value.code == "file-password"
    archive = opened(data)
    archive.infolist()[0].CRC ^= 1
    with pytest.raises(UnreadableError) as caught:
        read_member(archive, 0, 10)
    assert caught.value.code == "file-unreadable"
