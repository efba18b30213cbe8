"""The ledger's disk is full, broken, read-only or busy: at every write, real where a small disk can be mounted here."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bridge_agent.domain import crash_points
from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ledger_records import LedgerUnwritable
from bridge_agent.domain.work_item import State
from bridge_agent.ledger import opening
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.place import RESERVE_BYTES, reserve_of
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import QUICK_CHECK_S, DatabaseRefused, Owner
from bridge_agent.pipeline.run import run
from bridge_agent.sealing import SiteSealer
from tests.unit.ledger.test_store import claim, take_in
from tests.unit.pipeline.imitation import Town, application
from tests.unit.pipeline.test_night import states

SEALER = SiteSealer(bytes(range(32)))
OWNER = Owner(1, 1.0, "host", "boot")
CODES = {"full": sqlite3.SQLITE_FULL, "disk": sqlite3.SQLITE_IOERR, "busy": sqlite3.SQLITE_BUSY}
NIGHTLY = [
    Write.START_RUN,
    Write.IN_SCOPE,
    Write.TAKE_IN,
    Write.CLAIM,
    Write.ARM,
    Write.SEEN,
    Write.IN_DOUBT,
    Write.SENDER_STOPPED,
    Write.LOOKED,
    Write.REGISTERED,
    Write.HOLD_AFTER_ATTEMPT,
    Write.LOOK_LATER,
    Write.REPORTED,
    Write.RECONCILED,
    Write.END_RUN,
]
"""Writes of a night in which one application is found after a doubt, one stays absent and two go well."""


@pytest.fixture(autouse=True)
def no_hook() -> Iterator[None]:
    yield
    crash_points.install(None)


def on_file(town: Town, file: Path) -> Town:
    town.ledger.engine.dispose()
    town.ledger = SqlLedger(open_ledger(file, SEALER.check_value(), SEALER), town.clock, SEALER, OWNER)
    return town


def four(file: Path) -> Town:
    town = Town([application(n) for n in range(1, 5)])
    town.core.faults = {1: "after", 3: "lie"}
    return on_file(town, file)


def failing(write: Write, kind: str, reached: list[str]) -> Callable[[str], None]:
    """The disk refuses this write, every time, just before its commit."""

    def hook(point: str) -> None:
        if point == f"within write {write}":
            reached.append(point)
            error = sqlite3.OperationalError("refused")
            error.sqlite_errorcode = CODES[kind]
            raise OperationalError("", None, error)

    return hook


def a_night(town: Town) -> None:
    with suppress(LedgerUnwritable):
        run(town.night())


@pytest.mark.parametrize("kind", sorted(CODES))
@pytest.mark.parametrize("write", NIGHTLY)
def test_no_write_that_fails_leads_to_a_second_entry_or_a_loss(tmp_path: Path, write: Write, kind: str) -> None:
    town = four(tmp_path / "ledger.db")
    reached: list[str] = []
    crash_points.install(failing(write, kind, reached))
    a_night(town)
    assert reached
    if write is Write.ARM:
        assert town.core.requests == 0
    crash_points.install(None)
    on_file(town, tmp_path / "ledger.db")  # the next evening, another process
    for _ in range(2):
        town.clock.wait(86400)
        a_night(town)
    assert town.core.duplicates() == 0
    found = states(town)
    assert len(found) == 4
    assert {state for state, _ in found.values()} <= {State.REPORTED, State.HELD}
    entered = {number for number, (state, _) in found.items() if state is State.REPORTED}
    assert entered == {r.reference for r in town.core.log}


def test_after_a_failed_disk_access_the_process_writes_nothing(tmp_path: Path) -> None:
    town = four(tmp_path / "ledger.db")
    reached: list[str] = []
    written: list[str] = []
    plain = failing(Write.SEEN, "disk", reached)

    def hook(point: str) -> None:
        if reached and point.startswith("before write"):
            written.append(point)
        plain(point)

    crash_points.install(hook)
    a_night(town)
    assert reached
    assert written == []


def test_a_full_disk_begins_nothing_new_and_gives_up_its_reserve(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    town = on_file(Town([application(1), application(2)]), file)
    reached: list[str] = []
    crash_points.install(failing(Write.REGISTERED, "full", reached))
    a_night(town)
    assert not reserve_of(file).exists()
    assert town.core.requests == 1
    last = town.ledger.last_run()
    assert last is not None
    assert last["ended_at"] is not None
    on_file(town, file)
    assert reserve_of(file).stat().st_size == RESERVE_BYTES


def test_nothing_new_is_begun_on_the_reserve_but_the_run_can_end(tmp_path: Path) -> None:
    town = on_file(Town([application(1), application(2)]), tmp_path / "ledger.db")
    run_id = town.ledger.start_run("run")
    take_in(town.ledger)
    crash_points.install(failing(Write.IN_SCOPE, "full", []))
    with pytest.raises(DatabaseRefused, match="空き"):
        town.ledger.in_scope(run_id, [])
    crash_points.install(None)
    with pytest.raises(LedgerUnwritable, match="空き"):
        claim(town.ledger)
    town.ledger.end_run(run_id, 3, {})


# ---- a real small disk ----------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """2 MB of memory, mounted as a disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    try:
        mounted = sys.platform == "linux" and subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("a small disk can be mounted by root on Linux only")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(4096)):
            pass


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_disk_that_fills_up_during_the_night(small_disk: Path, nth: int) -> None:
    town = on_file(Town([application(n) for n in range(1, 6)]), small_disk / "ledger.db")
    town.core.at_register = lambda: fill(small_disk) if town.core.requests == nth else None
    a_night(town)
    # the reserve may have let the entry in hand be settled; nothing was begun after the disk had been full
    assert town.core.requests <= nth + 1
    last = town.ledger.last_run()
    assert last is not None
    assert last["exit_code"] == 3
    town.core.at_register = lambda: None
    town.ledger.engine.dispose()
    (small_disk / "filler").unlink()
    on_file(town, small_disk / "ledger.db")
    a_night(town)
    assert len(town.core.log) == 5
    assert town.core.duplicates() == 0
    assert {state for state, _ in states(town).values()} == {State.REPORTED}
    town.ledger.engine.dispose()


def test_a_disk_without_room_for_the_reserve_stops_the_start(small_disk: Path) -> None:
    town = on_file(Town([application(1)]), small_disk / "ledger.db")
    town.ledger.engine.dispose()
    reserve_of(small_disk / "ledger.db").unlink()
    fill(small_disk)
    with pytest.raises(ConfigError):
        on_file(town, small_disk / "ledger.db")


# ---- busy, damaged in the middle of a run -----------------------------------------------------------------------------


def test_a_ledger_that_stays_busy_says_so_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_MS", 200)
    file = tmp_path / "ledger.db"
    town = on_file(Town([application(1)]), file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act in (lambda: run(town.night()), town.ledger.counts, town.ledger.outbox):
            with pytest.raises(DatabaseRefused, match="ほかの処理に使われた"):
                act()
    assert run(town.night()).exit_code == 0


def test_damage_that_appears_during_the_night_is_found_within_the_hour(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    town = on_file(Town([application(1), application(2)]), file)

    def damage() -> None:
        if town.core.requests == 1:
            data = bytearray(file.read_bytes())
            with closing(sqlite3.connect(file)) as db:
                (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'run_item'").fetchone()
            data[(page - 1) * 4096 : page * 4096] = bytes(4096)
            file.write_bytes(data)
            town.clock.wait(QUICK_CHECK_S)

    town.core.at_register = damage
    a_night(town)
    assert town.core.requests == 1
