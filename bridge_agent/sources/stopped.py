"""Procedures whose form has changed its columns: nothing of them is handed on any more, whichever application showed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge_agent.domain.application import Delivered, Listed
from bridge_agent.domain.reasons import Reason

UNKNOWN = ""
"""The column that tells the procedure is itself not there: then no procedure can be trusted."""

_ALSO = {
    False: "同じ手続のほかの申請も止めました",
    True: "どの手続か分からないため、ほかの申請もすべて止めました",
}
_STOPPED = {
    False: "この手続の申請は、今回は1件も入力しません。入力を待っていた申請は保留の一覧にあります。",
    True: "今回は、どの手続の申請も1件も入力しません。入力を待っていた申請は保留の一覧にあります。",
}


class StoppedProcedures:
    def __init__(self) -> None:
        self._notes: dict[str, str] = {}
        self._names: dict[str, str] = {}

    @property
    def notes(self) -> Mapping[str, str]:
        """手続コード -> the note with which its other applications are held."""
        return {code: f"{note}。{_ALSO[not code]}" for code, note in self._notes.items()}

    def stop(self, procedure_code: str, note: str, name: str = "") -> None:
        """`name`: what the source's list calls the procedure, where one is at hand."""
        self._notes.setdefault(procedure_code, note)
        if procedure_code and name not in ("", procedure_code):
            self._names.setdefault(procedure_code, name)

    def refusal(self, listed: Listed) -> Delivered | None:
        note = self.notes.get(UNKNOWN, self.notes.get(listed.procedure_code))
        return None if note is None else Delivered(listed, None, Reason.PACKAGE_COLUMN, note)

    def remarks(self) -> Sequence[str]:
        return [
            f"{self._called(code)}の申請データの列が決まりと違います（{note}）。{_STOPPED[not code]}"
            "情報担当者に列の変更を確かめてもらってください。"
            for code, note in self._notes.items()
        ]

    def _called(self, code: str) -> str:
        if name := self._names.get(code):
            return f"手続「{name}」（{code}）"
        return f"手続 {code} " if code else "どの手続か分からない申請"
