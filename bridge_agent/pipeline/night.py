"""Everything a run works with, gathered in one place by the wiring. No behaviour of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bridge_agent.domain.application import Application
from bridge_agent.domain.clock import Clock
from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import CoreProfile
from bridge_agent.domain.ledger import Ledger
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.ports import (
    CoreSession,
    Evidence,
    PaperStore,
    Progress,
    Sealer,
    Sender,
    Source,
    Timer,
    Watchdog,
)
from bridge_agent.domain.reasons import Reason


class Recipes(Protocol):
    """The site's recipes: pure, so a plan can be made at intake and again at entry."""

    @property
    def variants(self) -> VariantTable: ...

    def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
        """Raises BusinessError with the reason why the application cannot be entered, but for what was waived."""
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
    operators: frozenset[str]
    """The agent's own accounts at this core as its look-up shows them under 登録者: a record of theirs is ours."""
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
    look_back_days: int = 3
    """Applications registered, reported or held within so many days are looked up again at the end of a run."""


@dataclass(frozen=True, slots=True)
class Night:
    ledger: Ledger
    source: Source
    lanes: Sequence[CoreAccess]
    """The lanes of this run: one account each; the first one of a core does what is done once a core."""
    recipes: Recipes
    clock: Clock
    sealer: Sealer
    evidence: Evidence
    papers: PaperStore
    progress: Progress
    timer: Timer
    kill_sender: Callable[[Sender], bool]
    """Kills a browser that a dead process left, or a lane's owner that stands still; True = proven dead afterwards."""
    watchdog: Watchdog
    protect: Callable[[frozenset[str]], None]
    """Tells the log redactor the personal texts of the application in hand."""
    show_numbers: Callable[[Sequence[str]], None]
    """Numbers of applications and records that may look like a telephone number and must stay readable."""
    stop_flag: Callable[[], bool]
    """Ctrl-C and the like; the ledger's own stop flag is asked as well."""
    started: datetime
    """When this run began: only what is said after it stops it."""
    options: RunOptions = field(default_factory=RunOptions)

    def lanes_of(self, core: str) -> Sequence[CoreAccess]:
        return [access for access in self.lanes if access.profile.core == core]

    def stopping(self) -> bool:
        return self.stop_flag() or self.ledger.stop_requested(self.started)
