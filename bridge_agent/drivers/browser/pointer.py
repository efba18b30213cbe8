"""Resting the pointer on something, for what appears only then. The page cannot be told of it: it takes a real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge_agent.domain.plan import Target
from bridge_agent.drivers.browser.overdue import LONGEST_CALL_S, limited
from bridge_agent.drivers.browser.translate import translated
from bridge_agent.drivers.browser.wording import PRESS, place_json
from bridge_agent.drivers.faults import called, fault

if TYPE_CHECKING:
    from bridge_agent.drivers.browser.screen import BrowserScreen


def rest_on(screen: BrowserScreen, over: Target) -> None:
    """Raises BusinessError when the place is not there exactly once."""
    screen.check()
    told = screen.asked("spot", field=place_json(over, PRESS), patience=screen.options.patience_s * 1000)
    if "why" in told:
        raise screen.changed(fault(called(over), told["why"]))
    page = screen.seat.page
    with limited(page, LONGEST_CALL_S):
        translated(lambda: page.mouse.move(told["x"], told["y"]))
