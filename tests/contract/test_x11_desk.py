"""The X11 desk on a real display: what it sends where, what it refuses, what it notices of the clipboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from scripts.display import LIMIT_S
from tests.desktop.x11 import missing, until

if TYPE_CHECKING:
    from bridge_agent.drivers.desktop.desk import Desk, Window

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(missing()), reason=missing())]

TEXT_BOX = """
import sys, tkinter
root = tkinter.Tk(className="Textbox")
root.title(sys.argv[1])
root.geometry(sys.argv[2])
box = tkinter.Entry(root)
box.insert(0, sys.argv[3])
box.pack()
box.bind("<FocusIn>", lambda _: print("ready", flush=True))
root.lift()
root.focus_force()
box.focus_set()
root.mainloop()
"""


class Stage:
    """Windows with one text box each, and the desk that works in them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._programs: list[subprocess.Popen[bytes]] = []

    def window(self, title: str, place: str = "300x200+400+300", text: str = "") -> Window:
        """A new program's, when it has the focus."""
        command = [sys.executable, "-c", TEXT_BOX, title, place, text]
        self._programs.append(subprocess.Popen(command, stdout=subprocess.PIPE))
        told = self._programs[-1].stdout
        assert told is not None
        assert told.readline() == b"ready\n"
        until(f"{title} has the focus", lambda: self.desk.focused() in self._handles(title))
        [found] = [window for window in self.desk.windows() if window.title == title]
        return found

    def _handles(self, title: str) -> list[int]:
        return [window.handle for window in self.desk.windows() if window.title == title]

    def text(self, window: Window) -> str:
        """What the window's box holds, copied from it."""
        self.desk.activate(window.handle)
        until("it is in front", lambda: self.desk.focused() == window.handle)
        self.desk.offer("")
        self.desk.press(window.handle, ["ctrl+/", "ctrl+c"])
        return self.desk.taken_text() if self.desk.taken(2.0) else ""

    def close(self) -> None:
        for program in self._programs:
            program.kill()
            program.wait(timeout=LIMIT_S)


@pytest.fixture
def stage(own_display: str) -> Iterator[Stage]:
    del own_display
    from bridge_agent.drivers.desktop.opening import open_desk

    desk = open_desk()
    made = Stage(desk)
    yield made
    made.close()
    made.desk.close()


def move_pointer(x: int, y: int) -> None:
    subprocess.run(["xdotool", "mousemove", str(x), str(y)], check=True)


def test_no_key_goes_to_a_window_that_has_the_focus_instead(stage: Stage) -> None:
    from bridge_agent.drivers.desktop.desk import FocusLost

    meant = stage.window("入力")
    other = stage.window("電卓", "300x200+800+300")
    with pytest.raises(FocusLost):
        stage.desk.press(meant.handle, ["7"])
    stage.desk.press(other.handle, ["8"])
    assert (stage.text(meant), stage.text(other)) == ("", "8")


def test_no_click_goes_to_a_window_that_lies_above(stage: Stage) -> None:
    from bridge_agent.drivers.desktop.desk import FocusLost

    below = stage.window("入力")
    above = stage.window("お知らせ", "200x100+450+350")
    x, y = above.box.left + above.box.width // 2, above.box.top + above.box.height // 2
    with pytest.raises(FocusLost):
        stage.desk.click(below.handle, x, y)
    assert stage.desk.pointer() != (x, y)
    stage.desk.click(above.handle, x, y)
    assert stage.desk.pointer() == (x, y)


def test_a_pointer_in_the_corner_stops_the_keys(stage: Stage) -> None:
    from bridge_agent.drivers.desktop.desk import CornerTouched

    window = stage.window("入力")
    move_pointer(0, 0)
    with pytest.raises(CornerTouched):
        stage.desk.press(window.handle, ["7"])
    with pytest.raises(CornerTouched):
        stage.desk.click(window.handle, window.box.left + 5, window.box.top + 5)
    move_pointer(640, 400)
    assert stage.text(window) == ""


def test_a_key_that_the_keyboard_does_not_have_is_named_and_none_is_pressed(stage: Stage) -> None:
    from bridge_agent.drivers.desktop.desk import KeyUnknown

    window = stage.window("入力")
    with pytest.raises(KeyUnknown, match="f99"):
        stage.desk.press(window.handle, ["ctrl+f99"])
    stage.desk.press(window.handle, ["7"])
    assert stage.text(window) == "7"  # no key was left down


def test_a_paste_is_told_apart_from_a_copy_and_from_nothing(stage: Stage) -> None:
    from bridge_agent.drivers.desktop.desk import Heard

    window = stage.window("入力", text="﨑")
    desk = stage.desk
    desk.offer("髙")
    assert desk.heard(0.0) is Heard.NOTHING
    desk.press(window.handle, ["end", "ctrl+v"])
    assert desk.heard(LIMIT_S) is Heard.SERVED
    desk.offer("")
    desk.press(window.handle, ["ctrl+/", "ctrl+c"])
    assert desk.heard(LIMIT_S) is Heard.TAKEN
    assert desk.taken_text() == "﨑髙"


def test_a_copy_that_nobody_asked_about_is_told_by_the_next_offer(stage: Stage) -> None:
    window = stage.window("入力", text="乙")
    desk = stage.desk
    assert desk.offer("") is False
    desk.press(window.handle, ["ctrl+/", "ctrl+c"])
    until("the window has copied", lambda: desk.taken_text() == "乙")
    assert desk.offer("") is True
    assert desk.offer("") is False


def test_a_copy_is_noticed_though_somebody_else_fetched_the_offered_text_first(stage: Stage) -> None:
    window = stage.window("入力", text="乙")
    desk = stage.desk
    desk.offer("甲")
    assert desk.taken_text() == "甲"  # as a clipboard history does
    desk.press(window.handle, ["ctrl+/", "ctrl+c"])
    assert desk.taken(LIMIT_S)
    assert desk.taken_text() == "乙"


def test_one_agent_at_a_desk_until_it_leaves(stage: Stage) -> None:
    from bridge_agent.drivers.desktop.opening import open_desk

    assert stage.desk.claim()
    assert stage.desk.claim()  # it is its own
    second = open_desk()
    assert not second.claim()
    stage.desk.close()
    until("the first has left", second.claim)
    stage.desk = second


def test_a_key_is_down_and_up_in_one_message(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed between two would leave it down."""
    from pyautogui import _pyautogui_x11 as keyboard

    window = stage.window("入力", text="甲")
    waits: list[None] = []
    sync = keyboard._display.sync

    def counted() -> None:
        waits.append(None)
        sync()

    monkeypatch.setattr(keyboard._display, "sync", counted)
    stage.desk.press(window.handle, ["ctrl+/"])
    stage.desk.press(window.handle, ["Z"])
    assert len(waits) == 2
    assert stage.text(window) == "Z"


def test_a_key_that_was_left_down_is_brought_up_by_the_next_agent(stage: Stage) -> None:
    subprocess.run(["xdotool", "keydown", "F9", "keydown", "ctrl"], check=True)
    assert stage.desk.claim()
    window = stage.window("入力")
    stage.desk.press(window.handle, ["7"])
    assert stage.text(window) == "7"
    from pyautogui import _pyautogui_x11 as keyboard

    assert not any(keyboard._display.query_keymap())


def test_what_was_on_the_clipboard_before_is_there_again(stage: Stage) -> None:
    window = stage.window("入力", text="前の文字")
    desk = stage.desk
    desk.press(window.handle, ["ctrl+/", "ctrl+c"])
    until("the window has copied", lambda: desk.taken_text() == "前の文字")
    desk.keep_clipboard()
    desk.offer("申請の値")
    desk.restore_clipboard()
    paste = ["xclip", "-selection", "clipboard", "-o"]
    until("it is there again", lambda: subprocess.run(paste, capture_output=True).stdout.decode() == "前の文字")


def test_windows_are_told_from_the_lowest_with_their_titles_and_programs(stage: Stage) -> None:
    first = stage.window("入力")
    second = stage.window("確認")
    stage.desk.activate(first.handle)
    until("it is in front", lambda: stage.desk.focused() == first.handle)
    shown = [window for window in stage.desk.windows() if window.handle in (first.handle, second.handle)]
    assert [window.title for window in shown] == ["確認", "入力"]
    assert {window.kind for window in shown} == {"Textbox"}
    assert first.owner != second.owner
    assert (first.box.width, first.box.height) == (300, 200)
