"""What comes in under a number: new, known or changed; and where it waits until its core is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.errors import TransientError
from bridge_agent.domain.ledger_records import Intake
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.intake import application_from_bytes, application_to_bytes
from bridge_agent.ledger.store import SqlLedger
from tests.unit.ledger.steps import (
    ABSENT,
    FACTS,
    armed,
    changed,
    claim,
    content_of,
    doubtful,
    events,
    item_row,
    last_event,
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
from tests.unit.pipeline.imitated_core import START, ImitatedClock
from tests.unit.pipeline.imitation import application

SECOND = timedelta(seconds=1)
DAMAGED = Reason.PACKAGE_DAMAGED


# ---- new ------------------------------------------------------------------------------------------------------


def test_an_application_is_read_back_as_it_was_written() -> None:
    made = application(1, "良い", attachments=(Attachment("委任状.pdf", "ab" * 32, 10), Attachment("b", "cd", 0)))
    assert application_from_bytes(application_to_bytes(made)) == made


def test_a_new_one_waits_with_everything_that_is_known_of_it(ledger: SqlLedger, clock: ImitatedClock) -> None:
    clock.wait(7)
    record = record_for(1, person="P1")
    result, item_id = offer(ledger, record)
    row = item_row(ledger, item_id)
    assert result is Intake.NEW
    assert record.application is not None
    assert (row.state, row.reason, row.note) == (State.PENDING, "", "")
    assert (row.receipt_no, row.procedure, row.core, row.revision) == ("R001", "p", "sogo", "1")
    assert (row.due_at, row.created_at, row.updated_at) == (ledger.now(),) * 3
    assert row.received_at == "2026-11-20T10:00:01.000000Z"
    assert row.content_hash == record.application.content_hash
    assert content_of(ledger, item_id) == record.application
    assert (row.person_key != "", bool(row.restored)) == (True, False)
    assert last_event(ledger) == ("->pending", item_id, '{"why":""}')


def test_a_refused_package_is_held_by_its_line_in_the_list(ledger: SqlLedger, clock: ImitatedClock) -> None:
    clock.wait(7)
    _, item_id = offer(ledger, refused_package(3, DAMAGED, "署名"))
    row = item_row(ledger, item_id)
    assert (row.state, row.reason, row.note) == (State.HELD, DAMAGED, "署名")
    assert (row.content, row.content_hash, row.person_key, row.revision) == (None, "", "", "1")
    assert row.received_at == ledger.now()
    assert last_event(ledger) == ("->held", item_id, '{"why":"package_damaged"}')


def test_what_left_the_list_before_it_was_read_is_closed(ledger: SqlLedger) -> None:
    _, item_id = offer(ledger, refused_package(3, Reason.WITHDRAWN))
    assert state(ledger, item_id) == (State.CLOSED, Reason.WITHDRAWN)
    assert events(ledger) == ["->pending", "pending->closed"]


def test_what_the_ledger_knows_of_a_number(ledger: SqlLedger) -> None:
    assert ledger.known("minamo", "default", "R001") is None
    doubtful(ledger, 1)
    offer(ledger, refused_package(2, DAMAGED))
    tried, refused = (ledger.known("minamo", "default", number) for number in ("R001", "R002"))
    assert tried is not None
    assert refused is not None
    assert (tried.item_id, tried.state, tried.reason, tried.revision) == (1, State.IN_DOUBT, "", "1")
    assert (tried.has_content, tried.attempts) == (True, 1)
    assert (refused.item_id, refused.state, refused.reason) == (2, State.HELD, DAMAGED)
    assert (refused.has_content, refused.attempts) == (False, 0)
    assert ledger.known("other", "default", "R001") is None
    assert ledger.known("minamo", "other", "R001") is None


# ---- changed before it was ever armed -------------------------------------------------------------------------


def test_the_new_content_of_a_waiting_one_counts(ledger: SqlLedger, clock: ImitatedClock) -> None:
    take(ledger, 1)
    take(ledger, 2)
    clock.wait(1)
    assert offer(ledger, changed(1, procedure="q", core="zeimu")) == (Intake.REPLACED, 1)
    row = item_row(ledger, 1)
    assert (row.state, row.revision, row.procedure, row.core) == (State.PENDING, "2", "q", "zeimu")
    assert content_of(ledger, 1) == changed(1).application
    assert row.updated_at == ledger.now()
    assert last_event(ledger) == ("content_replaced", 1, '{"revision":"2"}')
    assert content_of(ledger, 2) == record_for(2).application
    assert offer(ledger, changed(1)) == (Intake.KNOWN, 1)
    assert events(ledger).count("content_replaced") == 1


def test_new_content_that_cannot_be_entered_is_held(ledger: SqlLedger) -> None:
    take(ledger)
    assert offer(ledger, changed(hold=Reason.CODE_UNKNOWN, note="値"))[0] is Intake.REPLACED
    assert state(ledger) == (State.HELD, Reason.CODE_UNKNOWN)
    assert item_row(ledger, 1).note == "値"
    assert events(ledger)[-1] == "pending->held"


def test_new_content_of_a_held_one_does_not_release_it(ledger: SqlLedger) -> None:
    offer(ledger, record_for(hold=Reason.CODE_UNKNOWN, note="値"))
    assert offer(ledger, changed())[0] is Intake.REPLACED
    assert state(ledger) == (State.HELD, Reason.CODE_UNKNOWN)  # why it was held is what a person has to see
    arrived = "値。保留の後に新しい内容が届いています。保留を解除すると、新しい内容を調べて入力します"
    assert item_row(ledger, 1).note == arrived
    assert content_of(ledger) == changed().application
    assert offer(ledger, record_for(revision="3"))[0] is Intake.REPLACED
    assert item_row(ledger, 1).note == arrived


def test_new_content_of_a_held_pair_leaves_the_other_s_number_alone(ledger: SqlLedger) -> None:
    offer(ledger, record_for(hold=Reason.SAME_PERSON_TWICE, note="同じ人の申請: R009"))
    assert offer(ledger, changed())[0] is Intake.REPLACED
    assert item_row(ledger, 1).note == "同じ人の申請: R009"


def test_new_content_of_a_held_one_that_cannot_be_entered_says_so(ledger: SqlLedger) -> None:
    offer(ledger, record_for(hold=Reason.CODE_UNKNOWN, note="値"))
    offer(ledger, changed(hold=Reason.RESIDENT_DIFFERS, note="氏名"))
    assert state(ledger) == (State.HELD, Reason.RESIDENT_DIFFERS)
    assert item_row(ledger, 1).note == "氏名"


def test_a_signature_that_is_read_otherwise_now_is_known_before_a_person_releases_it(ledger: SqlLedger) -> None:
    """The profile's words were wrong: nothing of the content has changed."""
    unsound = Reason.SIGNATURE_INVALID
    offer(ledger, record_for(hold=unsound, signature_result="正常"))
    assert offer(ledger, record_for(hold=unsound, signature_result="正常")) == (Intake.KNOWN, 1)
    assert offer(ledger, record_for()) == (Intake.REPLACED, 1)
    assert offer(ledger, record_for()) == (Intake.KNOWN, 1)
    assert state(ledger) == (State.HELD, unsound)
    ledger.release("R001", "職員")
    assert claim(ledger).application.signature_result == "1"


def test_what_is_in_hand_takes_new_content_and_cannot_be_armed_with_the_old(ledger: SqlLedger) -> None:
    """A killed run may have left it so, and a drop folder offers the new one only once."""
    take(ledger)
    claimed = claim(ledger)
    assert offer(ledger, changed()) == (Intake.REPLACED, 1)
    with pytest.raises(TransientError):
        ledger.arm(claimed, FACTS)
    ledger.put_back(claimed, "x", after_s=0)
    assert ledger.arm(claim(ledger), FACTS).number == 1
    assert content_of(ledger) == changed().application


def test_what_is_in_hand_cannot_be_armed_when_a_newer_revision_cannot_be_read(ledger: SqlLedger) -> None:
    take(ledger)
    claimed = claim(ledger)
    offer(ledger, unread_revision(1))
    with pytest.raises(TransientError):
        ledger.arm(claimed, FACTS)
    ledger.put_back(claimed, "x", after_s=0)
    offer(ledger, changed())
    assert ledger.arm(claim(ledger), FACTS).number == 1


def test_what_was_held_and_is_released_cannot_be_armed_either(ledger: SqlLedger) -> None:
    take(ledger, hold=Reason.CODE_UNKNOWN)
    offer(ledger, unread_revision(1))
    ledger.release("R001", "職員")
    with pytest.raises(TransientError):
        ledger.arm(claim(ledger), FACTS)


def test_a_second_attempt_in_hand_is_not_armed_with_what_has_changed_meanwhile(ledger: SqlLedger) -> None:
    ledger.try_again(doubtful(ledger), ABSENT)
    claimed = claim(ledger)
    assert offer(ledger, changed()) == (Intake.CHANGED_AFTER_ATTEMPT, 1)
    with pytest.raises(TransientError):
        ledger.arm(claimed, FACTS)


def test_what_is_closed_keeps_its_content(ledger: SqlLedger) -> None:
    take(ledger)
    ledger.close_withdrawn(claim(ledger))
    before = item_row(ledger, 1)
    assert offer(ledger, changed()) == (Intake.KNOWN, 1)
    assert item_row(ledger, 1) == before
    assert "content_replaced" not in events(ledger)


# ---- changed after it was armed -------------------------------------------------------------------------------


@pytest.mark.parametrize("told", [False, True])
def test_a_change_after_registration_goes_to_a_person(ledger: SqlLedger, told: bool) -> None:
    (reported if told else registered)(ledger)
    assert offer(ledger, changed()) == (Intake.CHANGED_AFTER_ATTEMPT, 1)
    row = item_row(ledger, 1)
    assert (row.state, row.reason) == (State.HELD, Reason.WITHDRAWN_AFTER_ENTRY)
    assert (row.changed_to, row.revision) == (changed().application.content_hash, "2")  # type: ignore[union-attr]
    assert content_of(ledger) == record_for().application  # what was entered
    assert ledger.outbox() == []


def test_a_change_after_an_absent_attempt_goes_to_a_person(ledger: SqlLedger) -> None:
    ledger.try_again(doubtful(ledger), ABSENT)
    assert offer(ledger, changed()) == (Intake.CHANGED_AFTER_ATTEMPT, 1)
    assert state(ledger) == (State.HELD, Reason.CONTENT_CHANGED)
    assert item_row(ledger, 1).revision == "2"
    assert content_of(ledger) == record_for().application


@pytest.mark.parametrize("bring", [armed, seen, doubtful])
def test_a_change_while_the_outcome_is_open_is_noted_once(ledger: SqlLedger, bring: object) -> None:
    other = doubtful(ledger, 2, "other")
    bring(ledger)  # type: ignore[operator]
    before = item_row(ledger, 2).state
    for _ in range(2):
        assert offer(ledger, changed()) == (Intake.CHANGED_AFTER_ATTEMPT, 2)
    row = item_row(ledger, 2)
    assert (row.state, row.revision) == (before, "2")
    assert row.changed_to == changed().application.content_hash  # type: ignore[union-attr]
    assert content_of(ledger, 2) == record_for().application
    assert last_event(ledger) == ("content_changed", 2, "{}")
    assert events(ledger).count("content_changed") == 1
    offer(ledger, record_for(1, "三度目", revision="3"))
    assert events(ledger).count("content_changed") == 2
    assert item_row(ledger, other.item_id).changed_to == ""


# ---- without a core -------------------------------------------------------------------------------------------


def test_what_has_no_core_waits_for_one(ledger: SqlLedger) -> None:
    item_id = take(ledger, 1, core="")
    take(ledger, 2)
    offer(ledger, refused_package(3, DAMAGED, core=""))
    ledger.release("R003", "職員")
    offer(ledger, record_for(4, core="", hold=Reason.CODE_UNKNOWN))
    assert ledger.homeless() == [(item_id, record_for(1).application)]


def test_a_core_that_was_found_takes_it(ledger: SqlLedger, clock: ImitatedClock) -> None:
    item_id, other = take(ledger, 1, core=""), take(ledger, 2, core="")
    ledger.rehome(item_id, record_for(1, procedure="q"))
    row = item_row(ledger, item_id)
    assert (row.state, row.core, row.procedure) == (State.PENDING, "sogo", "q")
    assert item_row(ledger, other).core == ""
    assert [number for number, _ in ledger.homeless()] == [other]


def test_a_core_that_was_found_and_cannot_take_it_holds_it(ledger: SqlLedger) -> None:
    item_id = take(ledger, 1, core="")
    ledger.rehome(item_id, record_for(1, hold=Reason.CODE_UNKNOWN, note="値"))
    assert state(ledger, item_id) == (State.HELD, Reason.CODE_UNKNOWN)
    assert item_row(ledger, item_id).note == "値"


# ---- after a restore ------------------------------------------------------------------------------------------


def restored(ledger: SqlLedger) -> None:
    ledger.restored(2, START - timedelta(days=3), "担当")


def test_before_any_restore_nothing_is_forgotten(ledger: SqlLedger) -> None:
    assert state(ledger, take(ledger))[0] is State.PENDING


def test_what_the_restored_ledger_does_not_know_is_looked_up_first(ledger: SqlLedger) -> None:
    restored(ledger)
    item_id = take(ledger, 1)
    assert state(ledger, item_id) == (State.IN_DOUBT, "")
    assert item_row(ledger, item_id).restored
    assert ledger.claim("lane", "sogo", None) is None
    ledger.collected()
    assert state(ledger, take(ledger, 2)) == (State.PENDING, "")
    assert not item_row(ledger, 2).restored


def test_what_came_a_day_after_the_restore_cannot_have_been_entered_before(ledger: SqlLedger) -> None:
    restored(ledger)
    edge = START + timedelta(days=1)
    before, after = take(ledger, 1, received_at=edge - SECOND), take(ledger, 2, received_at=edge)
    assert [state(ledger, item_id)[0] for item_id in (before, after)] == [State.IN_DOUBT, State.PENDING]


def test_a_refused_one_that_may_be_forgotten_is_held_and_marked(ledger: SqlLedger) -> None:
    restored(ledger)
    _, refused = offer(ledger, refused_package(1, DAMAGED))
    _, unplannable = offer(ledger, record_for(2, hold=Reason.CODE_UNKNOWN))
    _, withdrawn = offer(ledger, refused_package(3, Reason.WITHDRAWN))
    assert [state(ledger, item_id)[0] for item_id in (refused, unplannable, withdrawn)] == [
        State.HELD,
        State.HELD,
        State.CLOSED,
    ]
    assert all(item_row(ledger, item_id).restored for item_id in (refused, unplannable, withdrawn))


def test_a_restored_one_is_looked_up_as_soon_as_its_core_is_known(ledger: SqlLedger) -> None:
    """By a new recipe or by new content; without a core it goes on waiting."""
    ids = [take(ledger, number, core="") for number in (1, 2, 3, 4)]
    restored(ledger)
    assert {state(ledger, item_id)[0] for item_id in ids} == {State.PENDING}
    ledger.rehome(1, record_for(1))
    offer(ledger, changed(2))
    ledger.rehome(3, record_for(3, core=""))
    offer(ledger, changed(4, core=""))
    found = [(item_row(ledger, i).state, item_row(ledger, i).note) for i in ids]
    assert found == [(State.IN_DOUBT, "restored")] * 2 + [(State.PENDING, "")] * 2


def test_a_restored_one_that_cannot_be_entered_is_held(ledger: SqlLedger) -> None:
    ids = [take(ledger, number, core="") for number in (1, 2)]
    restored(ledger)
    ledger.rehome(1, record_for(1, hold=Reason.CODE_UNKNOWN))
    offer(ledger, changed(2, hold=Reason.CODE_UNKNOWN))
    assert [state(ledger, i) for i in ids] == [(State.HELD, Reason.CODE_UNKNOWN)] * 2
