"""What can go wrong at a mock server, and the plan that says when. Faults plug in here: one `Fault` line each.

The servers ask the plan at fixed places (see `Phase`) and carry out the effects that fire. Nothing here touches a
request: a fault that needs a new effect adds one word to `Effect` and one branch where the servers apply effects.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Phase(StrEnum):
    """Where the plan is asked; each rule counts the questions that concern it."""

    BEFORE_COMMIT = "before_commit"
    """A register request has come in and nothing is stored yet."""
    AFTER_COMMIT = "after_commit"
    """The record is stored and the answer not yet sent."""
    ON_PAGE = "on_page"
    """A page is about to be shown; `page` says which kind."""
    ON_LOGIN = "on_login"
    ON_LOOKUP = "on_lookup"
    """A list or a detail of the look-up is asked for."""


class Effect(StrEnum):
    """What a server can be made to do."""

    ERROR = "error"
    """Answer with `status` and the system's error page."""
    WAIT = "wait"
    """Wait `seconds`, then go on as usual."""
    LOGIN_PAGE = "login_page"
    """End the session and answer with the log-in page, status 200."""
    DROP = "drop"
    """Close the connection without a byte of answer."""
    RESET = "reset"
    STALL = "stall"
    """Keep the answer back for `seconds`."""
    TRUNCATE = "truncate"
    """Send the whole Content-Length but only `bytes` of the body."""
    ALERT = "alert"
    """Show an alert with `text` when the page is loaded."""
    DUPLICATE_WARNING = "duplicate_warning"
    HIDE = "hide"
    """Keep the new record out of the look-up for `seconds`."""


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    """Its line in the fault menu (M4)."""
    name: str
    title: str
    phase: Phase
    effect: Effect
    origin: Literal["real", "imitated"]
    """Whether the thing itself happens (a socket is closed) or only what is seen of it."""
    page: str = ""
    """For ON_PAGE and ON_LOOKUP: the kind of page it strikes unless a rule names another; '' any."""
    parameters: Mapping[str, str | float] = field(default_factory=dict)
    """Defaults; a rule may give other values under the same keys."""


_STATUS = {"status": 500}
_MINUTE = {"seconds": 60}
_BYTES = {"bytes": 200}

_FAULTS = (
    Fault("M1", "commit_then_error", "登録後に500", Phase.AFTER_COMMIT, Effect.ERROR, "real", "", _STATUS),
    Fault("M1b", "error_before_commit", "登録前に500", Phase.BEFORE_COMMIT, Effect.ERROR, "real", "", _STATUS),
    Fault("M2", "hang_then_commit", "応答が遅れてから登録", Phase.BEFORE_COMMIT, Effect.WAIT, "real", "", _MINUTE),
    Fault("M3", "commit_then_hang", "登録後に無応答", Phase.AFTER_COMMIT, Effect.STALL, "real", "", _MINUTE),
    Fault("M4", "commit_then_drop", "登録後に応答なしで切断", Phase.AFTER_COMMIT, Effect.DROP, "real"),
    Fault("M4b", "drop_before_commit", "登録前に応答なしで切断", Phase.BEFORE_COMMIT, Effect.DROP, "real"),
    Fault("M5", "commit_then_reset", "登録後にTCPリセット", Phase.AFTER_COMMIT, Effect.RESET, "real"),
    Fault("M9", "truncated_page", "途中で切れた画面", Phase.ON_PAGE, Effect.TRUNCATE, "real", "complete", _BYTES),
    Fault("M12", "expired_before_submit", "登録前にセッション切れ", Phase.BEFORE_COMMIT, Effect.LOGIN_PAGE, "real"),
    Fault("M13", "expired_after_commit", "登録後にセッション切れ", Phase.AFTER_COMMIT, Effect.LOGIN_PAGE, "real"),
    Fault(
        "M16",
        "unexpected_alert",
        "入力画面で予期しない警告",
        Phase.ON_PAGE,
        Effect.ALERT,
        "imitated",
        "entry",
        {"text": "サーバとの通信が一時的に不安定です。"},
    ),
    Fault(
        "M16b",
        "unexpected_alert_after_commit",
        "登録後に予期しない警告",
        Phase.ON_PAGE,
        Effect.ALERT,
        "imitated",
        "complete",
        {"text": "印刷サービスに接続できません。"},
    ),
    Fault(
        "M22",
        "duplicate_warning",
        "重複警告(同一人の申請があります)",
        Phase.ON_PAGE,
        Effect.DUPLICATE_WARNING,
        "imitated",
        "confirm",
    ),
    Fault("M37", "visible_late", "照会に遅れて表示", Phase.AFTER_COMMIT, Effect.HIDE, "real", "", {"seconds": 10}),
    Fault("M38", "lookup_error", "照会で500", Phase.ON_LOOKUP, Effect.ERROR, "real", "", _STATUS),
)

MENU: dict[str, Fault] = {fault.code: fault for fault in _FAULTS}
"""Code -> fault, in the order of the menu."""

_NAMES = {fault.name: fault for fault in _FAULTS}
_RULE_KEYS = {"fault", "when", "limit", "procedure", "core", "page"}


class BadRule(ValueError):
    """A rule that the plan cannot read; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Firing:
    """A fault that strikes now, with the parameters that hold for it."""

    fault: Fault
    parameters: Mapping[str, str | float]

    def number(self, key: str) -> float:
        """A parameter as a number."""
        return float(self.parameters[key])


@dataclass(slots=True)
class _Rule:
    fault: Fault
    when: Mapping[str, object]
    limit: int | None
    procedure: str
    core: str
    page: str
    parameters: Mapping[str, str | float]
    chance: random.Random
    seen: int = 0
    fired: int = 0

    def concerns(self, phase: Phase, core: str, procedure: str, page: str) -> bool:
        return (
            self.fault.phase is phase
            and self.core in ("", core)
            and self.procedure in ("", procedure)
            and self.page in ("", page)
        )

    def strikes(self) -> bool:
        """Counts one question and says whether the fault happens at it."""
        self.seen += 1
        if self.limit is not None and self.fired >= self.limit:
            return False
        match self.when:
            case {"nth": list(numbers)}:
                hit = self.seen in numbers
            case {"every": int(step)}:
                hit = self.seen % step == 0
            case {"probability": int() | float() as probability}:
                hit = self.chance.random() < probability
            case _:
                hit = True
        self.fired += hit
        return hit


class FaultPlan:
    """The rules in force at one server, with their counters. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given: list[Mapping[str, object]] = []
        self._rules: list[_Rule] = []

    def replace(self, rules: object) -> None:
        """Puts new rules in the place of all old ones and starts counting anew. Raises BadRule, changing nothing."""
        if not isinstance(rules, list):
            raise BadRule("a plan is a list of rules")
        made = [_rule(at, given) for at, given in enumerate(rules)]
        with self._lock:
            self._given = list(rules)
            self._rules = made

    def fired(self, phase: Phase, core: str, procedure: str = "", page: str = "") -> tuple[Firing, ...]:
        """Counts this moment for every rule that it concerns, and returns the faults that strike."""
        if not self._rules:
            return ()
        with self._lock:
            hits = [rule for rule in self._rules if rule.concerns(phase, core, procedure, page) and rule.strikes()]
        return tuple(Firing(rule.fault, rule.parameters) for rule in hits)

    def report(self) -> list[dict[str, object]]:
        """The rules as given, each with how often it was asked and how often it fired."""
        with self._lock:
            return [
                {**given, "code": rule.fault.code, "seen": rule.seen, "fired": rule.fired}
                for given, rule in zip(self._given, self._rules, strict=True)
            ]


def menu_report() -> Sequence[Mapping[str, str]]:
    """The menu as plain data."""
    return [
        {"code": f.code, "name": f.name, "title": f.title, "phase": f.phase, "origin": f.origin} for f in MENU.values()
    ]


def _rule(at: int, given: object) -> _Rule:
    if not isinstance(given, dict):
        raise BadRule(f"rule {at}: not an object")
    fault = MENU.get(str(given.get("fault"))) or _NAMES.get(str(given.get("fault")))
    if fault is None:
        raise BadRule(f"rule {at}: unknown fault {given.get('fault')!r}; known: {', '.join(MENU)}")
    when = given.get("when", {"every": 1})
    _check_when(at, when)
    limit = given.get("limit")
    if limit is not None and not isinstance(limit, int):
        raise BadRule(f"rule {at}: limit is not a whole number")
    own = {key: value for key, value in given.items() if key not in _RULE_KEYS}
    unknown = set(own) - set(fault.parameters)
    if unknown:
        raise BadRule(f"rule {at}: {fault.code} has no parameter {', '.join(sorted(unknown))}")
    return _Rule(
        fault,
        when,
        limit,
        str(given.get("procedure", "")),
        str(given.get("core", "")),
        str(given.get("page", fault.page)),
        {**fault.parameters, **own},
        random.Random(when.get("seed", 0)),
    )


def _check_when(at: int, when: object) -> None:
    match when:
        case {"nth": list(numbers)} if all(isinstance(number, int) for number in numbers):
            return
        case {"every": int(step)} if step >= 1:
            return
        case {"probability": int() | float()}:
            return
        case _:
            pass
    raise BadRule(f'rule {at}: when must be {{"nth": [..]}}, {{"every": n}} or {{"probability": p, "seed": s}}')
