"""The ledger as plain SQL shows it, without the agent's code."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path


def read(database: Path, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
    """Rows as they stand. What a killed process left half written only a connection that may write can take back."""
    try:
        return _rows(database, "ro", sql, values)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
    return _rows(database, "rw", sql, values)


def _rows(database: Path, mode: str, sql: str, values: Sequence[object]) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode={mode}", uri=True, timeout=30)
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def standing(state: str, reason: str) -> tuple[str, str]:
    """A ledger state in the words of the town's expectations."""
    if state in ("registered", "reported"):
        return "registered", ""
    if state == "held" and reason == "already_at_core":
        return "already_there", reason
    if state == "closed" and reason == "withdrawn":
        return "withdrawn", reason
    return state, reason
