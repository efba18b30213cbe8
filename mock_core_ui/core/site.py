"""What all dialects share around a request: settings, clock, sessions, and where the fault plan is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import Response, current_app, g, make_response, request

from mock_core_ui.core.catalogue import CORES
from mock_core_ui.core.sessions import Draft, Session, Sessions
from mock_core_ui.core.store import TOKYO, Store
from mock_core_ui.faults import FaultPlan, Firing, Phase

OPERATOR_NAMES = {"bridge01": "連携 一号", "bridge02": "連携 二号", "clerk01": "汐見 花江", "clerk02": "原田 港"}
"""Names shown beside the user ids; an unknown user is shown by the id alone."""

SESSION_HEADER = "X-Session"
"""Where a client that keeps no cookies sends its session's key."""

_EXPIRED = "セッションの有効期限が切れました。再度ログインしてください。"
_TAKEN_OVER = "同じ利用者が別の端末でログインしたため、ログアウトしました。"


Page = str | Response


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
    one_session_per_account: bool = False
    """Whether a log-in ends the other sessions of its account."""


@dataclass(frozen=True, slots=True)
class Pages:
    """How a dialect shows what is not on its ordinary way: as text of a page, or as a whole answer."""

    login: Callable[[str], Page]
    """The log-in page with a message."""
    error: Callable[[int], Page]
    message: Callable[[str], Page]
    failure: Callable[[str], Page]
    """An error in the core's own words."""
    password: Callable[[str], Page]
    """The page on which the password has to be changed, with a message."""
    entry: Callable[[Draft, list[str]], Page]
    """The entry form with the draft's values and with errors."""


@dataclass(slots=True)
class CoreSite:
    """One mock core while it runs."""

    settings: CoreSettings
    store: Store
    plan: FaultPlan
    pages: Pages
    cookie: str
    """The cookie that carries the session's key, '' where a header of the request does."""
    start: str
    """Address of the first page after the log-in."""
    sessions: Sessions = field(init=False)
    stopping: threading.Event = field(default_factory=threading.Event)
    """Set when the server stops: ends every wait."""
    wire_report: Callable[[], Mapping[str, int]] = dict

    def __post_init__(self) -> None:
        settings = self.settings
        idle = timedelta(minutes=settings.expiry_minutes)
        self.sessions = Sessions(settings.users, idle, settings.clock, settings.one_session_per_account)

    @property
    def name(self) -> str:
        """The system's name as shown."""
        return CORES[self.settings.core]

    def now(self) -> datetime:
        """The time that the core believes in during this request, UTC."""
        return self.settings.clock() + cast(timedelta, g.get("clock_offset", timedelta()))

    def today(self) -> datetime:
        """Now, in Tokyo."""
        return self.now().astimezone(TOKYO)

    # -- sessions ---------------------------------------------------------------------------------------------

    @property
    def session_key(self) -> str:
        """What the client sent as its session, '' for nothing."""
        return request.cookies.get(self.cookie, "") if self.cookie else request.headers.get(SESSION_HEADER, "")

    def session(self) -> Session | None:
        """The session of this request, if it may do anything."""
        found = self.sessions.find(self.session_key)
        return None if found is not None and found.must_change else found

    def login_page(self, message: str = "") -> Response:
        """What stands in the way of somebody without a session, and says why it does."""
        found = self.sessions.find(self.session_key)
        if not message and found is not None and found.must_change:
            return make_response(self.pages.password(""))
        if not message and self.session_key:
            message = _TAKEN_OVER if self.sessions.taken_over(self.session_key) else _EXPIRED
        return make_response(self.pages.login(message))

    def log_in(self, user: str, password: str) -> tuple[str, tuple[Firing, ...]] | None:
        """A new session's key for a user and the password, with the faults that strike; None if wrong."""
        key = self.sessions.log_in(user, password)
        return None if key is None else (key, self.plan.fired(Phase.ON_LOGIN, self.settings.core))

    def keep_session(self, answer: Response, key: str) -> None:
        """Hands the session's key to the browser."""
        answer.set_cookie(self.cookie, key, httponly=True, samesite="Lax")

    def log_out(self) -> None:
        """Ends the session of this request."""
        self.sessions.end(self.session_key)

    def expire(self) -> Response:
        """Ends the session of this request as if it had been idle too long."""
        self.log_out()
        return self.login_page(_EXPIRED)

    # -- faults -----------------------------------------------------------------------------------------------

    def page(self, kind: str, procedure: str = "") -> tuple[Firing, ...]:
        """Says which kind of page this request shows; effects on the page are applied when it leaves."""
        firings = self.plan.fired(Phase.ON_PAGE, self.settings.core, procedure, kind)
        g.page_firings = firings
        return firings


def site() -> CoreSite:
    """The core that this request came to."""
    return cast(CoreSite, current_app.extensions["core_site"])
