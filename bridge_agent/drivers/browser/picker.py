"""Pop-up search windows: open, search, choose the one row whose cell shows exactly the text, wait until it closes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from bridge_agent.domain.errors import BridgeError, BusinessError
from bridge_agent.domain.plan import Picking
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.browser.page_script import ask
from bridge_agent.drivers.browser.translate import own, quietly
from bridge_agent.drivers.browser.wording import PRESS, Json, place_json
from bridge_agent.drivers.faults import called, fault, screen_changed

if TYPE_CHECKING:
    from bridge_agent.drivers.browser.screen import BrowserScreen


def pick(screen: BrowserScreen, picking: Picking) -> None:
    """Nothing is chosen unless exactly one row matches; the window is closed in any case."""
    popup = _opened(screen, picking)
    try:
        _search_and_choose(screen, picking, popup)
        _wait_closed(screen, popup)
    finally:
        if not popup.is_closed():
            _shut(popup)


def _opened(screen: BrowserScreen, picking: Picking) -> Page:
    seat = screen.seat
    told: Json = {}
    failure: BridgeError | None = None
    try:
        with seat.watch.expecting(), seat.page.expect_popup(timeout=screen.limits.page_s * 1000) as opening:
            patience = screen.options.patience_s * 1000
            told = ask(seat.page, "press", {"field": place_json(picking.opener, PRESS), "patience": patience})
            if "why" in told:
                raise fault(called(picking.opener), told["why"])
        return opening.value
    except PlaywrightError as error:
        failure = screen_changed(f"{called(picking.opener)}: 選択画面が開きません") if told else own(error)
    raise failure


def _shut(popup: Page) -> None:
    """Closed from outside, a window's name stays taken for a moment, and the next opening would land in the dying one."""
    quietly(lambda: ask(popup, "shut", {}))
    quietly(popup.close)


def _search_and_choose(screen: BrowserScreen, picking: Picking, popup: Page) -> None:
    _wait_title(screen, picking.window, popup)
    if picking.search_fields:
        screen.fill_page(popup, picking.search_fields)
    if picking.search is not None:
        patience = screen.options.patience_s * 1000
        told = screen.asked("press", popup, field=place_json(picking.search, PRESS), patience=patience, lost={})
        if "why" in told:
            raise fault(called(picking.search), told["why"])
    count = _count_rows(screen, picking.row_text, popup)
    if count != 1:
        note = f"{called(picking.opener)}: " + (
            "一致する行がありません" if count < 1 else "一致する行が2つ以上あります"
        )
        raise BusinessError(Reason.VALUE_INVALID, note)
    field = place_json(picking.choose, PRESS) if picking.choose is not None else None
    told = screen.asked("chooseRow", popup, text=picking.row_text, field=field)
    if "why" in told:
        raise fault(f"{called(picking.opener)}の選択画面の行", told["why"])


def _wait_title(screen: BrowserScreen, part: str, popup: Page) -> None:
    """The window must be the expected one before anything is typed."""
    end = time.monotonic() + screen.limits.page_s
    while True:
        screen.check()
        told = screen.asked("calm", popup, wait=250, lost={})
        if told.get("calm") and part in told["title"]:
            return
        if time.monotonic() >= end:
            raise screen_changed("選択画面の題名が違います" if told.get("calm") else "選択画面が表示されません")


def _count_rows(screen: BrowserScreen, text: str, popup: Page) -> int:
    end = time.monotonic() + screen.limits.page_s
    while True:
        screen.check()
        told = screen.asked("countRows", popup, text=text, wait=1000, lost={})
        count = int(told.get("count", -1))
        if count >= 0 or time.monotonic() >= end:
            return count


def _wait_closed(screen: BrowserScreen, popup: Page) -> None:
    """The window closes itself after it has handed the choice over."""
    if popup.is_closed():
        return
    try:
        popup.wait_for_event("close", timeout=screen.limits.page_s * 1000)
        return
    except PlaywrightError:
        if popup.is_closed():
            return
    raise screen_changed("選択画面が閉じません")
