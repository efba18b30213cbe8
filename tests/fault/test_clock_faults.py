"""M52 and M55 with the fast driver: clocks that jump, and a machine that sleeps, under a whole night."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bridge_agent.domain.errors import BridgeError
from tests.fault.fast.town import FastTown
from tests.fault.machine_nights import TROUBLE, at_point, attempts, drained

pytestmark = pytest.mark.usefixtures("no_hook")


class Jumping:
    """The computer's clocks, with what has been put on them."""

    def __init__(self) -> None:
        self.wall = timedelta()
        self.ticks = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + self.wall

    def monotonic(self) -> float:
        return time.monotonic() + self.ticks

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


JUMPS = {
    "an hour on": timedelta(hours=1),
    "an hour back": timedelta(hours=-1),
    "a day on": timedelta(days=1),
    "a day back": timedelta(days=-1),
    "a step of network time": timedelta(seconds=-2),
}
POINTS = ("before write claim", "after write arm", "after write in_doubt", "before action look_after")


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_jumps_doubles_nothing(town: FastTown, jump: str, point: str) -> None:
    clock = Jumping()
    town.faults("sogo", *TROUBLE)

    def leap() -> None:
        clock.wall += JUMPS[jump]

    reached = at_point(point, leap, (1,))
    with suppress(BridgeError):
        town.run(clock=clock)
    assert reached[0] >= 1
    drained(town)
    assert attempts(town) == 4


def test_a_clock_put_forward_shortens_no_doubt(town: FastTown) -> None:
    """The commit comes within settle; an hour's jump just after the doubt must not make its absence count."""
    clock = Jumping()
    town.faults("sogo", {"fault": "M2", "seconds": 2.2, "when": {"nth": [1]}})

    def leap() -> None:
        clock.wall += timedelta(hours=1)

    at_point("after write in_doubt", leap)
    town.run(clock=clock)
    first = min(town.states())
    assert town.states()[first] == ("reported", "")
    # those armed by the wrong clock seem younger than their records: to a person, never sent again
    assert set(town.states().values()) <= {("reported", ""), ("held", "mismatch"), ("pending", "")}
    drained(town)


@pytest.mark.parametrize("ticking", [False, True])
@pytest.mark.parametrize("point", ["after write claim", "after write arm", "before action look_doubt"])
def test_a_suspended_machine_doubles_nothing(town: FastTown, point: str, ticking: bool) -> None:
    """Some systems count the monotonic clock on while asleep, others do not."""
    clock = Jumping()
    town.faults("sogo", *TROUBLE)

    def sleep() -> None:
        clock.wall += timedelta(hours=8)
        clock.ticks += 8 * 3600.0 * ticking

    reached = at_point(point, sleep)
    with suppress(BridgeError):
        town.run(clock=clock)
    assert reached[0] >= 1
    drained(town)
