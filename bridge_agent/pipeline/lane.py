"""One lane's night: recover, settle what is owed, enter item after item, settle the doubts. One account, one browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from loguru import logger

from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.ledger import Claim, Doubt
from bridge_agent.domain.ports import CoreSession
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import EntryResult, InDoubt, NotSent, Seen
from bridge_agent.domain.work_item import STATE_NAMES, State
from bridge_agent.pipeline import rehearse
from bridge_agent.pipeline.enter import enter
from bridge_agent.pipeline.look_up import canary
from bridge_agent.pipeline.night import CoreAccess, Night
from bridge_agent.pipeline.reconcile import Reconciled, reconcile_core
from bridge_agent.pipeline.settle import Settled, after_entry, resolve

CANARY_EVERY = 50
"""Entries after which the look-up is tested again with a record that must be found."""
DOUBTS_IN_A_ROW = 2
"""Doubts in a row that no look-up settled as found: the lane stops."""
STOPS_PROCEDURE = frozenset({Reason.SCREEN_CHANGED, Reason.DIALOG_UNKNOWN})
"""Holds that say the screens are not what the recipe expects: the procedure's other applications wait."""
WAIT_SLICE_S = 0.5
"""How often a waiting lane looks whether it should stop."""


@dataclass(slots=True)
class LaneNight:
    """What one lane did; `stopped` says in one sentence why it ended early, '' when it did not."""

    entered: int = 0
    attempted: int = 0
    stopped: str = ""
    stopped_procedures: set[str] = field(default_factory=set)
    open_doubts_in_a_row: int = 0
    passed: set[int] = field(default_factory=set)
    canary_ok: bool | None = None


def run_lane(night: Night, access: CoreAccess, since: datetime, sums: Reconciled) -> LaneNight:
    """Everything one account does in a run that began at `since`; ends early with `stopped`, never loses its books."""
    state = LaneNight()
    with night.ledger.lane(access.lane):
        recover(night, access)
        session = access.open_session()
        try:
            session.start()
            pay_owed(night, access, session, state)
            enter_all(night, access, session, state)
            while settle_doubts(night, access, session, state, wait=True):
                enter_all(night, access, session, state)  # proven absent: a second and last attempt
            reconcile_core(night, access, session, since, sums)
        except StopRunError as error:
            state.stopped = error.message
        finally:
            session.close()
    return state


def recover(night: Night, access: CoreAccess) -> None:
    """A process died in this lane: its browser is killed first, then its items go where the ledger says."""
    for leftover in night.ledger.leftovers(access.lane):
        dead = leftover.sender is None or night.kill_sender(leftover.sender)
        state = night.ledger.recover(access.lane, leftover, sender_dead=dead, settle_s=access.profile.limits.settle_s)
        logger.info("前回の中断を引き継ぎました: {} → {}", STATE_NAMES[leftover.state], STATE_NAMES[state])


def pay_owed(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """A new run starts with what is seen: its look-up is still owed."""
    for owed in night.ledger.owed(access.lane):
        settled = after_entry(night, access, session, owed.attempt, "")
        if settled.state is State.IN_DOUBT and owed.sender_dead:
            night.ledger.sender_stopped(access.lane, access.profile.limits.settle_s)
        note_settled(state, settled, owed.item.receipt_no)


def enter_all(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """Item after item, until nothing is pending, the limit is reached or somebody says stop."""
    core, options = access.profile.core, night.options
    night.progress.stage(f"{access.profile.name}へ入力", night.ledger.count_pending(core, options.procedure))
    while not night.stopping() and not (options.limit and state.attempted >= options.limit):
        settle_doubts(night, access, session, state, wait=False)
        test_look_up(night, access, session, state)
        claim = night.ledger.claim(
            access.lane,
            core,
            session.sender,
            procedure=options.procedure,
            skip=frozenset(state.stopped_procedures),
            passed=frozenset(state.passed),
        )
        if claim is None:
            break
        state.attempted += 1
        one(night, access, session, state, claim)
        night.protect(frozenset())
    night.progress.done()


def one(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight, claim: Claim) -> None:
    if night.options.rehearse:
        state.passed.add(claim.item.item_id)
        rehearse.rehearse(night, access, session, claim)
        return
    with night.timer.measure("entry"):
        result = enter(night, access, session, claim, state.canary_ok)
        after(night, access, session, state, claim, result)


def after(
    night: Night, access: CoreAccess, session: CoreSession, state: LaneNight, claim: Claim, result: EntryResult
) -> None:
    """What follows from an entry for the lane: look-up, fresh browser, a stopped procedure."""
    receipt_no = claim.item.receipt_no
    match result:
        case Seen(attempt=attempt, answer=answer):
            settled = after_entry(night, access, session, attempt, answer.receipt)
            state.entered += settled.state is State.REGISTERED
            night.progress.advance(receipt_no, STATE_NAMES[settled.state])
            note_settled(state, settled, receipt_no)
            if settled.state is State.IN_DOUBT:
                fresh_sender(night, access, session)
        case InDoubt(why=why):
            logger.warning("受付番号 {}: 登録の結果が不明です（{}）。照会で確かめます。", receipt_no, why)
            night.progress.advance(receipt_no, STATE_NAMES[State.IN_DOUBT])
            fresh_sender(night, access, session)
            count_doubt(night, access, session, state)
        case NotSent(reason=None):
            night.progress.advance(receipt_no, "もう一度" if result.note != "withdrawn" else "取下げ")
            if result.note != "withdrawn":
                session.renew()
        case NotSent(reason=reason, note=note):
            night.progress.advance(receipt_no, f"保留 {reason}")
            logger.info("受付番号 {}: 保留 {} {}", receipt_no, reason, note)
            if reason in STOPS_PROCEDURE or reason is Reason.LATE_RECORD:
                stop_procedure(state, claim, reason)
            if reason is Reason.TRIED_TOO_OFTEN or reason in STOPS_PROCEDURE:
                session.renew()


def stop_procedure(state: LaneNight, claim: Claim, reason: Reason | None) -> None:
    if reason is Reason.LATE_RECORD:
        raise StopRunError("前の試行の登録が後から見つかったため、入力を止めました。保留の一覧を確かめてください。")
    state.stopped_procedures.add(claim.item.procedure)
    logger.error("手続「{}」は画面が想定と違うため止めました。", claim.item.procedure_name)


def fresh_sender(night: Night, access: CoreAccess, session: CoreSession) -> None:
    """After a doubt: kill the browser, so that nothing more can be sent, note the moment, and log in anew."""
    session.stop_sender()
    night.ledger.sender_stopped(access.lane, access.profile.limits.settle_s)
    session.start()


def test_look_up(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """The look-up must find a record that is known to be there, or nothing is entered."""
    if state.attempted % CANARY_EVERY and state.canary_ok is not None:
        return
    state.canary_ok = canary(night, access, session)
    if state.canary_ok is False:
        raise StopRunError(
            f"{access.profile.name}の照会画面が、あるはずの記録を返しません。入力を止めました。"
            "基幹システムの照会が正常に戻ってから、もう一度実行してください。"
        )


def count_doubt(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """Two doubts in a row: settle them before anything else is sent; unless one was found, the lane stops."""
    state.open_doubts_in_a_row += 1
    if state.open_doubts_in_a_row < DOUBTS_IN_A_ROW:
        return
    settle_doubts(night, access, session, state, wait=True)
    if state.open_doubts_in_a_row:
        raise StopRunError(
            f"{access.profile.name}で登録の結果不明が{DOUBTS_IN_A_ROW}件続き、照会でも見つかりません。入力を止めました。"
            "基幹システムの状態を確かめてから、もう一度実行してください。"
        )


def note_settled(state: LaneNight, settled: Settled, receipt_no: str) -> None:
    if settled.state is State.REGISTERED:
        state.open_doubts_in_a_row = 0
    if settled.alarm:
        raise StopRunError(
            f"受付番号 {receipt_no} を照会で確かめられないか、二重の登録が見つかりました。入力を止めました。"
            "保留の一覧を確かめてください。"
        )


def settle_doubts(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight, *, wait: bool) -> bool:
    """Look up every doubt whose time has come; with `wait`, until none is left or somebody says stop.

    Returns whether an application may be entered again.
    """
    again = False
    while doubts := night.ledger.doubts(access.lane):
        due = [d for d in doubts if d.due_at <= night.clock.now()]
        if not due and not wait:
            return again
        if not due:
            night.progress.stage("結果不明の照会を待っています", None)
            wait_until(night, doubts[0])
            if night.stopping():
                return False
            continue
        session.renew()  # the look-up after a doubt is always made in a new context
        for doubt in due:
            settled = resolve(night, access, session, doubt)
            again = again or settled.state is State.PENDING
            night.progress.advance(doubt.item.receipt_no, STATE_NAMES[settled.state])
            note_settled(state, settled, doubt.item.receipt_no)
    return again


def wait_until(night: Night, doubt: Doubt) -> None:
    while (left := (doubt.due_at - night.clock.now()).total_seconds()) > 0 and not night.stopping():
        night.clock.wait(min(left, WAIT_SLICE_S))
