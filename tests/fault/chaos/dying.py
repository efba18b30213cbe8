"""Inside a night's own process: at random named points it kills itself or its sender, or asks for the core to be killed.

Every such kill is told to the campaign by one datagram on loopback before it happens. Aimed: most kills come in the
midst of an entry, at the point itself or some milliseconds later, so that they also strike between two points.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass

import psutil

from bridge_agent.domain.crash_points import every_point, install
from tests.fault.fast.session import own_senders

ENTRY = (
    "after write claim",
    "before action ask_source",
    "after action pre_check",
    "before action act",
    "before write arm",
    "within write arm",
    "after write arm",
    "after write arm",
    "before action register",
    "before action register",
    "after action register",
    "before write seen",
    "within write seen",
    "after write seen",
    "before action look_after",
    "after action look_after",
    "before write registered",
    "within write registered",
    "after write registered",
)
"""Points of an ordinary entry; those around the register action twice."""
DOUBT = (
    "before write in_doubt",
    "after write in_doubt",
    "before action stop_sender",
    "after write sender_stopped",
    "before action look_doubt",
    "after action look_doubt",
    "before write look_later",
    "before write hold_after_attempt",
)
START = (
    "before write start_run",
    "after action list",
    "within write take_in",
    "after write take_in",
    "after write own_lane",
    "before write recover",
    "within write recover",
    "after write recover",
    "before action start_session",
    "after action start_session",
    "after write adopt",
    "before action report",
    "after action report",
    "before write reported",
)
PHASES = {
    "claim": "claimed",
    "arm": "armed",
    "seen": "seen",
    "in_doubt": "in_doubt",
    "put_back": "between entries",
    "hold": "between entries",
    "close_withdrawn": "between entries",
    "registered": "between entries",
    "hold_after_attempt": "between entries",
    "try_again": "between entries",
    "look_later": "between entries",
}
"""Durable write -> the state of the application in hand from then on."""
LATER_S = 0.02
"""A kill that comes later than its point comes within so many seconds: a register request takes about ten milliseconds."""


@dataclass(frozen=True, slots=True)
class Fate:
    """How likely this process is to be struck."""

    port: int
    seed: int
    per_entry: float = 0.22
    at_start: float = 0.15
    senders: float = 0.25
    """Share of kills that strike the sender; `cores`: the core."""
    cores: float = 0.12


class Dying:
    """The hook. One plan at a time: what to kill, at which point, how long after."""

    def __init__(self, fate: Fate) -> None:
        self._fate = fate
        self._chance = random.Random(fate.seed)
        self._campaign = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._phase = "between entries"
        self._point = ""
        self._what = "agent"
        self._left = 0
        if self._chance.random() < fate.at_start:
            self._point = self._chance.choice((*START, *START, *every_point()))
            self._left = self._chance.choice((1, 1, 2, 5, 20))

    def __call__(self, point: str) -> None:
        at, kind, name = point.split(" ", 2)
        if kind == "write" and at == "after":
            self._phase = PHASES.get(name, self._phase)
        elif point == "before action look_doubt":
            self._phase = "in_doubt"
        if point == "after write claim":
            self._draw()
        if point == self._point:
            self._left -= 1
            if self._left <= 0:
                self._point = ""
                self._strike(point)

    def _draw(self) -> None:
        chance = self._chance
        if chance.random() >= self._fate.per_entry:
            return
        self._point = chance.choice(ENTRY if chance.random() < 0.85 else DOUBT)
        self._left = 1
        drawn = chance.random()
        within = self._point.startswith("within")  # only the writer itself can die inside its transaction
        if drawn < self._fate.senders and not within:
            self._what = "sender"
        elif drawn < self._fate.senders + self._fate.cores and not within:
            self._what = "core"
        else:
            self._what = "agent"

    def _strike(self, point: str) -> None:
        what, chance = self._what, self._chance
        if chance.random() < 0.5:
            timer = threading.Timer(chance.uniform(0, LATER_S), self._kill, (what, point))
            timer.daemon = True
            timer.start()
        else:
            self._kill(what, point)

    def _kill(self, what: str, point: str) -> None:
        told = json.dumps({"pid": os.getpid(), "what": what, "point": point, "phase": self._phase}).encode()
        if what == "sender":
            senders = own_senders()
            if not senders:
                return
            for pid in senders:
                with suppress(psutil.NoSuchProcess):
                    psutil.Process(pid).kill()
        self._campaign.sendto(told, ("127.0.0.1", self._fate.port))
        if what == "agent":
            psutil.Process().kill()


def words_of(fate: Fate) -> str:
    return json.dumps(asdict(fate))


def begin(argument: str) -> None:
    """Called first in the night's process, with what `words_of` made; with '' nothing dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C at the terminal is for the campaign alone
    if argument:
        install(Dying(Fate(**json.loads(argument))))
