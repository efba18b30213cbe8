"""An imitated core, source and clock for the pipeline's own tests: real SQL ledger in memory, everything else by hand.

The core keeps a commit log that the pipeline never sees; tests count duplicates and losses there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bridge_agent.domain.application import (
    Application,
    ApplicationKey,
    Delivered,
    Listed,
    SourceState,
    Standing,
)
from bridge_agent.domain.comparison import NO_VARIANTS, VariantTable
from bridge_agent.domain.core_profile import CoreProfile
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import (
    Commit,
    Compared,
    Comparison,
    EntryPlan,
    FieldClass,
    LookUpPlan,
)
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from tests.no_papers import NoPapers
from tests.unit.pipeline.imitated_core import (
    BUTTON,
    CANARY_PERSON,
    DONE,
    OPERATOR,
    START,
    ImitatedAct,
    ImitatedClock,
    ImitatedCore,
    ImitatedSealer,
    ImitatedSession,
)

RESENDS: Mapping[str, Any] = {"resubmit_on_absent": "after_quiescence", "canary": True}


class ImitatedSource:
    name = "minamo"
    scope = "default"

    def __init__(self, applications: Sequence[Application]) -> None:
        self.applications = {a.key.receipt_no: a for a in applications}
        self.standings: dict[str, Standing] = {}
        self.linked: dict[str, str] = {}
        self.delivered = 0
        self.changed: dict[str, str] = {}

    def approved(self) -> Sequence[Listed]:
        return [
            Listed(n, a.procedure_code, a.procedure_name, a.revision)
            for n, a in self.applications.items()
            if n not in self.linked
        ]

    def deliver(self, wanted: Sequence[Listed]) -> Iterator[Delivered]:
        for line in wanted:
            self.delivered += 1
            yield Delivered(line, self.applications[line.receipt_no])

    def put_away(self, receipt_numbers: Collection[str]) -> None:
        """Nothing was handed over that could be put away."""

    def remarks(self) -> Sequence[str]:
        return ()

    def changed_forms(self) -> Mapping[str, str]:
        return self.changed

    def ask_ahead(self, receipt_no: str) -> None: ...

    def standing(self, receipt_no: str) -> Standing:
        default = Standing(SourceState.APPROVED, self.applications[receipt_no].revision)
        return self.standings.get(receipt_no, default)

    def report_linked(self, receipt_no: str, core_receipt: str) -> None:
        self.linked[receipt_no] = core_receipt

    def close(self) -> None: ...


class ImitatedRecipes:
    """Every application has one field, 値; an application whose value is 'bad' cannot be planned."""

    variants: VariantTable = NO_VARIANTS

    def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
        value = application.columns["値"]
        if value == "bad":
            raise BusinessError(Reason.CODE_UNKNOWN, "値")
        number = application.key.receipt_no
        look = LookUpPlan(
            "P",
            number,
            application.atena_no,
            date(2026, 11, 20),
            (Compared("値", value, Comparison.EXACT, FieldClass.PLAIN),),
        )
        act = ImitatedAct(number, application.atena_no, value)
        commit = Commit(BUTTON, (DONE,), BUTTON)
        return EntryPlan(number, "p", "sogo", "digest", (act,), commit, look, ())

    def home_of(self, procedure_code: str) -> tuple[str, str]:
        return ("p", "sogo") if procedure_code == "K1" else (procedure_code, "")

    def person(self, application: Application) -> tuple[str, int]:
        return application.atena_no, 30


class ImitatedEvidence:
    def outline(self, receipt_no: str, moment: str, text: str) -> str:
        return "sha"

    def picture(self, receipt_no: str, moment: str, png: bytes) -> str:
        return "sha"


class SilentProgress:
    def __init__(self) -> None:
        self.outcomes: list[tuple[str, str]] = []

    def stage(self, title: str, total: int | None = None) -> None: ...

    def advance(self, receipt_no: str, outcome: str) -> None:
        self.outcomes.append((receipt_no, outcome))

    def done(self) -> None: ...


class ImitatedWatchdog:
    """Remembers for how long what was guarded."""

    def __init__(self) -> None:
        self.guarded: list[tuple[Sender | None, float]] = []

    @contextmanager
    def guard(self, sender: Sender | None, within_s: float) -> Iterator[None]:
        self.guarded.append((sender, within_s))
        yield


class NoTimer:
    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        yield


def profile(*, canary: bool = False, **changes: object) -> CoreProfile:
    """`canary`: the profile names a test record that the look-up must find."""
    mark = {"shows": [{"text": "ログイン"}]}
    content: dict[str, object] = {
        "core": "sogo",
        "name": "総合行政システム",
        "driver": "browser",
        "login": {
            "open": "/",
            "user": {"label": "u"},
            "password": {"label": "p"},
            "press": {"text": "x"},
            "done": mark,
            "refused": mark,
        },
        "session_lost": [mark],
        "register_request": {"path": "/register"},
        "limits": {"settle_s": 10, "visibility_max_s": 2, "submit_s": 5},
        "lookup": {
            "by_person": {"get": "/"},
            "detail": {"get": "/"},
            "list": {
                "rows": "tr",
                "headings": "th",
                "columns": {"record": "番号"},
                "count": "p",
                "count_pattern": "(\\d+)",
                "page_size": 20,
            },
            "record": {"rows": "tr", "label": "th", "value": "td"},
        },
    }
    made = CoreProfile.model_validate(content | changes)
    if not canary:
        return made
    return made.model_copy(update={"lookup": made.lookup.model_copy(update={"canary_atena_no": CANARY_PERSON})})


def application(number: int, value: str = "良い", **changes: object) -> Application:
    fields: dict[str, object] = {
        "key": ApplicationKey("minamo", "default", f"R{number:03}"),
        "procedure_code": "K1",
        "procedure_name": "手続",
        "form_version": "1",
        "revision": "1",
        "received_at": START - timedelta(hours=1) + timedelta(seconds=number),
        "atena_no": f"{number:010}",
        "signature_result": "1",
        "columns": {"値": value},
    }
    return Application(**(fields | changes))  # type: ignore[arg-type]


@dataclass
class Town:
    """Everything of one imitated night; `night()` may be called again and again, as if the agent were restarted."""

    applications: Sequence[Application]
    options: RunOptions = field(default_factory=RunOptions)
    profile_changes: Mapping[str, Any] = field(default_factory=dict)
    stop: Callable[[], bool] = lambda: False

    def __post_init__(self) -> None:
        self.clock = ImitatedClock()
        self.core = ImitatedCore(self.clock)
        self.source = ImitatedSource(self.applications)
        self.progress = SilentProgress()
        self.killed: list[Sender] = []
        self.watchdog = ImitatedWatchdog()
        self.sessions: list[ImitatedSession] = []
        owner = Owner(1, 1.0, "host", "boot")
        self.ledger = SqlLedger(open_ledger(None, "check"), self.clock, ImitatedSealer(), owner)

    def kill(self, sender: Sender) -> bool:
        self.killed.append(sender)
        return True

    def session(self) -> ImitatedSession:
        self.sessions.append(ImitatedSession(self.core))
        return self.sessions[-1]

    def access(self) -> CoreAccess:
        return CoreAccess("sogo-1", profile(**self.profile_changes), frozenset({OPERATOR}), self.session)

    def night(self) -> Night:
        return Night(
            ledger=self.ledger,
            source=self.source,
            lanes=[self.access()],
            recipes=ImitatedRecipes(),
            clock=self.clock,
            sealer=ImitatedSealer(),
            evidence=ImitatedEvidence(),
            papers=NoPapers(),
            progress=self.progress,
            timer=NoTimer(),
            kill_sender=self.kill,
            watchdog=self.watchdog,
            protect=lambda texts: None,
            show_numbers=lambda numbers: None,
            stop_flag=self.stop,
            started=self.clock.now(),
            options=self.options,
        )
