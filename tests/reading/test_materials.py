import io
import zipfile
from pathlib import Path

import pytest

from anquanyue.reading.materials import read_materials

from making import docx_bytes, ole_bytes, pdf_bytes, png_bytes, zip_bytes

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


def kinds(folder: Path) -> dict[str, str]:
    return {file.path: file.kind for file in read_materials(folder).files}


def test_files_are_told_by_their_content(tmp_path: Path) -> None:
    contents = {
        "a.jpg": (png_bytes(), "picture"),
        "b.txt": (MP4, "video"),
        "c": (docx_bytes(["总结"]), "docx"),
        "d.wps": (ole_bytes("WordDocument"), "doc"),
        "e.pdf": (pdf_bytes(), "pdf"),
        "f.txt": ("说明".encode(), "text"),
        "g.png": (b"", "empty"),
    }
    (tmp_path / "武进区").mkdir()
    for name, (content, _kind) in contents.items():
        (tmp_path / "武进区" / name).write_bytes(content)
    assert kinds(tmp_path) == {f"武进区/{name}": kind for name, (_content, kind) in contents.items()}


def test_archives_are_looked_into(tmp_path: Path) -> None:
    inner = zip_bytes({"x.png": png_bytes()})
    members = {"第1周/现场.png": png_bytes(), "总结.docx": docx_bytes(["总结"]), "更多.zip": inner, "Thumbs.db": b"x"}
    (tmp_path / "武进区.zip").write_bytes(zip_bytes(members, "gb18030"))
    assert kinds(tmp_path) == {
        "武进区.zip/总结.docx": "docx",
        "武进区.zip/更多.zip": "zip",
        "武进区.zip/第1周/现场.png": "picture",
    }
    assert read_materials(tmp_path).left_aside == 1


def test_what_cannot_be_unpacked_stays_one_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.bin", bytes(40 * 1024 * 1024))
    (tmp_path / "bomb.zip").write_bytes(stream.getvalue())
    (tmp_path / "half.zip").write_bytes(zip_bytes({"a.png": png_bytes()})[:-30])
    assert kinds(tmp_path) == {"bomb.zip": "zip", "half.zip": "damaged"}


def test_a_damaged_or_locked_member_spoils_itself_only(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.txt": b"a" * 50, "b.png": png_bytes()}))
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    data[6] |= 1
    (tmp_path / "x.zip").write_bytes(bytes(data))
    assert kinds(tmp_path) == {"x.zip/a.txt": "password", "x.zip/b.png": "picture"}


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(png_bytes())
    folder = tmp_path / "materials"
    folder.mkdir()
    try:
        (folder / "a.png").symlink_to(outside)
        (folder / "b").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert kinds(folder) == {"a.png": "link", "b": "link"}


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        read_materials(tmp_path / "nowhere")
