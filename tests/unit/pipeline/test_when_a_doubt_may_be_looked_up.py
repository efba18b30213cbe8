"""When a doubt may be looked up: by this process's own clock, in a new context, and never past a person's stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bridge_agent.domain.breaker import Breaker, BreakerOpened
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline import doubts
from bridge_agent.pipeline.doubts import LaneNight, time_left
from bridge_agent.pipeline.settle import Settled
from tests.unit.pipeline.by_hand import LANE, SETTLE_S, ByHand
from tests.unit.pipeline.imitation import RESENDS, application


class Waiting(ByHand):
    """Applications in doubt, met by this process; notes how long it waited at a time and when it renewed."""

    def __init__(self, faults: str, **of_town: object) -> None:
        numbers = range(1, len(faults) + 1)
        super().__init__(*(application(n) for n in numbers), **of_town)
        words = {"f": "after", "a": "before", "d": "double"}
        self.core.faults = {}
        for n, letter in zip(numbers, faults, strict=True):
            self.core.faults[n] = words[letter] if letter != "d" else "after"
            self.enter()
            if letter == "d":
                self.core.commit(f"R{n:03}", f"{n:010}", "良い")
        doubts.meet_former_doubts(self.night, self.access, self.state)
        self.ledger.sender_stopped(LANE, self.session.sender, SETTLE_S)
        self.slices: list[float] = []
        self.renewed_at: list[float] = []
        plain = self.clock.wait

        def wait(seconds: float) -> None:
            self.slices.append(seconds)
            plain(seconds)

        self.clock.wait = wait  # type: ignore[method-assign]
        self.session.renew = lambda: self.renewed_at.append(self.clock.seconds)  # type: ignore[method-assign]

    def settle(self, *, wait: bool) -> bool:
        return doubts.settle_doubts(self.night, self.access, self.session, self.state, wait=wait)


# ---- the clocks --------------------------------------------------------------------------------------------------


def test_a_doubt_that_was_met_counts_by_our_own_clock_whatever_the_ledger_says() -> None:
    by = Waiting("f")
    doubt = replace(by.open_doubt(), due_at=by.clock.now() - timedelta(days=1))
    assert time_left(by.night, by.state, doubt) == SETTLE_S
    by.clock.wait(4)
    assert time_left(by.night, by.state, doubt) == SETTLE_S - 4


def test_a_doubt_that_came_meanwhile_counts_by_the_ledgers_clock() -> None:
    by = Waiting("f")
    doubt = replace(by.open_doubt(), due_at=by.clock.now() + timedelta(seconds=7))
    assert time_left(by.night, LaneNight(), doubt) == 7


def test_every_doubt_of_an_earlier_process_is_met() -> None:
    by = Waiting("fa")
    by.clock.wait(3)
    by.state.not_before.clear()
    doubts.meet_former_doubts(by.night, by.access, by.state)
    assert by.state.not_before == {1: 3 + SETTLE_S, 2: 3 + SETTLE_S}


# ---- without and with waiting ------------------------------------------------------------------------------------


def test_between_two_entries_nothing_is_waited_for_and_no_session_is_renewed() -> None:
    by = Waiting("f")
    by.clock.seconds = SETTLE_S - 0.1
    assert by.settle(wait=False) is False
    assert (by.slices, by.renewed_at) == ([], [])
    assert by.state_of() == (State.IN_DOUBT, "")


def test_a_doubt_is_due_when_exactly_its_time_has_passed_and_is_looked_up_in_a_new_context() -> None:
    by = Waiting("f")
    by.clock.seconds = SETTLE_S
    assert by.settle(wait=False) is False
    assert by.state_of() == (State.REGISTERED, "")
    assert (by.slices, by.renewed_at) == ([], [SETTLE_S])


def test_with_waiting_every_doubt_is_settled_and_none_too_early() -> None:
    by = Waiting("fa")
    by.settle(wait=True)
    assert by.renewed_at == [SETTLE_S, 2 * SETTLE_S]  # the absent one a second time, a settle time later
    assert by.ledger.doubts(LANE) == []


def test_a_waiting_lane_looks_twice_a_second_whether_it_should_stop_and_waits_no_longer_than_needed() -> None:
    by = Waiting("f")
    by.state.not_before = {1: 1.2}
    by.settle(wait=True)
    assert by.slices == pytest.approx([0.5, 0.5, 0.2])


def test_the_doubt_that_is_due_first_ends_the_waiting() -> None:
    by = Waiting("ff")
    by.state.not_before = {1: 9.0, 2: 1.0}
    by.settle(wait=True)
    assert by.renewed_at == [1.0, 9.0]


def test_a_stop_ends_the_waiting_and_leaves_the_doubt_for_the_next_run() -> None:
    by = Waiting("f")
    by.night = replace(by.night, stop_flag=lambda: by.clock.seconds >= 2)
    assert by.settle(wait=True) is False
    assert (by.clock.seconds, by.renewed_at) == (2.0, [])
    assert by.state_of() == (State.IN_DOUBT, "")


def test_waiting_is_a_sign_of_life() -> None:
    by = Waiting("f")
    by.state.not_before = {1: 400.0}
    by.settle(wait=True)
    owner = by.ledger.lane_owner(LANE)
    assert owner is not None
    assert not owner.lease_over


# ---- what it comes to --------------------------------------------------------------------------------------------


def test_proven_absence_is_told_even_if_another_doubt_was_settled_after_it() -> None:
    by = Waiting("af", profile_changes=RESENDS)
    by.state.not_before = {1: 0.0, 2: 99.0}
    assert by.settle(wait=True) is True
    assert by.state_of("R001") == (State.PENDING, "")
    assert by.state_of("R002") == (State.REGISTERED, "")


def test_absence_that_a_person_must_judge_leads_to_no_second_entry() -> None:
    by = Waiting("a")
    assert by.settle(wait=True) is False


def test_after_every_look_the_next_one_waits_a_settle_time() -> None:
    by = Waiting("a", profile_changes={"canary": True})
    by.clock.seconds = 33.0
    by.settle(wait=False)
    assert by.state.not_before == {1: 33.0 + SETTLE_S}
    assert by.settle(wait=False) is False
    assert len(by.renewed_at) == 1


def test_a_find_ends_a_row_of_open_ones_and_an_absence_does_not() -> None:
    by = Waiting("f")
    by.state.open_in_a_row = 1
    by.settle(wait=True)
    assert by.state.open_in_a_row == 0
    by = Waiting("a")
    by.state.open_in_a_row = 1
    by.settle(wait=True)
    assert by.state.open_in_a_row == 1


def test_a_duplicate_ends_the_settling_with_its_number() -> None:
    by = Waiting("d")
    with pytest.raises(BreakerOpened) as caught:
        by.settle(wait=True)
    assert (caught.value.why, caught.value.note) == (Breaker.DUPLICATE, "受付番号 R001")


def test_a_person_watching_sees_what_became_of_each_doubt() -> None:
    by = Waiting("f")
    by.settle(wait=True)
    assert by.town.progress.outcomes[-1] == ("R001", "登録確認済")


def test_an_alarm_is_raised_whatever_state_it_comes_with() -> None:
    state = LaneNight()
    doubts.note_settled(state, Settled(State.HELD), "R001")
    with pytest.raises(BreakerOpened):
        doubts.note_settled(state, Settled(State.HELD, Breaker.LOOKUP_USELESS), "R001")


# ---- a fresh sender ----------------------------------------------------------------------------------------------


def test_the_settle_time_begins_when_the_sender_is_dead_and_before_the_new_log_in() -> None:
    by = Waiting("f")
    order: list[str] = []

    def stop() -> None:
        by.clock.wait(3)
        order.append("stopped")

    def start() -> None:
        assert by.open_doubt().sender_dead
        by.clock.wait(4)
        order.append("started")

    by.session.stop_sender = stop  # type: ignore[method-assign]
    by.session.start = start  # type: ignore[method-assign]
    by.state.not_before.clear()
    doubts.fresh_sender(by.night, by.access, by.session, by.state, 1)
    assert order == ["stopped", "started"]
    assert by.state.not_before == {1: 3 + SETTLE_S}


def test_one_open_one_is_no_row_and_is_not_waited_for() -> None:
    by = Waiting("f")
    doubts.note_open(by.night, by.access, by.session, by.state)
    assert (by.state.open_in_a_row, by.slices) == (1, [])
