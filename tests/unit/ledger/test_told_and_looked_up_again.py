"""After a registration: the source is told once, and the core is asked again the next night."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bridge_agent.domain.ledger_records import StaleClaim
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import LookUpResult, Verdict
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.store import SqlLedger
from tests.unit.ledger.steps import (
    ABSENT,
    FACTS,
    armed,
    claim,
    doubtful,
    events,
    forget_plans,
    found,
    item_row,
    looks,
    offer,
    record_for,
    refused_package,
    registered,
    reported,
    seen,
    state,
    take,
)
from tests.unit.pipeline.imitated_core import START, ImitatedClock

DAY_S = 24 * 3600.0
DAY = timedelta(days=1)


# ---- the source is told ---------------------------------------------------------------------------------------


def test_each_registration_waits_in_the_outbox_until_it_was_told(ledger: SqlLedger) -> None:
    first, second = registered(ledger, 1), registered(ledger, 2)
    waiting = ledger.outbox()
    assert [(r.item_id, r.receipt_no, r.core_receipt) for r in waiting] == [
        (first.item_id, "R001", "K-1"),
        (second.item_id, "R002", "K-2"),
    ]
    assert ledger.unreported() == 2
    ledger.reported(waiting[0])
    assert [r.item_id for r in ledger.outbox()] == [second.item_id]
    assert ledger.unreported() == 1
    assert state(ledger, first.item_id) == (State.REPORTED, "")
    assert state(ledger, second.item_id) == (State.REGISTERED, "")
    assert [ledger.find(number)[0].reported for number in ("R001", "R002")] == [True, False]


def test_a_report_that_the_source_refused_waits_for_a_person_and_is_not_told_again(ledger: SqlLedger) -> None:
    first, second = registered(ledger, 1), registered(ledger, 2)
    ledger.report_refused(ledger.outbox()[0], Reason.WITHDRAWN_AFTER_ENTRY, "取下げ")
    assert state(ledger, first.item_id) == (State.HELD, Reason.WITHDRAWN_AFTER_ENTRY)
    assert item_row(ledger, first.item_id).note == "取下げ"
    assert [r.item_id for r in ledger.outbox()] == [second.item_id]
    assert ledger.unreported() == 1


def test_what_went_to_a_person_meanwhile_is_not_reported(ledger: SqlLedger) -> None:
    registered(ledger)
    report = ledger.outbox()[0]
    ledger.report_refused(report, Reason.WITHDRAWN_AFTER_ENTRY, "")
    with pytest.raises(StaleClaim):
        ledger.reported(report)
    assert state(ledger)[0] is State.HELD


# ---- our own records, as a sign that the look-up sees anything --------------------------------------------------


def test_own_records_are_the_latest_registrations_of_that_core(ledger: SqlLedger) -> None:
    for number in (1, 2, 3):
        registered(ledger, number)
    registered(ledger, 4, "other", "zeimu")
    doubtful(ledger, 5)
    assert ledger.own_records("sogo", 2) == [("K-3", b"plan"), ("K-2", b"plan")]
    assert ledger.own_records("zeimu", 9) == [("K-4", b"plan")]


def test_own_records_are_still_as_registered_and_still_have_their_plan(ledger: SqlLedger) -> None:
    held = registered(ledger, 1)
    reported(ledger, 2)
    ledger.hold_after_registration(held, Reason.MISSING_AT_CORE, "", ABSENT)
    assert ledger.own_records("sogo", 9) == [("K-2", b"plan")]
    forget_plans(ledger)
    assert ledger.own_records("sogo", 9) == []


# ---- looked up again ------------------------------------------------------------------------------------------


def due(ledger: SqlLedger, core: str = "sogo") -> list[str]:
    again = [tried.receipt_no for tried in ledger.registered_since(core, ledger.clock.now())]
    assert ledger.count_registered_since(core, ledger.clock.now()) == len(again)
    return again


def test_registered_and_reported_ones_of_the_core_are_looked_up_again(ledger: SqlLedger) -> None:
    registered(ledger, 1)
    reported(ledger, 2)
    held = registered(ledger, 3)
    ledger.hold_after_registration(held, Reason.MISSING_AT_CORE, "", ABSENT)
    registered(ledger, 4, "other", "zeimu")
    doubtful(ledger, 5)
    seen(ledger, 6)
    armed(ledger, 7)
    assert due(ledger) == ["R001", "R002"]
    assert due(ledger, "zeimu") == ["R004"]


def test_an_attempt_that_was_absent_is_not_looked_up_again(ledger: SqlLedger) -> None:
    ledger.try_again(doubtful(ledger), ABSENT)
    second = ledger.arm(claim(ledger), FACTS)
    ledger.in_doubt(second, "timeout", None, due_after_s=0)
    ledger.registered(second, found(), "doubt")
    again = ledger.registered_since("sogo", ledger.clock.now())
    assert [tried.attempt_id for tried in again] == [second.attempt_id]


def test_what_was_confirmed_before_is_looked_up_no_more(ledger: SqlLedger, clock: ImitatedClock) -> None:
    registered(ledger)
    assert due(ledger) == ["R001"]
    ledger.reconciled("sogo", clock.now())
    clock.wait(1)
    assert due(ledger) == []


def test_an_emptied_plan_is_looked_up_no_more_and_the_shortest_one_is(ledger: SqlLedger) -> None:
    take(ledger)
    tried = ledger.arm(claim(ledger), replace(FACTS, plan=b"p"))
    ledger.in_doubt(tried, "timeout", None, due_after_s=0)
    ledger.registered(tried, found(), "doubt")
    assert due(ledger) == ["R001"]
    assert ledger.own_records("sogo", 1) == [("K-1", b"p")]
    forget_plans(ledger)
    assert due(ledger) == []


def test_a_look_up_again_writes_with_the_item_s_fence(ledger: SqlLedger) -> None:
    """A lane that was adopted gave the item a later fence than its attempt has."""
    tried = doubtful(ledger, 1, "former")
    with ledger.lane("lane"):
        ledger.adopt("sogo", "former", "lane")
        adopted = ledger.doubts("lane")[0].attempt
        assert adopted.fence > tried.fence
        ledger.registered(adopted, found(), "doubt")
    again = ledger.registered_since("sogo", ledger.clock.now())
    assert [(a.attempt_id, a.fence) for a in again] == [(tried.attempt_id, adopted.fence)]


def test_a_registration_confirmed_after_the_last_reconciliation_is_never_passed_over(
    ledger: SqlLedger, clock: ImitatedClock
) -> None:
    """Also when it is the ledger's very first look-up, and the clock says that it is older."""
    ledger.reconciled("sogo", clock.now() + DAY)
    registered(ledger)
    assert [a.receipt_no for a in ledger.registered_since("sogo", clock.now() + DAY)] == ["R001"]
    ledger.reconciled("sogo", clock.now() + DAY)
    assert ledger.registered_since("sogo", clock.now() + DAY) == []


def test_each_core_has_a_reconciliation_of_its_own(ledger: SqlLedger, clock: ImitatedClock) -> None:
    assert ledger.reconciled_until("sogo") is None
    ledger.reconciled("sogo", START)
    ledger.reconciled("zeimu", START + DAY)
    ledger.reconciled("sogo", START + 2 * DAY)
    assert ledger.reconciled_until("sogo") == START + 2 * DAY
    assert ledger.reconciled_until("zeimu") == START + DAY


@pytest.mark.parametrize("told", [False, True])
def test_a_registration_that_is_missing_later_goes_to_a_person(ledger: SqlLedger, told: bool) -> None:
    other, tried = registered(ledger, 1), (reported if told else registered)(ledger, 2)
    ledger.hold_after_registration(tried, Reason.MISSING_AT_CORE, "照会", LookUpResult(Verdict.ABSENT))
    assert state(ledger, tried.item_id) == (State.HELD, Reason.MISSING_AT_CORE)
    assert item_row(ledger, tried.item_id).note == "照会"
    assert looks(ledger)[-1] == (tried.item_id, "reconcile", "absent", "[]")
    assert state(ledger, other.item_id) == (State.REGISTERED, "")


# ---- held ones are counted ------------------------------------------------------------------------------------


def hold_one(ledger: SqlLedger, number: int, core: str = "sogo") -> int:
    """Held before anything was sent."""
    item_id = take(ledger, number, core=core)
    ledger.hold(claim(ledger, core=core), Reason.SCREEN_CHANGED, "")
    return item_id


def test_held_ones_of_the_core_are_counted_by_what_they_are_known_by(ledger: SqlLedger) -> None:
    sent = doubtful(ledger, 1)
    ledger.hold_after_attempt(sent, Reason.ABSENT, "", ABSENT, "doubt")
    unsent = hold_one(ledger, 2)
    unread = offer(ledger, refused_package(3, Reason.PACKAGE_DAMAGED))[1]
    hold_one(ledger, 4, "zeimu")
    take(ledger, 5)
    by_attempt, by_content, by_nothing = ledger.held_since("sogo", ledger.clock.now())
    assert by_attempt.attempt is not None
    assert (by_attempt.item.item_id, by_attempt.item.attempts, by_attempt.application) == (sent.item_id, 1, None)
    assert by_attempt.attempt.attempt_id == sent.attempt_id
    assert by_content.application == record_for(2).application
    assert (by_content.item.item_id, by_content.item.attempts, by_content.attempt) == (unsent, 0, None)
    assert (by_nothing.item.item_id, by_nothing.attempt, by_nothing.application) == (unread, None, None)


def test_a_held_one_is_looked_up_by_its_last_attempt(ledger: SqlLedger) -> None:
    ledger.try_again(doubtful(ledger), ABSENT)
    second = ledger.arm(claim(ledger), FACTS)
    ledger.in_doubt(second, "timeout", None, due_after_s=0)
    ledger.hold_after_attempt(second, Reason.SECOND_DOUBT, "", ABSENT, "doubt")
    held = ledger.held_since("sogo", ledger.clock.now())
    assert [(h.item.attempts, h.attempt and h.attempt.attempt_id) for h in held] == [(2, second.attempt_id)]


def test_what_has_been_held_for_long_is_not_counted(ledger: SqlLedger, clock: ImitatedClock) -> None:
    held = hold_one(ledger, 1)
    since = clock.now()
    clock.wait(DAY_S)
    assert [h.item.item_id for h in ledger.held_since("sogo", since)] == [held]  # since that very moment
    assert ledger.held_since("sogo", since + timedelta(seconds=1)) == []


def test_a_count_is_told_in_the_chain_when_it_is_news(ledger: SqlLedger, clock: ImitatedClock) -> None:
    other, held = hold_one(ledger, 1), hold_one(ledger, 2)
    for count in (0, 0, 1, 1, 0):
        clock.wait(1)
        ledger.counted(held, count)
        row = item_row(ledger, held)
        assert (row.core_count, row.core_count_at) == (count, ledger.now())
    assert events(ledger).count("counted") == 3
    assert item_row(ledger, other).core_count is None
    assert item_row(ledger, other).core_count_at is None
