import datetime
import io
import json
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from anquanyue import language
from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.roster import load_roster
from anquanyue.cli.app import build_app
from anquanyue.cli.status import as_table
from anquanyue.decisions import Decisions
from anquanyue.errors import UserError
from anquanyue.reading.materials import MaterialFile, MaterialFolder
from anquanyue.reading.submission import Submission
from anquanyue.status import status

SAMPLES = Path(__file__).parents[2] / "samples"
STAY = ("--quiet", "--as-of", "2022-07-05")


def run(*arguments: str) -> int:
    return build_app()(["status", *arguments], standalone_mode=False) or 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a list of units and no submission."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "submissions").mkdir()
    (tmp_path / "units.csv").write_text("code,name,group\nwujin,武进区,辖市区\n规划,规划处,局处室\n", encoding="utf-8")
    return tmp_path


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    capsys.readouterr()
    run(*STAY, "--format", "json", *arguments)
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def states(found: dict[str, object], unit: str) -> dict[str, str]:
    row = next(each for each in found["units"] if each["unit"] == unit)  # type: ignore[attr-defined]
    return {f"{each['duty']} {each['round']}": each["state"] for each in row["cells"]}


def test_the_samples_show_who_is_late_and_who_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "samples"
    shutil.copytree(SAMPLES, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "160")
    found = data(capsys)
    assert states(found, "jintan")["progress once"] == "late"
    assert set(states(found, "liyang").values()) == {"missing", "optional"}
    assert set(states(found, "wujin").values()) == {"in-time"}
    assert states(found, "xinbei")["material week2"] == "late"
    assert run(*STAY) == 1
    shown = capsys.readouterr().out
    assert "late 3 d" in shown
    assert "IMG_0612.png" in shown
    for name in ("status.xlsx", "status.csv", "status.json"):
        run(*STAY, "--out", name)
        first = (folder / name).read_bytes()
        run(*STAY, "--out", name)
        assert (folder / name).read_bytes() == first


def test_it_exits_with_0_while_nothing_is_overdue(folder: Path) -> None:
    assert run("--quiet", "--as-of", "2022-05-30") == 0
    assert run("--quiet", "--as-of", "2022-05-31") == 1


def test_an_exemption_is_no_debt(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    why = ("--reason", "机构改革", "--by", "李样例", "--quiet")
    for unit, form in (("武进区", "附件2"), ("wujin", "附件3"), ("规划", "progress")):
        assert build_app()(["decide", "--exempt", form, "--unit", unit, *why], standalone_mode=False) == 0
    found = data(capsys)
    assert states(found, "wujin")["liaison once"] == states(found, "规划")["progress once"] == "exempt"
    assert run(*STAY) == 0
    capsys.readouterr()
    build_app()(["validate", "--quiet", "--format", "json"], standalone_mode=False)
    codes = {each["code"] for each in json.loads(capsys.readouterr().out)["findings"]}
    assert codes == {"decision-accepted"}


def test_csv_goes_to_stdout_as_bytes(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(*STAY, "--format", "csv")
    assert capfdbinary.readouterr().out.startswith("\ufeff单位编码,".encode())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as-of", "yesterday"), "yesterday"),
        (("--as-of", "2022-02-30"), "2022-02-30"),
        (("--materials", "nowhere"), "nowhere"),
        (("--out", "status.pdf"), ".xlsx"),
        (("--out", "submissions/status.xlsx"), "submissions"),
        (("--materials", "photos", "--out", "photos/status.xlsx"), "photos"),
    ],
)
def test_what_it_cannot_use_stops_it(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    (folder / "photos").mkdir()
    with pytest.raises(UserError, match=words):
        run(*arguments)


def test_without_a_list_of_units_it_says_what_it_needs(folder: Path) -> None:
    (folder / "units.csv").unlink()
    with pytest.raises(UserError, match="list of units"):
        run()


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_table_fits_and_takes_nothing_for_markup(folder: Path, width: int) -> None:
    campaign = load_campaign(None, folder)
    roster = load_roster(None, folder, campaign)
    assert roster
    materials = MaterialFolder((MaterialFile("[red]x[/red].jpg", "picture", 0.0),))
    sent = [Submission(path="2022-06-20/a.xlsx", form="progress", unit="wujin", round="once")]
    matrix = status(campaign, roster, sent, Decisions(), materials, datetime.date(2022, 7, 5))
    stream = io.StringIO()
    Console(file=stream, width=width, emoji=False).print(as_table(matrix))
    shown = stream.getvalue()
    lines = shown.splitlines()
    assert max(map(cell_len, lines)) <= width
    assert "附件3" in "".join(lines[:6])  # Nothing is cut off.
    assert "[red]x[/red].jpg" in shown


def test_the_legend_speaks_chinese(folder: Path) -> None:
    campaign = load_campaign(None, folder)
    roster = load_roster(None, folder, campaign)
    assert roster
    sent = [
        Submission(path="2022-06-20/a.xlsx", form="progress", unit="wujin", round="once"),
        Submission(path="b.xlsx", form="liaison", unit="wujin", round="once", modified=1653000000),
    ]
    matrix = status(campaign, roster, sent, Decisions(), None, datetime.date(2022, 7, 5))
    stream = io.StringIO()
    language.use("zh")
    try:
        Console(file=stream, width=200).print(as_table(matrix))
    finally:
        language.use("en")
    shown = stream.getvalue()
    assert "收 收到日期（文件夹或压缩包以此命名）、档 文件时间" in shown
    assert ", " not in shown and "; " not in shown
