"""The lane's side of the watchdog: starts its process, tells it what is armed, refuses to arm when it does not answer."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.ports import Sender
from bridge_agent.lanes.watching import ARMED, REST, line_for

SILENT = (
    "送信の見張りの処理が動いていないため、登録の操作を止めました（登録はしていません）。もう一度実行してください。"
)
ANSWER_S = 15.0
"""It answers in milliseconds; longer only while it is just starting, or busy killing."""
END_WAIT_S = 5.0
_WINDOWS_APART = 0x00000208
"""DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP: not ended together with the lane's console."""


class WatchdogProcess:
    """Implements the Watchdog port. Owned by one thread; `close` ends the process, and so does this one's death."""

    def __init__(self) -> None:
        apart: dict[str, Any] = (
            {"creationflags": _WINDOWS_APART} if sys.platform == "win32" else {"start_new_session": True}
        )
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bridge_agent.lanes.watching"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            **apart,
        )
        self._answers: queue.Queue[str] = queue.Queue()
        assert self._process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @contextmanager
    def guard(self, sender: Sender | None, within_s: float) -> Iterator[None]:
        if sender is None:  # nothing that could be killed; the lane's own time limits must do
            yield
            return
        if self._ask(line_for(sender, within_s)) != ARMED:
            raise StopRunError(SILENT)
        try:
            yield
        finally:
            self._ask(REST)

    def _read(self, answers: IO[str]) -> None:
        for line in answers:
            self._answers.put(line.strip())
        self._answers.put("")  # it has ended: whoever waits for an answer gets none

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        with suppress(OSError, ValueError, queue.Empty):
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            return self._answers.get(timeout=ANSWER_S)
        return ""

    def close(self) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(END_WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
