"""Each fault of a window, as somebody at the screen meets it."""

from __future__ import annotations

import time

from tests.desktop.driver import MENU, RENEWAL, SEARCH, TRAINEE, Clerk, Core
from tests.desktop.test_log_in import box_text
from tests.desktop.x11 import Display, until

NOTICE = "ひばり介護保険 お知らせ"


def test_an_unexpected_message_takes_the_keys_until_it_is_closed(clerk: Clerk, core: Core, display: Display) -> None:
    core.faults({"fault": "window_message", "text": "用紙がありません。", "after_s": 0.2})
    clerk.open(RENEWAL)
    display.wait_active("システムメッセージ")
    assert display.copied("ctrl+c") == box_text("システムメッセージ", "用紙がありません。")
    display.type("123")
    clerk.key("ctrl+2", "F12", "Escape")
    display.wait_active(RENEWAL)
    assert clerk.text_here() == TRAINEE  # no key came through to the window below


def test_a_window_moves(clerk: Clerk, core: Core, display: Display) -> None:
    clerk.open(RENEWAL)
    x, y = display.place_of(RENEWAL)
    clerk.key("Escape")
    core.faults({"fault": "window_moves", "dx": 60, "dy": 45, "after_s": 0.2})
    clerk.open(RENEWAL)
    until("it has moved", lambda: display.place_of(RENEWAL) == (x + 60, y + 45))


def test_a_slow_window_opens_late_and_answers_tab_late_and_loses_no_key(
    clerk: Clerk, core: Core, display: Display
) -> None:
    core.faults({"fault": "window_slow", "page": "entry", "seconds": 0.6})
    display.wait_active(MENU)
    clerk.key("F1")
    display.wait_active(SEARCH)
    begin = time.monotonic()
    clerk.key(*TRAINEE, "Return")
    display.wait_active(RENEWAL)
    opened = time.monotonic()
    assert opened - begin >= 0.6
    clerk.key("ctrl+2", "1", "Tab", "a", "Tab", "shift+Tab", "shift+Tab")
    assert clerk.text_here() == "1"
    assert time.monotonic() - opened >= 4 * 0.6


def test_a_frozen_window_handles_the_keys_afterwards_and_in_their_order(
    clerk: Clerk, core: Core, display: Display
) -> None:
    core.faults({"fault": "window_frozen", "seconds": 1.5})
    clerk.open(RENEWAL)
    begin = time.monotonic()
    clerk.key("ctrl+2", "1", "2", "Tab", "a", "shift+Tab")
    assert clerk.text_here() == "12"
    assert time.monotonic() - begin >= 1.0


def test_a_twin_has_the_same_title_and_the_focus(clerk: Clerk, core: Core, display: Display) -> None:
    core.faults({"fault": "window_twin"})
    clerk.open(RENEWAL)
    until("there are two", lambda: display.titles() == sorted([MENU, RENEWAL, RENEWAL]))
    clerk.key("ctrl+2", "7", "Escape")
    until("the twin is gone", lambda: display.titles() == sorted([MENU, RENEWAL]))
    assert clerk.text_here() == TRAINEE


def test_a_notice_takes_the_focus_and_gives_it_back(clerk: Clerk, core: Core, display: Display) -> None:
    core.faults({"fault": "focus_taken", "after_s": 0.2})
    clerk.open(RENEWAL)
    display.wait_active(NOTICE)
    clerk.key("ctrl+2", "7", "Return")
    display.wait_active(RENEWAL)
    assert clerk.text_here() == TRAINEE


def test_a_paste_is_swallowed_in_the_field_named_only(clerk: Clerk, core: Core, display: Display) -> None:
    core.faults({"fault": "paste_swallowed", "field": "iryo_kigo"})
    clerk.open(RENEWAL)
    clerk.key("ctrl+4", "Tab", "Tab")
    display.type("x")
    assert display.pasted("abc") == "x"
    clerk.key("Tab")
    assert display.pasted("abc") == "abc"


def test_a_paste_loses_its_last_character(clerk: Clerk, core: Core, display: Display) -> None:
    core.faults({"fault": "paste_changed", "field": "iryo_kigo"})
    clerk.open(RENEWAL)
    clerk.key("ctrl+4", "Tab", "Tab")
    assert display.pasted("abc") == "ab"
    clerk.key("Tab")
    assert display.pasted("abc") == "abc"
