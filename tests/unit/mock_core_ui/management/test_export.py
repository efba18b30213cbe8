"""The export into a drop folder: whole files under their names, and the list of states beside them."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from mock_core_ui.__main__ import main
from mock_core_ui.management.app import japan_time
from mock_core_ui.management.store import Store
from mock_core_ui.people import build_world


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    store = Store(folder / "management.sqlite", japan_time)
    store.fill(build_world(1, 7, None, True))
    store.withdraw(store.rows(None, "")[0].receipt_no)
    return folder


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("cp932"), newline="")))


def test_packages_hold_everything_approved_and_the_list_everything(data: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    assert main(["export", "--data", str(data), "--into", str(drop), "--per-file", "4"]) == 0
    packages = sorted(drop.glob("*.zip"))
    folders = [{name.split("/")[0] for name in zipfile.ZipFile(path).namelist()} for path in packages]
    assert [len(found) for found in folders] == [4, 2]
    states = rows((drop / "状態一覧.csv").read_bytes())
    assert sorted(line["状態"] for line in states) == sorted([*["承認済(連携待ち)"] * 6, "取下げ"])
    assert sorted(path.suffix for path in drop.iterdir()) == [".csv", ".zip", ".zip"]


def test_lists_have_a_file_a_procedure_and_a_row_an_application(data: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    assert main(["export", "--data", str(data), "--into", str(drop), "--csv"]) == 0
    found = [rows(path.read_bytes()) for path in drop.glob("申請一覧_*.csv")]
    assert sum(map(len, found)) == 6
    assert all(len({line["手続コード"] for line in lines}) == 1 for lines in found)


def test_without_a_town_nothing_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--data", str(tmp_path), "--into", str(tmp_path / "drop")]) == 2
    assert "先に serve を実行してください" in capsys.readouterr().err
    assert not (tmp_path / "drop").exists()
