import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from anquanyue.campaign.model import Campaign, Form
from anquanyue.reading.folder import read_file, read_folder
from anquanyue.reading.submission import Submission
from anquanyue.writing.comments import put_marks
from anquanyue.writing.marks import Mark
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


@pytest.mark.parametrize("cell", ["XFD1048576", "H60000", "IW7"])
def test_a_cell_far_away_is_named_and_the_form_is_read(
    cell: str, tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    workbook = filled_workbook(campaign, progress, values)
    workbook["附件3"][cell] = "x"
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    submission = read(path, campaign)
    assert found(submission, progress) == expected(progress, values)
    (finding,) = submission.findings
    assert (finding.code, finding.place, finding.value) == ("cells-far-away", f"附件3!{cell}", None)
    assert finding.parameters == {"number": 1, "places": f"附件3!{cell}"}


def test_comments_are_pointed_at_and_not_quoted(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    workbook = filled_workbook(campaign, progress, values)
    for row in range(6, 18):
        workbook["附件3"].cell(row, 8).comment = Comment("更正：应为999次", "甲样例")
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    submission = read(path, campaign)
    (finding,) = submission.findings
    assert (finding.code, finding.severity, finding.place) == ("file-has-comments", "warning", "附件3!H6")
    assert finding.parameters["number"] == 12
    assert str(finding.parameters["places"]).endswith("附件3!H15…")
    assert "999" not in str(finding)


def test_comments_of_this_program_are_not_meant(
    tmp_path: Path, campaign: Campaign, progress: Form, values: dict[str, object]
) -> None:
    workbook = filled_workbook(campaign, progress, values)
    put_marks(
        workbook["附件3"]["H6"], [Mark(names=("study_sessions",), severity="error", label="学习", found="是负数")]
    )
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    assert codes(read(path, campaign)) == []
    # As LibreOffice saves it, without the author.
    workbook["附件3"]["H6"].comment.author = " "
    workbook.save(path)
    assert codes(read(path, campaign)) == []


@pytest.mark.parametrize(
    ("value", "number_format", "font", "text", "number"),
    [
        (1, "0%", {}, "100%", None),
        (3, '0"万"', {}, "3万", 30_000),
        (300, "General", {"strike": True}, "3̶0̶0̶", None),
        (3, '0"次"', {}, "3", 3),
    ],
)
def test_a_figure_is_read_as_people_see_it(
    value: int,
    number_format: str,
    font: dict[str, bool],
    text: str,
    number: int | None,
    tmp_path: Path,
    campaign: Campaign,
    progress: Form,
    values: dict[str, object],
) -> None:
    workbook = filled_workbook(campaign, progress, values | {"study_sessions": value})
    cell = workbook["附件3"]["H6"]
    cell.number_format, cell.font = number_format, Font(**font)
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    submission = read(path, campaign)
    entry = submission.entries["study_sessions"]
    assert (entry.text, entry.value) == (text, number)
    assert codes(submission) == ([] if number else ["value-not-a-number"])


def test_where_no_reader_can_start_no_file_is_blamed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(b"PK")
    script = tmp_path / "careless.py"
    script.write_text(
        "from pathlib import Path\n"
        "from anquanyue.campaign.loader import load_campaign\n"
        "from anquanyue.reading.folder import read_folder\n"
        "here = Path(__file__).parent\n"
        "print(read_folder(here / 'in', load_campaign(None, here)))\n",
        encoding="utf-8",
    )
    ended = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", errors="replace")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "RuntimeError: the processes that read files do not start" in ended.stderr.splitlines()[-1]
