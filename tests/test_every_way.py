"""Every layout × every way to write a number × every file format gives the same figures as a clean workbook."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from anquanyue.checking import check
from anquanyue.merging import merge
from anquanyue.reading.folder import read_file
from anquanyue.reading.grid import Cell
from reading.grids import CAMPAIGN, LAYOUTS, PROGRESS, Rows
from reading.values.styles import NILS, STYLES

from making import docx_bytes, ods_bytes, xls_bytes, xlsb_bytes, xlsx_bytes

HEAD: Mapping[str, Cell] = {
    "unit": "武进区工信局",
    "contact": "甲样例",
    "phone": "0519-85550001",
    "date": "2022-06-27",
}
SHEETS: Mapping[str, Callable[[Mapping[str, Rows]], bytes]] = {
    "xlsx": xlsx_bytes,
    "xlsb": xlsb_bytes,
    "xls": xls_bytes,
    "ods": ods_bytes,
}
TABLES = ("three columns", "three columns without header", "one column")
"""The layouts that are also typed in Word."""


FILES = [(layout, suffix) for layout in LAYOUTS for suffix in SHEETS] + [(layout, "docx") for layout in TABLES]
MIXES = 10
"""How many files of each kind: in each one every field is written in a way of its own, so that all ways meet."""


def figures(number: int) -> dict[str, int | str]:
    """A different figure for every count, up to a million; 否, blanks and nil among them."""
    values: dict[str, int | str] = {
        field.key: 3 + index * index * 487 + number for index, field in enumerate(PROGRESS.reported_fields)
    }
    left_blank = ("pledge_signers", "drill_attendance", "study_sessions")[number % 3]
    return values | {"film_studied": "是否"[number % 2], left_blank: "", "provincial_cases": 0, "municipal_news": 0}


def typed(values: Mapping[str, int | str], number: int) -> dict[str, Cell]:
    """The figures as somebody writes them."""
    shown: dict[str, Cell] = dict(HEAD)
    styles = list(STYLES.values())
    for index, (key, value) in enumerate(values.items()):
        style = styles[(index + 7 * number) % len(styles)]
        shown[key] = style.write(value, PROGRESS.field(key).unit) if isinstance(value, int) else value
    nils = [NILS[(2 * number + index) % len(NILS)] for index in range(2)]
    return shown | dict(zip(("provincial_cases", "municipal_news"), nils, strict=True))


def word(rows: Rows) -> bytes:
    """The rows as a Word document: those of one cell are paragraphs, the others a table."""
    table = [row for row in rows if len(row) > 1]
    texts = [str(row[0]) for row in rows if len(row) == 1]
    return docx_bytes([*texts, table] if table else texts)


@pytest.mark.parametrize(("layout", "suffix"), FILES)
def test_the_frame_is_that_of_a_clean_workbook(tmp_path: Path, layout: str, suffix: str) -> None:
    for number in range(MIXES):
        values = figures(number)
        rows = LAYOUTS[layout](typed(values, number))
        path = tmp_path / f"{number}.{suffix}"
        path.write_bytes(word(rows) if suffix == "docx" else SHEETS[suffix]({"附件3": rows}))
        submissions = check(read_file(path, path.name, CAMPAIGN), CAMPAIGN, None).submissions
        frame = merge(submissions, PROGRESS).values
        assert list(frame.index) == [HEAD["unit"]]
        for field in PROGRESS.reported_fields:
            found = frame.at[HEAD["unit"], field.key]
            expected = {"是": True, "否": False, "": None}.get(str(values[field.key]), values[field.key])
            assert (None if pd.isna(found) else found) == expected, f"file {number}, {field.key}"


def test_the_mixes_hold_every_way_to_write_a_number_and_nothing() -> None:
    mixed = {(index + 7 * number) % len(STYLES) for number in range(MIXES) for index in range(41)}
    assert mixed == set(range(len(STYLES)))
    assert len(NILS) <= MIXES * 2
