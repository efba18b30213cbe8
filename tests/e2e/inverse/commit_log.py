"""Reads the commit log out of a mock core's database, also while the core is running; writes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CommitRow:
    """One registration as the core stored it."""

    procedure: str
    atena_no: str
    reference: str
    """整理番号; '' where the screen has none."""
    application_date: date
    core_receipt_no: str
    values: Mapping[str, object]
    """Control name -> text, or a list of codes for several boxes of one name."""
    before_run: bool
    """Entered by a clerk before the agent came."""


def committed(database: Path) -> list[CommitRow]:
    """Every row in the order of registration."""
    columns = "procedure, atena_no, reference, application_date, core_receipt_no, values_json, before_run"
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        rows = connection.execute(f"SELECT {columns} FROM commit_log ORDER BY id").fetchall()
    return [
        CommitRow(procedure, atena, reference, date.fromisoformat(day), receipt, json.loads(values), bool(before))
        for procedure, atena, reference, day, receipt, values, before in rows
    ]
