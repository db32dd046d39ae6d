import inspect
import shutil
from pathlib import Path

import pytest

import anquanyue

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SAMPLES / "submissions" / "武进区工信局", tmp_path / "submissions" / "武进区工信局")
    shutil.copy(SAMPLES / "units.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_frame_and_the_summary_say_the_same(folder: Path) -> None:
    frame = anquanyue.read("submissions/")
    summary = anquanyue.summarize(folder / "submissions", units=folder / "units.csv")
    assert isinstance(summary, anquanyue.Summary)
    assert list(frame.index) == ["wujin"] == list(summary.units)
    assert {key: int(total) for key, total in frame.sum().items()} == summary.totals
    assert frame.shape == (1, 42)
    assert frame["study_sessions"].dtype == "Int64"
    assert frame["film_studied"].dtype == "boolean"


def test_what_the_user_got_wrong_is_one_error(folder: Path) -> None:
    with pytest.raises(anquanyue.UserError, match="nowhere"):
        anquanyue.read("nowhere")


def test_there_are_few_public_names_and_each_is_explained() -> None:
    assert len(anquanyue.__all__) <= 5
    for name in anquanyue.__all__:
        assert name == "__version__" or inspect.getdoc(getattr(anquanyue, name))
    with pytest.raises(AttributeError):
        anquanyue.nothing  # noqa: B018
