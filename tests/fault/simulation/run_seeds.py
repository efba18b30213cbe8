"""Plays seeds: one after another in a process, or shares of them in several."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loguru import logger

from bridge_agent.domain.crash_points import AFTER, BEFORE, WITHIN
from bridge_agent.pipeline import doubts
from tests.fault.simulation.database import Database, Fast, Plain, disk_full, recorded_statements
from tests.fault.simulation.schedule import schedule_of
from tests.fault.simulation.simulation import Simulation

if TYPE_CHECKING:
    from tests.fault.simulation.bugs import Bug

WAIT_SLICE_S = 5.0
"""How often a waiting lane looks up; production's half second would only cost steps."""

COLLECT_EVERY = 50
OUT_OF_REACH = {f"{at} write witnessed": "the witness is a file beside the ledger" for at in (BEFORE, WITHIN, AFTER)}
"""Points that no schedule can come to, and why."""


@dataclass(slots=True)
class Played:
    """What came of one seed."""

    seed: int
    violations: list[tuple[str, str]]
    points: Counter[str]
    moves: Counter[str]
    digest: int
    commits: int


@dataclass(slots=True)
class Sums:
    seeds: int = 0
    seconds: float = 0.0
    points: Counter[str] = field(default_factory=Counter)
    moves: Counter[str] = field(default_factory=Counter)
    violations: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, played: Played) -> None:
        self.seeds += 1
        self.points.update(played.points)
        self.moves.update(played.moves)
        self.violations += [(played.seed, rule, what) for rule, what in played.violations]

    def join(self, other: Sums) -> None:
        self.seeds += other.seeds
        self.seconds += other.seconds
        self.points.update(other.points)
        self.moves.update(other.moves)
        self.violations += other.violations


class Player:
    """Plays schedules on one database; made by `player()`."""

    def __init__(self, database: Database, bug: Bug | None) -> None:
        self.database = database
        self.full = disk_full()
        self.bug = bug

    def play(self, seed: int) -> Played:
        self.database.reset()
        changes: dict[str, float] = {}
        if self.bug is not None:
            changes = dict(self.bug.profile)
            for trigger in self.bug.without_triggers:
                self.database.raw.execute(f"DROP TRIGGER {trigger}")
        sim = Simulation(schedule_of(seed), self.database, self.full, **changes)
        sim.play()
        return Played(
            seed, sim.rules.found, sim.points, sim.rules.moves, sim.digest, sum(c.ours for c in sim.world.log)
        )


@contextmanager
def player(*, plain: bool = False, bug: Bug | None = None) -> Iterator[Player]:
    """Ready to play: no log, the ledger's statements recorded (unless `plain`), the bug installed."""
    with ExitStack() as stack:
        logger.disable("bridge_agent")
        stack.callback(logger.enable, "bridge_agent")
        slice_s, doubts.WAIT_SLICE_S = doubts.WAIT_SLICE_S, WAIT_SLICE_S
        stack.callback(setattr, doubts, "WAIT_SLICE_S", slice_s)
        if bug is not None:
            stack.enter_context(bug.installed())
        database: Database = Plain() if plain else Fast()
        if gc.isenabled():  # a schedule is one knot of objects: collected in bulk, not while it is played
            gc.freeze()
            gc.disable()
            stack.callback(gc.enable)
            stack.callback(gc.unfreeze)
        stack.callback(database.close)
        if not plain:
            stack.enter_context(recorded_statements())
        yield Player(database, bug)


def play_all(seeds: Iterable[int], *, bug: Bug | None = None) -> Sums:
    sums = Sums()
    begun = time.perf_counter()
    with player(bug=bug) as one:
        for number, seed in enumerate(seeds, start=1):
            sums.add(one.play(seed))
            if number % COLLECT_EVERY == 0:
                gc.collect()
    sums.seconds = time.perf_counter() - begun
    return sums
