"""A lane takes one application in hand, gives it back or closes it: which one is next, and what is then on record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge_agent.domain.ledger_records import StaleClaim
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.store import SqlLedger
from tests.unit.ledger.steps import (
    BROWSER,
    claim,
    claim_or_none,
    doubtful,
    item_row,
    offer,
    record_for,
    refused_package,
    state,
    take,
)
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer

LEASE = Lease()


class DeafSealer(ImitatedSealer):
    """Cannot open what was sealed for one application: its content is damaged."""

    unreadable = b""

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        if self.unreadable and self.unreadable in sealed:
            raise ValueError("secret value")
        return sealed


# ---- which one is next ----------------------------------------------------------------------------------------


def next_one(ledger: SqlLedger, **choice: object) -> str | None:
    """Its receipt number; it is put back, so that a second question has the same answer."""
    claimed = claim_or_none(ledger, **choice)  # type: ignore[arg-type]
    if claimed is None:
        return None
    ledger.put_back(claimed, "asked", after_s=0, counts=False)
    return claimed.item.receipt_no


def test_the_earliest_received_is_next_and_the_earliest_taken_in_of_two(ledger: SqlLedger) -> None:
    at = record_for(7).application
    assert at is not None
    for number in (9, 8):
        take(ledger, number, received_at=at.received_at)
    assert next_one(ledger) == "R009"
    take(ledger, 1)
    assert next_one(ledger) == "R001"


def test_only_the_lane_s_core_and_only_what_waits_with_its_content(ledger: SqlLedger) -> None:
    take(ledger, 1, core="zeimu")
    doubtful(ledger, 2)
    offer(ledger, refused_package(3, Reason.PACKAGE_DAMAGED))
    ledger.release("R003", "職員")  # waits, and still has no content
    assert next_one(ledger) is None
    take(ledger, 4)
    assert next_one(ledger) == "R004"


def test_a_procedure_can_be_chosen_or_skipped_and_items_passed_over(ledger: SqlLedger) -> None:
    first = take(ledger, 1, procedure="a")
    take(ledger, 2, procedure="b")
    take(ledger, 3, procedure="b")
    assert next_one(ledger) == "R001"
    assert next_one(ledger, procedure="b") == "R002"
    assert next_one(ledger, procedure="c") is None
    assert next_one(ledger, skip=frozenset({"a"})) == "R002"
    assert next_one(ledger, passed=frozenset({first, 2})) == "R003"
    assert next_one(ledger, skip=frozenset({"b"}), passed=frozenset({first})) is None


@pytest.mark.parametrize("way", ["tries", "crashes"])
def test_one_that_has_failed_lets_the_others_go_first(ledger: SqlLedger, way: str) -> None:
    take(ledger, 1)
    fail(ledger, way)
    take(ledger, 2)
    assert next_one(ledger) == "R002"
    claimed = claim(ledger, passed=frozenset({2}))
    assert (claimed.tries, claimed.crashes) == ((1, 0) if way == "tries" else (0, 1))


def fail(ledger: SqlLedger, way: str) -> None:
    claimed = claim(ledger)
    if way == "tries":
        ledger.put_back(claimed, "timeout", after_s=0)
        return
    assert ledger.recover(ledger.leftovers("lane", "sogo")[0], sender_dead=True, settle_s=10) is State.PENDING


def test_failures_of_both_kinds_are_added(ledger: SqlLedger) -> None:
    take(ledger, 1)
    fail(ledger, "tries")
    fail(ledger, "crashes")
    take(ledger, 2)
    other = claim(ledger, passed=frozenset({1}))
    ledger.put_back(other, "timeout", after_s=0)
    assert next_one(ledger) == "R002"  # one failure against two
    assert next_one(ledger, passed=frozenset({2})) == "R001"


def test_an_unreadable_content_is_held_and_the_next_one_is_taken(clock: ImitatedClock, ledger: SqlLedger) -> None:
    sealer = DeafSealer()
    ledger.sealer = sealer
    for number in (1, 2):
        take(ledger, number)
    sealer.unreadable = b"R001"
    assert claim(ledger).item.receipt_no == "R002"
    assert state(ledger, 1) == (State.HELD, Reason.PACKAGE_DAMAGED)
    assert "secret value" not in item_row(ledger, 1).note


def test_when_every_content_is_unreadable_there_is_none_to_claim(ledger: SqlLedger) -> None:
    sealer = DeafSealer()
    ledger.sealer = sealer
    take(ledger, 1)
    sealer.unreadable = b"R001"
    assert claim_or_none(ledger) is None
    assert state(ledger, 1)[0] is State.HELD


# ---- in hand --------------------------------------------------------------------------------------------------


def test_a_claim_names_its_process_and_its_browser(ledger: SqlLedger, clock: ImitatedClock) -> None:
    item_id = take(ledger)
    clock.wait(7)
    claimed = claim(ledger)
    row = item_row(ledger, item_id)
    assert (row.state, row.lane, row.fence) == (State.CLAIMED, "lane", claimed.fence)
    assert (row.owner_pid, row.owner_started, row.owner_host) == (1, 1.0, "host")
    assert [left.sender for left in ledger.leftovers("lane", "sogo")] == [BROWSER]
    assert (claimed.taken_monotonic, claimed.application) == (7, record_for().application)


def test_a_claim_without_a_browser_names_none(ledger: SqlLedger) -> None:
    take(ledger)
    claim(ledger, sender=None)
    assert [left.sender for left in ledger.leftovers("lane", "sogo")] == [None]


def test_a_browser_whose_driver_is_unknown_has_none(ledger: SqlLedger) -> None:
    take(ledger)
    claim(ledger, sender=Sender(41, 4.0, "host"))
    left = ledger.leftovers("lane", "sogo")[0]
    assert left.sender == Sender(41, 4.0, "host", 0, 0.0)
    with ledger.engine.begin() as connection:  # a ledger of the first version knows no drivers
        connection.exec_driver_sql("UPDATE item SET sender_driver_pid = NULL, sender_driver_started = NULL")
    assert ledger.leftovers("lane", "sogo")[0].sender == Sender(41, 4.0, "host", 0, 0.0)


def test_a_claim_is_a_sign_of_life(ledger: SqlLedger, clock: ImitatedClock) -> None:
    take(ledger)
    with ledger.lane("lane"):
        clock.wait(100)
        assert ledger.claim("lane", "sogo", BROWSER) is not None
    clock.wait(LEASE.seconds - 1)
    owner = ledger.lane_owner("lane")
    assert owner is not None
    assert not owner.lease_over


def test_what_is_put_back_waits_and_counts_only_when_it_failed(ledger: SqlLedger, clock: ImitatedClock) -> None:
    item_id = take(ledger)
    for after_s, counts, tries in ((30, True, 1), (0, False, 1), (60, True, 2)):
        ledger.put_back(claim(ledger), "timeout", after_s=after_s, counts=counts)
        row = item_row(ledger, item_id)
        assert (row.state, row.tries, row.due_at) == (State.PENDING, tries, ledger.later(after_s))
    ledger.put_back(claim(ledger), "timeout", after_s=0)
    assert item_row(ledger, item_id).tries == 3


def test_what_was_withdrawn_is_closed_and_its_content_deleted(ledger: SqlLedger) -> None:
    item_id = take(ledger)
    ledger.close_withdrawn(claim(ledger))
    assert state(ledger, item_id) == (State.CLOSED, Reason.WITHDRAWN)
    assert item_row(ledger, item_id).content is None


def test_a_former_owner_puts_back_and_closes_nothing(ledger: SqlLedger) -> None:
    item_id = take(ledger)
    claimed = claim(ledger)
    former = replace(claimed, fence=claimed.fence - 1)
    with pytest.raises(StaleClaim):
        ledger.put_back(former, "", after_s=0)
    with pytest.raises(StaleClaim):
        ledger.close_withdrawn(former)
    assert state(ledger, item_id)[0] is State.CLAIMED
