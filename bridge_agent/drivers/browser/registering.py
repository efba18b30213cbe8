"""The one press that registers: fuse open, one press, wait for an ending, fuse shut. Nothing here is ever done twice."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from bridge_agent.domain.errors import TransientError
from bridge_agent.domain.plan import Mark, Target
from bridge_agent.domain.result import Answer
from bridge_agent.drivers.browser.overdue import LONGEST_CALL_S
from bridge_agent.drivers.browser.waiting import SLICE_S, TWO_MARKS_S, Patience, is_error_page
from bridge_agent.drivers.browser.wording import PRESS, place_json
from bridge_agent.drivers.faults import called, fault

if TYPE_CHECKING:
    from bridge_agent.drivers.browser.screen import BrowserScreen


PATIENCE_S = 0.5
"""The confirm screen was recognised before; its button may still be coming alive."""


def register(screen: BrowserScreen, press: Target, marks: Sequence[Mark], timeout_s: float) -> Answer:
    """Raises only when nothing was pressed: the target is not there, a dialog came up earlier."""
    screen.check()
    seat = screen.seat
    fuse, watch = seat.fuse, seat.watch
    window: AbstractContextManager[None] = fuse.window(timeout_s) if fuse is not None else nullcontext()
    end = time.monotonic() + timeout_s
    mark: Mark | None = None
    with watch.registering(), window:
        try:
            _press(screen, press, timeout_s)
            mark = _await_ending(screen, marks, end)
        except TransientError:
            mark = None  # the page or the browser went away: what the core did is unknown
    if watch.strays:
        mark = None
    return Answer(
        meaning=mark.meaning if mark is not None else None,
        mark=mark.name if mark is not None else "",
        sent=fuse.sent if fuse is not None else None,
        blocked=fuse.blocked if fuse is not None else 0,
        dialogs=tuple(watch.dialogs),
    )


def _press(screen: BrowserScreen, press: Target, timeout_s: float) -> None:
    # The press may wait for the core's answer itself; a page that goes away under the call has been pressed.
    limit_s = timeout_s + LONGEST_CALL_S
    told = screen.asked("press", field=place_json(press, PRESS), patience=PATIENCE_S * 1000, lost={}, limit_s=limit_s)
    if "why" in told:
        raise fault(called(press), told["why"])


def _await_ending(screen: BrowserScreen, marks: Sequence[Mark], end: float) -> Mark | None:
    patience = Patience()
    while True:
        remaining = end - time.monotonic()
        found = screen.look(marks, min(max(remaining, 0.0), SLICE_S))
        hits: list[Mark] = [marks[at] for at in found.get("hits", ())]
        if len(hits) == 1:
            if found["opened"]:
                screen.seat.watch.await_stray()
            return hits[0]
        if hits and patience.over("two", TWO_MARKS_S):
            return None
        if not hits and is_error_page(found, patience):
            return None
        if remaining <= 0:
            return None
