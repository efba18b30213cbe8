"""A town for campaigns: real mock cores, the agent's production night over the fast driver, and the truth afterwards.

    with FastTown(folder, seed=1, applications=60, plain=True, separate=True) as town:
        report = town.run()                      # a night in this process; or town.night() for the Night itself
        process = town.run_process()             # a night in a process of its own (kill(), wait(), alive, pid)
        town.faults("sogo", {"fault": "M4", "when": {"nth": [1]}})
        assert town.sums() == Sums(commits=60)   # duplicates, missing, lost, unfinished: all 0
        town.plan                                # plain data: hand it to other processes (open_night, run_process)

`separate` puts the mock cores into a process that `town.servers.kill()` and `.start()` end and begin anew. One folder
is one town: opened again, it goes on with what is there. Time limits are QUICK unless `limits` says otherwise; another
account works beside the first with run_process(lanes={"sogo": "bridge02"}). Options of the driver: fuse, resend (what
Chromium does without the fuse), sender_process (NightProcess.kill leaves it to end by itself). What a page or recipe asks beyond the fast driver raises BeyondFastDriver. The truth is read from the mock's database, the
ledger file and the source's file by plain SQL, never through the agent's code.
"""

from __future__ import annotations

import json
import ssl
import urllib.request
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bridge_agent.domain.source_profile import ScreenProfile
from bridge_agent.mapping.loader import read_model
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.run import RunReport
from mock_core_ui.core.catalogue import CORES, SCREENS
from mock_core_ui.people import build_world
from mock_core_ui.people.model import World
from mock_core_ui.people.procedures import ROUND
from tests.fault.fast import nights
from tests.fault.fast.nights import RECIPES, NightProcess, TownPlan
from tests.fault.fast.serving import OwnServers, ServePlan, ServerProcess
from tests.fault.fast.serving import seed as seed_cores
from tests.fault.fast.source import write_list
from tests.ledger_rows import read

PASSWORD = "fast-town"
TOKEN = "fast-town-control"
QUICK = {"page_s": 5.0, "submit_s": 2.0, "settle_s": 0.3, "visibility_max_s": 0.1, "back_off_s": 0.05}
"""Time limits for campaigns: the mock answers in milliseconds."""
FINISHED = frozenset(("reported", "held", "closed"))


@dataclass(frozen=True, slots=True)
class Commit:
    """A line of a core's commit log, made in the town's own time."""

    core: str
    operator: str
    procedure: str
    atena_no: str
    reference: str
    application_date: str
    receipt: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sums:
    """What must be 0 is 0 by default."""

    commits: int
    duplicates: int = 0
    """Registrations beyond the first of one application."""
    missing: int = 0
    """The ledger says registered, and no commit log has it."""
    lost: int = 0
    """Applications that the ledger does not know."""
    unfinished: int = 0
    """Items in no final column: neither reported, held nor closed."""


class FastTown:
    def __init__(
        self,
        folder: Path,
        *,
        seed: int = 1,
        applications: int = 60,
        procedures: Sequence[str] | None = None,
        plain: bool = False,
        limits: Mapping[str, float] | None = None,
        lanes: Mapping[str, str] | None = None,
        separate: bool = False,
        fuse: bool = True,
        resend: bool = False,
        sender_process: bool = False,
        world: World | None = None,
        tls: bool = False,
    ) -> None:
        """`lanes`: core -> account of this town's nights. `world` takes the place of the one that follows from the seed."""
        folder.mkdir(parents=True, exist_ok=True)
        named = dict.fromkeys(ROUND) if procedures is None else procedures
        cores = [core for core in CORES if any(_home(one) == core for one in named)]
        self.databases = {core: folder / f"{core}.sqlite" for core in cores}
        if not (folder / "made").exists():
            world = world or build_world(seed, applications, procedures, plain)
            write_list(folder, world, read_model(RECIPES / "sources" / "minamo.yaml", ScreenProfile).package)
            seed_cores(self.databases, world)
            (folder / "made").touch()
        users = ("bridge01", "bridge02", "bridge03", "clerk01")
        authority = folder / "tls"
        serving = ServePlan(self.databases, users, PASSWORD, TOKEN, authority if tls else None)
        self.servers: OwnServers | ServerProcess = ServerProcess(serving) if separate else OwnServers(serving)
        self.plan = TownPlan(
            folder,
            {core: f"http{'s' * tls}://127.0.0.1:{port}" for core, port in self.servers.ports.items()},
            PASSWORD,
            QUICK if limits is None else limits,
            lanes or {},
            fuse,
            resend,
            sender_process,
            authority=str(authority / "ca.pem") if tls else "",
        )
        self._trust = ssl.create_default_context(cafile=self.plan.authority) if tls else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.servers.stop()

    # ---- the agent ----

    def night(self, options: RunOptions | None = None, **changes: Any) -> AbstractContextManager[Night]:
        """A production Night; `changes` replace its fields (clock, timer, kill_sender …)."""
        return nights.open_night(self.plan, options, **changes)

    def run(self, options: RunOptions | None = None, **changes: Any) -> RunReport:
        """One whole night in this process."""
        with self.night(options, **changes) as night:
            return nights.run_mine(self.plan, night)

    def access(self, core: str, user: str = "bridge01") -> CoreAccess:
        return nights.access(self.plan, core, user)

    def run_process(self, options: RunOptions | None = None, *, lanes: Mapping[str, str] | None = None) -> NightProcess:
        """One whole night in a process of its own; returns at once."""
        plan = self.plan if lanes is None else replace(self.plan, users=lanes)
        return nights.run_process(plan, options)

    # ---- the mocks ----

    def faults(self, core: str, *rules: Mapping[str, object]) -> None:
        """Replace a core's fault plan; no rule = no fault."""
        self._control(core, json.dumps(list(rules)).encode())

    def fired(self, core: str) -> list[int]:
        """How often each rule of the core's fault plan has struck."""
        return [rule["fired"] for rule in self.rules(core)]

    def rules(self, core: str) -> list[dict[str, Any]]:
        """The core's fault plan: rules as given, with `code`, `seen` and `fired`."""
        found: list[dict[str, Any]] = self._control(core, None)["rules"]
        return found

    def _control(self, core: str, data: bytes | None) -> Any:
        headers = {"X-Mock-Token": TOKEN, "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.plan.origins[core]}/_mock/faults", data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=10, context=self._trust) as answer:
            return json.load(answer)

    # ---- the truth ----

    def commits(self) -> list[Commit]:
        sql = "SELECT * FROM commit_log WHERE before_run = 0 ORDER BY id"
        return [
            Commit(
                core,
                row["operator"],
                row["procedure"],
                row["atena_no"],
                row["reference"],
                row["application_date"],
                row["core_receipt_no"],
                json.loads(row["values_json"]),
            )
            for core, database in self.databases.items()
            for row in read(database, sql)
        ]

    def expected(self) -> dict[str, tuple[str, str]]:
        """Receipt number -> (column, reason) as the town's own table says."""
        rows = read(self.plan.folder / "source.sqlite", "SELECT * FROM standing")
        return {row["receipt_no"]: (row["expected_column"], row["expected_reason"]) for row in rows}

    def states(self) -> dict[str, tuple[str, str]]:
        """Receipt number -> (state, reason) in the ledger; empty before there is one."""
        if not self.plan.ledger.exists():
            return {}
        rows = read(self.plan.ledger, "SELECT receipt_no, state, reason FROM item")
        return {row["receipt_no"]: (row["state"], row["reason"]) for row in rows}

    def reports(self) -> dict[str, int]:
        """Receipt number -> how often it was reported 連携済."""
        rows = read(self.plan.folder / "source.sqlite", "SELECT receipt_no, reported FROM standing")
        return {row["receipt_no"]: row["reported"] for row in rows}

    def sums(self) -> Sums:
        commits, states = self.commits(), self.states()
        kept = {commit.receipt for commit in commits}
        entered = []
        if states:
            sql = "SELECT receipt_at_core FROM item WHERE state IN ('registered', 'reported')"
            entered = [row["receipt_at_core"] for row in read(self.plan.ledger, sql)]
        keys = Counter((c.procedure, c.atena_no, c.reference or c.application_date) for c in commits)
        return Sums(
            commits=len(commits),
            duplicates=sum(count - 1 for count in keys.values()),
            missing=sum(number not in kept for number in entered),
            lost=len(set(self.expected()) - set(states)),
            unfinished=sum(state not in FINISHED for state, _ in states.values()),
        )


def _home(procedure: str) -> str:
    """The core of a procedure; '' for one that no core knows."""
    return SCREENS[procedure].core if procedure in SCREENS else ""
