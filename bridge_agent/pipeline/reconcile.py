"""Reconciliation: everything registered, reported or held lately is looked up again; the core must have exactly one.

This finds late commits, silent duplicates and broken assumptions, which appear nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from loguru import logger

from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.ledger_records import Attempt, HeldItem
from bridge_agent.domain.plan import LookUpPlan
from bridge_agent.domain.ports import CoreSession, LookUpUnreadable
from bridge_agent.domain.reasons import WAIVABLE, Reason
from bridge_agent.domain.result import CoreRecord, LookUpResult, Verdict
from bridge_agent.pipeline.look_up import Ours, differences, fixed_canary, matches, plan_from_bytes
from bridge_agent.pipeline.night import CoreAccess, Night

FROM_THE_FIRST = datetime.min.replace(year=2000, tzinfo=UTC)
"""Before any registration."""


@dataclass(slots=True)
class Reconciled:
    """`duplicates`: the core has two; `missing`: the ledger says registered, the core has not that record."""

    checked: int = 0
    duplicates: int = 0
    missing: int = 0
    unreadable: int = 0
    notices: list[str] = field(default_factory=list)
    """Japanese sentences for the sheet: corrected by somebody since, held but registered."""


def since_last_time(night: Night, access: CoreAccess, run_started: datetime) -> datetime:
    """Where this core's reconciliation has to begin: the last days, and whatever no run has looked at yet."""
    until = night.ledger.reconciled_until(access.profile.core)
    if until is None:
        return FROM_THE_FIRST
    return min(until, run_started - timedelta(days=night.options.look_back_days))


def reconcile_core(night: Night, access: CoreAccess, session: CoreSession, since: datetime, sums: Reconciled) -> None:
    """Look up everything of this core since then; differences go to the hold desk."""
    begun = night.clock.now()
    attempts = night.ledger.registered_since(access.profile.core, since)
    held = night.ledger.held_since(access.profile.core, since)
    night.progress.stage(f"{access.profile.name}と突き合わせ", len(attempts) + len(held))
    unreadable = sums.unreadable
    for attempt in attempts:
        _reconcile_one(night, access, session, attempt, sums)
    for one in held:
        _count_held(night, access, session, one, sums)
    night.progress.done()
    until = night.ledger.reconciled_until(access.profile.core)
    unbroken = since == FROM_THE_FIRST or (until is not None and since <= until)
    if sums.unreadable == unreadable and unbroken:
        night.ledger.reconciled(access.profile.core, begun)


def _reconcile_one(night: Night, access: CoreAccess, session: CoreSession, attempt: Attempt, sums: Reconciled) -> None:
    sums.checked += 1
    night.ledger.keep_lane(access.lane)
    plan = plan_from_bytes(attempt.plan)
    try:
        new, rows_read = _look(session, plan, attempt.baseline)
        if not new:
            # one look that shows nothing is no proof: a known record must be found, and a second look agree
            with action(Action.CANARY):
                found = fixed_canary(access, session)
            if found is False:
                raise LookUpUnreadable("canary")
            night.clock.wait(access.profile.limits.visibility_max_s)
            new, rows_read = _look(session, plan, attempt.baseline)
        verdict = _judge(new, attempt)
        changed = _changed_since(night, access, session, plan, new[0], attempt) if verdict is Verdict.FOUND else ()
    except LookUpUnreadable as error:
        sums.unreadable += 1
        logger.error("照会画面を読めず、突き合わせができない登録があります（{}）。", error.why)
        return
    if verdict is Verdict.FOUND:
        night.progress.advance(attempt.receipt_no, "一致")
        if changed:
            sums.notices.append(
                f"受付番号 {attempt.receipt_no} の登録は、登録の後に基幹システムで変わっています（{'・'.join(changed)}）。"
                "職員の訂正であることを確かめてください。"
            )
        return
    sums.duplicates += verdict is Verdict.DUPLICATE
    sums.missing += verdict is not Verdict.DUPLICATE
    night.progress.advance(attempt.receipt_no, "不一致")
    reason = Reason.DUPLICATE_AT_CORE if verdict is Verdict.DUPLICATE else Reason.MISSING_AT_CORE
    note = "・".join(r.record_id for r in new)
    night.ledger.hold_after_registration(attempt, reason, note, LookUpResult(verdict, new, (), rows_read))


def _count_held(night: Night, access: CoreAccess, session: CoreSession, held: HeldItem, sums: Reconciled) -> None:
    """A held application's records are counted: a late commit, or a clerk's own entry, shows here."""
    sums.checked += 1
    night.ledger.keep_lane(access.lane)
    item = held.item
    asked = _how_to_ask(night, held)
    if asked is None:
        night.progress.advance(item.receipt_no, "照会できない保留")
        return
    plan, baseline = asked
    try:
        new, _rows = _look(session, plan, baseline)
    except LookUpUnreadable as error:
        sums.unreadable += 1
        logger.error("受付番号 {}: 保留の申請を照会できません（{}）。", item.receipt_no, error.why)
        return
    night.ledger.counted(item.item_id, len(new))
    night.progress.advance(item.receipt_no, f"保留 {len(new)}件")
    known = item.core_count if item.core_count is not None else _expected(held)
    if len(new) != known and item.reason != Reason.DUPLICATE_AT_CORE:
        sums.notices.append(
            f"保留中の受付番号 {item.receipt_no} は、基幹システムに{len(new)}件あります。"
            "hold list の理由と合わせて確かめてください。"
        )
    sums.duplicates += held.attempt is not None and len(new) > 1 and item.reason != Reason.DUPLICATE_AT_CORE


def _expected(held: HeldItem) -> int:
    """Records that the reason itself tells of. An application changes before it is registered as well as afterwards."""
    if held.item.reason == Reason.CONTENT_CHANGED:
        return 1 if held.attempt is not None and held.attempt.core_record else 0
    return 1 if held.item.reason in EXPECTED_AT_CORE else 0


EXPECTED_AT_CORE = frozenset(
    {
        Reason.ALREADY_AT_CORE,
        Reason.LATE_RECORD,
        Reason.MISMATCH,
        Reason.OTHER_OPERATOR,
        Reason.ODD_ANSWER,
        Reason.SECOND_DOUBT,
        Reason.WITHDRAWN_AFTER_ENTRY,
    }
)
"""Held because the core has a record: one is no news there."""


def _how_to_ask(night: Night, held: HeldItem) -> tuple[LookUpPlan, tuple[str, ...]] | None:
    """By what was sent; where nothing was, by the content, if it can be planned at all."""
    if held.attempt is not None:
        return plan_from_bytes(held.attempt.plan), held.attempt.baseline
    if held.application is None:
        return None
    try:
        return night.recipes.plan(held.application, WAIVABLE).look_up, ()
    except BusinessError:
        return None
    except Exception as error:  # one odd application must not end the reconciliation
        logger.error("受付番号 {}: 照会の計画で想定外のエラー（{}）", held.item.receipt_no, type(error).__name__)
        return None


def _changed_since(
    night: Night, access: CoreAccess, session: CoreSession, plan: LookUpPlan, record: CoreRecord, attempt: Attempt
) -> tuple[str, ...]:
    """Labels that show something else than was entered: listed, not held, for a clerk may have corrected them."""
    with action(Action.LOOK_RECONCILE):
        return tuple(differences(night, access, session, plan, record, Ours(attempt.baseline, attempt.armed_at)))


def _look(session: CoreSession, plan: LookUpPlan, baseline: tuple[str, ...]) -> tuple[tuple[CoreRecord, ...], int]:
    with action(Action.LOOK_RECONCILE):
        found, rows_read = matches(session, plan)
    return tuple(r for r in found if r.record_id not in baseline), rows_read


def _judge(new: tuple[CoreRecord, ...], attempt: Attempt) -> Verdict:
    """Exactly one, and it is the record that was confirmed: another one in its place is not ours."""
    if not new:
        return Verdict.ABSENT
    if len(new) > 1:
        return Verdict.DUPLICATE
    return Verdict.FOUND if new[0].record_id == attempt.core_record else Verdict.MISMATCH
