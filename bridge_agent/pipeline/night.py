"""Everything a run works with, gathered in one place by the wiring. No behaviour of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bridge_agent.domain.application import Application
from bridge_agent.domain.clock import Clock
from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import CoreProfile
from bridge_agent.domain.ledger import Ledger
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.ports import CoreSession, Evidence, Progress, Sealer, Sender, Source, Timer


class Recipes(Protocol):
    """The site's recipes: pure, so a plan can be made at intake and again at entry."""

    @property
    def variants(self) -> VariantTable: ...

    def plan(self, application: Application) -> EntryPlan:
        """Raises BusinessError with the reason why the application cannot be entered."""
        ...

    def home_of(self, procedure_code: str) -> tuple[str, str]:
        """Recipe id and core for a source's procedure code; (code, '') when there is no recipe."""
        ...

    def person(self, application: Application) -> tuple[str, int]:
        """宛名番号 and days for the same-person check; ('', 0) = no check."""
        ...


@dataclass(frozen=True, slots=True)
class CoreAccess:
    """One core account: its lane, how its session is made, and what it is called in the core's lists."""

    lane: str
    profile: CoreProfile
    operator: str
    """The account's name as the core's look-up shows it under 登録者."""
    open_session: Callable[[], CoreSession]


@dataclass(frozen=True, slots=True)
class RunOptions:
    procedure: str = ""
    """Only this procedure; '' = all."""
    limit: int = 0
    """At most this many entries; 0 = no limit."""
    rehearse: bool = False
    """Everything up to, and not including, the commit step."""
    pictures: bool = False
    """Masked pictures before and after the commit (evidence)."""


@dataclass(frozen=True, slots=True)
class Night:
    ledger: Ledger
    source: Source
    cores: Mapping[str, CoreAccess]
    recipes: Recipes
    clock: Clock
    sealer: Sealer
    evidence: Evidence
    progress: Progress
    timer: Timer
    kill_sender: Callable[[Sender], bool]
    """Kills a browser that a dead process left; True when it is proven dead afterwards."""
    protect: Callable[[frozenset[str]], None]
    """Tells the log redactor the personal texts of the application in hand."""
    show_numbers: Callable[[Sequence[str]], None]
    """Numbers of applications and records that may look like a telephone number and must stay readable."""
    stop_flag: Callable[[], bool]
    """Ctrl-C and the like; the ledger's own stop flag is asked as well."""
    started: datetime
    """When this run began: only what is said after it stops it."""
    options: RunOptions = field(default_factory=RunOptions)

    def stopping(self) -> bool:
        return self.stop_flag() or self.ledger.stop_requested(self.started)
