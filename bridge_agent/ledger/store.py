"""The ledger over SQL: everything the pipeline's port asks for, and the moves a person may make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.reasons import WAIVABLE, Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.purge import Purging
from bridge_agent.ledger.tables import attempt
from bridge_agent.ledger.writing import WAIVED

CLOSING_REASONS = frozenset({Reason.WITHDRAWN, Reason.ENTERED_BY_HAND, Reason.DISMISSED})


class SqlLedger(Purging):
    """`lock_folder` is where lane locks stand; None only for a ledger in memory."""

    def with_locks(self, folder: Path) -> SqlLedger:
        self.lock_folder = folder
        return self

    def release(self, receipt_no: str, who: str) -> State:
        """held -> pending. Refused for an item that has an attempt: registering again needs two persons.

        After a restore -> in_doubt: it may have been entered since the backup, so a look-up comes first.
        """
        with self.write(Write.RELEASE) as connection:
            row = self._held(connection, receipt_no)
            if self.attempt_count(connection, row.item_id) or row.ever_registered:
                if row.reason == Reason.ABSENT_AFTER_RESTORE:
                    raise ConfigError(
                        f"受付番号 {receipt_no} は台帳の復元の後の保留です。基幹システムに無いことを2人で確かめ、"
                        "bridge-agent ledger release-absent で解除してください。"
                    )
                can_look = self._open_attempt(connection, row.item_id) is not None
                again = "次の実行でもう一度照会させるには bridge-agent hold look-again を使ってください。"
                settled = "照会の結果は決まっています。情報担当者に相談してください。保留の一覧に残ります。"
                raise ConfigError(
                    f"受付番号 {receipt_no} には登録操作の記録があるため、保留を解除できません。"
                    f"証跡を bridge-agent show で確かめてください。{again if can_look else settled}"
                )
            if row.reason in WAIVABLE:
                self.record(connection, WAIVED, row.item_id, reason=row.reason, content=row.content_hash, who=who)
            # without content or core there is nothing to look up yet; marked as restored it is not claimed
            end = State.IN_DOUBT if row.restored and row.content and row.core else State.PENDING
            self.move(
                connection,
                row.item_id,
                State.HELD,
                end,
                why=f"released by {who}",
                reason="",
                note="",
                due_at=self.now(),
                tries=0,
            )
            return end

    def ask_again(self, receipt_no: str, who: str) -> None:
        """held -> in_doubt: the attempt is looked up once more in the next run, and settled like any other doubt.

        Refused without an open attempt: there is nothing to look up, or a look-up has settled it already.
        """
        with self.write(Write.ASK_AGAIN) as connection:
            row = self._held(connection, receipt_no)
            open_one = self._open_attempt(connection, row.item_id)
            if open_one is None:
                raise ConfigError(
                    f"受付番号 {receipt_no} には結果の決まっていない登録操作がないため、照会し直すものがありません。"
                )
            self.trust(connection, "attempt", [open_one.attempt_id])
            self.move(
                connection,
                row.item_id,
                State.HELD,
                State.IN_DOUBT,
                new_fence=self._next_fence(connection),
                why=f"asked again by {who}",
                reason="",
                note=open_one.answer or "crashed",  # what the attempt's doubt was decides what a look-up may conclude
                due_at=self.now(),
                absent_looks=0,
            )

    @staticmethod
    def _open_attempt(connection: Connection, item_id: int) -> Row[Any, Any] | None:
        """The attempt whose outcome no look-up has settled: its number and answer."""
        tried = select(attempt.c.attempt_id, attempt.c.answer)
        still_open = (attempt.c.item_id == item_id) & attempt.c.outcome.is_(None)
        return connection.execute(tried.where(still_open)).one_or_none()

    def close_held(self, receipt_no: str, reason: Reason, who: str, core_record: str = "") -> None:
        """held -> closed, with a reason. Refused for an item that has an attempt, until people have roles."""
        if reason not in CLOSING_REASONS:
            raise ConfigError("終了の理由は withdrawn・entered_by_hand・dismissed のどれかです。")
        if reason is Reason.ENTERED_BY_HAND and not core_record:
            raise ConfigError("手入力済で終了するときは、基幹側の受付番号（--record）が必要です。")
        with self.write(Write.CLOSE_HELD) as connection:
            row = self._held(connection, receipt_no)
            if self.attempt_count(connection, row.item_id):
                raise ConfigError(
                    f"受付番号 {receipt_no} には登録操作の記録があるため、この版では終了できません。"
                    "証跡を show で確かめ、情報担当者に相談してください。"
                )
            self.move(
                connection,
                row.item_id,
                State.HELD,
                State.CLOSED,
                why=f"{reason.value} by {who}",
                reason=reason.value,
                receipt_at_core=core_record,
                content=None,
            )
