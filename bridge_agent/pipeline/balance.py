"""The balance of a run: every approved application in exactly one column, and what that means for the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bridge_agent.domain.ledger_records import ProcedureBalance
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import WorkItem


@dataclass(frozen=True, slots=True)
class Balance:
    procedures: Sequence[ProcedureBalance]
    duplicates: int
    missing: int

    def total(self, column: str) -> int:
        return sum(getattr(p, column) for p in self.procedures)

    @property
    def lost(self) -> int:
        """Approved applications that are in no column."""
        return sum(abs(p.difference) for p in self.procedures)

    @property
    def balanced(self) -> bool:
        return self.lost == 0 and self.duplicates == 0 and self.missing == 0

    @property
    def needs_a_person(self) -> bool:
        return bool(self.total("held") or self.total("already_there") or self.total("in_doubt"))


def balance_of(procedures: Sequence[ProcedureBalance], held: Sequence[WorkItem]) -> Balance:
    """Duplicates and missing ones stay red, run after run, until a person has decided about them."""
    return Balance(
        procedures,
        duplicates=sum(i.reason == Reason.DUPLICATE_AT_CORE or (i.attempts and (i.core_count or 0) > 1) for i in held),
        missing=sum(i.reason == Reason.MISSING_AT_CORE for i in held),
    )


def exit_code(balance: Balance, *, stopped: bool, left_over: bool) -> int:
    """0 balanced, nothing to decide; 1 a person is needed; 3 stopped early, resumable; 4 the books do not balance.

    `left_over`: something stayed undone that nobody had asked to leave (not entered, not reported, not ready).
    """
    if not balance.balanced:
        return 4
    if stopped:
        return 3
    return 1 if balance.needs_a_person or left_over else 0
