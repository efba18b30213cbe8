"""What both dialects share around a request: settings, sessions, the way to a commit, and the faults on that way."""

from __future__ import annotations

import json
import secrets
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import Flask, Response, current_app, g, make_response, request

from mock_core_ui.core.catalogue import CORES
from mock_core_ui.core.catalogue.screen import REFERENCE_NAME, Screen
from mock_core_ui.core.sessions import Draft, Session, Sessions
from mock_core_ui.core.store import TOKYO, NewRecord, Store
from mock_core_ui.core.values import application_date, text_of
from mock_core_ui.faults import BadRule, Effect, FaultPlan, Firing, Phase, menu_report

WIRE_HEADER = "X-Mock-Wire"
TOKEN_HEADER = "X-Mock-Token"

OPERATOR_NAMES = {"bridge01": "連携 一号", "bridge02": "連携 二号", "clerk01": "汐見 花江", "clerk02": "原田 港"}
"""Names shown beside the user ids; an unknown user is shown by the id alone."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class CoreSettings:
    core: str
    users: Mapping[str, str]
    """User id -> password."""
    control_token: str
    expiry_minutes: float = 30
    clock: Callable[[], datetime] = _now


@dataclass(frozen=True, slots=True)
class Pages:
    """How a dialect shows the pages that faults need."""

    login: Callable[[str], str]
    """The log-in page with a message."""
    error: Callable[[int], str]


@dataclass(slots=True)
class CoreSite:
    """One mock core while it runs."""

    settings: CoreSettings
    store: Store
    plan: FaultPlan
    pages: Pages
    cookie: str
    sessions: Sessions = field(init=False)
    stopping: threading.Event = field(default_factory=threading.Event)
    """Set when the server stops: ends every wait."""
    wire_report: Callable[[], Mapping[str, int]] = dict

    def __post_init__(self) -> None:
        settings = self.settings
        self.sessions = Sessions(settings.users, timedelta(minutes=settings.expiry_minutes), settings.clock)

    @property
    def name(self) -> str:
        """The system's name as shown."""
        return CORES[self.settings.core]

    def today(self) -> datetime:
        """Now, in Tokyo."""
        return self.settings.clock().astimezone(TOKYO)

    def session(self) -> Session | None:
        """The session of this request."""
        return self.sessions.find(request.cookies.get(self.cookie, ""))

    def login_page(self, message: str = "") -> Response:
        """The log-in page, status 200; says so when a session has run out."""
        expired = "セッションの有効期限が切れました。再度ログインしてください。"
        return make_response(self.pages.login(message or (expired if self.cookie in request.cookies else "")))

    def log_in(self, target: str) -> Response | None:
        """Starts a session from the posted user and password and leads to `target`; None when they are wrong."""
        key = self.sessions.log_in(request.form.get("userid", ""), request.form.get("password", ""))
        if key is None:
            return None
        answer = Response(status=303, headers={"Location": target})
        answer.set_cookie(self.cookie, key, httponly=True, samesite="Lax")
        return answer

    def log_out(self) -> None:
        """Ends the session of this request."""
        self.sessions.end(request.cookies.get(self.cookie, ""))

    # -- faults -----------------------------------------------------------------------------------------------

    def page(self, kind: str, procedure: str = "") -> tuple[Firing, ...]:
        """Says which kind of page this request shows; effects on the page are applied when it leaves."""
        firings = self.plan.fired(Phase.ON_PAGE, self.settings.core, procedure, kind)
        g.page_firings = firings
        return firings

    def warns_of_duplicate(self, firings: tuple[Firing, ...]) -> bool:
        """Whether a fault forces the duplicate warning."""
        return any(firing.fault.effect is Effect.DUPLICATE_WARNING for firing in firings)

    def lookup(self, kind: str) -> Response | None:
        """Asks for faults of the look-up; an answer takes the place of the page."""
        return self._interruption(self.plan.fired(Phase.ON_LOOKUP, self.settings.core, page=kind))

    def login_faults(self) -> Response | None:
        """Asks for faults of the log-in; an answer takes the place of the page."""
        return self._interruption(self.plan.fired(Phase.ON_LOGIN, self.settings.core))

    def _interruption(self, firings: tuple[Firing, ...]) -> Response | None:
        answer: Response | None = None
        for firing in firings:
            match firing.fault.effect:
                case Effect.WAIT:
                    if self.stopping.wait(firing.number("seconds")):
                        answer = make_response(self.pages.error(503), 503)
                case Effect.ERROR:
                    status = int(firing.number("status"))
                    answer = make_response(self.pages.error(status), status)
                case Effect.LOGIN_PAGE:
                    self.log_out()
                    answer = self.login_page("セッションの有効期限が切れました。再度ログインしてください。")
                case Effect.DROP | Effect.RESET:
                    g.wire = firing.fault.effect.value
                    answer = Response("")
                case Effect.STALL:
                    g.wire = f"stall:{firing.number('seconds'):g}"
                case Effect.TRUNCATE | Effect.ALERT | Effect.DUPLICATE_WARNING | Effect.HIDE:
                    pass
        return answer

    def finish(self, answer: Response) -> Response:
        """Applies what faults ask of the outgoing page."""
        for firing in cast(tuple[Firing, ...], g.get("page_firings", ())):
            if firing.fault.effect is Effect.ALERT:
                text = str(firing.parameters["text"])
                quoted = json.dumps(text, ensure_ascii=False).replace("<", "\\u003c")
                script = f"<script>alert({quoted})</script></body>"
                answer.set_data(answer.get_data(as_text=True).replace("</body>", script))
            if firing.fault.effect is Effect.TRUNCATE:
                g.wire = f"truncate:{firing.number('bytes'):g}"
        if "wire" in g:
            answer.headers[WIRE_HEADER] = g.wire
        answer.headers["Cache-Control"] = "no-store"
        return answer

    # -- the commit -------------------------------------------------------------------------------------------

    def refuse(self, procedure: str) -> Response | None:
        """Asks for faults before the commit; an answer means that nothing must be stored."""
        return self._interruption(self.plan.fired(Phase.BEFORE_COMMIT, self.settings.core, procedure))

    def commit(self, screen: Screen, draft: Draft, session: Session) -> tuple[str, Response | None]:
        """Stores the draft. Returns the receipt number and, if a fault replaced it, the answer to give."""
        now = self.settings.clock()
        receipt = self.store.commit(
            NewRecord(
                prefix=screen.prefix,
                procedure=screen.procedure,
                atena_no=draft.atena_no,
                reference=text_of(draft.values, REFERENCE_NAME),
                application_date=application_date(screen, draft.values),
                operator=session.user,
                registered_at=now,
                values=draft.values,
                request_id=g.request_id,
            )
        )
        draft.receipts.append(receipt)
        firings = self.plan.fired(Phase.AFTER_COMMIT, self.settings.core, screen.procedure)
        for firing in firings:
            if firing.fault.effect is Effect.HIDE:
                self.store.hide_until(receipt, now + timedelta(seconds=firing.number("seconds")))
        return receipt, self._interruption(firings)


def site() -> CoreSite:
    """The core that this request came to."""
    return cast(CoreSite, current_app.extensions["core_site"])


def install(app: Flask, core_site: CoreSite) -> None:
    """Adds what every core has to an application: request ids, faults on pages, the control addresses."""
    app.extensions["core_site"] = core_site

    @app.before_request
    def _identify() -> None:
        g.request_id = uuid.uuid4().hex

    @app.after_request
    def _finish(answer: Response) -> Response:
        return core_site.finish(answer)

    @app.route("/_mock/faults", methods=["GET", "POST"])
    def _faults() -> tuple[dict[str, object], int]:
        if not _trusted(core_site):
            return {"error": "token"}, 403
        if request.method == "POST":
            try:
                core_site.plan.replace(request.get_json(force=True, silent=True))
            except BadRule as error:
                return {"error": str(error)}, 400
        return {"rules": core_site.plan.report(), "menu": list(menu_report())}, 200

    @app.get("/_mock/wire")
    def _wire() -> tuple[dict[str, object], int]:
        if not _trusted(core_site):
            return {"error": "token"}, 403
        return dict(core_site.wire_report()), 200


def _trusted(core_site: CoreSite) -> bool:
    given = request.headers.get(TOKEN_HEADER, "")
    return secrets.compare_digest(given.encode(), core_site.settings.control_token.encode())
