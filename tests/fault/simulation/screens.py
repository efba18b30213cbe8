"""One account's log-in as the agent drives it: entry screen, look-up pages, browser. Production reads the look-up pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from bridge_agent.domain.core_profile import CoreProfile, LookUpProfile
from bridge_agent.domain.errors import BusinessError, LoginRefused, SystemDown, TransientError
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
from bridge_agent.domain.ports import Papers, Sender
from bridge_agent.domain.ports import Screen as ScreenPort
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer
from bridge_agent.drivers.browser.look_up import BrowserLookUp
from tests.fault.simulation.schedule import IN_REGISTER
from tests.fault.simulation.world import (
    CANARY_PERSON,
    CANARY_RECORD,
    COLUMNS,
    HEADINGS,
    PAGE_SIZE,
    SETTLE_S,
    SUBMIT_S,
    VISIBILITY_S,
    Request,
    SimSender,
    World,
)
from tests.idle_screen import IdleScreen

if TYPE_CHECKING:
    from tests.fault.simulation.processes import Process

BUTTON = Target((Rung(How.ROLE, "button|登録する"),))
DONE = Mark("done", (Sign(text="登録が完了しました"),), Meaning.COMPLETED)
REFUSED = Mark("refused", (Sign(text="登録できません"),), Meaning.REFUSED)


def profile(*, policy: str, by_reference: bool, fixed_canary: bool, settle_s: float = SETTLE_S) -> CoreProfile:
    mark = {"shows": [{"text": "ログイン"}]}
    canary = (
        {"canary_atena_no": CANARY_PERSON, "canary_record": CANARY_RECORD, "canary_procedure": "手続"}
        if fixed_canary
        else {}
    )
    search = {"by_reference": {"get": "/r?{reference}&{page}"}} if by_reference else {}
    return CoreProfile.model_validate(
        {
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
            "limits": {"settle_s": settle_s, "visibility_max_s": VISIBILITY_S, "submit_s": SUBMIT_S},
            "resubmit_on_absent": policy,
            "lookup": {
                "via": "http",
                **search,
                "by_person": {"get": "/p?{atena_no}&{page}"},
                "detail": {"get": "/d?{record}"},
                "list": {
                    "rows": "tr",
                    "headings": "th",
                    "columns": COLUMNS,
                    "count": "p",
                    "count_pattern": "(\\d+)",
                    "page_size": PAGE_SIZE,
                },
                "record": {"rows": "tr", "label": "th", "value": "td"},
                **canary,
            },
        }
    )


@dataclass(slots=True)
class Look:
    """One search as the core answered it, and what was visible there at that moment."""

    at: float
    asked: str
    visible: tuple[str, ...]
    shown: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Act:
    """Opens the entry screen, or types the application into it."""

    kind: str
    content: tuple[str, str, str]
    fields: tuple[BoundField, ...] = ()

    def perform(self, screen: ScreenPort) -> ActReport:
        entry = cast(EntryScreen, screen)
        return entry.opened(self.content[0]) if self.kind == "open" else entry.typed(self.content)


class EntryScreen(IdleScreen):
    def __init__(self, session: Session) -> None:
        self.session = session
        self.content: tuple[str, str, str] | None = None
        self.is_open = False
        self.receipt = ""
        self.proved = True

    def _strange(self) -> None:
        p = self.session.process
        p.must_live()
        w = p.world
        w.spend(0.05)
        if w.calm or not w.schedule.happens(w.schedule.screen_fault):
            return
        match w.schedule.pick(("business", "changed", "dialog", "transient", "slow", "crash", "unknown")):
            case "business":
                raise BusinessError(Reason.RESIDENT_DIFFERS)
            case "changed":
                raise BusinessError(Reason.SCREEN_CHANGED)
            case "dialog":
                raise BusinessError(Reason.DIALOG_UNKNOWN)
            case "transient":
                raise TransientError("時間切れ")
            case "slow":
                p.sleep(w.schedule.between(60, 200))
            case "crash":
                w.kill_sender(self.session.browser)
            case _:
                raise ValueError("unknown")

    def _alive(self) -> None:
        if not self.session.browser.alive:
            raise TransientError("ブラウザがありません。")

    def begin(self, dialogs: Sequence[DialogRule], papers: Papers | None = None) -> None:
        self.content, self.is_open = None, False

    def opened(self, receipt_no: str) -> ActReport:
        self._strange()
        self._alive()
        self.session.world.must_not_wait(receipt_no)
        self.is_open = True
        return ActReport()

    def typed(self, content: tuple[str, str, str]) -> ActReport:
        self._strange()
        self._alive()
        if not self.is_open:
            raise TransientError("入力画面がありません。")
        self.content = content
        w = self.session.process.world
        differs = not w.calm and w.schedule.happens(w.schedule.screen_fault / 4)
        return ActReport(1, 0 if differs else 1)

    def lost(self) -> None:
        self.content, self.is_open = None, False

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        p = self.session.process
        p.must_live()
        sender = self.session.browser
        if not sender.alive or self.content is None:
            raise TransientError("ブラウザがありません。")
        p.sim.rules.at_register(p, sender, self.content[0])
        request = p.world.send(sender, self.content, p.operator)
        self.content = None
        p.sim.point(IN_REGISTER)
        p.sleep(timeout_s if request.outcome.startswith("hang") else p.world.schedule.between(0.4, 0.9))
        if not sender.alive:
            raise TransientError("ブラウザがありません。")
        return self._answer(request)

    def _answer(self, request: Request) -> Answer:
        self.proved = True
        self.session.world.settle()
        self.receipt = request.commit.record_id if request.commit else "K-9999"
        match request.outcome:
            case "ok" | "double" | "wrong_value" | "late_visible" | "said_but_not_done":
                return Answer(Meaning.COMPLETED, "done", sent=1)
            case "other_person" | "other_person_committed":
                self.proved = False
                return Answer(Meaning.COMPLETED, "done", sent=1)
            case "refused" | "refused_but_done":
                return Answer(Meaning.REFUSED, "refused", sent=1)
            case "dialog" | "dialog_committed":
                return Answer(None, sent=1, dialogs=("alert",))
            case "session_lost_before" | "session_lost_after":
                return Answer(Meaning.SESSION_LOST, sent=1)
            case "fuse_blocked":
                return Answer(Meaning.COMPLETED, "done", sent=1, blocked=2)
            case "fuse_silent":
                return Answer(Meaning.COMPLETED, "done", sent=0)
            case "system_down":
                return Answer(Meaning.SYSTEM_DOWN, sent=1)
            case "drop_before" | "drop_after":
                raise TransientError("つながりません。")
            case "raise_before" | "raise_after":
                raise ValueError("secret value")
            case _:
                return Answer(None, sent=1)

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        self._strange()
        return self.receipt, self.proved

    def outline(self) -> str:
        return "main"

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        return b"png"


class Session:
    """CoreSession of one process; the browser behind it may survive it."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.world: World = process.world
        self.browser = SimSender(0, process.host, alive=False)
        self.screen = EntryScreen(self)
        assert isinstance(process.profile.lookup, LookUpProfile)
        self.look_up = BrowserLookUp(process.profile.lookup, cast(Any, self))
        self.side = self
        self.log_ins = 0

    @property
    def sender(self) -> Sender | None:
        return Sender(self.browser.pid, 1.0, self.browser.host) if self.browser.alive else None

    def start(self) -> None:
        self.process.must_live()
        w = self.world
        w.spend(0.3)
        if not w.calm and w.schedule.happens(w.schedule.screen_fault / 3):
            error = w.schedule.pick((SystemDown, LoginRefused, TransientError))
            raise error("ログインできません。")
        if not self.browser.alive:
            self.browser = w.new_sender(self.process.host)
            self.process.senders.append(self.browser)
        self._logged_in()

    def _logged_in(self) -> None:
        self.log_ins += 1
        self.screen.lost()

    def renew(self) -> None:
        self.process.must_live()
        self.world.spend(0.2)
        if not self.browser.alive:
            raise TransientError("ブラウザがありません。")
        self._logged_in()

    def stop_sender(self) -> None:
        self.process.must_live()
        self.world.kill_sender(self.browser)
        self.screen.lost()

    def close(self) -> None:
        self.process.must_live()
        self.world.kill_sender(self.browser)

    # ---- look-up pages ---------------------------------------------------------------------------------------

    def begin(self, path: str, wanted: object) -> None: ...

    def fetch(self, path: str, form: object, wanted: object) -> Mapping[str, Any]:
        self.process.must_live()
        w = self.world
        w.spend(0.03)
        if not self.browser.alive:
            raise TransientError("ブラウザがありません。")
        trouble = w.outage()
        if not trouble and not w.calm and w.schedule.happens(w.schedule.look_fault):
            trouble = w.schedule.pick(("lost", "lost", "unreadable", "down", "count", "raise"))
        match trouble:
            case "unreadable":
                return {"fault": "broken"}
            case "down":
                return {"status": 500}
            case "lost":
                return {"lost": True}
            case "raise":
                raise TransientError("つながりません。")
            case _:
                pass
        if path.startswith("/d?"):
            return self._detail(path[3:])
        return self._list(path, trouble)

    def _detail(self, record_id: str) -> Mapping[str, Any]:
        record = next((c for c in self.world.log if c.record_id == record_id), None)
        lines = [("", "値", record.value)] if record is not None else []
        self.process.details[record_id] = record.value if record is not None else ""
        return {"status": 200, "detail": {"faults": [], "lines": lines}}

    def _list(self, path: str, trouble: str) -> Mapping[str, Any]:
        asked, _, page = path.rpartition("&")
        truth = self.world.rows(path)
        if page == "1":
            self.process.looks.append(Look(self.world.now, asked, tuple(r[0] for r in truth)))
        rows = [] if trouble == "blind" else truth
        begin = (int(page) - 1) * PAGE_SIZE
        part = rows[begin : begin + PAGE_SIZE]
        self.process.looks[-1].shown += part
        count = len(rows) + (1 if trouble == "count" else 0)
        return {
            "status": 200,
            "texts": {"count": f"{count} 件"},
            "none": False,
            "rows": part,
            "headings": HEADINGS,
        }

    @staticmethod
    def lost(told: Mapping[str, Any]) -> bool:
        return bool(told.get("lost"))

    @staticmethod
    def down(told: Mapping[str, Any]) -> bool:
        return False
