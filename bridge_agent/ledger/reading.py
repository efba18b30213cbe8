"""Reading the ledger: the balance of a run, lists for people. Changes nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bridge_agent.domain.application import Application
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ledger_records import REHEARSED, ProcedureBalance
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import STATE_NAMES, State, WorkItem
from bridge_agent.ledger.counting import Counting
from bridge_agent.ledger.intake import application_from_bytes
from bridge_agent.ledger.tables import attempt, event_log, item, lookup, outbox, run, run_item
from bridge_agent.ledger.writing import CONTENT_PURPOSE, canonical, moment_of

COLUMNS: dict[State, str] = {
    State.PENDING: "not_yet_entered",
    State.CLAIMED: "not_yet_entered",
    State.ARMED: "in_doubt",
    State.SEEN: "in_doubt",
    State.IN_DOUBT: "in_doubt",
    State.REGISTERED: "registered",
    State.REPORTED: "registered",
    State.HELD: "held",
    State.CLOSED: "closed",
}
"""The one column of the balance each state belongs to; already_there and withdrawn are told by the reason."""

PUT_BACK = f"{State.CLAIMED}->{State.PENDING}"
"""Kind of the event with which an item that was in hand waits again."""


def column_of(state: State, reason: str) -> str:
    if state is State.HELD and reason == Reason.ALREADY_AT_CORE:
        return "already_there"
    if state is State.CLOSED and reason == Reason.WITHDRAWN:
        return "withdrawn"
    return COLUMNS[state]


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One attempt as `show` prints it; no plan, no values."""

    number: int
    armed_at: str
    answer: str
    core_record: str
    sent: int | None
    blocked: int | None
    fields_read: int
    fields_equal: int
    outcome: str


@dataclass(frozen=True, slots=True)
class ItemView:
    item: WorkItem
    received_at: str
    updated_at: str
    attempts: tuple[AttemptView, ...]
    lookups: tuple[Mapping[str, Any], ...]
    events: tuple[tuple[str, str], ...]
    reported: bool


class Reading(Counting):
    def open_cores(self, procedure: str) -> Sequence[str]:
        waiting = [State.PENDING.value, State.CLAIMED.value, State.ARMED.value, State.SEEN.value, State.IN_DOUBT.value]
        due = (item.c.state != State.PENDING.value) | self.is_due()
        query = select(item.c.core).where(item.c.state.in_(waiting), item.c.core != "", due).distinct()
        if procedure:
            query = query.where((item.c.procedure == procedure) | (item.c.state != State.PENDING.value))
        with self.engine.connect() as connection:
            return sorted(connection.execute(query).scalars())

    def count_pending(self, core: str, procedure: str) -> int:
        query = select(func.count()).where(item.c.state == State.PENDING.value, item.c.core == core, self.is_due())
        if procedure:
            query = query.where(item.c.procedure == procedure)
        with self.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def balance(self, run_id: int, *, collected: bool) -> Sequence[ProcedureBalance]:
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(run_item.c.app_key, item.c.procedure, item.c.procedure_name, item.c.state, item.c.reason)
                .join(item, item.c.app_key == run_item.c.app_key, isouter=True)
                .where(run_item.c.run_id == run_id)
            ).all()
        names: dict[str, str] = {}
        counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in rows:
            procedure = row.procedure or ""
            names[procedure] = row.procedure_name or "まだ取り込んでいない申請"
            counts[procedure]["approved"] += 1
            if row.state is None and not collected:
                counts[procedure]["not_yet_entered"] += 1
            if row.state is not None:
                counts[procedure][column_of(State(row.state), row.reason)] += 1
        columns = [
            "approved",
            "registered",
            "already_there",
            "held",
            "in_doubt",
            "withdrawn",
            "closed",
            "not_yet_entered",
        ]
        return [
            ProcedureBalance(procedure, names[procedure], *(counts[procedure][c] for c in columns))
            for procedure in sorted(counts)
        ]

    def _attempts(self, item_ids: Sequence[int]) -> dict[int, int]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(attempt.c.item_id, func.count()).group_by(attempt.c.item_id)).all()
        wanted = set(item_ids)
        return {item_id: count for item_id, count in rows if item_id in wanted}

    def items(self, run_id: int | None = None, states: Sequence[State] = ()) -> Sequence[WorkItem]:
        query = select(item).order_by(item.c.procedure, item.c.receipt_no)
        if run_id is not None:
            query = query.join(run_item, run_item.c.app_key == item.c.app_key).where(run_item.c.run_id == run_id)
        if states:
            query = query.where(item.c.state.in_([s.value for s in states]))
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        tried = self._attempts([r.item_id for r in rows])
        return [self.work_item(row, tried.get(row.item_id, 0)) for row in rows]

    def find(self, receipt_no: str) -> Sequence[ItemView]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(item).where(item.c.receipt_no == receipt_no)).all()
        return [self._view(row) for row in rows]

    def content_of(self, item_id: int) -> Application | None:
        """None once it was deleted, or when the package was refused. Raises ConfigError when it cannot be unsealed."""
        with self.engine.connect() as connection:
            sealed = connection.execute(select(item.c.content).where(item.c.item_id == item_id)).scalar_one()
        return None if sealed is None else application_from_bytes(self.sealer.unseal(sealed, CONTENT_PURPOSE))

    def _view(self, row: Row[Any]) -> ItemView:
        with self.engine.connect() as connection:
            tried = connection.execute(
                select(attempt).where(attempt.c.item_id == row.item_id).order_by(attempt.c.number)
            ).all()
            looks = connection.execute(
                select(lookup).where(lookup.c.item_id == row.item_id).order_by(lookup.c.lookup_id)
            ).all()
            events = connection.execute(
                select(event_log.c.at, event_log.c.kind)
                .where(event_log.c.item_id == row.item_id)
                .order_by(event_log.c.event_id)
            ).all()
            told = connection.execute(select(outbox.c.done_at).where(outbox.c.item_id == row.item_id)).scalar()
        return ItemView(
            item=self.work_item(row, len(tried)),
            received_at=row.received_at,
            updated_at=row.updated_at,
            attempts=tuple(
                AttemptView(
                    t.number,
                    t.armed_at,
                    t.answer,
                    t.core_record,
                    t.sent,
                    t.blocked,
                    t.fields_read,
                    t.fields_equal,
                    t.outcome or "",
                )
                for t in tried
            ),
            lookups=tuple(
                {"at": k.at, "kind": k.kind, "verdict": k.verdict, "records": json.loads(k.new_records)} for k in looks
            ),
            events=tuple((e.at, e.kind) for e in events),
            reported=told is not None,
        )

    def rehearsed(self) -> dict[str, datetime]:
        """Procedure -> when an application of it last came to the end of a rehearsal.

        Being in a rehearsal's scope says nothing: `--limit` leaves most of it untouched, and some cannot be planned.
        """
        query = (
            select(item.c.procedure, func.max(event_log.c.at))
            .join(event_log, event_log.c.item_id == item.c.item_id)
            .where(event_log.c.kind == PUT_BACK, event_log.c.body == canonical({"why": REHEARSED}))
            .group_by(item.c.procedure)
        )
        with self.engine.connect() as connection:
            return {procedure: moment_of(at) for procedure, at in connection.execute(query)}

    def last_night(self) -> dict[str, ProcedureBalance]:
        """Procedure -> its line of the last finished run's books."""
        last = select(func.max(run.c.run_id)).where(run.c.kind == "run", run.c.ended_at.is_not(None))
        with self.engine.connect() as connection:
            run_id = connection.execute(last).scalar()
        lines = self.balance(run_id, collected=True) if run_id is not None else []
        return {line.procedure: line for line in lines}

    def last_run(self) -> Mapping[str, Any] | None:
        with self.engine.connect() as connection:
            row = connection.execute(select(run).order_by(run.c.run_id.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        return dict(row._mapping) | {"summary": json.loads(row.summary)}

    def counts(self) -> Mapping[State, int]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(item.c.state, func.count()).group_by(item.c.state)).all()
        return {State(state): count for state, count in rows}

    def doubt_times(self, item_id: int) -> tuple[datetime, datetime]:
        """Since when the outcome is unknown (the armed write), and from when on a look-up may settle it."""
        with self.engine.connect() as connection:
            armed = connection.execute(
                select(attempt.c.armed_at).where(attempt.c.item_id == item_id).order_by(attempt.c.number.desc())
            ).scalar()
            due = connection.execute(select(item.c.due_at).where(item.c.item_id == item_id)).scalar_one()
        return moment_of(armed or due), moment_of(due)

    def unknown_in(self, run_id: int) -> Sequence[str]:
        """Receipt numbers of the source's list that the ledger does not have: lost, unless collect was cut short."""
        with self.engine.connect() as connection:
            return list(
                connection.execute(
                    select(run_item.c.receipt_no)
                    .join(item, item.c.app_key == run_item.c.app_key, isouter=True)
                    .where(run_item.c.run_id == run_id, item.c.item_id.is_(None))
                    .order_by(run_item.c.receipt_no)
                ).scalars()
            )

    def registration_times(self, item_ids: Sequence[int]) -> Mapping[int, tuple[str, bool]]:
        """Item -> (when the look-up confirmed it, whether the source was told)."""
        wanted = set(item_ids)
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(outbox.c.item_id, outbox.c.created_at, outbox.c.done_at).order_by(outbox.c.outbox_id)
            ).all()
        return {r.item_id: (r.created_at, r.done_at is not None) for r in rows if r.item_id in wanted}

    def _held(self, connection: Connection, receipt_no: str) -> Row[Any]:
        rows = connection.execute(select(item).where(item.c.receipt_no == receipt_no)).all()
        if not rows:
            raise ConfigError(f"受付番号 {receipt_no} は台帳にありません。")
        if len(rows) > 1:
            raise ConfigError(f"受付番号 {receipt_no} が複数の申請元にあります。")
        row = rows[0]
        if row.state != State.HELD.value:
            raise ConfigError(
                f"受付番号 {receipt_no} は「{STATE_NAMES[State(row.state)]}」です（保留ではありません）。"
            )
        return row
