import io
from pathlib import Path

import openpyxl
import pytest

from anquanyue.campaign.model import Campaign, Form
from anquanyue.reading.folder import read_file, read_folder
from anquanyue.reading.submission import Submission
from anquanyue.writing.workbook import form_workbook

from filling import filled_workbook, progress_values


def read(path: Path, campaign: Campaign) -> Submission:
    (submission,) = read_file(path, path.name, campaign)
    return submission


def codes(submission: Submission) -> list[str]:
    return [finding.code for finding in submission.findings]


@pytest.fixture
def values(progress: Form) -> dict[str, object]:
    return progress_values(progress)


def expected(form: Form, values: dict[str, object]) -> dict[str, object]:
    return {
        field.key: values[field.key] == "是" if field.type == "yes_no" else values[field.key]
        for field in form.reported_fields
    }


def found(submission: Submission, form: Form) -> dict[str, object]:
    return {field.key: submission.entries[field.key].value for field in form.reported_fields}


def test_a_filled_form_gives_back_every_figure(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    path = tmp_path / "a.xlsx"
    filled_workbook(campaign, progress, values).save(path)
    submission = read(path, campaign)
    assert found(submission, progress) == expected(progress, values)
    assert submission.entries["study_sessions"].place == "附件3!H6"
    assert codes(submission) == []


def test_error_values_and_formulas_without_a_result_are_seen_although_they_look_blank(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    workbook = filled_workbook(campaign, progress, values | {"study_sessions": "#REF!", "drill_sessions": "=1+1"})
    workbook["附件3"]["H6"].data_type = "e"
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    submission = read(path, campaign)
    assert codes(submission) == ["value-error", "value-formula-without-result"]
    assert submission.entries["study_sessions"].value is None
    assert submission.entries["drill_sessions"].text == "=1+1"


def test_every_file_ends_in_exactly_one_status_whatever_it_holds(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    filled_workbook(campaign, progress, values).save(tmp_path / "good.xlsx")
    (tmp_path / "blank.xlsx").write_bytes(form_workbook(campaign, progress))
    (tmp_path / "damaged.xlsx").write_bytes((tmp_path / "good.xlsx").read_bytes()[:3000])
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a photo")
    (tmp_path / "~$good.xlsx").write_bytes(b"lock")
    other = openpyxl.Workbook()
    other.active["A1"] = "别的表"
    other.save(tmp_path / "other.xlsx")
    old = filled_workbook(campaign, progress, values)
    old["附件3"]["A1"] = old["附件3"]["A1"].value.replace(campaign.key, "anquan-2021")
    old.save(tmp_path / "old.xlsx")
    result = {each.path: (each.status, codes(each)) for each in read_folder(tmp_path, campaign)}
    assert result == {
        "blank.xlsx": ("rejected", ["form-blank"]),
        "damaged.xlsx": ("rejected", ["file-unreadable"]),
        "empty.xlsx": ("rejected", ["file-empty"]),
        "good.xlsx": ("accepted", []),
        "old.xlsx": ("rejected", ["form-other-campaign"]),
        "other.xlsx": ("rejected", ["form-not-found"]),
        "photo.jpg": ("rejected", ["file-picture"]),
        "~$good.xlsx": ("ignored", ["file-ignored"]),
    }


def test_a_sheet_that_kills_its_reader_costs_only_its_file_a_finding(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    filled_workbook(campaign, progress, values).save(tmp_path / "good.xlsx")
    hostile = openpyxl.Workbook()
    # Two cells at the far corners: the native reader allocates the whole rectangle and aborts.
    hostile.active["A1"], hostile.active["XFD1048576"] = "a", "b"
    data = io.BytesIO()
    hostile.save(data)
    (tmp_path / "hostile.xlsx").write_bytes(data.getvalue())
    good, bad = read_folder(tmp_path, campaign)
    assert (good.status, found(good, progress)) == ("accepted", expected(progress, values))
    assert (bad.status, codes(bad)) == ("rejected", ["file-unsafe"])
