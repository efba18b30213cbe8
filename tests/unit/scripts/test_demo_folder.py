"""The demonstration empties only what is its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.demo_run import take_folder
from scripts.steps_shown import SetupFailed


def test_a_new_or_empty_folder_is_taken(tmp_path: Path) -> None:
    take_folder(tmp_path / "新しい")
    take_folder(tmp_path / "新しい")
    (tmp_path / "empty").mkdir()
    take_folder(tmp_path / "empty")


def test_its_own_folder_is_emptied(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    take_folder(folder)
    (folder / "ledger.db").touch()
    take_folder(folder)
    assert not (folder / "ledger.db").exists()


def test_a_strangers_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(SetupFailed):
        take_folder(tmp_path)
    assert (tmp_path / "letter.txt").exists()
