"""Opening a ledger: pragmas by SQLite version with read-back, integrity, schema version, owner of the site key.

Anything that is not exactly as expected is refused with one sentence; a ledger is never mended here.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from bridge_agent.domain.errors import ConfigError
from bridge_agent.ledger.tables import SCHEMA_VERSION, meta, metadata

BUSY_TIMEOUT_MS = 30_000
APPLICATION_ID = 0x42524447  # "BRDG": tells our ledger from any other SQLite file


def journal_for(version: tuple[int, int, int]) -> tuple[str, str]:
    """Journal mode and synchronous level for a SQLite version.

    3.7.0-3.51.2 has the WAL-reset bug (two or more connections); 3.44.6 and 3.50.7 carry the correction.
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)
    return ("wal", "FULL") if mended else ("truncate", "EXTRA")


SYNCHRONOUS = {"FULL": 2, "EXTRA": 3}


def _set_pragmas(connection: sqlite3.Connection, *, in_memory: bool) -> None:
    mode, level = journal_for(sqlite3.sqlite_version_info[:3])
    wanted: dict[str, Any] = {
        "busy_timeout": BUSY_TIMEOUT_MS,
        "journal_mode": "memory" if in_memory else mode,
        "synchronous": SYNCHRONOUS[level],
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "fullfsync": 1,
    }
    cursor = connection.cursor()
    for name, value in wanted.items():
        cursor.execute(f"PRAGMA {name} = {value}")
        row = cursor.execute(f"PRAGMA {name}").fetchone()
        if name == "mmap_size" and row is None:
            continue  # in-memory databases have no such setting
        if row is None or str(row[0]).lower() != str(value).lower():
            raise ConfigError(f"台帳の設定 {name} を有効にできません（{value} のはずが {row and row[0]}）。")
    cursor.close()


def make_engine(path: Path | None) -> Engine:
    """An engine whose every connection has the checked pragmas and begins transactions with BEGIN IMMEDIATE."""
    if path is None:
        engine = create_engine(
            "sqlite://", hide_parameters=True, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(f"sqlite:///{path.as_posix()}", hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions on its own
        _set_pragmas(connection, in_memory=path is None)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def open_ledger(path: Path | None, site_key_check: str) -> Engine:
    """Open or create the ledger. `site_key_check` tells whether the site key in the key store is this ledger's.

    Raises ConfigError: damaged, foreign, from a later version, or another site key (a new key would let every
    old receipt number in again).
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(path)
    try:
        _check(engine, path, site_key_check)
    except DatabaseError:
        engine.dispose()
        raise ConfigError(
            f"台帳 {path} を開けません。壊れているか、台帳ではないファイルです。控えから復元してください。"
        ) from None
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check(engine: Engine, path: Path | None, site_key_check: str) -> None:
    with engine.begin() as connection:
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if tables == 0:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            metadata.create_all(connection)
            connection.execute(
                insert(meta),
                [
                    {"key": "schema_version", "value": str(SCHEMA_VERSION)},
                    {"key": "site_key_check", "value": site_key_check},
                    {"key": "epoch", "value": "1"},
                ],
            )
            if path is not None and hasattr(path, "chmod"):
                path.chmod(0o600)
            return
        if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
            raise ConfigError(f"{path} は台帳ではありません。bridge.toml の台帳の場所を確かめてください。")
        damage = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        if damage != "ok":
            raise ConfigError(f"台帳 {path} が壊れています。控えから復元してください。")
        values = {row.key: row.value for row in connection.execute(select(meta))}
    version = int(values.get("schema_version", "0"))
    if version != SCHEMA_VERSION:
        raise ConfigError(
            f"台帳 {path} の版（{version}）はこのプログラムの版（{SCHEMA_VERSION}）と合いません。"
            "プログラムの版を確かめてください。"
        )
    if values.get("site_key_check") != site_key_check:
        raise ConfigError(
            "台帳の鍵と鍵保管庫の鍵が違います。鍵を作り直すと過去の申請が二重に取り込まれるため、開始しません。"
        )
