"""Version 2: sealed rows, a keyed event chain, lanes with owner and breaker, counts at the core, restored items."""

from __future__ import annotations

import hashlib
import secrets

from alembic.operations import Operations
from sqlalchemy import Boolean, Column, Connection, Float, Integer, String, text

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ports import Sealer
from bridge_agent.ledger.writing import event_hash, new_chain_key


def upgrade(operations: Operations, sealer: Sealer) -> None:
    for table in ("item", "attempt", "lookup", "outbox", "control"):
        operations.add_column(table, _seal())
    operations.add_column("item", Column("restored", Boolean, nullable=False, server_default=text("0")))
    operations.add_column("item", Column("core_count", Integer))
    operations.add_column("item", Column("core_count_at", String))
    operations.create_table(
        "lane",
        Column("lane", String, primary_key=True),
        Column("owner_pid", Integer),
        Column("owner_started", Float),
        Column("owner_host", String),
        Column("lease_until", String),
        Column("opened_at", String),
        Column("opened_why", String, nullable=False, server_default=""),
        Column("opened_note", String, nullable=False, server_default=""),
        _seal(),
    )
    connection = operations.get_bind()
    _key_the_chain(connection, sealer)
    connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES ('ledger_id', ?)", (secrets.token_hex(16),))


def _seal() -> Column[str]:
    return Column("seal", String, nullable=False, server_default="")


def _key_the_chain(connection: Connection, sealer: Sealer) -> None:
    """Version 1 hashed its events without a key: they are checked once more that way and then hashed with one."""
    key = new_chain_key(connection, sealer)
    former, previous = "", ""
    rows = connection.exec_driver_sql(
        "SELECT event_id, at, kind, item_id, body, previous, hash FROM event ORDER BY event_id"
    ).all()
    for row in rows:
        content = "\x1f".join([former, row.at, row.kind, str(row.item_id or ""), row.body])
        if row.previous != former or row.hash != hashlib.sha256(content.encode()).hexdigest():
            raise ConfigError(
                f"前の版の台帳の記録 {row.event_id} が書き換えられています。新しい版にしません。控えから復元してください。"
            )
        keyed = event_hash(key, previous, row.at, row.kind, row.item_id, row.body)
        connection.exec_driver_sql(
            "UPDATE event SET previous = ?, hash = ? WHERE event_id = ?", (previous, keyed, row.event_id)
        )
        former, previous = row.hash, keyed
