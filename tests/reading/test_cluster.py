import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from anquanyue.campaign.model import Campaign, Form
from anquanyue.errors import UserError
from anquanyue.reading import office
from anquanyue.reading.folder import read_folder

import making
from filling import filled_workbook, progress_values

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def sent(tmp_path: Path, campaign: Campaign, progress: Form) -> Path:
    folder = tmp_path / "submissions"
    folder.mkdir()
    filled_workbook(campaign, progress, progress_values(progress)).save(folder / "a.xlsx")
    for number in range(8):
        shutil.copy(folder / "a.xlsx", folder / f"{number}.xlsx")
    (folder / "b.zip").write_bytes(making.zip_bytes({"c/d.xlsx": (folder / "a.xlsx").read_bytes()}))
    (folder / "e.jpg").write_bytes(making.jpeg_bytes())
    (folder / "f.doc").write_bytes(making.ole_bytes("WordDocument"))
    return folder


def test_a_cluster_reads_the_same_as_this_machine(
    sent: Path, campaign: Campaign, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    there = read_folder(sent, campaign, dask=address)
    assert there == read_folder(sent, campaign)
    assert {each.path for each in there} >= {"0.xlsx", "b.zip/c/d.xlsx", "f.doc"}


def test_where_no_cluster_answers_that_is_said(sent: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anquanyue.reading.cluster._SECONDS_TO_CONNECT", 0.5)
    for address in ("tcp://127.0.0.1:9", "nowhere"):
        with pytest.raises(UserError, match=f"no Dask cluster answers at {address}"):
            read_folder(sent, campaign, dask=address)
