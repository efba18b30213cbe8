"""What must be true when a trial has drained: read from the core's commit log, the ledger file and the source alone."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.fault.points.towns import PointTown


@dataclass(frozen=True, slots=True)
class Verdict:
    duplicates: int
    lost: int
    missing: int
    unfinished: int
    chain: str
    """'' or which line is wrong."""
    requests: int
    attempts: int
    commits: int
    states: dict[str, int]
    """'state reason' -> how many."""

    def faults(self) -> list[str]:
        """The rules that are broken; empty when all is well."""
        found = [
            f"{name} {n}" for name in ("duplicates", "lost", "missing", "unfinished") if (n := getattr(self, name))
        ]
        found += [f"chain {self.chain}"] if self.chain else []
        if self.requests > self.attempts:
            found.append(f"{self.requests} register requests after {self.attempts} armed writes")
        return found


def judge(town: PointTown) -> Verdict:
    sums = town.town.sums()
    rows = town.rows("SELECT state, reason FROM item")
    return Verdict(
        sums.duplicates,
        sums.lost,
        sums.missing,
        sums.unfinished,
        chain_error(town.rows("SELECT * FROM event ORDER BY event_id")),
        town.requests,
        len(town.rows("SELECT 1 FROM attempt")),
        sums.commits,
        dict(Counter(f"{row['state']} {row['reason']}".strip() for row in rows)),
    )


def chain_error(events: Sequence[sqlite3.Row]) -> str:
    """Each line's hash covers the line before it; numbers have no gap."""
    previous = ""
    for expected, event in enumerate(events, 1):
        parts = [previous, event["at"], event["kind"], str(event["item_id"] or ""), event["body"]]
        counted = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        if event["event_id"] != expected or event["previous"] != previous or event["hash"] != counted:
            return f"line {expected}"
        previous = event["hash"]
    return ""
