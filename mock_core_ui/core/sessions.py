"""Log-in sessions of a mock core, held in memory: who, since when idle, and the entries awaiting confirmation."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mock_core_ui.core.values import Values


@dataclass(slots=True)
class Draft:
    """An entry between the confirm screen and the completion screen."""

    procedure: str
    atena_no: str
    values: Values
    warned: bool = False
    """Whether the confirm screen showed the duplicate warning."""
    receipts: list[str] = field(default_factory=list)
    """Receipt numbers of the records made from it: two when its request came in twice."""


@dataclass(slots=True)
class Session:
    user: str
    last_used: datetime
    drafts: dict[str, Draft] = field(default_factory=dict)

    def keep(self, draft: Draft) -> str:
        """Keeps a draft and returns the token that its confirm screen carries."""
        token = secrets.token_urlsafe(12)
        self.drafts[token] = draft
        return token

    def settle(self, receipt: str) -> Draft | None:
        """Takes away the draft that became this record, under all its tokens; None when there is none any more."""
        found: Draft | None = None
        for token, draft in list(self.drafts.items()):
            if receipt in draft.receipts:
                found = draft
                self.drafts.pop(token, None)
        return found


class Sessions:
    """All sessions of one core. Thread-safe."""

    def __init__(self, users: Mapping[str, str], idle: timedelta, clock: Callable[[], datetime]) -> None:
        self._users = dict(users)
        self._idle = idle
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def log_in(self, user: str, password: str) -> str | None:
        """A new session's key, or None when user or password are wrong."""
        expected = self._users.get(user)
        if expected is None or not secrets.compare_digest(expected.encode(), password.encode()):
            return None
        key = secrets.token_urlsafe(18)
        with self._lock:
            self._sessions[key] = Session(user, self._clock())
        return key

    def find(self, key: str) -> Session | None:
        """The live session of a key, its idle time started anew; None when unknown or idle too long."""
        now = self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if now - session.last_used > self._idle:
                del self._sessions[key]
                return None
            session.last_used = now
            return session

    def end(self, key: str) -> None:
        """Ends a session; no error when there is none."""
        with self._lock:
            self._sessions.pop(key, None)
