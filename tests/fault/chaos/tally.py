"""What one chaos town came to, as figures that add up over towns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mock_core_ui.people.model import World
from tests.e2e.inverse.commit_log import committed
from tests.e2e.inverse.judging import differences
from tests.fault.chaos import truth
from tests.fault.chaos.truth import UNDER_WAY


@dataclass(slots=True)
class Tally:
    """Every number here is a sum; a campaign adds the towns' tallies."""

    killed: Counter[str] = field(default_factory=Counter)
    """agent, supervisor, sender (the browser), driver, core."""
    histogram: dict[str, Counter[str]] = field(default_factory=dict)
    """What was killed -> state of the application in hand -> kills."""
    points: Counter[str] = field(default_factory=Counter)
    """Named crash points at which a process was struck."""
    faults: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    breaker_restarts: int = 0
    crashes: int = 0
    """Agent processes that ended without a result although nobody had killed them."""
    figures: dict[str, Any] = field(default_factory=dict)
    """What the databases say at the end: applications, registered, duplicates …"""

    def kill(self, what: str, state: str, point: str = "") -> None:
        self.killed[what] += 1
        self.histogram.setdefault(what, Counter())[state] += 1
        if point:
            self.points[point] += 1

    @property
    def kills(self) -> int:
        return self.killed.total()

    @property
    def under_way(self) -> int:
        return sum(states[state] for states in self.histogram.values() for state in UNDER_WAY)

    def plain(self) -> dict[str, Any]:
        return {
            "towns": 1,
            "kills": self.kills,
            "kills_under_way": self.under_way,
            "killed": dict(self.killed),
            "kill_histogram": {what: dict(states) for what, states in self.histogram.items()},
            "kill_points": dict(self.points),
            "faults": dict(self.faults),
            "runs": self.runs,
            "breaker_restarts": self.breaker_restarts,
            "crashes": self.crashes,
            **self.figures,
        }


def ledger_figures(ledger: Path, settle_s: float) -> dict[str, Any]:
    """What the ledger says at a town's end."""
    states, held = truth.endings(ledger)
    return {
        "registered": states["registered"] + states["reported"],
        "recovered": truth.recovered(ledger),
        "second_attempts": truth.second_attempts(ledger),
        "held": states["held"],
        "held_absent": held["absent"],
        "held_by_reason": dict(held),
        "in_doubt_left": sum(states[state] for state in UNDER_WAY),
        "doubt_times": {f"settle {settle_s:g}": truth.doubt_times(ledger, settle_s)},
    }


def values_wrong(world: World, databases: Iterable[Path]) -> int:
    """Registrations whose stored values are not what the application said, read back independently."""
    said = {(one.procedure_id, one.atena_no): one for one in world.applications}
    rows = [row for database in databases for row in committed(database) if not row.before_run]
    return sum(bool(differences(said[row.procedure, row.atena_no], row)) for row in rows)


def absent_at_core(ledger: Path, world: World, databases: Iterable[Path]) -> int:
    """Held as absent, and yet registered: no double, but an absence that was believed too early."""
    rows = truth.ask(ledger, "SELECT receipt_no FROM item WHERE state = 'held' AND reason = 'absent'")
    absent = {row["receipt_no"] for row in rows}
    there = {(row.procedure, row.atena_no) for one in databases for row in committed(one) if not row.before_run}
    return sum(one.receipt_no in absent and (one.procedure_id, one.atena_no) in there for one in world.applications)


ZEROS = ("duplicates", "missing", "lost", "in_doubt_left", "not_drained", "crashes", "values_wrong", "keys_astray")
"""Figures that must be 0 in every town."""


def wrong(figures: dict[str, Any]) -> list[str]:
    """Names of the figures that should be 0 and are not."""
    return [name for name in ZEROS if figures.get(name)]
