"""At every scaling every window lies whole on a small screen."""

from __future__ import annotations

import pytest

from tests.desktop.conftest import StartClient
from tests.desktop.driver import CARE_PLAN, ENTRY_KEYS, LOOK_UP, MENU, PICKER, RENEWAL, Clerk
from tests.desktop.x11 import Display

WIDTH, HEIGHT = 1280, 800


def assert_whole(display: Display, title: str) -> None:
    x, y, wide, high = display.area_of(title)
    assert x >= 0, title
    assert y >= 0, title
    assert x + wide <= WIDTH, title
    assert y + high <= HEIGHT, title


def leave(clerk: Clerk, display: Display, to: str) -> None:
    clerk.key("Escape")
    display.wait_active(to)


@pytest.mark.parametrize("scaling", ["100", "125", "150"])
def test_no_window_is_cut_off_by_the_screen(start: StartClient, display: Display, scaling: str) -> None:
    clerk = start("--scaling", scaling, "--geometry", "+300+200")
    clerk.log_in()
    display.wait_active(MENU)
    assert_whole(display, MENU)
    for entry in ENTRY_KEYS:
        clerk.open(entry)
        assert_whole(display, entry)
        if entry == RENEWAL:
            clerk.key("F12")
            display.wait_active("入力エラー")
            assert_whole(display, "入力エラー")  # everything is missing: the longest list of errors
            leave(clerk, display, entry)
        if entry == CARE_PLAN:
            clerk.key("ctrl+3", "F4")
            display.wait_active(PICKER)
            assert_whole(display, PICKER)
            leave(clerk, display, entry)
        leave(clerk, display, MENU)
    clerk.key("F9")
    display.wait_active(LOOK_UP)
    assert_whole(display, LOOK_UP)
    clerk.key("F5")
    receipt = display.copied("F8").split("\n")[1].split("\t")[0]
    clerk.key("Tab", "Tab")
    display.type(receipt)
    clerk.key("F2")
    detail = f"ひばり介護保険 - 申請内容 ({receipt})"
    display.wait_active(detail)
    assert_whole(display, detail)
