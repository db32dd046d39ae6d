import sys
from types import SimpleNamespace

import pytest

from anquanyue.campaign.model import Unit
from anquanyue.cli.init_forms import folder_name, init_forms
from anquanyue.errors import UserError

ROSTER = "code,name,group\nwj,武进区,\ntn,天宁区,\n"


@pytest.fixture(autouse=True)
def working_folder(tmp_path, monkeypatch):
    """A working folder, and a writer whose workbooks say only what they are: here it matters where they go."""
    fake = SimpleNamespace(
        file_name=lambda form, unit: f"{form.label}.xlsx",
        form_workbook=lambda campaign, form, unit, *, working_folder: f"{form.key} {unit and unit.code}".encode(),
    )
    monkeypatch.setitem(sys.modules, "anquanyue.writing.workbook", fake)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(folder, **options):
    given = {"campaign": None, "units": None, "force": False, "quiet": True, **options}
    return init_forms(folder / "forms", **given)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.xlsx")}


def test_without_roster_both_forms(working_folder):
    assert make(working_folder) == 0
    assert files(working_folder) == {
        "forms/附件2.xlsx": "liaison None",
        "forms/附件3.xlsx": "progress None",
    }


def test_with_roster_a_folder_a_unit(working_folder):
    (working_folder / "units.csv").write_text(ROSTER, encoding="utf-8")
    make(working_folder)
    assert files(working_folder)["forms/wj-武进区/附件3.xlsx"] == "progress wj"
    assert len(files(working_folder)) == 4


def test_nothing_is_written_over_what_is_there(working_folder):
    (working_folder / "units.csv").write_text(ROSTER, encoding="utf-8")
    there = working_folder / "forms" / "tn-天宁区" / "附件3.xlsx"
    there.parent.mkdir(parents=True)
    there.write_text("mine")
    with pytest.raises(UserError, match="附件3"):
        make(working_folder)
    assert list(files(working_folder).values()) == ["mine"]
    make(working_folder, force=True)
    assert there.read_text() == "progress tn"


def test_a_second_run_says_how_many_are_there(working_folder):
    make(working_folder)
    with pytest.raises(UserError, match="1 more"):
        make(working_folder)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("武进区", "wj-武进区"), ("局/处:一?", "wj-局_处_一_"), ("公司. ", "wj-公司"), ("长" * 200, "wj-" + "长" * 77)],
)
def test_folder_names_suit_windows(name, expected):
    assert folder_name(Unit(code="wj", name=name)) == expected
