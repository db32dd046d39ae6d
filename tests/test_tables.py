import datetime
from pathlib import Path

import openpyxl
import pytest

from anquanyue.errors import TableError
from anquanyue.tables import SURPLUS, csv_rows, parse_table, read_rows

HEADINGS = {"编码": "code", "名称": "name"}


def table(text: str):
    found = parse_table(csv_rows(text.encode(), "t.csv"), "t.csv", HEADINGS)
    assert found is not None
    return found


def test_cells_come_by_the_meaning_of_their_heading() -> None:
    found = table("名称,Code,其他\n 甲 ,a,x\n\n乙\n")
    assert found.columns == ("name", "code", "其他")
    assert [(line, row["name"]) for line, row in found.rows] == [(2, "甲"), (4, "乙")]


def test_what_has_no_heading_is_kept_apart() -> None:
    assert table("code,name\na,甲,多,余\n").rows[0][1][SURPLUS] == "多 余"


def test_a_row_of_several_lines_is_numbered_by_its_first() -> None:
    rows = list(csv_rows(b'a\r\n"x\r\ny"\r\nb\r\n', "t.csv"))
    assert rows == [(1, ["a"]), (2, ["x\r\ny"]), (4, ["b"])]


def test_only_a_line_end_ends_a_line() -> None:
    assert list(csv_rows("a\u2028b\x0bc,d\n".encode(), "t.csv")) == [(1, ["a\u2028b\x0bc", "d"])]


def test_an_empty_file_is_no_table() -> None:
    assert parse_table(csv_rows(b" , \n\n", "t.csv"), "t.csv", HEADINGS) is None


@pytest.mark.parametrize("heads", ["code,code", "code,编码"])
def test_a_heading_that_is_there_twice_is_refused(heads: str) -> None:
    with pytest.raises(TableError, match=r"t.csv:1: the heading “code” is there twice"):
        table(f"{heads}\na,b\n")


def test_days_and_whole_numbers_of_a_workbook_are_texts(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append([datetime.date(2022, 6, 30), 120, 1.5, "甲"])
    workbook.save(tmp_path / "t.xlsx")
    assert read_rows(tmp_path / "t.xlsx") == [(1, ["2022-06-30", "120", "1.5", "甲"])]


def test_what_cannot_be_read_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"no workbook")
    for name in ("t.xlsx", "absent.csv"):
        with pytest.raises(TableError, match=name):
            read_rows(tmp_path / name)
    with pytest.raises(TableError, match=r"t\.csv: is neither"):
        list(csv_rows(b"\xff\xff", "t.csv"))


@pytest.mark.parametrize("separator", [";", "\t", "，"])
def test_other_separators_than_commas_are_said_to_be_wrong(separator: str) -> None:
    rows = csv_rows(f"code{separator}name\na{separator}甲\n".encode(), "t.csv")
    with pytest.raises(TableError, match="not divided by commas"):
        parse_table(rows, "t.csv", HEADINGS, required=("code",))
