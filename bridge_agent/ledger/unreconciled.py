"""Which registrations still have to be looked up again, by time and by the order in which they were confirmed.

A clock that was set back makes a registration look older than the last reconciliation; the order of the look-ups does not
lie, so what was confirmed after it is never passed over.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Integer, cast, delete, func, insert, or_, select

from bridge_agent.domain.result import Verdict
from bridge_agent.ledger.tables import attempt, control, lookup
from bridge_agent.ledger.writing import text_of

_CONFIRMING = ("after_entry", "doubt")


def _mark(core: str) -> str:
    return f"reconciled_look_up:{core}"


def since_or_unseen(core: str, since: datetime) -> ColumnElement[bool]:
    """Confirmed since then, or after the last reconciliation whatever the clock said."""
    seen = select(cast(control.c.value, Integer)).where(control.c.key == _mark(core)).scalar_subquery()
    unseen = select(lookup.c.attempt_id).where(
        lookup.c.kind.in_(_CONFIRMING), lookup.c.verdict == Verdict.FOUND.value, lookup.c.lookup_id > seen
    )
    return or_(attempt.c.outcome_at >= text_of(since), attempt.c.attempt_id.in_(unseen))


def last_look_up(connection: Connection) -> int:
    return connection.execute(select(func.max(lookup.c.lookup_id))).scalar_one() or 0


def note_seen(connection: Connection, core: str, look_up_id: int) -> None:
    connection.execute(delete(control).where(control.c.key == _mark(core)))
    connection.execute(insert(control).values(key=_mark(core), value=str(look_up_id)))
