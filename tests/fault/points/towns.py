"""A small town per trial: three applications at one core, served from this process, copied from a template."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.row_seals import seal_connection
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.sealing import SiteSealer
from tests.fault.fast import nights
from tests.fault.fast.nights import NightProcess, TownPlan
from tests.fault.fast.town import FastTown
from tests.ledger_rows import read

CORE = "sogo"
PROCEDURES = ("ltci_burden_ratio_reissue",)
APPLICATIONS = 3
LIMITS = {"page_s": 5.0, "submit_s": 0.5, "settle_s": 0.6, "visibility_max_s": 0.2}
"""An answer that hangs is given up soon, so that an entry fits into a lease of two seconds."""
SHORT = Lease(seconds=2.0, margin_s=0.2, after_submit_s=0.1)
COUNTING = {"fault": "M1b", "when": {"nth": [10**9]}}
"""A rule that never strikes: its count of questions is the count of register requests."""


def make_template(folder: Path, applications: int = APPLICATIONS) -> Path:
    FastTown(folder, seed=1, applications=applications, procedures=PROCEDURES, plain=True).close()
    return folder


class PointTown:
    """A fresh copy of the template with its own core and ledger. `close` removes it."""

    def __init__(
        self, template: Path, folder: Path, *, limits: Mapping[str, float] | None = None, **changes: Any
    ) -> None:
        shutil.copytree(template, folder)
        self.folder = folder
        self.town = FastTown(folder, procedures=PROCEDURES, limits=LIMITS | dict(limits or {}), sender_process=True)
        self.plan: TownPlan = replace(self.town.plan, witnessed=True, **changes)
        self._requests = 0
        self._started: list[NightProcess] = []
        self.faults()

    def close(self) -> None:
        for process in self._started:
            process.kill()  # one that nobody had to kill, or that still stands still
        self.town.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, plan: TownPlan | None = None, options: RunOptions | None = None) -> NightProcess:
        process = nights.run_process(plan or self.plan, options)
        self._started.append(process)
        return process

    def faults(self, *rules: Mapping[str, object]) -> None:
        self._requests += self._counted()
        self.town.faults(CORE, COUNTING, *rules)

    def _counted(self) -> int:
        found = self.town._control(CORE, None)["rules"]
        return int(found[0]["seen"]) if found else 0

    @property
    def requests(self) -> int:
        """Register requests that have reached the core."""
        return self._requests + self._counted()

    def rows(self, sql: str) -> list[sqlite3.Row]:
        return read(self.plan.ledger, sql) if self.plan.ledger.exists() else []

    def breakers(self) -> list[str]:
        return [row["lane"] for row in self.rows("SELECT lane FROM lane WHERE opened_at IS NOT NULL")]

    def held(self, reason: str = "") -> list[str]:
        """Receipt numbers of what is held, for this reason or for any."""
        rows = self.rows("SELECT receipt_no, reason FROM item WHERE state = 'held' ORDER BY item_id")
        return [row["receipt_no"] for row in rows if reason in ("", row["reason"])]

    def happens_later(self, what: str) -> None:
        """To the first application, right after its download: withdraw or revise."""
        self._source("UPDATE standing SET later = ? WHERE rowid = 1", what)

    def withdraw_all(self) -> None:
        self._source("UPDATE standing SET state = ?", "withdrawn")

    def _source(self, sql: str, value: str) -> None:
        with closing(sqlite3.connect(self.folder / "source.sqlite", timeout=30)) as connection, connection:
            connection.execute(sql, (value,))

    def clerk_enters_again(self) -> None:
        """A clerk enters our first registration once more: a second record of the same application."""
        with closing(sqlite3.connect(self.town.databases[CORE], timeout=30)) as connection, connection:
            connection.execute(
                "INSERT INTO records (core_receipt_no, procedure, atena_no, reference, application_date, operator,"
                " registered_at, visible_from, values_json) SELECT 'CLERK-1', procedure, atena_no, reference,"
                " application_date, 'clerk01', registered_at, visible_from, values_json FROM records"
                " WHERE core_receipt_no = (SELECT core_receipt_no FROM commit_log WHERE before_run = 0 ORDER BY id)"
            )

    def lease_of_the_dead(self) -> None:
        """Every lease in the ledger is over: as if the time had passed."""
        past = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        with closing(sqlite3.connect(self.plan.ledger, timeout=30)) as connection, connection:
            seal_connection(connection, SiteSealer(nights.SITE_KEY))  # or the row counts as altered by another hand
            connection.execute("UPDATE lane SET lease_until = ?", (past,))
