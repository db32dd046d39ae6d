import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from anquanyue.cli.diff import diff
from anquanyue.cli.summarize import Asked, summarize
from anquanyue.cli.trace import trace
from anquanyue.decisions import NO_DECISIONS
from anquanyue.errors import OutputError, UserError
from anquanyue.reading.submission import Entry, Submission
from anquanyue.working_folder import CheckedFolder
from rounds_campaign import weekly

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two units of the samples, to work in."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLES / "units.csv", tmp_path)
    for name in ("武进区工信局", "金坛区工信局"):
        (tmp_path / "submissions" / name).mkdir(parents=True)
        for path in (SAMPLES / "submissions" / name).glob("*.xlsx"):
            shutil.copy(path, tmp_path / "submissions" / name)
    return tmp_path


def traced(capsys: pytest.CaptureFixture[str], field: str | None, output_format: str, unit: str | None = None) -> str:
    code = trace(
        field,
        Path("submissions"),
        unit=unit,
        output_format=output_format,  # type: ignore[arg-type]
        campaign=None,
        units=None,
        quiet=True,
    )
    assert code == 0
    return capsys.readouterr().out


def test_the_values_of_a_total_with_their_cells(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(traced(capsys, "study_sessions", "json"))
    assert data["total"] == sum(each["value"] for each in data["values"] if each["counts"]) > 0
    assert {each["name"] for each in data["values"]} == {"武进区工信局", "金坛区工信局"}
    assert all((folder / "submissions" / each["file"]).is_file() for each in data["values"])
    assert all(each["place"].startswith("附件3!") for each in data["values"])


def test_a_field_is_found_by_its_name_and_a_unit_by_a_part_of_its(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(traced(capsys, "应急演练", "json", "武进"))
    assert (data["field"], data["unit"], len(data["values"])) == ("drill_sessions", "wujin", 1)


def test_all_figures_of_a_unit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(traced(capsys, None, "csv", "wujin").removeprefix("\ufeff"))))
    assert len(rows) == 42


def test_the_table_shows_total_and_who_is_not_in_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = traced(capsys, "study_sessions", "table")
    assert "Total" in shown
    assert "溧阳市工信局" in shown


def test_a_name_that_is_none_or_several_is_answered_with_what_might_be_meant(folder: Path) -> None:
    with pytest.raises(UserError, match="drill_sessions 应急演练"):
        trace("演练", Path("submissions"), unit=None, output_format="table", campaign=None, units=None, quiet=True)
    with pytest.raises(UserError, match="tianning 天宁区工信局"):
        trace(
            None, Path("submissions"), unit="天宁区工业局", output_format="json", campaign=None, units=None, quiet=True
        )


def test_what_was_issued_is_kept_and_compared_with(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def issue(name: str) -> int:
        asked = Asked(outputs=[Path("report.json")], issue=name)
        return summarize(Path("submissions"), asked, campaign=None, units=None, strict=False, quiet=True)

    def compared(old: str) -> dict[str, object]:
        diff(Path(old), Path("submissions"), output_format="json", campaign=None, units=None, quiet=True)
        data: dict[str, object] = json.loads(capsys.readouterr().out)
        return data

    assert issue("第一次") == 0
    kept = Path("issued/第一次.json").read_bytes()
    assert kept == Path("report.json").read_bytes()
    assert compared("第一次")["changes"] == []
    shutil.rmtree("submissions/武进区工信局")
    changes = compared("report.json")["changes"]
    assert isinstance(changes, list)
    assert {(each["unit"], each["after"], each["cause"]) for each in changes} == {("wujin", None, "gone")}
    with pytest.raises(OutputError, match="issued already"):
        issue("第一次")
    with pytest.raises(UserError, match="no name for a file"):
        issue("../第二次")
    assert Path("issued/第一次.json").read_bytes() == kept


def test_what_cannot_be_compared_with_is_named(folder: Path) -> None:
    with pytest.raises(UserError, match=r"nothing\.json"):
        diff(Path("nothing.json"), Path("submissions"), output_format="table", campaign=None, units=None, quiet=True)


def test_what_is_like_nothing_suggests_nothing(folder: Path) -> None:
    with pytest.raises(UserError, match="trace without a figure shows them all"):
        trace("@@", Path("submissions"), unit=None, output_format="csv", campaign=None, units=None, quiet=True)
    with pytest.raises(UserError, match=r"none that reported$"):
        trace(None, Path("submissions"), unit="@@", output_format="csv", campaign=None, units=None, quiet=True)


def test_a_document_never_replaces_an_issued_summary(folder: Path) -> None:
    issue = Asked(issue="第一次")
    summarize(Path("submissions"), issue, campaign=None, units=None, strict=False, quiet=True)
    before = Path("issued/第一次.json").read_bytes()
    for name in ("issued/第一次.json", "./issued/../issued/第一次.json"):
        asked = Asked(outputs=[Path(name)])
        with pytest.raises(OutputError, match="was issued already"):
            summarize(Path("submissions"), asked, campaign=None, units=None, strict=False, quiet=True)
    assert Path("issued/第一次.json").read_bytes() == before


def test_a_document_never_becomes_a_template(folder: Path) -> None:
    Path("templates").mkdir()
    asked = Asked(outputs=[Path("templates/report.docx")])
    with pytest.raises(UserError, match="is what the command reads"):
        summarize(Path("submissions"), asked, campaign=None, units=None, strict=False, quiet=True)
    assert not list(Path("templates").iterdir())


def test_rounds_have_their_names_and_what_lacks_one_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    campaign = weekly("period")
    sent = [
        Submission(path=f"{unit}{number}.xlsx", form="progress", unit=unit, round=f"week{number}", entries=entries)
        for unit, number, entries in (
            ("a", 1, {"drill_sessions": Entry("3", 3, "附件3!H45")}),
            ("a", 2, {"drill_sessions": Entry("", None, "附件3!H45")}),
            ("b", 2, {}),
        )
    ]
    checked = CheckedFolder(
        campaign=campaign, roster=None, submissions=tuple(sent), findings=(), decisions=NO_DECISIONS
    )
    monkeypatch.setattr("anquanyue.cli.trace.check_folder", lambda *_args, **_options: checked)
    shown = traced(capsys, "drill_sessions", "table")
    assert "a · 第1周" in shown
    assert "1 unit reported without a usable value" in shown
    assert "1 unit lacks the value of a round" in shown
