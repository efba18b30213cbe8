"""Settling: what a look-up proves becomes the state, the outcome of the attempt and the message to the source."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.ledger_records import Attempt, Doubt, Report, StaleClaim
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import LookUpResult, Verdict
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.lanes import LaneMoves
from bridge_agent.ledger.tables import attempt, control, item, lookup, outbox
from bridge_agent.ledger.unreconciled import last_look_up, note_seen, since_or_unseen
from bridge_agent.ledger.writing import PLAN_PURPOSE, moment_of, text_of


class Settling(LaneMoves):
    _confirmed_until: Mapping[str, int] = {}
    """Core -> the last look-up when the registrations to be looked up again were read."""

    def owed(self, lane: str) -> Sequence[Doubt]:
        with self.engine.connect() as connection:
            return self.open_attempts(connection, lane, State.SEEN)

    def doubts(self, lane: str) -> Sequence[Doubt]:
        with self.engine.connect() as connection:
            return self.open_attempts(connection, lane, State.IN_DOUBT)

    def _look_row(self, connection: Connection, tried: Attempt, kind: str, result: LookUpResult) -> None:
        connection.execute(
            insert(lookup).values(
                item_id=tried.item_id,
                attempt_id=tried.attempt_id,
                at=self.now(),
                kind=kind,
                verdict=result.verdict.value,
                new_records=json.dumps([r.record_id for r in result.records]),
                rows_read=result.rows_read,
                compared=result.compared,
                differing=json.dumps(list(result.differing), ensure_ascii=False),
            )
        )

    def _state(self, connection: Connection, item_id: int) -> State:
        return State(connection.execute(select(item.c.state).where(item.c.item_id == item_id)).scalar_one())

    def looked(self, tried: Attempt, kind: str, result: LookUpResult) -> None:
        with self.write(Write.LOOKED) as connection:
            self._look_row(connection, tried, kind, result)

    def registered(self, tried: Attempt, result: LookUpResult, kind: str) -> None:
        record = result.records[0].record_id
        with self.write(Write.REGISTERED) as connection:
            self._look_row(connection, tried, kind, result)
            changed_to = connection.execute(
                select(item.c.changed_to).where(item.c.item_id == tried.item_id)
            ).scalar_one()
            self.move(
                connection,
                tried.item_id,
                self._state(connection, tried.item_id),
                State.REGISTERED,
                fence=tried.fence,
                why=kind,
                reason="",
                note="",
                receipt_at_core=record,
                ever_registered=True,
            )
            connection.execute(
                update(attempt)
                .where(attempt.c.attempt_id == tried.attempt_id)
                .values(outcome="registered", outcome_at=self.now(), core_record=record)
            )
            if changed_to:
                self._hold_changed(connection, tried.item_id)
                return
            connection.execute(insert(outbox).values(item_id=tried.item_id, core_receipt=record, created_at=self.now()))

    def _hold_changed(self, connection: Connection, item_id: int) -> None:
        """The application was changed after it was sent: it is registered with the old content, a person corrects."""
        reason = Reason.CONTENT_CHANGED.value
        self.move(connection, item_id, State.REGISTERED, State.HELD, why=reason, reason=reason, note="登録の後の変更")

    def hold_after_attempt(self, tried: Attempt, reason: Reason, note: str, result: LookUpResult, kind: str) -> None:
        with self.write(Write.HOLD_AFTER_ATTEMPT) as connection:
            self._look_row(connection, tried, kind, result)
            self.move(
                connection,
                tried.item_id,
                self._state(connection, tried.item_id),
                State.HELD,
                fence=tried.fence,
                why=reason.value,
                reason=reason.value,
                note=note,
            )

    def look_again(self, tried: Attempt, result: LookUpResult, *, after_s: float) -> None:
        self._look_later(tried, result, after_s, absences=1)

    def look_later(self, tried: Attempt, result: LookUpResult, *, after_s: float) -> None:
        self._look_later(tried, result, after_s, absences=0)

    def _look_later(self, tried: Attempt, result: LookUpResult, after_s: float, absences: int) -> None:
        with self.write(Write.LOOK_LATER) as connection:
            self._look_row(connection, tried, "doubt", result)
            done = connection.execute(
                update(item)
                .where(
                    item.c.item_id == tried.item_id,
                    item.c.state == State.IN_DOUBT.value,
                    item.c.fence == tried.fence,
                    self.in_own_lane(),
                )
                .values(absent_looks=item.c.absent_looks + absences, due_at=self.later(after_s))
            )
            if done.rowcount != 1:
                raise StaleClaim("照会中の申請を別の実行が引き継いだため、この処理は中止します。")

    def useless_looks(self, tried: Attempt) -> int:
        useless = [Verdict.UNREADABLE.value, Verdict.UNTRUSTED.value]
        with self.engine.connect() as connection:
            count = select(func.count()).where(
                lookup.c.attempt_id == tried.attempt_id, lookup.c.kind == "doubt", lookup.c.verdict.in_(useless)
            )
            return int(connection.execute(count).scalar_one())

    def try_again(self, tried: Attempt, result: LookUpResult) -> State:
        with self.write(Write.TRY_AGAIN) as connection:
            changed_to = connection.execute(
                select(item.c.changed_to).where(item.c.item_id == tried.item_id)
            ).scalar_one()
            end = State.HELD if changed_to else State.PENDING
            reason = Reason.CONTENT_CHANGED.value if changed_to else ""
            self._look_row(connection, tried, "doubt", result)
            connection.execute(
                update(attempt)
                .where(attempt.c.attempt_id == tried.attempt_id)
                .values(outcome="absent", outcome_at=self.now())
            )
            self.move(
                connection,
                tried.item_id,
                State.IN_DOUBT,
                end,
                fence=tried.fence,
                why="absent",
                due_at=self.now(),
                reason=reason,
                note="",
            )
        return end

    def own_records(self, core: str, most: int) -> Sequence[tuple[str, bytes]]:
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(attempt.c.core_record, attempt.c.plan)
                .join(item, item.c.item_id == attempt.c.item_id)
                .where(item.c.core == core, attempt.c.outcome == "registered")
                .where(item.c.state.in_([State.REGISTERED.value, State.REPORTED.value]))
                .where(func.length(attempt.c.plan) > 0)
                .order_by(attempt.c.attempt_id.desc())
                .limit(most)
            ).all()
        return [(row.core_record, self.sealer.unseal(row.plan, PLAN_PURPOSE)) for row in rows]

    # ---- the source is told ----------------------------------------------------------------------------------

    def outbox(self) -> Sequence[Report]:
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(outbox.c.outbox_id, outbox.c.item_id, outbox.c.core_receipt, item.c.receipt_no, item.c.revision)
                .join(item, item.c.item_id == outbox.c.item_id)
                .where(outbox.c.done_at.is_(None), item.c.state == State.REGISTERED.value)
                .order_by(outbox.c.outbox_id)
            ).all()
            self.trust(connection, "outbox", [r.outbox_id for r in rows])
            self.trust(connection, "item", [r.item_id for r in rows])
        return [Report(r.outbox_id, r.item_id, r.receipt_no, r.core_receipt, r.revision) for r in rows]

    def reported(self, report: Report) -> None:
        with self.write(Write.REPORTED) as connection:
            connection.execute(update(outbox).where(outbox.c.outbox_id == report.outbox_id).values(done_at=self.now()))
            self.move(connection, report.item_id, State.REGISTERED, State.REPORTED)

    def report_refused(self, report: Report, reason: Reason, note: str) -> None:
        with self.write(Write.REPORT_REFUSED) as connection:
            self.move(
                connection,
                report.item_id,
                State.REGISTERED,
                State.HELD,
                why=reason.value,
                reason=reason.value,
                note=note,
            )

    def unreported(self) -> int:
        with self.engine.connect() as connection:
            waiting = (
                select(func.count())
                .select_from(outbox.join(item, item.c.item_id == outbox.c.item_id))
                .where(outbox.c.done_at.is_(None), item.c.state == State.REGISTERED.value)
            )
            return int(connection.execute(waiting).scalar_one())

    # ---- looked up again later -------------------------------------------------------------------------------

    def registered_since(self, core: str, since: datetime) -> Sequence[Attempt]:
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(attempt, item.c.fence.label("item_fence"), item.c.receipt_no)
                .join(item, item.c.item_id == attempt.c.item_id)
                .where(item.c.core == core, attempt.c.outcome == "registered")
                .where(item.c.state.in_([State.REGISTERED.value, State.REPORTED.value]))
                .where(since_or_unseen(core, since))
                .where(func.length(attempt.c.plan) > 0)  # emptied by purge: long since looked up again
                .order_by(attempt.c.attempt_id)
            ).all()
            self.trust(connection, "item", [row.item_id for row in rows])
            self.trust(connection, "attempt", [row.attempt_id for row in rows])
            self._confirmed_until = {**self._confirmed_until, core: last_look_up(connection)}
            return [replace(self.attempt_of(row), fence=row.item_fence, receipt_no=row.receipt_no) for row in rows]

    def count_registered_since(self, core: str, since: datetime) -> int:
        with self.engine.connect() as connection:
            found = (
                select(func.count())
                .select_from(attempt.join(item, item.c.item_id == attempt.c.item_id))
                .where(item.c.core == core, attempt.c.outcome == "registered")
                .where(item.c.state.in_([State.REGISTERED.value, State.REPORTED.value]))
                .where(since_or_unseen(core, since), func.length(attempt.c.plan) > 0)
            )
            return int(connection.execute(found).scalar_one())

    def reconciled_until(self, core: str) -> datetime | None:
        with self.engine.connect() as connection:
            value = connection.execute(
                select(control.c.value).where(control.c.key == f"reconciled:{core}")
            ).scalar_one_or_none()
        return None if value is None else moment_of(value)

    def reconciled(self, core: str, until: datetime) -> None:
        key = f"reconciled:{core}"
        with self.write(Write.RECONCILED) as connection:
            connection.execute(control.delete().where(control.c.key == key))
            connection.execute(insert(control).values(key=key, value=text_of(until)))
            note_seen(connection, core, self._confirmed_until.get(core, 0))

    def hold_after_registration(self, tried: Attempt, reason: Reason, note: str, result: LookUpResult) -> None:
        with self.write(Write.HOLD_AFTER_REGISTRATION) as connection:
            self._look_row(connection, tried, "reconcile", result)
            self.move(
                connection,
                tried.item_id,
                self._state(connection, tried.item_id),
                State.HELD,
                why=reason.value,
                reason=reason.value,
                note=note,
            )
