"""One lane's night: recover, settle what is owed, enter item after item, settle the doubts. One account, one browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime

from loguru import logger

from bridge_agent.domain.answers import ANSWERS
from bridge_agent.domain.breaker import Breaker, BreakerOpened, breaker_sentence
from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.errors import StopRunError, sentence_of
from bridge_agent.domain.ledger_records import Claim, LaneBusy
from bridge_agent.domain.ports import CoreSession
from bridge_agent.domain.reasons import EXPLANATIONS, Reason
from bridge_agent.domain.result import EntryResult, InDoubt, NotSent, Seen
from bridge_agent.domain.work_item import STATE_NAMES, State
from bridge_agent.pipeline import rehearse
from bridge_agent.pipeline.doubts import (
    LaneNight,
    fresh_sender,
    meet_former_doubts,
    note_open,
    note_settled,
    settle_doubts,
)
from bridge_agent.pipeline.enter import WAITS, enter
from bridge_agent.pipeline.look_up import canary
from bridge_agent.pipeline.night import CoreAccess, Night
from bridge_agent.pipeline.reconcile import Reconciled, reconcile_core
from bridge_agent.pipeline.restored import remember
from bridge_agent.pipeline.settle import after_entry

CANARY_EVERY = 50
"""Claims after which the look-up is tested again with a record that must be found."""
STOPS_PROCEDURE = frozenset({Reason.SCREEN_CHANGED, Reason.DIALOG_UNKNOWN})
"""Holds that say the screens are not what the recipe expects: the procedure's other applications wait."""
FREED_WAIT_S, FREED_SLICE_S = 5.0, 0.1
"""The lock of a killed owner is free within this time."""


def run_lane(night: Night, access: CoreAccess, since: datetime, sums: Reconciled | None) -> LaneNight:
    """Everything one account does in a run. Ends early with `stopped`.

    With `sums` it also reconciles what was confirmed since `since`; without, somebody else does so afterwards.
    """
    state = LaneNight()
    with owned(night, access):
        recover(night, access)
        session = access.open_session()
        try:
            with action(Action.START_SESSION):
                session.start()
            remember(night, access)
            work(night, access, session, state)
            if sums is not None and not night.options.rehearse:
                reconcile_core(night, access, session, since, sums)
        except Exception as error:  # whatever it is: what the lane has done stays in the books
            state.stopped = state.stopped or sentence_of(error)
        finally:
            with action(Action.CLOSE_SESSION):
                session.close()
    return state


def work(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """Enter and settle; with an open circuit breaker only look up what is owed and in doubt."""
    meet_former_doubts(night, access, state)
    opened = night.ledger.breaker(access.lane)
    if opened is None:
        try:
            pay_owed(night, access, session, state)
            enter_all(night, access, session, state)
            while settle_doubts(night, access, session, state, wait=True):
                enter_all(night, access, session, state)  # proven absent: a second and last attempt
        except BreakerOpened as error:
            night.ledger.open_breaker(access.lane, error.why, error.note)
            state.stopped = breaker_sentence(error.why, access.profile.name, access.lane, error.note)
    else:
        state.stopped = breaker_sentence(opened.why, access.profile.name, access.lane, opened.note)
    if state.stopped:
        look_only(night, access, session, state)


def look_only(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """The breaker is open: what was sent is still settled, and every alarm settles one application for a person."""
    while True:
        try:
            pay_owed(night, access, session, state)
            settle_doubts(night, access, session, state, wait=True)
            return
        except BreakerOpened as error:
            logger.error("{}", breaker_sentence(error.why, access.profile.name, access.lane, error.note))


@contextmanager
def owned(night: Night, access: CoreAccess) -> Iterator[None]:
    """Own the lane. An owner that has given no sign of life for a whole lease is killed first, browser and all.

    Only on its own machine: elsewhere, or when it would not die, the lane stays with it (LaneBusy).
    """
    lock = night.ledger.lane(access.lane)
    try:
        lock.__enter__()
    except LaneBusy:
        take_over(night, access)
        lock = wait_for_lane(night, access)
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def take_over(night: Night, access: CoreAccess) -> None:
    """Kill the process that owns the lane and stands still. Raises LaneBusy when it may not or cannot be killed."""
    owner = night.ledger.lane_owner(access.lane)
    busy = LaneBusy(
        f"レーン {access.lane} は別の実行が使用中です。終わるのを待つか、bridge-agent stop で止めてください。"
    )
    if owner is None or not owner.lease_over:
        raise busy
    with action(Action.KILL_OWNER):
        dead = night.kill_sender(owner.process)
    if not dead:
        raise busy
    logger.warning("レーン {} の持ち主が動いていないため、終了させて引き継ぎます。", access.lane)


def wait_for_lane(night: Night, access: CoreAccess) -> AbstractContextManager[None]:
    give_up = night.clock.monotonic() + FREED_WAIT_S
    while True:
        lock = night.ledger.lane(access.lane)
        try:
            lock.__enter__()
            return lock
        except LaneBusy:
            if night.clock.monotonic() >= give_up:
                raise
        night.clock.wait(FREED_SLICE_S)


def recover(night: Night, access: CoreAccess) -> None:
    """Processes died in this lane, or in one of the same core that no longer runs: their browsers are killed first."""
    core = access.profile.core
    running = {other.lane for other in night.lanes} - {access.lane}
    for lane in [access.lane, *night.ledger.other_lanes(core, access.lane)]:
        if lane in running:
            continue  # its own process settles its own items
        own: AbstractContextManager[None] = nullcontext() if lane == access.lane else night.ledger.lane(lane)
        try:
            with own:
                _recover_lane(night, access, lane)
                if lane != access.lane:
                    night.ledger.adopt(core, lane, access.lane)
        except StopRunError as error:
            logger.warning("{}", error.message)  # that lane's process lives: it settles its own items


def _recover_lane(night: Night, access: CoreAccess, lane: str) -> None:
    for leftover in night.ledger.leftovers(lane, access.profile.core):
        with action(Action.KILL_SENDER):
            dead = leftover.sender is None or night.kill_sender(leftover.sender)
        state = night.ledger.recover(leftover, sender_dead=dead, settle_s=access.profile.limits.settle_s)
        logger.info("前回の中断を引き継ぎました: {} → {}", STATE_NAMES[leftover.state], STATE_NAMES[state])


def pay_owed(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """A new run starts with what is seen: its look-up is still owed."""
    for owed in night.ledger.owed(access.lane):
        night.ledger.keep_lane(access.lane)
        settled = after_entry(night, access, session, owed.attempt, owed.attempt.core_record)
        if settled.state is State.IN_DOUBT:
            state.not_before[owed.item.item_id] = night.clock.monotonic() + access.profile.limits.settle_s
        note_settled(state, settled, owed.item.receipt_no)


def enter_all(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """Item after item, until nothing is pending, the limit is reached or somebody says stop."""
    core, options = access.profile.core, night.options
    night.progress.stage(f"{access.profile.name}へ入力", night.ledger.count_pending(core, options.procedure))
    while not night.stopping() and not (options.limit and state.sent >= options.limit):
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
        state.claimed += 1
        one(night, access, session, state, claim)
        night.protect(frozenset())
    night.progress.done()


def one(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight, claim: Claim) -> None:
    if night.options.rehearse:
        state.passed.add(claim.item.item_id)
        state.sent += 1
        state.not_ready += not rehearse.rehearse(night, access, session, claim)
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
            state.sent += 1
            settled = after_entry(night, access, session, attempt, answer.receipt)
            state.entered += settled.state is State.REGISTERED
            night.progress.advance(receipt_no, STATE_NAMES[settled.state])
            note_settled(state, settled, receipt_no)
            if settled.state is State.IN_DOUBT:
                fresh_sender(night, access, session, state, claim.item.item_id)
            if settled.state is not State.REGISTERED:
                note_open(night, access, session, state)
        case InDoubt(why=why):
            state.sent += 1
            logger.warning(
                "受付番号 {}: 登録の結果が不明です（{}）。照会で確かめます。", receipt_no, ANSWERS.get(why, why)
            )
            night.progress.advance(receipt_no, STATE_NAMES[State.IN_DOUBT])
            fresh_sender(night, access, session, state, claim.item.item_id)
            if why == "fuse_silent":
                raise BreakerOpened(Breaker.FUSE_SILENT, f"受付番号 {receipt_no}")
            note_open(night, access, session, state)
        case NotSent(reason=None):
            night.progress.advance(receipt_no, _WITHOUT_REASON.get(result.note, "もう一度"))
            if result.note not in _WITHOUT_REASON:
                night.clock.wait(access.profile.limits.back_off_s)  # a lone application would be tried again at once
                renew(session)
        case NotSent(reason=reason, note=note):
            assert reason is not None  # the case above
            night.progress.advance(receipt_no, f"保留 {reason}")
            logger.info("受付番号 {}: 保留（{}） {}", receipt_no, EXPLANATIONS[reason].sentence, note)
            if reason in STOPS_PROCEDURE or reason is Reason.LATE_RECORD:
                stop_procedure(state, claim, reason)
            if reason is Reason.TRIED_TOO_OFTEN or reason in STOPS_PROCEDURE:
                renew(session)


_WITHOUT_REASON = {"withdrawn": "取下げ", WAITS: "前提待ち"}
"""Note of what is neither entered nor held -> the word for it; anything else is tried again at once."""


def renew(session: CoreSession) -> None:
    with action(Action.RENEW_SESSION):
        session.renew()


def stop_procedure(state: LaneNight, claim: Claim, reason: Reason | None) -> None:
    if reason is Reason.LATE_RECORD:
        raise BreakerOpened(Breaker.LATE_RECORD, f"受付番号 {claim.item.receipt_no}")
    state.stopped_procedures.add(claim.item.procedure)
    logger.error("手続「{}」は画面が想定と違うため止めました。", claim.item.procedure_name)


def test_look_up(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """The look-up must find a record that is known to be there, or nothing is entered."""
    if state.claimed % CANARY_EVERY and state.canary_ok is not None:
        return
    state.canary_ok = canary(night, access, session)
    if state.canary_ok is False:
        raise StopRunError(
            f"{access.profile.name}の照会画面が、あるはずの記録を返しません。入力を止めました。"
            "基幹システム定義の canary の記録と照会画面を確かめてから、もう一度実行してください。"
        )
