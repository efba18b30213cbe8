"""Ends a browser whose page does not come back from a call: a script that runs for ever would hold up the night.

The watching thread touches no browser object; it kills the process, and the waiting call then fails like any other.
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
_LOOK_EVERY_S = 0.5


class OverdueGuard:
    """One for each browser. `stop` ends its thread."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._until = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="overdue", daemon=True)
        self._thread.start()

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """The browser is killed when the block is still running after `seconds`."""
        self._until = time.monotonic() + seconds
        try:
            yield
        finally:
            self._until = 0.0

    def stop(self) -> None:
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(_LOOK_EVERY_S):
            until = self._until
            if until and time.monotonic() > until:
                self._until = 0.0
                kill_browser(self._sender, with_driver=False)


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
