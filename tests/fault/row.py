"""A row of the fault table: what strikes, when, and what must come of it. Data only; nothing here runs anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

BOTH = ("sogo", "nintei")


class Phase(StrEnum):
    BEFORE = "before commit"
    AFTER = "after commit"
    NEITHER = "-"
    """It strikes something else than the registration."""


class Moment(StrEnum):
    LOG_IN = "log-in"
    PAGE = "page"
    """A screen on the way to the register press."""
    FIRST_TRY = "first try"
    """The register request and its answer."""
    LOOK_UP = "look-up"
    """The look-up before entry, after entry or at the end of the run."""
    IN_DOUBT = "in doubt"
    """While a doubt is being settled."""
    MACHINE = "agent's machine"


class Driver(StrEnum):
    EITHER = "fast, browser"
    BROWSER = "browser"
    """Scripts and windows that only a browser has."""
    FAST = "fast"
    """The browser would have to be taught a private certificate authority first."""
    OWN = "own test"


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds by the time limits of the run: one of the core profile's limits, and some more."""

    limit: str
    times: float = 1.0
    plus: float = 0.0


Value = str | float | Timed | tuple[str | float, ...]
"""A parameter of a fault; a tuple = the seed chooses."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault and when it is in force. Without `at` from the start, at the first moment it concerns."""

    fault: str
    given: Mapping[str, Value] = field(default_factory=dict)
    nth: tuple[int, ...] = (1,)
    """Which moments it strikes, counted from when it is in force; () = all of them."""
    at: str = ""
    """The agent's point from which it is in force."""
    until: str = ""
    """The agent's point at which it ends; '' = the end of the run."""
    reached: tuple[int, ...] = ()
    """Which times of reaching `at` count; () = all."""


@dataclass(frozen=True, slots=True)
class End:
    """How the struck application stands; `commits` counts what the core's own log has under its key."""

    state: str
    reason: str = ""
    commits: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """How the struck run ends, and what becomes of the application after the struck one."""

    exit_code: int
    next_state: str = "reported"
    stops: Literal["", "procedure", "lane"] = ""
    breaker: str = ""
    duplicates: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    moment: Moment
    phase: Phase
    struck: End
    run: Run
    why: str
    strikes: tuple[Strike, ...] = ()
    """What strikes; a row of the menu without any takes its own fault once, from the start."""
    given: Mapping[str, Value] = field(default_factory=dict)
    """Parameters of its own fault where `strikes` is left out."""
    note: str = ""
    """Tells rows of the same code and moment apart."""
    cores: tuple[str, ...] = BOTH
    procedures: tuple[str, ...] = ()
    """Only these; () = any of the core's."""
    driver: Driver = Driver.EITHER
    drained: End | None = None
    """How the struck application stands after the fault is gone; None = as before."""
    drained_exit: int | None = None
    """Exit code of that later run; None = follows from the application: 1 when it is held, else 0."""
    tls: bool = False
    title: str = ""
    """For M46-M61; the others have theirs in the menu."""
    origin: Literal["", "real", "imitated"] = ""
    test: str = ""
    """The test that runs it, for rows with a test of their own."""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.code, self.moment.value, self.note) if part)

    def all_strikes(self) -> tuple[Strike, ...]:
        return self.strikes or (Strike(self.code, self.given),)

    def after_drain(self) -> End:
        return self.drained or self.struck


REPORTED = End("reported")


def held(reason: str, commits: int) -> End:
    return End("held", reason, commits)


ALL_WELL = Run(0)
A_PERSON = Run(1)
PROCEDURE_STOPS = Run(1, "pending", "procedure")
LANE_STOPS = Run(3, "pending", "lane")


def found(code: str, why: str, **more: object) -> Row:
    """Strikes the register request after the commit; the look-up finds the record."""
    return Row(code, Moment.FIRST_TRY, Phase.AFTER, REPORTED, ALL_WELL, why, **more)  # type: ignore[arg-type]


def absent(code: str, why: str, **more: object) -> Row:
    """Strikes the register request before the commit; two trusted look-ups find nothing."""
    return Row(code, Moment.FIRST_TRY, Phase.BEFORE, held("absent", 0), A_PERSON, why, **more)  # type: ignore[arg-type]
