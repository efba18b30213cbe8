"""Ways to damage a ledger file as disks, copies and people do: bytes, pages, headers, other files in its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from random import Random

Damage = Callable[[Path, Random], None]
PAGE = 4096


def flipped_bytes(file: Path, random: Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(random.choice([1, 1, 2, 8])):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    file.write_bytes(data)


def flipped_in_a_cell(file: Path, random: Random) -> None:
    """A byte of a text that stands in the file: the tree stays whole, integrity_check finds nothing."""
    data = bytearray(file.read_bytes())
    words = [
        b"pending",
        b"held",
        b"reported",
        b"R0",
        b"sogo",
        b"K-00",
        b"before",
        b"registered",
        b"armed",
        b'["',
        b"2026-",
    ]
    word = random.choice(words)
    places = [i for i in range(len(data) - len(word)) if data[i : i + len(word)] == word]
    if places:
        data[random.choice(places) + random.randrange(len(word))] ^= 1 << random.randrange(4)
    file.write_bytes(data)


def overwritten_state(file: Path, random: Random) -> None:
    """Another state of the same length written over one, in place."""
    data = file.read_bytes()
    old, new = random.choice([(b"reported", b"in_doubt"), (b"in_doubt", b"reported"), (b"pending", b"claimed")])
    places = [i for i in range(len(data) - len(old)) if data[i : i + len(old)] == old]
    if places:
        at = random.choice(places)
        file.write_bytes(data[:at] + new + data[at + len(old) :])


def truncated(file: Path, random: Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: random.choice([0, 1, 100, random.randrange(len(data)), PAGE * random.randrange(1, 8)])])


def zeroed_page(file: Path, random: Random) -> None:
    data = bytearray(file.read_bytes())
    at = PAGE * random.randrange(len(data) // PAGE)
    data[at : at + PAGE] = bytes(PAGE)
    file.write_bytes(data)


def swapped_pages(file: Path, random: Random) -> None:
    data = bytearray(file.read_bytes())
    one, other = (PAGE * n for n in random.sample(range(len(data) // PAGE), 2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]
    file.write_bytes(data)


def noise(file: Path, random: Random) -> None:
    data = bytearray(file.read_bytes())
    at, length = random.randrange(len(data)), random.randrange(1, 600)
    data[at : at + length] = random.randbytes(length)
    file.write_bytes(data)


def _sql(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def other_application_id(file: Path, random: Random) -> None:
    _sql(file, f"PRAGMA application_id = {random.randrange(1, 2**30)}")


def other_version(file: Path, random: Random) -> None:
    version = random.choice(["0", "1", "3", "99", "x", "", "-1", "2.0", "²"])
    _sql(file, f"UPDATE meta SET value = '{version}' WHERE key = 'schema_version'")


def other_key(file: Path, random: Random) -> None:
    _sql(file, f"UPDATE meta SET value = '{random.randbytes(32).hex()}' WHERE key = 'site_key_check'")


def foreign_database(file: Path, random: Random) -> None:
    file.unlink()
    _sql(file, "CREATE TABLE meta (key TEXT, value TEXT)", "CREATE TABLE item (item_id INTEGER)")


def text_file(file: Path, random: Random) -> None:
    file.write_text("受付番号,状態\n" * random.randrange(1, 2000), encoding="utf-8")


def lost_table(file: Path, random: Random) -> None:
    table = random.choice(["attempt", "event", "outbox", "lookup", "control", "meta", "run_item"])
    _sql(file, f"DROP TABLE {table}")


def altered_by_hand(file: Path, random: Random) -> None:
    """Somebody mends the ledger with a database tool, past the triggers."""
    statement = random.choice(
        [
            "UPDATE item SET state = 'reported' WHERE state = 'pending'",
            "UPDATE item SET state = 'pending', ever_registered = 0 WHERE state = 'reported'",
            "UPDATE item SET state = 'pending' WHERE state IN ('held', 'armed')",
            'UPDATE attempt SET baseline = \'["K-0001", "K-0006"]\'',
            "UPDATE item SET receipt_no = 'R777' WHERE state = 'pending'",
            "DELETE FROM item WHERE state = 'pending'",
        ]
    )
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute(statement)
        for _name, sql in triggers:
            db.execute(sql)


WAYS: Mapping[str, Damage] = {
    way.__name__: way
    for way in (
        flipped_bytes,
        flipped_in_a_cell,
        overwritten_state,
        truncated,
        zeroed_page,
        swapped_pages,
        noise,
        other_application_id,
        other_version,
        other_key,
        foreign_database,
        text_file,
        lost_table,
        altered_by_hand,
    )
}
