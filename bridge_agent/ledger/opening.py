"""Opening a ledger: pragmas by SQLite version with read-back, integrity, schema version, owner of the site key.

Anything that is not exactly as expected is refused with one sentence; a ledger is never mended here.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ports import Sealer
from bridge_agent.ledger.audit import alarms_at_opening
from bridge_agent.ledger.copying import put_where_nothing_is, side_files
from bridge_agent.ledger.place import check_place, make_reserve
from bridge_agent.ledger.row_seals import install
from bridge_agent.ledger.shape import differences
from bridge_agent.ledger.tables import SCHEMA_VERSION, meta, metadata

BUSY_TIMEOUT_MS = 30_000
FIRST_VERSION = 1
"""The oldest version that is brought up to date."""
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
        "secure_delete": 1,
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


def open_ledger(path: Path | None, site_key_check: str, sealer: Sealer | None = None) -> Engine:
    """Open or create the ledger. `site_key_check` tells whether the site key in the key store is this ledger's.

    With `sealer` a ledger of an earlier version is brought up to date, and every row is checked for alterations by
    another hand.

    Raises ConfigError: damaged, altered, foreign, from a later version, or another site key (a new key would let every
    old receipt number in again).
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        check_place(path)
    if path is not None and not path.exists():
        _begin(path, site_key_check)
    engine = make_engine(path)
    try:
        if _check(engine, path, site_key_check) < SCHEMA_VERSION:
            _bring_up(engine, path, sealer)
        _check_shape(engine, path)
        if sealer is not None:
            install(engine, sealer)
            _check_rows(engine, path)
        if path is not None:
            make_reserve(path)
    except (DatabaseError, ValueError, TypeError):  # a damaged cell may also break a conversion
        engine.dispose()
        raise ConfigError(
            f"台帳 {path} を開けません。壊れているか、台帳ではないファイルです。控えから復元してください。"
        ) from None
    except BaseException:
        engine.dispose()
        raise
    return engine


def check_value_in(path: Path) -> str | None:
    """The value by which a ledger knows its site key, without judging anything else; None when there is none to read."""
    # What a killed process left half written is taken back by whoever reads next; reading alone may not do that.
    for mode in ("ro", "rw"):
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=30)) as connection:
                row = connection.execute("SELECT value FROM meta WHERE key = 'site_key_check'").fetchone()
        except sqlite3.Error:
            continue
        return None if row is None else str(row[0])
    return None


def _check(engine: Engine, path: Path | None, site_key_check: str) -> int:
    """The ledger's version, after everything that no version may have wrong."""
    if path is None:
        _create(engine, site_key_check)
        return SCHEMA_VERSION
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
            raise ConfigError(f"{path} は台帳ではありません。bridge.toml の台帳の場所を確かめてください。")
        damage = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        if damage != "ok":
            raise ConfigError(f"台帳 {path} が壊れています。控えから復元してください。")
        values = {row.key: row.value for row in connection.execute(select(meta))}
    version = values.get("schema_version", "")
    if version not in {str(v) for v in range(FIRST_VERSION, SCHEMA_VERSION + 1)}:
        raise ConfigError(
            f"台帳 {path} の版（{version}）はこのプログラムの版（{SCHEMA_VERSION}）と合いません。"
            "プログラムの版を確かめてください。"
        )
    if values.get("site_key_check") != site_key_check:
        raise ConfigError(
            "台帳の鍵と鍵保管庫の鍵が違います。鍵を作り直すと過去の申請が二重に取り込まれるため、開始しません。"
        )
    if "backup_at" in values:
        raise ConfigError(
            f"{path} は台帳の控えです。そのままでは使えません。bridge-agent ledger restore で復元してください。"
        )
    return int(version)


def _begin(path: Path, site_key_check: str) -> None:
    """A first ledger is there whole or not at all: a crash leaves no half one, and of two first runs one is the first."""
    fresh = path.with_name(f"{path.name}.new-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        engine = make_engine(fresh)
        try:
            _create(engine, site_key_check)
        finally:
            engine.dispose()
        fresh.chmod(0o600)
        put_where_nothing_is(fresh, path)
    except (OSError, DatabaseError) as error:
        raise ConfigError(
            f"台帳 {path} を作れません（{type(error).__name__}）。ディスクの空きと権限を確かめてください。"
        ) from None
    finally:
        for file in (fresh, *side_files(fresh)):
            with suppress(OSError):
                file.unlink()


def _create(engine: Engine, site_key_check: str) -> None:
    values = {
        "schema_version": str(SCHEMA_VERSION),
        "site_key_check": site_key_check,
        "epoch": "1",
        "ledger_id": secrets.token_hex(16),
    }
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        metadata.create_all(connection)
        connection.execute(insert(meta), [{"key": key, "value": value} for key, value in values.items()])


def _bring_up(engine: Engine, path: Path | None, sealer: Sealer | None) -> None:
    if sealer is None or path is None:
        raise ConfigError(f"台帳 {path} は前の版のものです。bridge-agent で開くと、控えを取ってから新しい版にします。")
    from bridge_agent.ledger.migrations import bring_up  # the migration library: only when there is something to do

    bring_up(engine, path, sealer)


def _check_shape(engine: Engine, path: Path | None) -> None:
    with engine.connect() as connection:
        names = differences(connection)
    if names:
        raise ConfigError(
            f"台帳 {path} の表または規則が違います（{'、'.join(names[:3])} など）。控えから復元してください。"
        )


def _check_rows(engine: Engine, path: Path | None) -> None:
    with engine.connect() as connection:
        alarms = alarms_at_opening(connection)
    if alarms:
        raise ConfigError(
            f"台帳 {path} の内容がこのプログラムの外で書き換わっています（{len(alarms)} か所、例: {alarms[0]}）。"
            "何も入力していません。bridge-agent ledger verify で確かめ、控えから復元してください。"
        )
