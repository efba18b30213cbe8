"""Ways to alter a ledger so that it tells another story: by hand, by a hand that repairs the chain, by one with the key.

Each way takes a raw connection without our triggers' protection and changes something; afterwards the triggers stand as
before, so that their absence does not give the hand away.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from random import Random

from bridge_agent.ledger.writing import CHAIN_PURPOSE, event_hash
from scripts.tamper_books import SEALER

Way = Callable[[sqlite3.Connection, Random], None]
STATES = ("pending", "held", "in_doubt", "registered", "reported", "closed")


def pick_event(db: sqlite3.Connection, random: Random, *, first: int = 1) -> int:
    last = db.execute("SELECT max(event_id) FROM event").fetchone()[0]
    return random.randint(first, last)


def changed_cell(db: sqlite3.Connection, random: Random) -> None:
    column, value = random.choice(
        [
            ("body", '{"why":"別の理由"}'),
            ("kind", "held->closed"),
            ("item_id", 99),
            ("at", "2020-01-01T00:00:00.000000Z"),
        ]
    )
    db.execute(f"UPDATE event SET {column} = ? WHERE event_id = ?", (value, pick_event(db, random)))


def shifted_time(db: sqlite3.Connection, random: Random) -> None:
    where = "WHERE event_id = ?"
    chosen = pick_event(db, random)
    at = db.execute(f"SELECT at FROM event {where}", (chosen,)).fetchone()[0]
    place = random.choice([i for i, c in enumerate(at) if c.isdigit()])
    digit = str((int(at[place]) + random.randint(1, 9)) % 10)
    db.execute(f"UPDATE event SET at = ? {where}", (at[:place] + digit + at[place + 1 :], chosen))


def deleted_event(db: sqlite3.Connection, random: Random) -> None:
    chosen = pick_event(db, random)
    db.execute("DELETE FROM event WHERE event_id = ?", (chosen,))
    if random.random() < 0.5:
        db.execute("UPDATE event SET event_id = event_id - 1 WHERE event_id > ?", (chosen,))


def swapped_events(db: sqlite3.Connection, random: Random) -> None:
    one = pick_event(db, random, first=2)
    for old, new in ((one, -1), (one - 1, one), (-1, one - 1)):
        db.execute("UPDATE event SET event_id = ? WHERE event_id = ?", (new, old))


def inserted_event(db: sqlite3.Connection, random: Random) -> None:
    at, end = db.execute("SELECT at, hash FROM event ORDER BY event_id DESC LIMIT 1").fetchone()
    forged = hashlib.sha256(f"{end}{at}".encode()).hexdigest()
    db.execute(
        "INSERT INTO event (at, kind, item_id, body, previous, hash) VALUES (?, 'content_replaced', 1, '{}', ?, ?)",
        (at, end, forged),
    )


def cut_tail(db: sqlite3.Connection, random: Random) -> None:
    last = db.execute("SELECT max(event_id) FROM event").fetchone()[0]
    db.execute("DELETE FROM event WHERE event_id > ?", (last - random.randint(1, last - 1),))


def cut_only_the_last(db: sqlite3.Connection, random: Random) -> None:
    db.execute("DELETE FROM event WHERE event_id = (SELECT max(event_id) FROM event)")


def recompute(db: sqlite3.Connection, key: bytes) -> None:
    previous = ""
    rows = db.execute("SELECT event_id, at, kind, item_id, body FROM event ORDER BY event_id").fetchall()
    for number, (event_id, at, kind, item_id, body) in enumerate(rows, 1):
        own = event_hash(key, previous, at, kind, item_id, body)
        db.execute(
            "UPDATE event SET event_id = ?, previous = ?, hash = ? WHERE event_id = ?",
            (number, previous, own, event_id),
        )
        previous = own


def real_key(db: sqlite3.Connection) -> bytes:
    sealed = db.execute("SELECT value FROM meta WHERE key = 'chain_key'").fetchone()[0]
    return SEALER.unseal(bytes.fromhex(sealed), CHAIN_PURPOSE)


def recomputed_by_a_stranger(db: sqlite3.Connection, random: Random) -> None:
    random.choice([changed_cell, shifted_time, deleted_event, cut_tail])(db, random)
    recompute(db, random.randbytes(32))


def recomputed_with_the_key(db: sqlite3.Connection, random: Random) -> None:
    """An insider: every hash fits. Only the heads that lie elsewhere tell."""
    key = real_key(db)
    random.choice([shifted_time, deleted_event, cut_tail, cut_only_the_last])(db, random)
    recompute(db, key)


def whole_chain_of_another_key(db: sqlite3.Connection, random: Random) -> None:
    key = random.randbytes(32)
    sealed = SEALER.seal(key, CHAIN_PURPOSE).hex()
    db.execute("UPDATE meta SET value = ? WHERE key = 'chain_key'", (sealed,))
    recompute(db, key)


def altered_state(db: sqlite3.Connection, random: Random) -> None:
    item_id, state = random.choice(db.execute("SELECT item_id, state FROM item").fetchall())
    other = random.choice([s for s in STATES if s != state])
    db.execute("UPDATE item SET state = ? WHERE item_id = ?", (other, item_id))


def altered_state_with_events(db: sqlite3.Connection, random: Random) -> None:
    """With an event that tells of the move, hashed as well as a stranger can."""
    item_id, state = random.choice(db.execute("SELECT item_id, state FROM item").fetchall())
    other = random.choice([s for s in STATES if s != state])
    db.execute("UPDATE item SET state = ? WHERE item_id = ?", (other, item_id))
    at, end = db.execute("SELECT at, hash FROM event ORDER BY event_id DESC LIMIT 1").fetchone()
    own = event_hash(b"", end, at, f"{state}->{other}", item_id, '{"why":""}')
    db.execute(
        "INSERT INTO event (at, kind, item_id, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (at, f"{state}->{other}", item_id, '{"why":""}', end, own),
    )


def altered_item(db: sqlite3.Connection, random: Random) -> None:
    column, value = random.choice(
        [("receipt_no", "R999"), ("app_key", "0" * 64), ("core", "other"), ("receipt_at_core", "K-7777"), ("note", "x")]
    )
    chosen = random.choice(db.execute("SELECT item_id FROM item").fetchall())[0]
    db.execute(f"UPDATE item SET {column} = ? WHERE item_id = ?", (value, chosen))


def altered_attempt(db: sqlite3.Connection, random: Random) -> None:
    column, value = random.choice(
        [
            ("baseline", '["K-0001"]'),
            ("core_record", "K-7777"),
            ("armed_at", "2020-01-01T00:00:00.000000Z"),
            ("sent", 7),
        ]
    )
    chosen = random.choice(db.execute("SELECT attempt_id FROM attempt").fetchall())[0]
    db.execute(f"UPDATE attempt SET {column} = ? WHERE attempt_id = ?", (value, chosen))


def altered_other_row(db: sqlite3.Connection, random: Random) -> None:
    statement = random.choice(
        [
            "UPDATE outbox SET core_receipt = 'K-7777' WHERE outbox_id = 1",
            "UPDATE outbox SET done_at = NULL WHERE outbox_id = 1",
            "UPDATE lookup SET verdict = 'mismatch' WHERE lookup_id = 1",
            "UPDATE control SET value = '0' WHERE key = 'fence'",
        ]
    )
    db.execute(statement)


def deleted_row(db: sqlite3.Connection, random: Random) -> None:
    table = random.choice(["attempt", "lookup", "outbox", "item"])
    key = f"{table}_id"
    chosen = random.choice(db.execute(f"SELECT {key} FROM {table}").fetchall())[0]
    db.execute(f"DELETE FROM {table} WHERE {key} = ?", (chosen,))


def deleted_story(db: sqlite3.Connection, random: Random) -> None:
    """An application with everything about it, and a chain that a stranger has closed again."""
    chosen = random.choice(db.execute("SELECT item_id FROM item").fetchall())[0]
    for table in ("outbox", "lookup", "attempt", "event", "item"):
        db.execute(f"DELETE FROM {table} WHERE item_id = ?", (chosen,))
    recompute(db, random.randbytes(32))


WAYS: Mapping[str, Way] = {
    way.__name__: way
    for way in (
        changed_cell,
        shifted_time,
        deleted_event,
        swapped_events,
        inserted_event,
        cut_tail,
        cut_only_the_last,
        recomputed_by_a_stranger,
        recomputed_with_the_key,
        whole_chain_of_another_key,
        altered_state,
        altered_state_with_events,
        altered_item,
        altered_attempt,
        altered_other_row,
        deleted_row,
        deleted_story,
    )
}


def content_of(db: sqlite3.Connection) -> list[str]:
    return list(db.iterdump())


def tamper(file: Path, way: Way, random: Random) -> bool:
    """Whether anything in the file is different now."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        before = content_of(db)
        db.execute("BEGIN")
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        way(db, random)
        for _name, sql in triggers:
            db.execute(sql)
        db.execute("COMMIT")
        return sorted(before) != sorted(content_of(db))
