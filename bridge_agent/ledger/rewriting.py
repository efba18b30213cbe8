"""What it takes to write over a whole ledger (a new version, a new key): its triggers put aside and made again, all sealed."""

from __future__ import annotations

from sqlalchemy import Connection

from bridge_agent.domain.ports import Sealer
from bridge_agent.ledger.row_seals import SEALED, add_function, seal_of
from bridge_agent.ledger.tables import SQLITE_TRIGGERS


def drop_triggers(connection: Connection) -> None:
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    for name in names:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def make_triggers(connection: Connection) -> None:
    """Word for word as in a new ledger."""
    for name, body in SQLITE_TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")


def seal_everything(connection: Connection, sealer: Sealer) -> None:
    """Every row is this program's own from now on; only for rows that were checked otherwise."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    add_function(raw, sealer)  # type: ignore[arg-type]
    for table in SEALED:
        connection.exec_driver_sql(f"UPDATE {table} SET seal = {seal_of(table)}")
