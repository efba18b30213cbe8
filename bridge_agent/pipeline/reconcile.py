"""Reconciliation: every registered application is looked up again; the core must have exactly one record of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from loguru import logger

from bridge_agent.domain.ledger import Attempt
from bridge_agent.domain.ports import CoreSession, LookUpUnreadable
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import LookUpResult, Verdict
from bridge_agent.pipeline.look_up import matches, plan_from_bytes
from bridge_agent.pipeline.night import CoreAccess, Night


@dataclass(slots=True)
class Reconciled:
    """`duplicates`: the core has two; `missing`: the ledger says registered, the core has none."""

    checked: int = 0
    duplicates: int = 0
    missing: int = 0
    unreadable: int = 0


def reconcile_core(night: Night, access: CoreAccess, session: CoreSession, since: datetime, sums: Reconciled) -> None:
    """Look up everything this core was given since `since`; differences go to the hold desk."""
    attempts = night.ledger.registered_since(access.profile.core, since)
    night.progress.stage(f"{access.profile.name}と突き合わせ", len(attempts))
    for attempt in attempts:
        _reconcile_one(night, session, attempt, sums)
    night.progress.done()


def _reconcile_one(night: Night, session: CoreSession, attempt: Attempt, sums: Reconciled) -> None:
    sums.checked += 1
    try:
        found, rows_read = matches(session, plan_from_bytes(attempt.plan))
    except LookUpUnreadable:
        sums.unreadable += 1
        logger.error("照会画面を読めず、突き合わせができない登録があります。")
        return
    new = tuple(r for r in found if r.record_id not in attempt.baseline)
    if len(new) == 1:
        night.progress.advance(new[0].record_id, "一致")
        return
    if new:
        sums.duplicates += 1
        reason, verdict = Reason.DUPLICATE_AT_CORE, Verdict.DUPLICATE
    else:
        sums.missing += 1
        reason, verdict = Reason.MISSING_AT_CORE, Verdict.ABSENT
    note = "・".join(r.record_id for r in new)
    night.ledger.hold_after_registration(attempt, reason, note, LookUpResult(verdict, new, (), rows_read))
