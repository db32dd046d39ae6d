import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

import anquanyue

SOURCE = str(Path(anquanyue.__file__).parents[1])


def run(*arguments, cwd=None, **environment):
    return subprocess.run(
        [sys.executable, "-m", "anquanyue", *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": SOURCE,
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "120",
            "ANQUANYUE_LANG": "en",
            **environment,
        },
    )


def test_help_loads_nothing_heavy():
    code = """
import sys
sys.argv = ["anquanyue", "--help"]
from anquanyue.cli import main
try:
    main()
finally:
    heavy = ["pandas", "numpy", "openpyxl", "python_calamine", "lxml", "pydantic", "pebble", "jinja2"]
    assert not set(heavy) & set(sys.modules), sorted(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["init-forms", "validate", "status", "remind", "summarize", "decide"])
def test_every_command_has_help_in_both_languages(command):
    english, chinese = (run(command, "--help", ANQUANYUE_LANG=name) for name in ("en", "zh"))
    assert english.returncode == chinese.returncode == 0
    assert "Usage: " in english.stdout
    assert "用法：" in chinese.stdout
    assert "Show this message" in english.stdout
    assert "Show this message" not in chinese.stdout


@pytest.mark.parametrize("command", ["init-forms", "validate", "status", "remind", "summarize", "decide"])
@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", ["en", "zh"])
def test_help_wraps_and_speaks_of_no_types(command, width, name):
    shown = run(command, "--help", ANQUANYUE_LANG=name, COLUMNS=str(width)).stdout
    assert "…" not in shown
    assert "<" not in shown
    assert max(cell_len(line) for line in shown.splitlines()) <= width


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["validate"], ["validate", "--format", "json"]])
def test_results_that_cannot_be_written_are_one_line(tmp_path, arguments):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "submissions").mkdir()
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "anquanyue", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCE, "ANQUANYUE_LANG": "en"},
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["error: the results cannot be written: there is no room left"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell there closes nothing")
def test_who_closed_the_output_hears_nothing(tmp_path):
    (tmp_path / "submissions").mkdir()
    for streams in (">&-", "2>&-", ">&- 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f'"$0" -m anquanyue validate {streams}', sys.executable],
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCE},
        )
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "utf-8:strict"])
def test_no_encoding_of_a_pipe_stops_a_command(tmp_path, encoding):
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "说明é😀.txt").write_bytes(b"")

    def validate(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "anquanyue", "validate", *arguments],
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCE, "PYTHONIOENCODING": encoding, "ANQUANYUE_LANG": "zh"},
        )

    done = validate()
    assert done.returncode in (0, 1)
    assert done.stderr == b""
    assert [each["path"] for each in json.loads(validate("--format", "json").stdout)["files"]] == ["说明é😀.txt"]
    if sys.platform == "linux":
        done = validate(b"\xff")  # No name in any encoding.
        assert done.returncode == 2
        assert b"\\udcff" in done.stderr
        assert b"Traceback" not in done.stderr


def test_version():
    assert run("--version").stdout == f"anquanyue {anquanyue.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["summarize"], "--out"),
        (["validate", "--nonsense"], "--nonsense"),
        (["validate", "--format", "xml"], "json"),
        (["validate", "--format"], "anquanyue validate --help"),
        (["summarize", "--out"], "anquanyue summarize --help"),
        (["validate", "--quiet=1"], "--quiet"),
        (["validate", "a", "x", "y"], "x y"),
        (["validate", "a" * 300], "a" * 300),
        (["nonsense"], "nonsense"),
        (["validate", "nowhere"], "nowhere"),
        (["validate", "--campaign", "nowhere.yaml"], "nowhere.yaml"),
        (["summarize", "--out", "x.pdf"], ".xlsx"),
    ],
)
@pytest.mark.parametrize("name", ["en", "zh"])
def test_what_the_user_can_put_right_is_one_line(tmp_path, arguments, words, name):
    done = run(*arguments, cwd=tmp_path, ANQUANYUE_LANG=name)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr


def test_what_the_program_cannot_explain_is_a_report(monkeypatch, capsys):
    import anquanyue.cli.app
    from anquanyue import cli

    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(anquanyue.cli.app, "build_app", broken)
    assert cli._run() == 2
    shown = capsys.readouterr().err
    assert "please report" in shown
    assert "Python 3" in shown
    assert "ZeroDivisionError" in shown
