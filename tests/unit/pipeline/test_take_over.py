"""Taking over a lane: an owner that stands still is killed first, one that lives is left alone, a lane is never shared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bridge_agent.domain.breaker import Breaker
from bridge_agent.domain.ledger_records import LaneBusy, StaleClaim
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline import lane
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.imitated_core import ImitatedSealer, ImitatedSession
from tests.unit.pipeline.imitation import Town, application

LANE = "sogo-1"


class TwoProcesses:
    """Two ledger objects over one file, as two agent processes have them; `first` owns the lane and stands still."""

    def __init__(self, folder: Path, town: Town) -> None:
        self.town = town
        self.first = self._open(folder, 11)
        self.second = self._open(folder, 22)
        town.ledger = self.second
        self._held = ExitStack()
        self.killed: list[Sender] = []

    def _open(self, folder: Path, pid: int) -> SqlLedger:
        engine = open_ledger(folder / "ledger.db", "check")
        owner = Owner(pid, float(pid), "host", "boot")
        return SqlLedger(engine, self.town.clock, ImitatedSealer(), owner).with_locks(folder / "lanes")

    def first_owns(self) -> None:
        self._held.enter_context(self.first.lane(LANE))

    def kill(self, sender: Sender) -> bool:
        """As the operating system: the dead process' locks are free."""
        self.killed.append(sender)
        if sender.pid == 11:
            self._held.close()
        return True

    def close(self) -> None:
        self._held.close()
        self.first.engine.dispose()
        self.second.engine.dispose()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[TwoProcesses]:
    made = TwoProcesses(tmp_path, Town([application(1)]))
    made.town.kill = made.kill  # type: ignore[method-assign]
    yield made
    made.close()


def past_the_lease(two: TwoProcesses) -> None:
    two.town.clock.wait(2 * Lease().seconds)


def test_a_living_owner_is_left_alone(two: TwoProcesses) -> None:
    two.first_owns()
    report = run(two.town.night())
    assert two.killed == []
    assert two.town.core.requests == 0
    assert "使用中" in report.stops[0]
    assert report.exit_code == 3


def test_an_owner_that_stands_still_is_killed_before_anything_is_entered(two: TwoProcesses) -> None:
    two.first_owns()
    past_the_lease(two)
    at_first_request: list[list[int]] = []
    two.town.core.at_register = lambda: at_first_request.append([p.pid for p in two.killed])
    assert run(two.town.night()).exit_code == 0
    assert at_first_request == [[11]]


def test_an_owner_that_cannot_be_killed_keeps_its_lane(two: TwoProcesses) -> None:
    two.first_owns()
    past_the_lease(two)
    two.town.kill = lambda sender: False  # type: ignore[method-assign]
    report = run(two.town.night())
    assert two.town.core.requests == 0
    assert report.exit_code == 3


def test_what_it_had_armed_is_in_doubt_and_its_browser_is_killed(two: TwoProcesses) -> None:
    two.town.ledger = two.first
    two.town.core.faults = {1: "interrupt"}
    two.first_owns()
    with owning_already(two.first), pytest.raises(KeyboardInterrupt):
        run(two.town.night())
    two.town.ledger = two.second
    past_the_lease(two)
    assert run(two.town.night()).exit_code == 0
    assert [p.pid for p in two.killed] == [11, 4711]  # the owner first, then the browser that was armed
    assert two.town.core.duplicates() == 0
    assert [i.state for i in two.second.items()] == [State.REPORTED]


@contextmanager
def owning_already(ledger: SqlLedger) -> Iterator[None]:
    """The first process owns its lane already: its own run must not wait for its own lock."""
    plain = ledger.lane

    @contextmanager
    def owned(lane: str) -> Iterator[None]:
        yield

    ledger.lane = owned  # type: ignore[method-assign]
    try:
        yield
    finally:
        ledger.lane = plain  # type: ignore[method-assign]


def test_a_former_owner_that_wakes_up_can_claim_and_write_no_more(two: TwoProcesses) -> None:
    two.first_owns()
    two.town.ledger = two.first
    run_take_in(two)
    past_the_lease(two)
    two.kill(Sender(11, 11.0, "host"))
    with two.second.lane(LANE), pytest.raises(StaleClaim):
        two.first.claim(LANE, "sogo", None)


def run_take_in(two: TwoProcesses) -> None:
    """One application is pending."""
    two.town.stop = lambda: True
    run(two.town.night())


def test_a_sign_of_life_keeps_the_lane(two: TwoProcesses) -> None:
    two.first_owns()
    for _ in range(4):
        two.town.clock.wait(Lease().seconds / 2)
        two.first.keep_lane(LANE)
    owner = two.second.lane_owner(LANE)
    assert owner is not None
    assert owner.process.pid == 11
    assert not owner.lease_over
    with pytest.raises(LaneBusy), two.second.lane(LANE):
        pass


def test_the_breaker_belongs_to_the_lane_and_not_to_its_owner(two: TwoProcesses) -> None:
    two.first.open_breaker(LANE, Breaker.DUPLICATE, "受付番号 R001")
    two.first.open_breaker(LANE, Breaker.LATE_RECORD, "受付番号 R002")
    opened = two.second.breaker(LANE)
    assert opened is not None
    assert (opened.why, opened.note) == (Breaker.DUPLICATE, "受付番号 R001")  # the first reason stays


@pytest.mark.parametrize("fault", ["interrupt", "died seen"])
def test_who_lost_its_lane_while_it_stood_still_settles_nothing_there(
    two: TwoProcesses, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The taker is on another machine, where the lock does not hold it back. What is read by now is the taker's."""
    town = two.town
    town.ledger = two.first
    town.core.faults = {1: "interrupt"} if fault == "interrupt" else {}
    if fault == "died seen":
        monkeypatch.setattr(lane, "after_entry", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(town.night())
    monkeypatch.undo()
    left = town.ledger.items()[0].state
    plain = town.session

    def session() -> ImitatedSession:
        """It stands still while it logs in; afterwards it reads everything anew."""
        town.clock.wait(2 * Lease().seconds)
        two.second._own(LANE)
        return plain()

    monkeypatch.setattr(town, "session", session)
    report = run(town.night())
    assert "引き継いで" in report.stops[0]
    assert town.ledger.items()[0].state is left


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt
