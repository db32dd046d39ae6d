from pathlib import Path

import pytest

from anquanyue.reading.media import find_pictures
from anquanyue.reading.package import digest

from making import docx_bytes, ods_with_content, png_bytes, repacked, xlsx_bytes, zip_bytes

RED, BLUE = png_bytes(10), png_bytes(200)
WANTED = {digest(RED)}
BOOK = repacked(xlsx_bytes({"附件3": [["x"]]}), {"xl/media/image1.png": RED, "xl/media/image2.png": BLUE})
DOCUMENT = repacked(docx_bytes(["x"]), {"word/media/image1.png": RED})
ODS = ods_with_content("", {"Pictures/1.png": RED})


@pytest.mark.parametrize("data", [BOOK, DOCUMENT, ODS])
def test_a_picture_is_found_by_its_digest(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    assert find_pictures(tmp_path, "a.xlsx", WANTED) == {digest(RED): RED}


@pytest.mark.parametrize("shown", ["a#1.xlsx", "a#1.xlsx#附件3", "a#1.xlsx#附件3#2"])
def test_behind_a_sign_stands_the_sheet_unless_it_is_in_the_name(tmp_path: Path, shown: str) -> None:
    (tmp_path / "a#1.xlsx").write_bytes(BOOK)
    assert find_pictures(tmp_path, shown, WANTED)


def test_it_is_found_in_packed_files(tmp_path: Path) -> None:
    inner = zip_bytes({"报送/武进.xlsx": BOOK, "报送/武进.xlsx.bak": b"x"}, encoding="gbk")
    (tmp_path / "0620").mkdir()
    (tmp_path / "0620" / "a.zip").write_bytes(zip_bytes({"b.zip": inner}))
    assert find_pictures(tmp_path, "0620/a.zip/b.zip/报送/武进.xlsx#附件3", WANTED) == {digest(RED): RED}
    assert find_pictures(tmp_path, "0620/a.zip/b.zip/报送/新北.xlsx", WANTED) == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 damaged", BOOK[:200], xlsx_bytes({"附件3": [["x"]]})])
def test_what_cannot_be_found_is_left_out(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    assert find_pictures(tmp_path, "a.xlsx", WANTED) == {}
    assert find_pictures(tmp_path, "b.xlsx", WANTED) == {}
    assert find_pictures(tmp_path, "../a.xlsx", set()) == {}
