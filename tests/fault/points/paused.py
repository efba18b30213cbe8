"""Lanes of one core side by side, paused past their lease between last check and click, and taken over meanwhile.

Real processes, sending processes of their own, one ledger. What `Guards` leaves out is switched off in every process.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from bridge_agent.pipeline.night import RunOptions
from tests.fault.fast import nights
from tests.fault.fast.nights import NightProcess, TownPlan
from tests.fault.fast.town import FastTown
from tests.fault.points import persons
from tests.fault.points.pausing import POINTS, SETTING, Pauses
from tests.fault.points.towns import CORE, LIMITS, PROCEDURES, SHORT
from tests.ledger_rows import read

ACCOUNTS = ("bridge01", "bridge02", "bridge03")
LOOK_S = 0.02
LOCKED_S = 0.5
"""How long a process that stands still within a write may keep the ledger from everybody."""
SECOND_TRY_S = 20.0
"""How long a paused process that nobody kills waits for the taker's second attempt, before it goes on."""
DRAIN_RUNS = 8


@dataclass(frozen=True, slots=True)
class Guards:
    lock: bool = True
    kill: bool = True
    watchdog: bool = True


@dataclass(slots=True)
class _Paused:
    process: NightProcess
    point: str
    since: float
    item: int = 0
    """What it has in hand."""
    taken_at: float = 0.0
    """When its lane was taken over; 0 = not yet."""


@dataclass(slots=True)
class PausedLanes:
    """One campaign; `run` returns its figures."""

    folder: Path
    applications: int
    lanes: int
    seed: int
    every: int = 8
    guards: Guards = field(default_factory=Guards)
    points: Sequence[str] = POINTS
    minutes: float = 60.0
    _running: dict[str, list[NightProcess]] = field(default_factory=dict)
    _paused: list[_Paused] = field(default_factory=list)
    _pauses: Counter[str] = field(default_factory=Counter)
    _taken: int = 0
    _killed: int = 0
    _went_on: int = 0
    _starts: int = 0

    def run(self) -> dict[str, Any]:
        began = time.monotonic()
        with FastTown(
            self.folder,
            seed=self.seed,
            applications=self.applications,
            procedures=PROCEDURES,
            plain=True,
            limits=LIMITS,
            separate=True,
            sender_process=True,
        ) as town:
            self._notes().mkdir(exist_ok=True)
            nights.run_process(town.plan, RunOptions(limit=1)).wait(600)  # takes everything in
            try:
                self._work(town, began)
            finally:
                for process in [*self._all(), *(one.process for one in self._paused)]:
                    process.kill()
            runs = self._drain(town)
            return self._figures(town, runs, time.monotonic() - began)

    # ---- inside ----

    def _notes(self) -> Path:
        return self.folder / "pauses"

    def _all(self) -> list[NightProcess]:
        return [process for running in self._running.values() for process in running]

    def _plan(self, town: FastTown, user: str, *, pausing: bool = True) -> TownPlan:
        beside = tuple(other for other in ACCOUNTS[: self.lanes] if other != user)
        self._starts += 1
        pauses = Pauses(
            str(self._notes()),
            f"{self.seed} {user} {self._starts}",
            self.every if pausing else 0,
            tuple(self.points),
            lock=self.guards.lock,
            kill=self.guards.kill,
        )
        return replace(
            town.plan,
            users={CORE: user},
            beside={CORE: beside},
            watched=self.guards.watchdog,
            lease=SHORT,
            resubmit=True,
            setting=SETTING,
            argument=pauses.argument(),
        )

    def _work(self, town: FastTown, began: float) -> None:
        give_up = began + self.minutes * 60
        self._running = {user: [nights.run_process(self._plan(town, user))] for user in ACCOUNTS[: self.lanes]}
        while time.monotonic() < give_up:
            for user in self._running:
                self._look_at(town, user)
            for one in list(self._paused):
                self._let_go_on(town, one)
            if not self._paused and not any(process.alive for process in self._all()) and not self._pending(town):
                return
            time.sleep(LOOK_S)

    def _pending(self, town: FastTown) -> int:
        return len(read(town.plan.ledger, "SELECT 1 FROM item WHERE state IN ('pending', 'claimed', 'armed', 'seen')"))

    def _look_at(self, town: FastTown, user: str) -> None:
        known = {one.process.pid for one in self._paused}
        self._running[user] = [process for process in self._running[user] if process.alive]
        for process in self._running[user]:
            if process.pid not in known and _stands_still(process):
                self._paused.append(_Paused(process, self._point_of(process), time.monotonic()))
        waiting = [one for one in self._paused if one.process in self._running[user]]
        for one in waiting:
            if not one.taken_at and time.monotonic() - one.since > SHORT.seconds + 0.1:
                one.item, one.taken_at = _in_hand(town, one.process.pid), time.monotonic()
                self._taken += 1
                self._running[user].append(nights.run_process(self._plan(town, user)))
        if not self._running[user] and self._pending(town):
            for lane in _breakers(town):
                persons.do(town.plan, persons.RESTART, lane)
            self._running[user].append(nights.run_process(self._plan(town, user)))

    def _point_of(self, process: NightProcess) -> str:
        notes = sorted(self._notes().glob(f"{process.pid}-*"), key=lambda note: note.stat().st_mtime)
        point = notes[-1].read_text(encoding="utf-8") if notes else "?"
        self._pauses[point] += 1
        return point

    def _let_go_on(self, town: FastTown, one: _Paused) -> None:
        """The taker kills it; only where it keeps the ledger locked, or nobody kills, does it ever go on."""
        if not one.process.alive:
            self._killed += 1
            self._paused.remove(one)
            return
        if not one.taken_at:
            return
        waited = time.monotonic() - one.taken_at
        locked = one.point.startswith("within") and waited > LOCKED_S
        alone = not (self.guards.kill and self.guards.lock)  # nobody will kill it
        if locked or (alone and _tried_again(town, one.item)) or waited > SECOND_TRY_S:
            self._went_on += 1
            self._paused.remove(one)
            with contextlib.suppress(ProcessLookupError):
                os.kill(one.process.pid, signal.SIGCONT)

    def _drain(self, town: FastTown) -> int:
        for number in range(1, DRAIN_RUNS + 1):
            for lane in _breakers(town):
                persons.do(town.plan, persons.RESTART, lane)
            nights.run_process(self._plan(town, ACCOUNTS[(number - 1) % self.lanes], pausing=False)).wait(600)
            if town.sums().unfinished == 0:
                return number
        return DRAIN_RUNS

    def _figures(self, town: FastTown, runs: int, seconds: float) -> dict[str, Any]:
        sums = town.sums()
        ends = Counter(f"{state} {reason}".strip() for state, reason in town.states().values())
        return {
            "seed": self.seed,
            "applications": self.applications,
            "lanes": self.lanes,
            "lock": self.guards.lock,
            "kill": self.guards.kill,
            "watchdog": self.guards.watchdog,
            "pauses": dict(self._pauses),
            "taken_over": self._taken,
            "killed_while_paused": self._killed,
            "went_on": self._went_on,
            "commits": sums.commits,
            "duplicates": sums.duplicates,
            "missing": sums.missing,
            "lost": sums.lost,
            "unfinished": sums.unfinished,
            "end_states": dict(ends.most_common()),
            "drain_runs": runs,
            "seconds": round(seconds, 1),
        }


def _in_hand(town: FastTown, pid: int) -> int:
    sql = "SELECT item_id FROM item WHERE owner_pid = ? AND state IN ('claimed', 'armed')"
    return next((int(row["item_id"]) for row in read(town.plan.ledger, sql, (pid,))), 0)


def _tried_again(town: FastTown, item: int) -> bool:
    """Another process has armed, or settled, what the paused one has in hand."""
    sql = (
        "SELECT 1 FROM item i WHERE item_id = ? AND (state NOT IN ('pending', 'claimed', 'armed', 'in_doubt')"
        " OR (SELECT count(*) FROM attempt a WHERE a.item_id = i.item_id) > 1)"
    )
    return not item or bool(read(town.plan.ledger, sql, (item,)))


def _breakers(town: FastTown) -> list[str]:
    return [row["lane"] for row in read(town.plan.ledger, "SELECT lane FROM lane WHERE opened_at IS NOT NULL")]


def _stands_still(process: NightProcess) -> bool:
    try:
        return psutil.Process(process.pid).status() == psutil.STATUS_STOPPED
    except psutil.NoSuchProcess:
        return False
