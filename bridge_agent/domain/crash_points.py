"""Named points before and after every durable write and every foreign action, where a test may make the agent die.

In production nothing is installed and a point costs one comparison. Tests install a hook that kills, raises or pauses.
The names are a closed set, so that a campaign can prove that it has reached all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum


class Write(StrEnum):
    """Durable writes of the ledger: one transaction each, named after the ledger's method."""

    START_RUN = "start_run"
    IN_SCOPE = "in_scope"
    TAKE_IN = "take_in"
    STOP_FORMS = "stop_forms"
    REHOME = "rehome"
    END_RUN = "end_run"
    REQUEST_STOP = "request_stop"
    OWN_LANE = "own_lane"
    KEEP_LANE = "keep_lane"
    OPEN_BREAKER = "open_breaker"
    CLOSE_BREAKER = "close_breaker"
    ADOPT = "adopt"
    RECOVER = "recover"
    CLAIM = "claim"
    PUT_BACK = "put_back"
    HOLD = "hold"
    CLOSE_WITHDRAWN = "close_withdrawn"
    ARM = "arm"
    SEEN = "seen"
    IN_DOUBT = "in_doubt"
    SENDER_STOPPED = "sender_stopped"
    LOOKED = "looked"
    REGISTERED = "registered"
    HOLD_AFTER_ATTEMPT = "hold_after_attempt"
    LOOK_LATER = "look_later"
    TRY_AGAIN = "try_again"
    REPORTED = "reported"
    REPORT_REFUSED = "report_refused"
    RECONCILED = "reconciled"
    HOLD_AFTER_REGISTRATION = "hold_after_registration"
    COUNTED = "counted"
    RELEASE = "release"
    ASK_AGAIN = "ask_again"
    CLOSE_HELD = "close_held"
    WITNESSED = "witnessed"
    RESTORE = "restore"
    COLLECTED = "collected"
    RECONSTRUCT = "reconstruct"
    HOLD_FORGOTTEN = "hold_forgotten"
    RELEASE_ABSENT = "release_absent"
    PURGE = "purge"


class Action(StrEnum):
    """Foreign actions: whatever another system, another process or a file outside the ledger can notice."""

    LIST = "list"
    DOWNLOAD = "download"
    KILL_OWNER = "kill_owner"
    KILL_SENDER = "kill_sender"
    START_SESSION = "start_session"
    RENEW_SESSION = "renew_session"
    STOP_SENDER = "stop_sender"
    CLOSE_SESSION = "close_session"
    CANARY = "canary"
    ASK_SOURCE = "ask_source"
    PRE_CHECK = "pre_check"
    ACT = "act"
    REGISTER = "register"
    READ_ENDING = "read_ending"
    EVIDENCE = "evidence"
    LOOK_AFTER = "look_after"
    LOOK_DOUBT = "look_doubt"
    LOOK_RECONCILE = "look_reconcile"
    REPORT = "report"


BEFORE, WITHIN, AFTER = "before", "within", "after"


def every_point() -> tuple[str, ...]:
    """All points: a write has three (the middle one just before its commit), an action two."""
    writes = [f"{at} write {w}" for w in Write for at in (BEFORE, WITHIN, AFTER)]
    return (*writes, *(f"{at} action {a}" for a in Action for at in (BEFORE, AFTER)))


Hook = Callable[[str], None]
_hook: Hook | None = None


def install(hook: Hook | None) -> None:
    """Tests only: call `hook` with the point's name whenever one is reached; None takes it away."""
    global _hook
    _hook = hook


def reach(at: str, what: Write | Action) -> None:
    if _hook is not None:
        _hook(f"{at} {'write' if isinstance(what, Write) else 'action'} {what}")


@contextmanager
def action(what: Action) -> Iterator[None]:
    """Encloses a foreign action. The point after it is reached only when it did not raise."""
    reach(BEFORE, what)
    yield
    reach(AFTER, what)
