"""Every named point once: a real process dies, raises, meets a full disk or stands still there; then all is well."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bridge_agent.domain.crash_points import every_point
from bridge_agent.ledger.writing import kind_of
from tests.fault.points import matrix, oracle, trial
from tests.fault.points.campaign import one
from tests.fault.points.hooks import disk_full
from tests.fault.points.matrix import Combination
from tests.fault.points.scenarios import ALL
from tests.fault.points.towns import make_template

SEED = int(os.environ.get("BRIDGE_AGENT_TEST_SEED", "1"))
AT_ONCE = 5
"""Most of a trial is waiting for processes."""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="stops and kills processes as Linux does")


def combinations() -> list[Combination]:
    return matrix.every_combination(matrix.load_reached(), SEED)


def run(chosen: Sequence[Combination], folder: Path) -> list[str]:
    template = make_template(folder / "template")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        lines = list(pool.map(lambda combination: one(combination, template, folder), chosen))
    return [f"{line['key']}: {line['faults']}" for line in lines if line["faults"]]


# ---- the matrix itself ----


def test_every_point_is_in_the_matrix() -> None:
    made = combinations()
    print(f"\n{len(made)} combinations")
    assert {combination.point for combination in made} == set(every_point())
    assert len({combination.key for combination in made}) == len(made)


def test_every_point_dies_raises_and_stands_still_and_every_write_meets_a_full_disk() -> None:
    kinds: dict[str, set[str]] = {}
    for combination in combinations():
        kinds.setdefault(combination.point, set()).add(combination.kind)
    for point, found in kinds.items():
        full = {"full"} if " write " in point and not point.startswith("after") else set()
        assert found == {"kill", "raise", "pause"} | full, point


def test_the_points_around_the_click_meet_every_core_outcome() -> None:
    at = {c.scenario for c in combinations() if c.point == "after action register"}
    assert len(at) >= 15
    assert {"error before commit", "dropped after commit", "hangs, then commits", "session lost after commit"} <= at


def test_what_the_hook_raises_is_a_full_disk_to_the_ledger() -> None:
    assert kind_of(disk_full()) == "full"
    assert disk_full().orig.sqlite_errorcode == sqlite3.SQLITE_FULL  # type: ignore[union-attr]


# ---- trials ----


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["write", "action"])
def test_every_point_once(tmp_path: Path, sort: str) -> None:
    chosen = [c for c in matrix.each_point_once(combinations(), SEED) if f" {sort} " in c.point]
    print(f"\n{len(chosen)} points, seed {SEED}")
    assert run(chosen, tmp_path) == []


@pytest.mark.slow
def test_a_second_death_in_the_recovery(tmp_path: Path) -> None:
    assert run(matrix.pairs(combinations(), 4, SEED), tmp_path) == []


def test_nothing_is_sent_after_an_armed_write_that_failed(tmp_path: Path) -> None:
    """The disk stays full: not one register request in that run, although an application was ready for it."""
    template = make_template(tmp_path / "template")
    for point in ("before write arm", "within write arm"):
        combination = Combination(point, "full", "ok", lasting=True)
        town = trial.made(ALL["ok"], template, tmp_path, short=False)
        try:
            assert trial.broken(town, ALL["ok"], combination)
            assert (town.requests, len(town.rows("SELECT 1 FROM attempt"))) == (0, 0)
            trial.drained(town)
            assert oracle.judge(town).faults() == []
            assert town.requests == 3
        finally:
            town.close()


def test_the_oracle_sees_a_doubled_registration_and_a_changed_event(tmp_path: Path) -> None:
    template = make_template(tmp_path / "template")
    town = trial.made(ALL["ok"], template, tmp_path, short=False)
    try:
        trial.drained(town)
        assert oracle.judge(town).faults() == []
        database = town.town.databases["sogo"]
        core = sqlite3.connect(database)
        core.execute(
            "INSERT INTO commit_log (time, operator, procedure, atena_no, reference, application_date,"
            " core_receipt_no, values_json, request_id, before_run) SELECT time, operator, procedure, atena_no,"
            " reference, application_date, 'X-1', values_json, 'again', 0 FROM commit_log WHERE before_run = 0 LIMIT 1"
        )
        core.commit()
        core.close()
        ledger = sqlite3.connect(town.plan.ledger)
        for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"):
            ledger.execute(f"DROP TRIGGER {name}")
        ledger.execute("UPDATE event SET body = body || ' ' WHERE event_id = 3")
        ledger.commit()
        ledger.close()
        assert oracle.judge(town).faults() == ["duplicates 1", "chain line 3"]
    finally:
        town.close()
