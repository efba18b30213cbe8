"""After a restore the ledger has forgotten something, and nobody knows what: whatever may have been entered since the
backup is looked up at the core before anything is entered again, and what is not found there is for two persons.

An item marked `restored` is never claimed. Without an attempt of its own it is given a reconstructed one (number 0, empty
baseline, armed at the moment of the backup), and then settled like any other doubt.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, or_, select, update

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ledger_records import Forgotten
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.intake import application_from_bytes
from bridge_agent.ledger.keeping import Keeping
from bridge_agent.ledger.tables import attempt, control, event_log, item, meta
from bridge_agent.ledger.writing import CONTENT_PURPOSE, PLAN_PURPOSE, text_of

RECONSTRUCTED = 0
"""Number of an attempt that is only known to be possible."""
RESTORED = "restored"


class Restoring(Keeping):
    def restored(self, epoch: int, backup_at: datetime, who: str, not_before: str = "") -> None:
        """This ledger was a backup until now: a new epoch begins, and everything open is in doubt.

        `not_before` is a time that is known to have passed, should the clock have been set back.
        """
        with self.write(Write.RESTORE) as connection:
            kept_until = connection.execute(
                select(event_log.c.event_id).order_by(event_log.c.event_id.desc()).limit(1)
            ).scalar_one_or_none()
            connection.execute(update(meta).where(meta.c.key == "epoch").values(value=str(epoch)))
            connection.execute(delete(meta).where(meta.c.key == "backup_at"))
            marks = {
                "restored_at": max(self.now(), not_before),
                "restored_from": text_of(backup_at),
                "restored_collect": "open",
            }
            connection.execute(delete(control).where(control.c.key.in_(list(marks))))
            connection.execute(insert(control), [{"key": key, "value": value} for key, value in marks.items()])
            self.record(
                connection,
                "restored",
                None,
                epoch=epoch,
                kept_until=kept_until or 0,
                backup_at=marks["restored_from"],
                who=who,
            )
            self._doubt_everything_open(connection)

    def _doubt_everything_open(self, connection: Connection) -> None:
        unsure: dict[str, Any] = {"restored": True, "sender_dead": False, "absent_looks": 0, "due_at": self.now()}
        going = [State.PENDING, State.CLAIMED, State.ARMED, State.SEEN]
        lookable = item.c.content.is_not(None) & (item.c.core != "")
        rows = connection.execute(
            select(item.c.item_id, item.c.state)
            .where(item.c.state.in_([s.value for s in going]))
            .where(or_(item.c.state != State.PENDING.value, lookable))
        ).all()
        for row in rows:
            start, fence = State(row.state), self._next_fence(connection)
            self.move(
                connection, row.item_id, start, State.IN_DOUBT, why=RESTORED, new_fence=fence, note=RESTORED, **unsure
            )
        # a pending one without content or core is not claimed either, and goes in doubt when it has both
        rest = [State.PENDING.value, State.HELD.value]
        connection.execute(
            update(item).where(item.c.state.in_(rest), item.c.ever_registered.is_(False)).values(restored=True)
        )
        connection.execute(update(item).where(item.c.state == State.IN_DOUBT.value).values(**unsure))

    def collected(self) -> None:
        with self.engine.connect() as connection:
            mark = select(control.c.value).where(control.c.key == "restored_collect")
            if connection.execute(mark).scalar_one_or_none() is None:
                return
        with self.write(Write.COLLECTED) as connection:
            connection.execute(delete(control).where(control.c.key == "restored_collect"))
            self.record(connection, "collected_after_restore", None)

    def forgotten(self, core: str) -> Sequence[Forgotten]:
        open_one = exists().where(
            attempt.c.item_id == item.c.item_id, attempt.c.outcome.is_(None) | (attempt.c.outcome == "registered")
        )
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(item.c.item_id, item.c.receipt_no, item.c.content)
                .where(item.c.state == State.IN_DOUBT.value, item.c.core == core, ~open_one)
                .order_by(item.c.item_id)
            ).all()
            self.trust(connection, "item", [row.item_id for row in rows])
        return [
            Forgotten(
                row.item_id,
                row.receipt_no,
                application_from_bytes(self.sealer.unseal(row.content, CONTENT_PURPOSE)) if row.content else None,
            )
            for row in rows
        ]

    def reconstruct(self, item_id: int, lane: str, plan: bytes, *, due_after_s: float) -> None:
        with self.write(Write.RECONSTRUCT) as connection:
            row = connection.execute(select(item).where(item.c.item_id == item_id)).one()
            first = connection.execute(
                select(attempt.c.baseline).where(attempt.c.item_id == item_id).order_by(attempt.c.number).limit(1)
            ).scalar_one_or_none()
            since = connection.execute(
                select(control.c.value).where(control.c.key == "restored_from")
            ).scalar_one_or_none()
            fence = self._next_fence(connection)
            connection.execute(
                insert(attempt).values(
                    item_id=item_id,
                    number=RECONSTRUCTED,
                    lane=lane,
                    fence=fence,
                    armed_at=since or row.created_at,
                    armed_monotonic=0.0,
                    boot_id="",
                    submit_deadline=self.now(),
                    recipe_digest="reconstructed",
                    content_hash=row.content_hash,
                    plan=self.sealer.seal(plan, PLAN_PURPOSE),
                    baseline=first or json.dumps([]),
                    fields_read=0,
                    fields_equal=0,
                    readback_fingerprint="",
                    answer="reconstructed",
                )
            )
            connection.execute(
                update(item)
                .where(item.c.item_id == item_id, item.c.state == State.IN_DOUBT.value)
                .values(lane=lane, fence=fence, due_at=self.later(due_after_s), absent_looks=0)
            )
            self.record(connection, "attempt_reconstructed", item_id)

    def hold_forgotten(self, item_id: int, reason: Reason, note: str) -> None:
        with self.write(Write.HOLD_FORGOTTEN) as connection:
            self.move(connection, item_id, State.IN_DOUBT, State.HELD, why=reason.value, reason=reason.value, note=note)

    def absent_after_restore(self) -> Sequence[str]:
        """Receipt numbers that two persons may release."""
        reason = Reason.ABSENT_AFTER_RESTORE.value
        with self.engine.connect() as connection:
            query = select(item.c.receipt_no).where(item.c.state == State.HELD.value, item.c.reason == reason)
            return list(connection.execute(query.order_by(item.c.receipt_no)).scalars())

    def release_absent(self, receipt_numbers: Sequence[str], first: str, second: str) -> None:
        """held -> pending of applications that no core has: two persons have made sure of each. All or none."""
        if not _name(first) or not _name(second) or _name(first) == _name(second):
            raise ConfigError("確かめた2人の、別々の名前（--first と --second）が必要です。")
        with self.write(Write.RELEASE_ABSENT) as connection:
            for receipt_no in receipt_numbers:
                row = self._held(connection, receipt_no)
                if row.reason != Reason.ABSENT_AFTER_RESTORE or row.ever_registered:
                    raise ConfigError(f"受付番号 {receipt_no} は「復元の後の照会で見つからない」保留ではありません。")
                connection.execute(
                    update(attempt)
                    .where(attempt.c.item_id == row.item_id, attempt.c.outcome.is_(None))
                    .values(outcome="absent", outcome_at=self.now())
                )
                self.move(
                    connection,
                    row.item_id,
                    State.HELD,
                    State.PENDING,
                    why=f"absent after restore; released by {first} and {second}",
                    reason="",
                    note="",
                    due_at=self.now(),
                    tries=0,
                    crashes=0,
                    restored=False,
                )


def _name(text: str) -> str:
    """Two spellings of one name are one person."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
