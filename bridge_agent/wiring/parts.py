"""Small pieces that production puts behind the ports: the clock, no timer, nobody who watches, the log's protector."""

from __future__ import annotations

import os
import platform
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import started_at
from bridge_agent.ledger.writing import Owner
from bridge_agent.logs import redactor


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


class NoTimer:
    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        yield


class NobodyWatches:
    """Stands where nothing is ever armed: look-ups, rehearsals, a person's commands."""

    def guard(self, sender: Sender | None, within_s: float) -> AbstractContextManager[None]:
        raise StopRunError("送信の見張りが動いていないため、登録の操作はできません。")


class Protector:
    """Tells the log redactor which texts belong to the application in hand; the former ones are forgotten."""

    def __init__(self) -> None:
        self._held: AbstractContextManager[None] | None = None

    def __call__(self, texts: frozenset[str]) -> None:
        former, self._held = self._held, redactor.current(texts)
        self._held.__enter__()
        if former is not None:
            former.__exit__(None, None, None)


def boot_id() -> str:
    """Tells one running of the machine from the next; the boot time where the system gives no id."""
    linux = Path("/proc/sys/kernel/random/boot_id")
    if linux.exists():
        return linux.read_text(encoding="ascii").strip()
    return f"{platform.node()}-{round(time.time() - time.monotonic(), -1)}"


def this_process() -> Owner:
    pid = os.getpid()
    return Owner(pid, started_at(pid) or 0.0, socket.gethostname(), boot_id())
