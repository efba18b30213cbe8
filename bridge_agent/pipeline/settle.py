"""Settling: only a look-up makes an application registered; what it cannot prove goes to a person.

`after_entry` pays the look-up owed after a completion screen. `resolve` settles a doubt: sender dead, time passed,
canary found, all pages read, absence seen twice. Read-only at the core; after a crash it starts from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass

from bridge_agent.domain.breaker import Breaker
from bridge_agent.domain.core_profile import OnAbsent
from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.ledger_records import Attempt, Doubt
from bridge_agent.domain.ports import CoreSession
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import LookUpResult, Verdict
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.look_up import Ours, canary, look_up, plan_from_bytes
from bridge_agent.pipeline.night import CoreAccess, Night

POLL_S = 0.25
"""Between two look-ups while a fresh registration may not be visible yet."""
UNTRUSTED_TRIES = 3
"""How often a look-up that cannot be trusted or read is made again, one settle time apart, before a person decides."""
ALWAYS_A_PERSON = {
    "dialog": Reason.ODD_ANSWER,
    "fuse_blocked": Reason.ODD_ANSWER,
    "fuse_silent": Reason.ODD_ANSWER,
}
"""Doubts that a person sees even when the look-up finds the record."""
HOLDS = {
    Verdict.MISMATCH: Reason.MISMATCH,
    Verdict.OTHER_OPERATOR: Reason.OTHER_OPERATOR,
    Verdict.DUPLICATE: Reason.DUPLICATE_AT_CORE,
}


@dataclass(frozen=True, slots=True)
class Settled:
    state: State
    alarm: Breaker | None = None
    """A duplicate, or a look-up that cannot be trusted: the lane's circuit breaker opens."""


def alarm_of(result: LookUpResult) -> Breaker | None:
    return Breaker.DUPLICATE if result.verdict is Verdict.DUPLICATE else None


def note_of(result: LookUpResult) -> str:
    """What differs and which records were found: labels and the core's own numbers only."""
    parts = [r.record_id for r in result.records] + list(result.differing)
    return "・".join(parts)


def after_entry(night: Night, access: CoreAccess, session: CoreSession, attempt: Attempt, receipt: str) -> Settled:
    """The look-up owed after a completion screen, waiting until a commit must be visible (assumption A1)."""
    plan = plan_from_bytes(attempt.plan)
    ours = Ours(attempt.baseline, attempt.armed_at, receipt)
    give_up = night.clock.monotonic() + access.profile.limits.visibility_max_s
    while True:
        with night.timer.measure("look up after"), action(Action.LOOK_AFTER):
            result = look_up(night, access, session, plan, ours)
        if result.verdict is not Verdict.ABSENT or night.clock.monotonic() >= give_up:
            break
        night.clock.wait(POLL_S)
        night.ledger.keep_lane(access.lane)
    with night.timer.measure("settle"):
        return _settle_seen(night, access, attempt, result)


def _settle_seen(night: Night, access: CoreAccess, attempt: Attempt, result: LookUpResult) -> Settled:
    match result.verdict:
        case Verdict.FOUND:
            night.ledger.registered(attempt, result, "after_entry")
            return Settled(State.REGISTERED)
        case Verdict.MISMATCH | Verdict.OTHER_OPERATOR | Verdict.DUPLICATE:
            reason = HOLDS[result.verdict]
            night.ledger.hold_after_attempt(attempt, reason, note_of(result), result, "after_entry")
            return Settled(State.HELD, alarm_of(result))
        case Verdict.ABSENT | Verdict.UNREADABLE | Verdict.UNTRUSTED:
            night.ledger.looked(attempt, "after_entry", result)
            why = f"seen_{result.verdict.value}"
            night.ledger.in_doubt(attempt, why, None, due_after_s=access.profile.limits.settle_s)
            return Settled(State.IN_DOUBT)


def resolve(night: Night, access: CoreAccess, session: CoreSession, doubt: Doubt) -> Settled:
    """One step in settling a doubt whose time has come; the caller has stopped the sender and logged in anew."""
    plan = plan_from_bytes(doubt.attempt.plan)
    ours = Ours(doubt.attempt.baseline, doubt.attempt.armed_at)
    trusted = canary(night, access, session)
    if trusted is False:
        return _cannot_tell(night, access, doubt, LookUpResult(Verdict.UNTRUSTED))
    with action(Action.LOOK_DOUBT):
        result = look_up(night, access, session, plan, ours)
    match result.verdict:
        case Verdict.FOUND:
            return _found(night, doubt, result)
        case Verdict.MISMATCH | Verdict.OTHER_OPERATOR | Verdict.DUPLICATE:
            reason = HOLDS[result.verdict]
            night.ledger.hold_after_attempt(doubt.attempt, reason, note_of(result), result, "doubt")
            return Settled(State.HELD, alarm_of(result))
        case Verdict.ABSENT:
            return _absent(night, access, doubt, result, trusted)
        case Verdict.UNREADABLE | Verdict.UNTRUSTED:
            return _cannot_tell(night, access, doubt, result)


def _found(night: Night, doubt: Doubt, result: LookUpResult) -> Settled:
    reason = ALWAYS_A_PERSON.get(doubt.why)
    if reason is None and doubt.attempt.number > 1:
        reason = Reason.SECOND_DOUBT
    if reason is None:
        night.ledger.registered(doubt.attempt, result, "doubt")
        return Settled(State.REGISTERED)
    night.ledger.hold_after_attempt(doubt.attempt, reason, note_of(result), result, "doubt")
    return Settled(State.HELD)


def _absent(night: Night, access: CoreAccess, doubt: Doubt, result: LookUpResult, trusted: bool | None) -> Settled:
    """Nothing found: believed only the second time, and sent again only under the core's declared policy."""
    if doubt.absent_looks == 0:
        night.ledger.look_again(doubt.attempt, result, after_s=access.profile.limits.settle_s)
        return Settled(State.IN_DOUBT)
    if doubt.restored:
        reason = Reason.ABSENT_AFTER_RESTORE
    elif doubt.why == "refused":
        reason = Reason.REJECTED_BY_CORE
    elif doubt.attempt.number > 1:
        reason = Reason.SECOND_DOUBT
    elif trusted and may_try_again(access, doubt):
        return Settled(night.ledger.try_again(doubt.attempt, result))
    else:
        reason = Reason.ABSENT
    night.ledger.hold_after_attempt(doubt.attempt, reason, "", result, "doubt")
    return Settled(State.HELD)


def may_try_again(access: CoreAccess, doubt: Doubt) -> bool:
    """Only under a declared policy, only once, only when the sender is proven dead, never after an odd answer.

    Only with a fixed test record, which both look-ups have found: without a record that must be found absence proves
    nothing, and an own one may have come between the first look-up and the second.
    """
    declared = access.profile.resubmit_on_absent is OnAbsent.AFTER_QUIESCENCE
    tested = bool(access.profile.lookup.canary_atena_no) and not doubt.restored
    return declared and tested and doubt.sender_dead and doubt.why not in ALWAYS_A_PERSON


def _cannot_tell(night: Night, access: CoreAccess, doubt: Doubt, result: LookUpResult) -> Settled:
    if night.ledger.useless_looks(doubt.attempt) + 1 < UNTRUSTED_TRIES:
        night.ledger.look_later(doubt.attempt, result, after_s=access.profile.limits.settle_s)
        return Settled(State.IN_DOUBT)
    untrusted = result.verdict is Verdict.UNTRUSTED
    reason = Reason.LOOKUP_UNTRUSTED if untrusted else Reason.LOOKUP_FAILED
    night.ledger.hold_after_attempt(doubt.attempt, reason, "", result, "doubt")
    return Settled(State.HELD, Breaker.LOOKUP_USELESS)
