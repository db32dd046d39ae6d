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
        form_workbook=lambda campaign, form, unit, *, working_folder, asks_children: said(form, unit, asks_children),
    )
    monkeypatch.setitem(sys.modules, "anquanyue.writing.workbook", fake)
    fake_document = SimpleNamespace(
        form_document=lambda campaign, form, unit, *, asks_children: b"word " + said(form, unit, asks_children),
    )
    monkeypatch.setitem(sys.modules, "anquanyue.writing.document", fake_document)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(form, unit, asks_children):
    return f"{form.key} {unit and unit.code}{' with sub-units' if asks_children else ''}".encode()


def make(folder, **options):
    given = {"campaign": None, "units": None, "word": False, "force": False, "quiet": True, **options}
    return init_forms(folder / "forms", **given)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("forms/**/*.*")}


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


def test_word_documents_stand_beside_the_workbooks(working_folder):
    (working_folder / "units.csv").write_text(ROSTER, encoding="utf-8")
    make(working_folder, word=True)
    made = files(working_folder)
    assert made["forms/wj-武进区/附件3.docx"] == "word progress wj"
    workbooks = {path.removesuffix(".xlsx") for path in made if path.endswith(".xlsx")}
    assert {path.removesuffix(".docx") for path in made if path.endswith(".docx")} == workbooks
    assert len(made) == 8


def test_a_word_document_is_not_written_over_either(working_folder):
    there = working_folder / "forms" / "附件2.docx"
    there.parent.mkdir()
    there.write_text("mine")
    with pytest.raises(UserError, match=r"附件2\.docx"):
        make(working_folder, word=True)
    assert files(working_folder) == {"forms/附件2.docx": "mine"}
    make(working_folder)
    assert there.read_text() == "mine"
    make(working_folder, word=True, force=True)
    assert there.read_text() == "word liaison None"


def test_a_unit_with_sub_units_is_asked_about_them(working_folder):
    roster = "code,name,group,parent\nwj,武进区,,\nhu,湖塘镇,,wj\n"
    (working_folder / "units.csv").write_text(roster, encoding="utf-8")
    make(working_folder, word=True)
    made = files(working_folder)
    assert made["forms/wj-武进区/附件3.xlsx"] == "progress wj with sub-units"
    assert made["forms/wj-武进区/附件3.docx"] == "word progress wj with sub-units"
    assert made["forms/hu-湖塘镇/附件3.xlsx"] == "progress hu"


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
