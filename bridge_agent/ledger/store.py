"""The ledger over SQL: everything the pipeline's port asks for, and the moves a person may make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import STATE_NAMES, State
from bridge_agent.ledger.reading import Reading
from bridge_agent.ledger.tables import item

CLOSING_REASONS = frozenset({Reason.WITHDRAWN, Reason.ENTERED_BY_HAND, Reason.DISMISSED})


class SqlLedger(Reading):
    """`lock_folder` is where lane locks stand; None only for a ledger in memory."""

    def with_locks(self, folder: Path) -> SqlLedger:
        self.lock_folder = folder
        return self

    def release(self, receipt_no: str, who: str) -> None:
        """held -> pending. Refused for an item that has an attempt: registering again needs two persons."""
        with self.write(Write.RELEASE) as connection:
            row = self._held(connection, receipt_no)
            if self.attempt_count(connection, row.item_id) or row.ever_registered:
                raise ConfigError(
                    f"受付番号 {receipt_no} には登録操作の記録があるため、保留を解除できません。"
                    "基幹システムで登録の有無を確かめ、手作業で処理して hold close してください。"
                )
            self.move(
                connection,
                row.item_id,
                State.HELD,
                State.PENDING,
                why=f"released by {who}",
                reason="",
                note="",
                due_at=self.now(),
                tries=0,
            )

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
