"""All documents of one run say the same: each is read back as its reader would, and the totals compared."""

import dataclasses
import html
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

from anquanyue.cli.summarize import DOCUMENTS, Asked
from anquanyue.summary import Summary, summarize

from .test_page import Cells


def of_workbook(data: bytes, summary: Summary) -> Mapping[str, int]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["分单位"]
    (row,) = (row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == "合计")
    fields = summary.form.reported_fields
    return {field.key: int(str(sheet.cell(row, 3 + index).value)) for index, field in enumerate(fields)}


def of_csv(data: bytes, _summary: Summary) -> Mapping[str, int]:
    frame = pd.read_csv(io.BytesIO(data))
    return {str(key): int(total) for key, total in frame.groupby("field")["value"].sum().items()}


def of_json(data: bytes, _summary: Summary) -> Mapping[str, int]:
    return dict(json.loads(data)["totals"])


def of_database(data: bytes, _summary: Summary) -> Mapping[str, int]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return dict(connection.execute('SELECT field, total(value) FROM "values" WHERE counts GROUP BY field'))


def of_parquet(data: bytes, _summary: Summary) -> Mapping[str, int]:
    frame = pd.read_parquet(io.BytesIO(data))
    return {str(key): int(total) for key, total in frame.groupby("field")["value"].sum().items()}


def of_document(data: bytes, summary: Summary) -> Mapping[str, int]:
    """The attachment is read as a form that somebody sent: with the words of the notice around each total."""
    (table,) = docx.Document(io.BytesIO(data)).tables
    found = {}
    for item, row in zip(summary.form.items, table.rows[1:], strict=True):
        prose = re.sub(r"[*约]", "", row.cells[2].text)
        numbers = re.findall(r"（(\d+)(?:个单位)?）", prose)
        found |= {blank.key: int(number) for blank, number in zip(item.blanks, numbers, strict=True)}
    return found


def of_page(data: bytes, summary: Summary) -> Mapping[str, int]:
    rows = Cells(data.decode()).tables["table-totals"][1:]
    return {field.key: _number(row[1]) for field, row in zip(summary.form.reported_fields, rows, strict=True)}


def of_text(data: bytes, summary: Summary) -> Mapping[str, int]:
    rows = [line.split(" | ") for line in data.decode().splitlines() if line.startswith("| ")][2:]
    return {field.key: _number(row[1]) for field, row in zip(summary.form.reported_fields, rows, strict=True)}


def _number(text: str) -> int:
    return int(text.replace(",", ""))


READERS: Mapping[str, Callable[[bytes, Summary], Mapping[str, int]]] = {
    ".xlsx": of_workbook,
    ".docx": of_document,
    ".html": of_page,
    ".md": of_text,
    ".csv": of_csv,
    ".json": of_json,
    ".sqlite": of_database,
    ".parquet": of_parquet,
}


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_kind_of_document_is_compared() -> None:
    assert set(READERS) == set(DOCUMENTS)


@pytest.mark.parametrize("ending", READERS)
def test_the_totals_are_the_same(ending: str, summary: Summary) -> None:
    assert READERS[ending](DOCUMENTS[ending](summary, Asked()), summary) == summary.totals


def test_a_total_that_nobody_reported_is_0_nowhere(summary: Summary) -> None:
    forms = [dataclasses.replace(each, blanks_are_zero=False) for each in summary.submissions]
    bare = summarize(summary.campaign, summary.roster, forms, [])
    sheets = openpyxl.load_workbook(io.BytesIO(DOCUMENTS[".xlsx"](bare, Asked())))
    (place,) = (row for row in sheets["分单位"].iter_rows(max_col=45) if row[1].value == "合计")
    # Its share is said in a table above.
    *_shares, drills = (row for row in sheets["概览"].iter_rows(values_only=True) if row[1] == "应急演练")
    page = Cells(DOCUMENTS[".html"](bare, Asked()).decode()).tables["table-totals"]
    (line,) = (row for row in DOCUMENTS[".md"](bare, Asked()).decode().splitlines() if row.startswith("| 应急演练 |"))
    assert place[-2].value == drills[2] == line.split(" | ")[1] == "—"
    assert next(row[1] for row in page if row[0] == "应急演练") == "—"


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_the_same_summary_gives_the_same_bytes(ending: str, summary: Summary) -> None:
    assert DOCUMENTS[ending](summary, Asked()) == DOCUMENTS[ending](summary, Asked())


def text_of(data: bytes) -> str:
    """Everything in a document that may be a text, those in its archive included."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return html.unescape(
            "".join(package.read(name).decode("utf-8", errors="replace") for name in package.namelist())
        )


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_no_document_names_a_person(ending: str, summary: Summary) -> None:
    data = DOCUMENTS[ending](summary, Asked())
    assert "武进区" in text_of(data) or ending == ".parquet"
    assert "张无忌" not in text_of(data)
    assert "051912345678" not in text_of(data)


def test_liaisons_are_named_only_where_they_are_asked_for(summary: Summary) -> None:
    assert "联络员名册" not in text_of(DOCUMENTS[".xlsx"](summary, Asked()))
    assert "联络员名册" in text_of(DOCUMENTS[".xlsx"](summary, Asked(contacts="masked")))
