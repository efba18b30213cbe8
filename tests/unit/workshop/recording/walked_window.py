"""A walked window for the recorder's tests: two pages and a header, painted, without a display."""

from __future__ import annotations

import numpy as np

from bridge_agent.drivers.desktop.desk import Box
from bridge_agent.drivers.desktop.walked import Picture, Walk, WalkedPage, WalkedStop
from bridge_agent.workshop.recording.session import Recording

HEADING = Box(10, 4, 60, 14)
"""Text that both pages show."""
ONLY_FIRST = Box(10, 40, 40, 14)
"""Text beside the first stop of the first page."""
HEADER_STOP = Box(100, 4, 40, 14)
FIRST_STOPS = [Box(60, 40 + 20 * n, 50, 16) for n in range(4)]
STATUS = Box(0, 140, 200, 10)


def window(page: int) -> Picture:
    shown = np.full((150, 200), 210, dtype=np.uint8)
    noise = np.random.default_rng(5)
    for box, seen in ((HEADING, True), (HEADER_STOP, True), (ONLY_FIRST, page == 1)):
        marks = noise.integers(0, 255, (box.height, box.width), dtype=np.uint8)
        if seen:
            shown[box.top : box.top + box.height, box.left : box.left + box.width] = marks
    return shown


def _page(start: str, number: int, boxes: list[Box], lists: tuple[int, ...] = ()) -> WalkedPage:
    moving = np.zeros((150, 200), dtype=bool)
    moving[STATUS.top : STATUS.top + STATUS.height, :] = True
    stops = [WalkedStop(n, box, n in lists) for n, box in enumerate(boxes, start=1)]
    return WalkedPage(start, stops, window(number), moving)


def recording(taken: str = "", found: int = 1) -> Recording:
    """Header (ctrl+0, one stop) and a page (ctrl+1, four stops of which the second looks like a list)."""
    walk = Walk((_page("ctrl+0", 0, [HEADER_STOP]), _page("ctrl+1", 1, FIRST_STOPS, (2,))), 100)
    return Recording(walk, lambda shown, wanted: found, lambda name: name == taken)
