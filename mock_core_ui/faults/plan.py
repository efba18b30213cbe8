"""The plan of faults at one server: rules, the moments at which they strike, and their counters."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from mock_core_ui.faults.menu import MENU, fault_named
from mock_core_ui.faults.model import Fault, Parameters, Phase

_RULE_KEYS = {"fault", "when", "limit", "procedure", "core", "page"}


class BadRule(ValueError):
    """A rule that the plan cannot read; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Firing:
    """A fault that strikes now, with the parameters that hold for it."""

    fault: Fault
    parameters: Parameters
    chance: float = 0.0
    """A number from 0 to below 1 that follows from the rule's seed, for what is random about the effect itself."""

    def text(self, key: str) -> str:
        """A parameter as text."""
        return str(self.parameters[key])

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
    parameters: Parameters
    chance: random.Random
    shape: random.Random
    """Apart from `chance`, so that what an effect draws does not change when the rule strikes."""
    seen: int = 0
    fired: int = 0

    def concerns(self, phase: Phase, core: str, procedure: str, page: str) -> bool:
        return (
            self.fault.phase is phase
            and core in self.fault.cores
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

    def __init__(self, tls: bool = False) -> None:
        self.tls = tls
        """Whether the server can show certificates at all."""
        self._lock = threading.Lock()
        self._given: list[Mapping[str, object]] = []
        self._rules: list[_Rule] = []

    def replace(self, rules: object) -> None:
        """Puts new rules in the place of all old ones and starts counting anew. Raises BadRule, changing nothing."""
        if not isinstance(rules, list):
            raise BadRule("a plan is a list of rules")
        made = [self._made(at, given) for at, given in enumerate(rules)]
        with self._lock:
            self._given = list(rules)
            self._rules = made

    def add(self, rule: Mapping[str, object]) -> None:
        """Adds a rule; the others go on counting. Raises BadRule, changing nothing."""
        made = self._made(len(self._rules), rule)
        with self._lock:
            self._given.append(rule)
            self._rules.append(made)

    def drop(self, at: int) -> None:
        """Takes a rule away, counted from 0; no error when there is none."""
        with self._lock:
            if 0 <= at < len(self._rules):
                del self._given[at], self._rules[at]

    def _made(self, at: int, given: object) -> _Rule:
        rule = _rule(at, given)
        if rule.fault.needs_tls and not self.tls:
            raise BadRule(f"rule {at}: {rule.fault.code} needs a core that is served behind TLS")
        return rule

    def fired(self, phase: Phase, core: str, procedure: str = "", page: str = "") -> tuple[Firing, ...]:
        """Counts this moment for every rule that it concerns, and returns the faults that strike."""
        if not self._rules:
            return ()
        with self._lock:
            hits = [rule for rule in self._rules if rule.concerns(phase, core, procedure, page) and rule.strikes()]
            return tuple(Firing(rule.fault, rule.parameters, rule.shape.random()) for rule in hits)

    def report(self) -> list[dict[str, object]]:
        """The rules as given, each with how often it was asked and how often it fired."""
        with self._lock:
            return [
                {**given, "code": rule.fault.code, "seen": rule.seen, "fired": rule.fired}
                for given, rule in zip(self._given, self._rules, strict=True)
            ]


def _rule(at: int, given: object) -> _Rule:
    if not isinstance(given, dict):
        raise BadRule(f"rule {at}: not an object")
    fault = fault_named(str(given.get("fault")))
    if fault is None:
        raise BadRule(f"rule {at}: unknown fault {given.get('fault')!r}; known: {', '.join(MENU)}")
    when = given.get("when", {"every": 1})
    _check_when(at, when)
    limit = given.get("limit")
    if limit is not None and not isinstance(limit, int):
        raise BadRule(f"rule {at}: limit is not a whole number")
    own = {key: value for key, value in given.items() if key not in _RULE_KEYS}
    _check_parameters(at, fault, own)
    return _Rule(
        fault,
        when,
        limit,
        str(given.get("procedure", "")),
        str(given.get("core", "")),
        str(given.get("page", fault.page)),
        {**fault.parameters, **own},
        random.Random(when.get("seed", 0)),
        random.Random(when.get("seed", 0)),
    )


def _check_parameters(at: int, fault: Fault, own: Mapping[str, object]) -> None:
    for key, value in own.items():
        if key not in fault.parameters:
            raise BadRule(f"rule {at}: {fault.code} has no parameter {key}")
        wanted = (str,) if isinstance(fault.parameters[key], str) else (int, float)
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise BadRule(f"rule {at}: {key} of {fault.code} is not a {'text' if wanted == (str,) else 'number'}")
        if key in fault.choices and value not in fault.choices[key]:
            raise BadRule(f"rule {at}: {key} of {fault.code} must be one of {', '.join(fault.choices[key])}")


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
