"""Copies of a ledger file that are whole and on the disk: taken while others write, checked after writing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from bridge_agent.domain.errors import ConfigError

SIDE_FILES = ("-journal", "-wal", "-shm")
BUSY_S = 30.0


def copy_database(source: Path, target: Path, prepare: Callable[[sqlite3.Connection], None] | None = None) -> None:
    """A consistent copy under its final name, or nothing. `prepare` may change the copy before it is checked.

    Raises ConfigError when it could not be made or is damaged.
    """
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_S)) as from_,
            closing(sqlite3.connect(part, timeout=BUSY_S)) as to,
        ):
            from_.backup(to)  # one read transaction: whatever is written meanwhile is in it whole or not at all
            to.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
            if prepare is not None:
                prepare(to)
            damage = to.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if damage != "ok":
            raise ConfigError(f"台帳 {source} の写しが壊れています。ディスクを調べてください。")
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise ConfigError(
            f"台帳の写し {target} を作れません（{type(error).__name__}）。ディスクの空きと権限を確かめてください。"
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()


def sync_file(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Makes a rename last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_where_nothing_is(fresh: Path, target: Path) -> None:
    """Give a finished file its name, unless there is a file of that name by now. Raises OSError."""
    try:
        if os.name == "nt":
            fresh.rename(target)  # refused there when the name is taken
        else:
            os.link(fresh, target)
    except FileExistsError:
        return
    sync_folder(target.parent)


def side_files(file: Path) -> list[Path]:
    return [file.with_name(file.name + end) for end in SIDE_FILES]


def sweep(raw: Any) -> None:
    """What was overwritten or deleted is gone from the file, too."""
    try:
        raw.dbapi_connection.execute("VACUUM")
        raw.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
