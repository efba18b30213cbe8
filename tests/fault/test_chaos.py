"""Chaos, CI's share: two minutes of towns whose agents, senders and cores are killed, then must drain with every zero zero.

The seed is printed; BRIDGE_AGENT_SEED=N goes through another one.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from mock_core_ui.people import build_world
from scripts import chaos, chaos_books
from tests.fault.chaos import truth
from tests.fault.chaos.fast import FastChaos
from tests.fault.chaos.striking import Pace, rules
from tests.fault.chaos.tally import ZEROS, Tally, absent_at_core, values_wrong, wrong
from tests.fault.fast.town import FastTown

MINUTES = float(os.environ.get("BRIDGE_AGENT_CHAOS_MINUTES", "1.5"))
"""Towns in hand are drained after it."""
SEED = int(os.environ.get("BRIDGE_AGENT_SEED", "20261125"))
UNDER_WAY_SHARE = 0.3
DOUBLING = {"M30", "M36", "M39"}
"""Faults of a core that lies or doubles by itself: never part of chaos."""


@pytest.mark.slow
def test_two_lanes_under_chaos_enter_everything_exactly_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chaos, "go_on_in_environment", lambda: 0.0)  # the tests' own environment is this one
    file = tmp_path / "chaos.json"
    words = ["--minutes", str(MINUTES), "--seed", str(SEED), "--lanes", "2", "--applications", "60"]
    code = chaos.main([*words, "--fast", "--json", str(file)])
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert figures["failures"] == []
    assert code == 0
    assert {name: figures[name] for name in ZEROS} == dict.fromkeys(ZEROS, 0)
    assert figures["applications"] == figures["registered"] + figures["held"]
    assert set(figures["killed"]) >= {"agent", "sender", "core"}
    assert figures["kills"] == sum(figures["killed"].values()) >= 10
    assert figures["kills_under_way"] >= UNDER_WAY_SHARE * figures["kills"]
    assert figures["recovered"] > 0


def test_a_town_that_is_told_to_end_is_drained(tmp_path: Path) -> None:
    found = FastChaos(tmp_path, seed=SEED, applications=6, going_on=lambda: False).run()
    assert (found["applications"], found["registered"], found["kills"]) == (6, 6, 0)
    assert wrong(found) == []


@pytest.mark.parametrize("name", ZEROS)
def test_any_figure_that_is_not_zero_fails_its_town(name: str) -> None:
    assert wrong(dict.fromkeys(ZEROS, 0)) == []
    assert wrong(dict.fromkeys(ZEROS, 0) | {name: 1}) == [name]


def test_faults_keep_the_promises_assumptions() -> None:
    pace = Pace(submit_s=2.0, settle_s=0.3, visibility_s=0.1)
    for seed in range(50):
        for rule in rules(random.Random(seed), pace):
            assert rule["fault"] not in DOUBLING
            if rule["fault"] == "M37":  # A1: visible within visibility_max
                assert float(str(rule["seconds"])) < pace.visibility_s
            if rule["fault"] == "M2":  # A2: nothing commits later than settle
                assert float(str(rule["seconds"])) < pace.settle_s


# ---- the truth sees what it must ----


@pytest.fixture
def town(tmp_path: Path) -> FastTown:
    with FastTown(tmp_path, applications=4, procedures=("ltci_burden_ratio_reissue",), plain=True) as made:
        assert made.run().exit_code == 0
    return made


def change(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def without_triggers(ledger: Path) -> None:
    names = [row["name"] for row in truth.ask(ledger, "SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    change(ledger, *(f"DROP TRIGGER {name}" for name in names))


def test_a_kill_is_filed_under_what_the_killed_process_had_in_hand(town: FastTown) -> None:
    ledger = town.plan.ledger
    without_triggers(ledger)
    assert truth.state_at_kill(ledger, [4711]) == "settled"
    change(ledger, "UPDATE item SET state = 'pending' WHERE item_id = 1")
    assert truth.state_at_kill(ledger, [4711]) == "between entries"
    change(ledger, "UPDATE item SET state = 'armed', owner_pid = 4711 WHERE item_id = 2")
    assert truth.state_at_kill(ledger, [4711]) == "armed"
    assert truth.state_at_kill(ledger, [1234]) == "between entries"  # another lane's
    change(ledger, "UPDATE lane SET owner_pid = 1234")
    assert truth.state_at_kill(ledger, [1234]) == "before recovery"  # a dead owner's: not what this one did
    change(ledger, "UPDATE item SET state = 'in_doubt' WHERE item_id = 2")
    assert truth.state_at_kill(ledger, [1234]) == "in_doubt"


def test_before_the_ledger_there_is_nothing_in_hand(tmp_path: Path) -> None:
    assert truth.state_at_kill(tmp_path / "none.db", [1]) == "before the ledger"
    assert not truth.made(tmp_path / "none.db")


EVENTS: tuple[tuple[str, int, str, str], ...] = (
    ("claimed->armed", 1, "2026-11-20T01:00:00.000000Z", "{}"),
    ("armed->in_doubt", 1, "2026-11-20T01:00:05.000000Z", '{"why":"crashed"}'),
    ("in_doubt->registered", 1, "2026-11-20T01:01:09.000000Z", '{"why":"doubt"}'),
    ("claimed->armed", 2, "2026-11-20T01:00:00.000000Z", "{}"),
    ("armed->in_doubt", 2, "2026-11-20T01:00:00.000000Z", "{}"),
    ("in_doubt->registered", 2, "2026-11-20T01:01:11.000000Z", '{"why":"doubt"}'),
    ("claimed->armed", 3, "2026-11-20T01:00:00.000000Z", "{}"),
    ("armed->in_doubt", 3, "2026-11-20T01:00:00.000000Z", "{}"),
    ("in_doubt->held", 3, "2026-11-20T01:01:19.000000Z", '{"why":"absent"}'),
    ("claimed->armed", 4, "2026-11-20T01:00:00.000000Z", "{}"),
    ("armed->seen", 4, "2026-11-20T01:00:01.000000Z", "{}"),
)


def test_doubts_are_timed_from_the_armed_write(town: FastTown) -> None:
    ledger = town.plan.ledger
    without_triggers(ledger)
    change(ledger, "DELETE FROM event")
    with closing(sqlite3.connect(ledger)) as connection, connection:
        sql = "INSERT INTO event (kind, item_id, at, body, previous, hash) VALUES (?, ?, ?, ?, '', '')"
        connection.executemany(sql, EVENTS)
    found = truth.doubt_times(ledger, 10.0)
    assert (found["found"], found["found_in_time"], found["slowest_found_s"]) == (2, 1, 71.0)
    assert (found["absent"], found["absent_in_time"], found["slowest_absent_s"]) == (1, 1, 79.0)


def test_kills_under_way_are_those_between_claim_and_registration() -> None:
    tally = Tally()
    for state in ("claimed", "armed", "seen", "in_doubt", "settled", "between entries", "before recovery"):
        tally.kill("agent", state)
    tally.kill("core", "armed", "after write arm")
    assert (tally.kills, tally.under_way) == (8, 5)
    assert tally.plain()["kill_histogram"]["core"] == Counter(armed=1)
    assert tally.plain()["kill_points"] == {"after write arm": 1}


# ---- chaos finds what it is for ----


def test_without_the_fuse_a_town_doubles_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped = {"fault": "M4", "when": {"every": 3}}
    monkeypatch.setattr("tests.fault.chaos.striking.rules", lambda chance, pace: [dropped])
    found = FastChaos(tmp_path, seed=SEED, applications=12, fuse=False).run()
    assert found["duplicates"] > 0
    assert "duplicates" in wrong(found)


def test_opened_breakers_are_restarted_and_the_town_drains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped = {"fault": "M4b", "when": {"every": 1}}
    monkeypatch.setattr("tests.fault.chaos.striking.rules", lambda chance, pace: [dropped])
    found = FastChaos(tmp_path, seed=SEED, applications=12).run()
    assert found["breaker_restarts"] > 0
    assert found["applications"] == found["registered"] + found["held"]
    assert wrong(found) == []


def test_wrong_values_are_counted(town: FastTown) -> None:
    world = build_world(1, 4, ("ltci_burden_ratio_reissue",), True)
    database = town.databases["sogo"]
    assert values_wrong(world, [database]) == 0
    change(
        database,
        "DROP TRIGGER commit_log_keeps",
        "UPDATE commit_log SET values_json = replace(values_json, '{', '{\"ODD\": \"x\", ') WHERE before_run = 0",
    )
    assert values_wrong(world, [database]) == 4


def test_an_absence_believed_too_early_is_counted(town: FastTown) -> None:
    world = build_world(1, 4, ("ltci_burden_ratio_reissue",), True)
    ledger, databases = town.plan.ledger, town.databases.values()
    without_triggers(ledger)
    assert absent_at_core(ledger, world, databases) == 0
    change(ledger, "UPDATE item SET state = 'held', reason = 'absent' WHERE item_id <= 2")
    assert absent_at_core(ledger, world, databases) == 2
    change(town.databases["sogo"], "DROP TRIGGER commit_log_stays", "DELETE FROM commit_log WHERE before_run = 0")
    assert absent_at_core(ledger, world, databases) == 0


class Ended:
    """A town that comes to the given figures."""

    tally = Tally()

    def __init__(self, folder: Path, **figures: int) -> None:
        folder.mkdir()
        (folder / "ledger.db").touch()
        self._figures = dict.fromkeys(ZEROS, 0) | {"towns": 1} | figures

    def run(self) -> dict[str, int]:
        return self._figures


def test_a_failing_town_is_named_and_its_folder_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "chaos.json"
    options = chaos.parse(["--minutes", "1", "--seed", "3", "--json", str(file)])
    books = chaos_books.opened(None, digest="d", mode="fast", seed=3, lanes=1, commit="c")
    campaign = chaos.Campaign(options, books)
    place = tmp_path / "towns"
    place.mkdir()
    for number, lost in enumerate((0, 1)):
        monkeypatch.setattr(chaos.Campaign, "town", lambda self, folder, seed, lost=lost: Ended(folder, lost=lost))
        campaign.one(place, number)
    (failure,) = json.loads(file.read_text(encoding="utf-8"))["failures"]
    assert (failure["seed"], failure["wrong"]) == (300_001, ["lost"])
    assert [path.name for path in Path(failure["folder"]).iterdir()] == ["ledger.db"]
    assert list(place.iterdir()) == []
    assert books["lost"] == 1
