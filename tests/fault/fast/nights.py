"""A production night over the fast driver, from a town's plain description; and the process that runs one by itself."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from loguru import logger

from bridge_agent.domain.comparison import VariantTable, equal
from bridge_agent.domain.core_profile import CoreProfile, OnAbsent
from bridge_agent.domain.plan import Comparison
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import kill_sender, started_at
from bridge_agent.ledger.in_use import in_use
from bridge_agent.ledger.keeping import refuse_missing
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.mapping.recipe_files import load_core, load_recipes, load_variants
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.recipe_book import RecipeBook
from bridge_agent.pipeline.reconcile import Reconciled
from bridge_agent.pipeline.run import RunReport, in_turn, run, summary_of
from bridge_agent.sealing import SiteSealer
from bridge_agent.wiring import NoTimer, SystemClock, boot_id
from tests.fault.fast.session import FastCoreSession, FastOptions, close_own_sessions
from tests.fault.fast.source import ListSource
from tests.fault.fast.watchdogs import NobodyIsPaused, watchdog
from tests.no_papers import NoPapers

RECIPES = Path(__file__).parents[3] / "recipes"
SITE_KEY = bytes(range(32))


@dataclass(frozen=True, slots=True)
class TownPlan:
    """Everything another process must know to run a night in a town: plain data."""

    folder: Path
    origins: Mapping[str, str]
    """Core -> address of its mock."""
    password: str
    limits: Mapping[str, float] = field(default_factory=dict)
    """Time limits that stand in for the core profiles' own (settle_s, submit_s …)."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Core -> account; the others use bridge01."""
    fuse: bool = True
    resend: bool = False
    sender_process: bool = False
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Core -> further accounts that work in processes of their own at the same time."""
    watched: bool = False
    """A watchdog beside the lane; only nights in which a process may stand still need one."""
    lease: Lease = field(default_factory=Lease)
    authority: str = ""
    """PEM file to trust when the cores are behind TLS."""
    setting: str = ""
    """'module:function' to call first in a night's own process (a test's hook), with `argument`."""
    argument: str = ""
    resubmit: bool = False
    """The cores' profiles allow a second attempt after proven absence."""
    witnessed: bool = False
    """The ledger is opened as commands open it: locked against restores, compared with a witness kept elsewhere."""

    @property
    def ledger(self) -> Path:
        return self.folder / "agent" / "ledger.db"

    @property
    def locks(self) -> Path:
        return self.folder / "agent" / "lanes"

    @property
    def witness(self) -> Path:
        return self.folder / "elsewhere" / "epoch.json"

    @property
    def heads(self) -> Path:
        return self.folder / "elsewhere" / "heads.jsonl"


class NoEvidence:
    def outline(self, receipt_no: str, moment: str, text: str) -> str:
        return ""

    def picture(self, receipt_no: str, moment: str, png: bytes) -> str:
        return ""


class NoProgress:
    def stage(self, title: str, total: int | None = None) -> None: ...

    def advance(self, receipt_no: str, outcome: str) -> None: ...

    def done(self) -> None: ...


@lru_cache(maxsize=4)
def book() -> RecipeBook:
    return RecipeBook(load_recipes(RECIPES), load_variants(RECIPES))


@lru_cache(maxsize=8)
def core_profile(core: str) -> CoreProfile:
    return load_core(RECIPES, core)


def profile_of(plan: TownPlan, core: str) -> CoreProfile:
    profile = core_profile(core)
    changes: dict[str, Any] = {"limits": profile.limits.model_copy(update=dict(plan.limits))}
    if plan.resubmit:
        changes["resubmit_on_absent"] = OnAbsent.AFTER_QUIESCENCE
    return profile.model_copy(update=changes)


def access(plan: TownPlan, core: str, user: str = "bridge01") -> CoreAccess:
    profile = profile_of(plan, core)
    variants = book().variants
    options = FastOptions(plan.fuse, plan.resend, plan.sender_process, plan.authority, equal=partial(_shown, variants))
    return CoreAccess(
        lane=f"{core}-{user}",
        profile=profile,
        operators=frozenset((user, "bridge01", "bridge02", "bridge03")),
        open_session=partial(FastCoreSession, profile, plan.origins[core], user, plan.password, options),
    )


def mine(plan: TownPlan) -> list[CoreAccess]:
    """The lanes that this process works."""
    return [access(plan, core, plan.users.get(core, "bridge01")) for core in plan.origins]


def run_mine(plan: TownPlan, night: Night) -> RunReport:
    """A whole run that works its own lanes only."""
    own = {one.lane for one in mine(plan)}

    def work(night: Night, lanes: Sequence[CoreAccess], sums: Reconciled) -> Sequence[LaneNight]:
        return in_turn(night, [one for one in lanes if one.lane in own], sums)

    return run(night, work)


def _shown(variants: VariantTable, intended: str, read: str, comparison: Comparison) -> bool:
    return equal(intended, read, comparison, variants)


def stop_sender(sender: Sender) -> bool:
    """The agent's own kill; when the sender is this very process, all it could send with is closed instead."""
    if sender.pid == os.getpid() and sender.host == socket.gethostname():
        started = started_at(sender.pid)
        if started is not None and abs(started - sender.started) < 1.0:
            close_own_sessions()
            return True
    return kill_sender(sender)


def this_process() -> Owner:
    pid = os.getpid()
    return Owner(pid, started_at(pid) or 0.0, socket.gethostname(), boot_id())


@contextmanager
def open_night(plan: TownPlan, options: RunOptions | None = None, **changes: Any) -> Iterator[Night]:
    """A night with a ledger and a source of its own handles. `changes` replace fields of Night (clock, timer …)."""
    with ExitStack() as stack:
        sealer = SiteSealer(SITE_KEY)
        clock = changes.get("clock", SystemClock())
        if plan.witnessed:
            stack.enter_context(in_use(plan.locks))
            refuse_missing(plan.ledger, plan.witness)
        engine = open_ledger(plan.ledger, sealer.check_value(), sealer)
        stack.callback(engine.dispose)
        ledger = SqlLedger(engine, clock, sealer, this_process()).with_locks(plan.locks)
        ledger.lease = plan.lease
        if plan.witnessed:
            ledger.check_witness(plan.witness)
            stack.callback(ledger.keep_elsewhere, plan.witness, plan.heads)
        source = changes.get("source") or ListSource(plan.folder)
        stack.callback(source.close)
        parts: dict[str, Any] = {
            "ledger": ledger,
            "source": source,
            "lanes": [*mine(plan), *(access(plan, core, u) for core, users in plan.beside.items() for u in users)],
            "watchdog": stack.enter_context(watchdog()) if plan.watched else NobodyIsPaused(),
            "recipes": book(),
            "clock": clock,
            "sealer": sealer,
            "evidence": NoEvidence(),
            "papers": NoPapers(),
            "progress": NoProgress(),
            "timer": NoTimer(),
            "kill_sender": stop_sender,
            "protect": lambda texts: None,
            "show_numbers": lambda numbers: None,
            "stop_flag": lambda: False,
            "started": datetime.now(UTC),
            "options": options or RunOptions(),
        }
        yield Night(**(parts | changes))


def summary(report: RunReport) -> dict[str, Any]:
    return summary_of(report) | {"exit_code": report.exit_code, "run_id": report.run_id}


# ---- a night in a process of its own ----


def context() -> BaseContext:
    """forkserver with everything imported and the recipes read, where there is fork; spawn elsewhere."""
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.fault.fast.warm"])
    return made


@dataclass(slots=True)
class NightProcess:
    """A night in a real process: wait for it, or kill it."""

    process: BaseProcess
    result: Path
    asked_at: float

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def kill(self) -> None:
        """kill -9 for the lane's process alone: a sending process of its own lives until its request has its answer."""
        self.process.kill()
        self.process.join()

    def wait(self, timeout_s: float | None = None) -> dict[str, Any] | None:
        """The run's sums, `exit_code` among them; None when it ended without (killed) or still runs after the time."""
        self.process.join(timeout_s)
        if not self.result.exists():
            return None
        found: dict[str, Any] = json.loads(self.result.read_text(encoding="utf-8"))
        return found

    @property
    def alive(self) -> bool:
        return self.process.is_alive()


def run_process(plan: TownPlan, options: RunOptions | None = None) -> NightProcess:
    """Start a whole agent night in a process of its own; returns at once."""
    folder = plan.folder / "runs"
    folder.mkdir(exist_ok=True)
    asked_at = time.time()
    result = folder / f"{time.time_ns()}-{os.getpid()}.json"
    made = context()
    process = made.Process(  # type: ignore[attr-defined]
        target=night_process, args=(plan, options or RunOptions(), result, asked_at), daemon=True
    )
    process.start()
    return NightProcess(process, result, asked_at)


def night_process(plan: TownPlan, options: RunOptions, result: Path, asked_at: float) -> None:
    """Entry point of the process. Its sums appear whole, or not at all."""
    logger.remove()
    began_at = time.time()
    if plan.setting:
        module, function = plan.setting.split(":")
        getattr(importlib.import_module(module), function)(plan.argument)
    with open_night(plan, options) as night:
        opened_at = time.time()
        found = summary(run_mine(plan, night))
    found |= {"start_s": began_at - asked_at, "open_s": opened_at - began_at, "run_s": time.time() - opened_at}
    part = result.with_suffix(".part")
    part.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    part.replace(result)
