import datetime
import io
from pathlib import Path

import openpyxl
import pytest

from anquanyue.campaign.model import BLANKS_ARE_ZERO, Campaign, Form
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


def test_inserted_rows_and_columns_and_another_sheet_name_do_no_harm(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    workbook = filled_workbook(campaign, progress, values)
    sheet = workbook["附件3"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(1, 3)
    sheet.insert_rows(20, 2)
    sheet.insert_cols(5)
    sheet.title = "Sheet7"
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    assert found(read(path, campaign), progress) == expected(progress, values)


def test_without_its_key_column_a_form_is_read_by_its_words(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    workbook = filled_workbook(campaign, progress, values)
    for name in workbook.sheetnames[1:]:
        del workbook[name]
    sheet = workbook["附件3"]
    for row in range(1, sheet.max_row + 1):
        sheet[f"A{row}"] = None
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    submission = read(path, campaign)
    assert found(submission, progress) == expected(progress, values)
    assert submission.entries["unit"].text == "武进区工信局"
    assert submission.entries["date"].value == datetime.date(2022, 6, 27)
    # The workbook does not print what stands behind the last blank of that statement (需附佐证材料…).
    assert [finding.field for finding in submission.findings if finding.code == "value-aligned"] == [
        "municipal_news",
        "provincial_news",
        "national_news",
    ]
    assert {finding.severity for finding in submission.findings} == {"warning"}


def test_a_row_whose_words_were_overwritten_is_found_by_its_column_with_a_warning(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    workbook = filled_workbook(campaign, progress, values)
    workbook["附件3"]["D6"] = "学习次数"
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    submission = read(path, campaign)
    assert submission.entries["study_sessions"].value == 1
    assert codes(submission) == ["value-aligned"]


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


def test_a_doubled_row_with_another_figure_is_an_error(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    workbook = filled_workbook(campaign, progress, values)
    sheet = workbook["附件3"]
    row = sheet.max_row + 2
    for column in range(1, 10):
        sheet.cell(row, column).value = sheet.cell(6, column).value
    sheet.cell(row, 8).value = 99
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    submission = read(path, campaign)
    assert codes(submission) == ["value-several-cells"]
    assert submission.entries["study_sessions"].value is None


def test_the_zero_box_notes_and_evidence_are_read(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    extra = {BLANKS_ARE_ZERO: "是", "study_notes": "典型做法", "municipal_news_evidence": "https://news.example.com/1"}
    path = tmp_path / "a.xlsx"
    filled_workbook(campaign, progress, values | extra).save(path)
    submission = read(path, campaign)
    assert submission.blanks_are_zero
    assert submission.notes == {"study": "典型做法"}
    assert submission.evidence == {"municipal_news": "https://news.example.com/1"}


def test_an_unticked_zero_box_is_not_taken_for_ticked(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    path = tmp_path / "a.xlsx"
    filled_workbook(campaign, progress, values).save(path)
    assert not read(path, campaign).blanks_are_zero


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
