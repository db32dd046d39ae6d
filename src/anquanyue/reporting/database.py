"""The summary as an SQLite database, for BI tools and for questions that no report answers."""

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from anquanyue.provenance import origins
from anquanyue.reporting.tidy import how
from anquanyue.summary import Summary

_TABLES: Final = """
CREATE TABLE units (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, "group" TEXT, parent TEXT,
    listed INTEGER NOT NULL, reported INTEGER NOT NULL, exempt INTEGER NOT NULL
);
CREATE TABLE fields (
    field TEXT PRIMARY KEY, label TEXT NOT NULL, unit TEXT NOT NULL, item TEXT NOT NULL, type TEXT NOT NULL,
    total INTEGER NOT NULL, missing INTEGER NOT NULL, approximate INTEGER NOT NULL, active INTEGER NOT NULL
);
CREATE TABLE submissions (file TEXT PRIMARY KEY, unit TEXT, form TEXT, round TEXT NOT NULL, status TEXT NOT NULL);
CREATE TABLE "values" (
    unit TEXT NOT NULL, form TEXT NOT NULL, round TEXT NOT NULL, field TEXT NOT NULL, label TEXT NOT NULL,
    value INTEGER, file TEXT NOT NULL, place TEXT NOT NULL, written TEXT NOT NULL, how TEXT NOT NULL,
    counts INTEGER NOT NULL
);
CREATE TABLE findings (
    code TEXT NOT NULL, severity TEXT NOT NULL, unit TEXT, form TEXT, field TEXT, file TEXT, place TEXT, value TEXT,
    message TEXT NOT NULL, hint TEXT
);
CREATE INDEX values_by_field ON "values" (field, unit);
"""
"""In `values` also figures that a later round replaced; those with `counts` = 1 add up to `fields.total`."""


def summary_database(summary: Summary) -> bytes:
    """The database file: tables units, fields, submissions, values and findings."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(_TABLES)
        for table, rows in (
            ("units", _units(summary)),
            ("fields", _fields(summary)),
            ("submissions", _submissions(summary)),
            ("values", _values(summary)),
            ("findings", _findings(summary)),
        ):
            columns = len(connection.execute(f'SELECT * FROM "{table}" LIMIT 0').description)  # noqa: S608
            connection.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * columns)})', rows)  # noqa: S608
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _units(summary: Summary) -> Iterator[tuple[Any, ...]]:
    listed = {unit.code: unit for unit in summary.roster.units} if summary.roster else {}
    reported = set(summary.received[summary.form.key])
    for code, name in summary.names.items():
        unit = listed.get(code)
        about = (unit.group, unit.parent) if unit else (None, None)
        yield code, name, *about, unit is not None, code in reported, code in summary.exempt[summary.form.key]


def _fields(summary: Summary) -> Iterator[tuple[Any, ...]]:
    items = {blank.key: item.name for item in summary.form.items for blank in item.blanks}
    for field in summary.form.reported_fields:
        numbers = (each[field.key] for each in (summary.totals, summary.missing, summary.approximate, summary.active))
        yield field.key, field.label, field.unit, items.get(field.key, ""), field.type, *numbers


def _submissions(summary: Summary) -> Iterator[tuple[Any, ...]]:
    for each in summary.submissions:
        yield each.path, each.unit, each.form, each.round, each.status


def _values(summary: Summary) -> Iterator[tuple[Any, ...]]:
    for each in origins(summary):
        sent = each.submission
        value = None if each.value is None else int(each.value)
        yield (
            *(sent.unit, sent.form, sent.round, each.field.key, each.field.label),
            *(value, each.file, each.place, each.text, how(each), each.counts),
        )


def _findings(summary: Summary) -> Iterator[tuple[Any, ...]]:
    for each in summary.findings:
        value = None if each.value is None else str(each.value)
        about = (each.code, each.severity, each.unit, each.form, each.field, each.path, each.place, value)
        yield *about, each.message("zh"), each.hint("zh")
