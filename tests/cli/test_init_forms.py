import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from anquanyue.cli.init_forms import init_forms
from anquanyue.errors import RosterError, UserError
from anquanyue.writing.file_names import file_name

ROSTER = "code,name,group\nwj,武进区,\ntn,天宁区,\n"


@pytest.fixture(autouse=True)
def working_folder(tmp_path, monkeypatch):
    """A working folder, and a writer whose workbooks say only what they are: here it matters where they go."""
    workbooks = SimpleNamespace(WorkbookCopies=lambda campaign, working_folder: SimpleNamespace(workbook=said))
    monkeypatch.setitem(sys.modules, "anquanyue.writing.workbook_copies", workbooks)
    documents = SimpleNamespace(DocumentCopies=lambda campaign: SimpleNamespace(document=said_in_word))
    monkeypatch.setitem(sys.modules, "anquanyue.writing.document_copies", documents)
    monkeypatch.setattr("anquanyue.cli.init_forms.file_name", lambda form, unit: f"{form.label}.xlsx")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(form, unit, *, asks_children):
    return f"{form.key} {unit and unit.code}{' with sub-units' if asks_children else ''}".encode()


def said_in_word(form, unit, *, asks_children):
    return b"word " + said(form, unit, asks_children=asks_children)


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


def test_the_closing_message_counts_files(working_folder, capsys):
    make(working_folder, quiet=False)
    assert "2 files are in" in capsys.readouterr().err
    make(working_folder, quiet=False, word=True, force=True)
    assert "4 files are in" in capsys.readouterr().err


def test_a_roster_that_lists_no_unit_is_an_error(working_folder):
    (working_folder / "units.csv").write_text("code,name\n", encoding="utf-8")
    with pytest.raises(RosterError, match=r"units\.csv: lists no unit"):
        make(working_folder)
    assert not (working_folder / "forms").exists()


def test_a_very_long_name_does_not_stop_the_others(working_folder, monkeypatch):
    monkeypatch.setattr("anquanyue.cli.init_forms.file_name", file_name)
    names = {code: "样例" * 100 + code for code in ("a", "b")} | {"c": "武进区"}
    roster = "code,name\n" + "".join(f"{code},{name}\n" for code, name in names.items())
    (working_folder / "units.csv").write_text(roster, encoding="utf-8")
    assert make(working_folder, word=True) == 0
    made = files(working_folder)
    assert len(made) == 3 * 2 * 2
    assert sorted(made.values()) == sorted(
        f"{word}{form} {code}" for word in ("", "word ") for form in ("liaison", "progress") for code in names
    )
    assert all(len(os.fsencode(part)) <= 255 for path in made for part in path.split("/"))


def test_folders_that_would_have_one_name_are_told_apart(working_folder):
    roster = "code,name\na-b,c\nA,b-c\n"
    (working_folder / "units.csv").write_text(roster, encoding="utf-8")
    make(working_folder)
    made = files(working_folder)
    assert (made["forms/a-b-c/附件3.xlsx"], made["forms/A-b-c~2/附件3.xlsx"]) == ("progress a-b", "progress A")


def test_two_forms_of_a_unit_never_take_one_path(working_folder, monkeypatch):
    monkeypatch.setattr("anquanyue.cli.init_forms.file_name", lambda form, unit: "表.xlsx")
    make(working_folder, word=True)
    assert files(working_folder) == {
        "forms/表.xlsx": "liaison None",
        "forms/表~2.xlsx": "progress None",
        "forms/表.docx": "word liaison None",
        "forms/表~2.docx": "word progress None",
    }


def test_an_interruption_leaves_whole_files_only(working_folder, monkeypatch):
    (working_folder / "units.csv").write_text(ROSTER, encoding="utf-8")
    replace = Path.replace

    def interrupted(path, target):
        if "tn-" in str(target):
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make(working_folder)
    assert files(working_folder) == {
        "forms/wj-武进区/附件2.xlsx": "liaison wj",
        "forms/wj-武进区/附件3.xlsx": "progress wj",
    }
