"""The demonstration with three ways in: every application by one of them, entered once, with the values it bore."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application
from scripts.demo_run import DemoOptions, DemoResult, run_demo
from scripts.demo_town import Town
from scripts.demo_values import read_back
from scripts.demo_ways import EVERY_WAY
from tests.e2e.inverse import committed, differences
from tests.ledger_rows import read

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEED, APPLICATIONS = 1, 20
REISSUE = "ltci_burden_ratio_reissue"
BY_FOLDER = ("disaster_victim_certificate", "ltci_high_cost")
VEHICLES = ("parking_space_certificate", "vehicle_tax_address_change")
PROCEDURES = (REISSUE, *BY_FOLDER, *VEHICLES)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, browser_path: Path) -> tuple[Path, dict[str, Any]]:
    data = tmp_path_factory.mktemp("三つの 取り込み元") / "demo"
    options = DemoOptions(data, browser_path, APPLICATIONS, SEED, procedures=",".join(PROCEDURES), ways=EVERY_WAY)

    def finish(_town: Town, _result: DemoResult) -> None:
        """Nobody looks round."""

    result = run_demo(options, finish)
    assert result.problems == []
    return data, result.numbers


def by_way() -> dict[str, list[Application]]:
    """The town's applications, told apart by their procedures; the prefecture's system numbers its own anew."""
    found: dict[str, list[Application]] = {"screen": [], "folder": [], "oss": []}
    for one in build_world(SEED, APPLICATIONS, PROCEDURES).applications:
        if one.procedure_id in VEHICLES:
            found["oss"].append(replace(one, receipt_no=f"S26-{one.receipt_no}"))
        else:
            found["folder" if one.procedure_id in BY_FOLDER else "screen"].append(one)
    return found


def test_each_source_was_given_its_own_and_no_other(shown: tuple[Path, dict[str, Any]]) -> None:
    data, numbers = shown
    wanted = by_way()
    assert all(wanted.values())
    places = {"screen": "management", "folder": "drop", "oss": "oss"}
    for way, place in places.items():
        rows = read(data / "town" / f"{place}.sqlite", "SELECT receipt_no FROM application")
        assert {row["receipt_no"] for row in rows} == {one.receipt_no for one in wanted[way]}
        assert numbers["ways"][way]["given"] == numbers["ways"][way]["approved"] == len(wanted[way])
    assert numbers["approved"] == APPLICATIONS
    assert [numbers[word] for word in ("duplicates", "missing", "lost", "second_run_entered")] == [0] * 4


def test_every_value_in_the_cores_is_what_the_application_said(shown: tuple[Path, dict[str, Any]]) -> None:
    data, numbers = shown
    rows = [row for path in (data / "town").glob("*.sqlite") if is_core(path) for row in committed(path)]
    entered = {row.core_receipt_no: row for row in rows if not row.before_run}
    assert len(entered) == sum(not row.before_run for row in rows) == numbers["registered"]
    for way, applications in by_way().items():
        number_of = registered(data, way)
        for one in applications:
            if one.receipt_no in number_of:
                assert differences(one, entered.pop(number_of[one.receipt_no])) == [], one.procedure_id
    assert entered == {}


def test_a_value_that_is_not_as_applied_for_is_named(shown: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    data, numbers = shown
    core = shutil.copy(next((data / "town").glob("sogo.sqlite")), tmp_path)
    with closing(sqlite3.connect(core)) as connection, connection:
        found = connection.execute("SELECT id, core_receipt_no, values_json FROM commit_log WHERE NOT before_run")
        number, record, text = found.fetchone()
        values = json.loads(text)
        name = next(name for name, value in values.items() if value and isinstance(value, str))
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')  # the core itself lets nobody change its log
        changed = json.dumps({**values, name: values[name] + "9"}, ensure_ascii=False)
        connection.execute("UPDATE commit_log SET values_json = ? WHERE id = ?", (changed, number))
        own = connection.execute("SELECT count(*) FROM commit_log WHERE NOT before_run").fetchone()[0]
    applications = [one for of_way in by_way().values() for one in of_way]
    numbers_of = {("sogo", no): receipt for way in by_way() for receipt, no in registered(data, way).items()}
    found_wrong = read_back({"sogo": Path(core)}, numbers_of, applications)
    assert found_wrong.registrations == own
    assert [line.split(":")[0] for line in found_wrong.wrong] == [numbers_of["sogo", record]]
    nobody = read_back({"sogo": Path(core)}, {}, applications)
    assert len(nobody.wrong) == own
    assert numbers["values_wrong"] == 0


def is_core(database: Path) -> bool:
    return bool(read(database, "SELECT 1 FROM sqlite_master WHERE name = 'commit_log'"))


def test_each_source_is_told_the_core_s_number_in_its_own_way(shown: tuple[Path, dict[str, Any]]) -> None:
    data, numbers = shown
    town = data / "town"
    for place, way in (("management", "screen"), ("oss", "oss")):
        told = read(town / f"{place}.sqlite", "SELECT receipt_no, core_number FROM application WHERE core_number <> ''")
        assert {row["receipt_no"]: row["core_number"] for row in told} == registered(data, way)
    raw = (town / "drop" / "results" / "連携結果.csv").read_bytes().decode("cp932")
    rows = list(csv.DictReader(io.StringIO(raw, newline="")))
    assert {row["受付番号"]: row["基幹側受付番号"] for row in rows} == registered(data, "folder")
    assert {way: len(registered(data, way)) for way in numbers["ways"]} == {
        way: of_way["registered"] for way, of_way in numbers["ways"].items()
    }


def registered(data: Path, way: str) -> dict[str, str]:
    """受付番号 -> the core's number, in that way's ledger."""
    site = {"screen": "site", "folder": "site-folder", "oss": "site-oss"}[way]
    sql = "SELECT receipt_no, receipt_at_core FROM item WHERE state = 'reported'"
    return {row["receipt_no"]: row["receipt_at_core"] for row in read(data / site / "data" / "ledger.db", sql)}


def test_every_site_has_a_morning_sheet(shown: tuple[Path, dict[str, Any]]) -> None:
    _, numbers = shown
    sheets = [Path(of_way["sheet"]) for of_way in numbers["ways"].values()]
    assert Counter(sheet.is_file() for sheet in sheets) == {True: 3}
    assert len(set(sheets)) == 3
