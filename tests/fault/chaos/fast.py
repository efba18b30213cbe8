"""One chaos town with the fast driver: real processes, a real ledger file, real HTTP; killed until it has had enough.

    figures = FastChaos(folder, seed=7, applications=120, lanes=2).run()     # plain numbers; see tally.py

Each lane is a process that is started again as soon as it has died. Two phases: strike, then no fault and no kill any
more, and everything must drain. The folder keeps ledger, databases and a log of every kill for whoever looks for a cause.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing.connection
import multiprocessing.forkserver
import random
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import psutil

from bridge_agent.ledger.store import SqlLedger
from bridge_agent.pipeline.night import RunOptions
from mock_core_ui.people import build_world
from tests.fault.chaos import striking, truth
from tests.fault.chaos.dying import Fate, words_of
from tests.fault.chaos.tally import Tally, absent_at_core, ledger_figures, values_wrong
from tests.fault.fast import nights
from tests.fault.fast.nights import NightProcess, TownPlan
from tests.fault.fast.serving import ServerProcess
from tests.fault.fast.town import FastTown

QUICK = ("ltci_burden_ratio_reissue", "ltci_certification")
"""The shortest form of each core: two towns in three have these alone, the others all procedures."""
ACCOUNTS = ("bridge01", "bridge02", "bridge03")
VISIBILITY_S = 0.1
DRAIN_RUNS, DRAIN_RUN_S = 12, 180.0
"""Not drained after so many rounds, or a round that takes longer: a failure."""
ENOUGH = 0.25
"""Kills for each application after which a town is only drained: more would only end what is left as tried too often."""
BETWEEN_KILLS_S = 2.0
CLAIMS_BETWEEN = 8
"""Kills from outside come at any moment: so many seconds apart in the mean, and at least so many claims."""
DOWN_S = 0.3
"""A killed core is back within so many seconds."""
ANY = "any moment"
SETTING = "tests.fault.chaos.dying:begin"


def warm_up() -> None:
    """Start the process that nights are forked from, deaf to a Ctrl-C at the terminal. Call it from the main thread."""
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        nights.context()
        if sys.platform.startswith("linux"):
            multiprocessing.forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, former)


@dataclass(slots=True)
class Slot:
    """One lane's place: its process now, and whether it was killed."""

    account: str
    process: NightProcess | None = None
    killed_at: str = ""
    """'' until somebody killed it; then the point, or 'any moment'."""


class FastChaos:
    def __init__(
        self,
        folder: Path,
        *,
        seed: int,
        applications: int,
        lanes: int = 1,
        settle_s: float = 0.3,
        fuse: bool = True,
        going_on: Callable[[], bool] = lambda: True,
    ) -> None:
        """`going_on` is asked while striking; when it says no, the town is drained at once. Without `fuse` the sender
        does what Chromium does: a town that must fail."""
        self.chance = random.Random(f"chaos {seed}")
        self.folder = folder
        self.tally = Tally()
        self.going_on = going_on
        self._applications = applications
        self._pace = striking.Pace(self.chance.choice((0.6, 1.0, 2.0)), settle_s, VISIBILITY_S)
        procedures = self.chance.choice((None, QUICK, QUICK))
        self._world = build_world(seed, applications, procedures, True)
        limits = {
            "page_s": 5.0,
            "submit_s": self._pace.submit_s,
            "settle_s": settle_s,
            "visibility_max_s": VISIBILITY_S,
        }
        self.town = FastTown(
            folder,
            seed=seed,
            applications=applications,
            limits=limits,
            separate=True,
            fuse=fuse,
            resend=not fuse,
            sender_process=True,
            world=self._world,
        )
        assert isinstance(self.town.servers, ServerProcess)
        self.servers = self.town.servers
        self._resubmit = self.chance.random() < 0.5
        self._told = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._told.bind(("127.0.0.1", 0))
        self._told.setblocking(False)
        self._slots = [Slot(account) for account in ACCOUNTS[:lanes]]
        self._log = (folder / "chaos.log").open("a", encoding="utf-8")
        self._ledger = self.town.plan.ledger

    def run(self) -> dict[str, Any]:
        try:
            self._faults(on=True)
            self._strike()
            self._end_striking()
            drained = self._drain()
            self.tally.figures = self._figures(drained)
            return self.tally.plain()
        finally:
            for slot in self._slots:
                if slot.process is not None:
                    slot.process.kill()
            self.town.close()
            self._told.close()
            self._log.close()

    # ---- strike ----

    def _strike(self) -> None:
        next_kill, claims = self._next_kill(), 0
        busy = True
        while busy and self.going_on() and self.tally.kills < ENOUGH * self._applications:
            for slot in self._slots:
                if slot.process is None:
                    self._start(slot)
            ends = [slot.process.process.sentinel for slot in self._slots if slot.process is not None]
            wait_s = max(0.0, min(next_kill - time.monotonic(), 0.5))
            multiprocessing.connection.wait([self._told, *ends], wait_s)
            self._hear()
            if time.monotonic() >= next_kill:
                if self._claims() >= claims + CLAIMS_BETWEEN:
                    self._kill_from_outside()
                    claims = self._claims()
                next_kill = self._next_kill()
            busy = self._reap()

    def _claims(self) -> int:
        return truth.claims(self._ledger)

    def _next_kill(self) -> float:
        return time.monotonic() + self.chance.expovariate(1 / BETWEEN_KILLS_S)

    def _start(self, slot: Slot) -> None:
        fate = Fate(self._told.getsockname()[1], self.chance.randrange(1 << 30))
        plan = replace(self._plan(slot), argument=words_of(fate))
        slot.process, slot.killed_at = nights.run_process(plan, RunOptions(look_back_days=0)), ""
        self.tally.runs += 1
        self._note("started", slot.process.pid, slot.account)

    def _plan(self, slot: Slot) -> TownPlan:
        others = tuple(one.account for one in self._slots if one is not slot)
        origins = self.town.plan.origins
        users, beside = dict.fromkeys(origins, slot.account), dict.fromkeys(origins, others)
        return replace(self.town.plan, users=users, beside=beside, resubmit=self._resubmit, setting=SETTING)

    def _hear(self) -> None:
        """What the processes tell about the kills that they make themselves or ask for."""
        while True:
            try:
                said = json.loads(self._told.recv(4096))
            except BlockingIOError:
                return
            what, point, phase = said["what"], said["point"], said["phase"]
            self._note("told", what, point, phase)
            match what:
                case "core":
                    self._kill_core(phase, point)
                case "sender":
                    self.tally.kill("sender", phase, point)
                case _:
                    self._expect_death(said["pid"], point)

    def _expect_death(self, pid: int, point: str) -> None:
        for slot in self._slots:
            if slot.process is not None and slot.process.pid == pid:
                slot.killed_at = point

    def _reap(self) -> bool:
        """Take note of processes that have ended; whether there is anything left to do."""
        busy = True
        for slot in self._slots:
            process = slot.process
            if process is None or process.alive:
                continue
            self._hear()  # what it told just before its death
            finished = process.wait(10) is not None
            self._note("ended", process.pid, slot.killed_at, "finished" if finished else "")
            if slot.killed_at and not finished:
                state = truth.state_at_kill(self._ledger, [process.pid])
                self.tally.kill("agent", state, slot.killed_at if slot.killed_at != ANY else "")
            elif not finished:
                self.tally.crashes += 1
            slot.process = None
            self._close_breakers()
            busy = busy and truth.anything_to_do(self._ledger, self._applications)
        return busy

    def _kill_from_outside(self) -> None:
        slot = self.chance.choice(self._slots)
        what = self.chance.choice(("agent", "agent", "sender", "sender", "core"))
        if what == "core":
            self._kill_core(self._some_state(), "")
        elif slot.process is not None and slot.process.alive:
            if what == "agent":
                slot.killed_at = ANY
                slot.process.kill()
            else:
                self._kill_sender(slot.process.pid)

    def _some_state(self) -> str:
        pids = [slot.process.pid for slot in self._slots if slot.process is not None]
        return truth.state_at_kill(self._ledger, pids) if pids else "between entries"

    def _kill_sender(self, pid: int) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            children = psutil.Process(pid).children()
            if children:
                state = truth.state_at_kill(self._ledger, [pid])
                children[0].kill()
                self.tally.kill("sender", state)
                self._note("killed sender", pid, state)

    def _kill_core(self, state: str, point: str) -> None:
        self._count_faults()
        self.servers.kill()
        self.tally.kill("core", state, point)
        self._note("killed core", state)
        time.sleep(self.chance.uniform(0, DOWN_S))  # meanwhile the address refuses connections
        self.servers.start()
        self._faults(on=True)

    def _faults(self, *, on: bool) -> None:
        for core in self.town.plan.origins:
            self.town.faults(core, *(striking.rules(self.chance, self._pace) if on else ()))

    def _count_faults(self) -> None:
        for core in self.town.plan.origins:
            for rule in self.town.rules(core):
                if rule["fired"]:
                    self.tally.faults[rule["code"]] += rule["fired"]

    def _close_breakers(self) -> None:
        opened = truth.open_breakers(self._ledger)
        if not opened:
            return
        with nights.open_night(self.town.plan) as night:
            ledger = cast(SqlLedger, night.ledger)  # restarting is the desk's, no lane may do it
            for lane in opened:
                self.tally.breaker_restarts += ledger.close_breaker(lane, "chaos")
        self._note("restarted", *opened)

    # ---- drain ----

    def _end_striking(self) -> None:
        """The last kills: whoever still works, at whatever moment."""
        for slot in self._slots:
            if slot.process is not None:
                self._hear()
                slot.killed_at = slot.killed_at or ANY
                slot.process.kill()
        self._reap()
        self._count_faults()
        self._faults(on=False)

    def _drain(self) -> bool:
        """Rounds without kills and faults until nothing is open; all lanes at once, or the first alone for all."""
        alone = self.chance.random() < 0.5
        for round_ in range(DRAIN_RUNS):
            self._close_breakers()
            slots = self._slots[:1] if alone and round_ == 0 else self._slots
            plans = [replace(self._plan(slot), beside={}) if len(slots) == 1 else self._plan(slot) for slot in slots]
            processes = [nights.run_process(plan, RunOptions(look_back_days=0)) for plan in plans]
            self.tally.runs += len(processes)
            for process in processes:
                if process.wait(DRAIN_RUN_S) is None:
                    self._note("no result while draining", process.pid)
                    self.tally.crashes += not process.alive
                    process.kill()
            self._note("drained", round_, vars_of(self.town.sums()))
            if self.town.sums().unfinished == 0 and not truth.anything_to_do(self._ledger, self._applications):
                return True
        return False

    def _figures(self, drained: bool) -> dict[str, Any]:
        sums = self.town.sums()
        return ledger_figures(self._ledger, self._pace.settle_s) | {
            "applications": len(self.town.expected()),
            "duplicates": sums.duplicates,
            "missing": sums.missing,
            "lost": sums.lost,
            "not_drained": int(not drained),
            "held_absent_at_core": absent_at_core(self._ledger, self._world, self.town.databases.values()),
            "values_wrong": values_wrong(self._world, self.town.databases.values()),
        }

    def _note(self, *words: object) -> None:
        self._log.write(f"{time.time():.3f} " + " ".join(str(word) for word in words) + "\n")
        self._log.flush()


def vars_of(sums: Any) -> str:
    return ", ".join(f"{name}={getattr(sums, name)}" for name in sums.__slots__)
