"""The lane's moves: claim, put back, hold, arm, answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from bridge_agent.domain.application import Application, ApplicationKey
from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.errors import TransientError
from bridge_agent.domain.ledger_records import Attempt, AttemptFacts, Claim
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.changed_forms import EVERY
from bridge_agent.ledger.intake import application_from_bytes
from bridge_agent.ledger.owning import LaneOwning
from bridge_agent.ledger.tables import attempt, item
from bridge_agent.ledger.writing import CONTENT_PURPOSE, PLAN_PURPOSE

NOTHING = Application(ApplicationKey("", "", ""), "", "", "", "", datetime.min.replace(tzinfo=UTC), "", "", {})
"""Stands in a claim until the sealed content was read."""


class LaneMoves(LaneOwning):
    def is_due(self) -> ColumnElement[bool]:
        """Of a pending item: it does not wait for a prerequisite, or its day has come."""
        return (item.c.reason != Reason.PREREQUISITE.value) | (item.c.due_at <= self.now())

    # ---- before arming ----------------------------------------------------------------------------------------

    def claim(
        self,
        lane: str,
        core: str,
        sender: Sender | None,
        *,
        procedure: str = "",
        skip: frozenset[str] = frozenset(),
        passed: frozenset[int] = frozenset(),
    ) -> Claim | None:
        while (claimed := self._claim_row(lane, core, sender, procedure, skip, passed)) is not None:
            row, claim_without_content = claimed
            try:
                application = application_from_bytes(self.sealer.unseal(row.content, CONTENT_PURPOSE))
            except Exception as error:  # one unreadable content must not stop its core every night
                self.hold(
                    claim_without_content, Reason.PACKAGE_DAMAGED, f"台帳の内容を読めません: {type(error).__name__}"
                )
                continue
            return replace(claim_without_content, application=application)
        return None

    def _claim_row(
        self,
        lane: str,
        core: str,
        sender: Sender | None,
        procedure: str,
        skip: frozenset[str],
        passed: frozenset[int],
    ) -> tuple[Row[Any], Claim] | None:
        with self.write(Write.CLAIM) as connection:
            changed = self.stopped_forms(connection)
            if EVERY in changed:
                return None
            query = (
                select(item)
                .where(item.c.state == State.PENDING.value, item.c.core == core)
                .where(item.c.content.is_not(None), item.c.procedure.not_in(sorted(skip | changed)))
                .where(item.c.restored.is_(False))  # it may have been entered after the backup: looked up first
                .where(self.is_due())
                # one that has failed before lets the others go first
                .order_by(item.c.tries + item.c.crashes, item.c.received_at, item.c.item_id)
                .limit(1)
            )
            if procedure:
                query = query.where(item.c.procedure == procedure)
            if passed:
                query = query.where(item.c.item_id.not_in(sorted(passed)))
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            fence = self._next_fence(connection)
            self._renew(connection, lane, self.lease.seconds)
            self.move(
                connection,
                row.item_id,
                State.PENDING,
                State.CLAIMED,
                new_fence=fence,
                reason="",
                note="",
                lane=lane,
                lease_until=self.later(self.lease.seconds),
                owner_pid=self.owner.pid,
                owner_started=self.owner.started,
                owner_host=self.owner.host,
                **sender_columns(sender),
            )
            tried = connection.execute(
                select(attempt.c.attempt_id, attempt.c.baseline)
                .where(attempt.c.item_id == row.item_id)
                .order_by(attempt.c.number)
            ).all()
            self.trust(connection, "attempt", [t.attempt_id for t in tried])
            first = tried[0].baseline if tried else None
            attempts = self.attempt_count(connection, row.item_id)
            claimed = self.work_item(row, attempts)
            waived = self.waived(connection, row.item_id, row.content_hash)
        return row, Claim(
            item=claimed,
            lane=lane,
            fence=fence,
            application=NOTHING,
            baseline=None if first is None else tuple(json.loads(first)),
            taken_monotonic=self.clock.monotonic(),
            tries=row.tries,
            crashes=row.crashes,
            waived=waived,
        )

    def put_back(self, claim: Claim, why: str, *, after_s: float, counts: bool = True, awaited: str = "") -> None:
        with self.write(Write.PUT_BACK) as connection:
            self.move(
                connection,
                claim.item.item_id,
                State.CLAIMED,
                State.PENDING,
                fence=claim.fence,
                why=why,
                tries=claim.tries + (1 if counts else 0),
                due_at=self.later(after_s),
                reason=Reason.PREREQUISITE.value if awaited else "",
                note=awaited,
            )

    def hold(self, claim: Claim, reason: Reason, note: str) -> None:
        with self.write(Write.HOLD) as connection:
            self.move(
                connection,
                claim.item.item_id,
                State.CLAIMED,
                State.HELD,
                fence=claim.fence,
                why=reason.value,
                reason=reason.value,
                note=note,
            )

    def close_withdrawn(self, claim: Claim) -> None:
        with self.write(Write.CLOSE_WITHDRAWN) as connection:
            self.move(
                connection,
                claim.item.item_id,
                State.CLAIMED,
                State.CLOSED,
                fence=claim.fence,
                why=Reason.WITHDRAWN.value,
                reason=Reason.WITHDRAWN.value,
                content=None,
            )

    # ---- arming and the answer --------------------------------------------------------------------------------

    def arm(self, claim: Claim, facts: AttemptFacts) -> Attempt:
        lease = self.lease
        left = lease.seconds - lease.margin_s - (self.clock.monotonic() - claim.taken_monotonic)
        if left < facts.submit_timeout_s + lease.after_submit_s:
            raise TransientError("入力に時間がかかりすぎ、受け持ちの期限が切れました。登録はしていません。")
        with self.write(Write.ARM) as connection:
            known = select(item.c.content_hash, item.c.changed_to).where(item.c.item_id == claim.item.item_id)
            if tuple(connection.execute(known).one()) != (claim.application.content_hash, ""):
                raise TransientError("入力している間に、新しい内容が届きました。登録はしていません。")
            number = self.attempt_count(connection, claim.item.item_id) + 1
            baseline = facts.baseline if claim.baseline is None else claim.baseline
            deadline = self.later(facts.submit_timeout_s)
            primary = connection.execute(
                insert(attempt).values(
                    item_id=claim.item.item_id,
                    number=number,
                    lane=claim.lane,
                    fence=claim.fence,
                    armed_at=self.now(),
                    armed_monotonic=self.clock.monotonic(),
                    boot_id=self.owner.boot_id,
                    submit_deadline=deadline,
                    recipe_digest=facts.recipe_digest,
                    content_hash=facts.content_hash,
                    plan=self.sealer.seal(facts.plan, PLAN_PURPOSE),
                    baseline=json.dumps(list(baseline)),
                    canary_ok=facts.canary_ok,
                    fields_read=facts.fields_read,
                    fields_equal=facts.fields_equal,
                    readback_fingerprint=facts.readback_fingerprint,
                    evidence_before=facts.evidence_sha256,
                )
            ).inserted_primary_key
            assert primary is not None
            self.move(
                connection,
                claim.item.item_id,
                State.CLAIMED,
                State.ARMED,
                fence=claim.fence,
                why=f"attempt {number}",
                lease_until=self.later(self.lease.seconds + facts.submit_timeout_s),
                due_at=deadline,
                sender_dead=False,
                **sender_columns(facts.sender),
            )
            self._renew(connection, claim.lane, self.lease.seconds + facts.submit_timeout_s)
            row = connection.execute(select(attempt).where(attempt.c.attempt_id == primary[0])).one()
        return self.attempt_of(row)

    def _answer(self, connection: Connection, tried: Attempt, word: str, answer: Answer | None, sha256: str) -> None:
        values = {"answer": word, "answered_at": self.now(), "evidence_after": sha256}
        if answer is not None:
            values |= {"core_record": answer.receipt, "sent": answer.sent, "blocked": answer.blocked}  # type: ignore[dict-item]
        connection.execute(update(attempt).where(attempt.c.attempt_id == tried.attempt_id).values(**values))

    def seen(self, tried: Attempt, answer: Answer, evidence_sha256: str) -> None:
        with self.write(Write.SEEN) as connection:
            self._answer(connection, tried, "seen", answer, evidence_sha256)
            self.move(connection, tried.item_id, State.ARMED, State.SEEN, fence=tried.fence, due_at=self.now())

    def in_doubt(
        self, tried: Attempt, why: str, answer: Answer | None, *, due_after_s: float, evidence_sha256: str = ""
    ) -> None:
        with self.write(Write.IN_DOUBT) as connection:
            state = State(connection.execute(select(item.c.state).where(item.c.item_id == tried.item_id)).scalar_one())
            if state is State.ARMED:
                self._answer(connection, tried, why, answer, evidence_sha256)
            fence = tried.fence
            # a seen item keeps what is known of its sender, which may belong to a process that has died since
            dead = False if state is State.ARMED else None
            self._doubt_row(connection, tried.item_id, state, fence, why, due_after_s, dead, expected_fence=fence)

    def sender_stopped(self, lane: str, sender: Sender | None, settle_s: float) -> None:
        if sender is None:
            return
        with self.write(Write.SENDER_STOPPED) as connection:
            connection.execute(
                update(item)
                .where(
                    item.c.lane == lane,
                    item.c.state == State.IN_DOUBT.value,
                    item.c.sender_pid == sender.pid,
                    item.c.sender_started == sender.started,
                    item.c.owner_host == self.owner.host,
                    ~item.c.sender_dead,
                )
                .values(sender_dead=True, due_at=self.later(settle_s))
            )


def sender_columns(sender: Sender | None) -> dict[str, Any]:
    return {
        "sender_pid": sender.pid if sender else None,
        "sender_started": sender.started if sender else None,
        "sender_driver_pid": sender.driver_pid if sender else None,
        "sender_driver_started": sender.driver_started if sender else None,
    }
