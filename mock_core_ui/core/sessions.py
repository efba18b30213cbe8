"""Log-in sessions of a mock core, held in memory: who, since when idle, and the entries awaiting confirmation."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mock_core_ui.core.values import Values

PASSWORD_LENGTH = 8
"""Fewest characters of a new password."""


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
    once: bool = False
    """Whether a second register request from it is refused."""
    shows_other: bool = False
    """Whether its completion screen shows another record."""


@dataclass(slots=True)
class Session:
    user: str
    last_used: datetime
    drafts: dict[str, Draft] = field(default_factory=dict)
    must_change: bool = False
    """Whether nothing but changing the password is allowed."""
    papers: dict[str, str] = field(default_factory=dict)
    """Papers that were taken up and wait for an entry: token -> name."""
    added_field: str = ""
    """Label of the additional field that the entry form last showed, '' when it showed none."""

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

    def __init__(
        self,
        users: Mapping[str, str],
        idle: timedelta,
        clock: Callable[[], datetime],
        one_per_account: bool = False,
    ) -> None:
        """With `one_per_account` a log-in ends all other sessions of its account."""
        self._users = dict(users)
        self._one_per_account = one_per_account
        self._taken_over: set[str] = set()
        self._idle = idle
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def log_in(self, user: str, password: str) -> str | None:
        """A new session's key, or None when user or password are wrong."""
        if not self._knows(user, password):
            return None
        if self._one_per_account:
            return self.take_over(user)
        key = secrets.token_urlsafe(18)
        with self._lock:
            self._sessions[key] = Session(user, self._clock())
        return key

    def take_over(self, user: str) -> str:
        """Ends every session of an account for a new one, whose key it returns; `taken_over` tells of the others."""
        key = secrets.token_urlsafe(18)
        with self._lock:
            ended = [other for other, session in self._sessions.items() if session.user == user]
            for other in ended:
                del self._sessions[other]
            self._taken_over.update(ended)
            self._sessions[key] = Session(user, self._clock())
        return key

    def taken_over(self, key: str) -> bool:
        """Whether a session was ended by a log-in elsewhere."""
        with self._lock:
            return key in self._taken_over

    def change_password(self, key: str, old: str, new: str) -> bool:
        """Sets a new password (8 characters at least, other than the old one) until the server stops."""
        session = self.find(key)
        if session is None or not self._knows(session.user, old) or len(new) < PASSWORD_LENGTH or new == old:
            return False
        with self._lock:
            self._users[session.user] = new
            session.must_change = False
        return True

    def _knows(self, user: str, password: str) -> bool:
        expected = self._users.get(user)
        return expected is not None and secrets.compare_digest(expected.encode(), password.encode())

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
