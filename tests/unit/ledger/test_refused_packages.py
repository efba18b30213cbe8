"""Packages that were refused: released and offered again, or refused when a newer revision comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bridge_agent.domain.ledger_records import Intake, IntakeRecord
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.store import SqlLedger
from tests.unit.ledger.steps import (
    changed,
    claim,
    found,
    item_row,
    offer,
    record_for,
    refused_package,
    registered,
    reported,
    seen,
    state,
    take,
    unread_revision,
)

DAMAGED = Reason.PACKAGE_DAMAGED


def released(ledger: SqlLedger) -> int:
    """Refused, and released by a person: it waits for its package."""
    _, item_id = offer(ledger, refused_package(3, DAMAGED))
    ledger.release("R003", "職員")
    assert state(ledger, item_id) == (State.PENDING, "")
    return item_id


def test_a_released_package_that_is_refused_again_comes_back_to_the_desk(ledger: SqlLedger) -> None:
    item_id = released(ledger)
    assert offer(ledger, refused_package(3, Reason.CODE_UNKNOWN, "署名")) == (Intake.KNOWN, item_id)
    assert state(ledger, item_id) == (State.HELD, Reason.CODE_UNKNOWN)
    assert item_row(ledger, item_id).note == "署名"


def test_a_released_package_that_was_withdrawn_is_closed(ledger: SqlLedger) -> None:
    item_id = released(ledger)
    offer(ledger, refused_package(3, Reason.WITHDRAWN))
    assert state(ledger, item_id) == (State.CLOSED, Reason.WITHDRAWN)


def test_a_refusal_that_is_known_already_changes_nothing(ledger: SqlLedger) -> None:
    _, item_id = offer(ledger, refused_package(3, DAMAGED, "署名"))
    before = item_row(ledger, item_id)
    assert offer(ledger, refused_package(3, Reason.CODE_UNKNOWN)) == (Intake.KNOWN, item_id)
    assert item_row(ledger, item_id) == before


def test_a_refusal_of_what_was_read_before_changes_nothing(ledger: SqlLedger) -> None:
    item_id = take(ledger, 3)
    assert offer(ledger, refused_package(3, DAMAGED)) == (Intake.KNOWN, item_id)
    assert state(ledger, item_id) == (State.PENDING, "")


def test_an_unreadable_newer_revision_holds_what_waits_with_the_former_one(ledger: SqlLedger) -> None:
    item_id = take(ledger, 3)
    assert offer(ledger, unread_revision(3)) == (Intake.KNOWN, item_id)
    assert state(ledger, item_id) == (State.HELD, DAMAGED)
    assert item_row(ledger, item_id).note == "添付"


@pytest.mark.parametrize("bring", [registered, reported])
def test_an_unreadable_newer_revision_of_what_was_entered_goes_to_a_person(
    ledger: SqlLedger, bring: Callable[..., object]
) -> None:
    bring(ledger)
    offer(ledger, unread_revision(1))
    assert state(ledger) == (State.HELD, Reason.WITHDRAWN_AFTER_ENTRY)
    assert item_row(ledger, 1).note == "内容の変更（新しい版を取り込めません: 添付）"
    offer(ledger, changed())
    assert item_row(ledger, 1).changed_to == changed().application.content_hash  # type: ignore[union-attr]


def test_an_unreadable_newer_revision_of_what_is_in_doubt_is_told_once_that_is_settled(ledger: SqlLedger) -> None:
    tried = seen(ledger)
    offer(ledger, unread_revision(1))
    ledger.registered(tried, found(), "after_entry")
    assert state(ledger) == (State.HELD, Reason.CONTENT_CHANGED)
    assert not ledger.outbox()


def test_a_package_that_is_missing_without_a_reason_goes_on_waiting(ledger: SqlLedger) -> None:
    item_id = released(ledger)
    line = refused_package(3, DAMAGED)
    unknown = IntakeRecord(None, line.listed, "p", "手続", "sogo", None, "", "", timedelta(0))
    assert offer(ledger, unknown) == (Intake.KNOWN, item_id)
    assert state(ledger, item_id) == (State.PENDING, "")


def test_a_released_package_that_is_read_at_last_is_entered(ledger: SqlLedger) -> None:
    item_id = released(ledger)
    assert [row[0] for row in ledger.without_content()] == ["R003"]
    assert offer(ledger, record_for(3)) == (Intake.REPLACED, item_id)
    assert ledger.without_content() == []
    assert claim(ledger).application == record_for(3).application


def test_only_what_waits_without_content_is_asked_for_again(ledger: SqlLedger) -> None:
    released(ledger)
    offer(ledger, refused_package(4, DAMAGED))
    offer(ledger, refused_package(5, Reason.WITHDRAWN))
    take(ledger, 6)
    assert ledger.without_content() == [("R003", "p", "手続")]
