"""What comes by a drop folder comes by it only; what happens after the export stands in the list of states."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mock_core_ui.__main__ import _options, _parser
from mock_core_ui.management.app import japan_time
from mock_core_ui.management.drop import apart, deliver
from mock_core_ui.people import build_world
from mock_core_ui.serving import MockTown, Options

DISASTER, HIGH_COST, PARKING = "disaster_victim_certificate", "ltci_high_cost", "parking_space_certificate"
REISSUE = "ltci_burden_ratio_reissue"


def in_packages(folder: Path) -> dict[str, str]:
    """受付番号 -> 版 of everything in the folder's packages."""
    found: dict[str, str] = {}
    for path in folder.glob("*.zip"):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.endswith(".csv"):
                    (row,) = csv.DictReader(io.StringIO(package.read(name).decode("cp932"), newline=""))
                    assert row["受付番号"] not in found
                    found[row["受付番号"]] = row["版"]
    return found


def in_list(folder: Path) -> dict[str, tuple[str, str]]:
    """受付番号 -> (状態, 版) in the list of states."""
    text = (folder / "状態一覧.csv").read_bytes().decode("cp932")
    return {row["受付番号"]: (row["状態"], row["版"]) for row in csv.DictReader(io.StringIO(text, newline=""))}


def in_database(database: Path) -> Counter[str]:
    with closing(sqlite3.connect(database)) as connection:
        return Counter(code for (code,) in connection.execute("SELECT procedure_code FROM application"))


def test_every_application_is_in_one_of_the_two_shares() -> None:
    world = build_world(1, 12, (REISSUE, DISASTER, HIGH_COST), True)
    others, dropped = apart(world, (DISASTER, HIGH_COST))
    assert {one.procedure_id for one in others.applications} == {REISSUE}
    assert {one.procedure_id for one in dropped.applications} == {DISASTER, HIGH_COST}
    numbers = [one.receipt_no for one in (*others.applications, *dropped.applications)]
    assert sorted(numbers) == sorted(one.receipt_no for one in world.applications)


def test_the_list_tells_what_happened_after_the_export(tmp_path: Path) -> None:
    town = build_world(1, 60, (REISSUE, DISASTER))
    world = replace(town, applications=tuple(one for one in town.applications if not one.broken))
    later = {one.receipt_no: one.later for one in world.applications if one.later}
    assert sorted(later.values()) == ["revise", "withdraw"]
    deliver(tmp_path / "drop.sqlite", world, tmp_path / "drop", japan_time)
    packed, listed = in_packages(tmp_path / "drop"), in_list(tmp_path / "drop")
    assert set(listed) == {one.receipt_no for one in world.applications} >= set(packed)
    assert set(packed.values()) == {"1"}
    changed = {number: stands for number, stands in listed.items() if stands != ("承認済(連携待ち)", "1")}
    assert {later[number]: stands for number, stands in changed.items()} == {
        "revise": ("承認済(連携待ち)", "2"),
        "withdraw": ("取下げ", "1"),
    }


def test_a_town_gives_each_application_to_one_way_in_and_exports_once(tmp_path: Path) -> None:
    procedures = (REISSUE, DISASTER, PARKING)
    options = Options(tmp_path, applications=8, plain=True, procedures=procedures, oss=True, drop=(DISASTER,))
    town = MockTown(options)
    town.start()
    report = town.report()
    town.stop()
    assert report["drop"] == {"path": str(tmp_path / "drop"), "database": str(tmp_path / "drop.sqlite")}
    codes = [set(in_database(tmp_path / f"{name}.sqlite")) for name in ("management", "drop", "oss")]
    assert codes == [{"K0020"}, {"S0027"}, {"OS10"}]
    assert sum(in_database(tmp_path / f"{name}.sqlite").total() for name in ("management", "drop", "oss")) == 8
    for package in (tmp_path / "drop").glob("*.zip"):
        package.unlink()  # as if taken
    MockTown(options)
    assert list((tmp_path / "drop").glob("*.zip")) == []


@pytest.mark.parametrize(("given", "drop"), [([], ()), (["--drop", f"{DISASTER},{HIGH_COST}"], (DISASTER, HIGH_COST))])
def test_there_is_a_drop_folder_only_when_asked_for(given: list[str], drop: tuple[str, ...]) -> None:
    assert _options(_parser().parse_args(["serve", "--data", "x", *given])).drop == drop
