"""Doubts of a lane: when they may be looked up, by both clocks, and when too many of them stop the lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bridge_agent.domain.breaker import Breaker, BreakerOpened
from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.ledger_records import Doubt
from bridge_agent.domain.ports import CoreSession
from bridge_agent.domain.work_item import STATE_NAMES, State
from bridge_agent.pipeline.night import CoreAccess, Night
from bridge_agent.pipeline.settle import Settled, resolve

OPEN_IN_A_ROW = 2
"""Register actions in a row that no look-up has confirmed: the lane stops."""
WAIT_SLICE_S = 0.5
"""How often a waiting lane looks whether it should stop."""


@dataclass(slots=True)
class LaneNight:
    """What one lane did; `stopped` says in one sentence why it ended early, '' when it did not."""

    entered: int = 0
    claimed: int = 0
    sent: int = 0
    """Register actions (rehearsed entries in a rehearsal): what the limit counts."""
    not_ready: int = 0
    """Rehearsed entries that would not have reached the register action."""
    stopped: str = ""
    stopped_procedures: set[str] = field(default_factory=set)
    open_in_a_row: int = 0
    passed: set[int] = field(default_factory=set)
    canary_ok: bool | None = None
    not_before: dict[int, float] = field(default_factory=dict)
    """Item -> monotonic time before which an absence does not count: a stepped wall clock shortens nothing."""


def meet_former_doubts(night: Night, access: CoreAccess, state: LaneNight) -> None:
    """Doubts of earlier processes start from the beginning: the full settle time, counted here."""
    for doubt in night.ledger.doubts(access.lane):
        state.not_before[doubt.item.item_id] = night.clock.monotonic() + access.profile.limits.settle_s


def fresh_sender(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight, item_id: int) -> None:
    """After a doubt: kill the browser, so that nothing more can be sent, note the moment, and log in anew."""
    settle_s = access.profile.limits.settle_s
    sender = session.sender
    with action(Action.STOP_SENDER):
        session.stop_sender()
    state.not_before[item_id] = night.clock.monotonic() + settle_s
    night.ledger.sender_stopped(access.lane, sender, settle_s)
    with action(Action.START_SESSION):
        session.start()


def note_open(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight) -> None:
    """Two in a row: settle the doubts before anything else is sent; unless one was found, the lane stops."""
    state.open_in_a_row += 1
    if state.open_in_a_row < OPEN_IN_A_ROW:
        return
    settle_doubts(night, access, session, state, wait=True)
    if state.open_in_a_row and not night.stopping():  # a stop ends the waiting: nothing has been looked up yet
        raise BreakerOpened(Breaker.UNCONFIRMED_IN_A_ROW, f"{OPEN_IN_A_ROW}件")


def note_settled(state: LaneNight, settled: Settled, receipt_no: str) -> None:
    if settled.state is State.REGISTERED:
        state.open_in_a_row = 0
    if settled.alarm is not None:
        raise BreakerOpened(settled.alarm, f"受付番号 {receipt_no}")


def settle_doubts(night: Night, access: CoreAccess, session: CoreSession, state: LaneNight, *, wait: bool) -> bool:
    """Look up every doubt whose time has come; with `wait`, until none is left or somebody says stop.

    Returns whether an application may be entered again.
    """
    again = False
    while doubts := night.ledger.doubts(access.lane):
        due = [d for d in doubts if time_left(night, state, d) <= 0]
        if not due and not wait:
            return again
        if not due:
            night.progress.stage("結果不明の照会を待っています", None)
            wait_for_one(night, access, state, doubts)
            if night.stopping():
                return False
            continue
        with action(Action.RENEW_SESSION):
            session.renew()  # the look-up after a doubt is always made in a new context
        for doubt in due:
            night.ledger.keep_lane(access.lane)  # after a long pause the lane, and what is read of it, is another's
            settled = resolve(night, access, session, doubt)
            state.not_before[doubt.item.item_id] = night.clock.monotonic() + access.profile.limits.settle_s
            again = again or settled.state is State.PENDING
            night.progress.advance(doubt.item.receipt_no, STATE_NAMES[settled.state])
            note_settled(state, settled, doubt.item.receipt_no)
    return again


def time_left(night: Night, state: LaneNight, doubt: Doubt) -> float:
    """Seconds until an absence may count, by this process's own clock; by the ledger's for a doubt it has not met."""
    not_before = state.not_before.get(doubt.item.item_id)
    if not_before is None:
        return (doubt.due_at - night.clock.now()).total_seconds()
    return not_before - night.clock.monotonic()


def wait_for_one(night: Night, access: CoreAccess, state: LaneNight, doubts: Sequence[Doubt]) -> None:
    """Until the first doubt is due, or somebody says stop."""
    while (left := min(time_left(night, state, d) for d in doubts)) > 0 and not night.stopping():
        night.clock.wait(min(left, WAIT_SLICE_S))
        night.ledger.keep_lane(access.lane)
