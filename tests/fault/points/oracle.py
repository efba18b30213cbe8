"""What must be true when a trial has drained: read from the core's commit log, the ledger file and the source alone."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bridge_agent.sealing import SiteSealer
from tests.fault.fast.nights import SITE_KEY
from tests.fault.points.towns import PointTown
from tests.ledger_rows import read


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
        chain_error(town.rows("SELECT * FROM event ORDER BY event_id"), chain_key(town)),
        town.requests,
        armed(town),
        sums.commits,
        dict(Counter(f"{row['state']} {row['reason']}".strip() for row in rows)),
    )


def armed(town: PointTown) -> int:
    """Armed writes of this ledger and of those that a restore has set aside; a reconstructed attempt is none."""
    files = [town.plan.ledger, *town.plan.ledger.parent.glob("ledger-replaced-*.db"), town.plan.folder / "forgotten.db"]
    sql = "SELECT item_id, number, armed_at FROM attempt WHERE number > 0"
    return len({tuple(row) for file in files if file.exists() for row in read(file, sql)})


def chain_key(town: PointTown) -> bytes:
    """The chain's own key, which the ledger keeps sealed with the site key."""
    ((sealed,),) = town.rows("SELECT value FROM meta WHERE key = 'chain_key'")
    return SiteSealer(SITE_KEY).unseal(bytes.fromhex(sealed), "chain-key")


def chain_error(events: Sequence[sqlite3.Row], key: bytes) -> str:
    """Each line's keyed hash covers the line before it; numbers have no gap."""
    previous = ""
    for expected, event in enumerate(events, 1):
        parts = [previous, event["at"], event["kind"], str(event["item_id"] or ""), event["body"]]
        counted = hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()
        if event["event_id"] != expected or event["previous"] != previous or event["hash"] != counted:
            return f"line {expected}"
        previous = event["hash"]
    return ""
