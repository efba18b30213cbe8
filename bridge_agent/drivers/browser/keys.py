"""Real key strokes for one field: for pages that listen to keys, and for fields that did not keep what was set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from bridge_agent.domain.plan import BoundField
from bridge_agent.drivers.browser.overdue import LONGEST_CALL_S, limited
from bridge_agent.drivers.browser.translate import translated
from bridge_agent.drivers.browser.wording import field_json
from bridge_agent.drivers.faults import field_fault

if TYPE_CHECKING:
    from bridge_agent.drivers.browser.screen import BrowserScreen


def type_in(screen: BrowserScreen, page: Page, field: BoundField) -> None:
    """Focus the field, replace what stands there, leave it with Tab."""
    told = screen.asked("aim", page, field=field_json(field))
    if "why" in told:
        raise field_fault(field, told["why"])

    def strokes() -> None:
        keyboard = page.keyboard
        if told["keys"] == "space":
            keyboard.press("Space")
        elif told["keys"] == "type":
            keyboard.press("Delete")
            # Characters with a key are pressed, the others arrive as from an input method.
            keyboard.type(field.value)
        keyboard.press("Tab")

    with limited(page, LONGEST_CALL_S):
        translated(strokes)
