"""Held applications as reconciliation sees them: which ones, and how many records the core has of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.ledger_records import HeldItem
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.intake import application_from_bytes
from bridge_agent.ledger.settling import Settling
from bridge_agent.ledger.tables import attempt, item
from bridge_agent.ledger.writing import CONTENT_PURPOSE, text_of


class Counting(Settling):
    def held_since(self, core: str, since: datetime) -> Sequence[HeldItem]:
        with self.engine.connect() as connection:
            held = (item.c.state == State.HELD.value) & (item.c.core == core) & (item.c.updated_at >= text_of(since))
            rows = connection.execute(select(item).where(held).order_by(item.c.item_id)).all()
            return [self._held_item(connection, row) for row in rows]

    def _held_item(self, connection: Connection, row: Row[Any]) -> HeldItem:
        tried = connection.execute(
            select(attempt).where(attempt.c.item_id == row.item_id).order_by(attempt.c.number.desc()).limit(1)
        ).one_or_none()
        application = None
        if tried is None and row.content is not None:
            application = application_from_bytes(self.sealer.unseal(row.content, CONTENT_PURPOSE))
        return HeldItem(
            self.work_item(row, tried.number if tried else 0),
            self.attempt_of(tried) if tried else None,
            application,
        )

    def counted(self, item_id: int, count: int) -> None:
        with self.write(Write.COUNTED) as connection:
            before = connection.execute(select(item.c.core_count).where(item.c.item_id == item_id)).scalar_one()
            connection.execute(
                update(item).where(item.c.item_id == item_id).values(core_count=count, core_count_at=self.now())
            )
            if before != count:
                self.record(connection, "counted", item_id, count=count)
