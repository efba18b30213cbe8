"""How a lane's night begins and ends: whose lane it is, what others left in it, and that it always closes its browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from bridge_agent.domain.breaker import Breaker, BreakerOpened, breaker_sentence
from bridge_agent.domain.errors import StopRunError, SystemDown
from bridge_agent.domain.ledger_records import Forgotten, LaneBusy, LaneOwner
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline import lane
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.reconcile import FROM_THE_FIRST, Reconciled
from tests.unit.pipeline.by_hand import CORE, LANE, SETTLE_S, ByHand
from tests.unit.pipeline.imitated_core import START
from tests.unit.pipeline.imitation import application

OWNER = Sender(11, 11.0, "host")


def night_of(by: ByHand, sums: Reconciled | None = None, since: datetime = FROM_THE_FIRST) -> LaneNight:
    return lane.run_lane(by.night, by.access, since, sums)


# ---- owning ------------------------------------------------------------------------------------------------------


class Locks:
    """The lane's lock as another process holds it: busy so many times, then free."""

    def __init__(self, by: ByHand, busy: int, owner: LaneOwner | None, frees_after_s: float = 0.0) -> None:
        self.by, self.busy, self.frees_after_s = by, busy, frees_after_s
        self.held: list[str] = []
        self.killed: list[Sender] = []
        by.ledger.lane = self._lane  # type: ignore[method-assign, assignment]
        by.ledger.lane_owner = lambda lane: owner  # type: ignore[method-assign]
        by.night = replace(by.night, kill_sender=self._kill)
        self.dies = True

    def _kill(self, sender: Sender) -> bool:
        self.killed.append(sender)
        return self.dies

    @contextmanager
    def _lane(self, name: str) -> Iterator[None]:
        if self.busy > 0 or self.by.clock.seconds < self.frees_after_s:
            self.busy -= 1
            raise LaneBusy("使用中")
        self.held.append(name)
        yield
        self.held.remove(name)


def own(by: ByHand, locks: Locks) -> list[str]:
    with lane.owned(by.night, by.access):
        return list(locks.held)


def test_a_free_lane_is_owned_for_as_long_as_the_block_lasts_and_nobody_is_killed() -> None:
    by = ByHand()
    locks = Locks(by, 0, None)
    assert own(by, locks) == [LANE]
    assert (locks.held, locks.killed) == ([], [])


def test_the_lane_is_given_back_when_the_block_fails() -> None:
    by = ByHand()
    locks = Locks(by, 0, None)
    plain = by.ledger.lane
    ended: list[str] = []

    @contextmanager
    def noting(name: str) -> Iterator[None]:
        with plain(name):
            yield
        ended.append(name)

    by.ledger.lane = noting  # type: ignore[method-assign, assignment]
    with pytest.raises(SystemDown), lane.owned(by.night, by.access):
        raise SystemDown("x")
    assert (ended, locks.held) == ([LANE], [])


@pytest.mark.parametrize("owner", [None, LaneOwner(OWNER, lease_over=False)])
def test_an_owner_that_is_unknown_or_shows_signs_of_life_is_not_killed(owner: LaneOwner | None) -> None:
    by = ByHand()
    locks = Locks(by, 1, owner)
    with pytest.raises(LaneBusy, match=f"レーン {LANE} は別の実行が使用中です.*bridge-agent stop"):
        own(by, locks)
    assert locks.killed == []


def test_an_owner_that_will_not_die_keeps_the_lane() -> None:
    by = ByHand()
    locks = Locks(by, 1, LaneOwner(OWNER, lease_over=True))
    locks.dies = False
    with pytest.raises(LaneBusy):
        own(by, locks)
    assert locks.killed == [OWNER]


def test_the_lock_of_a_killed_owner_is_waited_for() -> None:
    by = ByHand()
    locks = Locks(by, 0, LaneOwner(OWNER, lease_over=True), frees_after_s=4.9)
    assert own(by, locks) == [LANE]
    assert locks.killed == [OWNER]
    assert 4.9 <= by.clock.seconds <= 5.0


def test_a_lock_that_does_not_come_free_in_five_seconds_is_given_up() -> None:
    by = ByHand()
    locks = Locks(by, 0, LaneOwner(OWNER, lease_over=True), frees_after_s=1000)
    with pytest.raises(LaneBusy):
        own(by, locks)
    assert 5.0 <= by.clock.seconds <= 5.11


# ---- what dead processes left ------------------------------------------------------------------------------------


def leave_in_doubt(by: ByHand, former: str) -> None:
    """An interrupted entry in a lane of another name, as an account that was renamed has left it."""
    by.core.faults = {by.core.requests + 1: "interrupt"}
    with by.ledger.lane(former):
        claim = by.ledger.claim(former, CORE, by.session.sender)
        assert claim is not None
        with pytest.raises(KeyboardInterrupt):
            lane.one(by.night, by.access, by.session, by.state, claim)


def test_the_browser_of_a_dead_process_is_killed_and_its_doubt_begins_anew() -> None:
    by = ByHand()
    leave_in_doubt(by, LANE)
    by.clock.wait(500)
    lane.recover(by.night, by.access)
    assert by.town.killed == [Sender(4711, 1.0, "host")]
    doubt = by.open_doubt()
    assert doubt.sender_dead
    assert (doubt.due_at - START).total_seconds() == 500 + SETTLE_S


def test_a_browser_that_would_not_die_is_not_called_dead() -> None:
    by = ByHand()
    leave_in_doubt(by, LANE)
    by.night = replace(by.night, kill_sender=lambda sender: False)
    lane.recover(by.night, by.access)
    assert not by.open_doubt().sender_dead


def test_an_entry_that_never_had_a_browser_has_nothing_that_could_still_send() -> None:
    by = ByHand()
    by.session.sender = None  # type: ignore[assignment]
    leave_in_doubt(by, LANE)
    by.night = replace(by.night, kill_sender=lambda sender: pytest.fail("nothing to kill"))
    lane.recover(by.night, by.access)
    assert by.open_doubt().sender_dead


def test_what_a_lane_of_another_name_left_at_this_core_is_adopted() -> None:
    by = ByHand()
    leave_in_doubt(by, "sogo-old")
    lane.recover(by.night, by.access)
    assert by.open_doubt().item.receipt_no == "R001"
    assert by.town.killed == [Sender(4711, 1.0, "host")]
    assert len(by.rows("SELECT 1 FROM event WHERE kind = 'lane_adopted'")) == 1


def test_a_lane_is_not_adopted_by_itself() -> None:
    by = ByHand()
    leave_in_doubt(by, LANE)
    lane.recover(by.night, by.access)
    assert by.rows("SELECT 1 FROM event WHERE kind = 'lane_adopted'") == []


def test_a_lane_of_the_same_run_settles_its_own_items() -> None:
    by = ByHand()
    leave_in_doubt(by, "sogo-2")
    other = replace(by.access, lane="sogo-2")
    by.night = replace(by.night, lanes=[by.access, other])
    lane.recover(by.night, by.access)
    assert by.ledger.doubts(LANE) == []
    assert [d.item.receipt_no for d in by.ledger.doubts("sogo-2")] == ["R001"]
    assert by.town.killed == []


def test_another_lane_whose_process_lives_is_left_alone_and_the_next_one_is_adopted() -> None:
    by = ByHand(application(1), application(2))
    leave_in_doubt(by, "sogo-a")
    leave_in_doubt(by, "sogo-b")
    plain = by.ledger.lane

    @contextmanager
    def busy(name: str) -> Iterator[None]:
        if name == "sogo-a":
            raise LaneBusy("使用中")
        with plain(name):
            yield

    by.ledger.lane = busy  # type: ignore[method-assign, assignment]
    lane.recover(by.night, by.access)
    assert [d.item.receipt_no for d in by.ledger.doubts("sogo-a")] == ["R001"]
    assert [d.item.receipt_no for d in by.ledger.doubts(LANE)] == ["R002"]
    assert len(by.town.killed) == 1


# ---- the look-ups that are owed ----------------------------------------------------------------------------------


def test_what_was_seen_before_is_looked_up_first_with_the_number_that_was_shown() -> None:
    by = ByHand()
    by.seen("lie")  # the screen showed K-9999
    by.core.commit("R001", "0000000001", "良い")
    lane.pay_owed(by.night, by.access, by.session, by.state)
    assert by.state_of() == (State.HELD, Reason.MISMATCH)
    assert by.note_of() == "K-0001・基幹側の受付番号"


def test_what_was_seen_before_and_is_found_ends_a_row_of_open_ones() -> None:
    by = ByHand()
    by.seen()
    by.state.open_in_a_row = 1
    lane.pay_owed(by.night, by.access, by.session, by.state)
    assert by.state.open_in_a_row == 0
    assert by.state.not_before == {}


def test_what_was_seen_before_and_is_absent_waits_a_whole_settle_time_by_our_own_clock() -> None:
    by = ByHand()
    by.seen("lie")
    by.clock.wait(30)
    lane.pay_owed(by.night, by.access, by.session, by.state)
    assert by.open_doubt().why == "seen_absent"
    assert by.state.not_before == {1: by.clock.monotonic() + SETTLE_S}


def test_what_was_seen_before_and_is_there_twice_opens_the_breaker() -> None:
    by = ByHand()
    by.seen("double")
    with pytest.raises(BreakerOpened) as caught:
        lane.pay_owed(by.night, by.access, by.session, by.state)
    assert (caught.value.why, caught.value.note) == (Breaker.DUPLICATE, "受付番号 R001")


# ---- the night of a lane -----------------------------------------------------------------------------------------


def test_with_an_open_breaker_everything_that_was_sent_is_settled_and_nothing_is_entered() -> None:
    by = ByHand(*(application(n) for n in range(1, 5)))
    for fault in ("double", "double"):
        by.seen(fault)
    by.doubt("after")
    by.core.commit("R003", "0000000003", "良い")
    by.ledger.open_breaker(LANE, Breaker.LATE_RECORD, "受付番号 R009")
    ended = night_of(by)
    held = (State.HELD, Reason.DUPLICATE_AT_CORE)
    assert [by.state_of(f"R00{n}") for n in range(1, 5)] == [held, held, held, (State.PENDING, "")]
    assert by.core.requests == 3
    assert ended.stopped == breaker_sentence(Breaker.LATE_RECORD, "総合行政システム", LANE, "受付番号 R009")


def test_a_night_begins_with_the_look_ups_that_are_owed() -> None:
    by = ByHand(application(1), application(2))
    by.seen()
    states: list[tuple[State, str]] = []
    by.core.at_register = lambda: states.append(by.state_of("R001"))
    night_of(by)
    assert states == [(State.REGISTERED, "")]


def test_what_opens_the_breaker_is_kept_and_said_with_its_number() -> None:
    by = ByHand(application(1), application(2))
    by.core.faults = {1: "double"}
    ended = night_of(by)
    opened = by.ledger.breaker(LANE)
    assert opened is not None
    assert (opened.why, opened.note) == (Breaker.DUPLICATE, "受付番号 R001")
    assert ended.stopped == breaker_sentence(Breaker.DUPLICATE, "総合行政システム", LANE, "受付番号 R001")


def test_proven_absence_leads_to_a_second_entry_in_the_same_night() -> None:
    by = ByHand(profile_changes={"resubmit_on_absent": "after_quiescence", "canary": True})
    by.core.faults = {1: "before"}
    night_of(by)
    assert by.core.requests == 2
    assert by.state_of() == (State.REGISTERED, "")


def test_a_doubt_of_an_earlier_night_waits_the_whole_settle_time_again() -> None:
    by = ByHand()
    by.doubt("after")
    by.clock.wait(3600)
    night_of(by)
    assert by.state_of() == (State.REGISTERED, "")
    assert by.clock.seconds >= 3600 + SETTLE_S


@pytest.mark.parametrize("fails", [True, False])
def test_the_browser_is_closed_however_the_night_ends(fails: bool) -> None:
    by = ByHand()
    closed: list[bool] = []

    def start() -> None:
        if fails:
            raise SystemDown("基幹システムが応答しません。")

    by.session.start = start  # type: ignore[method-assign]
    by.session.close = lambda: closed.append(True)  # type: ignore[method-assign]
    by.access = replace(by.access, open_session=lambda: by.session)
    ended = night_of(by)
    assert closed == [True]
    assert ended.stopped == ("基幹システムが応答しません。" if fails else "")


def test_the_first_reason_for_an_early_end_is_the_one_that_is_said() -> None:
    by = ByHand(application(1), application(2))
    by.doubt("after")
    by.ledger.open_breaker(LANE, Breaker.DUPLICATE, "受付番号 R009")

    def down() -> None:
        raise SystemDown("基幹システムが応答しません。")

    by.session.renew = down  # type: ignore[method-assign]
    by.access = replace(by.access, open_session=lambda: by.session)
    assert night_of(by).stopped.startswith("総合行政システムで同じ申請の登録が2件以上")


def test_former_browsers_are_killed_before_an_own_one_is_started() -> None:
    by = ByHand()
    leave_in_doubt(by, LANE)
    order: list[str] = []

    def kill(sender: Sender) -> bool:
        order.append("killed")
        return True

    by.night = replace(by.night, kill_sender=kill)
    by.session.start = lambda: order.append("started")  # type: ignore[method-assign]
    by.access = replace(by.access, open_session=lambda: by.session)
    night_of(by)
    assert order[:2] == ["killed", "started"]


@pytest.mark.parametrize(
    ("sums", "rehearse", "done"), [(Reconciled(), False, True), (None, False, False), (Reconciled(), True, False)]
)
def test_a_lane_reconciles_only_where_it_was_told_to_and_never_in_a_rehearsal(
    sums: Reconciled | None, rehearse: bool, done: bool
) -> None:
    by = ByHand(options=RunOptions(rehearse=rehearse))
    night_of(by, sums)
    assert (by.ledger.reconciled_until(CORE) is not None) is done


def test_what_a_restore_forgot_is_looked_up_before_anything_is_entered() -> None:
    by = ByHand()
    asked: list[str] = []

    def forgotten(core: str) -> list[Forgotten]:
        asked.append(core)
        return []

    by.ledger.forgotten = forgotten  # type: ignore[method-assign]
    by.core.at_register = lambda: asked.append("register")
    night_of(by)
    assert asked == [CORE, "register"]


def test_a_lane_that_another_process_owns_is_an_error_of_the_run_and_not_of_the_lane() -> None:
    by = ByHand()
    Locks(by, 1, None)
    with pytest.raises(StopRunError):
        night_of(by)
    assert by.town.sessions == [by.session]  # no browser was opened
