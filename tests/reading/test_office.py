import subprocess
import sys
from pathlib import Path

import pytest

from anquanyue.reading import office
from anquanyue.reading.word import read_document

from making import docx_bytes


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for LibreOffice: it writes down its documents, copies each as its result, and stops at one named bad."""
    script = tmp_path / "office.py"
    script.write_text(
        "import pathlib, shutil, sys\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "documents = [pathlib.Path(each) for each in sys.argv[sys.argv.index('--outdir') + 2 :]]\n"
        f"with open({str(tmp_path / 'runs.txt')!r}, 'a') as runs:\n"
        "    runs.write(' '.join(each.name for each in documents) + '\\n')\n"
        "for document in documents:\n"
        "    if document.read_bytes() == b'bad':\n"
        "        sys.exit(1)\n"
        "    shutil.copy(document, out / (document.stem + '.docx'))\n",
        encoding="utf-8",
    )
    real = subprocess.Popen
    monkeypatch.setattr(office, "find_libreoffice", lambda: "office")
    monkeypatch.setattr(
        office.subprocess, "Popen", lambda command, **more: real([sys.executable, script, *command[1:]], **more)
    )
    return tmp_path / "runs.txt"


def documents(folder: Path, *contents: bytes) -> list[Path]:
    paths = [folder / f"{number}.doc" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def test_all_documents_are_converted_in_one_run(program: Path, tmp_path: Path) -> None:
    paths = documents(tmp_path, b"a", b"b")
    converted = office.convert(paths, tmp_path)
    assert converted is not None
    assert [converted[path].read_bytes() for path in paths] == [b"a", b"b"]
    assert program.read_text(encoding="utf-8").splitlines() == ["0.doc 1.doc"]


def test_a_document_that_ends_the_program_does_not_take_the_others_with_it(program: Path, tmp_path: Path) -> None:
    paths = documents(tmp_path, b"a", b"bad", b"c")
    converted = office.convert(paths, tmp_path)
    assert converted is not None
    assert list(converted) == [paths[0], paths[2]]
    assert program.read_text(encoding="utf-8").splitlines() == ["0.doc 1.doc 2.doc", "1.doc", "2.doc"]


def test_macros_and_links_are_off(program: Path, tmp_path: Path) -> None:
    office.convert(documents(tmp_path, b"a"), tmp_path)
    settings = (tmp_path / "profile" / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in settings
    assert '"Link" oor:op="fuse"><value>0' in settings


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.Popen
    started: list[subprocess.Popen[bytes]] = []

    def hang(_command: list[str], **more: object) -> subprocess.Popen[bytes]:
        started.append(real([sys.executable, "-c", "import time; time.sleep(60)"], **more))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(office, "find_libreoffice", lambda: "office")
    monkeypatch.setattr(office.subprocess, "Popen", hang)
    monkeypatch.setattr(office, "SECONDS_TO_START_OFFICE", 0)
    monkeypatch.setattr(office, "SECONDS_A_DOCUMENT", 0)
    assert office.convert(documents(tmp_path, b"a"), tmp_path) == {}
    assert started[0].poll() is not None


def test_without_libreoffice_there_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _name: None)
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    assert office.convert(documents(tmp_path, b"a"), tmp_path) is None


@pytest.mark.slow
@pytest.mark.parametrize(("ending", "name"), [("doc", "MS Word 97"), ("rtf", "Rich Text Format"), ("odt", "writer8")])
def test_libreoffice_itself_gives_back_the_rows(tmp_path: Path, ending: str, name: str) -> None:
    program = office.find_libreoffice()
    assert program, "LibreOffice was not found"
    rows = [["活动项目", "进展情况"], ["学习", "学习（3）次\n□是☑否"]]
    (tmp_path / "a.docx").write_bytes(docx_bytes(["填报单位：甲样例", rows, "注"]))
    command = [program, "--headless", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"]
    command += ["--convert-to", f"{ending}:{name}", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    old = tmp_path / f"a.{ending}"
    work = tmp_path / "work"
    work.mkdir()
    converted = office.convert([old], work)
    assert converted
    (grid,) = read_document(converted[old].read_bytes()).grids
    assert grid.rows == (("填报单位：甲样例",), *map(tuple, rows), ("注",))
