"""The process that can send: which it is, since when it lives, and how it is killed so that nothing more is sent."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

import psutil

from bridge_agent.domain.ports import Sender

_PROC = Path("/proc")
KILL_WAIT_S = 5.0
"""A killed process is gone within this time, or it cannot be called dead."""
_SAME_START_S = 1.0
"""Two readings of one process's start differ by less than this."""


def started_at(pid: int) -> float | None:
    """Start of a process; None when there is none. Only for comparing two readings on one machine.

    On Linux seconds since the machine started, because the wall clock may be set while the process lives.
    """
    if not _PROC.is_dir():
        try:
            return psutil.Process(pid).create_time()
        except psutil.Error:
            return None
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat[stat.rindex(")") + 2 :].split()
    # Zombies and the dead keep their number until somebody asks, but can send nothing.
    return None if fields[0] in "ZX" else int(fields[19]) / os.sysconf("SC_CLK_TCK")


def sender_of(pid: int) -> Sender:
    """The browser process, and the driver process above it that makes the register request."""
    driver = 0
    with contextlib.suppress(psutil.Error):
        driver = next((process.pid for process in _above(psutil.Process(pid))), 0)
    return Sender(
        pid=pid,
        started=started_at(pid) or 0.0,
        host=socket.gethostname(),
        driver_pid=driver,
        driver_started=(started_at(driver) or 0.0) if driver else 0.0,
    )


def newest_driver() -> Sender | None:
    """The process that steers browsers for this one, the one started last; None when there is none."""
    found: list[Sender] = []
    with contextlib.suppress(psutil.Error):
        for process in psutil.Process().children():
            started = started_at(process.pid)
            if started is not None and _steers(process):
                found.append(Sender(process.pid, started, socket.gethostname()))
    return max(found, key=lambda driver: driver.started, default=None)


def _steers(process: psutil.Process) -> bool:
    try:
        line = " ".join(process.cmdline())
    except psutil.Error:
        return False
    return "run-driver" in line and "playwright" in line


def kill_sender(sender: Sender) -> bool:
    """Kill a recorded browser with all it started. True = proven dead; False = another machine, or it would not die.

    When the driver process that steers the browser is still there, it is killed first: register requests leave from it.
    """
    if sender.host != socket.gethostname():
        return False
    driver = Sender(sender.driver_pid, sender.driver_started, sender.host)
    # The driver first: it makes the register request, and may outlive its browser.
    driver_dead = not sender.driver_pid or kill_browser(driver, with_driver=False)
    return kill_browser(sender, with_driver=True) and driver_dead


def kill_browser(sender: Sender, *, with_driver: bool) -> bool:
    """A process that has the number but another start time is somebody else's: the sender is dead already."""
    started = started_at(sender.pid)
    if started is None or abs(started - sender.started) > _SAME_START_S:
        return True
    try:
        browser = psutil.Process(sender.pid)
        doomed = [browser, *browser.children(recursive=True)]
        above = _above(browser)
    except psutil.NoSuchProcess:
        return True
    except psutil.Error:
        return False
    if with_driver:
        doomed = [*above, *doomed]
    for process in doomed:
        with contextlib.suppress(psutil.Error):
            process.kill()
    _, alive = psutil.wait_procs(doomed, timeout=KILL_WAIT_S)
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in alive)


def _above(browser: psutil.Process) -> list[psutil.Process]:
    """The start script and the driver process (Playwright's Node) over a browser; never this process itself."""
    above: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        for process in browser.parents():
            starts_browser = "--remote-debugging-pipe" in " ".join(process.cmdline())
            if process.pid == os.getpid() or not (starts_browser or _steers(process)):
                break
            above.insert(0, process)
    return above
