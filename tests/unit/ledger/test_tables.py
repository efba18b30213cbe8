"""What the database enforces by itself: tried with plain SQL, past all of our own code."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.work_item import MOVES, State
from bridge_agent.ledger.opening import journal_for, open_ledger

ITEM = (
    "INSERT INTO item (app_key, receipt_no, procedure, procedure_name, core, state, revision, received_at, due_at, "
    "created_at, updated_at, lane) VALUES (?, 'R1', 'p', 'P', 'c', ?, '1', 't', 't', 't', 't', ?)"
)
ATTEMPT = (
    "INSERT INTO attempt (item_id, number, lane, fence, armed_at, armed_monotonic, boot_id, submit_deadline, "
    "recipe_digest, content_hash, plan, baseline, fields_read, fields_equal, readback_fingerprint, outcome) "
    "VALUES (1, 1, 'l', 1, 't', 0, 'b', 't', 'd', 'h', x'00', '[]', 1, 1, 'f', ?)"
)


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    open_ledger(tmp_path / "ledger.db", "check").dispose()
    return sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)


def put(db: sqlite3.Connection, key: str, state: str, lane: str | None = None) -> None:
    """An item in any state, past the trigger on starts."""
    db.execute(ITEM, (key, "pending", lane))
    db.execute("DROP TRIGGER IF EXISTS only_allowed_moves")
    db.execute("UPDATE item SET state = ? WHERE app_key = ?", (state, key))


@pytest.mark.parametrize(("start", "end"), list(itertools.permutations(State, 2)))
def test_only_the_moves_of_the_table_are_possible(tmp_path: Path, start: State, end: State) -> None:
    engine = open_ledger(None, "check")
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        cursor = raw.cursor()
        trigger = cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'only_allowed_moves'").fetchone()[0]
        cursor.execute(ITEM, ("k", "pending", None))
        cursor.execute("DROP TRIGGER only_allowed_moves")
        cursor.execute("UPDATE item SET state = ?", (start.value,))
        cursor.execute(trigger)
        if (start, end) in MOVES:
            cursor.execute("UPDATE item SET state = ?", (end.value,))
        else:
            with pytest.raises(sqlite3.IntegrityError, match="move not allowed"):
                cursor.execute("UPDATE item SET state = ?", (end.value,))


def test_there_are_twenty_three_moves_of_seventy_two_pairs() -> None:
    assert len(MOVES) == 23
    assert all(pair not in MOVES for pair in [(State.ARMED, State.PENDING), (State.SEEN, State.PENDING)])
    assert not [pair for pair in MOVES if pair[0] is State.CLOSED]


def test_one_application_key_is_one_item(db: sqlite3.Connection) -> None:
    db.execute(ITEM, ("k", "pending", None))
    with pytest.raises(sqlite3.IntegrityError, match="app_key"):
        db.execute(ITEM, ("k", "pending", None))


def test_one_open_or_confirmed_attempt_an_item(db: sqlite3.Connection) -> None:
    db.execute(ITEM, ("k", "pending", None))
    db.execute(ATTEMPT, (None,))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(ATTEMPT, (None,))
    db.execute("UPDATE attempt SET outcome = 'registered'")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(ATTEMPT, (None,))


def test_a_second_attempt_is_possible_only_after_the_first_is_settled_as_absent(db: sqlite3.Connection) -> None:
    db.execute(ITEM, ("k", "pending", None))
    db.execute(ATTEMPT, ("absent",))
    db.execute(ATTEMPT, (None,))
    assert db.execute("SELECT count(*) FROM attempt").fetchone() == (2,)


@pytest.mark.parametrize("state", ["claimed", "armed"])
def test_one_item_in_hand_a_lane(db: sqlite3.Connection, state: str) -> None:
    put(db, "a", "claimed", "lane")
    db.execute(ITEM, ("b", "pending", "lane"))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE item SET state = ? WHERE app_key = 'b'", (state,))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attempt SET outcome = 'absent'",
        "UPDATE attempt SET baseline = '[\"x\"]'",
        "DELETE FROM attempt",
        "DELETE FROM item",
        "UPDATE item SET app_key = 'other'",
        "UPDATE item SET ever_registered = 0",
        "UPDATE item SET state = 'pending'",
        "UPDATE event SET body = '{}'",
        "DELETE FROM event",
        "UPDATE lookup SET verdict = 'found'",
        "DELETE FROM lookup",
    ],
)
def test_what_happened_cannot_be_unwritten(db: sqlite3.Connection, statement: str) -> None:
    put(db, "k", "held")
    db.execute("UPDATE item SET ever_registered = 1")
    db.execute(ATTEMPT, ("registered",))
    db.execute("INSERT INTO event (at, kind, body, previous, hash) VALUES ('t', 'k', '{}', '', 'h')")
    db.execute(
        "INSERT INTO lookup (item_id, at, kind, verdict, new_records, rows_read, compared, differing) "
        "VALUES (1, 't', 'doubt', 'absent', '[]', 0, 0, '[]')"
    )
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)


def test_journal_choice_follows_the_sqlite_version() -> None:
    assert journal_for((3, 40, 1)) == ("truncate", "EXTRA")
    assert journal_for((3, 44, 5)) == ("truncate", "EXTRA")
    assert journal_for((3, 44, 6)) == ("wal", "FULL")
    assert journal_for((3, 45, 0)) == ("truncate", "EXTRA")
    assert journal_for((3, 50, 6)) == ("truncate", "EXTRA")
    assert journal_for((3, 50, 7)) == ("wal", "FULL")
    assert journal_for((3, 51, 2)) == ("truncate", "EXTRA")
    assert journal_for((3, 51, 3)) == ("wal", "FULL")


def test_another_site_key_is_refused(tmp_path: Path) -> None:
    open_ledger(tmp_path / "ledger.db", "one").dispose()
    with pytest.raises(ConfigError, match="鍵"):
        open_ledger(tmp_path / "ledger.db", "two")


def test_a_damaged_or_foreign_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("これは台帳ではない" * 200, encoding="utf-8")
    with pytest.raises(ConfigError):
        open_ledger(tmp_path / "text.db", "check")
    with sqlite3.connect(tmp_path / "foreign.db") as other:
        other.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    with pytest.raises(ConfigError, match="台帳ではありません"):
        open_ledger(tmp_path / "foreign.db", "check")


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    open_ledger(tmp_path / "ledger.db", "check").dispose()
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(ConfigError, match="版"):
        open_ledger(tmp_path / "ledger.db", "check")
