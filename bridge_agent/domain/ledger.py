"""The ledger as the pipeline sees it: the judge of what has happened, one durable write per method.

Every method is one transaction, committed and fsynced before it returns. A method that finds another owner or
another state than expected raises StaleClaim and changes nothing: its caller must stop touching the item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from bridge_agent.domain.application import Application
from bridge_agent.domain.breaker import Breaker, OpenBreaker
from bridge_agent.domain.ledger_records import (
    Attempt,
    AttemptFacts,
    Claim,
    Doubt,
    Forgotten,
    HeldItem,
    Intake,
    IntakeRecord,
    KnownItem,
    LaneOwner,
    Leftover,
    ProcedureBalance,
    Report,
)
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer, LookUpResult
from bridge_agent.domain.work_item import State, WorkItem


class Ledger(Protocol):
    # ---- runs -------------------------------------------------------------------------------------------------
    def start_run(self, kind: str) -> int: ...

    def end_run(self, run_id: int, exit_code: int, summary: Mapping[str, object]) -> None: ...

    def in_scope(self, run_id: int, receipt_numbers: Sequence[tuple[str, str, str]]) -> int:
        """Note the source's list (source, scope, receipt number) plus everything open from before; returns how many."""
        ...

    def stop_requested(self, since: datetime) -> bool:
        """Has a person said stop since then? A later run does not take the message away from an earlier one."""
        ...

    # ---- intake -----------------------------------------------------------------------------------------------
    def known(self, source: str, scope: str, receipt_no: str) -> KnownItem | None: ...

    def take_in(self, source: str, scope: str, record: IntakeRecord) -> tuple[Intake, int]: ...

    def without_content(self) -> Sequence[tuple[str, str, str]]:
        """Pending items whose package, or whose newer revision, was refused: receipt number, procedure, its name."""
        ...

    def homeless(self) -> Sequence[tuple[int, Application]]:
        """Pending items that no lane can claim, because no recipe was there when they came in."""
        ...

    def rehome(self, item_id: int, record: IntakeRecord) -> None:
        """Give a homeless item its procedure and core, or hold it again."""
        ...

    def stop_forms(self, changed: Mapping[str, str], *, finished: bool) -> None:
        """Procedure ('' = every one) -> note: what waits of it is held, and nothing of it is claimed until this is said anew.

        `finished`: the source's whole list has been taken in, and there are no others.
        """
        ...

    def unfinished_stops(self) -> Mapping[str, str]:
        """What was said by a collection that did not come to its end."""
        ...

    def collected(self) -> None:
        """The source's whole list has been taken in; ends the caution that follows a restore."""
        ...

    # ---- after a restore --------------------------------------------------------------------------------------
    def forgotten(self, core: str) -> Sequence[Forgotten]: ...

    def reconstruct(self, item_id: int, lane: str, plan: bytes, *, due_after_s: float) -> None:
        """Write the attempt that may have been made after the backup, open, so that it is settled like any other."""
        ...

    def hold_forgotten(self, item_id: int, reason: Reason, note: str) -> None:
        """in_doubt -> held: there is no plan to look it up with."""
        ...

    # ---- the lane's moves -------------------------------------------------------------------------------------
    def lane(self, lane: str) -> AbstractContextManager[None]:
        """Own a lane for as long as the block lasts. Raises LaneBusy when another process owns it."""
        ...

    def lane_owner(self, lane: str) -> LaneOwner | None: ...

    def keep_lane(self, lane: str) -> None:
        """A sign of life; call it wherever time passes. Writes only when a third of the lease has gone by."""
        ...

    def breaker(self, lane: str) -> OpenBreaker | None:
        """The lane's circuit breaker when it is open."""
        ...

    def open_breaker(self, lane: str, why: Breaker, note: str) -> None:
        """Nothing is entered in this lane until a person restarts it. The first reason stays."""
        ...

    def other_lanes(self, core: str, lane: str) -> Sequence[str]:
        """Lanes of this core, under other names, that left items in hand or unsettled (the account was renamed)."""
        ...

    def adopt(self, core: str, former: str, lane: str) -> None:
        """What the former lane left unsettled at this core is this lane's from now on."""
        ...

    def leftovers(self, lane: str, core: str) -> Sequence[Leftover]: ...

    def recover(self, leftover: Leftover, *, sender_dead: bool, settle_s: float) -> State:
        """claimed -> pending, armed -> in_doubt, others stay; raises the fence: the former owner can write no more."""
        ...

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
        """The next pending item of the core that is due, oldest arrival first; None when there is none.

        `skip` names procedures that have been stopped, `passed` items that this run has already rehearsed.
        """
        ...

    def put_back(self, claim: Claim, why: str, *, after_s: float, counts: bool = True, awaited: str = "") -> None:
        """claimed -> pending: nothing was sent. `counts` = it failed, and is not tried for ever.

        `awaited` names a prerequisite: then it is not claimed again before `after_s` have passed.
        """
        ...

    def hold(self, claim: Claim, reason: Reason, note: str) -> None: ...

    def close_withdrawn(self, claim: Claim) -> None: ...

    def arm(self, claim: Claim, facts: AttemptFacts) -> Attempt:
        """claimed -> armed. When this returns, and only then, the register action may be made."""
        ...

    def seen(self, attempt: Attempt, answer: Answer, evidence_sha256: str) -> None: ...

    def in_doubt(
        self, attempt: Attempt, why: str, answer: Answer | None, *, due_after_s: float, evidence_sha256: str = ""
    ) -> None:
        """armed or seen -> in_doubt."""
        ...

    def sender_stopped(self, lane: str, sender: Sender | None, settle_s: float) -> None:
        """This browser is proven dead now: the doubts it left (and no others) may be settled after `settle_s`."""
        ...

    # ---- settling ---------------------------------------------------------------------------------------------
    def owed(self, lane: str) -> Sequence[Doubt]:
        """Items whose completion screen was seen and whose look-up is owed."""
        ...

    def doubts(self, lane: str) -> Sequence[Doubt]: ...

    def looked(self, attempt: Attempt, kind: str, result: LookUpResult) -> None:
        """Append a look-up row; no state changes."""
        ...

    def registered(self, attempt: Attempt, result: LookUpResult, kind: str) -> None:
        """seen or in_doubt -> registered, outcome of the attempt, look-up row and outbox row in one transaction."""
        ...

    def hold_after_attempt(self, attempt: Attempt, reason: Reason, note: str, result: LookUpResult, kind: str) -> None:
        """seen or in_doubt -> held. The attempt stays open, so no second attempt is possible before a decision."""
        ...

    def look_again(self, attempt: Attempt, result: LookUpResult, *, after_s: float) -> None:
        """Absent once: the doubt stays, to be looked up a second time."""
        ...

    def look_later(self, attempt: Attempt, result: LookUpResult, *, after_s: float) -> None:
        """The look-up could not be trusted or read: the doubt stays, and the look does not count as absence."""
        ...

    def useless_looks(self, attempt: Attempt) -> int:
        """How many look-ups of this attempt could not be trusted or read."""
        ...

    def try_again(self, attempt: Attempt, result: LookUpResult) -> State:
        """in_doubt -> pending after proven absence under the declared policy; closes the attempt as absent.

        -> held when the application was changed meanwhile: the old content is never sent again.
        """
        ...

    def own_records(self, core: str, most: int) -> Sequence[tuple[str, bytes]]:
        """Latest records of ours (core record id, look-up plan), for a canary where the profile names none."""
        ...

    # ---- reporting and reconciliation -------------------------------------------------------------------------
    def outbox(self) -> Sequence[Report]: ...

    def reported(self, report: Report) -> None: ...

    def report_refused(self, report: Report, reason: Reason, note: str) -> None:
        """registered -> held: the source says something else than we are about to tell it."""
        ...

    def registered_since(self, core: str, since: datetime) -> Sequence[Attempt]:
        """Successful attempts, confirmed since then, of items that are registered or reported."""
        ...

    def held_since(self, core: str, since: datetime) -> Sequence[HeldItem]:
        """Held items of this core that came in or changed since then."""
        ...

    def counted(self, item_id: int, count: int) -> None:
        """How many records beyond the baseline the core has of a held item, written beside its reason."""
        ...

    def count_registered_since(self, core: str, since: datetime) -> int: ...

    def reconciled_until(self, core: str) -> datetime | None:
        """Registrations confirmed before this moment have been looked up again; None = never reconciled."""
        ...

    def reconciled(self, core: str, until: datetime) -> None: ...

    def hold_after_registration(self, attempt: Attempt, reason: Reason, note: str, result: LookUpResult) -> None: ...

    # ---- reading ----------------------------------------------------------------------------------------------
    def open_cores(self, procedure: str) -> Sequence[str]:
        """Cores with anything pending, seen or in doubt."""
        ...

    def unreported(self) -> int:
        """Registrations that the source has not been told yet."""
        ...

    def count_pending(self, core: str, procedure: str) -> int: ...

    def balance(self, run_id: int, *, collected: bool) -> Sequence[ProcedureBalance]:
        """`collected`: everything listed was downloaded; otherwise what is not in the ledger is not yet entered."""
        ...

    def items(self, run_id: int | None = None, states: Sequence[State] = ()) -> Sequence[WorkItem]: ...
