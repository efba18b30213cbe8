"""Procedures whose form has changed its columns: nothing of them is handed on any more, whichever application showed it."""

from __future__ import annotations

from collections.abc import Sequence

from bridge_agent.domain.application import Delivered, Listed
from bridge_agent.domain.reasons import Reason

UNKNOWN = ""
"""The column that tells the procedure is itself not there: then no procedure can be trusted."""


class StoppedProcedures:
    def __init__(self) -> None:
        self._notes: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def stop(self, procedure_code: str, note: str, name: str = "") -> None:
        """`name`: what the source's list calls the procedure, where one is at hand."""
        self._notes.setdefault(procedure_code, note)
        if procedure_code and name not in ("", procedure_code):
            self._names.setdefault(procedure_code, name)

    def refusal(self, listed: Listed) -> Delivered | None:
        note = self._notes.get(UNKNOWN, self._notes.get(listed.procedure_code))
        if note is None:
            return None
        return Delivered(listed, None, Reason.PACKAGE_COLUMN, f"{note}。同じ手続のほかの申請も止めました")

    def remarks(self) -> Sequence[str]:
        return [
            f"手続{self._called(code)}の申請データの列が決まりと違います（{note}）。まだ入力していないこの手続の"
            "申請は、すべて保留しました。情報担当者に列の変更を確かめてもらってください。"
            for code, note in self._notes.items()
        ]

    def _called(self, code: str) -> str:
        if name := self._names.get(code):
            return f"「{name}」（{code}）"
        return f" {code} " if code else ""
