"""What a lane's process does in the campaign of pauses: it stands still, now and then, between last check and click.

Guards can be switched off here, to show that the campaign finds what they prevent.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from bridge_agent.domain import crash_points
from bridge_agent.domain.ports import Sender
from bridge_agent.ledger.store import SqlLedger
from tests.fault.fast import nights

SETTING = f"{__name__}:install"
POINTS = (
    "after action act",
    "before write arm",
    "within write arm",
    "after write arm",
    "before action register",
)
"""From the last check to the click."""
CLAIMING = "before write claim"


@dataclass(frozen=True, slots=True)
class Pauses:
    notes: str
    """Folder: each pause leaves a file with the process's number and the point."""
    seed: str
    every: int
    """On average one entry in so many is interrupted; 0 = none."""
    points: tuple[str, ...] = POINTS
    most: int = 10**9
    lock: bool = True
    """Off: a lane belongs to whoever says so last."""
    kill: bool = True
    """Off: a taker believes that owner and sender are dead, and kills nobody."""

    def argument(self) -> str:
        return json.dumps(asdict(self))


def install(argument: str) -> None:
    pauses = Pauses(**json.loads(argument))
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the process dies with it
    if not pauses.lock:
        SqlLedger.with_locks = lambda self, folder: self  # type: ignore[method-assign]
    if not pauses.kill:
        nights.stop_sender = _believed_dead
    if pauses.every:
        crash_points.install(_Pausing(pauses))


def _believed_dead(sender: Sender) -> bool:
    return True


class _Pausing:
    def __init__(self, pauses: Pauses) -> None:
        self._pauses = pauses
        self._chance = random.Random(pauses.seed)  # each start has a seed of its own
        self._next = ""
        self._done = 0

    def __call__(self, point: str) -> None:
        if point == CLAIMING:
            hit = self._done < self._pauses.most and self._chance.random() < 1 / self._pauses.every
            self._next = self._chance.choice(self._pauses.points) if hit else ""
        elif point == self._next:
            self._next = ""
            self._done += 1
            note = Path(self._pauses.notes) / f"{os.getpid()}-{self._done}"
            note.write_text(point, encoding="utf-8")
            os.kill(os.getpid(), signal.SIGSTOP)
