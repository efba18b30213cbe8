"""A lane has one owner with a lease; its breaker outlives owners; what a dead owner left is recovered, never forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bridge_agent.domain.breaker import Breaker
from bridge_agent.domain.ledger_records import LaneBusy, StaleClaim
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from tests.unit.ledger.steps import (
    ABSENT,
    BROWSER,
    armed,
    claim,
    doubtful,
    events,
    item_row,
    last_event,
    registered,
    seen,
    state,
    take,
)
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer

LEASE_S = Lease().seconds


def process(ledger: SqlLedger, pid: int = 1, started: float = 1.0, host: str = "host") -> SqlLedger:
    """Another process on the same ledger."""
    return SqlLedger(ledger.engine, ledger.clock, ImitatedSealer(), Owner(pid, started, host, "boot"))


def lease_over(ledger: SqlLedger, lane: str = "lane") -> bool:
    owner = ledger.lane_owner(lane)
    assert owner is not None
    return owner.lease_over


# ---- the lock -------------------------------------------------------------------------------------------------


@pytest.fixture
def locked(tmp_path: Path, clock: ImitatedClock) -> SqlLedger:
    """A ledger whose folder of locks nobody has made yet."""
    engine = open_ledger(tmp_path / "ledger.db", "check")
    return SqlLedger(engine, clock, ImitatedSealer(), Owner(1, 1.0, "host", "boot")).with_locks(
        tmp_path / "run" / "lanes"
    )


def test_lanes_whose_names_look_alike_to_the_disk_have_locks_of_their_own(locked: SqlLedger) -> None:
    names = ["総合/1", "総合:1", "総合 1", "総合_1", "../総合", "a.b", "a%2eb"]
    assert locked.lock_folder is not None
    for name in names:
        with locked.lane(name):
            pass
    assert len(list(locked.lock_folder.iterdir())) == len(names)
    assert [path.name for path in locked.lock_folder.parent.iterdir()] == ["lanes"]


def test_a_lane_is_free_again_after_an_error_that_somebody_still_looks_at(locked: SqlLedger) -> None:
    with pytest.raises(RuntimeError) as kept, locked.lane("lane"):
        raise RuntimeError
    with locked.lane("lane"):
        assert kept.value.__traceback__ is not None


def test_who_does_not_get_the_lock_is_not_written_down_as_the_owner(locked: SqlLedger) -> None:
    assert locked.lock_folder is not None
    second = process(locked, 2).with_locks(locked.lock_folder)
    with locked.lane("lane"), pytest.raises(LaneBusy), second.lane("lane"):
        pass
    owner = second.lane_owner("lane")
    assert owner is not None
    assert owner.process.pid == 1


# ---- the lease ------------------------------------------------------------------------------------------------


def test_a_lane_that_nobody_ever_had_has_no_owner(ledger: SqlLedger) -> None:
    assert ledger.lane_owner("lane") is None
    ledger.open_breaker("lane", Breaker.DUPLICATE, "")
    assert ledger.lane_owner("lane") is None  # its breaker alone is known


def test_the_last_owner_is_known_with_its_lane(ledger: SqlLedger) -> None:
    with ledger.lane("lane"):
        pass
    with process(ledger, 2, 2.5, "elsewhere").lane("other"):
        pass
    owners = [ledger.lane_owner(lane) for lane in ("lane", "other")]
    assert [owner and owner.process for owner in owners] == [Sender(1, 1.0, "host"), Sender(2, 2.5, "elsewhere")]
    with process(ledger, 3, 3.0).lane("lane"):
        pass
    taken = ledger.lane_owner("lane")
    assert taken is not None
    assert taken.process == Sender(3, 3.0, "host")


def test_a_lease_is_over_after_its_last_moment(ledger: SqlLedger, clock: ImitatedClock) -> None:
    with ledger.lane("lane"):
        clock.wait(LEASE_S)
        assert not lease_over(ledger)
        clock.wait(0.001)
        assert lease_over(ledger)


def test_a_sign_of_life_is_written_once_in_a_third_of_the_lease(ledger: SqlLedger, clock: ImitatedClock) -> None:
    clock.wait(1000)
    with ledger.lane("lane"):
        clock.wait(LEASE_S / 3 - 1)
        ledger.keep_lane("lane")  # not yet: the lease still ends as it did
        clock.wait(LEASE_S * 2 / 3 + 2)
        assert lease_over(ledger)
    with ledger.lane("lane"):
        clock.wait(LEASE_S / 3)
        ledger.keep_lane("lane")
        clock.wait(LEASE_S)
        assert not lease_over(ledger)
        clock.wait(1)
        assert lease_over(ledger)


@pytest.mark.parametrize("owner", [(2, 1.0), (1, 2.0)])
def test_a_sign_of_life_of_a_former_owner_ends_it(
    ledger: SqlLedger, clock: ImitatedClock, owner: tuple[int, float]
) -> None:
    """The same process number with another start is another process."""
    with ledger.lane("other"):
        pass
    with ledger.lane("lane"):
        with process(ledger, *owner).lane("lane"):
            pass
        clock.wait(LEASE_S)
        with pytest.raises(StaleClaim):
            ledger.keep_lane("lane")


def test_a_sign_of_life_keeps_its_own_lane_alone(ledger: SqlLedger, clock: ImitatedClock) -> None:
    with ledger.lane("other"), ledger.lane("lane"):
        clock.wait(LEASE_S)
        ledger.keep_lane("lane")
        clock.wait(1)
        assert not lease_over(ledger, "lane")
        assert lease_over(ledger, "other")


# ---- the breaker ----------------------------------------------------------------------------------------------


def test_a_breaker_opens_one_lane_and_the_first_reason_stays(ledger: SqlLedger, clock: ImitatedClock) -> None:
    for lane in ("a", "b", "c"):
        with ledger.lane(lane):
            pass
    assert ledger.breakers() == []
    ledger.open_breaker("c", Breaker.DUPLICATE, "受付番号 R001")
    since = ledger.now()
    clock.wait(1)
    ledger.open_breaker("c", Breaker.LATE_RECORD, "受付番号 R002")
    ledger.open_breaker("a", Breaker.FUSE_SILENT, "")
    assert [(o.lane, o.why) for o in ledger.breakers()] == [("a", Breaker.FUSE_SILENT), ("c", Breaker.DUPLICATE)]
    opened = ledger.breaker("c")
    assert opened is not None
    assert (opened.note, opened.since) == ("受付番号 R001", since)
    assert ledger.breaker("b") is None
    assert events(ledger).count("breaker_opened") == 2


def test_a_person_closes_one_breaker_and_the_chain_says_who(ledger: SqlLedger) -> None:
    for lane in ("a", "b"):
        ledger.open_breaker(lane, Breaker.DUPLICATE, "受付番号 R001")
    assert ledger.close_breaker("a", "職員")
    assert last_event(ledger) == ("breaker_closed", None, '{"lane":"a","who":"職員"}')
    assert ledger.breaker("a") is None
    assert ledger.breaker("b") is not None
    assert not ledger.close_breaker("a", "職員")
    assert not ledger.close_breaker("unknown", "職員")
    assert events(ledger).count("breaker_closed") == 1
    ledger.open_breaker("a", Breaker.LATE_RECORD, "")
    again = ledger.breaker("a")
    assert again is not None
    assert (again.why, again.note) == (Breaker.LATE_RECORD, "")


# ---- what a dead process left ---------------------------------------------------------------------------------


def test_other_lanes_of_the_core_with_something_unsettled_are_known(ledger: SqlLedger) -> None:
    doubtful(ledger, 1, "b")
    armed(ledger, 2, "b")
    seen(ledger, 3, "a")
    take(ledger, 4)
    claim(ledger, "d")
    doubtful(ledger, 5, "own")
    registered(ledger, 6, "settled")
    doubtful(ledger, 7, "elsewhere", "zeimu")
    assert list(ledger.other_lanes("sogo", "own")) == ["a", "b", "d"]


def test_a_lane_adopts_what_was_sent_and_not_what_is_still_in_hand(ledger: SqlLedger) -> None:
    doubt, owed = doubtful(ledger, 1, "former"), seen(ledger, 2, "former")
    third, foreign = doubtful(ledger, 4, "third"), doubtful(ledger, 5, "former", "zeimu")
    hand = armed(ledger, 3, "former")
    ledger.adopt("sogo", "former", "lane")
    assert [d.item.item_id for d in ledger.doubts("lane")] == [doubt.item_id]
    assert [d.item.item_id for d in ledger.owed("lane")] == [owed.item_id]
    fences = [item_row(ledger, t.item_id).fence for t in (hand, third, foreign)]
    assert fences == [hand.fence, third.fence, foreign.fence]
    assert item_row(ledger, hand.item_id).lane == "former"
    assert [d.item.item_id for d in ledger.doubts("former")] == [foreign.item_id]
    with pytest.raises(StaleClaim):  # the former lane can settle nothing any more
        ledger.try_again(doubt, ABSENT)
    assert last_event(ledger) == ("lane_adopted", None, '{"core":"sogo","former":"former","lane":"lane"}')


def test_who_takes_a_lane_takes_its_doubts_also_those_whose_browser_is_dead(ledger: SqlLedger) -> None:
    """The former owner may go on on another machine, where nobody could kill it."""
    claim_free = doubtful(ledger, 1)
    ledger.sender_stopped("lane", BROWSER, 0)
    taker = process(ledger, 2)
    with taker.lane("lane"):
        for write in (
            lambda: ledger.look_again(claim_free, ABSENT, after_s=1),
            lambda: ledger.try_again(claim_free, ABSENT),
        ):
            with pytest.raises(StaleClaim):
                write()
        (doubt,) = taker.doubts("lane")
        assert taker.try_again(doubt.attempt, ABSENT) is State.PENDING


def test_an_owner_that_comes_back_to_its_own_lane_keeps_what_it_has_in_hand(ledger: SqlLedger) -> None:
    doubt = doubtful(ledger, 1)
    with ledger.lane("lane"):
        assert ledger.try_again(doubt, ABSENT) is State.PENDING


@pytest.mark.parametrize("changes", [{"pid": 2}, {"started": 2.0}, {"host": "other"}])
def test_a_number_of_a_process_is_somebody_only_with_its_start_and_its_machine(
    ledger: SqlLedger, changes: dict[str, Any]
) -> None:
    doubt = doubtful(ledger, 1)
    with process(ledger, **changes).lane("lane"), pytest.raises(StaleClaim):
        ledger.try_again(doubt, ABSENT)


def test_leftovers_are_what_is_in_hand_or_may_still_be_sent(ledger: SqlLedger) -> None:
    dead = doubtful(ledger, 1)
    ledger.sender_stopped("lane", BROWSER, 0)
    doubtful(ledger, 7, "lane", "zeimu")
    unsure, owed, hand = doubtful(ledger, 2), seen(ledger, 3), armed(ledger, 4)
    take(ledger, 5)
    take(ledger, 6)
    claimed = claim(ledger, "second")
    assert {(left.item_id, left.state) for left in ledger.leftovers("lane", "sogo")} == {
        (unsure.item_id, State.IN_DOUBT),
        (owed.item_id, State.SEEN),
        (hand.item_id, State.ARMED),
    }
    assert [(left.item_id, left.state) for left in ledger.leftovers("second", "sogo")] == [
        (claimed.item.item_id, State.CLAIMED)
    ]
    assert dead.item_id not in {left.item_id for left in ledger.leftovers("lane", "sogo")}


def recover(ledger: SqlLedger, *, sender_dead: bool, settle_s: float = 10) -> State:
    (left,) = ledger.leftovers("lane", "sogo")
    return ledger.recover(left, sender_dead=sender_dead, settle_s=settle_s)


def test_a_claim_that_died_waits_again_and_its_crashes_are_counted(ledger: SqlLedger, clock: ImitatedClock) -> None:
    item_id = take(ledger)
    for crashes in (1, 2):
        claim(ledger)
        clock.wait(5)
        assert recover(ledger, sender_dead=True) is State.PENDING
        row = item_row(ledger, item_id)
        assert (row.state, row.crashes, row.tries, row.due_at) == (State.PENDING, crashes, 0, ledger.now())


@pytest.mark.parametrize("dead", [False, True])
def test_an_armed_one_that_died_is_in_doubt_until_its_sender_is_dead_for_a_while(
    ledger: SqlLedger, clock: ImitatedClock, dead: bool
) -> None:
    armed(ledger)
    assert recover(ledger, sender_dead=dead, settle_s=25) is State.IN_DOUBT
    doubt = ledger.doubts("lane")[0]
    assert (doubt.sender_dead, doubt.absent_looks) == (dead, 0)
    assert (doubt.due_at - clock.now()).total_seconds() == 25


@pytest.mark.parametrize("dead", [False, True])
def test_a_doubt_that_is_recovered_waits_anew_and_its_absences_count_no_more(
    ledger: SqlLedger, clock: ImitatedClock, dead: bool
) -> None:
    other = doubtful(ledger, 9, "other")
    tried = doubtful(ledger)
    ledger.look_again(tried, ABSENT, after_s=1)
    ledger.look_again(other, ABSENT, after_s=1)
    clock.wait(50)
    assert recover(ledger, sender_dead=dead, settle_s=30) is State.IN_DOUBT
    doubt = ledger.doubts("lane")[0]
    assert (doubt.sender_dead, doubt.absent_looks) == (dead, 0)
    assert (doubt.due_at - clock.now()).total_seconds() == 30
    untouched = ledger.doubts("other")[0]
    assert (untouched.absent_looks, untouched.attempt.fence) == (1, other.fence)
    with pytest.raises(StaleClaim):  # the dead process, should it wake up
        ledger.try_again(tried, ABSENT)


def test_a_seen_one_that_is_recovered_is_looked_up_at_once(ledger: SqlLedger, clock: ImitatedClock) -> None:
    tried = seen(ledger)
    clock.wait(50)
    assert recover(ledger, sender_dead=True) is State.SEEN
    owed = ledger.owed("lane")[0]
    assert (owed.sender_dead, owed.due_at) == (True, clock.now())
    assert owed.attempt.fence > tried.fence


def test_a_leftover_that_was_settled_meanwhile_is_left_as_it_is(ledger: SqlLedger) -> None:
    tried = doubtful(ledger)
    (left,) = ledger.leftovers("lane", "sogo")
    ledger.try_again(tried, ABSENT)
    before = item_row(ledger, tried.item_id)
    ledger.recover(left, sender_dead=True, settle_s=10)
    assert item_row(ledger, tried.item_id) == before
    take(ledger, 2)
    claim(ledger)
    with pytest.raises(StaleClaim):
        ledger.recover(replace(left, item_id=2, state=State.CLAIMED), sender_dead=True, settle_s=10)
    assert state(ledger, 2) == (State.PENDING, "")


def test_an_item_never_meets_a_fence_again(ledger: SqlLedger) -> None:
    """Whichever lane has it: a former owner's number is nobody's number."""
    take(ledger)
    fences = []
    for lane in ("a", "b", "a", "b"):
        claimed = claim(ledger, lane)
        fences.append(claimed.fence)
        ledger.put_back(claimed, "", after_s=0)
    assert len(set(fences)) == 4
    assert fences == sorted(fences)
