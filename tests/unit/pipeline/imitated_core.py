"""An imitated core: its clock, records and screens, and a session that enters there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bridge_agent.domain.errors import TransientError
from bridge_agent.domain.plan import (
    ActReport,
    BoundField,
    DialogRule,
    How,
    Mark,
    Meaning,
    Rung,
    Sign,
    Target,
)
from bridge_agent.domain.ports import LookUpUnreadable, Papers, Screen, Search, Sender
from bridge_agent.domain.result import Answer, CoreDetail, CoreRecord
from tests.idle_screen import IdleScreen

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
OPERATOR = "連携 一号"
CANARY_PERSON = "9999999999"
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


class ImitatedScreen(IdleScreen):
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

    def begin(self, dialogs: Sequence[DialogRule], papers: Papers | None = None) -> None: ...

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
