"""One combination in a town of its own: the process under test is broken at its point, others drain, the oracle judges."""

from __future__ import annotations

import itertools
import os
import time
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bridge_agent.domain.crash_points import WITHIN
from bridge_agent.domain.reasons import Reason
from tests.fault.fast.nights import NightProcess
from tests.fault.points import hooks, persons
from tests.fault.points.hooks import Order
from tests.fault.points.matrix import Combination
from tests.fault.points.oracle import Verdict, judge
from tests.fault.points.scenarios import ALL, Scenario, go_on, wait_until_stopped
from tests.fault.points.towns import SHORT, PointTown

DRAIN_RUNS = 8
RUN_S = 90.0
"""A run of three applications takes a second; on a loaded machine many."""
BLOCKED_S = 1.0
"""How long the taker may wait for a ledger that the stopped process has locked, before that one goes on."""
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Trial:
    combination: Combination
    struck: bool
    """The point was reached, so that what had to happen there has happened."""
    again: bool
    """The second point, in the run after, was reached too (pairs only)."""
    drain_runs: int
    seconds: float
    verdict: Verdict

    def faults(self) -> list[str]:
        return ([] if self.struck else ["point not reached"]) + self.verdict.faults()

    def as_json(self) -> dict[str, Any]:
        content = asdict(self.combination) | {"key": self.combination.key, "faults": self.faults()}
        content |= {
            "struck": self.struck,
            "again": self.again,
            "drain_runs": self.drain_runs,
            "seconds": round(self.seconds, 2),
        }
        return content | {"verdict": asdict(self.verdict)}


def folder_in(base: Path) -> Path:
    return base / f"trial-{os.getpid()}-{next(_numbers)}"


def run_trial(combination: Combination, template: Path, base: Path) -> Trial:
    began = time.monotonic()
    scenario = ALL[combination.scenario]
    town = made(scenario, template, base, short=combination.kind == hooks.PAUSE)
    try:
        struck = broken(town, scenario, combination)
        again = bool(combination.second) and broken_again(town, combination)
        scenario.mend(town)
        runs = drained(town) + released(town)
        return Trial(combination, struck, again, runs, time.monotonic() - began, judge(town))
    finally:
        town.close()


def made(scenario: Scenario, template: Path, base: Path, *, short: bool) -> PointTown:
    changes = ({"lease": SHORT} if short else {}) | dict(scenario.plan)
    town = PointTown(template, folder_in(base), limits=scenario.limits, **changes)
    scenario.prepare(town)
    town.faults(*scenario.rules)
    return town


def broken(town: PointTown, scenario: Scenario, combination: Combination) -> bool:
    note = town.folder / "struck"
    order = Order(combination.kind, str(note), combination.point, combination.nth, combination.lasting)
    plan = replace(town.plan, setting=hooks.SETTING, argument=order.argument())
    process = scenario.start(town, plan)
    if combination.kind == hooks.PAUSE:
        paused(town, process, combination.point)
    ended(process)
    return note.exists()


def broken_again(town: PointTown, combination: Combination) -> bool:
    """The recovery dies as well."""
    note = town.folder / "struck-again"
    order = Order(hooks.KILL, str(note), combination.second)
    ended(town.start(replace(town.plan, setting=hooks.SETTING, argument=order.argument())))
    return note.exists()


def paused(town: PointTown, process: NightProcess, point: str) -> None:
    """Past its lease another process wants the lane; then the paused one goes on, if it still can."""
    if not wait_until_stopped(process):
        return
    time.sleep(SHORT.seconds + 0.1)
    taker = town.start()
    within = point.startswith(WITHIN)  # its transaction is open: nobody else can write
    taker.wait(BLOCKED_S if within else RUN_S)
    go_on(process)
    ended(process)
    ended(taker)


def ended(process: NightProcess) -> None:
    process.wait(RUN_S)
    if process.alive:
        process.kill()
        raise AssertionError("a run did not end")


def drained(town: PointTown) -> int:
    """Plain runs, and a person who restarts stopped lanes, until nothing is open; returns how many runs it took."""
    town.faults()
    for number in range(1, DRAIN_RUNS + 1):
        for lane in town.breakers():
            persons.do(town.plan, persons.RESTART, lane)
        ended(town.start())
        sums = town.town.sums()
        if not sums.unfinished and not sums.lost and not town.breakers():
            return number
    return DRAIN_RUNS


def released(town: PointTown) -> int:
    """What a restore has left at the hold desk is released, and entered or found; returns how many runs it took.

    The two persons do not look into the core first: whatever was held as absent and is there would be entered twice.
    """
    absent, unplanned = town.held(Reason.ABSENT_AFTER_RESTORE), town.held(Reason.NO_RECIPE)
    for receipt_no in unplanned:
        persons.do(town.plan, persons.RELEASE, receipt_no)
    if absent:
        persons.do(town.plan, persons.RELEASE_ABSENT, " ".join(absent))
    if not absent and not unplanned:
        return 0
    return drained(town) + (released(town) if unplanned else 0)


def trace(scenario: Scenario, template: Path, base: Path) -> Counter[str]:
    """How often each point is reached when nothing is broken."""
    town = made(scenario, template, base, short=False)
    try:
        note = town.folder / "trace"
        order = Order(hooks.TRACE, str(note))
        ended(scenario.start(town, replace(town.plan, setting=hooks.SETTING, argument=order.argument())))
        return Counter(note.read_text(encoding="utf-8").splitlines())
    finally:
        town.close()
