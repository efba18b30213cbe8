"""An imitated core, source and clock for the pipeline's own tests: real SQL ledger in memory, everything else by hand.

The core keeps a commit log that the pipeline never sees; tests count duplicates and losses there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
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
from bridge_agent.domain.errors import BusinessError, TransientError
from bridge_agent.domain.plan import (
    ActReport,
    BoundField,
    Commit,
    Compared,
    Comparison,
    DialogRule,
    EntryPlan,
    FieldClass,
    How,
    LookUpPlan,
    Mark,
    Meaning,
    Picking,
    Reading,
    Rung,
    Sign,
    Target,
)
from bridge_agent.domain.ports import LookUpUnreadable, Screen, Search, Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer, CoreDetail, CoreRecord
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
OPERATOR = "連携 一号"
CANARY_PERSON = "9999999999"
RESENDS: Mapping[str, Any] = {"resubmit_on_absent": "after_quiescence", "canary": True}
BUTTON = Target((Rung(How.ROLE, "button|登録する"),))
DONE = Mark("done", (Sign(text="登録が完了しました"),), Meaning.COMPLETED)


class ImitatedClock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


class ImitatedSealer:
    """Readable on purpose: tests of the pipeline are not tests of cryptography."""

    def fingerprint(self, *parts: str) -> str:
        return "|".join(parts)

    def seal(self, plain: bytes, purpose: str) -> bytes:
        return plain

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        return sealed


@dataclass
class Registration:
    """A line of the core's commit log."""

    record_id: str
    reference: str
    atena_no: str
    value: str
    operator: str
    at: datetime
    visible_at: datetime


class ImitatedCore:
    """Commits on register(). `fault(receipt_no, nth)` names what goes wrong with the nth register request of all."""

    def __init__(self, clock: ImitatedClock) -> None:
        self.clock = clock
        self.log: list[Registration] = []
        self.requests = 0
        self.down = False
        self.blind = False
        self.faults: dict[int, str] = {}
        self.screen_faults: dict[str, Exception] = {}
        self.visible_after_s = 0.0
        self.at_register: Callable[[], None] = lambda: None

    def commit(self, reference: str, atena_no: str, value: str, operator: str = OPERATOR) -> Registration:
        record = Registration(
            f"K-{len(self.log) + 1:04}",
            reference,
            atena_no,
            value,
            operator,
            self.clock.now(),
            self.clock.now() + timedelta(seconds=self.visible_after_s),
        )
        self.log.append(record)
        return record

    def visible(self) -> list[Registration]:
        return [] if self.blind else [r for r in self.log if r.visible_at <= self.clock.now()]

    def duplicates(self) -> int:
        return len(self.log) - len({r.reference for r in self.log})


@dataclass(frozen=True)
class ImitatedAct:
    plan_reference: str
    atena_no: str
    value: str
    kind: str = "fill"
    fields: tuple[BoundField, ...] = ()

    def perform(self, screen: Screen) -> ActReport:
        assert isinstance(screen, ImitatedScreen)
        screen.typed(self.plan_reference, self.atena_no, self.value)
        return ActReport(1, 1)


class ImitatedScreen:
    def __init__(self, core: ImitatedCore) -> None:
        self.core = core
        self.current = ("", "", "")
        self.receipt = ""

    def typed(self, reference: str, atena_no: str, value: str) -> None:
        if self.core.down:
            raise TransientError("つながりません。")
        error = self.core.screen_faults.get(reference)
        if error is not None:
            raise error
        self.current = (reference, atena_no, value)

    def begin(self, dialogs: Sequence[DialogRule]) -> None: ...

    def open(self, place: str) -> None: ...

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        return marks[0]

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        return ()

    def press(self, target: Target) -> None: ...

    def pick(self, picking: Picking) -> None: ...

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]:
        return ()

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        self.core.requests += 1
        self.core.at_register()
        fault = self.core.faults.get(self.core.requests, "")
        reference, atena_no, value = self.current
        if fault == "before":
            return Answer(None, sent=1)
        if fault == "lie":
            self.receipt = "K-9999"
            return Answer(Meaning.COMPLETED, "done", sent=1)
        if fault == "raise_before":
            raise RuntimeError("secret value")
        if fault == "late":
            record = self.core.commit(reference, atena_no, value)
            record.visible_at = self.core.clock.now() + timedelta(seconds=1000)
            return Answer(None, sent=1)
        record = self.core.commit(reference, atena_no, "別の値" if fault == "wrong" else value)
        if fault == "double":
            self.core.commit(reference, atena_no, value)
        self.receipt = record.record_id
        if fault == "after":
            return Answer(None, sent=1)
        if fault == "raise_after":
            raise RuntimeError("secret value")
        if fault == "dialog":
            return Answer(None, sent=1, dialogs=("alert",))
        if fault == "interrupt":
            raise KeyboardInterrupt
        return Answer(Meaning.COMPLETED, "done", sent=1)

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        return self.receipt, True

    def outline(self) -> str:
        return "main"

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        return None


class ImitatedLookUp:
    def __init__(self, core: ImitatedCore) -> None:
        self.core = core
        self.broken = 0

    def ahead(self, query: Search, record_id: str = "") -> None: ...

    def search(self, query: Search) -> tuple[CoreRecord, ...]:
        if query.atena_no == CANARY_PERSON:
            return () if self.core.blind else (CoreRecord("K-0000", "", CANARY_PERSON),)
        if self.broken:
            self.broken -= 1
            raise LookUpUnreadable("broken")
        return tuple(
            CoreRecord(r.record_id, r.reference, r.atena_no, "", r.operator, r.at, "")
            for r in self.core.visible()
            if not query.reference or r.reference == query.reference
        )

    def detail(self, record_id: str) -> CoreDetail:
        record = next(r for r in self.core.log if r.record_id == record_id)
        return CoreDetail(record_id, {"値": record.value})


class ImitatedSession:
    def __init__(self, core: ImitatedCore) -> None:
        self.core = core
        self.screen = ImitatedScreen(core)
        self.look_up = ImitatedLookUp(core)
        self.sender = Sender(4711, 1.0, "host")
        self.stopped = 0
        self.log_ins = 0

    def start(self) -> None:
        if self.core.down:
            from bridge_agent.domain.errors import SystemDown

            raise SystemDown("基幹システムが応答しません。")

    def renew(self) -> None:
        self.start()

    def stop_sender(self) -> None:
        self.stopped += 1

    def close(self) -> None: ...


class ImitatedSource:
    name = "minamo"
    scope = "default"

    def __init__(self, applications: Sequence[Application]) -> None:
        self.applications = {a.key.receipt_no: a for a in applications}
        self.standings: dict[str, Standing] = {}
        self.linked: dict[str, str] = {}
        self.delivered = 0

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

    def plan(self, application: Application) -> EntryPlan:
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
