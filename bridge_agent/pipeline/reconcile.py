"""Reconciliation: every registered application is looked up again; the core must have exactly its one record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from loguru import logger

from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.ledger import Attempt
from bridge_agent.domain.ports import CoreSession, LookUpUnreadable
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import CoreRecord, LookUpResult, Verdict
from bridge_agent.pipeline.look_up import fixed_canary, matches, plan_from_bytes
from bridge_agent.pipeline.night import CoreAccess, Night

HOLDS = {
    Verdict.DUPLICATE: Reason.DUPLICATE_AT_CORE,
    Verdict.ABSENT: Reason.MISSING_AT_CORE,
    Verdict.MISMATCH: Reason.MISMATCH,
}


FROM_THE_FIRST = datetime.min.replace(year=2000, tzinfo=UTC)
"""Before any registration."""


@dataclass(slots=True)
class Reconciled:
    """`duplicates`: the core has two; `missing`: the ledger says registered, the core has none."""

    checked: int = 0
    duplicates: int = 0
    missing: int = 0
    unreadable: int = 0


def since_last_time(night: Night, access: CoreAccess, run_started: datetime) -> datetime:
    """Where this core's reconciliation has to begin: a run that died or was stopped has not been looked at."""
    until = night.ledger.reconciled_until(access.profile.core)
    return min(until, run_started) if until is not None else FROM_THE_FIRST


def reconcile_core(night: Night, access: CoreAccess, session: CoreSession, since: datetime, sums: Reconciled) -> None:
    """Look up everything that was confirmed at this core since then; differences go to the hold desk."""
    begun = night.clock.now()
    attempts = night.ledger.registered_since(access.profile.core, since)
    night.progress.stage(f"{access.profile.name}と突き合わせ", len(attempts))
    unreadable = sums.unreadable
    for attempt in attempts:
        _reconcile_one(night, access, session, attempt, sums)
    night.progress.done()
    until = night.ledger.reconciled_until(access.profile.core)
    unbroken = since == FROM_THE_FIRST or (until is not None and since <= until)
    if sums.unreadable == unreadable and unbroken:
        night.ledger.reconciled(access.profile.core, begun)


def _reconcile_one(night: Night, access: CoreAccess, session: CoreSession, attempt: Attempt, sums: Reconciled) -> None:
    sums.checked += 1
    try:
        new, rows_read = _look(session, attempt)
        if not new:
            # one look that shows nothing is no proof: a known record must be found, and a second look agree
            with action(Action.CANARY):
                found = fixed_canary(access, session)
            if found is False:
                raise LookUpUnreadable("canary")
            night.clock.wait(access.profile.limits.visibility_max_s)
            new, rows_read = _look(session, attempt)
    except LookUpUnreadable as error:
        sums.unreadable += 1
        logger.error("照会画面を読めず、突き合わせができない登録があります（{}）。", error.why)
        return
    verdict = _judge(new, attempt)
    if verdict is Verdict.FOUND:
        night.progress.advance(new[0].record_id, "一致")
        return
    sums.duplicates += verdict is Verdict.DUPLICATE
    sums.missing += verdict is Verdict.ABSENT
    note = "・".join(r.record_id for r in new)
    night.ledger.hold_after_registration(attempt, HOLDS[verdict], note, LookUpResult(verdict, new, (), rows_read))


def _look(session: CoreSession, attempt: Attempt) -> tuple[tuple[CoreRecord, ...], int]:
    with action(Action.LOOK_RECONCILE):
        found, rows_read = matches(session, plan_from_bytes(attempt.plan))
    return tuple(r for r in found if r.record_id not in attempt.baseline), rows_read


def _judge(new: tuple[CoreRecord, ...], attempt: Attempt) -> Verdict:
    """Exactly one, and it is the record that was confirmed: another one in its place is not ours."""
    if not new:
        return Verdict.ABSENT
    if len(new) > 1:
        return Verdict.DUPLICATE
    return Verdict.FOUND if new[0].record_id == attempt.core_record else Verdict.MISMATCH
