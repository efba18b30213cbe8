"""kill -9 of a run that takes in a drop folder: nothing is lost, nothing is taken twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fault.folder_kills import FolderKills

SEED = 20261129


@pytest.mark.slow
def test_a_folder_that_is_taken_in_by_a_process_that_is_killed_ten_times(tmp_path: Path) -> None:
    result = FolderKills(tmp_path, packages=60, kills=10, seed=SEED).run()
    print(f"\n{result}")
    assert result["faults"] == []
    assert result["packages"] == 60
    assert result["kills"] == 10


def test_the_judge_finds_a_file_that_was_put_away_too_early(tmp_path: Path) -> None:
    campaign = FolderKills(tmp_path, packages=3, kills=1, seed=1)
    campaign.export(3)
    campaign.judge("before")
    assert campaign.faults == []
    (campaign.drop / "done").mkdir()
    name = next(name for name, numbers in campaign.offered.files.items() if numbers)
    (campaign.drop / name).rename(campaign.drop / "done" / f"{'0' * 12}-{name}")
    campaign.judge("after")
    assert campaign.faults == [f"after: {name} was put away, and the ledger has not all of it"]


def test_the_judge_finds_a_file_that_is_lost(tmp_path: Path) -> None:
    campaign = FolderKills(tmp_path, packages=3, kills=1, seed=1)
    campaign.export(3)
    name = next(iter(campaign.offered.files))
    (campaign.drop / name).unlink()
    campaign.judge("after")
    assert campaign.faults == [f"after: {name} lies in []"]
