"""What a chaos town came to, by plain SQL: where a kill struck, how items ended, how long doubts took."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

IN_HAND = ("claimed", "armed", "seen")
UNDER_WAY = (*IN_HAND, "in_doubt")
"""States between the claim and the registration."""
GRACE_S = 60.0


def ask(database: Path, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
    """Opened for writing: the first reader after a kill has to roll back what the killed one left half written."""
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(sql, values).fetchall()


def made(ledger: Path) -> bool:
    """Whether the ledger has its tables."""
    if not ledger.exists():
        return False
    sql = "SELECT count(*) AS n FROM sqlite_master WHERE name IN ('item', 'lane', 'event')"
    return bool(ask(ledger, sql)[0]["n"] == 3)


def state_at_kill(ledger: Path, pids: Sequence[int]) -> str:
    """What the process `pids[0]` (or one of its family) had in hand, as its ledger shows it right after the kill.

    What an earlier process left in a lane does not count as this one's.
    """
    if not made(ledger):
        return "before the ledger"
    marks = ",".join("?" * len(pids))
    rows = ask(
        ledger,
        f"SELECT i.state, i.owner_pid IN ({marks}) AS own_item, l.owner_pid IN ({marks}) AS own_lane"
        " FROM item i LEFT JOIN lane l ON l.lane = i.lane"
        " WHERE i.state IN ('claimed', 'armed', 'seen', 'in_doubt')",
        (*pids, *pids),
    )
    own = {row["state"] for row in rows if row["own_item"]}
    for state in IN_HAND:
        if state in own:
            return state
    if any(row["state"] == "in_doubt" and row["own_lane"] for row in rows):
        return "in_doubt"
    if any(row["state"] in IN_HAND and row["own_lane"] for row in rows):
        return "before recovery"
    pending = ask(ledger, "SELECT count(*) AS n FROM item WHERE state = 'pending'")[0]["n"]
    known = ask(ledger, "SELECT count(*) AS n FROM item")[0]["n"]
    return "between entries" if pending or not known else "settled"


def claims(ledger: Path) -> int:
    if not made(ledger):
        return 0
    return int(ask(ledger, "SELECT count(*) AS n FROM event WHERE kind = 'pending->claimed'")[0]["n"])


def open_breakers(ledger: Path) -> list[str]:
    if not made(ledger):
        return []
    return [row["lane"] for row in ask(ledger, "SELECT lane FROM lane WHERE opened_at IS NOT NULL")]


def anything_to_do(ledger: Path, applications: int) -> bool:
    """Whether an application is not yet taken in, or waits, or is under way."""
    if not made(ledger):
        return True
    sql = "SELECT count(*) AS n, sum(state IN ('pending', 'claimed', 'armed', 'seen', 'in_doubt')) AS todo FROM item"
    row = ask(ledger, sql)[0]
    return row["n"] < applications or bool(row["todo"])


def endings(ledger: Path) -> tuple[Counter[str], Counter[str]]:
    """States, and reasons of what is held."""
    rows = ask(ledger, "SELECT state, reason FROM item")
    return Counter(row["state"] for row in rows), Counter(row["reason"] for row in rows if row["state"] == "held")


def recovered(ledger: Path) -> int:
    """Registrations whose proof was a look-up after a doubt."""
    sql = "SELECT count(*) AS n FROM event WHERE kind = 'in_doubt->registered'"
    return int(ask(ledger, sql)[0]["n"])


def second_attempts(ledger: Path) -> int:
    return int(ask(ledger, "SELECT count(*) AS n FROM attempt WHERE number > 1")[0]["n"])


def doubt_times(ledger: Path, settle_s: float) -> dict[str, float]:
    """From the armed write to the end of the doubt, counted from the events; what stands in doubt is not counted."""
    kinds = "'claimed->armed', 'armed->in_doubt', 'seen->in_doubt', 'held->in_doubt'"
    sql = f"SELECT * FROM event WHERE kind IN ({kinds}) OR kind LIKE 'in_doubt->%' ORDER BY event_id"
    sums: dict[str, float] = dict.fromkeys(("found", "found_in_time", "absent", "absent_in_time", "other"), 0)
    sums |= {"slowest_found_s": 0.0, "slowest_absent_s": 0.0}
    began: dict[int, datetime] = {}
    for row in ask(ledger, sql):
        at, item = datetime.fromisoformat(row["at"].replace("Z", "+00:00")), row["item_id"]
        if row["kind"] == "claimed->armed" or not row["kind"].startswith("in_doubt->"):
            began.setdefault(item, at)
            if row["kind"] == "claimed->armed":
                began[item] = at
            continue
        seconds = (at - began.pop(item)).total_seconds()
        end, why = row["kind"].removeprefix("in_doubt->"), json.loads(row["body"]).get("why", "")
        if end == "registered":
            kind, limit = "found", settle_s + GRACE_S
        elif why in ("absent", "rejected_by_core"):
            kind, limit = "absent", 2 * settle_s + GRACE_S
        else:
            sums["other"] += 1
            continue
        sums[kind] += 1
        sums[f"{kind}_in_time"] += seconds <= limit
        sums[f"slowest_{kind}_s"] = round(max(sums[f"slowest_{kind}_s"], seconds), 3)
    return sums
