"""A ledger of version 1, made by the program of that version, is brought up to date and loses nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger import migrations
from bridge_agent.ledger.audit import problems
from bridge_agent.ledger.opening import APPLICATION_ID, open_ledger
from bridge_agent.ledger.shape import shape_of
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline.run import run
from bridge_agent.sealing import SiteSealer
from tests.unit.pipeline.imitation import Town, application
from tests.unit.pipeline.test_night import states

SEALER = SiteSealer(bytes(range(32)))
DUMP = Path(__file__).with_name("version_1.sql")
"""R001 reported, R002 held (absent), R003 armed by a process that died after the core's commit, R004 and R005 waiting."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    file = tmp_path / "ledger.db"
    with closing(sqlite3.connect(file)) as db:
        db.executescript(DUMP.read_text(encoding="utf-8"))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.commit()
    return file


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute(query).fetchall()


def content(file: Path) -> list[object]:
    """What version 1 knew, without the hashes that have a key now."""
    return [
        rows(file, query)
        for query in (
            "SELECT item_id, app_key, receipt_no, state, reason, note, content, fence, due_at FROM item",
            "SELECT attempt_id, item_id, number, plan, baseline, armed_at, outcome FROM attempt",
            "SELECT at, kind, item_id, body FROM event",
            "SELECT item_id, verdict, new_records FROM lookup",
            "SELECT item_id, core_receipt, done_at FROM outbox",
            "SELECT run_id, app_key, receipt_no FROM run_item",
        )
    ]


def town_on(file: Path) -> Town:
    """The town as it was when that process died."""
    town = Town([application(n) for n in range(1, 6)])
    town.core.commit("R001", f"{1:010}", "良い")
    town.core.commit("R003", f"{3:010}", "良い")
    town.core.requests = 3
    town.source.linked = {"R001": "K-0001"}
    town.clock.seconds = 100
    for record in town.core.log:
        record.at = record.visible_at = town.clock.now()
    town.ledger.engine.dispose()
    engine = open_ledger(file, SEALER.check_value(), SEALER)
    town.ledger = SqlLedger(engine, town.clock, SEALER, Owner(1, 1.0, "host", "boot"))
    return town


def test_a_migrated_ledger_is_in_every_rule_like_a_new_one(old: Path, tmp_path: Path) -> None:
    before = content(old)
    open_ledger(old, SEALER.check_value(), SEALER).dispose()
    open_ledger(tmp_path / "new.db", SEALER.check_value(), SEALER).dispose()
    rules = "SELECT type, name, sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL ORDER BY name"
    assert rows(old, rules) == rows(tmp_path / "new.db", rules)
    shapes = []
    for file in (old, tmp_path / "new.db"):
        engine = create_engine(f"sqlite:///{file}")
        with engine.connect() as connection:
            shapes.append(shape_of(connection))
        engine.dispose()
    assert shapes[0] == shapes[1]
    assert content(old) == before


def test_a_migrated_ledger_passes_the_audit(old: Path) -> None:
    engine = open_ledger(old, SEALER.check_value(), SEALER)
    with engine.connect() as connection:
        assert problems(connection, SEALER) == []
    engine.dispose()


def test_an_upgrade_between_armed_and_recovery_loses_nothing(old: Path) -> None:
    town = town_on(old)
    run(town.night())
    assert states(town) == {
        "R001": (State.REPORTED, ""),
        "R002": (State.HELD, Reason.ABSENT),
        "R003": (State.REPORTED, ""),
        "R004": (State.REPORTED, ""),
        "R005": (State.REPORTED, ""),
    }
    assert town.core.duplicates() == 0
    town.ledger.engine.dispose()


def test_the_old_ledger_is_kept_as_a_backup(old: Path) -> None:
    before = content(old)
    open_ledger(old, SEALER.check_value(), SEALER).dispose()
    (backup,) = old.parent.glob("ledger-v1-*.db")
    assert content(backup) == before
    assert rows(backup, "SELECT value FROM meta WHERE key = 'schema_version'") == [("1",)]
    assert backup.stat().st_mode & 0o077 == 0


def test_a_step_that_dies_leaves_the_old_ledger(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()

    def die(connection: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "make_triggers", die)
    with pytest.raises(KeyboardInterrupt):
        open_ledger(old, SEALER.check_value(), SEALER)
    assert old.read_bytes() == before
    monkeypatch.undo()
    open_ledger(old, SEALER.check_value(), SEALER).dispose()


def test_an_altered_old_chain_is_not_given_a_key(old: Path) -> None:
    with closing(sqlite3.connect(old)) as db:
        db.execute("DROP TRIGGER event_not_changed")
        db.execute("UPDATE event SET at = '2026-01-01T00:00:00.000000Z' WHERE event_id = 2")
        db.commit()
    with pytest.raises(ConfigError, match="記録 2"):
        open_ledger(old, SEALER.check_value(), SEALER)


def test_a_new_ledger_that_says_it_is_an_old_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    open_ledger(file, SEALER.check_value(), SEALER).dispose()
    with closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")
        db.commit()
    with pytest.raises(ConfigError):
        open_ledger(file, SEALER.check_value(), SEALER)
