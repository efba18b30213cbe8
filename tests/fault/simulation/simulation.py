"""One schedule from its first process to the end of its drain: whose turn it is, who dies, who stands still.

Processes change places only at crash points and while they wait, never inside a transaction. First faults are injected;
then they stop, and everything must come to rest.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, NoReturn, cast

from greenlet import getcurrent
from sqlalchemy.exc import OperationalError

from bridge_agent.domain import crash_points
from bridge_agent.domain.core_profile import CoreProfile
from bridge_agent.domain.errors import SystemDown, TransientError
from bridge_agent.pipeline.run import run
from tests.fault.simulation.database import Database
from tests.fault.simulation.people import desk_work, put_back, release_absent
from tests.fault.simulation.processes import LANES, LEASE_S, Gone, Killed, Process, SimRecipes
from tests.fault.simulation.rules import WAITING, Rules
from tests.fault.simulation.schedule import FENCED, Schedule
from tests.fault.simulation.screens import profile as core_profile
from tests.fault.simulation.world import MOST_DAYS, SUBMIT_S, SimSender, World, populate

DRAIN_RUNS = 8
"""Runs after the last fault until nothing may be open, and as many days as a prerequisite is waited for."""
MOST_STEPS = 6_000


def run_night(process: Process) -> None:
    process.report = run(process.night())


class Simulation:
    """One schedule from its first process to the end of its drain."""

    def __init__(self, schedule: Schedule, database: Database, full: OperationalError, **profile: Any) -> None:
        self.schedule = schedule
        self.database = database
        self.full = full
        self.world = World(schedule)
        populate(self.world)
        self.profile = profile_for(schedule, **profile)
        self.recipes = SimRecipes(self.world)
        self.locks: dict[str, Process] = {}
        self.processes: list[Process] = []
        self.points: Counter[str] = Counter()
        self.nth: Counter[str] = Counter()
        self.digest = 0
        self.main = getcurrent()
        self.current: Process | None = None
        self.doomed: tuple[Process, bool] | None = None
        self.deadlines: dict[int, tuple[float, SimSender]] = {}
        self.rules = Rules(self)
        self.backed_up_at = self.world.wall_clock()
        self.aimed = {b.point for b in schedule.blows}

    # ---- points ----------------------------------------------------------------------------------------------

    def point(self, name: str) -> None:
        """The hook: books what was reached, then lets the schedule strike or another process go on."""
        process = self.current
        assert process is not None
        if not process.alive:
            raise Killed
        self.points[name] += 1
        self.digest = zlib.crc32(name.encode(), self.digest + process.number)
        if name.startswith("within"):
            process.writing = name[13:]
        elif name.startswith("after write"):
            process.writing = ""
            self.rules.after_write(process, name[12:])
            if self.schedule.late and name == "after write try_again":
                self.world.late_after_all()
        if self.world.calm:
            return
        if name in ("after write recover", "after write claim"):
            self.wake_stale(process)
        kind = self.blow(name)
        if kind:
            self.strike(process, name, kind)
        elif not process.writing and self.schedule.happens(self.schedule.switch):
            process.wake_at = self.world.now
            self.leave()

    def wake_stale(self, taker: Process) -> None:
        """The worst moment for a former owner on another computer to go on: its item has just been taken."""
        for former in self.processes:
            if former.paused_at is None or not former.alive or former.host == taker.host or former.lane != taker.lane:
                continue
            if self.schedule.happens(0.7):
                former.wake_at = self.world.now
                taker.wake_at = self.world.now + 0.01
                self.leave()

    def blow(self, name: str) -> str:
        s = self.schedule
        if name in self.aimed:
            self.nth[name] += 1
            for blow in s.blows:
                if blow.point == name and blow.nth == self.nth[name]:
                    return blow.kind
        if s.background and s.happens(s.background):
            return s.pick(("kill", "commit", "full", "raise") if name[0] == "w" else ("kill", "pause", "raise"))
        return ""

    def strike(self, process: Process, name: str, kind: str) -> None:
        match kind:
            case "kill" | "commit":
                self.doomed = (process, kind == "commit")
                self.leave()
            case "pause" | "stale":
                process.paused_at, process.paused_where = self.world.now, name
                process.wake_at = self.world.now + self.schedule.pick((20.0, 200.0, 250.0, 400.0))
                self.after_pause(process, on_other_host=kind == "stale")
                self.leave()
                process.paused_at = None
            case "full":
                self.rules.write_failed(process, process.writing)
                process.writing = ""
                raise OperationalError(self.full.statement, None, cast(Any, self.full.orig))
            case "disk" | "disk_kept":
                self.broken_disk(process, kept=kind == "disk_kept")
            case _:
                if process.writing:
                    self.rules.write_failed(process, process.writing)
                    process.writing = ""
                raise self.schedule.pick((RuntimeError, ValueError, TransientError, SystemDown, KeyboardInterrupt))("x")

    def broken_disk(self, process: Process, *, kept: bool) -> NoReturn:
        """fsync failed: whether the write is on the disk is unknown, and both happens."""
        what, process.writing = process.writing, ""
        self.rules.write_failed(process, what)
        if kept:
            self.database.end_write(keep=True)
            self.rules.after_write(process, what, failed=True)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise OperationalError("COMMIT", None, error)

    def after_pause(self, process: Process, *, on_other_host: bool) -> None:
        """Somebody may want the lane of a process that stands still; after its lease it can be taken."""
        if not process.lanes or not (on_other_host or self.schedule.happens(0.7)):
            return
        other = on_other_host or self.schedule.happens(0.6 if process.paused_where in FENCED else 0.3)
        host = "b" if process.host == "a" and other else "a"
        taker = self.spawn(LANES.index(process.lane), host)
        taker.wake_at = self.world.now + LEASE_S + SUBMIT_S + self.schedule.between(1, 15)
        if self.schedule.happens(0.7):  # it comes to itself while the taker is at work
            process.wake_at = taker.wake_at + self.schedule.pick((2.0, 8.0, 25.0)) * self.schedule.random.random()

    # ---- processes -------------------------------------------------------------------------------------------

    def spawn(self, lane: int, host: str = "a", work: Callable[[Process], None] = run_night) -> Process:
        made = Process(self, lane, host, work)
        self.processes.append(made)
        return made

    def leave(self) -> None:
        """Back to the scheduler; returns when this process's turn comes again."""
        process = self.current
        assert process is not None
        self.main.switch()
        if not process.alive:
            raise Killed

    def let_go_on(self, process: Process) -> None:
        self.current = process
        process.greenlet.parent = self.main
        process.greenlet.switch()
        self.current = None
        if self.doomed is not None:
            (victim, keep), self.doomed = self.doomed, None
            self.kill(victim, keep=keep)
        elif process.finished:
            self.ended(process)

    def kill(self, process: Process, *, keep: bool = False, with_senders: bool = False, orphans: bool = False) -> None:
        """As by kill -9. `keep`: the write it is in reaches the disk before; `orphans`: its browsers live on."""
        if not process.holds_lanes():
            return
        process.alive = False
        process.ledger.engine = cast(Any, Gone())
        what = process.writing
        if what:
            process.writing = ""
            self.database.end_write(keep=keep)
            if keep:
                self.rules.after_write(process, what)
        for sender in [s for s in process.senders if s.alive]:
            if with_senders or (not orphans and self.schedule.happens(0.6)):
                self.world.kill_sender(sender)
            else:
                self.world.orphan(sender)
        if process.greenlet:  # it has begun
            before, self.current = self.current, process
            process.greenlet.parent = getcurrent()
            process.greenlet.throw(Killed)
            self.current = before
        process.finished = True

    def ended(self, process: Process) -> None:
        for sender in process.senders:
            if sender.alive:
                self.world.orphan(sender)
        self.rules.run_ended(process)

    # ---- the two phases --------------------------------------------------------------------------------------

    def play(self) -> None:
        crash_points.install(self.point)
        try:
            self.inject()
            self.drain()
            self.rules.at_the_end()
        finally:
            crash_points.install(None)
            for process in self.processes:
                self.world.calm = True
                self.kill(process, with_senders=True)

    def inject(self) -> None:
        s = self.schedule
        happenings: list[tuple[float, Callable[[], object]]] = [
            *((at, partial(self.spawn, lane, host)) for at, lane, host in s.processes),
            *((at, partial(self.jump, by)) for at, by in s.jumps),
            *((at, partial(self.world.clerk_enters, number)) for at, number in s.clerks),
            *((at, partial(self.world.source.change, number, what)) for at, number, what in s.changes),
            *((at, partial(self.spawn, 0, "a", desk_work(what))) for at, what in s.persons),
        ]
        if s.happens(0.5):
            happenings.append((s.between(0, 60), self.recipes_arrive))
        if s.backup is not None:
            happenings += [(s.backup[0], self.back_up), (s.backup[1], self.restore)]
        happenings.sort(key=lambda h: h[0])
        self.turns(happenings)
        for _ in range(2):  # whoever died is started again, with faults still about
            for lane in range(2):
                if self.open_work() and s.happens(0.6) and not self.holding(lane):
                    self.world.spend(s.between(0, 90))
                    self.spawn(lane)
            self.turns([])

    def turns(self, happenings: list[tuple[float, Callable[[], object]]]) -> None:
        world = self.world
        for _ in range(MOST_STEPS):
            while happenings and happenings[0][0] <= world.now:
                happenings.pop(0)[1]()
            self.watch()
            live = [p for p in self.processes if p.alive and not p.finished]
            ready = [p for p in live if p.wake_at <= world.now]
            if ready:
                self.let_go_on(ready[0] if len(ready) == 1 else self.schedule.pick(ready))
                continue
            next_ = [p.wake_at for p in live] + ([happenings[0][0]] if happenings else [])
            if not next_:
                return
            world.now = max(world.now, min(next_))
        self.rules.broken("L1", "a process never ends")

    def watch(self) -> None:
        """The watchdog: at the submit deadline the browser of whoever has not answered is killed."""
        for number, (deadline, sender) in list(self.deadlines.items()):
            if self.world.now >= deadline:
                del self.deadlines[number]
                self.world.kill_sender(sender)

    def back_up(self) -> None:
        self.database.back_up()
        self.rules.remember()
        self.backed_up_at = self.world.wall_clock()

    def restore(self) -> None:
        """Nobody works meanwhile; browsers of killed processes may live on. Only the marked copy is ever worked with."""
        orphans = self.schedule.happens(0.5)
        for process in self.processes:
            self.kill(process, with_senders=not orphans, orphans=orphans)
        self.database.restore()
        self.rules.forget()
        marked = "SELECT 1 FROM control WHERE key = 'restored_at'"
        for _ in range(MOST_STEPS):
            if self.database.read(marked):
                return
            process = self.spawn(0, "a", put_back)
            while process.holds_lanes():
                self.world.now = max(self.world.now, process.wake_at)
                self.let_go_on(process)
        self.rules.broken("L1", "a restore never ends")

    def jump(self, by: float) -> None:
        self.world.wall += by

    def recipes_arrive(self) -> None:
        self.world.recipe_for_all = True

    def holding(self, lane: int) -> bool:
        owner = self.locks.get(LANES[lane])
        return owner is not None and owner.holds_lanes()

    def open_work(self) -> bool:
        states = "'pending','claimed','armed','seen','in_doubt'"
        return bool(self.database.read(f"SELECT 1 FROM item WHERE state IN ({states}) LIMIT 1")) or not self.known()

    def known(self) -> bool:
        return bool(self.database.read("SELECT 1 FROM item LIMIT 1"))

    def outlast_a_stop(self) -> None:
        """A stop said while the clock was ahead stops every run until the clock has come there again."""
        for (said,) in self.database.read("SELECT value FROM control WHERE key = 'stop'"):
            ahead = (datetime.fromisoformat(said) - self.world.wall_clock()).total_seconds()
            self.world.spend(max(0.0, ahead + 1))

    def to_the_awaited_day(self) -> None:
        for (due,) in self.database.read(f"SELECT min(due_at) FROM ({WAITING})"):
            if due:
                ahead = (datetime.fromisoformat(due) - self.world.wall_clock()).total_seconds()
                self.world.spend(max(0.0, ahead))

    def restart_lanes(self) -> None:
        """A person has looked at what opened the breaker."""
        if self.database.read("SELECT 1 FROM lane WHERE opened_at IS NOT NULL"):
            self.spawn(0, "a", desk_work("restart"))
            self.turns([])

    def drain(self) -> None:
        """No faults any more: everything must come to rest within a few runs."""
        world = self.world
        world.calm = True
        for process in self.processes:
            if process.holds_lanes() and process.wake_at > world.now + 60:
                process.wake_at = world.now + 1
        self.turns([])
        world.recipe_for_all = True
        world.source.heal()
        world.late_at_last()
        self.outlast_a_stop()
        for number in range(DRAIN_RUNS + (MOST_DAYS + 1 if world.waits else 0)):
            if self.known() and not self.rules.unsettled():
                break
            self.to_the_awaited_day()
            self.restart_lanes()
            self.spawn(number % 2)
            self.turns([])
            if self.database.read("SELECT 1 FROM item WHERE reason = 'absent_after_restore' AND state = 'held'"):
                self.spawn(0, "a", release_absent)
                self.turns([])
        self.rules.drained()
        world.spend(600)
        # as the nightly command does: the last run looks up everything again, from the first registration on
        self.database.raw.execute("DELETE FROM control WHERE key LIKE 'reconciled:%'")
        self.restart_lanes()
        self.rules.last_run = self.spawn(0)
        self.turns([])


_profiles: dict[tuple[Any, ...], CoreProfile] = {}


def profile_for(schedule: Schedule, **changes: Any) -> CoreProfile:
    key = (schedule.policy, schedule.by_reference, schedule.fixed_canary, *sorted(changes.items()))
    if key not in _profiles:
        _profiles[key] = core_profile(
            policy=schedule.policy,
            by_reference=schedule.by_reference,
            fixed_canary=schedule.fixed_canary,
            **changes,
        )
    return _profiles[key]
