"""Entering one application: everything before the armed write may be done again, nothing after it.

This module alone judges what an error means: before the armed write the application was not sent; after it the
outcome is in doubt unless the completion screen of this very application was seen. Drivers do not know the border.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from loguru import logger

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.clock import JST
from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.errors import BridgeError, BusinessError, NotYet, SessionLost, StopRunError, TransientError
from bridge_agent.domain.ledger_records import Attempt, AttemptFacts, Claim
from bridge_agent.domain.plan import Act, EntryPlan, Meaning, personal_texts
from bridge_agent.domain.ports import CoreSession, LookUpUnreadable
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer, EntryResult, InDoubt, NotSent, Seen
from bridge_agent.pipeline.look_up import matches, plan_to_bytes, query_of
from bridge_agent.pipeline.night import CoreAccess, Night

MAX_TRIES = 2
"""Entries that fail before arming for technical reasons are tried this often, then held."""
SUBMIT_GRACE_S = 5.0
"""Beyond the submit time-out: afterwards the watchdog kills the browser, whatever this process is doing."""
MAX_CRASHES = 5
"""An application that was in hand each time the process died, so often, is not taken in hand again by itself."""


@dataclass(slots=True)
class Armed:
    """What the armed block leaves behind: the answer, or why there is none."""

    attempt: Attempt
    answer: Answer | None = None
    failure: str = ""


def enter(night: Night, access: CoreAccess, session: CoreSession, claim: Claim, canary_ok: bool | None) -> EntryResult:
    """Carry one claimed application to its register action, once."""
    if claim.crashes >= MAX_CRASHES:
        night.ledger.hold(claim, Reason.TRIED_TOO_OFTEN, "実行の中断が続きました")
        return NotSent(Reason.TRIED_TOO_OFTEN, "crashes")
    try:
        plan, facts = prepare(night, access, session, claim, canary_ok)
    except BusinessError as error:
        night.ledger.hold(claim, error.reason, error.note)
        return NotSent(error.reason, error.note)
    except NotYet as waiting:
        return _wait(night, claim, waiting)
    except Withdrawn:
        night.ledger.close_withdrawn(claim)
        return NotSent(None, "withdrawn")
    except StopRunError:
        night.ledger.put_back(claim, "stopped", after_s=0)  # counts: it goes behind the others next time
        raise
    except Exception as error:
        return _not_yet(night, claim, error)
    submit_s = access.profile.limits.submit_s
    try:
        with night.watchdog.guard(facts.sender, submit_s + SUBMIT_GRACE_S), armed(night, access, claim, facts) as hand:
            with night.timer.measure("submit"), action(Action.REGISTER):
                answer = session.screen.register(plan.commit.press, plan.commit.endings, submit_s)
            hand.answer = answer  # stays when the completion screen cannot be read: what was odd is not forgotten
            hand.answer = finish(session, plan, answer)
            if hand.answer.meaning is Meaning.COMPLETED:
                session.look_up.ahead(query_of(plan.look_up), hand.answer.receipt)
    except TransientError as error:
        return _not_yet(night, claim, error)  # the armed write itself was refused: nothing was sent
    return judge(night, access, session, plan, hand)


WAITS = "waits"
"""Note of what is tried again on another day."""


def _wait(night: Night, claim: Claim, waiting: NotYet) -> NotSent:
    """Back to pending until the morning of another day, or to a person when it has waited long enough."""
    now = night.clock.now().astimezone(JST)
    if now - claim.application.received_at >= timedelta(days=waiting.most_days):
        night.ledger.hold(claim, Reason.PREREQUISITE_MISSING, waiting.note)
        return NotSent(Reason.PREREQUISITE_MISSING, waiting.note)
    again = datetime.combine(now.date() + timedelta(days=waiting.again_days), time(), JST)
    after_s = (again - now).total_seconds()
    night.ledger.put_back(claim, WAITS, after_s=after_s, counts=False, awaited=waiting.note)
    return NotSent(None, WAITS)


def _not_yet(night: Night, claim: Claim, error: Exception) -> NotSent:
    """Nothing was sent: the application waits for another try, or goes to a person after the last one."""
    kind = type(error).__name__  # never the text: it may hold typed values
    if not isinstance(error, TransientError):
        logger.error("登録前に想定外のエラー: {}（{}）", kind, claim.item.receipt_no)
    if claim.tries + 1 >= MAX_TRIES:
        night.ledger.hold(claim, Reason.TRIED_TOO_OFTEN, kind)
        return NotSent(Reason.TRIED_TOO_OFTEN, kind)
    night.ledger.put_back(claim, kind, after_s=0)
    return NotSent(None, kind)


class Withdrawn(Exception):
    """The source, asked again just before entry, says withdrawn."""


def prepare(
    night: Night, access: CoreAccess, session: CoreSession, claim: Claim, canary_ok: bool | None
) -> tuple[EntryPlan, AttemptFacts]:
    """Plan, ask the source and the core, fill and read back. No foreign effect."""
    with night.timer.measure("plan"):
        plan = night.recipes.plan(claim.application, claim.waived)
    night.protect(secrets_of(plan))
    # The source and the look-up are asked while the entry screen loads: opening it has no effect.
    session.screen.begin(plan.dialogs, night.papers.of(claim.application.key))
    night.source.ask_ahead(claim.item.receipt_no)
    session.look_up.ahead(query_of(plan.look_up))
    opening = 1 if plan.acts and plan.acts[0].kind == "open" else 0
    walk(night, session, plan.acts[:opening])
    log_ins = session.log_ins
    with night.timer.measure("ask source"):
        still_wanted(night, claim)
    with night.timer.measure("look up before"):
        baseline = pre_check(session, plan, claim)
    if session.log_ins != log_ins:
        raise SessionLost(
            "ログインが切れ、入力画面が失われました。"
        )  # the look-up logged in again: open the screen anew
    fields, equal = walk(night, session, plan.acts[opening:])
    facts = AttemptFacts(
        recipe_digest=plan.recipe_digest,
        content_hash=claim.application.content_hash,
        plan=plan_to_bytes(plan.look_up),
        baseline=baseline,
        canary_ok=canary_ok,
        fields_read=fields,
        fields_equal=equal,
        readback_fingerprint=readback_fingerprint(night, plan),
        evidence_sha256=picture(night, session, plan.receipt_no, "before"),
        submit_timeout_s=access.profile.limits.submit_s,
        sender=session.sender,
    )
    return plan, facts


def secrets_of(plan: EntryPlan) -> frozenset[str]:
    return frozenset().union(*(personal_texts(getattr(act, "fields", ())) for act in plan.acts))


def readback_fingerprint(night: Night, plan: EntryPlan) -> str:
    """Fingerprint of what was read back equal, so that evidence can be checked without holding a value."""
    parts = [f"{f.key}={f.value}" for act in plan.acts for f in getattr(act, "fields", ())]
    return night.sealer.fingerprint("readback", *parts)


def still_wanted(night: Night, claim: Claim) -> None:
    with action(Action.ASK_SOURCE):
        standing = night.source.standing(claim.item.receipt_no)
    match standing.state:
        case SourceState.WITHDRAWN:
            raise Withdrawn
        case SourceState.SENT_BACK:
            raise BusinessError(Reason.CONTENT_CHANGED, "差戻し")
        case SourceState.LINKED:
            raise BusinessError(Reason.ALREADY_AT_CORE, "申請管理システムで連携済")
        case SourceState.UNKNOWN:
            raise BusinessError(Reason.SOURCE_STATE_UNKNOWN)
        case SourceState.APPROVED:
            if standing.revision not in (None, claim.application.revision):
                raise BusinessError(Reason.CONTENT_CHANGED, f"版 {standing.revision}")


def pre_check(session: CoreSession, plan: EntryPlan, claim: Claim) -> tuple[str, ...]:
    """Records at the core before entry. The baseline is frozen at attempt 1: a later extra one is ours, come late."""
    try:
        with action(Action.PRE_CHECK):
            found, _ = matches(session, plan.look_up)
    except LookUpUnreadable:
        raise TransientError("照会画面を読めません。") from None
    records = tuple(r.record_id for r in found)
    if claim.baseline is None:
        if records:
            raise BusinessError(Reason.ALREADY_AT_CORE, f"基幹側 {records[0]}")
        return ()
    late = [r for r in records if r not in claim.baseline]
    if late:
        raise BusinessError(Reason.LATE_RECORD, f"基幹側 {late[0]}")
    return claim.baseline


def walk(night: Night, session: CoreSession, acts: Sequence[Act]) -> tuple[int, int]:
    """Screens up to the commit; returns how many fields were read back and how many were equal."""
    fields = equal = 0
    for act in acts:
        with night.timer.measure(act.kind), action(Action.ACT):
            report = act.perform(session.screen)
        fields += report.fields
        equal += report.equal
    if fields != equal:
        raise BusinessError(Reason.READBACK_DIFFERS)
    return fields, equal


@contextmanager
def armed(night: Night, access: CoreAccess, claim: Claim, facts: AttemptFacts) -> Iterator[Armed]:
    """The armed window: opened by the durable write, and whatever goes wrong inside it is in doubt."""
    with night.timer.measure("arm"):
        hand = Armed(night.ledger.arm(claim, facts))
    try:
        yield hand
    except Exception as error:
        hand.failure = type(error).__name__
    except BaseException:
        settle_s = access.profile.limits.settle_s
        night.ledger.in_doubt(hand.attempt, "interrupted", None, due_after_s=settle_s)
        raise


def finish(session: CoreSession, plan: EntryPlan, answer: Answer) -> Answer:
    """Read the receipt number and the proofs from the completion screen."""
    if answer.meaning is not Meaning.COMPLETED:
        return answer
    with action(Action.READ_ENDING):
        receipt, proved = session.screen.read_ending(plan.commit.receipt, plan.commit.proofs)
    return replace(answer, receipt=receipt, proofs_equal=proved)


def doubt_about(plan: EntryPlan, hand: Armed) -> str:
    """Why the answer does not count as the completion screen of this application; '' when it does."""
    answer = hand.answer
    if answer is None:
        return hand.failure or "no_answer"
    if answer.dialogs:
        return "dialog"
    if answer.blocked >= 2:
        return "fuse_blocked"
    if answer.meaning is Meaning.COMPLETED and answer.sent == 0:
        return "fuse_silent"  # registered past the fuse: the profile does not recognise the register request
    match answer.meaning:
        case Meaning.COMPLETED:
            shown = answer.proofs_equal and (answer.receipt or plan.commit.receipt is None)
            return "" if shown else "proofs_differ"
        case Meaning.REFUSED:
            return "refused"
        case Meaning.SESSION_LOST:
            return "session_lost"
        case Meaning.SYSTEM_DOWN:
            return "system_down"
        case Meaning.GOES_ON | Meaning.HOLD | Meaning.WAIT | None:
            return "no_known_screen"


def judge(night: Night, access: CoreAccess, session: CoreSession, plan: EntryPlan, hand: Armed) -> EntryResult:
    why = doubt_about(plan, hand)
    evidence = outline(night, session, plan.receipt_no)
    picture(night, session, plan.receipt_no, "after")
    with night.timer.measure("answer"):
        if not why and hand.answer is not None:
            night.ledger.seen(hand.attempt, hand.answer, evidence)
            return Seen(hand.attempt, hand.answer)
        night.ledger.in_doubt(
            hand.attempt, why, hand.answer, due_after_s=access.profile.limits.settle_s, evidence_sha256=evidence
        )
    return InDoubt(hand.attempt, why)


def outline(night: Night, session: CoreSession, receipt_no: str) -> str:
    with night.timer.measure("evidence"):
        try:
            with action(Action.EVIDENCE):
                return night.evidence.outline(receipt_no, "after", session.screen.outline())
        except BridgeError:
            return ""  # losing evidence never changes the truth


def picture(night: Night, session: CoreSession, receipt_no: str, moment: str) -> str:
    if not night.options.pictures:
        return ""
    try:
        with action(Action.EVIDENCE):
            png = session.screen.picture(())
    except BridgeError:
        return ""
    return night.evidence.picture(receipt_no, moment, png) if png else ""
