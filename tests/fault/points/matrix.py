"""The matrix: every point x {kill, raise, disk full, pause} x the scenarios in which it is reached and matters.

Which scenario reaches which point is measured, not believed: `reached.json` holds the traces of undisturbed processes,
made anew by `scripts/crash_points.py --trace`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bridge_agent.domain.crash_points import AFTER, Action, Write, every_point
from tests.fault.points.hooks import FULL, KILL, PAUSE, RAISE
from tests.fault.points.scenarios import ALL, PLAIN

REACHED = Path(__file__).with_name("reached.json")
KINDS = (KILL, RAISE, FULL, PAUSE)
LATE = 6
"""An undisturbed night is broken at one of the first so many times that it reaches the point."""


@dataclass(frozen=True, slots=True)
class Combination:
    point: str
    kind: str
    scenario: str
    nth: int = 1
    lasting: bool = False
    second: str = ""
    """Where the run after it is killed as well (pairs)."""

    @property
    def key(self) -> str:
        """Tells combinations apart, whatever the seed has chosen within them."""
        return " | ".join((self.point, self.kind, self.scenario, *([self.second] if self.second else [])))


Reached = Mapping[str, Mapping[str, int]]
"""Scenario -> point -> how often."""


def load_reached() -> Reached:
    found: Reached = json.loads(REACHED.read_text(encoding="utf-8"))
    return found


def save_reached(reached: Reached) -> None:
    order = {point: at for at, point in enumerate(every_point())}
    content = {name: dict(sorted(points.items(), key=lambda one: order[one[0]])) for name, points in reached.items()}
    REACHED.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def what_of(point: str) -> Write | Action:
    _, sort, name = point.split(" ")
    return Write(name) if sort == "write" else Action(name)


def kinds_at(point: str) -> Sequence[str]:
    """A disk can only be full where something is still to be written."""
    at, sort, _ = point.split(" ")
    return [kind for kind in KINDS if kind != FULL or (sort == "write" and at != AFTER)]


def scenarios_of(point: str, reached: Reached) -> Sequence[str]:
    return [
        name
        for name, scenario in ALL.items()
        if reached.get(name, {}).get(point) and (not scenario.only or what_of(point) in scenario.only)
    ]


def every_combination(reached: Reached, seed: int) -> list[Combination]:
    """All of them, in the order of the points; the seed chooses how late, and how long a full disk stays full."""
    made = []
    for point in every_point():
        for scenario in scenarios_of(point, reached):
            for kind in kinds_at(point):
                chance = random.Random(f"{seed} {point} {scenario} {kind}")
                count = min(reached[scenario][point], LATE) if scenario == PLAIN.name else 1
                made.append(Combination(point, kind, scenario, chance.randint(1, count), chance.random() < 0.5))
    return made


def each_point_once(combinations: Sequence[Combination], seed: int) -> list[Combination]:
    """One combination for every point, chosen by the seed; pauses, which take long, one time in eight."""
    chosen = []
    for point in every_point():
        chance = random.Random(f"{seed} once {point}")
        fitting = [one for one in combinations if one.point == point]
        quick = [one for one in fitting if one.kind != PAUSE]
        if fitting:
            chosen.append(chance.choice(fitting if chance.random() < 1 / 8 else quick))
    return chosen


def share(combinations: Sequence[Combination], wanted: int, seed: int) -> list[Combination]:
    """So many of them, chosen by the seed, the points in turn."""
    chance = random.Random(f"{seed} share")
    shuffled = list(combinations)
    chance.shuffle(shuffled)
    turn: dict[str, int] = {}
    numbered = []
    for one in shuffled:
        turn[one.point] = turn.get(one.point, 0) + 1
        numbered.append((turn[one.point], one))
    numbered.sort(key=lambda pair: pair[0])
    return [one for _, one in numbered[:wanted]]


def pairs(combinations: Sequence[Combination], wanted: int, seed: int) -> list[Combination]:
    """A death in the first run and another in the recovery; the second point is any that a recovery can come to."""
    chance = random.Random(f"{seed} pairs")
    first = [one for one in combinations if one.kind == KILL]
    seconds = [point for point in every_point() if what_of(point) not in NOT_IN_RECOVERY]
    return [replace(chance.choice(first), second=chance.choice(seconds)) for _ in range(wanted)]


NOT_IN_RECOVERY = frozenset(
    {
        Write.REHOME,
        Write.REQUEST_STOP,
        Write.CLOSE_BREAKER,
        Write.RELEASE,
        Write.ASK_AGAIN,
        Write.CLOSE_HELD,
        Write.KEEP_LANE,
        Write.ADOPT,
        Write.OPEN_BREAKER,
        Write.PUT_BACK,
        Write.HOLD,
        Write.CLOSE_WITHDRAWN,
        Write.TRY_AGAIN,
        Write.LOOKED,
        Write.SENDER_STOPPED,
        Write.REPORT_REFUSED,
        Write.HOLD_AFTER_REGISTRATION,
        Write.WITNESSED,
        Write.RESTORE,
        Write.COLLECTED,
        Write.STOP_FORMS,
        Write.RECONSTRUCT,
        Write.HOLD_FORGOTTEN,
        Write.RELEASE_ABSENT,
        Write.PURGE,
        Action.KILL_OWNER,
        Action.STOP_SENDER,
    }
)
"""What the run after a death does not come to by itself."""
