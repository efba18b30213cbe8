"""Log-in, menu, search, and what a window manager sees of the client."""

from __future__ import annotations

from tests.desktop.conftest import StartClient
from tests.desktop.driver import LOG_IN, LOOK_UP, MENU, RENEWAL, SEARCH, TRAINEE, Clerk
from tests.desktop.x11 import Display


def box_text(title: str, text: str, buttons: str = "OK") -> str:
    rule = "---------------------------"
    return "\n".join([rule, title, rule, text, rule, buttons, rule])


def test_a_wrong_password_leaves_both_fields_as_they_were(start: StartClient, display: Display) -> None:
    clerk = start()
    clerk.log_in("wrong")
    display.wait_active("ログオン")
    assert display.copied("ctrl+c") == box_text("ログオン", "利用者IDまたはパスワードが違います。")
    display.key("Return")
    display.wait_active(LOG_IN)
    assert clerk.text_after("shift+Tab") == "bridge01"
    display.key("Tab", "End")
    display.type("-password")  # behind what is there: the password was kept, so this is another wrong one
    display.key("Return")
    display.wait_active("ログオン")
    display.key("space")
    display.wait_active(LOG_IN)
    display.key("ctrl+a")
    display.type("correct-horse")
    display.key("Return")
    display.wait_active(MENU)
    assert display.titles() == [MENU]


def test_the_password_cannot_be_copied(start: StartClient, display: Display) -> None:
    clerk = start()
    owner = display.put("as before")
    clerk.key("Tab")
    display.type("correct-horse")
    clerk.key("ctrl+a", "ctrl+c", "ctrl+x", "Return")
    display.wait_active("ログオン")  # user missing: all keys before have been handled
    assert owner.poll() is None
    assert display.clipboard == "as before"


def test_windows_are_signed_with_the_process_and_boxes_are_dialogs(clerk: Clerk, display: Display) -> None:
    clerk.key("F1")
    display.wait_active(SEARCH)
    clerk.key("Return")
    display.wait_active("対象者検索")
    for title in (MENU, SEARCH, "対象者検索"):
        assert display.property_of(title, "_NET_WM_PID") == str(clerk.pid)
    assert display.property_of(MENU, "WM_CLASS").endswith('"HibariKaigo"')
    assert display.property_of(SEARCH, "WM_CLASS").endswith('"HibariKaigo"')
    assert display.property_of("対象者検索", "WM_CLASS").endswith('"HibariMessage"')
    assert display.property_of("対象者検索", "_NET_WM_WINDOW_TYPE") == "_NET_WM_WINDOW_TYPE_DIALOG"


def test_an_unknown_person_is_said_so_and_the_search_stays(clerk: Clerk, display: Display) -> None:
    clerk.key("F1")
    display.wait_active(SEARCH)
    display.type("0000000001")
    clerk.key("F5")
    display.wait_active("対象者検索")
    expected = box_text("対象者検索", "該当者がいません。（宛名番号：0000000001）")
    assert display.copied("ctrl+c") == expected
    clerk.key("Escape")
    display.wait_active(SEARCH)
    assert clerk.text_here() == "0000000001"
    clerk.key("Escape")
    display.wait_active(MENU)
    assert display.titles() == [MENU]


def test_the_entry_takes_the_place_of_the_search_and_gives_the_focus_back_to_the_menu(
    clerk: Clerk, display: Display
) -> None:
    clerk.open(RENEWAL)
    display.wait_gone(SEARCH)
    assert display.titles() == sorted([MENU, RENEWAL])
    clerk.key("Escape")
    display.wait_active(MENU)
    assert display.titles() == [MENU]


def test_only_one_entry_at_a_time_but_a_look_up_beside_it(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    display.activate(MENU)
    display.wait_active(MENU)
    clerk.key("F2")
    display.wait_active("メニュー")
    assert display.copied("ctrl+c") == box_text("メニュー", "入力中の画面があります。")
    clerk.key("Return")
    display.wait_active(MENU)
    clerk.key("F9")
    display.wait_active(LOOK_UP)
    display.wait_gone("メニュー")
    assert display.titles() == sorted([MENU, RENEWAL, LOOK_UP])


def test_keys_typed_ahead_reach_the_window_that_was_opening(clerk: Clerk, display: Display) -> None:
    clerk.key("F1", *TRAINEE, "Return", "ctrl+2", "1", "2", "3", "Tab", "shift+Tab")
    display.wait_active(RENEWAL)
    assert clerk.text_here() == "123"


def test_f12_in_the_menu_ends_the_client(clerk: Clerk) -> None:
    clerk.key("F12")
    assert clerk.wait_ended() == 0
