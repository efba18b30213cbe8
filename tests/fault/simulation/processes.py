"""Agent processes as greenlets: each runs the production code with a ledger object, a clock and browsers of its own.

A killed one is dead as by kill -9: what it still holds of ledger, core and clock takes it off its stack at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, cast

from greenlet import greenlet

from bridge_agent.domain.application import Application
from bridge_agent.domain.comparison import NO_VARIANTS, VariantTable
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.ledger_records import LaneBusy
from bridge_agent.domain.plan import Commit, Compared, Comparison, EntryPlan, FieldClass, LookUpPlan
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.run import RunReport
from tests.fault.simulation.schedule import FENCED
from tests.fault.simulation.screens import BUTTON, DONE, REFUSED, Act, Look, Session
from tests.fault.simulation.world import DAY, FIRST_BROWSER, OPERATORS, SimSender, World
from tests.no_papers import NoPapers
from tests.unit.pipeline.imitated_core import ImitatedSealer

if TYPE_CHECKING:
    from tests.fault.simulation.simulation import Simulation

FIRST_PROCESS = 100
LEASE_S = Lease().seconds
LANES = ("sogo-bridge01", "sogo-bridge02")


class Killed(BaseException):
    """Takes a dead process off its stack: nothing it still does reaches ledger, core or clock."""


class Gone:
    """Stands where a dead process had its engine."""

    def __getattr__(self, name: str) -> NoReturn:
        raise Killed


class SimClock:
    def __init__(self, process: Process) -> None:
        self.process = process
        self.world = process.world

    def now(self) -> datetime:
        return self.world.wall_clock()

    def monotonic(self) -> float:
        return self.world.now + self.process.booted

    def wait(self, seconds: float) -> None:
        self.process.sleep(seconds)


class SimLedger(SqlLedger):
    """The production ledger; only the lane's lock, which needs files and other processes, is imitated."""

    process: Process

    def _prepare(self) -> None:
        """Rows are not sealed here: altered rows have tests of their own, and a schedule must be cheap."""

    @contextmanager
    def lane(self, lane: str) -> Iterator[None]:
        me, locks = self.process, self.process.sim.locks
        for owner in me.sim.processes:
            if owner is not me and owner.holds_lanes() and lane in owner.lanes and not lock_is_lost(me, owner):
                raise LaneBusy(f"レーン {lane} は別の実行が使用中です。")
        locks[lane] = me
        me.lanes.append(lane)
        try:
            self._own(lane)
            yield
        finally:
            if me.alive:
                me.lanes.remove(lane)
                if locks.get(lane) is me:
                    del locks[lane]


def lock_is_lost(me: Process, owner: Process) -> bool:
    """F3: a lock between two computers does not outlive a lease without a sign of life, and nobody can be killed there.

    A former owner on another computer goes on afterwards only where its next step is a write with a fence that the
    take-over raises: between the last check and the click nothing but its death would help.
    """
    if owner.host == me.host or not owner.hangs():
        return False
    if owner.paused_where not in FENCED:
        me.sim.kill(owner, orphans=True)
    return True


class SimRecipes:
    variants: VariantTable = NO_VARIANTS

    def __init__(self, world: World) -> None:
        self.world = world

    def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
        value = application.columns["値"]
        if value == "bad":
            raise BusinessError(Reason.CODE_UNKNOWN, "値")
        if not self.home_of(application.procedure_code)[1]:
            raise BusinessError(Reason.NO_RECIPE)
        number = application.key.receipt_no
        compare = (Compared("値", value, Comparison.EXACT, FieldClass.PLAIN),)
        reference = number if self.world.schedule.by_reference else ""
        look = LookUpPlan("手続", reference, application.atena_no, DAY, compare)
        content = (number, application.atena_no, value)
        commit = Commit(BUTTON, (DONE, REFUSED), BUTTON)
        acts = (Act("open", content), Act("fill", content))
        return EntryPlan(number, "p", "sogo", "digest", acts, commit, look, ())

    def home_of(self, procedure_code: str) -> tuple[str, str]:
        known = procedure_code == "K1" or self.world.recipe_for_all
        return ("p", "sogo") if known else (procedure_code, "")

    def person(self, application: Application) -> tuple[str, int]:
        return application.atena_no, 30


class SimWatchdog:
    """At the deadline the world kills the browser, whatever its process is doing."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @contextmanager
    def guard(self, sender: Sender | None, within_s: float) -> Iterator[None]:
        me = self.process
        if not me.sim.schedule.watchdog or sender is None:
            yield
            return
        me.sim.deadlines[me.number] = (me.world.now + within_s, me.world.senders[sender.pid])
        try:
            yield
        finally:
            if me.alive:
                me.sim.deadlines.pop(me.number, None)


class Quiet:
    """Progress, timer and evidence at once: nobody looks on."""

    def stage(self, title: str, total: int | None = None) -> None: ...

    def advance(self, receipt_no: str, outcome: str) -> None: ...

    def done(self) -> None: ...

    def measure(self, stage: str) -> Any:
        return self

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def outline(self, receipt_no: str, moment: str, text: str) -> str:
        return "sha"

    def picture(self, receipt_no: str, moment: str, png: bytes) -> str:
        return "sha"


QUIET = Quiet()


class Process:
    """One agent process: alive, its lanes, its browsers, what it has seen of the core."""

    def __init__(self, sim: Simulation, lane: int, host: str, work: Callable[[Process], None]) -> None:
        self.sim, self.world = sim, sim.world
        self.number = len(sim.processes)
        self.lane, self.host = LANES[lane], host
        self.operator = OPERATORS[lane]
        self.profile = sim.profile
        self.booted = 1000.0 + 17.0 * self.number
        self.alive, self.finished = True, False
        self.wake_at = sim.world.now
        self.paused_at: float | None = None
        self.paused_where = ""
        self.writing = ""
        self.lanes: list[str] = []
        self.senders: list[SimSender] = []
        self.looks: list[Look] = []
        self.details: dict[str, str] = {}
        self.report: RunReport | None = None
        self.error: BaseException | None = None
        clock = SimClock(self)
        self.ledger = SimLedger(
            cast(Any, sim.database), clock, ImitatedSealer(), Owner(FIRST_PROCESS + self.number, 1.0, host, "boot")
        )
        self.ledger.process = self
        self.clock = clock
        self.work = work
        self.greenlet = greenlet(self._body)

    def _body(self) -> None:
        try:
            self.work(self)
        except Killed:
            pass
        except BaseException as error:
            self.error = error
        finally:
            self.finished = True

    def must_live(self) -> None:
        if not self.alive:
            raise Killed

    def sleep(self, seconds: float) -> None:
        self.must_live()
        self.wake_at = self.world.now + seconds
        self.sim.leave()

    def holds_lanes(self) -> bool:
        return self.alive and not self.finished

    def hangs(self) -> bool:
        """Its lease is over and it has not moved since."""
        return self.paused_at is not None and self.world.now - self.paused_at > LEASE_S

    def open_session(self) -> Session:
        return Session(self)

    def night(self, **options: Any) -> Night:
        return Night(
            ledger=self.ledger,
            source=self.world.source,
            lanes=[self.access()],
            recipes=self.sim.recipes,
            clock=self.clock,
            sealer=self.ledger.sealer,
            evidence=QUIET,
            papers=NoPapers(),
            progress=QUIET,
            timer=QUIET,
            kill_sender=self.kill_sender,
            watchdog=SimWatchdog(self),
            protect=lambda texts: None,
            show_numbers=lambda numbers: None,
            stop_flag=lambda: False,
            started=self.clock.now(),
            options=RunOptions(pictures=self.sim.schedule.pictures, **options),
        )

    def access(self) -> CoreAccess:
        return CoreAccess(self.lane, self.profile, frozenset(OPERATORS), self.open_session)

    def kill_sender(self, sender: Sender) -> bool:
        """A browser that was left, or the lane's owner that stands still: with the owner dies its browser."""
        self.must_live()
        if sender.host != self.host:
            return False
        if sender.pid < FIRST_BROWSER:
            self.sim.kill(self.sim.processes[sender.pid - FIRST_PROCESS], with_senders=True)
        else:
            self.world.kill_sender(self.world.senders[sender.pid])
        return True
