"""Stopping after the entry in hand: Ctrl-C, SIGTERM, a closed console, Windows shutting down, a supervisor that says so.

None of these ever interrupts an entry: what is armed is settled first, then the run ends and can be resumed.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, TextIO

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Those that the platform has: SIGHUP is a closed terminal, SIGBREAK is Ctrl-Break on Windows."""
_CONSOLE_ENDS = (2, 5, 6)
"""Windows console events: closed, log-off, shut-down. Windows ends the process soon after the handler returns."""
STOP_WORD = "stop"


class StopOnSignal:
    """`asked` from the first signal on; a further one only says again that the entry in hand is being finished."""

    def __init__(self) -> None:
        self.asked = False
        self._ended = threading.Event()
        # Signals belong to the main thread; elsewhere the stop flag in the ledger does the same.
        in_main = threading.current_thread() is threading.main_thread()
        numbers = [getattr(signal, name) for name in SIGNALS if in_main and hasattr(signal, name)]
        self._former = {number: signal.signal(number, self._ask) for number in numbers}
        self._console = _on_console_end(self._console_ends) if in_main else None

    def _ask(self, number: int, frame: object) -> None:
        self.asked = True
        sys.stderr.write("\n入力中の1件を終えてから止めます。1分ほどかかることがあります。\n")

    def _console_ends(self) -> None:
        self.asked = True
        self._ended.wait()  # Windows waits for the handler some seconds: as long as possible for the entry in hand

    def also_when(self, source: TextIO) -> None:
        """Stop too when the supervisor says so over a pipe, or when the pipe ends because it has died."""

        def read() -> None:
            for line in source:
                if line.strip() == STOP_WORD:
                    break
            self.asked = True

        threading.Thread(target=read, name="stop", daemon=True).start()

    def requested(self) -> bool:
        return self.asked

    def restore(self) -> None:
        self._ended.set()
        for number, handler in self._former.items():
            signal.signal(number, handler)
        if self._console is not None:
            self._console()


def _on_console_end(work: Callable[[], None]) -> Callable[[], None] | None:
    """Windows only: call `work`, in a thread of the system's, when the console ends; returns how to undo it."""
    if sys.platform == "win32":
        import ctypes

        kernel: Any = ctypes.WinDLL("kernel32")

        def handle(event: int) -> int:
            if event not in _CONSOLE_ENDS:
                return 0
            work()
            return 1

        handler = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(handle)
        kernel.SetConsoleCtrlHandler(handler, 1)
        return lambda: kernel.SetConsoleCtrlHandler(handler, 0)
    return None
