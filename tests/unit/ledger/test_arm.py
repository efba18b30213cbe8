"""A lane arms what it has in hand: until when it may, what is then on record, and what becomes of the core's answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bridge_agent.domain.errors import TransientError
from bridge_agent.domain.ledger_records import AttemptFacts, StaleClaim
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.result import Answer
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from tests.unit.ledger.steps import (
    ABSENT,
    BROWSER,
    FACTS,
    OTHER_BROWSER,
    armed,
    attempt_row,
    claim,
    doubtful,
    item_row,
    seen,
    state,
    take,
)
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer

LEASE = Lease()


# ---- armed ----------------------------------------------------------------------------------------------------


def test_an_entry_may_be_armed_while_the_lease_covers_the_submit_and_not_a_moment_later(
    ledger: SqlLedger, clock: ImitatedClock
) -> None:
    longest = LEASE.seconds - LEASE.margin_s - LEASE.after_submit_s - FACTS.submit_timeout_s
    assert longest == 160
    clock.wait(1000)
    take(ledger, 1)
    take(ledger, 2)
    claimed = claim(ledger)
    clock.wait(longest + 0.125)
    with pytest.raises(TransientError):
        ledger.arm(claimed, FACTS)
    assert state(ledger, claimed.item.item_id)[0] is State.CLAIMED
    ledger.put_back(claimed, "", after_s=0)
    claimed = claim(ledger)
    clock.wait(longest)
    ledger.arm(claimed, FACTS)
    assert state(ledger, claimed.item.item_id)[0] is State.ARMED


def test_a_longer_submit_must_be_armed_earlier(ledger: SqlLedger, clock: ImitatedClock) -> None:
    take(ledger)
    claimed = claim(ledger)
    clock.wait(120)
    with pytest.raises(TransientError):
        ledger.arm(claimed, replace(FACTS, submit_timeout_s=46))
    ledger.arm(claimed, replace(FACTS, submit_timeout_s=45))


def test_everything_is_on_record_before_the_register_action(ledger: SqlLedger, clock: ImitatedClock) -> None:
    facts = AttemptFacts(
        "recipe", "content", b"sealed plan", ("K-0",), True, 12, 11, "print", "sha", 5.0, OTHER_BROWSER
    )
    take(ledger)
    claimed = claim(ledger)
    clock.wait(3)
    tried = ledger.arm(claimed, facts)
    row = attempt_row(ledger, tried)
    assert (row.item_id, row.number, row.lane, row.fence) == (claimed.item.item_id, 1, "lane", claimed.fence)
    assert (row.recipe_digest, row.content_hash, row.plan, row.baseline) == (
        "recipe",
        "content",
        b"sealed plan",
        '["K-0"]',
    )
    assert (row.canary_ok, row.fields_read, row.fields_equal) == (True, 12, 11)
    assert (row.readback_fingerprint, row.evidence_before, row.boot_id) == ("print", "sha", "boot")
    assert (tried.armed_at, tried.submit_deadline) == (clock.now(), clock.now() + timedelta(seconds=5))
    assert row.outcome is None
    assert item_row(ledger, tried.item_id).due_at == ledger.later(5)
    assert [left.sender for left in ledger.leftovers("lane", "sogo")] == [OTHER_BROWSER]


def test_the_lane_is_kept_for_as_long_as_the_submit_may_take(ledger: SqlLedger, clock: ImitatedClock) -> None:
    take(ledger)
    claimed = claim(ledger)
    clock.wait(100)
    ledger.arm(claimed, replace(FACTS, submit_timeout_s=50))
    for wait, over in ((LEASE.seconds + 49, False), (2, True)):
        clock.wait(wait)
        owner = ledger.lane_owner("lane")
        assert owner is not None
        assert owner.lease_over is over


def test_a_process_that_lost_its_lane_arms_nothing(ledger: SqlLedger, clock: ImitatedClock) -> None:
    take(ledger)
    claimed = claim(ledger)
    thief = SqlLedger(ledger.engine, clock, ImitatedSealer(), Owner(2, 2.0, "host", "boot"))
    with thief.lane("lane"):
        pass
    with pytest.raises(StaleClaim):
        ledger.arm(claimed, FACTS)
    assert state(ledger)[0] is State.CLAIMED


def test_attempts_are_numbered_and_keep_the_first_baseline(ledger: SqlLedger) -> None:
    take(ledger, 9)
    numbers = []
    for baseline in (("K-0",), ("K-0", "K-1"), ("K-2",)):
        claimed = claim(ledger)
        tried = ledger.arm(claimed, replace(FACTS, baseline=baseline))
        numbers.append(tried.number)
        assert tried.baseline == ("K-0",)
        ledger.in_doubt(tried, "timeout", None, due_after_s=0)
        ledger.try_again(tried, ABSENT)
    assert numbers == [1, 2, 3]


def test_an_empty_first_baseline_is_a_baseline(ledger: SqlLedger) -> None:
    ledger.try_again(doubtful(ledger), ABSENT)
    second = claim(ledger)
    assert second.baseline == ()
    assert ledger.arm(second, replace(FACTS, baseline=("K-5",))).baseline == ()


# ---- what the core answered -----------------------------------------------------------------------------------


def test_the_answer_is_kept_with_what_the_fuse_counted(ledger: SqlLedger) -> None:
    other, tried = armed(ledger, 1, "other"), armed(ledger, 2)
    ledger.seen(tried, Answer(None, receipt="S-2", sent=1, blocked=3), "sha after")
    row = attempt_row(ledger, tried)
    assert (row.answer, row.answered_at, row.evidence_after) == ("seen", ledger.now(), "sha after")
    assert (row.core_record, row.sent, row.blocked) == ("S-2", 1, 3)
    assert state(ledger, tried.item_id)[0] is State.SEEN
    assert attempt_row(ledger, other).answer == ""
    assert state(ledger, other.item_id)[0] is State.ARMED


@pytest.mark.parametrize("answer", [None, Answer(None, receipt="S-1", sent=0)])
def test_an_unknown_outcome_is_a_doubt_that_waits(
    ledger: SqlLedger, clock: ImitatedClock, answer: Answer | None
) -> None:
    tried = armed(ledger)
    ledger.in_doubt(tried, "timeout", answer, due_after_s=20, evidence_sha256="sha after")
    row = attempt_row(ledger, tried)
    assert (row.answer, row.evidence_after) == ("timeout", "sha after")
    assert (row.core_record, row.sent) == (("", None) if answer is None else ("S-1", 0))
    doubt = ledger.doubts("lane")[0]
    assert (doubt.why, doubt.absent_looks, doubt.sender_dead) == ("timeout", 0, False)
    assert (doubt.due_at - clock.now()).total_seconds() == 20


def test_a_seen_one_that_is_not_found_keeps_the_answer_of_its_screen(ledger: SqlLedger) -> None:
    tried = seen(ledger)
    ledger.in_doubt(tried, "not_found", None, due_after_s=0)
    row = attempt_row(ledger, tried)
    assert (row.answer, row.core_record, row.evidence_after) == ("seen", "S-1", "sha")
    doubt = ledger.doubts("lane")[0]
    assert (doubt.why, doubt.sender_dead) == ("not_found", False)  # its browser still lives


def test_a_seen_one_whose_sender_is_known_to_be_dead_stays_so(ledger: SqlLedger) -> None:
    tried = seen(ledger)
    ledger.recover(ledger.leftovers("lane", "sogo")[0], sender_dead=True, settle_s=10)
    tried = ledger.owed("lane")[0].attempt
    ledger.in_doubt(tried, "not_found", None, due_after_s=0)
    assert ledger.doubts("lane")[0].sender_dead


def test_a_second_attempt_has_a_living_sender_again(ledger: SqlLedger) -> None:
    tried = doubtful(ledger)
    ledger.sender_stopped("lane", BROWSER, 0)
    assert ledger.doubts("lane")[0].sender_dead
    ledger.try_again(tried, ABSENT)
    second = ledger.arm(claim(ledger), FACTS)
    ledger.seen(second, Answer(None), "")
    ledger.in_doubt(second, "not_found", None, due_after_s=0)
    assert not ledger.doubts("lane")[0].sender_dead


# ---- its browser was stopped ----------------------------------------------------------------------------------


def stopped(ledger: SqlLedger) -> list[int]:
    return [doubt.item.item_id for lane in ("lane", "other") for doubt in ledger.doubts(lane) if doubt.sender_dead]


def test_a_doubt_is_due_a_while_after_its_sender_was_stopped(ledger: SqlLedger, clock: ImitatedClock) -> None:
    doubtful(ledger, 1)
    clock.wait(50)
    ledger.sender_stopped("lane", BROWSER, 10)
    doubt = ledger.doubts("lane")[0]
    assert doubt.sender_dead
    assert (doubt.due_at - clock.now()).total_seconds() == 10
    clock.wait(5)
    ledger.sender_stopped("lane", BROWSER, 10)  # stopped once already: it waits no longer for that
    assert (ledger.doubts("lane")[0].due_at - clock.now()).total_seconds() == 5


@pytest.mark.parametrize(
    ("lane", "sender"),
    [
        ("other", BROWSER),
        ("lane", OTHER_BROWSER),
        ("lane", replace(BROWSER, started=9.0)),  # the number was used again
        ("lane", None),
    ],
)
def test_another_browser_that_was_stopped_says_nothing(ledger: SqlLedger, lane: str, sender: Sender | None) -> None:
    tried = doubtful(ledger, due_after_s=70)
    ledger.sender_stopped(lane, sender, 10)
    assert stopped(ledger) == []
    assert item_row(ledger, tried.item_id).due_at == ledger.later(70)


def test_a_browser_of_another_machine_is_not_ours_to_call_dead(ledger: SqlLedger, clock: ImitatedClock) -> None:
    doubtful(ledger)
    elsewhere = SqlLedger(ledger.engine, clock, ImitatedSealer(), Owner(1, 1.0, "elsewhere", "boot"))
    elsewhere.sender_stopped("lane", BROWSER, 10)
    assert stopped(ledger) == []


def test_stopping_a_browser_moves_only_doubts(ledger: SqlLedger) -> None:
    owed = seen(ledger)
    due = item_row(ledger, owed.item_id).due_at
    ledger.sender_stopped("lane", BROWSER, 10)
    row = item_row(ledger, owed.item_id)
    assert (row.state, bool(row.sender_dead), row.due_at) == (State.SEEN, False, due)


def test_the_database_itself_lets_a_lane_have_one_item_in_hand(ledger: SqlLedger) -> None:
    take(ledger, 1)
    take(ledger, 2)
    claim(ledger)
    with pytest.raises(IntegrityError):
        claim(ledger)
