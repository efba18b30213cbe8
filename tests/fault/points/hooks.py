"""What a test's process does at a crash point: nothing but note it, die, raise, meet a full disk, or stand still.

`install` is a town's setting: it runs first in the process under test. Before anything happens a note is written, so
that a trial knows that its point was reached.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from bridge_agent.domain import crash_points
from bridge_agent.domain.crash_points import BEFORE

SETTING = f"{__name__}:install"
TRACE, KILL, RAISE, FULL, PAUSE = "trace", "kill", "raise", "full", "pause"


@dataclass(frozen=True, slots=True)
class Order:
    """What happens at the `nth` reaching of `point`; a trace notes every point."""

    kind: str
    note: str
    """File that tells the trial what was reached."""
    point: str = ""
    nth: int = 1
    lasting: bool = False
    """A full disk stays full until the process ends; otherwise the next write succeeds."""

    def argument(self) -> str:
        return json.dumps(asdict(self))


class Broken(Exception):
    """Stands for any error that nobody has foreseen."""


def install(argument: str) -> None:
    order = Order(**json.loads(argument))
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the process dies with it
    crash_points.install(_tracing(order) if order.kind == TRACE else _Striking(order))


def _tracing(order: Order) -> Callable[[str], None]:
    out = Path(order.note).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115

    def note(point: str) -> None:
        out.write(point + "\n")

    return note


class _Striking:
    def __init__(self, order: Order) -> None:
        self._order = order
        self._seen = 0
        self._disk = _Disk()

    def __call__(self, point: str) -> None:
        if point == self._order.point:
            self._seen += 1
            if self._seen == self._order.nth:
                Path(self._order.note).write_text(point, encoding="utf-8")
                self._strike(point)

    def _strike(self, point: str) -> None:
        match self._order.kind:
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "raise":
                raise Broken
            case "pause":
                os.kill(os.getpid(), signal.SIGSTOP)
            case "full" if point.startswith(BEFORE):
                self._disk.fill(lasting=self._order.lasting)
            case "full":  # as the commit itself would say
                if self._order.lasting:
                    self._disk.fill(lasting=True)
                raise disk_full()
            case other:
                raise ValueError(other)


def disk_full() -> OperationalError:
    """As SQLite says it and SQLAlchemy wraps it; the production code has to map it."""
    said = sqlite3.OperationalError("database or disk is full")
    said.sqlite_errorcode = sqlite3.SQLITE_FULL
    said.sqlite_errorname = "SQLITE_FULL"
    return OperationalError("INSERT", {}, said)


class _Disk:
    """Fails the first statement of the next write, or of every write from now on. What only reads goes on."""

    def __init__(self) -> None:
        self._full = self._lasting = False

    def fill(self, *, lasting: bool) -> None:
        self._full, self._lasting = True, lasting
        event.listen(Engine, "before_cursor_execute", self._execute)

    def _execute(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if self._full and statement.split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            self._full = self._lasting
            raise disk_full()
