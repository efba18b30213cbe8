"""Watchdogs for fast nights: the production watch loop in a forked process, cheap enough for ten thousand starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import TextIOWrapper

from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.ports import Sender, Watchdog
from bridge_agent.lanes.watchdog import SILENT, WatchdogProcess
from bridge_agent.lanes.watching import ARMED, REST, line_for, watch


class ForkedWatchdog:
    """Linux only; elsewhere the production class is used. Its process ends with the one that made it."""

    def __init__(self) -> None:
        there, out = os.pipe()
        back, answers = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            os.close(out)
            os.close(back)
            with os.fdopen(there, encoding="utf-8") as source, os.fdopen(answers, "w", encoding="utf-8") as sink:
                watch(source, sink)
            os._exit(0)
        os.close(there)
        os.close(answers)
        self._out: TextIOWrapper = os.fdopen(out, "w", encoding="utf-8")
        self._answers: TextIOWrapper = os.fdopen(back, encoding="utf-8")

    @contextmanager
    def guard(self, sender: Sender | None, within_s: float) -> Iterator[None]:
        if sender is None or sender.pid == os.getpid():  # nothing that could be killed apart from the lane itself
            yield
            return
        if self._ask(line_for(sender, within_s)) != ARMED:
            raise StopRunError(SILENT)
        try:
            yield
        finally:
            self._ask(REST)

    def _ask(self, line: str) -> str:
        try:
            self._out.write(line + "\n")
            self._out.flush()
            return self._answers.readline().strip()
        except OSError:
            return ""

    def close(self) -> None:
        self._out.close()
        self._answers.close()
        os.waitpid(self.pid, 0)


@contextmanager
def watchdog() -> Iterator[Watchdog]:
    made = ForkedWatchdog() if sys.platform.startswith("linux") else WatchdogProcess()
    with closing(made):
        yield made


class NobodyIsPaused:
    """For nights in which no process stands still: nothing has to be killed from outside."""

    @contextmanager
    def guard(self, sender: Sender | None, within_s: float) -> Iterator[None]:
        yield
