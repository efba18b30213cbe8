"""What the ledger takes and gives: claims, attempts, doubts, balances as plain data, and what it raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bridge_agent.domain.application import Application, Listed
from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State, WorkItem

REHEARSED = "rehearsed"
"""Why an item was put back when its rehearsal came to its end: only the register press was left."""
NOT_READY = "rehearsal"
"""Why it was put back when its rehearsal did not."""


class StaleClaim(StopRunError):
    """Another process has taken over, or the item is not in the expected state."""


class LaneBusy(StopRunError):
    """Another process owns the lane."""


class LedgerUnwritable(StopRunError):
    """The ledger could not keep a write: disk full, read error, read-only, busy. Nothing may follow from it."""


class Intake(StrEnum):
    """What taking in a delivery came to."""

    NEW = "new"
    KNOWN = "known"
    """The same content again: dropped."""
    REPLACED = "replaced"
    """Never armed, other content: the new content counts."""
    CHANGED_AFTER_ATTEMPT = "changed_after_attempt"


@dataclass(frozen=True, slots=True)
class IntakeRecord:
    """What is written when an application is taken in."""

    application: Application | None
    """None when the package was refused: the item then exists without content."""
    listed: Listed
    procedure: str
    procedure_name: str
    core: str
    hold: Reason | None
    note: str
    person: str
    """宛名番号 for the same-person check, '' = none."""
    person_window: timedelta


@dataclass(frozen=True, slots=True)
class KnownItem:
    """What collect needs to know of a receipt number already in the ledger."""

    item_id: int
    state: State
    reason: str
    revision: str
    has_content: bool
    attempts: int


@dataclass(frozen=True, slots=True)
class Claim:
    """An item in this lane's hands. `fence` makes the writes of a former owner change nothing."""

    item: WorkItem
    lane: str
    fence: int
    application: Application
    baseline: tuple[str, ...] | None
    """Frozen at attempt 1; None when there has been no attempt yet."""
    taken_monotonic: float
    tries: int = 0
    """How often it was put back for technical reasons before."""
    crashes: int = 0
    """How often a process died with it in hand, before arming."""
    waived: frozenset[Reason] = frozenset()
    """What a person has answered for by releasing this very content."""


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """Everything the armed write must hold before the one register action may be made."""

    recipe_digest: str
    content_hash: str
    plan: bytes
    """The look-up part of the plan, serialised; the ledger seals it."""
    baseline: tuple[str, ...]
    canary_ok: bool | None
    fields_read: int
    fields_equal: int
    readback_fingerprint: str
    evidence_sha256: str
    submit_timeout_s: float
    sender: Sender | None = None
    """The browser that is about to register, as it is at this moment."""


@dataclass(frozen=True, slots=True)
class Attempt:
    attempt_id: int
    item_id: int
    number: int
    lane: str
    fence: int
    armed_at: datetime
    submit_deadline: datetime
    plan: bytes
    baseline: tuple[str, ...]
    core_record: str = ""
    """The core's number as the completion screen showed it, later as the look-up proved it."""
    receipt_no: str = ""
    """The application's 受付番号, where the ledger gives it along for messages."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An item whose outcome is unknown (or, for `owed`, whose look-up is still owed after the completion screen)."""

    item: WorkItem
    attempt: Attempt
    due_at: datetime
    """Not before this may an absence count: sender dead plus settle."""
    absent_looks: int
    """Trusted look-ups so far that found nothing."""
    why: str
    sender_dead: bool
    """The sender is proven dead (its process was killed or gone)."""
    restored: bool = False
    """The ledger was restored since: absence proves nothing about what was done after the backup."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """In doubt after a restore without any attempt on record: it may have been entered after the backup."""

    item_id: int
    receipt_no: str
    application: Application | None


@dataclass(frozen=True, slots=True)
class Report:
    """A line of the outbox: the source still has to be told."""

    outbox_id: int
    item_id: int
    receipt_no: str
    core_receipt: str
    revision: str
    """What was entered."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """An item that a dead process left claimed, armed, seen or in doubt, with the browser it used."""

    item_id: int
    state: State
    sender: Sender | None


@dataclass(frozen=True, slots=True)
class HeldItem:
    """A held item as reconciliation looks it up: by what its last attempt sent, else by its content."""

    item: WorkItem
    attempt: Attempt | None
    application: Application | None


@dataclass(frozen=True, slots=True)
class LaneOwner:
    """The process that owns, or last owned, a lane."""

    process: Sender
    lease_over: bool
    """It has given no sign of life for a whole lease: it hangs or stands still."""


@dataclass(frozen=True, slots=True)
class ProcedureBalance:
    """One line of the balance; every application in scope is in exactly one column."""

    procedure: str
    procedure_name: str
    approved: int
    registered: int
    already_there: int
    held: int
    in_doubt: int
    withdrawn: int
    closed: int
    not_yet_entered: int

    @property
    def difference(self) -> int:
        """Approved minus all columns: applications that are nowhere (`lost`). Must be 0."""
        return self.approved - (
            self.registered
            + self.already_there
            + self.held
            + self.in_doubt
            + self.withdrawn
            + self.closed
            + self.not_yet_entered
        )
