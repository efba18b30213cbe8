"""Procedures whose form came with other columns: what waits of them is held, and nothing of them is claimed meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, delete, exists, insert, select

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.tables import attempt, control, item
from bridge_agent.ledger.writing import LedgerWriter, canonical

_KEY = "changed_forms"
EVERY = ""
"""In place of a procedure: all of them."""


class ChangedForms(LedgerWriter):
    def stop_forms(self, changed: Mapping[str, str], *, finished: bool) -> None:
        """What was in hand or in doubt, or has an attempt, stays as it is: no person could release it; claim passes it over."""
        with self.engine.connect() as connection:
            if not changed and (not finished or self._stops(connection) is None):
                return
        with self.write(Write.STOP_FORMS) as connection:
            connection.execute(delete(control).where(control.c.key == _KEY))
            if changed:
                value = canonical({"finished": finished, "changed": dict(changed)})
                connection.execute(insert(control).values(key=_KEY, value=value))
            tried = exists().where(attempt.c.item_id == item.c.item_id)
            waiting = select(item.c.item_id, item.c.procedure).where(item.c.state == State.PENDING.value, ~tried)
            for row in connection.execute(waiting).all():
                note = changed.get(row.procedure, changed.get(EVERY))
                if note is not None:
                    reason = Reason.PACKAGE_COLUMN.value
                    self.move(connection, row.item_id, State.PENDING, State.HELD, why=reason, reason=reason, note=note)

    def unfinished_stops(self) -> Mapping[str, str]:
        with self.engine.connect() as connection:
            stops = self._stops(connection)
        return {} if stops is None or stops["finished"] else stops["changed"]

    def stopped_forms(self, connection: Connection) -> frozenset[str]:
        stops = self._stops(connection)
        return frozenset() if stops is None else frozenset(stops["changed"])

    @staticmethod
    def _stops(connection: Connection) -> dict[str, dict[str, str]] | None:
        value = connection.execute(select(control.c.value).where(control.c.key == _KEY)).scalar_one_or_none()
        return None if value is None else json.loads(value)
