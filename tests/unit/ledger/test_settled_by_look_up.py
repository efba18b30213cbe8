"""A look-up settles an attempt: what it proved is on record, in the item, in the attempt and for the source, or nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ledger_records import Attempt, StaleClaim
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import CoreRecord, LookUpResult, Verdict
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.tables import lookup, outbox
from tests.unit.ledger.steps import (
    ABSENT,
    FACTS,
    armed,
    attempt_row,
    claim,
    doubtful,
    found,
    item_row,
    looks,
    offer,
    record_for,
    registered,
    rows,
    seen,
    state,
)
from tests.unit.pipeline.imitated_core import ImitatedClock

UNREADABLE, UNTRUSTED = LookUpResult(Verdict.UNREADABLE), LookUpResult(Verdict.UNTRUSTED)
Settle = Callable[[SqlLedger, Attempt], object]


@pytest.mark.parametrize(
    ("kind", "settle"),
    [
        ("pre_check", lambda ledger, tried: ledger.looked(tried, "pre_check", found())),
        ("after_entry", lambda ledger, tried: ledger.registered(tried, found(), "after_entry")),
        ("doubt", lambda ledger, tried: ledger.hold_after_attempt(tried, Reason.ABSENT, "", found(), "doubt")),
        ("doubt", lambda ledger, tried: ledger.look_again(tried, found(), after_s=1)),
        ("doubt", lambda ledger, tried: ledger.look_later(tried, found(), after_s=1)),
        ("doubt", lambda ledger, tried: ledger.try_again(tried, found())),
    ],
)
def test_every_look_up_is_on_record_with_what_it_showed(ledger: SqlLedger, kind: str, settle: Settle) -> None:
    doubtful(ledger, 1)
    tried = doubtful(ledger, 2)
    settle(ledger, tried)
    assert looks(ledger) == [(tried.item_id, kind, "found", '["K-1"]')]
    row = rows(ledger, lookup)[0]
    assert (row.attempt_id, row.rows_read, row.compared) == (tried.attempt_id, 3, 2)


def test_labels_that_differ_are_kept_in_their_own_writing(ledger: SqlLedger) -> None:
    tried = doubtful(ledger)
    ledger.looked(tried, "doubt", LookUpResult(Verdict.MISMATCH, (CoreRecord("K-1"),), ("氏名", "住所")))
    assert rows(ledger, lookup)[0].differing == '["氏名", "住所"]'


def test_registered_is_what_the_look_up_found_and_not_what_the_screen_said(ledger: SqlLedger) -> None:
    other, tried = doubtful(ledger, 1), seen(ledger, 2)
    assert attempt_row(ledger, tried).core_record == "S-2"
    ledger.registered(tried, found("K-7"), "after_entry")
    row = item_row(ledger, tried.item_id)
    assert (row.state, row.receipt_at_core, bool(row.ever_registered)) == (State.REGISTERED, "K-7", True)
    settled = attempt_row(ledger, tried)
    assert (settled.outcome, settled.core_record, settled.outcome_at) == ("registered", "K-7", ledger.now())
    assert [(line.item_id, line.core_receipt) for line in ledger.outbox()] == [(tried.item_id, "K-7")]
    assert attempt_row(ledger, other).outcome is None
    assert state(ledger, other.item_id) == (State.IN_DOUBT, "")


@pytest.mark.parametrize(
    "settle",
    [
        lambda ledger, tried: ledger.registered(tried, found(), "doubt"),
        lambda ledger, tried: ledger.hold_after_attempt(tried, Reason.ABSENT, "", ABSENT, "doubt"),
        lambda ledger, tried: ledger.try_again(tried, ABSENT),
    ],
)
def test_a_former_owner_settles_nothing(ledger: SqlLedger, settle: Settle) -> None:
    tried = doubtful(ledger)
    with pytest.raises(StaleClaim):
        settle(ledger, replace(tried, fence=tried.fence - 1))
    assert state(ledger) == (State.IN_DOUBT, "")
    assert attempt_row(ledger, tried).outcome is None
    assert looks(ledger) == []
    assert rows(ledger, outbox) == []


def test_a_doubt_that_is_held_says_why_and_the_others_stay(ledger: SqlLedger) -> None:
    other, tried = doubtful(ledger, 1), doubtful(ledger, 2)
    ledger.hold_after_attempt(tried, Reason.ABSENT, "2回", ABSENT, "doubt")
    assert state(ledger, tried.item_id) == (State.HELD, Reason.ABSENT)
    assert item_row(ledger, tried.item_id).note == "2回"
    assert attempt_row(ledger, tried).outcome is None  # a person decides what became of it
    assert state(ledger, other.item_id) == (State.IN_DOUBT, "")


# ---- changed while its attempt was open -----------------------------------------------------------------------


def changed(ledger: SqlLedger, number: int) -> None:
    offer(ledger, record_for(number, "新しい", revision="2"))


def test_a_change_after_sending_goes_to_a_person_once_the_old_content_is_found(ledger: SqlLedger) -> None:
    tried = doubtful(ledger)
    changed(ledger, 1)
    assert state(ledger) == (State.IN_DOUBT, "")  # the attempt is settled first
    ledger.registered(tried, found("K-3"), "doubt")
    row = item_row(ledger, tried.item_id)
    assert (row.state, row.reason) == (State.HELD, Reason.CONTENT_CHANGED)
    assert (row.receipt_at_core, bool(row.ever_registered)) == ("K-3", True)
    assert attempt_row(ledger, tried).outcome == "registered"
    assert rows(ledger, outbox) == []  # the source is not told of content that it no longer has


def test_a_change_after_sending_goes_to_a_person_once_the_old_content_is_absent(ledger: SqlLedger) -> None:
    tried = doubtful(ledger)
    changed(ledger, 1)
    assert ledger.try_again(tried, ABSENT) is State.HELD
    assert state(ledger) == (State.HELD, Reason.CONTENT_CHANGED)
    assert attempt_row(ledger, tried).outcome == "absent"
    assert ledger.claim("lane", "sogo", None) is None
    with pytest.raises(ConfigError) as refused:
        ledger.release("R001", "職員")
    assert "情報担当者" in refused.value.message
    assert "look-again" not in refused.value.message  # it would be refused as well: the look-up has spoken


def test_a_change_of_another_application_is_no_change(ledger: SqlLedger) -> None:
    first, second, third = doubtful(ledger, 1), doubtful(ledger, 2), doubtful(ledger, 3)
    changed(ledger, 3)
    ledger.registered(first, found(), "doubt")
    assert state(ledger, first.item_id) == (State.REGISTERED, "")
    assert ledger.try_again(second, ABSENT) is State.PENDING
    assert state(ledger, second.item_id) == (State.PENDING, "")
    assert attempt_row(ledger, third).outcome is None


# ---- absence and looks that say nothing -----------------------------------------------------------------------


def test_an_absence_is_counted_once_and_waited_on(ledger: SqlLedger, clock: ImitatedClock) -> None:
    other, tried = doubtful(ledger, 1), doubtful(ledger, 2)
    for count in (1, 2):
        ledger.look_again(tried, ABSENT, after_s=30)
        doubts = {doubt.item.item_id: doubt for doubt in ledger.doubts("lane")}
        assert doubts[tried.item_id].absent_looks == count
        assert (doubts[tried.item_id].due_at - clock.now()).total_seconds() == 30
        assert doubts[other.item_id].absent_looks == 0
        assert doubts[other.item_id].due_at == clock.now()


def test_a_look_up_that_says_nothing_is_no_absence(ledger: SqlLedger, clock: ImitatedClock) -> None:
    tried = doubtful(ledger)
    ledger.look_later(tried, UNREADABLE, after_s=40)
    doubt = ledger.doubts("lane")[0]
    assert doubt.absent_looks == 0
    assert (doubt.due_at - clock.now()).total_seconds() == 40


def test_absence_counts_only_for_the_owner_and_only_in_doubt(ledger: SqlLedger) -> None:
    tried, owed = doubtful(ledger, 1), seen(ledger, 2)
    for stale in (replace(tried, fence=tried.fence + 1), owed):
        with pytest.raises(StaleClaim):
            ledger.look_again(stale, ABSENT, after_s=30)
    assert [item_row(ledger, t.item_id).absent_looks for t in (tried, owed)] == [0, 0]


def test_useless_look_ups_are_counted_for_each_attempt_of_its_own(ledger: SqlLedger) -> None:
    other, tried = doubtful(ledger, 1), doubtful(ledger, 2)
    ledger.looked(tried, "doubt", UNREADABLE)
    ledger.looked(tried, "doubt", UNTRUSTED)
    ledger.looked(tried, "doubt", ABSENT)
    ledger.looked(tried, "after_entry", UNREADABLE)
    ledger.looked(tried, "reconcile", UNREADABLE)
    ledger.looked(other, "doubt", UNREADABLE)
    assert ledger.useless_looks(tried) == 2
    assert ledger.useless_looks(other) == 1


def test_an_absent_attempt_is_closed_and_the_application_is_due_at_once(ledger: SqlLedger) -> None:
    other, tried = doubtful(ledger, 1), doubtful(ledger, 2)
    assert ledger.try_again(tried, ABSENT) is State.PENDING
    assert (attempt_row(ledger, tried).outcome, attempt_row(ledger, tried).outcome_at) == ("absent", ledger.now())
    assert attempt_row(ledger, other).outcome is None
    assert item_row(ledger, tried.item_id).due_at == ledger.now()
    again = claim(ledger)
    assert (again.item.item_id, again.item.attempts) == (tried.item_id, 1)


# ---- what waits for a look-up ---------------------------------------------------------------------------------


def test_a_lane_settles_its_own_open_attempts_the_earliest_first(ledger: SqlLedger) -> None:
    late = doubtful(ledger, 1, due_after_s=90)
    soon = doubtful(ledger, 2, due_after_s=30)
    doubtful(ledger, 3, "other lane")
    owed = seen(ledger, 4)
    armed(ledger, 5)
    assert [doubt.item.item_id for doubt in ledger.doubts("lane")] == [soon.item_id, late.item_id]
    assert [doubt.item.item_id for doubt in ledger.owed("lane")] == [owed.item_id]


def test_a_settled_attempt_is_not_looked_up_for_the_next_one(ledger: SqlLedger) -> None:
    first = doubtful(ledger)
    ledger.try_again(first, ABSENT)
    second = ledger.arm(claim(ledger), FACTS)
    ledger.in_doubt(second, "crashed", None, due_after_s=0)
    doubts = ledger.doubts("lane")
    assert [(doubt.attempt.attempt_id, doubt.item.attempts, doubt.why) for doubt in doubts] == [
        (second.attempt_id, 2, "crashed")
    ]


def test_after_the_look_up_nothing_is_owed(ledger: SqlLedger) -> None:
    registered(ledger)
    assert ledger.owed("lane") == []
    assert ledger.doubts("lane") == []
