"""What follows from a look-up: registered, looked at again, sent again under a declared policy, or a person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bridge_agent.domain.breaker import Breaker
from bridge_agent.domain.core_profile import OnAbsent
from bridge_agent.domain.ledger_records import Doubt
from bridge_agent.domain.plan import Meaning
from bridge_agent.domain.ports import Search
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import CoreRecord
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.settle import Settled, after_entry, may_try_again, resolve
from tests.unit.pipeline.by_hand import LANE, SETTLE_S, VISIBLE_S, ByHand
from tests.unit.pipeline.imitated_core import START
from tests.unit.pipeline.imitation import RESENDS

LOOK_UPS = "SELECT kind, verdict FROM lookup ORDER BY lookup_id"


def owed(fault: str = "", visible_after_s: float = 0.0) -> tuple[ByHand, Settled]:
    """An application whose completion screen was seen, and what its look-up settled."""
    by = ByHand()
    by.core.visible_after_s = visible_after_s
    attempt = by.seen(fault)
    return by, after_entry(by.night, by.access, by.session, attempt, attempt.core_record or by.session.screen.receipt)


def resolved(by: ByHand, doubt: Doubt | None = None) -> Settled:
    return resolve(by.night, by.access, by.session, doubt or by.open_doubt())


# ---- owed after a completion screen ------------------------------------------------------------------------------


def test_one_equal_record_of_ours_is_registered_without_waiting() -> None:
    by, settled = owed()
    assert settled == Settled(State.REGISTERED)
    assert by.clock.seconds == 0
    assert by.state_of() == (State.REGISTERED, "")
    assert by.rows(LOOK_UPS) == [("after_entry", "found")]


@pytest.mark.parametrize("visible_after_s", [0.25, 1.9, VISIBLE_S])
def test_a_registration_has_the_declared_time_to_become_visible(visible_after_s: float) -> None:
    by, settled = owed(visible_after_s=visible_after_s)
    assert settled.state is State.REGISTERED
    assert by.clock.seconds <= VISIBLE_S


def test_what_is_not_visible_in_the_declared_time_is_in_doubt_and_no_longer_waited_for() -> None:
    by, settled = owed(visible_after_s=VISIBLE_S + 0.01)
    assert settled == Settled(State.IN_DOUBT)
    assert by.clock.seconds == VISIBLE_S
    assert by.rows(LOOK_UPS) == [("after_entry", "absent")]
    doubt = by.open_doubt()
    assert doubt.why == "seen_absent"
    assert doubt.due_at == START + timedelta(seconds=VISIBLE_S + SETTLE_S)


def test_waiting_for_a_registration_is_a_sign_of_life() -> None:
    by = ByHand()
    limits = by.access.profile.limits.model_copy(update={"visibility_max_s": 400.0})
    by.access = replace(by.access, profile=by.access.profile.model_copy(update={"limits": limits}))
    by.core.visible_after_s = 1000
    after_entry(by.night, by.access, by.session, by.seen(), "K-0001")
    owner = by.ledger.lane_owner(LANE)
    assert owner is not None
    assert not owner.lease_over


@pytest.mark.parametrize(
    ("fault", "reason", "note", "alarm"),
    [
        ("wrong", Reason.MISMATCH, "K-0001・値", None),
        ("double", Reason.DUPLICATE_AT_CORE, "K-0001・K-0002", Breaker.DUPLICATE),
    ],
)
def test_what_differs_or_is_there_twice_goes_to_a_person_with_what_was_found(
    fault: str, reason: Reason, note: str, alarm: Breaker | None
) -> None:
    by, settled = owed(fault)
    assert settled == Settled(State.HELD, alarm)
    assert by.state_of() == (State.HELD, reason)
    assert by.note_of() == note


def other_value(by: ByHand) -> None:
    by.core.log[0].value = "別の値"


def second_record(by: ByHand) -> None:
    by.core.commit("R001", "0000000001", "良い")


def other_operator(by: ByHand) -> None:
    by.core.log[0].operator = "窓口 太郎"


@pytest.mark.parametrize(
    ("spoil", "reason", "note", "alarm"),
    [
        (other_value, Reason.MISMATCH, "K-0001・値", None),
        (second_record, Reason.DUPLICATE_AT_CORE, "K-0001・K-0002", Breaker.DUPLICATE),
        (other_operator, Reason.OTHER_OPERATOR, "K-0001", None),
    ],
)
def test_a_doubt_is_settled_in_the_same_way(
    spoil: Callable[[ByHand], None], reason: Reason, note: str, alarm: Breaker | None
) -> None:
    by = ByHand()
    by.doubt("after")
    spoil(by)
    assert resolved(by) == Settled(State.HELD, alarm)
    assert (by.state_of(), by.note_of()) == ((State.HELD, reason), note)


def test_a_record_under_another_operator_goes_to_a_person_without_an_alarm() -> None:
    by = ByHand()
    attempt = by.seen()
    by.core.log[0].operator = "窓口 太郎"
    assert after_entry(by.night, by.access, by.session, attempt, "K-0001") == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.OTHER_OPERATOR)


def test_a_look_up_that_cannot_be_read_after_entry_is_a_doubt_at_once() -> None:
    by = ByHand()
    attempt = by.seen()
    by.cannot_read()
    assert after_entry(by.night, by.access, by.session, attempt, "K-0001") == Settled(State.IN_DOUBT)
    assert by.clock.seconds == 0
    assert by.open_doubt().why == "seen_unreadable"
    assert by.rows(LOOK_UPS) == [("after_entry", "unreadable")]


# ---- a doubt whose record is found -------------------------------------------------------------------------------


def test_a_doubt_that_is_found_equal_and_ours_is_registered() -> None:
    by = ByHand()
    by.doubt("after")
    assert resolved(by) == Settled(State.REGISTERED)
    assert by.state_of() == (State.REGISTERED, "")
    assert by.rows(LOOK_UPS) == [("doubt", "found")]


@pytest.mark.parametrize(
    "odd",
    [
        {"dialogs": ("alert",), "meaning": None},
        {"blocked": 2, "meaning": None},
        {"sent": 0, "meaning": Meaning.COMPLETED, "proofs_equal": True},
    ],
)
def test_after_an_odd_answer_a_person_looks_even_at_a_record_that_is_found(odd: dict[str, Any]) -> None:
    by = ByHand()
    by.answers(**odd)
    by.enter()
    by.core.commit("R001", "0000000001", "良い")
    assert resolved(by) == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.ODD_ANSWER)
    assert by.note_of() == "K-0001"


def second_doubt(fault: str) -> ByHand:
    """In doubt at its second attempt; the first one was proven absent."""
    by = ByHand(profile_changes=RESENDS)
    by.doubt()
    resolved(by)
    assert resolved(by) == Settled(State.PENDING)
    by.doubt(fault)
    return by


def test_a_second_doubt_goes_to_a_person_even_if_it_is_found() -> None:
    by = second_doubt("after")
    assert resolved(by) == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.SECOND_DOUBT)
    assert by.note_of() == "K-0001"


def test_an_odd_answer_at_the_second_attempt_is_what_the_person_is_told() -> None:
    by = second_doubt("dialog")
    assert resolved(by) == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.ODD_ANSWER)


# ---- a doubt whose record is absent ------------------------------------------------------------------------------


def test_a_first_absence_is_looked_at_again_after_a_whole_settle_time() -> None:
    by = ByHand(profile_changes=RESENDS)
    by.doubt()
    by.clock.wait(100)
    assert resolved(by) == Settled(State.IN_DOUBT)
    doubt = by.open_doubt()
    assert (doubt.absent_looks, doubt.due_at) == (1, START + timedelta(seconds=100 + SETTLE_S))


def absent_twice(by: ByHand, change: Callable[[Doubt], Doubt] = lambda doubt: doubt) -> Settled:
    assert resolved(by).state is State.IN_DOUBT
    return resolved(by, change(by.open_doubt()))


def test_a_second_absence_under_the_declared_policy_is_sent_again() -> None:
    by = ByHand(profile_changes=RESENDS)
    by.doubt()
    assert absent_twice(by) == Settled(State.PENDING)
    assert by.rows("SELECT outcome FROM attempt") == [("absent",)]


def test_absence_after_a_restore_goes_to_two_persons() -> None:
    by = ByHand(profile_changes=RESENDS)
    by.doubt()
    settled = absent_twice(by, lambda doubt: replace(doubt, restored=True, why="refused"))
    assert settled == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.ABSENT_AFTER_RESTORE)


def test_a_listed_refusal_whose_record_is_absent_counts_as_refused_and_is_never_sent_again() -> None:
    by = ByHand(profile_changes=RESENDS)
    by.answers(meaning=Meaning.REFUSED)
    by.enter()
    by.ledger.sender_stopped(LANE, by.session.sender, SETTLE_S)
    assert absent_twice(by) == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.REJECTED_BY_CORE)
    assert by.core.requests == 1


def test_a_second_attempt_that_is_absent_is_not_followed_by_a_third() -> None:
    by = second_doubt("before")
    assert absent_twice(by) == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.SECOND_DOUBT)


def test_absence_without_the_declared_policy_goes_to_a_person() -> None:
    by = ByHand(profile_changes={"canary": True})
    by.doubt()
    assert absent_twice(by) == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.ABSENT)
    assert by.rows(LOOK_UPS) == [("doubt", "absent"), ("doubt", "absent")]


def test_absence_with_no_record_that_must_be_found_goes_to_a_person() -> None:
    by = ByHand(profile_changes={"resubmit_on_absent": "after_quiescence"})
    by.doubt()
    assert absent_twice(by) == Settled(State.HELD)
    assert by.state_of() == (State.HELD, Reason.ABSENT)


def test_a_second_attempt_needs_policy_test_record_dead_sender_and_no_odd_answer_all_together() -> None:
    by = ByHand(profile_changes=RESENDS)
    doubt = by.doubt()
    assert doubt.sender_dead
    assert may_try_again(by.access, doubt)
    never = by.access.profile.model_copy(update={"resubmit_on_absent": OnAbsent.NEVER})
    assert not may_try_again(replace(by.access, profile=never), doubt)
    look_up = by.access.profile.lookup.model_copy(update={"canary_atena_no": ""})
    untested = by.access.profile.model_copy(update={"lookup": look_up})
    assert not may_try_again(replace(by.access, profile=untested), doubt)
    assert not may_try_again(by.access, replace(doubt, restored=True))
    assert not may_try_again(by.access, replace(doubt, sender_dead=False))
    for odd in ("dialog", "fuse_blocked", "fuse_silent"):
        assert not may_try_again(by.access, replace(doubt, why=odd))


# ---- a look-up that says nothing ---------------------------------------------------------------------------------


def blind(by: ByHand) -> None:
    by.core.blind = True


def unreadable(by: ByHand) -> None:
    search = by.session.look_up.search

    def only_the_test_record(query: Search) -> tuple[CoreRecord, ...]:
        by.session.look_up.broken = 1 if query.reference else 0
        return search(query)

    by.session.look_up.search = only_the_test_record  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("spoil", "verdict", "reason"),
    [(blind, "untrusted", Reason.LOOKUP_UNTRUSTED), (unreadable, "unreadable", Reason.LOOKUP_FAILED)],
)
def test_a_look_up_that_says_nothing_is_made_three_times_and_then_a_person_decides(
    spoil: Callable[[ByHand], None], verdict: str, reason: Reason
) -> None:
    by = ByHand(profile_changes=RESENDS)
    by.doubt("after")
    spoil(by)
    by.clock.wait(50)
    for _ in range(2):
        assert resolved(by) == Settled(State.IN_DOUBT)
        doubt = by.open_doubt()
        assert (doubt.absent_looks, doubt.due_at) == (0, START + timedelta(seconds=50 + SETTLE_S))
    assert resolved(by) == Settled(State.HELD, Breaker.LOOKUP_USELESS)
    assert by.state_of() == (State.HELD, reason)
    assert by.rows(LOOK_UPS) == [("doubt", verdict)] * 3


def test_a_look_up_that_works_again_settles_as_if_nothing_had_been() -> None:
    by = ByHand(profile_changes=RESENDS)
    by.doubt("after")
    blind(by)
    resolved(by)
    by.core.blind = False
    assert resolved(by) == Settled(State.REGISTERED)


def test_where_no_record_is_known_that_must_be_found_a_find_is_still_believed() -> None:
    by = ByHand()
    by.doubt("after")
    assert by.ledger.own_records("sogo", 1) == []
    assert resolved(by) == Settled(State.REGISTERED)


def test_while_the_test_record_is_not_found_the_application_is_not_even_asked_for() -> None:
    by = ByHand(profile_changes=RESENDS)
    by.doubt("after")
    blind(by)
    asked: list[str] = []
    search = by.session.look_up.search

    def noted(query: Search) -> tuple[CoreRecord, ...]:
        asked.append(query.reference)
        return search(query)

    by.session.look_up.search = noted  # type: ignore[method-assign]
    resolved(by)
    assert asked == [""]
