"""What the audit says of a ledger: nothing of a sound one, and what was done to an altered one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_agent.ledger import audit
from scripts import tamper_chain
from scripts.tamper import audited
from scripts.tamper_books import Books, make_books


@pytest.fixture
def sound(tmp_path: Path) -> Books:
    return make_books(tmp_path / "ledger.db", armed=True)


def test_a_sound_ledger_has_no_problem(sound: Books) -> None:
    assert audited(sound.file, sound) == []


def test_a_dropped_rule_is_told(sound: Books) -> None:
    with closing(sqlite3.connect(sound.file)) as db:
        db.execute("DROP TRIGGER only_allowed_moves")
        db.commit()
    assert any("only_allowed_moves" in p for p in audited(sound.file, sound))


def test_a_chain_recomputed_with_the_key_is_found_by_the_heads_alone(sound: Books) -> None:
    with closing(sqlite3.connect(sound.file, isolation_level=None)) as db:
        key = tamper_chain.real_key(db)
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE event SET at = '2026-11-20T11:00:00.000001Z' WHERE event_id = 3")
        tamper_chain.recompute(db, key)
        for _name, sql in triggers:
            db.execute(sql)
    assert audited(sound.file, replace(sound, heads=())) == []
    assert any("作り直されています" in p for p in audited(sound.file, sound))


def test_a_head_of_a_later_epoch_says_that_an_old_ledger_was_put_back(sound: Books) -> None:
    newer = [replace(sound.heads[-1], epoch=2)]
    assert any("古い台帳" in p for p in audited(sound.file, replace(sound, heads=newer)))


def test_a_head_survives_its_line(sound: Books) -> None:
    assert audit.head_from_line(sound.heads[0].line) == sound.heads[0]


@pytest.mark.parametrize("line", ["", "x", "[]", "{}", '{"event": 1}'])
def test_what_is_no_head_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        audit.head_from_line(line)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'held->closed' WHERE item_id IS NULL",
        "UPDATE event SET item_id = 'x' WHERE event_id = 5",
        "UPDATE event SET body = CAST(x'ff' AS TEXT) WHERE event_id = 5",
        "UPDATE meta SET value = 'zz' WHERE key = 'chain_key'",
    ],
)
def test_a_row_that_makes_no_sense_is_told_and_does_not_end_the_audit(sound: Books, statement: str) -> None:
    with closing(sqlite3.connect(sound.file, isolation_level=None)) as db:
        db.execute("DROP TRIGGER event_not_changed")
        db.execute(statement)
    assert len(audited(sound.file, sound)) >= 2
