"""Boxes that offer lines while one types: only the one line that shows exactly the wanted text is ever chosen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import BoundField
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.browser.overdue import LONGEST_CALL_S, limited
from bridge_agent.drivers.browser.translate import translated
from bridge_agent.drivers.browser.wording import PRESS, Json, field_json, place_json
from bridge_agent.drivers.faults import called, fault, field_fault

if TYPE_CHECKING:
    from bridge_agent.drivers.browser.screen import BrowserScreen

REST_MS = 400
"""Lines that stay the same for so long are not the old ones of a search that is still under way."""


def choose(screen: BrowserScreen, page: Page, field: BoundField) -> None:
    """Raises BusinessError(VALUE_INVALID) when no line, or more than one, shows the text."""
    _search(screen, page, field)
    if not field.value:
        return
    told = _lines(screen, page, field)
    if told["count"] == 0 and field.more is not None and _has_more(screen, page, field):
        told = _lines(screen, page, field)
    if told["count"] != 1:
        raise BusinessError(Reason.VALUE_INVALID, f"{field.title or field.key}: {_why_none(told['count'])}")
    pressed = screen.asked("chooseLine", page, field=field_json(field), text=field.value)
    if "why" in pressed:
        raise field_fault(field, pressed["why"])
    screen.asked("quiet", page, ms=screen.options.settle_s * 1000)


def _why_none(count: int) -> str:
    if count < 0:
        return "候補の一覧が時間内に出そろいませんでした（値が候補にないか、画面が遅れています）"
    return "一致する候補が2つ以上あります" if count else "一致する候補がありません"


def _search(screen: BrowserScreen, page: Page, field: BoundField) -> None:
    told = screen.asked("aim", page, field=field_json(field))
    if "why" in told:
        raise field_fault(field, told["why"])

    def strokes() -> None:
        page.keyboard.press("Delete")
        page.keyboard.type(field.typed)
        if not field.value:
            page.keyboard.press("Tab")

    with limited(page, LONGEST_CALL_S):
        translated(strokes)


def _lines(screen: BrowserScreen, page: Page, field: BoundField) -> Json:
    """How many lines show the text, once they have come to rest."""
    end = time.monotonic() + screen.limits.page_s
    while True:
        screen.check()
        told = screen.asked(
            "countLines", page, field=field_json(field), text=field.value, rest=REST_MS, wait=1000, lost={}
        )
        if "why" in told:
            raise field_fault(field, told["why"])
        if told.get("count", -1) >= 0 or time.monotonic() >= end:
            return told or {"count": -1}


def _has_more(screen: BrowserScreen, page: Page, field: BoundField) -> bool:
    """Presses for the rest of the lines, if the list says that there are any."""
    if field.more is None:
        return False
    told = screen.asked("press", page, field=place_json(field.more, PRESS), patience=0, lost={})
    if told.get("why") not in (None, "not_found"):
        raise fault(called(field.more), told["why"])
    return "why" not in told
