"""The ledger's database for very many schedules: the ledger's own SQL, compiled once, on one SQLite in memory.

The ledger builds its statements anew at every call, which costs a hundred times what SQLite needs to run them. Here the
building is only recorded; SQLAlchemy compiles each shape of statement once, and later calls bind their values. `Plain`
is SQLAlchemy's own engine: a test plays the same seeds on both and wants the same traces.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Table, create_engine, event, func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import OperationalError as WrappedError
from sqlalchemy.pool import StaticPool

from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.tables import SQLITE_TRIGGERS
from tests.fault.simulation.statements import Compiled, Part, root, row_class

CHAIN_KEY = b"a chain key for simulated ledgers"
CHECK = "check"


class Result:
    def __init__(self, rows: list[Any], count: int, last: int | None) -> None:
        self._rows, self.rowcount, self._last = rows, count, last

    @property
    def inserted_primary_key(self) -> tuple[int | None]:
        return (self._last,)

    def all(self) -> list[Any]:
        return self._rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def first(self) -> Any:
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        (row,) = self._rows
        return row

    def one_or_none(self) -> Any:
        return self.one() if self._rows else None

    def scalar_one(self) -> Any:
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:
        return self.one()[0] if self._rows else None

    def scalar(self) -> Any:
        return self._rows[0][0] if self._rows else None

    def scalars(self) -> Result:
        return Result([row[0] for row in self._rows], 0, None)


class Connection:
    def __init__(self, database: Fast) -> None:
        self.raw = database.raw
        self.cache = database.cache

    def execute(self, part: Part, given: Any = None) -> Result:
        many = isinstance(given, list)
        keys = tuple(given[0]) if many else tuple(given or ())
        place = (part._key, keys) if keys else part._key
        compiled = self.cache.get(place)
        if compiled is None:
            compiled = self.cache[place] = Compiled(part, keys)
        try:
            if many:
                self.raw.executemany(compiled.sql, [compiled.bind_named(g) for g in given])
                return Result([], len(given), None)
            values = compiled.bind_named(given) if given else compiled.bind(part._values)
            cursor = self.raw.execute(compiled.sql, values)
            if compiled.row is None:
                return Result([], cursor.rowcount, cursor.lastrowid)
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            raise DBAPIError.instance(compiled.sql, None, error, sqlite3.Error) from error
        if compiled.booleans:
            rows = [
                [bool(v) if i in compiled.booleans and v is not None else v for i, v in enumerate(row)] for row in rows
            ]
        make = compiled.row._make
        return Result([make(row) for row in rows], 0, None)

    def exec_driver_sql(self, sql: str, values: Sequence[Any] = ()) -> Result:
        cursor = self.raw.execute(sql, values)
        if cursor.description is None:
            return Result([], cursor.rowcount, cursor.lastrowid)
        make = row_class(tuple(column[0] for column in cursor.description))._make
        return Result([make(row) for row in cursor.fetchall()], 0, None)


class Reading:
    def __init__(self, database: Fast) -> None:
        self.database = database

    def __enter__(self) -> Connection:
        return self.database.connection

    def __exit__(self, *_: object) -> None: ...


class Writing(Reading):
    def __enter__(self) -> Connection:
        self.database.raw.execute("SAVEPOINT write")
        self.database.in_write = True
        return self.database.connection

    def __exit__(self, *told: object) -> None:
        self.database.end_write(keep=told[0] is None)


def with_chain_key(raw: sqlite3.Connection) -> None:
    """The same key in every schedule, so that one seed is one schedule to the last byte."""
    raw.execute("INSERT INTO meta (key, value) VALUES ('chain_key', ?)", (CHAIN_KEY.hex(),))
    raw.commit()


def unsealed(raw: sqlite3.Connection) -> None:
    """Every row counts as untouched: rows that were altered past the agent are another test's matter."""
    raw.create_function("row_seal", -1, lambda *_: "", deterministic=True)


class Swept:
    """Stands where the sweep after a purge expects a connection: a database in memory has no file to clear."""

    dbapi_connection = SimpleNamespace(execute=lambda sql: None)

    def close(self) -> None: ...


class Fast:
    """Stands where the ledger expects an engine. One write = one savepoint, and all of a schedule is rolled back."""

    url = SimpleNamespace(database=None)

    def __init__(self) -> None:
        plain = open_ledger(None, CHECK)
        source = plain.raw_connection().driver_connection
        assert isinstance(source, sqlite3.Connection)
        self.raw = sqlite3.connect(":memory:", isolation_level=None, cached_statements=2000)
        with_chain_key(source)
        source.backup(self.raw)
        plain.dispose()
        unsealed(self.raw)
        self.raw.execute("PRAGMA foreign_keys = 1")
        self.cache: dict[Any, Compiled] = {}
        self.connection = Connection(self)
        self.reading, self.writing = Reading(self), Writing(self)
        self.in_write = False
        self.raw.execute("BEGIN")

    def reset(self) -> None:
        """A new, empty ledger."""
        self.raw.execute("ROLLBACK")
        self.raw.execute("BEGIN")
        self.in_write = False

    def connect(self) -> Reading:
        return self.reading

    def begin(self) -> Writing:
        return self.writing

    def back_up(self) -> None:
        """Once in a schedule: what `restore` goes back to."""
        self.raw.execute("SAVEPOINT backup")

    def restore(self) -> None:
        self.raw.execute("ROLLBACK TO backup")
        self.raw.execute("RELEASE backup")

    def raw_connection(self) -> Swept:
        return Swept()

    def end_write(self, *, keep: bool) -> None:
        """Of the process that dies, or at the ordinary end; nothing when the write has ended before."""
        if not self.in_write:
            return
        self.in_write = False
        if not keep:
            self.raw.execute("ROLLBACK TO write")
        self.raw.execute("RELEASE write")

    def read(self, sql: str, *values: Any) -> list[Any]:
        return self.raw.execute(sql, values).fetchall()

    def close(self) -> None:
        self.raw.close()


class Plain:
    """SQLAlchemy's own engine, with BEGIN IMMEDIATE and COMMIT as in production."""

    def __init__(self) -> None:
        self.engine = open_ledger(None, CHECK)
        self.url = self.engine.url
        raw = self.engine.raw_connection().driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self.raw = raw
        with_chain_key(raw)
        unsealed(raw)
        self.template = raw.serialize()

    def reset(self) -> None:
        self.raw.deserialize(self.template)
        self.raw.execute("PRAGMA foreign_keys = 1")

    def back_up(self) -> None:
        self.copy = self.raw.serialize()

    def restore(self) -> None:
        self.raw.deserialize(self.copy)
        self.raw.execute("PRAGMA foreign_keys = 1")

    def raw_connection(self) -> Swept:
        return Swept()

    def connect(self) -> Any:
        return self.engine.connect()

    def begin(self) -> Any:
        return self.engine.begin()

    def end_write(self, *, keep: bool) -> None:
        if keep:
            self.raw.commit()
        else:
            self.raw.rollback()

    def read(self, sql: str, *values: Any) -> list[Any]:
        return self.raw.execute(sql, values).fetchall()

    def close(self) -> None:
        self.raw.close()
        self.engine.dispose()


Database = Fast | Plain


@contextmanager
def recorded_statements() -> Iterator[None]:
    """While the block lasts, the ledger's modules record their statements instead of building them."""
    changed: list[tuple[Any, str, Any]] = []
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("bridge_agent.ledger.") or name.endswith((".tables", ".opening")):
            continue
        for word, real in list(vars(module).items()):
            if isinstance(real, Table) or real is func or _builds_statements(real):
                changed.append((module, word, real))
                setattr(module, word, root(real))
    try:
        yield
    finally:
        for module, word, real in changed:
            setattr(module, word, real)


def _builds_statements(real: Any) -> bool:
    made_by = getattr(real, "__module__", "") or ""
    return callable(real) and not isinstance(real, type) and made_by.startswith("sqlalchemy.")


def disk_full() -> WrappedError:
    """A database error as SQLAlchemy raises it when a real SQLite has no page left."""
    engine = create_engine("sqlite://", poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def _small(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("PRAGMA max_page_count = 2")

    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO t VALUES (zeroblob(100000))")
    except WrappedError as error:
        return error
    finally:
        engine.dispose()
    raise AssertionError("the small database was not full")


TRIGGERS = tuple(SQLITE_TRIGGERS)
