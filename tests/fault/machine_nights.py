"""Nights over a machine that fails: something happens at a point, and afterwards everything must drain."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import OperationalError

from bridge_agent.domain import crash_points
from bridge_agent.domain.errors import BridgeError
from tests.fault.fast.town import FastTown
from tests.fault.row_nights import restart_lanes
from tests.ledger_rows import read

BURDEN = ("ltci_burden_ratio_reissue",)
TROUBLE = ({"fault": "M4", "when": {"nth": [1]}}, {"fault": "M4b", "when": {"nth": [3]}})
"""One doubt that is found and one that stays absent."""


def at_point(point: str, work: Callable[[], None], times: tuple[int, ...] = (1,)) -> list[int]:
    """Do `work` when the agent reaches the point for these times; the returned list holds how often it was reached."""
    reached = [0]

    def hook(name: str) -> None:
        if name == point:
            reached[0] += 1
            if reached[0] in times:
                work()

    crash_points.install(hook)
    return reached


def drained(town: FastTown, core: str = "sogo") -> None:
    """No fault any more: a further night leaves nothing open, and no register request was ever made twice."""
    crash_points.install(None)
    town.faults(core)
    restart_lanes(town)
    town.run()
    sums = town.sums()
    assert (sums.duplicates, sums.missing, sums.lost, sums.unfinished) == (0, 0, 0, 0)
    assert sums.commits >= sum(state == "reported" for state, _ in town.states().values())


def ends(town: FastTown) -> None:
    """A night that may break off: a ledger that cannot be used takes even the books of the run with it."""
    with suppress(BridgeError, OperationalError):
        town.run()


def refused(code: int, text: str) -> OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return OperationalError("", {}, error)


def attempts(town: FastTown) -> int:
    count: int = read(town.plan.ledger, "SELECT count(*) AS n FROM attempt")[0]["n"]
    return count
