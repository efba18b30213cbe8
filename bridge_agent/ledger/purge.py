"""Deleting personal data when its time is over: sealed contents and plans are emptied, the rows and the chain stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.copying import sweep
from bridge_agent.ledger.restoring import Restoring
from bridge_agent.ledger.tables import attempt, control, item, run
from bridge_agent.ledger.writing import moment_of, text_of


@dataclass(frozen=True, slots=True)
class Purged:
    contents: int
    plans: int
    until: datetime
    """Applications that were done with before this moment."""


class Purging(Restoring):
    def with_content(self) -> frozenset[str]:
        """Keys of the applications whose content is still here."""
        with self.engine.connect() as connection:
            return frozenset(connection.execute(select(item.c.app_key).where(item.c.content.is_not(None))).scalars())

    def purge(self, keep: timedelta, *, dry: bool = False) -> Purged:
        """Closed applications, and reported ones that were looked up once more since, when `keep` has passed.

        `dry` only counts. Deletion is recorded in the chain: how many, of which kind, until when.
        """
        until = self._last_evening() - keep
        if dry:
            with self.engine.connect() as connection:
                items = self._done_with(connection, until)
                return Purged(self._contents(connection, items), len(self._plans(connection, items)), until)
        with self.write(Write.PURGE) as connection:
            items = self._done_with(connection, until)
            plans = self._plans(connection, items)
            contents = self._contents(connection, items)
            for some in _portions(items):
                connection.execute(
                    update(item).where(item.c.item_id.in_(some), item.c.content.is_not(None)).values(content=None)
                )
            for some in _portions(plans):
                connection.execute(update(attempt).where(attempt.c.attempt_id.in_(some)).values(plan=b""))
            if contents or plans:
                self.record(connection, "purged", None, contents=contents, plans=len(plans), until=text_of(until))
        if contents or plans:
            sweep(self.engine.raw_connection())
        return Purged(contents, len(plans), until)

    def _last_evening(self) -> datetime:
        """A clock that was set forward deletes nothing early: the end of the last run is the latest that counts."""
        with self.engine.connect() as connection:
            ended = connection.execute(select(func.max(run.c.ended_at))).scalar_one_or_none()
        now = self.clock.now()
        return now if ended is None else min(now, moment_of(ended))

    def _done_with(self, connection: Connection, until: datetime) -> list[int]:
        looked_up_again: list[ColumnElement[bool]] = []
        for core in connection.execute(select(item.c.core).distinct()).scalars():
            reconciled = connection.execute(
                select(control.c.value).where(control.c.key == f"reconciled:{core}")
            ).scalar_one_or_none()
            if reconciled is not None:
                confirmed = select(attempt.c.item_id).where(
                    attempt.c.outcome == "registered", attempt.c.outcome_at < reconciled
                )
                looked_up_again.append(
                    (item.c.core == core) & (item.c.state == State.REPORTED.value) & item.c.item_id.in_(confirmed)
                )
        over = or_(item.c.state == State.CLOSED.value, *looked_up_again)
        query = select(item.c.item_id).where(over, item.c.updated_at < text_of(until)).order_by(item.c.item_id)
        return list(connection.execute(query).scalars())

    @staticmethod
    def _contents(connection: Connection, items: Sequence[int]) -> int:
        return sum(
            connection.execute(
                select(func.count()).where(item.c.item_id.in_(some), item.c.content.is_not(None))
            ).scalar_one()
            for some in _portions(items)
        )

    @staticmethod
    def _plans(connection: Connection, items: Sequence[int]) -> list[int]:
        found: list[int] = []
        for some in _portions(items):
            query = select(attempt.c.attempt_id).where(
                attempt.c.item_id.in_(some), attempt.c.outcome.is_not(None), func.length(attempt.c.plan) > 0
            )
            found += connection.execute(query).scalars()
        return found


def _portions(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]
