"""What becomes of files that are no plain workbook, by way of the folder that holds them."""

import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import docx
import openpyxl
import pytest

from anquanyue.campaign.model import Campaign, Form
from anquanyue.language import translate
from anquanyue.reading import file, folder, office
from anquanyue.reading.folder import read_folder
from anquanyue.reading.submission import Submission
from anquanyue.writing.stamp import DERIVED
from reading import grids

from filling import figures, filled_workbook, progress_values
from making import (
    docx_bytes,
    jpeg_bytes,
    locked_xls_bytes,
    ods_bytes,
    ole_bytes,
    pdf_bytes,
    png_bytes,
    repacked,
    xls_bytes,
    xlsb_bytes,
    xlsx_bytes,
    zip_bytes,
)

OTHER = {"Sheet1": [["别的表"]]}


@pytest.fixture(scope="module")
def good(campaign: Campaign, progress: Form) -> bytes:
    data = io.BytesIO()
    filled_workbook(campaign, progress, progress_values(progress)).save(data)
    return data.getvalue()


def write(where: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return where


def noise(seed: int, size: int) -> bytes:
    return Random(seed).randbytes(size)  # noqa: S311 — the same noise at every run


def outcome(submissions: Sequence[Submission]) -> dict[str, tuple[str, str, list[str]]]:
    """Status, kind and codes by path; each finding has its words."""
    for submission in submissions:
        for finding in submission.findings:
            assert finding.path == submission.path
            assert finding.message("en")
    return {each.path: (each.status, each.kind, [finding.code for finding in each.findings]) for each in submissions}


def rejected(code: str, kind: str = "", *before: str) -> tuple[str, str, list[str]]:
    return ("rejected", kind, [*before, code])


def test_every_kind_of_file_ends_with_its_own_finding(tmp_path: Path, campaign: Campaign, good: bytes) -> None:
    derived = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(OTHER)))
    derived["Sheet1"]["A1"] = DERIVED
    own = io.BytesIO()
    derived.save(own)
    manifest = b"<m:encryption-data xmlns:m='x'/>"
    write(
        tmp_path,
        {
            "campaign.yaml": b"key: x",
            "decisions.csv": b"unit,form",
            "甲/units.csv": b"code,name",
            "好/a.xlsx": good,
            "好/renamed.xls": good,
            "好/no_ending": good,
            "好/macros.xlsm": repacked(good, {"xl/vbaProject.bin": b"code"}),
            "other.xlsb": xlsb_bytes(OTHER),
            "other.et": xls_bytes(OTHER),
            "other.ods": ods_bytes(OTHER),
            "other.docx": docx_bytes(["别的"]),
            "locked.xlsx": ole_bytes("EncryptedPackage"),
            "locked.xls": locked_xls_bytes(),
            "locked.ods": repacked(ods_bytes(OTHER), {"META-INF/manifest.xml": manifest}),
            "locked.doc": ole_bytes("WordDocument", bytes(11) + b"\x01"),
            "cut.xlsx": good[: len(good) // 2],
            "cut.xls": xls_bytes(OTHER)[:700],
            "cut.docx": docx_bytes(["字"])[:2000],
            "noise.xlsx": b"PK\x03\x04" + noise(1, 500),
            "noise.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(2, 2000),
            "empty.xlsx": b"",
            "scan.pdf": pdf_bytes(),
            "scan.ofd": zip_bytes({"OFD.xml": b"<OFD/>"}),
            "photo.jpg": jpeg_bytes(),
            "photo.xlsx": png_bytes(),
            "film.mp4": b"\x00\x00\x00\x18ftypisom\x00\x00",
            "packed.rar": b"Rar!\x1a\x07\x00",
            "packed.7z": b"7z\xbc\xaf\x27\x1c\x00\x04",
            "shortcut.xlsx.lnk": b"L\x00\x00\x00\x01\x14\x02\x00\x00",
            "export.xls": b"<html><table></table></html>",
            "export.xml": b'<?xml version="1.0"?><Workbook/>',
            "notes.txt": "说明".encode("gb18030"),
            "strange.xyz": bytes(range(256)),
            "report.json": b'{\n  "campaign": "x"}',
            "report.xlsx": own.getvalue(),
            ".hidden.xlsx": good,
            ".svn/a.xlsx": good,
            "Thumbs.db": b"x",
            "~$a.xlsx": b"x",
        },
    )
    not_found = rejected("form-not-found")
    assert outcome(read_folder(tmp_path, campaign)) == {
        "campaign.yaml": ("ignored", "", ["file-of-campaign"]),
        "decisions.csv": ("ignored", "", ["file-of-campaign"]),
        "甲/units.csv": rejected("file-not-a-workbook"),
        "好/a.xlsx": ("accepted", "", []),
        "好/renamed.xls": ("accepted", "", ["file-misnamed"]),
        "好/no_ending": ("accepted", "", []),
        "好/macros.xlsm": ("accepted", "", ["file-macros"]),
        "other.xlsb": not_found,
        "other.et": not_found,
        "other.ods": not_found,
        "other.docx": not_found,
        "locked.xlsx": rejected("file-password"),
        "locked.xls": rejected("file-password"),
        "locked.ods": rejected("file-password"),
        "locked.doc": rejected("file-password"),
        "cut.xlsx": rejected("file-unreadable"),
        "cut.xls": rejected("file-unreadable"),
        "cut.docx": rejected("file-unreadable"),
        "noise.xlsx": rejected("file-unreadable"),
        "noise.xls": rejected("file-unreadable"),
        "empty.xlsx": rejected("file-empty"),
        "scan.pdf": rejected("file-pdf", "pdf"),
        "scan.ofd": rejected("file-pdf", "pdf"),
        "photo.jpg": rejected("file-picture", "picture"),
        "photo.xlsx": rejected("file-picture", "picture", "file-misnamed"),
        "film.mp4": rejected("file-video", "video"),
        "packed.rar": rejected("file-archive", "archive"),
        "packed.7z": rejected("file-archive", "archive"),
        "shortcut.xlsx.lnk": rejected("file-link"),
        "export.xls": rejected("file-disguised"),
        "export.xml": rejected("file-disguised"),
        "notes.txt": rejected("file-not-a-workbook"),
        "strange.xyz": rejected("file-not-a-workbook"),
        "report.json": ("ignored", "", ["file-own-output"]),
        "report.xlsx": ("ignored", "", ["file-own-output"]),
        ".hidden.xlsx": ("ignored", "", ["file-ignored"]),
        ".svn/a.xlsx": ("ignored", "", ["file-ignored"]),
        "Thumbs.db": ("ignored", "", ["file-ignored"]),
        "~$a.xlsx": ("ignored", "", ["file-ignored"]),
    }


def test_each_member_of_an_archive_is_a_file_of_its_own(tmp_path: Path, campaign: Campaign, good: bytes) -> None:
    inner = zip_bytes({"附件3.xlsx": good, "照片.jpg": jpeg_bytes()}, "gbk")
    members = {
        "武进区/附件3.xlsx": good,
        "武进区/坏.xlsx": good[:2000],
        "天宁区/材料.zip": inner,
        "__MACOSX/._a.xlsx": b"x",
        "Thumbs.db": b"x",
        "../../../evil.xlsx": good,
    }
    write(tmp_path, {"报送.zip": zip_bytes(members, "gbk"), "空.zip": zip_bytes({}), "夹.zip": zip_bytes({"a/": b""})})
    submissions = read_folder(tmp_path, campaign)
    assert outcome(submissions) == {
        "夹.zip": rejected("archive-empty"),
        "报送.zip/Thumbs.db": ("ignored", "", ["file-ignored"]),
        "报送.zip/__MACOSX/._a.xlsx": ("ignored", "", ["file-ignored"]),
        "报送.zip/evil.xlsx": ("accepted", "", []),
        "报送.zip/天宁区/材料.zip/照片.jpg": rejected("file-picture", "picture"),
        "报送.zip/天宁区/材料.zip/附件3.xlsx": ("accepted", "", []),
        "报送.zip/武进区/坏.xlsx": rejected("file-unreadable"),
        "报送.zip/武进区/附件3.xlsx": ("accepted", "", []),
        "空.zip": rejected("archive-empty"),
    }
    accepted = {each.modified for each in submissions if each.status == "accepted"}
    assert len(accepted) == 1 and min(accepted) > 0
    assert [each.path for each in submissions] == sorted(each.path for each in submissions)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["报送.zip", "空.zip", "夹.zip"])


def test_archives_are_opened_to_a_small_depth_and_not_if_they_burst(tmp_path: Path, campaign: Campaign) -> None:
    nested = xlsx_bytes(OTHER)
    for depth in range(4, 0, -1):
        nested = zip_bytes({f"{depth}.zip" if depth < 4 else "a.xlsx": nested})
    write(tmp_path, {"0.zip": nested, "bomb.zip": zip_bytes({"a": bytes(70 * 1024 * 1024)})})
    assert outcome(read_folder(tmp_path, campaign)) == {
        "0.zip/1.zip/2.zip/3.zip": rejected("archive-refused"),
        "bomb.zip": rejected("archive-refused"),
    }


def test_archives_in_one_another_hold_no_more_files_than_one(
    tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MOST_MEMBERS", 3)
    inner = zip_bytes({"a.txt": b"a", "b.txt": b"b"})
    write(tmp_path, {"0.zip": zip_bytes({"1.zip": inner, "2.zip": inner})})
    assert outcome(read_folder(tmp_path, campaign)) == {
        "0.zip/1.zip": rejected("archive-refused"),
        "0.zip/2.zip": rejected("archive-refused"),
    }


def test_an_old_document_is_converted_and_read_under_its_own_name(
    tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def convert(documents: Sequence[Path], work: Path) -> dict[Path, Path]:
        runs.append(len(documents))
        results = {}
        for document in documents:
            if b"bad" not in document.read_bytes():
                results[document] = work / f"{document.stem}.docx"
                results[document].write_bytes(docx_bytes(["别的"]))
        return results

    monkeypatch.setattr(office, "convert", convert)
    old = ole_bytes("WordDocument")
    write(
        tmp_path,
        {"a.doc": old, "b.wps": old, "c.rtf": b"{\\rtf1 bad}", "d.zip": zip_bytes({"d.rtf": b"{\\rtf1 x}"})},
    )
    os.utime(tmp_path / "a.doc", (1e9, 1e9))
    submissions = read_folder(tmp_path, campaign)
    assert outcome(submissions) == {
        "a.doc": rejected("form-not-found"),
        "b.wps": rejected("form-not-found"),
        "c.rtf": rejected("file-not-converted"),
        "d.zip/d.rtf": rejected("form-not-found"),
    }
    assert submissions[0].modified == 1e9
    assert runs == [4]


def test_without_libreoffice_an_old_document_says_so(
    tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "convert", lambda _documents, _work: None)
    write(tmp_path, {"a.wps": ole_bytes("WordDocument")})
    assert outcome(read_folder(tmp_path, campaign)) == {"a.wps": rejected("file-old-document")}


def test_links_pipes_and_what_vanishes_have_findings_of_their_own(
    tmp_path: Path, campaign: Campaign, good: bytes
) -> None:
    outside = write(tmp_path / "outside", {"secret.xlsx": good})
    inside = write(tmp_path / "inside", {"a.xlsx": good})
    try:
        (inside / "link.xlsx").symlink_to(outside / "secret.xlsx")
        (inside / "broken.xlsx").symlink_to(outside / "nothing.xlsx")
        (inside / "ring").symlink_to(inside)
    except OSError:
        pytest.skip("links cannot be made here")
    expected = {
        "a.xlsx": ("accepted", "", []),
        "broken.xlsx": rejected("file-link"),
        "link.xlsx": rejected("file-link"),
        "ring": rejected("file-link"),
    }
    if hasattr(os, "mkfifo"):
        os.mkfifo(inside / "pipe.xlsx")
        expected["pipe.xlsx"] = rejected("file-inaccessible")
    assert outcome(read_folder(inside, campaign)) == expected
    gone = file.Source(inside / "gone.xlsx", "gone.xlsx")
    assert outcome(file.read(gone, campaign)) == {"gone.xlsx": rejected("file-inaccessible")}  # type: ignore[arg-type]


def test_a_workbook_far_larger_than_a_form_is_not_opened_but_a_large_photo_is_a_photo(
    tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "LARGEST_FILE", 1000)
    write(tmp_path, {"a.xlsx": xlsx_bytes(OTHER), "b.jpg": jpeg_bytes() + bytes(2000)})
    for name, code in (("a.xlsx", "file-too-large"), ("b.jpg", "file-picture")):
        (submission,) = file.read(file.Source(tmp_path / name, name), campaign)
        assert isinstance(submission, Submission)
        assert [finding.code for finding in submission.findings] == [code]


def test_a_folder_that_is_not_there_is_an_error_of_the_command(tmp_path: Path, campaign: Campaign) -> None:
    with pytest.raises(OSError, match="nothing"):
        read_folder(tmp_path / "nothing", campaign)


def test_every_format_cut_off_anywhere_ends_in_a_finding_or_whole(
    tmp_path: Path, campaign: Campaign, good: bytes
) -> None:
    whole = {
        "a.xlsx": good,
        "b.xls": xls_bytes(OTHER),
        "c.ods": ods_bytes(OTHER),
        "d.xlsb": xlsb_bytes(OTHER),
        "e.docx": docx_bytes(["字", [["1", "2"]]]),
        "f.zip": zip_bytes({"甲.xlsx": good}, "gbk"),
        "g.pdf": pdf_bytes(),
    }
    cut = {f"{part:02}{name}": data[: len(data) * part // 12] for name, data in whole.items() for part in range(1, 12)}
    scrambled = {
        f"x{part}{name}": data[: len(data) * part // 5] + noise(part, 40) + data[len(data) * part // 5 + 40 :]
        for name, data in whole.items()
        for part in range(5)
    }
    write(tmp_path, cut | scrambled)
    submissions = read_folder(tmp_path, campaign)
    assert {each.path.split(".zip")[0] + ".zip" if ".zip" in each.path else each.path for each in submissions} == {
        *cut,
        *scrambled,
    }
    for each in submissions:
        assert each.status == "accepted" or each.findings, each.path


def test_the_words_of_kinds_can_be_translated(campaign: Campaign, tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"x"})
    (submission,) = read_folder(tmp_path, campaign)
    assert "plain text" in submission.findings[0].message("en")
    assert translate("plain text", "en") == "plain text"


@pytest.mark.parametrize(
    ("headers", "has_head"),
    [
        (("{head}",), False),
        (("{title}", "{head}"), False),
        (("{head}",), True),
        (("2022年{title}", "{blank}"), True),
        (("某市样例局", "1"), True),
    ],
)
def test_what_stands_in_a_page_header_is_read_and_makes_no_second_form(
    headers: Sequence[str], has_head: bool, tmp_path: Path, campaign: Campaign, progress: Form
) -> None:
    values = {"unit": "武进区工信局", "contact": "甲样例", "phone": "0519-85550001", "date": "2022-06-27"}
    title, head, *rows = grids.table_rows(values | figures(progress))[1:]
    document = docx.Document(io.BytesIO(docx_bytes([title[0], *(head if has_head else ()), rows])))
    for header in headers:
        text = header.format(title=title[0], head=head[0], blank=grids.head_line({}))
        document.sections[0].header.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    (submission,) = read_folder(tmp_path, campaign)
    assert (submission.status, submission.findings) == ("accepted", ())
    assert (submission.entries["unit"].value, submission.entries["study_sessions"].value) == ("武进区工信局", 1)
