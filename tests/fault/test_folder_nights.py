"""Whole nights with a drop folder as the source: from the export to the core, and the result back into the folder."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from bridge_agent.domain.folder_profile import FolderProfile
from bridge_agent.mapping.recipe_files import load_source
from bridge_agent.sources.folder import FolderSource
from mock_core_ui.management.app import japan_time
from mock_core_ui.management.export import export_csv, export_packages, export_states
from mock_core_ui.management.store import Store
from mock_core_ui.people import build_world
from tests.fault.fast.nights import RECIPES
from tests.fault.fast.town import FastTown


class QuickClock:
    """The computer's clock, with waits that are not waited for."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return datetime.now(UTC).timestamp()

    def wait(self, seconds: float) -> None: ...


def folder_profile() -> FolderProfile:
    profile = load_source(RECIPES, "minamo-folder")
    assert isinstance(profile, FolderProfile)
    return profile


def names(folder: Path) -> int:
    return sum(1 for path in folder.iterdir() if path.is_file())


def reported(drop: Path) -> dict[str, str]:
    with (drop / "results" / "連携結果.csv").open(encoding="cp932", newline="") as file:
        return {line["受付番号"]: line["基幹側受付番号"] for line in csv.DictReader(file)}


def test_packages_go_from_the_folder_to_the_core_and_the_result_back(tmp_path: Path) -> None:
    world = build_world(3, 12, None, True)
    drop = tmp_path / "drop"
    drop.mkdir()
    store = Store(tmp_path / "management.sqlite", japan_time)
    store.fill(world)
    export_packages(store, drop, japan_time(), per_file=5)
    export_states(store, drop)
    with FastTown(tmp_path / "town", world=world) as town:
        source = FolderSource(folder_profile(), drop, QuickClock())
        report = town.run(source=source)
        assert (report.exit_code, report.stops, report.notices) == (0, [], [])
        assert report.balance.total("registered") == 12
        commits = town.commits()
    written = reported(drop)
    assert set(written) == {each.receipt_no for each in world.applications}
    assert sorted(written.values()) == sorted(commit.receipt for commit in commits)
    assert all(written[commit.reference] == commit.receipt for commit in commits if commit.reference)
    assert (names(drop), names(drop / "taking"), names(drop / "done"), names(drop / "failed")) == (1, 0, 3, 0)


def test_rows_of_plain_csv_files_are_entered_as_well(tmp_path: Path) -> None:
    world = build_world(3, 12, None, True)
    drop = tmp_path / "drop"
    drop.mkdir()
    store = Store(tmp_path / "management.sqlite", japan_time)
    store.fill(world)
    files = export_csv(store, drop, japan_time())
    with FastTown(tmp_path / "town", world=world) as town:
        report = town.run(source=FolderSource(folder_profile(), drop, QuickClock()))
        assert (report.exit_code, report.stops, report.notices) == (0, [], [])
        assert report.balance.total("registered") == 12
        assert town.sums().commits == 12
    assert names(drop / "done") == len(files)
