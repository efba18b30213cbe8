"""The ledger's moves through its own methods: fences, arming, the person's decisions, two processes on one lane."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_agent.domain.application import Listed
from bridge_agent.domain.errors import ConfigError, StopRunError, TransientError
from bridge_agent.domain.ledger_records import AttemptFacts, Claim, Intake, IntakeRecord, StaleClaim
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer, CoreRecord, LookUpResult, Verdict
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner, chain_key, event_hash
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer
from tests.unit.pipeline.imitation import application

FACTS = AttemptFacts("digest", "hash", b"plan", (), None, 1, 1, "print", "", 5.0, Sender(1, 1.0, "host"))
FOUND = LookUpResult(Verdict.FOUND, (CoreRecord("K-1"),), (), 1, 1)
ABSENT = LookUpResult(Verdict.ABSENT)


def take_in(ledger: SqlLedger, number: int = 1, value: str = "良い", **changes: object) -> tuple[Intake, int]:
    taken = application(number, value, **changes)
    listed = Listed(taken.key.receipt_no, "K1", "手続", taken.revision)
    record = IntakeRecord(taken, listed, "p", "手続", "sogo", None, "", taken.atena_no, timedelta(days=30))
    return ledger.take_in("minamo", "default", record)


def claim(ledger: SqlLedger) -> Claim:
    with ledger.lane("lane"):
        claimed = ledger.claim("lane", "sogo", Sender(1, 1.0, "host"))
    assert claimed is not None
    return claimed


def state(ledger: SqlLedger) -> State:
    return ledger.items()[0].state


def test_the_same_content_again_is_dropped(ledger: SqlLedger) -> None:
    assert take_in(ledger)[0] is Intake.NEW
    assert take_in(ledger)[0] is Intake.KNOWN
    assert len(ledger.items()) == 1


def test_a_new_revision_under_the_same_number_is_never_a_second_item(ledger: SqlLedger) -> None:
    take_in(ledger)
    assert take_in(ledger, value="新しい", revision="2")[0] is Intake.REPLACED
    assert len(ledger.items()) == 1


def test_leading_zeros_make_another_application(ledger: SqlLedger) -> None:
    one = application(1)
    other = replace(one, key=replace(one.key, receipt_no="0R001"), atena_no="x")
    for taken in (one, other):
        listed = Listed(taken.key.receipt_no, "K1", "手続", "1")
        record = IntakeRecord(taken, listed, "p", "手続", "sogo", None, "", "", timedelta(0))
        ledger.take_in("minamo", "default", record)
    assert len(ledger.items()) == 2


def test_a_stale_owner_changes_nothing(ledger: SqlLedger) -> None:
    take_in(ledger)
    former = claim(ledger)
    for leftover in ledger.leftovers("lane", "sogo"):
        ledger.recover(leftover, sender_dead=True, settle_s=10)
    current = claim(ledger)
    with pytest.raises(StaleClaim):
        ledger.arm(former, FACTS)
    with pytest.raises(StaleClaim):
        ledger.hold(former, Reason.SCREEN_CHANGED, "")
    assert state(ledger) is State.CLAIMED
    ledger.arm(current, FACTS)


def test_a_second_attempt_is_impossible_while_the_first_is_open(ledger: SqlLedger) -> None:
    take_in(ledger)
    attempt = ledger.arm(claim(ledger), FACTS)
    ledger.in_doubt(attempt, "timeout", None, due_after_s=10)
    assert ledger.claim("lane", "sogo", None) is None
    ledger.hold_after_attempt(attempt, Reason.ABSENT, "", ABSENT, "doubt")
    with pytest.raises(ConfigError, match="look-again"):
        ledger.release("R001", "職員")
    with pytest.raises(ConfigError):
        ledger.close_held("R001", Reason.DISMISSED, "職員")
    ledger.ask_again("R001", "職員")  # what the refusal of the release advises is not refused


def test_an_expired_claim_is_not_armed(ledger: SqlLedger, clock: ImitatedClock) -> None:
    take_in(ledger)
    claimed = claim(ledger)
    clock.wait(Lease().seconds)
    with pytest.raises(TransientError):
        ledger.arm(claimed, FACTS)
    assert state(ledger) is State.CLAIMED


def test_registered_writes_outcome_and_outbox_at_once(ledger: SqlLedger) -> None:
    take_in(ledger)
    attempt = ledger.arm(claim(ledger), FACTS)
    ledger.seen(attempt, Answer(None, receipt="K-1"), "sha")
    ledger.registered(attempt, FOUND, "after_entry")
    waiting = ledger.outbox()
    assert [(line.receipt_no, line.core_receipt) for line in waiting] == [("R001", "K-1")]
    ledger.reported(waiting[0])
    assert state(ledger) is State.REPORTED
    assert ledger.outbox() == []


def test_recovery_sends_armed_to_doubt_and_never_to_pending(ledger: SqlLedger) -> None:
    take_in(ledger)
    ledger.arm(claim(ledger), FACTS)
    leftover = ledger.leftovers("lane", "sogo")[0]
    assert leftover.sender == Sender(1, 1.0, "host")
    assert ledger.recover(leftover, sender_dead=True, settle_s=10) is State.IN_DOUBT
    doubt = ledger.doubts("lane")[0]
    assert doubt.why == "crashed"
    assert doubt.sender_dead
    assert (doubt.due_at - ledger.clock.now()).total_seconds() == 10


def test_the_baseline_of_the_first_attempt_stays_for_the_second(ledger: SqlLedger) -> None:
    take_in(ledger)
    attempt = ledger.arm(claim(ledger), replace(FACTS, baseline=("K-0",)))
    ledger.in_doubt(attempt, "timeout", None, due_after_s=0)
    ledger.try_again(ledger.doubts("lane")[0].attempt, ABSENT)
    second = claim(ledger)
    assert second.baseline == ("K-0",)
    assert ledger.arm(second, replace(FACTS, baseline=("K-0", "K-9"))).baseline == ("K-0",)


def test_a_held_item_without_attempt_can_be_released_or_closed(ledger: SqlLedger) -> None:
    take_in(ledger)
    ledger.hold(claim(ledger), Reason.DUPLICATE_WARNING, "")
    ledger.release("R001", "職員")
    assert state(ledger) is State.PENDING
    ledger.hold(claim(ledger), Reason.DUPLICATE_WARNING, "")
    with pytest.raises(ConfigError, match="--record"):
        ledger.close_held("R001", Reason.ENTERED_BY_HAND, "職員")
    ledger.close_held("R001", Reason.ENTERED_BY_HAND, "職員", "K-77")
    assert state(ledger) is State.CLOSED


def test_every_move_is_in_the_chain(ledger: SqlLedger) -> None:
    take_in(ledger)
    ledger.arm(claim(ledger), FACTS)
    with ledger.engine.connect() as connection:
        key = chain_key(connection, ledger.sealer)
        rows = connection.exec_driver_sql("SELECT at, kind, item_id, body, previous, hash FROM event").all()
    assert [r.kind for r in rows] == ["->pending", "pending->claimed", "claimed->armed"]
    assert key is not None
    previous = ""
    for row in rows:
        assert row.previous == previous
        assert row.hash == event_hash(key, previous, row.at, row.kind, row.item_id, row.body)
        previous = row.hash


def test_two_processes_cannot_share_a_lane(tmp_path: Path, clock: ImitatedClock) -> None:
    books = [
        SqlLedger(
            open_ledger(tmp_path / "ledger.db", "check"), clock, ImitatedSealer(), Owner(1, 1.0, "host", "boot")
        ).with_locks(tmp_path / "lanes")
        for _ in range(2)
    ]
    with books[0].lane("a"), books[1].lane("b"), pytest.raises(StopRunError, match="別の実行"), books[1].lane("a"):
        pass
    with books[1].lane("a"):
        pass


def test_withdrawn_before_download_is_closed_at_once(ledger: SqlLedger) -> None:
    listed = Listed("R009", "K1", "手続", "1")
    record = IntakeRecord(None, listed, "p", "手続", "sogo", Reason.WITHDRAWN, "", "", timedelta(0))
    ledger.take_in("minamo", "default", record)
    assert (ledger.items()[0].state, ledger.items()[0].reason) == (State.CLOSED, Reason.WITHDRAWN)


def test_a_person_s_other_look_makes_a_doubt_again_and_keeps_what_the_doubt_was(ledger: SqlLedger) -> None:
    take_in(ledger)
    attempt = ledger.arm(claim(ledger), FACTS)
    ledger.in_doubt(attempt, "dialog", None, due_after_s=10)
    ledger.hold_after_attempt(attempt, Reason.LOOKUP_FAILED, "", LookUpResult(Verdict.UNREADABLE), "doubt")
    ledger.ask_again("R001", "職員")
    (doubt,) = ledger.doubts("lane")
    assert (state(ledger), doubt.why, doubt.absent_looks) == (State.IN_DOUBT, "dialog", 0)
    with pytest.raises(StaleClaim):
        ledger.registered(attempt, FOUND, "doubt")  # whoever had it in hand before can write no more
    ledger.registered(doubt.attempt, FOUND, "doubt")


def test_there_is_no_other_look_where_no_attempt_is_open(ledger: SqlLedger) -> None:
    take_in(ledger)
    ledger.hold(claim(ledger), Reason.SCREEN_CHANGED, "")
    with pytest.raises(ConfigError, match="照会し直すものがありません"):
        ledger.ask_again("R001", "職員")
    ledger.release("R001", "職員")
    with pytest.raises(ConfigError, match="保留ではありません"):
        ledger.ask_again("R001", "職員")
