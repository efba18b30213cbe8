"""The wall clock is set at any moment of a night: that may delay or hold, but never enters twice and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bridge_agent.domain import crash_points
from bridge_agent.domain.crash_points import Action, Write
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.imitated_core import ImitatedClock
from tests.unit.pipeline.imitation import Town, application
from tests.unit.pipeline.test_night import states

HOUR, DAY = 3600.0, 86400.0
JUMPS = {
    "+1h": HOUR,
    "-1h": -HOUR,
    "+1d": DAY,
    "-1d": -DAY,
    "+31d": 31 * DAY,
    "-31d": -31 * DAY,
    "midnight": 4 * HOUR,  # 20:00 in Japan becomes 00:00 of the next day
    "era": -(7 * 365 + 210) * DAY,  # back before 令和
}
POINTS = [
    f"after write {w}"
    for w in (Write.TAKE_IN, Write.CLAIM, Write.ARM, Write.SEEN, Write.IN_DOUBT, Write.SENDER_STOPPED, Write.LOOK_LATER)
] + [f"after action {a}" for a in (Action.PRE_CHECK, Action.REGISTER, Action.LOOK_AFTER, Action.LOOK_RECONCILE)]


class SteppedClock(ImitatedClock):
    """Its wall time can be set; monotonic seconds go on."""

    step = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.step)


@pytest.fixture(autouse=True)
def no_hook() -> Iterator[None]:
    yield
    crash_points.install(None)


def town_with(clock: SteppedClock) -> Town:
    """The core's own clock is right."""
    town = Town([application(n) for n in range(1, 5)])
    plain = town.clock
    clock.seconds = plain.seconds
    town.clock = clock
    town.ledger.clock = clock
    town.core.clock = _RightClock(clock)
    return town


class _RightClock(ImitatedClock):
    def __init__(self, ours: ImitatedClock) -> None:
        self.ours = ours

    def now(self) -> datetime:
        return ImitatedClock.now(self.ours)


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("jump", sorted(JUMPS))
@pytest.mark.parametrize("point", POINTS)
def test_a_clock_that_is_set_enters_nothing_twice(point: str, jump: str, back: bool) -> None:
    clock = SteppedClock()
    town = town_with(clock)
    town.core.faults = {1: "after", 3: "lie"}
    reached: list[str] = []

    def hook(name: str) -> None:
        if name == point and len(reached) < 2:
            reached.append(name)
            clock.step = JUMPS[jump] if len(reached) == 1 else 0.0

    crash_points.install(hook)
    run(town.night())
    crash_points.install(None)
    assert reached
    for _ in range(2):
        if back:
            clock.step = 0.0
        clock.wait(DAY)
        run(town.night())
    assert town.core.duplicates() == 0
    found = states(town)
    assert {state for state, _ in found.values()} <= {State.REPORTED, State.HELD}
    at_core = {r.reference for r in town.core.log}
    assert {n for n, (state, _) in found.items() if state is State.REPORTED} <= at_core
    assert at_core == {"R001", "R002", "R004"}


def test_a_registration_that_looks_older_than_the_last_reconciliation_is_looked_up_again() -> None:
    clock = SteppedClock()
    town = town_with(clock)
    run(town.night())
    late = [application(n) for n in range(5, 7)]
    town.source.applications |= {a.key.receipt_no: a for a in late}

    def duplicate() -> None:
        clock.step = -2 * DAY  # set back in the middle of the run, before the last reconciliation
        if town.core.requests == 6:
            town.core.commit("R005", f"{5:010}", "良い")

    town.core.at_register = duplicate
    clock.wait(DAY)
    report = run(town.night())
    assert report.balance.duplicates == 1


def test_a_stop_that_was_asked_under_a_clock_running_ahead_stops_that_run_only() -> None:
    clock = SteppedClock()
    town = town_with(clock)
    run_id = town.ledger.start_run("run")
    clock.step = 31 * DAY
    town.ledger.request_stop("職員")
    assert town.ledger.stop_requested(clock.now())
    clock.step = 0.0
    assert town.ledger.stop_requested(clock.now())
    town.ledger.end_run(run_id, 3, {})
    assert run(town.night()).exit_code == 0


def test_a_stop_that_was_asked_under_a_clock_set_back_is_heard() -> None:
    clock = SteppedClock()
    town = town_with(clock)
    town.ledger.start_run("run")
    started = clock.now()
    clock.step = -HOUR
    town.ledger.request_stop("職員")
    assert town.ledger.stop_requested(started)


def test_the_page_size_of_a_ledger_is_what_the_campaigns_expect(tmp_path: Path) -> None:
    from bridge_agent.ledger.opening import open_ledger
    from scripts.tamper_files import PAGE

    file = tmp_path / "ledger.db"
    open_ledger(file, "check").dispose()
    assert file.stat().st_size % PAGE == 0
