"""Ends a browser that does not come back from a call: it would hold up the night for ever.

A page's script may run without end, and a browser that dies or freezes while a window or context is being opened may
leave that call unanswered, which has no time limit of its own. The watching thread touches no browser object; it kills
the process, and the waiting call then fails like any other. If it does not, the process that steers the browser is
killed as well, and with it every call.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Page

from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import kill_browser

LONGEST_CALL_S = 60.0
"""No call into a page takes longer; most take milliseconds."""
OPENING_S = 60.0
"""Opening a context or a window, and closing one."""
GRACE_S = 10.0
"""A call that has not failed so long after its browser was killed never will."""
_LOOK_EVERY_S = 0.5


class OverdueGuard:
    """One for each browser. `stop` ends its thread."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._limits: list[float] = []
        self._killed_at = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="overdue", daemon=True)
        self._thread.start()

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """The browser is killed when the block is still running after `seconds`. A block inside may have less, not more."""
        self._limits.append(time.monotonic() + seconds)
        try:
            yield
        finally:
            self._limits.pop()
            self._killed_at = 0.0

    def stop(self) -> None:
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(_LOOK_EVERY_S):
            limits, now = tuple(self._limits), time.monotonic()
            if not limits or now <= min(limits):
                continue
            if not self._killed_at:
                self._killed_at = now
                kill_browser(self._sender, with_driver=False)
            elif now > self._killed_at + GRACE_S:
                self._end_driver()

    def _end_driver(self) -> None:
        if self._sender.driver_pid:
            driver = Sender(self._sender.driver_pid, self._sender.driver_started, self._sender.host)
            kill_browser(driver, with_driver=False)


_GUARDS: WeakKeyDictionary[Browser, OverdueGuard] = WeakKeyDictionary()


def guard(browser: Browser, sender: Sender) -> OverdueGuard:
    """Watch over a browser that was just started."""
    made = OverdueGuard(sender)
    _GUARDS[browser] = made
    return made


@contextmanager
def limited(page: Page, seconds: float) -> Iterator[None]:
    """Inside, the page's browser has `seconds` to answer."""
    browser = page.context.browser
    watching = _GUARDS.get(browser) if browser is not None else None
    if watching is None:
        yield
        return
    with watching.limit(seconds):
        yield
