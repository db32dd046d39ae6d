"""Grids of forms as people send them, made without files: keyed and keyless sheets, tables of prose, one cell."""

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import openpyxl

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign, Form
from anquanyue.campaign.statement import Statement
from anquanyue.reading.forms import read_forms
from anquanyue.reading.grid import Book, Cell, Grid
from anquanyue.reading.submission import Submission
from anquanyue.writing.workbook import form_workbook

Rows = list[list[Cell]]
CAMPAIGN: Campaign = load_campaign(None, Path(__file__).parent)
PROGRESS: Form = CAMPAIGN.form("progress")
LIAISON: Form = CAMPAIGN.form("liaison")
TITLE = PROGRESS.title
ENTRY, LABEL, UNIT, EVIDENCE = 7, 3, 8, 9
"""The columns of the sheet to fill in."""


@lru_cache
def _blank_sheet(key: str) -> tuple[tuple[tuple[Cell, ...], ...], Mapping[str, tuple[int, int]]]:
    form = CAMPAIGN.form(key)
    workbook = openpyxl.load_workbook(io.BytesIO(form_workbook(CAMPAIGN, form)))
    sheet = workbook.worksheets[0]
    rows = tuple(
        tuple("" if cell.value is None or cell.data_type == "f" else cell.value for cell in row)
        for row in sheet.iter_rows()
    )
    places = {}
    for name, defined in workbook.defined_names.items():
        _sheet, address = next(iter(defined.destinations))
        cell = sheet[address.replace("$", "")]
        places[name] = (cell.row - 1, cell.column - 1)
    return rows, places


def place_of(key: str, form: Form = PROGRESS) -> tuple[int, int]:
    """Row and column of an entry on the blank sheet."""
    return _blank_sheet(form.key)[1][key]


def sheet_rows(values: Mapping[str, Cell], form: Form = PROGRESS) -> Rows:
    """The sheet to fill in, with its key column."""
    blank, places = _blank_sheet(form.key)
    rows = [list(row) for row in blank]
    for key, value in values.items():
        row, column = places[key]
        rows[row][column] = value
    return rows


def keyless_rows(values: Mapping[str, Cell], form: Form = PROGRESS) -> Rows:
    """The same, retyped or exported without the key column."""
    return [row[1:] for row in sheet_rows(values, form)]


def prose(statements: Sequence[Statement], values: Mapping[str, Cell], joint: str = "\n") -> str:
    shown = {key: {"是": True, "否": False}.get(str(value), value) for key, value in values.items()}
    return joint.join(statement.fill(shown) for statement in statements)


def head_line(values: Mapping[str, Cell]) -> str:
    assert PROGRESS.head
    return PROGRESS.head.fill(values)


def table_rows(values: Mapping[str, Cell], header: bool = True) -> Rows:
    """附件3 as the notice prints it, three columns of prose."""
    rows: Rows = [["附件3"], [TITLE], [head_line(values)]]
    if header:
        rows.append(list(PROGRESS.columns))
    return rows + [[item.name, item.requirement, prose(item.statements, values)] for item in PROGRESS.items]


def document(rows: Rows) -> Grid:
    """A Word document: rows of one cell are its paragraphs."""
    places = [f"段落{n}" if len(row) == 1 else f"表1 行{n}列{{column}}" for n, row in enumerate(rows, start=1)]
    return Grid("正文", tuple(map(tuple, rows)), tuple(places))


def split_rows(values: Mapping[str, Cell]) -> Rows:
    """Every literal and every value in a cell of its own."""
    rows: Rows = [[TITLE], [head_line(values)], list(PROGRESS.columns)]
    for item in PROGRESS.items:
        for number, statement in enumerate(item.statements):
            cells: list[Cell] = [item.name, item.requirement] if number == 0 else ["", ""]
            for literal, blank in zip(statement.literals, statement.blanks, strict=False):
                value = values.get(blank.key, "")
                cells += [literal.strip()]
                cells += [blank.show({"是": True, "否": False}.get(str(value))) if blank.boxed else value]
            rows.append([*cells, statement.literals[-1]])
    return rows


def one_cell_rows(values: Mapping[str, Cell]) -> Rows:
    """The whole form pasted into one cell."""
    pieces = [TITLE, head_line(values), "\t".join(PROGRESS.columns)]
    pieces += [f"{item.name}\t{item.requirement}\t{prose(item.statements, values)}" for item in PROGRESS.items]
    return [["\n".join(pieces)]]


def progress_column_rows(values: Mapping[str, Cell]) -> Rows:
    """Only the column of the progress, one statement a row."""
    rows: Rows = [[head_line(values)]]
    return rows + [[prose([statement], values)] for item in PROGRESS.items for statement in item.statements]


LAYOUTS = {
    "keyed sheet": sheet_rows,
    "keyless sheet": keyless_rows,
    "three columns": table_rows,
    "three columns without header": lambda values: table_rows(values, header=False),
    "split over cells": split_rows,
    "one cell": one_cell_rows,
    "one column": progress_column_rows,
}


def read_all(*grids: Grid | Rows) -> list[Submission]:
    made = [
        each if isinstance(each, Grid) else Grid(f"Sheet{n}", tuple(map(tuple, each)))
        for n, each in enumerate(grids, start=1)
    ]
    return read_forms("a.xlsx", Book(tuple(made)), CAMPAIGN)


def read(*grids: Grid | Rows) -> Submission:
    (submission,) = read_all(*grids)
    return submission


def values_of(submission: Submission) -> dict[str, object]:
    """What was read of every figure that is not blank."""
    found = {field.key: submission.entries.get(field.key) for field in PROGRESS.reported_fields}
    return {key: entry.value for key, entry in found.items() if entry and entry.value is not None}


def errors(submission: Submission) -> dict[str, list[str]]:
    """The codes of what is not merely a note, by field ("" for the whole form)."""
    found: dict[str, list[str]] = {}
    for finding in submission.findings:
        if finding.severity != "info":
            found.setdefault(finding.field or "", []).append(finding.code)
    return found
