"""The nine states of a work item and the one table of allowed moves that SQL, console and tests share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    ARMED = "armed"
    SEEN = "seen"
    IN_DOUBT = "in_doubt"
    REGISTERED = "registered"
    REPORTED = "reported"
    HELD = "held"
    CLOSED = "closed"


STATE_NAMES: dict[State, str] = {
    State.PENDING: "入力待ち",
    State.CLAIMED: "入力中",
    State.ARMED: "送信直前",
    State.SEEN: "完了画面確認",
    State.IN_DOUBT: "結果不明",
    State.REGISTERED: "登録確認済",
    State.REPORTED: "報告済",
    State.HELD: "保留",
    State.CLOSED: "終了",
}


class Mover(StrEnum):
    """Who may make a move."""

    INTAKE = "intake"
    LANE = "lane"
    ANYONE = "anyone"
    OUTBOX = "outbox"
    RESOLUTION = "resolution"
    RECONCILIATION = "reconciliation"
    PERSON = "person"
    RESTORE = "restore"


_P, _C, _A, _S, _D = State.PENDING, State.CLAIMED, State.ARMED, State.SEEN, State.IN_DOUBT
_R, _T, _H, _X = State.REGISTERED, State.REPORTED, State.HELD, State.CLOSED

# Every pair that is not here is forbidden: armed and seen never go back to pending, closed has no exit.
MOVES: dict[tuple[State, State], frozenset[Mover]] = {
    (_P, _C): frozenset({Mover.LANE}),
    (_P, _H): frozenset({Mover.INTAKE, Mover.PERSON}),
    (_P, _X): frozenset({Mover.INTAKE, Mover.PERSON}),
    (_P, _D): frozenset({Mover.RESTORE}),
    (_C, _P): frozenset({Mover.LANE}),
    (_C, _A): frozenset({Mover.LANE}),
    (_C, _H): frozenset({Mover.LANE}),
    (_C, _X): frozenset({Mover.LANE}),
    (_C, _D): frozenset({Mover.RESTORE}),
    (_A, _S): frozenset({Mover.LANE}),
    (_A, _D): frozenset({Mover.ANYONE}),
    (_S, _R): frozenset({Mover.LANE}),
    (_S, _D): frozenset({Mover.LANE}),
    (_S, _H): frozenset({Mover.LANE}),
    (_D, _R): frozenset({Mover.RESOLUTION}),
    (_D, _P): frozenset({Mover.RESOLUTION}),
    (_D, _H): frozenset({Mover.RESOLUTION}),
    (_R, _T): frozenset({Mover.OUTBOX}),
    (_R, _H): frozenset({Mover.RECONCILIATION, Mover.INTAKE}),
    (_T, _H): frozenset({Mover.RECONCILIATION, Mover.INTAKE}),
    (_H, _P): frozenset({Mover.PERSON}),
    (_H, _D): frozenset({Mover.PERSON}),
    (_H, _X): frozenset({Mover.PERSON}),
}

STARTS: frozenset[State] = frozenset({_P, _H, _D})
"""States in which an item may come into being (in_doubt only after a restore)."""


def allowed(start: State, end: State) -> bool:
    return (start, end) in MOVES


@dataclass(frozen=True, slots=True)
class WorkItem:
    """The ledger's record of an application, without its content."""

    item_id: int
    receipt_no: str
    procedure: str
    """Recipe id, or the source's procedure code when no recipe matches."""
    procedure_name: str
    core: str
    state: State
    reason: str
    """A Reason code for held and closed, else ''."""
    note: str
    """What exactly was found (field, code point, row); never personal data."""
    attempts: int
    receipt_at_core: str
    """The core's own receipt number, '' before registration."""
    core_count: int | None = None
    """Held items: records at the core when they were last looked up again; None = not looked up."""
