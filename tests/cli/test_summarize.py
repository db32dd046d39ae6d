import json
from pathlib import Path

import openpyxl
import pytest

import anquanyue.reading.folder
from anquanyue.campaign.loader import load_campaign
from anquanyue.cli.summarize import Asked, summarize
from anquanyue.errors import UserError
from anquanyue.findings import Finding
from anquanyue.reading.submission import Entry, Submission

FORM = load_campaign(None, Path()).form("progress")


def submission(unit, number, *findings):
    entries = {
        field.key: Entry(text=str(number), value=number, place="附件3!D6")
        for field in FORM.fields
        if field.type == "count"
    }
    entries[FORM.unit_field.key] = Entry(text=unit, value=unit, place="附件3!B3")
    return Submission(path=f"{unit}.xlsx", form="progress", entries=entries, findings=findings)


@pytest.fixture
def received(tmp_path, monkeypatch):
    """What is read from the folder of submissions; every reading is counted in `received.reads`."""

    class Received(list):
        reads = 0

    found = Received()

    def read_folder(folder, campaign, progress, cache, dask, meanwhile):
        found.reads += 1
        return list(found)

    monkeypatch.setattr(anquanyue.reading.folder, "read_folder", read_folder)
    monkeypatch.chdir(tmp_path)
    Path("submissions").mkdir()
    Path("units.csv").write_text("code,name\nwj,武进区\ntn,天宁区\nxb,新北区\n", encoding="utf-8")
    return found


def run(*outputs, strict=False):
    paths = [Path(each) for each in outputs]
    return summarize(Path("submissions"), Asked(outputs=paths), campaign=None, units=None, strict=strict, quiet=False)


def test_totals_are_sums_and_the_folder_is_read_once(received, capsys):
    received += [submission("武进区", 3), submission("天宁区", 4)]
    assert run("a.json", "b.json") == 0
    data = json.loads(Path("a.json").read_text(encoding="utf-8"))
    counts = [field.key for field in FORM.fields if field.type == "count"]
    assert {data["totals"][key] for key in counts} == {7}
    assert data["not_reported"] == ["xb"]
    assert Path("b.json").read_bytes() == Path("a.json").read_bytes()
    assert received.reads == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "2 units were counted" in shown.err
    assert "1 unit is not in the totals" in shown.err
    assert "b.json" in shown.err


def test_strict_exits_with_1_and_still_writes(received):
    finding = Finding(code="value-negative", path="武进区.xlsx", value=-1, parameters={"label": "次"})
    received.append(submission("武进区", 3, finding))
    assert run("a.json") == 0
    assert run("b.json", strict=True) == 1
    assert Path("b.json").exists()


def test_nothing_to_count_writes_nothing(received):
    with pytest.raises(UserError, match="nothing was written"):
        run("a.json")
    assert not Path("a.json").exists()


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf",
        "a",
        "submissions/a.json",
        "submissions/sub/../a.xlsx",
        "nowhere/a.json",
        "folder.json",
        "./good.json",
        "units.xlsx",
        "decisions.xlsx",
    ],
)
def test_a_wrong_output_is_refused_before_reading(received, name):
    Path("folder.json").mkdir()
    with pytest.raises(UserError):
        run("good.json", name)
    assert received.reads == 0
    assert not Path("good.json").exists()


def test_the_campaign_and_the_list_of_units_are_never_replaced(received):
    for name in ("campaign", "units"):
        asked = {"campaign": None, "units": None, name: Path("own.json")}
        with pytest.raises(UserError, match="would be replaced"):
            summarize(Path("submissions"), Asked(outputs=[Path("own.json")]), **asked, strict=False, quiet=True)


def test_when_one_document_cannot_be_written_those_written_before_are_named(received, monkeypatch):
    received.append(submission("武进区", 3))
    replace = Path.replace

    def refuse(self, target):
        if Path(target).name == "b.json":
            raise PermissionError(13, "sharing violation")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match=r"b\.json: cannot be written.*written before that: a\.json"):
        run("a.json", "b.json", "c.json")
    assert Path("a.json").exists()
    assert not Path("c.json").exists()


def test_ranks_and_liaisons_are_sheets_of_a_workbook_and_only_on_demand(received):
    received += [submission("武进区", 3), submission("天宁区", 4)]

    def sheets(**options):
        asked = Asked(outputs=[Path("report.xlsx")], **options)
        summarize(Path("submissions"), asked, campaign=None, units=None, strict=False, quiet=True)
        return openpyxl.load_workbook("report.xlsx").sheetnames

    assert not {"排名", "联络员名册"} & set(sheets())
    assert {"排名", "联络员名册"} <= set(sheets(ranks=True, contacts="masked"))
    with pytest.raises(UserError, match="--contacts"):
        asked = Asked(outputs=[Path("report.json")], contacts="full")
        summarize(Path("submissions"), asked, campaign=None, units=None, strict=False, quiet=True)
