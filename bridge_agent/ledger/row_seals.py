"""Row seals: a keyed checksum over every column of a row, so that a row that was altered past the agent is never acted on.

SQLite's own integrity check sees a broken tree, not a flipped byte in a cell. Here the database seals every row it writes
and refuses to write over a row whose seal does not fit; whoever reads a row to act on it asks `broken_rows` first.

The seals are made by triggers in each connection's own temporary schema: they hold for every statement of this program,
whichever module writes it, and they are not in the file, where a hand could drop them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, event

from bridge_agent.domain.ports import Sealer
from bridge_agent.ledger.tables import metadata

SEALED = {
    "item": "item_id",
    "attempt": "attempt_id",
    "lookup": "lookup_id",
    "outbox": "outbox_id",
    "control": "key",
    "lane": "lane",
}
"""Table -> key column, of every table whose rows decide what is done."""
ALTERED = "row altered"
"""What the database says when a statement would write over a row whose seal is broken."""
_sealed_engines: WeakSet[Engine] = WeakSet()


def row_seal(sealer: Sealer, values: Sequence[object]) -> str:
    return sealer.fingerprint("row", *map(_text, values))


def _text(value: object) -> str:
    match value:
        case bytes():
            return "b" + hashlib.sha256(value).hexdigest()
        case str():
            return "s" + value
        case None:
            return "n"
        case _:
            return f"{type(value).__name__[0]}{value!r}"


@cache
def columns_of(table: str) -> list[str]:
    return [c.name for c in metadata.tables[table].columns if c.name != "seal"]


@cache
def seal_of(table: str, row: str = "") -> str:
    """The SQL expression of a row's seal; `row` is OLD, NEW or nothing."""
    prefix = f"{row}." if row else ""
    columns = ", ".join(f'{prefix}"{c}"' for c in columns_of(table))
    return f"row_seal('{table}', {columns})"


def _triggers() -> Iterator[str]:
    for table, key in SEALED.items():
        columns = ", ".join(f'"{c}"' for c in columns_of(table))
        resealed = f'UPDATE {table} SET seal = {seal_of(table, "NEW")} WHERE "{key}" = NEW."{key}"'
        yield (
            f"CREATE TEMP TRIGGER trust_{table} BEFORE UPDATE OF {columns} ON main.{table} "
            f"WHEN OLD.seal IS NOT {seal_of(table, 'OLD')} BEGIN SELECT RAISE(ABORT, '{ALTERED}'); END"
        )
        yield f"CREATE TEMP TRIGGER seal_new_{table} AFTER INSERT ON main.{table} BEGIN {resealed}; END"
        yield f"CREATE TEMP TRIGGER seal_{table} AFTER UPDATE OF {columns} ON main.{table} BEGIN {resealed}; END"


TRIGGERS = tuple(_triggers())


def add_function(connection: sqlite3.Connection, sealer: Sealer, name: str = "row_seal") -> None:
    connection.create_function(name, -1, lambda *values: row_seal(sealer, values), deterministic=True)


def seal_connection(connection: sqlite3.Connection, sealer: Sealer) -> None:
    """From now on this connection seals what it writes."""
    add_function(connection, sealer)
    connection.execute("PRAGMA temp_store = MEMORY")
    for trigger in TRIGGERS:
        connection.execute(trigger)


def install(engine: Engine, sealer: Sealer) -> None:
    """Every connection of this engine seals what it writes; the first sealer counts."""
    if engine in _sealed_engines:
        return
    _sealed_engines.add(engine)

    @event.listens_for(engine, "checkout")
    def _checkout(connection: Any, record: Any, _proxy: object) -> None:
        if not record.info.get("sealed"):
            seal_connection(connection, sealer)
            record.info["sealed"] = True


def broken_rows(connection: Connection, table: str, keys: Sequence[object] | None = None) -> list[object]:
    """Keys of the rows (of `keys`, or of the whole table) whose seal does not fit."""
    key = SEALED[table]
    query = f'SELECT "{key}" FROM {table} WHERE seal IS NOT {seal_of(table)}'
    if keys is None:
        return list(connection.exec_driver_sql(query).scalars())
    found: list[object] = []
    for start in range(0, len(keys), 500):  # far below the limit of variables in one statement
        some = tuple(keys[start : start + 500])
        found += connection.exec_driver_sql(f'{query} AND "{key}" IN ({", ".join("?" * len(some))})', some).scalars()
    return found
