"""Lanes that stand still past their lease between last check and click, and are taken over: nothing is entered twice.

Without killing before the take-over the same campaign does enter twice.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from bridge_agent.drivers.sender import started_at
from bridge_agent.pipeline.enter import SUBMIT_GRACE_S
from tests.fault.fast.nights import NightProcess
from tests.fault.points import hooks
from tests.fault.points.hooks import Order
from tests.fault.points.paused import Guards, PausedLanes
from tests.fault.points.scenarios import wait_until_stopped
from tests.fault.points.towns import LIMITS, PointTown, make_template

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="stops and continues processes as Linux does")
AFTER_ARMING = ("after write arm", "before action register")
NOTHING_WRONG = {"duplicates": 0, "missing": 0, "lost": 0, "unfinished": 0}


def wrong(found: dict[str, object]) -> dict[str, object]:
    return {name: found[name] for name in NOTHING_WRONG}


@pytest.mark.slow
@pytest.mark.parametrize(("lanes", "applications"), [(2, 36), (3, 24)])
def test_paused_lanes_are_taken_over_and_nothing_is_entered_twice(
    tmp_path: Path, lanes: int, applications: int
) -> None:
    found = PausedLanes(tmp_path / "town", applications, lanes, seed=1, every=5).run()
    print(f"\n{found}")
    assert wrong(found) == NOTHING_WRONG
    assert found["taken_over"] >= 2
    assert found["killed_while_paused"] >= 1


@pytest.mark.slow
def test_take_over_is_enough_without_a_watchdog(tmp_path: Path) -> None:
    found = PausedLanes(tmp_path / "town", 12, 2, seed=2, every=3, guards=Guards(watchdog=False)).run()
    assert wrong(found) == NOTHING_WRONG
    assert found["taken_over"] >= 1


@pytest.mark.slow
def test_without_killing_before_the_take_over_applications_are_entered_twice(tmp_path: Path) -> None:
    """The same campaign with the guards off: it can fail, and says so."""
    off = Guards(lock=False, kill=False, watchdog=False)
    found = PausedLanes(tmp_path / "town", 14, 2, seed=1, every=2, guards=off, points=AFTER_ARMING).run()
    print(f"\n{found}")
    assert found["duplicates"] > 0


# ---- the watchdog alone ----


def paused_while_armed(town: PointTown, *, watched: bool) -> tuple[NightProcess, psutil.Process]:
    """A night that stands still between the armed write and the click, and the process that it sends from."""
    order = Order(hooks.PAUSE, str(town.folder / "struck"), "before action register")
    process = town.start(replace(town.plan, watched=watched, setting=hooks.SETTING, argument=order.argument()))
    assert wait_until_stopped(process)
    (row,) = town.rows("SELECT sender_pid FROM item WHERE state = 'armed'")
    return process, psutil.Process(row["sender_pid"])


def wait_until_dead(pid: int, within_s: float) -> None:
    """Dead is enough: its number is given back only when its parent, which stands still, asks."""
    end = time.monotonic() + within_s
    while started_at(pid) is not None:
        assert time.monotonic() < end, "the sender lives on"
        time.sleep(0.05)


@pytest.mark.slow
def test_the_watchdog_kills_what_a_paused_lane_would_send_too_late(tmp_path: Path) -> None:
    town = PointTown(make_template(tmp_path / "template"), tmp_path / "town")
    try:
        process, sender = paused_while_armed(town, watched=True)
        wait_until_dead(sender.pid, LIMITS["submit_s"] + SUBMIT_GRACE_S + 10)
        os.kill(process.pid, signal.SIGCONT)
        process.wait(60)
        states = sorted(state for state, _ in town.town.states().values())
        assert states == ["held", "reported", "reported"]  # absent twice: not entered, and a person decides
        assert (town.requests, town.town.sums().commits) == (2, 2)
    finally:
        town.close()


@pytest.mark.slow
def test_without_the_watchdog_the_paused_lane_sends_late(tmp_path: Path) -> None:
    town = PointTown(make_template(tmp_path / "template"), tmp_path / "town")
    try:
        process, sender = paused_while_armed(town, watched=False)
        time.sleep(LIMITS["submit_s"] + SUBMIT_GRACE_S + 1)  # that nothing happens cannot be waited for
        assert sender.is_running()
        os.kill(process.pid, signal.SIGCONT)
        process.wait(60)
        assert (town.requests, town.town.sums().commits) == (3, 3)
    finally:
        town.close()
