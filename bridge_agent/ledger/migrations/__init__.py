"""Bringing a ledger of an earlier version up to date: a backup first, then all steps in one transaction.

A crash leaves the old ledger as it was, or the new one. Steps describe their own version's tables by themselves, so that a
later version's tables do not change what an old step does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine

from bridge_agent.domain.ports import Sealer
from bridge_agent.ledger.copying import copy_database
from bridge_agent.ledger.migrations import to_2
from bridge_agent.ledger.rewriting import drop_triggers, make_triggers, seal_everything
from bridge_agent.ledger.tables import SCHEMA_VERSION

Step = Callable[[Operations, Sealer], None]
STEPS: Mapping[int, Step] = {2: to_2.upgrade}
"""Version -> how to get there from the one before."""


def bring_up(engine: Engine, path: Path, sealer: Sealer) -> Path:
    """Returns where the backup of the old ledger is."""
    with engine.connect() as connection:
        version = _version(connection)
        connection.rollback()
        backup = path.with_name(f"{path.stem}-v{version}-{datetime.now(UTC):%Y%m%d%H%M%S}{path.suffix}")
        copy_database(path, backup)
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # begins the transaction, too
        operations = Operations(MigrationContext.configure(connection))
        drop_triggers(connection)
        for step in range(version + 1, SCHEMA_VERSION + 1):
            STEPS[step](operations, sealer)
        connection.exec_driver_sql("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(SCHEMA_VERSION),))
        seal_everything(connection, sealer)
        make_triggers(connection)
        connection.commit()
    return backup


def _version(connection: Connection) -> int:
    found = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'schema_version'").scalar_one()
    return int(found)
