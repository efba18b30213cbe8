"""What a seed decides: how a schedule looks as a whole, and every single choice while it is played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from bridge_agent.domain.crash_points import BEFORE, WITHIN, every_point

T = TypeVar("T")
HOT = tuple(
    f"{at} {what}"
    for what in (
        "write arm",
        "action register",
        "action read_ending",
        "action evidence",
        "write seen",
        "write in_doubt",
        "action look_after",
        "write registered",
        "action stop_sender",
        "write sender_stopped",
        "write recover",
        "action look_doubt",
        "write look_later",
        "write try_again",
        "write claim",
        "write put_back",
        "write looked",
        "write hold_after_attempt",
    )
    for at in ("before", "within", "after")
    if at != "within" or what.startswith("write")
)
"""Points between the claim and the settled outcome: most blows fall here."""
FENCED = tuple(
    f"before write {w}"
    for w in "put_back hold close_withdrawn arm seen in_doubt registered hold_after_attempt look_later try_again".split()
)
"""Just before a write that carries the fence of its claim."""
IN_REGISTER = "during register"
"""The click is made, the answer is not there: no point of the agent's, but its process can die or stop there too."""
OUTCOMES = (
    "refused",
    "error_before",
    "error_after",
    "hang_then_commit",
    "hang",
    "drop_before",
    "drop_after",
    "double",
    "wrong_value",
    "other_person",
    "other_person_committed",
    "said_but_not_done",
    "refused_but_done",
    "dialog",
    "dialog_committed",
    "session_lost_before",
    "session_lost_after",
    "late_visible",
    "fuse_blocked",
    "fuse_silent",
    "system_down",
    "raise_before",
    "raise_after",
)
"""What may come of a register request beside `ok`."""


@dataclass(slots=True)
class Blow:
    """Something that happens to whoever comes to a point for the nth time."""

    point: str
    nth: int
    kind: str
    """kill, commit (within a write: it is kept, then the process dies), raise, full, disk, pause."""


@dataclass(slots=True)
class Schedule:
    seed: int
    random: Random
    policy: str
    by_reference: bool
    fixed_canary: bool
    pictures: bool
    watchdog: bool
    background: float
    """How likely a blow is at any point, beside the aimed ones."""
    switch: float
    """How likely another process goes on at a point."""
    core_fault: float
    look_fault: float
    source_fault: float
    screen_fault: float
    late: bool
    """A2 is broken: a request may commit long after its sender died. Then duplicates must be found, not prevented."""
    outages: tuple[tuple[float, float, str], ...]
    """From, until, what the look-up does meanwhile: blind, unreadable, down."""
    jumps: tuple[tuple[float, float], ...]
    clerks: tuple[tuple[float, int], ...]
    changes: tuple[tuple[float, int, str], ...]
    persons: tuple[tuple[float, str], ...]
    backup: tuple[float, float] | None
    """When the ledger is copied, and when the copy is put in its place: it has forgotten what came between."""
    applications: tuple[str, ...]
    processes: tuple[tuple[float, int, str], ...]
    """When, which lane (0, 1), which host."""
    blows: list[Blow] = field(default_factory=list)
    waits: tuple[tuple[int, int], ...] = ()
    """Which applications find a prerequisite missing, and for how many days; 0: it never comes."""
    forms: tuple[tuple[float, float], ...] = ()
    """From, until: packages come with a column that the form did not have."""

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.random.random()

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self.random.random() * len(choices))]


EVERY_POINT = (*every_point(), IN_REGISTER)


def schedule_of(seed: int) -> Schedule:
    """The same seed gives the same schedule on every machine: all chance comes from here."""
    random = Random(seed)
    r = random.random

    def pick(choices: Sequence[T]) -> T:
        return choices[int(r() * len(choices))]

    applications = tuple(pick(KINDS) if r() < 0.3 else "good" for _ in range(3 if r() < 0.75 else 4))
    processes = [(0.0, 0, "a"), (r() * 3, 1, "a")]
    if r() < 0.25:  # somebody wants a lane that may be in use
        processes.append((r() * 400, int(r() * 2), "a" if r() < 0.6 else "b"))
    outages: tuple[tuple[float, float, str], ...] = ()
    if r() < 0.2:
        begin = r() * 40
        outages = ((begin, begin + 5 + r() * 60, pick(("blind", "blind", "unreadable", "down"))),)
    jumps = tuple((r() * 60, pick((-3600.0, 3600.0, -86400.0, 86400.0, 31 * 86400.0))) for _ in range(r() < 0.1))
    own = Random(f"prerequisites {seed}")  # drawn apart: the schedules that once found something stay as they were
    waits = tuple((number, own.choice((1, 1, 2, 0))) for number in range(3) if own.random() < 0.05)
    own = Random(f"forms {seed}")
    begins = (own.random() * own.random() * 40 for _ in range(own.random() < 0.1))
    forms = tuple((begin, begin + own.random() * 60) for begin in begins)
    releases = tuple(
        (begin + own.random() * 20, "release") for begin, _ in forms
    )  # somebody sees the holds and is quick
    return Schedule(
        seed=seed,
        random=random,
        policy="after_quiescence" if r() < 0.6 else "never",
        by_reference=r() < 0.7,
        fixed_canary=r() < 0.75,
        pictures=r() < 0.1,
        watchdog=r() < 0.3,
        background=pick((0.0, 0.0, 0.002, 0.006)),
        switch=pick((0.02, 0.1, 0.3)),
        core_fault=pick((0.1, 0.4, 0.7)),
        look_fault=pick((0.0, 0.0, 0.03, 0.1)),
        source_fault=pick((0.0, 0.0, 0.02, 0.1)),
        screen_fault=pick((0.0, 0.0, 0.05)),
        late=r() < 0.1,
        outages=outages,
        jumps=jumps,
        clerks=tuple((r() * 30, int(r() * 3)) for _ in range(r() < 0.12)),
        changes=tuple(
            (r() * r() * 40, int(r() * 3), pick(CHANGES)) for _ in range(1 + int(r() * 2) if r() < 0.3 else 0)
        ),
        persons=(*((r() * 90, pick(PERSONS)) for _ in range(int(r() * 3) if r() < 0.5 else 0)), *releases),
        backup=backup_of(random) if r() < 0.12 else None,
        applications=applications,
        processes=tuple(processes),
        blows=[blow_of(random) for _ in range(pick((0, 1, 1, 2, 3)))],
        waits=waits,
        forms=forms,
    )


KINDS = ("bad", "refused", "refused", "withdrawn", "homeless", "homeless", "same_person")
"""Applications that are not simply entered: content that cannot be planned, a package refused, no recipe yet …"""
CHANGES = ("withdrawn", "withdrawn", "withdrawn", "revision", "revision", "sent_back", "unknown", "linked", "recall")
PERSONS = ("release", "release", "release", "look_again", "look_again", "close", "stop", "restart", "purge")


def backup_of(random: Random) -> tuple[float, float]:
    """Mostly early, while something is in hand; the restore comes while, or after, the rest is entered."""
    at = random.random() * random.random() * 25
    return at, at + random.random() * random.random() * 60


def blow_of(random: Random) -> Blow:
    r = random.random
    point = HOT[int(r() * len(HOT))] if r() < 0.7 else EVERY_POINT[int(r() * len(EVERY_POINT))]
    if r() < 0.12:
        point = IN_REGISTER
    if r() < 0.15:
        return Blow(FENCED[int(r() * len(FENCED))], 1 + int(r() * 1.3), "pause" if r() < 0.5 else "stale")
    if r() < 0.1:
        often = ("arm", "registered", "registered", "hold_after_attempt")
        return Blow(f"before write {often[int(r() * 4)]}", 1, "stale")
    if point.startswith(WITHIN):
        kinds: tuple[str, ...] = ("kill", "kill", "commit", "commit", "raise", "full", "full", "disk", "disk_kept")
    elif point.startswith(BEFORE) or point == IN_REGISTER:
        kinds = ("kill", "kill", "pause", "pause", "raise")
    else:
        kinds = ("kill", "kill", "pause", "raise")
    return Blow(point, 1 + int(r() * r() * 4), kinds[int(r() * len(kinds))])
