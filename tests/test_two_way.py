"""A form is a two-way template: read(write(form, values)) == values, in Excel and in Word."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anquanyue.campaign.model import Field, Form, Unit
from anquanyue.reading.folder import read_file
from anquanyue.reading.submission import Submission
from anquanyue.writing.document import form_document
from anquanyue.writing.workbook import form_workbook
from reading.grids import CAMPAIGN, LIAISON, PROGRESS

UNIT = Unit(code="wujin", name="武进区工信局")
WRITERS: Mapping[str, Callable[..., bytes]] = {"xlsx": form_workbook, "docx": form_document}
# Neither words of the form nor what ends a blank.
LETTERS = "甲乙丙丁戊己庚辛壬癸样例abcxyz"
OTHERS: Mapping[str, st.SearchStrategy[Any]] = {
    "count": st.integers(0, 10**8),
    "yes_no": st.booleans(),
    "text": st.text(LETTERS, min_size=1, max_size=12),
    "telephone": st.from_regex(r"0519-8[0-9]{7}", fullmatch=True),
    "mobile": st.from_regex(r"138[0-9]{8}", fullmatch=True),
    "digits": st.from_regex(r"[1-9][0-9]{4,10}", fullmatch=True),
    "email": st.from_regex(r"[a-z]{1,8}@example\.com", fullmatch=True),
    "date": st.dates(datetime.date(2022, 5, 1), datetime.date(2022, 8, 31)),
}


def values_of(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    """Values for the form's fields, some of them blank."""

    def values(field: Field) -> st.SearchStrategy[Any]:
        kind = field.type or "text"
        filled = st.sampled_from(field.blank.options) if kind == "choice" else OTHERS[kind]
        return st.none() | filled

    return st.fixed_dictionaries({field.key: values(field) for field in form.fields if field.type != "unit"})


def read_back(path: Path) -> Submission:
    (submission,) = read_file(path, path.name, CAMPAIGN)
    return submission


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("form", [PROGRESS, LIAISON], ids=lambda form: form.key)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_was_written_is_read(tmp_path: Path, form: Form, suffix: str, data: st.DataObject) -> None:
    values = data.draw(values_of(form))
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(
        WRITERS[suffix](CAMPAIGN, form, UNIT, {key: each for key, each in values.items() if each is not None})
    )
    submission = read_back(path)
    assert (submission.stamp and submission.stamp.unit) == UNIT.code
    assert submission.entries[form.unit_field.key].value == UNIT.name
    assert {key: submission.entries[key].value for key in values} == values
    # Blank is the only thing that may be wrong with it; and some counts look like the number of a day.
    assert {finding.code for finding in submission.findings} <= {"form-blank", "value-maybe-date"}


@pytest.mark.parametrize("suffix", WRITERS)
def test_notes_and_boxes_come_back(tmp_path: Path, suffix: str) -> None:
    extra = {"study_notes": "把课堂搬进车间（样例）。", "outreach_notes": "广场咨询3场", "blanks_are_zero": "是"}
    path = tmp_path / f"a.{suffix}"
    written = {"includes_children": "不含", "study_sessions": 2, **extra}
    path.write_bytes(WRITERS[suffix](CAMPAIGN, PROGRESS, UNIT, written, asks_children=True))
    submission = read_back(path)
    assert submission.notes == {"study": "把课堂搬进车间（样例）。", "outreach": "广场咨询3场"}
    assert (submission.blanks_are_zero, submission.includes_children) == (True, False)
    assert submission.entries["study_sessions"].value == 2
