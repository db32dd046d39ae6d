import sqlite3

from anquanyue.reporting.database import summary_database
from anquanyue.summary import Summary


def opened(summary: Summary) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(summary_database(summary))
    return connection


def test_values_that_count_add_up_to_the_totals(summary: Summary) -> None:
    query = 'SELECT field, sum(value) FROM "values" WHERE counts GROUP BY field'
    assert dict(opened(summary).execute(query)) == summary.totals
    assert dict(opened(summary).execute("SELECT field, total FROM fields")) == summary.totals


def test_every_unit_file_and_finding_is_there(summary: Summary) -> None:
    database = opened(summary)
    units = database.execute("SELECT code, name, listed, reported FROM units").fetchall()
    assert ("wujin", "武进区工信局", 1, 1) in units
    assert ("jintan", "金坛区工信局", 1, 0) in units
    assert database.execute("SELECT count(*) FROM submissions WHERE status = 'accepted'").fetchone() == (3,)
    assert database.execute("SELECT count(*) FROM findings").fetchone() == (len(summary.findings),)


def test_no_person_is_in_it(summary: Summary) -> None:
    assert "张无忌".encode() not in summary_database(summary)


def test_the_same_summary_gives_the_same_bytes(summary: Summary) -> None:
    assert summary_database(summary) == summary_database(summary)
