"""The watchdog's own process: kills an armed sender when its time is over, or when its lane has died.

Started with `python -m bridge_agent.lanes.watching`; one line a command on standard input, one line an answer:
`arm PID STARTED DRIVER_PID DRIVER_STARTED HOST SECONDS` -> `armed`, `rest` -> `resting`. End of input = the lane died.
It must import little: it starts beside every lane. Time is counted here, by this process's own monotonic clock.
"""

from __future__ import annotations

import queue
import signal
import sys
import threading
import time
from typing import TextIO

from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import kill_sender

ARM, REST = "arm", "rest"
ARMED, RESTING = "armed", "resting"


def sender_from(words: list[str]) -> tuple[Sender, float]:
    pid, started, driver_pid, driver_started, host, seconds = words
    return Sender(int(pid), float(started), host, int(driver_pid), float(driver_started)), float(seconds)


def line_for(sender: Sender, seconds: float) -> str:
    words = (sender.pid, sender.started, sender.driver_pid, sender.driver_started, sender.host, seconds)
    return f"{ARM} " + " ".join(str(word) for word in words)


def read_lines(source: TextIO, lines: queue.Queue[str | None]) -> None:
    for line in source:
        lines.put(line.strip())
    lines.put(None)


def watch(source: TextIO, answers: TextIO) -> None:
    """Until the input ends; then a sender that is still armed is killed at once."""
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=read_lines, args=(source, lines), daemon=True).start()
    armed: tuple[Sender, float] | None = None
    while True:
        try:
            line = lines.get(timeout=None if armed is None else max(0.0, armed[1] - time.monotonic()))
        except queue.Empty:
            assert armed is not None
            kill_sender(armed[0])
            armed = None
            continue
        match line.split(" ", 1) if line is not None else None:
            case None:
                if armed is not None:
                    kill_sender(armed[0])
                return
            case [word, words] if word == ARM:
                sender, seconds = sender_from(words.split(" "))
                armed = (sender, time.monotonic() + seconds)
                print(ARMED, file=answers, flush=True)
            case _:
                armed = None
                print(RESTING, file=answers, flush=True)


def main() -> int:
    # A Ctrl-C at the console is for the lane, which ends its entry first; this process ends when the lane does.
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    watch(sys.stdin, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
